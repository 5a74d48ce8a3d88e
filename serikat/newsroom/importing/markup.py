"""Small readings of HTML elements and of cleaned html, which the walk over a body asks for."""

from __future__ import annotations

import copy
import dataclasses
import re
from urllib.parse import urlsplit

from lxml import etree

from serikat.newsroom.importing import cleaning
from serikat.newsroom.importing.document import Block, Callout, Embed, Heading, Paragraph, Picture, Quote, Table

_EMPTY_MARK = re.compile(r"<(b|i|s|sup|sub|code|a)(?: [^>]*)?>\s*</\1>")
_EDGE_BREAKS = re.compile(r"^(?:\s|&nbsp;|\u00a0|<br ?/?>)+|(?:\s|&nbsp;|\u00a0|<br ?/?>)+$")
_CREDIT = re.compile(
    r"[\s(\[]*\b(?:Foto|Photo|Kredit|Credit|Sumber foto)\s*:\s*([^()\[\]]{2,200}?)[)\].\s]*$", re.IGNORECASE
)
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”‘’|\\^`{}]{3,}", re.IGNORECASE)


def without_full_stop(address: str) -> str:
    """An address in running text without what ends the sentence or closes the bracket around it."""
    while address and (address[-1] in ".,;:!?'*_" or (address[-1] == ")" and address.count("(") < address.count(")"))):
        address = address[:-1]
    return address


def closing(opening: str) -> str:
    return f"</{opening[1:].split(' ', maxsplit=1)[0].rstrip('>')}>"


def tidy(html: str) -> str:
    before = None
    while before != html:
        before = html
        html = _EDGE_BREAKS.sub("", _EMPTY_MARK.sub("", html))
    return re.sub(r"\s*<br>\s*", "<br>", re.sub(r"[ \t\r\n]+", " ", html))


def words(element: etree._Element) -> str:
    """The plain words inside an element."""
    return cleaning.plain_line(cleaning.escape("".join(element.itertext())))


def literal(element: etree._Element) -> str:
    return cleaning.strip_controls(etree.tostring(element, encoding="unicode", method="html", with_tail=False))[:2000]


def cut(element: etree._Element) -> None:
    """Take an element out of its parent; the words after it stay."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def wrapped(element: etree._Element) -> etree._Element:
    """A copy of an element inside an item of its own: lists in careless HTML hold lists and words directly."""
    item = etree.Element("li")
    inside = copy.deepcopy(element)
    inside.tail = None
    item.append(inside)
    return item


def source_of(image: etree._Element) -> str:
    """The address of a picture; pages that load pictures late keep it in another attribute."""
    names = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file")
    sources = [(image.get(name) or "").strip() for name in names]
    late = [source for source in sources[1:] if source]
    if late and (not sources[0] or sources[0].startswith("data:") or "placeholder" in sources[0]):
        return late[0]
    if sources[0]:
        return sources[0]
    return ((image.get("srcset") or image.get("data-srcset") or "").split(",")[0].split() or [""])[0]


def number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[1-9]\d{0,3}", text) else 1


def is_header(row: etree._Element) -> bool:
    cells = [cell.tag for cell in row.iterchildren("td", "th")]
    parent = row.getparent()
    return bool(cells) and (all(tag == "th" for tag in cells) or (parent is not None and parent.tag == "thead"))


def own_path(href: str) -> str:
    """An address of the archive's own site without its host, so that it stays on the site it moved to."""
    parts = urlsplit(href)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def credit_in(caption: str) -> tuple[str, str]:
    """Split "…(Foto: Nama)" into caption and credit."""
    found = _CREDIT.search(caption)
    return (caption[: found.start()].strip(), found[1].strip()) if found else (caption, "")


def captioned(block: Block, words: str) -> Block:
    if isinstance(block, Picture):
        caption, credit = credit_in(words)
        return dataclasses.replace(block, caption=caption, credit=credit or block.credit)
    if isinstance(block, Embed | Table):
        return dataclasses.replace(block, caption=words)
    return block


def flat(html: str) -> str:
    """Rich html for a place that holds one line: paragraphs and items become line breaks."""
    html = re.sub(r"</p>\s*<p>", "<br>", html)
    return re.sub(r"<li>", "<br>• ", html)


def running(blocks: list[Block], *, keep_paragraphs: bool = False) -> tuple[str, list[Block]]:
    """The words of blocks as running html, and the blocks that are no words."""
    pieces: list[str] = []
    others: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph | Quote | Callout):
            pieces.append(block.html)
        elif isinstance(block, Heading):
            pieces.append(f"<p><b>{cleaning.escape(block.text)}</b></p>")
        else:
            others.append(block)
        if isinstance(block, Quote) and block.cite:
            pieces.append(f"<p>— {cleaning.escape(block.cite)}</p>")
    html = "".join(pieces)
    if not keep_paragraphs:
        html = re.sub(r"</p>\s*<p>", "<br>", html)
        html = re.sub(r"</?p>", "", html)
    return _EDGE_BREAKS.sub("", html), others


def is_words(block: Block) -> bool:
    return isinstance(block, Paragraph | Quote | Callout | Heading)
