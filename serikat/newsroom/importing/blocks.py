"""From HTML to the blocks of a page: what Markdown, WordPress and old editors leave behind, read by what it meant.

Paragraphs and lists that follow one another become one running text. A picture, video, table or file inside a paragraph stands after
the words before it. What means nothing for a reader of the new site (scripts, forms) goes into the notes, word for word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape as escape_attribute

from lxml import etree

from serikat.newsroom.importing import cleaning, markup
from serikat.newsroom.importing.document import (
    Block,
    Callout,
    Code,
    Document,
    Embed,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from serikat.newsroom.importing.embeds import embed_address, host_of, youtube
from serikat.newsroom.importing.media import alt_text, is_document, is_picture, names_a_file
from serikat.newsroom.importing.walking import Surroundings, Walker

DEEPEST = 150
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_BLOCKS = cleaning.word_set(
    "p div section article aside main header footer nav center address fieldset details summary dl dt dd body html hgroup"
)
_WARNINGS = cleaning.word_set(
    "warning danger important caution alert-warning alert-danger notice--warning notice--danger is-style-warning"
)
_CALLOUTS = _WARNINGS | cleaning.word_set(
    "alert notice note info tip hint callout admonition alert-info alert-success notice--info notice--success"
)


def read_body(html: str, around: Surroundings) -> list[Block]:
    """Read a body. Never raises; markup nested beyond reason is read as its bare text, with a problem."""
    html = cleaning.quote_unknown_markup(cleaning.strip_controls(html))
    if cleaning.depth_of(html) > DEEPEST:
        around.post.problem("Susunan HTML terlalu dalam: hanya teksnya yang diambil.")
        text = cleaning.clean_inline(re.sub(r"<(?!!--)/?[a-zA-Z][^>]*>", " ", html))
        return [Paragraph(f"<p>{text}</p>")] if text else []
    root = _parse(html)
    return [] if root is None else Reader(around).read(root)


def _parse(html: str) -> etree._Element | None:
    parser = etree.HTMLParser(recover=True, no_network=True, encoding="utf-8", huge_tree=True, remove_pis=True)
    tree = etree.fromstring(f"<html><body>{html}</body></html>".encode("utf-8", "replace"), parser)
    return None if tree is None else tree.find("body")


@dataclass(slots=True)
class Reader(Walker):
    """Walks one element and gathers its blocks of every kind."""

    _link: str = ""  # where the link around a picture leads

    def _block(self, element: etree._Element) -> None:
        classes = set((element.get("class") or "").lower().split())
        self._end_paragraph()
        if "wp-block-embed__wrapper" in classes and (url := embed_address(markup.words(element), framed=True)):
            self._add(Embed(url))
            return
        if found := re.search(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", element.get("style") or ""):
            self._picture(found[1], "", "")
        if classes & _CALLOUTS:
            self._callout(element, classes)
            return
        if element.tag in ("dt", "summary"):
            self._marked(element, "<b>")
        else:
            self._children(element)
        self._end_paragraph()

    def _callout(self, element: etree._Element, classes: set[str]) -> None:
        html, others = markup.running(self._part(element), keep_paragraphs=True)
        if html:
            self._add(Callout("warning" if classes & _WARNINGS else "info", html))
        for block in others:
            self._add(block)

    def _heading(self, element: etree._Element) -> None:
        self._end_paragraph()
        html, others = markup.running(self._part(element))
        text = cleaning.plain_line(html)
        if text:
            self._add(Heading(_HEADINGS[element.tag], text))
        for address in re.findall(r'href="([^"]+)"', html):
            self.around.post.note("Tautan dalam subjudul", f"{text} → {cleaning.plain_line(address)}")
        for block in others:
            self._add(block)

    def _break(self, element: etree._Element) -> None:
        self._inline.append("<br>")

    def _rule(self, element: etree._Element) -> None:
        self._end_paragraph()

    def _quotation(self, element: etree._Element) -> None:
        self._inline.append("“")
        self._children(element)
        self._inline.append("”")

    def _abbreviation(self, element: etree._Element) -> None:
        title = escape_attribute(cleaning.plain_line(element.get("title")))
        self._marked(element, f'<abbr title="{title}">' if title else "<abbr>")

    # links and files

    def _anchor(self, element: etree._Element) -> None:
        if "wp-block-file__button" in (element.get("class") or ""):
            return  # WordPress names a file twice
        href = (element.get("href") or "").strip()
        if element.find(".//img") is not None:
            before, self._link = self._link, href
            self._children(element)
            self._link = before
            return
        target = self._target(href, markup.words(element))
        if target:
            self._marked(element, f'<a href="{escape_attribute(target)}">')
        else:
            self._children(element)

    def _target(self, href: str, words: str) -> str:
        """Where a link goes from now on; empty when it goes nowhere."""
        post, shelf = self.around.post, self.around.shelf
        href = re.sub(r"[\t\r\n]", "", href)
        if not href or href.startswith("#"):
            return ""
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", href)
        if (scheme and scheme[1].lower() not in cleaning.LINK_SCHEMES) or "\\" in href[:4]:
            post.note("Tautan yang tidak dipakai", f"{words} → {href[:500]}")
            return ""
        if shelf.is_foreign(href) or (scheme and scheme[1].lower() in ("mailto", "tel")):
            return href
        if is_document(href) or is_picture(href):
            return self._file(href, words)
        return markup.own_path(href) if host_of(href) else href

    def _file(self, href: str, words: str) -> str:
        path = self.around.shelf.find(href)
        if path is None:
            self.around.post.problem(f"Berkas yang ditautkan tidak ditemukan: {href}")
            self.around.post.note("Tautan ke berkas yang tidak ditemukan", f"{words} → {href}")
            return ""
        if is_picture(href):
            self._after.append(Picture(href, path, alt_text(words, href)))
        else:
            self._after.append(Document(href, path, words or path.name))
        return ""

    # pictures, videos, sounds

    def _image(self, element: etree._Element) -> None:
        source = markup.source_of(element)
        alt, title = element.get("alt") or "", element.get("title") or ""
        classes = (element.get("class") or "").split()
        if {"wp-smiley", "emoji"} & set(classes):
            self._text(alt)
            return
        if element.get("width") in ("0", "1") and element.get("height") in ("0", "1"):
            self.around.post.note("Gambar pelacak yang tidak dipakai", source)
            return
        for name in classes:
            if name.startswith("wp-image-") and (known := self.around.attachments.get(name[9:])):
                source = known if self.around.shelf.find(known) else source
        self._picture(source, alt, title)

    def _picture(self, source: str, alt: str, title: str) -> None:
        post, shelf = self.around.post, self.around.shelf
        link, self._link = self._link, ""
        video = embed_address(link) if link else ""
        self._end_paragraph()
        if video and (youtube(video) or host_of(video) == "vimeo.com"):
            self._add(Embed(video, cleaning.plain_line(alt)))
            return
        source = " ".join(cleaning.strip_controls(source).split())
        if not source or source.lower().startswith(("data:", "blob:", "javascript:")):
            post.note("Gambar tanpa berkas", f"{alt} {source[:120]}".strip())
            return
        path = shelf.find(source)
        if link and is_picture(link) and (bigger := shelf.find(link)):
            source, path = link, bigger
        elif link and not is_picture(link) and (target := self._target(link, alt)):
            post.note("Tautan pada gambar", f"{source} → {target}")
        title = "" if not self.around.titles_are_captions or names_a_file(title, alt, source) else cleaning.plain_line(title)
        caption, credit = markup.credit_in(title)
        self._add(Picture(source, path, alt_text(cleaning.plain_line(alt), source), caption, credit))

    def _frame(self, element: etree._Element) -> None:
        """iframe, embed, object: a video or another page shown in place."""
        if "wp-block-file__embed" in (element.get("class") or ""):
            return  # the preview of a file that is named below it
        candidates = [element.get(name) or "" for name in ("src", "data-src", "data-lazy-src", "data")]
        candidates += [inner.get("src") or "" for inner in element.iter("embed", "iframe")]
        candidates += [
            inner.get("value") or ""
            for inner in element.iter("param")
            if (inner.get("name") or "").lower() in ("movie", "src")
        ]
        for candidate in candidates:
            if url := embed_address(candidate, framed=True):
                self._end_paragraph()
                self._add(Embed(url, cleaning.plain_line(element.get("title")) if element.tag == "iframe" else ""))
                return
        self.around.post.note("Bingkai yang tidak dipakai", markup.literal(element))

    def _recording(self, element: etree._Element) -> None:
        """video, audio."""
        sources = [element.get("src") or "", *[inner.get("src") or "" for inner in element.iter("source")]]
        sources = [source.strip() for source in sources if source.strip()]
        self._end_paragraph()
        for source in sources:
            if path := self.around.shelf.find(source):
                self._add(Document(source, path, cleaning.plain_line(element.get("title")) or path.name))
                return
            if self.around.shelf.is_foreign(source) and (url := embed_address(source, framed=True)):
                self._add(Embed(url))
                return
        if sources:
            self.around.post.problem(f"Rekaman tidak ditemukan: {sources[0]}")
        self.around.post.note("Rekaman yang tidak dipakai", markup.literal(element))

    def _figure(self, element: etree._Element) -> None:
        self._end_paragraph()
        captions = element.findall("figcaption")
        words = " ".join(filter(None, (markup.words(caption) for caption in captions)))
        for caption in captions:
            markup.cut(caption)
        blocks = self._part(element)
        spoken = [block for block in blocks if isinstance(block, Picture | Embed | Table)]
        for block in blocks:
            self._add(markup.captioned(block, words) if words and spoken == [block] else block)
        if words and len(spoken) != 1:
            self._run.append(f"<p><i>{cleaning.clean_inline(cleaning.escape(words))}</i></p>")

    def _without_script(self, element: etree._Element) -> None:
        """Pages that load pictures late repeat each of them for browsers without scripts."""
        before = element.getprevious()
        if before is not None and before.tag == "img" and element.find(".//img") is not None:
            return
        self._children(element)

    # lists, quotes, tables, programs

    def _list(self, element: etree._Element) -> None:
        """A list; a picture in one of its items parts it in two, and the second goes on counting."""
        self._end_paragraph()
        ordered = element.tag == "ol"
        number = markup.number(element.get("start")) if ordered else 1
        items: list[str] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            words: list[Block] = []
            parted = False
            for block in self._part(child if child.tag == "li" else markup.wrapped(child)):
                if markup.is_words(block):
                    words.append(block)
                    continue
                self._item(items, words, parted=parted)
                number = self._finish_list(items, number, ordered=ordered)
                self._add(block)
                parted, words = True, []
            self._item(items, words, parted=parted)
        self._finish_list(items, number, ordered=ordered)

    def _item(self, items: list[str], words: list[Block], *, parted: bool) -> None:
        html = markup.running(words, keep_paragraphs=parted)[0]
        if html and parted:
            self._run.append(html)  # what an item says behind its picture
        elif html:
            items.append(f"<li>{html}</li>")

    def _finish_list(self, items: list[str], number: int, *, ordered: bool) -> int:
        """Close the list that is open; gives the number of the item that comes next."""
        if not items:
            return number
        opening = f'<ol start="{number}">' if ordered and number > 1 else "<ol>" if ordered else "<ul>"
        self._run.append(f"{opening}{''.join(items)}</{'ol' if ordered else 'ul'}>")
        number += len(items)
        items.clear()
        return number

    def _quote(self, element: etree._Element) -> None:
        self._end_paragraph()
        classes = set((element.get("class") or "").lower().split())
        if classes & _CALLOUTS:
            self._callout(element, classes)
            return
        cite = ""
        for inner in (*element.findall("cite"), *element.findall("footer"), *element.findall("p/cite")):
            cite = " ".join(filter(None, (cite, markup.words(inner).lstrip("—–- "))))
            markup.cut(inner)
        html, others = markup.running(self._part(element), keep_paragraphs=True)
        if html:
            self._add(Quote(html, cite))
        for block in others:
            self._add(block)

    def _table(self, element: etree._Element) -> None:
        self._end_paragraph()
        rows: list[tuple[etree._Element, list[str]]] = []
        others: list[Block] = []
        for row in element.iter("tr"):
            if next(row.iterancestors("table")) is not element:
                continue  # a table inside a cell is read with its cell
            cells = []
            for cell in row.iterchildren("td", "th"):
                html, rest = markup.running(self._part(cell))
                cells += [
                    cleaning.clean_inline(markup.flat(html)),
                    *[""] * (min(markup.number(cell.get("colspan")), 50) - 1),
                ]
                others += rest
            rows.append((row, cells))
        caption = " ".join(markup.words(inner) for inner in element.iterchildren("caption"))
        filled = [(row, cells) for row, cells in rows if any(cells)]
        if len(filled) == 1 and len([cell for cell in filled[0][1] if cell]) == 1:
            self._children_of_layout(rows)
            return
        if filled:
            width = max(len(cells) for _, cells in filled)
            first = rows[0]
            header = first[0] is filled[0][0] and markup.is_header(first[0])
            self._add(Table(tuple((*cells, *[""] * (width - len(cells))) for _, cells in filled), header, caption))
        for block in others:
            self._add(block)

    def _children_of_layout(self, rows: list[tuple[etree._Element, list[str]]]) -> None:
        """A table with a single cell was only ever there for its looks."""
        for row, _ in rows:
            for cell in row.iterchildren("td", "th"):
                self._children(cell)
                self._end_paragraph()

    def _preformatted(self, element: etree._Element) -> None:
        self._end_paragraph()
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = cleaning.strip_controls("".join(element.itertext())).strip("\n").rstrip()
        if text.strip():
            self._add(Code(text))


Reader.handlers = {
    **dict.fromkeys(_BLOCKS, Reader._block),
    **dict.fromkeys(_HEADINGS, Reader._heading),
    "a": Reader._anchor,
    "abbr": Reader._abbreviation,
    "acronym": Reader._abbreviation,
    "audio": Reader._recording,
    "blockquote": Reader._quote,
    "br": Reader._break,
    "embed": Reader._frame,
    "figure": Reader._figure,
    "hr": Reader._rule,
    "iframe": Reader._frame,
    "img": Reader._image,
    "image": Reader._image,
    "listing": Reader._preformatted,
    "noscript": Reader._without_script,
    "object": Reader._frame,
    "ol": Reader._list,
    "pre": Reader._preformatted,
    "q": Reader._quotation,
    "table": Reader._table,
    "ul": Reader._list,
    "menu": Reader._list,
    "dir": Reader._list,
    "video": Reader._recording,
    "xmp": Reader._preformatted,
}
