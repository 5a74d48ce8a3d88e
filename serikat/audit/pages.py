"""Which things have a trail page, and who may open it.

A room says how an actor finds one of its things: `trail_page("people.person", person_for)`; the finder is the room's own scoped selector
and raises `Missing` (or gives None) for what the actor may not know of. The page itself stands in `web`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing

Finder = Callable[[Actor, str], Any]
_finders: dict[str, Finder] = {}


def trail_page(label: str, finder: Finder) -> None:
    """Give things of this model ("people.person") a trail page."""
    _finders[label] = finder


def has_trail_page(ref: str) -> bool:
    return ref.partition(":")[0] in _finders


def thing_behind(actor: Actor, ref: str) -> Any:
    """The thing a reference names, if the actor may see it; `Missing` otherwise."""
    label, _sep, pk = ref.partition(":")
    finder = _finders.get(label)
    thing = finder(actor, pk) if finder is not None else None
    if thing is None:
        raise Missing
    return thing
