"""What the desk's first page shows: each room puts a section here; this room draws them, and leaves out the empty ones.

In a room's `AppConfig.ready`: `today.section("newsroom.to_approve", _("Menunggu persetujuan Anda"), to_approve_for, order=20)`, where the source takes the
actor and gives rows, newest or most urgent first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from serikat.kernel.access import Actor
from serikat.kernel.errors import Words

SHOWN = 5
COUNTED = 50  # so many rows a source gives at most: where there are more, the page says "more than"


@dataclass(frozen=True, slots=True)
class Row:
    """A thing that waits: what it is, where it is, one more line about it. `tone` is "red" for late, "amber" for soon, "" otherwise."""

    name: Words
    url: str
    about: Words = ""
    tone: str = ""


Source = Callable[[Actor], Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    name: Words
    rows: tuple[Row, ...] = ()
    more: int = 0
    uncounted: bool = False  # there may be more than `more`
    url: str = ""
    query: str = ""


@dataclass
class _Registry:
    sections: list[tuple[int, str, Words, Source, str, str]] = field(default_factory=list)


_today = _Registry()


def section(key: str, name: Words, source: Source, *, order: int = 50, url_name: str = "", query: str = "") -> None:
    """Put a section on the first page; `url_name` leads to the whole list, `query` ("?rak=lewat") to the shelf of it that holds these rows."""
    if any(known[1] == key for known in _today.sections):
        raise ImproperlyConfigured(f"{key} stands on the first page twice.")
    _today.sections.append((order, key, name, source, url_name, query))
    _today.sections.sort(key=lambda known: known[0])


def sections_for(actor: Actor) -> list[Section]:
    """The sections that hold something for this actor."""
    found = []
    for _order, key, name, source, url_name, query in _today.sections:
        rows = list(source(actor))
        if rows:
            more = max(0, len(rows) - SHOWN)
            found.append(Section(key, name, tuple(rows[:SHOWN]), more, len(rows) >= COUNTED, url_name, query))
    return found
