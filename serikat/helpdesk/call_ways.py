"""Where a call can lead: parts of the house put their way here when they start ("report by phone", "ask a lawyer"), and the screen of a call offers it.

A way is asked with the call and leads to an address with nothing of the person in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from serikat.helpdesk.models import Call
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words


@dataclass(frozen=True, slots=True)
class Way:
    """A name, where it leads, and its icon."""

    name: Words
    url: str
    icon: str = "go"


_ways: list[tuple[int, Callable[[Actor, Call], Way | None]]] = []


def way_from_call(way: Callable[[Actor, Call], Way | None], *, order: int = 50) -> None:
    """Offer a way: asked with the actor and the call, it gives one or None."""
    _ways.append((order, way))
    _ways.sort(key=lambda entry: entry[0])


def ways_from(actor: Actor, call: Call) -> Iterator[Way]:
    for _order, way in _ways:
        if (found := way(actor, call)) is not None:
            yield found
