"""The picture of a matter in time: timeline, path of stages, steps of a form, progress of a job, bars over months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from serikat.kernel.errors import Words
from serikat.ui.components import register
from serikat.ui.components.words import day_of

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a timeline: the day, what, and what else is to be said. `who` stands under what has happened."""

    day: dt.date | dt.datetime
    what: Words
    text: Words = ""
    who: str = ""
    url: str = ""


def _instant(moment: Moment) -> dt.datetime:
    """A day without an hour stands at noon among the hours of that day."""
    if isinstance(moment.day, dt.datetime):
        return moment.day
    return dt.datetime.combine(moment.day, dt.time(12), tzinfo=timezone.get_current_timezone())


@register.inclusion_tag("ui/c/timeline.html")
def timeline(moments: Sequence[Moment], today: dt.date | None = None) -> dict[str, Any]:
    """Reads downward from what comes next, through a red line for today, to what was. A hollow square is not yet, a full one is done."""
    now = today or timezone.localdate()
    ordered = sorted(moments, key=_instant, reverse=True)
    coming = [(m, (day_of(m.day) - now).days <= SOON_DAYS) for m in ordered if day_of(m.day) > now]
    return {"coming": coming, "past": [m for m in ordered if day_of(m.day) <= now], "today": now}


@register.inclusion_tag("ui/c/path.html")
def path(stages: Sequence[tuple[Words, Words]], at: int, label: Words) -> dict[str, Any]:
    """The stages of a matter. stages: (name, note) in order; at: the number of the present one, counted from 1."""
    return {"stages": [(name, note, number) for number, (name, note) in enumerate(stages, 1)], "at": at, "label": label}


@register.inclusion_tag("ui/c/steps.html")
def steps(at: int, of: int) -> dict[str, Any]:
    """Which step of a form this is: one stroke a step, and the words."""
    return {"at": at, "of": of, "strokes": [("did" if n < at else "on" if n == at else "") for n in range(1, of + 1)]}


@register.inclusion_tag("ui/c/job.html")
def job(title: Words, done: int, total: int, *, note: Words = "", state: str = "running", id: str = "") -> dict[str, Any]:
    """A long job: what is done, what is left. state: running, paused, done, failed. It goes on when the page is left, and says so."""
    return {
        "title": title,
        "done": done,
        "total": max(total, 1),
        "note": note,
        "state": state,
        "id": id or "job",
        "left": max(total - done, 0),
    }


@register.inclusion_tag("ui/c/ranking.html")
def ranking(rows: Sequence[tuple[Words, int, str]], caption: Words, what: Words, unit: Words) -> dict[str, Any]:
    """A table whose numbers are drawn beside them, longest first as given. rows: (name, value, address or ""); what: the head of the names; unit: the
    head of the numbers. The drawing says nothing that the number does not say."""
    highest = max((value for _name, value, _url in rows), default=0)
    drawn = [(name, value, url, round(value * 100 / highest, 1) if highest else 0) for name, value, url in rows]
    return {"rows": drawn, "caption": caption, "what": what, "unit": unit}


@register.inclusion_tag("ui/c/bar_chart.html")
def bar_chart(bars: Sequence[tuple[Words, int]], title: Words, unit: Words, id: str) -> dict[str, Any]:
    """Bars with their table below. bars: (label, value), at most 12; the highest is red and named in the title read aloud."""
    if len(bars) > 12:
        raise ValueError("At most twelve bars: more belong in a table.")
    highest = max((value for _label, value in bars), default=0)
    step = 400 / max(len(bars), 1)
    drawn = []
    for n, (label, value) in enumerate(bars):
        height = round(value * 136 / highest) if highest else 0
        drawn.append(
            {
                "label": label,
                "value": value,
                "x": round(n * step + step * 0.19),
                "width": round(step * 0.62),
                "middle": round(n * step + step / 2),
                "y": 170 - height,
                "above": 163 - height,
                "height": height,
                "top": value == highest and highest > 0,
            }
        )
    top = next((bar for bar in drawn if bar["top"]), None)
    return {"bars": drawn, "title": title, "unit": unit, "top": top, "id": id}
