"""Reads the demo's articles: front matter, then paragraphs, headings, lists, tables, quotes, boxes and lines shown as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "articles"
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["replacements", "smartquotes"])


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """`days` ago at `hour` it was published; `body` is a raw stream for newsroom.blocks.BodyBlock."""

    name: str
    title: str
    lead: str
    days: int
    hour: int
    rubric: str
    tags: tuple[str, ...]
    bylines: tuple[str, ...]
    unit: str
    place: str
    cover: str
    alt: str
    credit: str
    correction: str
    body: list[dict[str, Any]]


def articles() -> list[DemoArticle]:
    """All of them, the oldest first."""
    return sorted((read(path) for path in sorted(FOLDER.glob("*.md"))), key=lambda article: (-article.days, article.hour))


@dataclass(frozen=True, slots=True)
class DemoEnglish:
    """The English version of the page with this name."""

    name: str
    title: str
    lead: str
    body: list[dict[str, Any]]


def english() -> list[DemoEnglish]:
    return [_read_english(path) for path in sorted((FOLDER / "en").glob("*.md"))]


def _read_english(path: Path) -> DemoEnglish:
    meta, body = _parts(path)
    return DemoEnglish(path.stem, meta["title"], meta["lead"], body)


def _parts(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    _empty, head, text = path.read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), [{"type": kind, "value": value} for kind, value in _blocks(text)]


def read(path: Path) -> DemoArticle:
    meta, body = _parts(path)
    return DemoArticle(
        name=path.stem,
        title=meta["title"],
        lead=meta["lead"],
        days=meta["days"],
        hour=meta["hour"],
        rubric=meta["rubric"],
        tags=tuple(meta["tags"]),
        bylines=tuple(meta["bylines"]),
        unit=meta["unit"],
        place=str(meta.get("place", "")),
        cover=meta.get("cover", ""),
        alt=meta.get("alt", ""),
        credit=meta.get("credit", ""),
        correction=meta.get("correction", ""),
        body=body,
    )


def _html(text: str) -> str:
    return _markdown.render(text).strip()


def _blocks(text: str) -> Iterator[tuple[str, Any]]:
    for part in text.strip().split("\n\n"):
        first, _newline, rest = part.partition("\n")
        if first.startswith("## "):
            yield "heading", {"text": first[3:], "level": "2"}
            if rest:
                yield "paragraph", _html(rest)
        elif first.startswith("!"):
            kind, _space, title = first[1:].partition(" ")
            yield "callout", {"kind": kind, "title": title, "text": _html(rest)}
        elif first.startswith("> "):
            yield "quote", {"text": _html(first[2:]), "cite": rest.removeprefix("-- ")}
        elif first.startswith("|"):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()]
            yield "table", {"caption": "", "header": True, "rows": rows}
        elif first == "```":
            yield "preformatted", "\n".join(part.splitlines()[1:-1])
        else:
            yield "paragraph", _html(part)
