"""From what was read to what a page's body holds: the blocks of the site, as plain data.

A block that the site cannot hold as it is becomes the nearest one that it can, and what was lost on the way is noted.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from serikat.newsroom.importing import cleaning
from serikat.newsroom.importing.document import (
    MISSING_PICTURE,
    Block,
    Callout,
    Code,
    Document,
    Embed,
    Heading,
    ImportedPost,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from serikat.newsroom.importing.embeds import is_web_address

VERSION = 1  # raise it when the same post is written differently, so that a new import updates what an older one wrote
CALLOUTS = {"info": "note", "warning": "warning"}
ALT, CAPTION, CREDIT, CITE, TITLE, HEADING, ADDRESS, CELL = 300, 400, 120, 200, 200, 200, 500, 1000  # characters


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the archive's files stand on the site: numbers of pictures and documents by their path in the archive."""

    pictures: Mapping[Path, int]
    documents: Mapping[Path, int]


Value = dict[str, Any] | str
Piece = tuple[str, Value]


def to_stream(post: ImportedPost, kept: Kept) -> list[dict[str, Any]]:
    """The body as a stream of blocks; the same post gives the same stream. Notes go to the post."""
    pieces = [piece for block in post.body for piece in _WRITERS[type(block)](block, post, kept)]
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{post.key}#{place}"))}
        for place, (kind, value) in enumerate(pieces)
    ]


def digest_of(post: ImportedPost, file_digest: Callable[[Path], str]) -> str:
    """What was read, as one SHA-256; files count by their content, not by where they lie."""

    def told(value: object) -> str:
        return file_digest(value) if isinstance(value, Path) else str(value)

    content = {name: value for name, value in asdict(post).items() if name not in ("problems", "file")}
    text = json.dumps([VERSION, content], default=told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip() + "…"


def _plain_paragraph(text: str) -> Piece:
    return "paragraph", f"<p>{cleaning.clean_inline(cleaning.escape(text))}</p>"


def _paragraph(block: Paragraph, post: ImportedPost, kept: Kept) -> list[Piece]:
    return [("paragraph", block.html)]


def _heading(block: Heading, post: ImportedPost, kept: Kept) -> list[Piece]:
    if len(block.text) > HEADING:
        return [("paragraph", f"<p><b>{cleaning.clean_inline(cleaning.escape(block.text))}</b></p>")]
    return [("heading", {"text": block.text, "level": str(block.level)})]


def _picture(block: Picture, post: ImportedPost, kept: Kept) -> list[Piece]:
    number = kept.pictures.get(block.path) if block.path else None
    if number is None:
        return _missing(block, post)
    too_long = len(block.caption) > CAPTION
    if len(block.credit) > CREDIT:
        post.note("Kredit gambar yang terlalu panjang", block.credit)
    value: Value = {
        "picture": number,
        "alt": cut(block.alt, ALT),
        "caption": "" if too_long else block.caption,
        "credit": cut(block.credit, CREDIT),
    }
    return [("picture", value), *([_plain_paragraph(block.caption)] if too_long else [])]


def _missing(block: Picture, post: ImportedPost) -> list[Piece]:
    """A picture that is not in the archive: its words stay where it stood, and so does a link when it stands on another site."""
    words = " ".join(filter(None, (block.caption, f"({block.credit})" if block.credit else "")))
    place = _words_before(block, post.body)
    post.note(MISSING_PICTURE, f"{block.source}{f' [setelah: “{place}”]' if place else ''}")
    if is_web_address(block.source) and block in post.body and not _is_own(block, post):
        shown = cleaning.escape(words or block.alt or block.source)
        html = cleaning.clean_inline(f'<a href="{cleaning.attribute(block.source)}">{shown}</a>')
        return [("paragraph", f"<p>{html}</p>")]
    return [_plain_paragraph(words)] if words else []


def _is_own(block: Picture, post: ImportedPost) -> bool:
    return "/uploads/" in block.source


def _words_before(block: Block, body: list[Block]) -> str:
    before = ""
    for each in body:
        if each is block:
            return before
        text = cleaning.plain_line(getattr(each, "html", "") or getattr(each, "text", ""))
        before = text[-60:] if text else before
    return ""


def _quote(block: Quote, post: ImportedPost, kept: Kept) -> list[Piece]:
    return [("quote", {"text": block.html, "cite": cut(block.cite, CITE)})]


def _callout(block: Callout, post: ImportedPost, kept: Kept) -> list[Piece]:
    return [("callout", {"kind": CALLOUTS[block.kind], "title": "", "text": block.html})]


def _document(block: Document, post: ImportedPost, kept: Kept) -> list[Piece]:
    number = kept.documents.get(block.path)
    if number is None:
        post.note("Berkas yang tidak disimpan", f"{block.title} → {block.source}")
        return [_plain_paragraph(block.title)]
    return [("document", {"document": number, "title": cut(block.title, TITLE)})]


def _embed(block: Embed, post: ImportedPost, kept: Kept) -> list[Piece]:
    if len(block.url) > ADDRESS:
        post.note("Alamat yang terlalu panjang", block.url)
        return []
    return [("embed", {"url": block.url, "title": cut(block.caption, TITLE)})]


def _table(block: Table, post: ImportedPost, kept: Kept) -> list[Piece]:
    rows = [[_cell(html, post) for html in row] for row in block.rows]
    if any(len(cell) > CELL for row in rows for cell in row):
        texts = [" — ".join(filter(None, row)) for row in rows]
        return [_plain_paragraph(text) for text in filter(None, (block.caption, *texts))]
    return [("table", {"caption": cut(block.caption, TITLE), "header": block.header, "rows": rows})]


def _cell(html: str, post: ImportedPost) -> str:
    text = cleaning.plain_line(html.replace("<br>", " / "))
    if "<a " in html:
        post.note("Tautan dalam tabel", html)
    return text


def _code(block: Code, post: ImportedPost, kept: Kept) -> list[Piece]:
    return [("preformatted", block.text)]


_WRITERS: dict[type, Callable[[Any, ImportedPost, Kept], list[Piece]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Picture: _picture,
    Quote: _quote,
    Callout: _callout,
    Document: _document,
    Embed: _embed,
    Table: _table,
    Code: _code,
}
