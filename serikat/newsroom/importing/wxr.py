"""WordPress's export file (WXR 1.0 to 1.2), read as a stream: however large the file, one item is held at a time.

No entity is resolved and nothing is fetched; a file that declares its own document type is refused. Addresses of readers who wrote
comments, and passwords of posts, are not read.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from serikat.newsroom.importing.document import ArchiveRefused

_PROLOGUE = 1_000_000  # bytes in which the root element must begin
_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(slots=True)
class RawComment:
    key: str = ""
    author: str = ""
    date: str = ""
    date_gmt: str = ""
    text: str = ""
    approved: str = ""
    type: str = ""
    parent: str = ""


@dataclass(slots=True)
class Item:
    """One item of the export, as written."""

    title: str = ""
    link: str = ""
    guid: str = ""
    published: str = ""  # pubDate
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    number: str = ""
    date: str = ""
    date_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    comment_status: str = ""
    name: str = ""
    status: str = ""
    parent: str = ""
    type: str = ""
    protected: bool = False
    sticky: bool = False
    attachment_url: str = ""
    terms: list[tuple[str, str, str]] = field(default_factory=list)  # domain, short name, name
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: list[RawComment] = field(default_factory=list)


@dataclass(slots=True)
class Attachment:
    number: str
    address: str
    parent: str
    title: str
    caption: str
    alt: str


@dataclass(slots=True)
class Survey:
    """What the first reading of the file learns: the site, its people, its files, its repeated blocks, and how many of what there is."""

    title: str = ""
    address: str = ""
    version: str = ""
    authors: dict[str, str] = field(default_factory=dict)  # user name -> name
    attachments: dict[str, Attachment] = field(default_factory=dict)
    repeated: dict[str, str] = field(default_factory=dict)  # number of a reusable block -> its content
    types: Counter[str] = field(default_factory=Counter)
    cut_off: bool = False  # the file ends in the middle of an item
    errors: list[str] = field(default_factory=list)


class _Stream:
    """The bytes of the file as clean UTF-8: no control characters, no broken sequences. Remembers whether the last item was finished."""

    def __init__(self, path: Path) -> None:
        self._decoder = codecs.getincrementaldecoder(_encoding_of(path))("replace")
        self._file = path.open("rb")
        self._tail = ""
        self._first = True
        self.open_items = 0

    def read(self, size: int = 65536) -> bytes:
        raw = self._file.read(max(size, 4096))
        text = self._decoder.decode(raw, final=not raw).translate(_CONTROLS)
        if self._first and text:
            text = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8"?>', text, count=1)
            self._first = False
        if not text and raw:
            return b" "
        seen = self._tail + text
        last_open, last_close = seen.rfind("<item>"), seen.rfind("</item>")
        if last_open > last_close:
            self.open_items = 1
        elif last_close > last_open:
            self.open_items = 0
        self._tail = seen[-8:]
        return text.encode("utf-8", "replace")

    def close(self) -> None:
        self._file.close()


def _encoding_of(path: Path) -> str:
    with path.open("rb") as opened:
        start = opened.read(_PROLOGUE)
    if not start.strip():
        raise ArchiveRefused("Berkas ini kosong.")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ArchiveRefused("Berkas ini memakai UTF-16. Ekspor WordPress selalu UTF-8: unduh ulang berkasnya.")
    prologue, found, _ = start.partition(b"<rss")
    if not found:
        raise ArchiveRefused("Ini bukan ekspor WordPress (WXR): unsur <rss> tidak ditemukan.")
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", prologue, re.IGNORECASE):
        raise ArchiveRefused("Berkas ini membawa deklarasi DOCTYPE, yang tidak pernah ditulis WordPress. Tidak dibuka.")
    declared = re.search(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)", prologue)
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def survey(path: Path) -> Survey:
    """Read the whole file once for what later items refer to. Refuses what is no export."""
    found = Survey()
    stream = _Stream(path)
    try:
        for element, name in _elements(
            stream, found.errors, ("item", "author", "title", "base_blog_url", "base_site_url", "wxr_version")
        ):
            if name == "item":
                _survey_item(read_item(element), found)
            elif name == "author":
                values = {_name(child): _text(child) for child in element}
                found.authors[values.get("author_login", "")] = values.get("author_display_name") or values.get(
                    "author_login", ""
                )
            elif name == "title" and element.getparent() is not None and _name(element.getparent()) == "channel":
                found.title = _text(element)
            elif name == "base_blog_url" or (name == "base_site_url" and not found.address):
                found.address = _text(element)
            elif name == "wxr_version":
                found.version = _text(element)
        found.cut_off = bool(stream.open_items)
    finally:
        stream.close()
    if not found.version and not found.types:
        raise ArchiveRefused("Ini umpan RSS biasa, bukan ekspor WordPress (WXR).")
    return found


def _survey_item(item: Item, found: Survey) -> None:
    found.types[item.type or "post"] += 1
    if item.type == "attachment":
        alt = (item.meta.get("_wp_attachment_image_alt") or [""])[0]
        attached = (item.meta.get("_wp_attached_file") or [""])[0]
        found.attachments[item.number] = Attachment(
            item.number, item.attachment_url or attached or item.guid, item.parent, item.title, item.excerpt, alt
        )
    elif item.type == "wp_block":
        found.repeated[item.number] = item.content


def items(path: Path, known: Survey) -> Iterator[Item]:
    """The items, one at a time. An item in whose middle the file ends is left out."""
    stream = _Stream(path)
    total = sum(known.types.values())
    try:
        for count, (element, _) in enumerate(_elements(stream, [], ("item",)), start=1):
            if not (known.cut_off and count == total):
                yield read_item(element)
    finally:
        stream.close()


def _elements(stream: _Stream, errors: list[str], names: tuple[str, ...]) -> Iterator[tuple[etree._Element, str]]:
    context = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _, element in context:
            name = _name(element)
            if name == "title" and _name(element.getparent()) == "item":
                continue
            yield element, name
            if name == "item":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as slip:
        errors.append(str(slip))
    errors += [f"baris {error.line}: {error.message}" for error in list(context.error_log)[:5]]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


_FIELDS = {
    "title": "title", "link": "link", "guid": "guid", "pubDate": "published", "creator": "creator", "post_id": "number", "post_date": "date",
    "post_date_gmt": "date_gmt", "post_modified": "modified", "post_modified_gmt": "modified_gmt", "comment_status": "comment_status",
    "post_name": "name", "status": "status", "post_parent": "parent", "post_type": "type", "attachment_url": "attachment_url",
}  # fmt: skip
_COMMENT_FIELDS = {
    "comment_id": "key", "comment_author": "author", "comment_date": "date", "comment_date_gmt": "date_gmt", "comment_content": "text",
    "comment_approved": "approved", "comment_type": "type", "comment_parent": "parent",
}  # fmt: skip


def read_item(element: etree._Element) -> Item:
    """The values of one <item>."""
    item = Item()
    for child in element:
        name = _name(child)
        if name in _FIELDS:
            setattr(item, _FIELDS[name], _text(child))
        elif name == "encoded":
            kind = "excerpt" if "excerpt" in child.tag else "content"
            setattr(item, kind, "".join(child.itertext()))
        elif name == "post_password":
            item.protected = bool(_text(child))
        elif name == "is_sticky":
            item.sticky = _text(child) == "1"
        elif name == "category":
            item.terms.append((child.get("domain") or "category", child.get("nicename") or "", _text(child)))
        elif name == "postmeta":
            values = {_name(inner): _text(inner) for inner in child}
            item.meta.setdefault(values.get("meta_key", ""), []).append(values.get("meta_value", ""))
        elif name == "comment":
            item.comments.append(_comment(child))
    return item


def _comment(element: etree._Element) -> RawComment:
    comment = RawComment()
    for child in element:
        if (name := _name(child)) in _COMMENT_FIELDS:
            setattr(comment, _COMMENT_FIELDS[name], _text(child))
    return comment
