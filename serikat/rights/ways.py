"""Where a result can lead: rooms above put their way here when they start ("report this", "ask a paralegal"), and the result page offers it.

A way leads to an address without anything of the result in it: what was typed stays with the person who typed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from serikat.kernel.errors import Words


@dataclass(frozen=True, slots=True)
class Way:
    """A name, and where it leads."""

    name: Words
    url: str


_ways: list[tuple[int, Callable[[str], Way | None]]] = []


def way_from_result(way: Callable[[str], Way | None], *, order: int = 50) -> None:
    """Offer a way: asked with the topic of the result, it gives one or None."""
    _ways.append((order, way))
    _ways.sort(key=lambda entry: entry[0])


def ways_from(topic: str) -> Iterator[Way]:
    for _order, way in _ways:
        if (found := way(topic)) is not None:
            yield found
