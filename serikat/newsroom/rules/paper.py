"""The body of an article, which is HTML for a screen, as parts for paper: paragraphs, lists, quotes, boxes and tables of plain runs of words.

What paper cannot show (a video, a file to download) becomes a sentence that leads to the article; no words are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from lxml import etree, html


class Run(TypedDict, total=False):
    """Words in one hand."""

    text: str
    strong: bool
    emph: bool


Part = dict[str, Any]
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"p", "li", "div", "ul", "ol"})
_LOST = frozenset({"script", "style", "template", "svg", "button", "img", "picture", "source", "iframe"})


def parts_of(body: str) -> list[Part]:
    """Parts in their order: {"kind": "text", "runs"}, {"kind": "heading", "text"}, {"kind": "list", "ordered", "items"},
    {"kind": "quote", "runs", "who"}, {"kind": "box", "title", "runs"}, {"kind": "table", "rows"}, {"kind": "away", "text"} for a video."""
    if not body.strip():
        return []
    return _parts(html.fragment_fromstring(body, create_parent="div"))


def _parts(parent: etree._Element) -> list[Part]:
    found: list[Part] = []
    loose: list[Run] = _words(parent.text)
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _LOST:
            loose += _words(child.tail)
            continue
        made = _part(child)
        if made is None:
            loose += _runs(child) + _words(child.tail)
            continue
        found += _text(loose)
        found += made
        loose = _words(child.tail)
    found += _text(loose)
    return found


def _part(element: etree._Element) -> list[Part] | None:
    """The parts of a block, or None for what stands within a line."""
    reader = _BLOCKS.get(element.tag)
    return reader(element) if reader is not None else None


def _paragraph(element: etree._Element) -> list[Part]:
    return _text(_runs(element))


def _heading(element: etree._Element) -> list[Part]:
    return [{"kind": "heading", "text": words}] if (words := _plain(element)) else []


def _list(element: etree._Element) -> list[Part]:
    items = [runs for item in element.iter("li") if item.getparent() is element and (runs := _trimmed(_runs(item)))]
    return [{"kind": "list", "ordered": element.tag == "ol", "items": items}] if items else []


def _quote(element: etree._Element) -> list[Part]:
    cite = next(element.iter("cite", "figcaption", "footer"), None)
    who = _plain(cite) if cite is not None else ""
    if cite is not None:
        cite.drop_tree()  # type: ignore[attr-defined]
    return [{"kind": "quote", "runs": _trimmed(_runs(element)), "who": who.lstrip("—– ")}]


def _box(element: etree._Element) -> list[Part]:
    title = element.get("aria-label") or ""
    head = next((child for child in element if child.tag in (*_HEADINGS, "p") and child.find("b") is not None), None)
    if head is not None and _plain(head) == _plain(head.find("b")):
        title = _plain(head)
        head.drop_tree()  # type: ignore[attr-defined]
    runs = _trimmed(_runs(element))
    return [{"kind": "box", "title": title, "runs": runs}] if runs or title else []


def _table(element: etree._Element) -> list[Part]:
    rows = [[_plain(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    return [{"kind": "table", "rows": [row + [""] * (width - len(row)) for row in rows]}] if width else []


def _verbatim(element: etree._Element) -> list[Part]:
    return _text([{"text": "".join(element.itertext()).strip()}])


def _figure(element: etree._Element) -> list[Part]:
    if "embed" in (element.get("class") or "").split():
        name = element.find(".//b")
        return [{"kind": "away", "text": _plain(name) if name is not None else ""}]
    return _parts(element)


def _text(runs: list[Run]) -> list[Part]:
    trimmed = _trimmed(runs)
    return [{"kind": "text", "runs": trimmed}] if trimmed else []


def _runs(element: etree._Element, *, strong: bool = False, emph: bool = False) -> list[Run]:
    strong, emph = strong or element.tag in ("b", "strong"), emph or element.tag in ("i", "em", "cite")
    found = _words(element.text, strong=strong, emph=emph)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LOST:
            if child.tag == "br" or (child.tag in _LINES and found):
                found.append({"text": "\n"})
            if child.tag == "li":  # of a list within a list
                found.append({"text": "– "})
            found += _runs(child, strong=strong, emph=emph)
        found += _words(child.tail, strong=strong, emph=emph)
    return found


def _words(text: str | None, *, strong: bool = False, emph: bool = False) -> list[Run]:
    if not text:
        return []
    said = " ".join(text.split())
    said = (" " if text[0].isspace() else "") + said + (" " if said and text[-1].isspace() else "")
    run: Run = {"text": said}
    if strong:
        run["strong"] = True
    if emph:
        run["emph"] = True
    return [run] if said else []


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without room at either end."""
    while runs and not runs[0]["text"].strip():
        runs = runs[1:]
    while runs and not runs[-1]["text"].strip():
        runs = runs[:-1]
    if runs:
        runs = [*runs]
        runs[0] = {**runs[0], "text": runs[0]["text"].lstrip()}
        runs[-1] = {**runs[-1], "text": runs[-1]["text"].rstrip()}
    return runs


def _plain(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


_BLOCKS: dict[Any, Callable[[etree._Element], list[Part]]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "aside": _box,
    "table": _table,
    "pre": _verbatim,
    "figure": _figure,
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(("div", "section", "details", "summary"), _parts),
}
