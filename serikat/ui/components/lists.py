"""What is listed: tables that become cards, facts, files, notices, tabs, pages, a trail of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.template import Context

from serikat.kernel.errors import Words
from serikat.ui import rules
from serikat.ui.components import register
from serikat.ui.components.words import kind_in_words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `number`: right-aligned, never broken. The first column names the row."""

    label: Words
    number: bool = False


@register.inclusion_tag("ui/c/table.html")
def table(
    columns: Sequence[Column | Words],
    rows: Sequence[Sequence[Any]],
    caption: Words,
    foot: Sequence[Any] = (),
    cards: bool = True,
) -> dict[str, Any]:
    """columns: words or Column(label, number=True). rows: lists of cells, the first names the row. foot: cells of the sum line.
    In a narrow place each row becomes a card; cards=False scrolls sideways instead."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    return {
        "heads": heads,
        "rows": [list(zip(heads, row, strict=True)) for row in rows],
        "foot": list(zip(heads, foot, strict=True)) if foot else [],
        "caption": caption,
        "cards": cards,
    }


@register.inclusion_tag("ui/c/facts.html")
def facts(pairs: Sequence[tuple[Words, Any]], sum: bool = False) -> dict[str, Any]:
    """pairs: (name, value). sum: values are amounts, set right."""
    return {"pairs": pairs, "sum": sum}


@register.inclusion_tag("ui/c/file_row.html")
def file_row(name: str, url: str, size: int | None = None, kind: str = "", note: Words = "") -> dict[str, Any]:
    """A file to open: its name, kind (a word, or its media type) and what the download weighs. A sound is heard in place."""
    words = kind_in_words(kind) if "/" in kind else kind
    return {"name": name, "url": url, "size": size, "kind": words, "sound": kind.startswith("audio/"), "note": note}


@register.inclusion_tag("ui/c/notices.html")
def notices(items: Sequence[Any]) -> dict[str, Any]:
    """Notices to a person, newest first. items have text, at, and optionally url, read, icon."""
    return {"items": items}


@register.inclusion_tag("ui/c/tabs.html")
def tabs(items: Sequence[dict[str, Any]], label: Words) -> dict[str, Any]:
    """Parts of one thing, each with its own address. items: {"name", "url", "current", "count"}."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/c/trail.html")
def trail(items: Sequence[tuple[Words, str]]) -> dict[str, Any]:
    """The way back up: (name, address) pairs; the last one, with an empty address, is this page."""
    return {"items": items}


@register.inclusion_tag("ui/c/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], param: str = "hal") -> dict[str, Any]:
    """The pages of a list; other parameters of the address are kept. Says nothing when there is one page."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def url(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    count = page.paginator.num_pages
    window = [(number, url(number) if number else "") for number in rules.page_window(page.number, count)]
    return {
        "page": page,
        "count": count,
        "window": window,
        "before": url(page.number - 1) if page.has_previous() else "",
        "after": url(page.number + 1) if page.has_next() else "",
    }
