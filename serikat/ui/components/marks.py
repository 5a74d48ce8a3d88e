"""Small words that tell a state: badges, alerts, tally strokes, chips, people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from serikat.kernel.errors import Words
from serikat.ui.components import register
from serikat.ui.components.frame import icon as draw_icon
from serikat.ui.components.words import when

LEVEL_ICONS = {"": "info", "teal": "check", "amber": "clock", "red": "alert"}


@register.simple_tag
def badge(label: Words, level: str = "", icon: str = "", unsure: bool = False) -> SafeString:
    """level: empty, full, teal, amber, red. unsure: dashed, for what nobody has verified yet. A coloured badge always carries an icon."""
    drawn = draw_icon(icon or LEVEL_ICONS[level]) if icon or level in ("teal", "amber", "red") else ""
    return format_html(
        '<span class="badge{}{}">{}{}</span>', f" {level}" if level else "", " unsure" if unsure else "", drawn, label
    )


@register.simple_block_tag
def alert(content: str, title: Words = "", level: str = "", icon: str = "", id: str = "") -> SafeString:
    """level: empty (to know), teal (done), amber (time is running), red (went wrong: say what to do). The words carry it, not the colour."""
    return format_html(
        '<div class="alert{}"{}>{}{}<div>{}</div></div>',
        f" {level}" if level else "",
        format_html(' id="{}"', id) if id else "",
        draw_icon(icon or LEVEL_ICONS[level]),
        format_html("<p><b>{}</b></p>", title) if title else "",
        content,
    )


@register.simple_tag
def turus(count: int, kind: str = "") -> SafeString:
    """Tally strokes: one a working day or a step. Ornament: words must stand beside it. kind: late (one lying stroke), big. Above 25 none are drawn."""
    strokes = 1 if kind == "late" else count
    if strokes > 25:
        return SafeString("")
    marks = SafeString("<i></i>" * strokes)
    return format_html('<span class="turus{}" aria-hidden="true">{}</span>', f" {kind}" if kind else "", marks)


@register.simple_tag
def due(days: int, date: dt.date | None = None) -> SafeString:
    """A deadline in working days: strokes, words, and the day in full. Red up to 2 days and when late, amber up to 5, teal beyond."""
    if days < 0:
        level, words = "red", ngettext("lewat %(n)d hari kerja", "lewat %(n)d hari kerja", -days) % {"n": -days}
    elif days == 0:
        level, words = "red", gettext("hari ini")
    else:
        level = "red" if days <= 2 else "amber" if days <= 5 else "teal"
        words = ngettext("%(n)d hari kerja lagi", "%(n)d hari kerja lagi", days) % {"n": days}
    strokes = turus(1, "late") if days < 0 else turus(days) if days else ""
    exact = format_html('<span class="small dim">{}</span>', when(date, "day")) if date else ""
    return format_html('<p class="due {}">{}<span>{}</span>{}</p>', level, strokes, words, exact)


@register.inclusion_tag("ui/c/chips.html")
def chips(items: list[dict[str, Any]], label: Words) -> dict[str, Any]:
    """Filters as links. items: {"name", "url", "count" (optional), "current" (optional)}. label names the group for who cannot see it."""
    return {"items": items, "label": label}


@register.simple_tag
def person(name: str, role: Words = "", note: Words = "", url: str = "") -> SafeString:
    """Somebody on one line: name (or alias where the threat is high), role, note. No faces, no initials."""
    shown = format_html('<a href="{}"><b>{}</b></a>', url, name) if url else format_html("<b>{}</b>", name)
    rest = [format_html("<span>{}</span>", role)] if role else []
    rest += [format_html('<span class="small dim">{}</span>', note)] if note else []
    return format_html('<p class="person">{}{}</p>', shown, format_html_join("", "{}", ((piece,) for piece in rest)))
