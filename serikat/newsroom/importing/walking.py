"""The walk over a body: running text is gathered into paragraphs, emphasis and links stay open across them, remarks become notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lxml import etree

from serikat.newsroom.importing import cleaning, markup
from serikat.newsroom.importing.document import Block, Document, Embed, ImportedPost, Paragraph
from serikat.newsroom.importing.embeds import embed_address, host_of
from serikat.newsroom.importing.media import Shelf, is_document, is_picture

_MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i", "sup": "sup", "sub": "sub", "s": "s", "del": "s",
    "strike": "s", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_DROPPED = cleaning.word_set(
    "script style svg math form input select textarea button template canvas map area frameset frame applet link meta "
    "base title head datalist meter progress noembed noframes marquee "
)
_HARMLESS_SCRIPT = re.compile(
    r"<script[^>]+src=\"(?:https?:)?//(?:platform\.twitter\.com|www\.instagram\.com|platform\.instagram\.com)/"
)


@dataclass(slots=True)
class Surroundings:
    """What a body stands in: its post (for notes and problems), the files of the archive, and how its own addresses are rewritten."""

    post: ImportedPost
    shelf: Shelf
    attachments: dict[str, str] = field(default_factory=dict)  # WordPress: number of a file -> its address
    bare_embeds: bool = False  # a video's bare address on a line of its own is the video
    titles_are_captions: bool = False


@dataclass(slots=True)
class Walker:
    """Walks one element and gathers its running text; what it does with each tag stands in `handlers`."""

    handlers: ClassVar[dict[str, Callable[[Any, etree._Element], None]]] = {}

    around: Surroundings
    blocks: list[Block] = field(default_factory=list)
    _inline: list[str] = field(default_factory=list)  # html of the paragraph that is open
    _run: list[str] = field(default_factory=list)  # finished paragraphs and lists of the open running text
    _marks: list[str] = field(default_factory=list)  # opening tags of links and emphasis that are open
    _after: list[Block] = field(default_factory=list)  # files named in the open paragraph

    def read(self, element: etree._Element) -> list[Block]:
        self._children(element)
        self._end_run()
        return self.blocks

    # walking

    def _children(self, element: etree._Element) -> None:
        self._text(element.text)
        for child in element:
            self._visit(child)
            self._text(child.tail)

    def _visit(self, element: etree._Element) -> None:
        if not isinstance(element.tag, str):
            self._hidden_remark(element)
            return
        tag = element.tag.lower()
        if tag in _DROPPED or ":" in tag:
            self._drop(element, tag)
        elif tag in _MARKS:
            self._marked(element, f"<{_MARKS[tag]}>")
        elif handler := self.handlers.get(tag):
            handler(self, element)
        else:
            self._children(element)

    def _text(self, text: str | None) -> None:
        """Words as they are; an address in plain sight can be followed, unless it stands in a link or in code."""
        if not text:
            return
        for found in cleaning.MISREAD.finditer(text):
            self.around.post.note("Huruf yang tampak rusak", found.group()[:200])
        if any(mark.startswith(("<a ", "<code")) for mark in self._marks):
            self._inline.append(cleaning.escape(text))
            return
        done = 0
        for found in markup.ADDRESS.finditer(text):
            address = markup.without_full_stop(found.group())
            if target := self._followed(address):
                self._inline.append(cleaning.escape(text[done : found.start()]))
                self._inline.append(f'<a href="{cleaning.attribute(target)}">{cleaning.escape(address)}</a>')
                done = found.start() + len(address)
        self._inline.append(cleaning.escape(text[done:]))

    def _followed(self, address: str) -> str:
        """Where an address in plain sight leads from now on; a file of the archive is only offered where the post links it."""
        if self.around.shelf.is_foreign(address):
            return address
        return "" if is_document(address) or is_picture(address) or not host_of(address) else markup.own_path(address)

    def _hidden_remark(self, element: etree._Element) -> None:
        text = (element.text or "").strip()
        if (
            isinstance(element, etree._Comment)
            and text
            and not re.match(r"\[if |\[endif|more\b|nextpage|/?wp:|StartFragment|EndFragment", text)
        ):
            self.around.post.note("Komentar tersembunyi dalam naskah", text[:2000])

    def _drop(self, element: etree._Element, tag: str) -> None:
        if ":" in tag and tag not in ("fb:like", "fb:comments"):
            self._children(element)
            return
        literal = markup.literal(element)
        if _HARMLESS_SCRIPT.match(literal):
            return
        self.around.post.note("Bagian HTML yang tidak dipakai", literal)

    # running text

    def _marked(self, element: etree._Element, opening: str) -> None:
        self._inline.append(opening)
        self._marks.append(opening)
        self._children(element)
        self._marks.pop()
        self._inline.append(markup.closing(opening))

    def _end_paragraph(self) -> None:
        html = "".join(self._inline) + "".join(markup.closing(mark) for mark in reversed(self._marks))
        self._inline = list(self._marks)
        after, self._after = self._after, []
        html = markup.tidy(cleaning.clean_inline(html))
        words = cleaning.plain_line(html)
        if self.around.bare_embeds and re.fullmatch(r"https?://\S+", words) and (url := embed_address(words)):
            self._add(Embed(url))
        elif html and not (len(after) == 1 and isinstance(after[0], Document) and words == after[0].title):
            self._run.append(f"<p>{html}</p>")
        for block in after:
            self._add(block)

    def _end_run(self) -> None:
        self._end_paragraph()
        if self._run:
            run, self._run = self._run, []
            self.blocks.append(Paragraph(cleaning.clean_rich("".join(run))))

    def _add(self, block: Block) -> None:
        if self._run:
            run, self._run = self._run, []
            self.blocks.append(Paragraph(cleaning.clean_rich("".join(run))))
        self.blocks.append(block)

    def _part(self, element: etree._Element) -> list[Block]:
        """Read an element by itself."""
        return type(self)(self.around).read(element)
