"""Which things have a trail page, and who may open it.

A room says how an actor finds one of its things: `trail_page("people.person", person_for)`; the finder is the room's own scoped selector
and raises `Missing` (or gives None) for what the actor may not know of. The page itself stands in `web`, which fills in its address; a room's own page
leads there with `{% load audit %}{% trail_link thing %}`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from serikat.audit.action import ref_of
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing

Finder = Callable[[Actor, str], Any]
_finders: dict[str, Finder] = {}
_address: list[Callable[[str], str]] = []


def trail_page(label: str, finder: Finder) -> None:
    """Give things of this model ("people.person") a trail page."""
    _finders[label] = finder


def has_trail_page(ref: str) -> bool:
    return ref.partition(":")[0] in _finders


def thing_behind(actor: Actor, ref: str) -> Any:
    """The thing a reference names, if the actor may see it; `Missing` otherwise."""
    label, _sep, pk = ref.partition(":")
    finder = _finders.get(label)
    try:
        thing = finder(actor, pk) if finder is not None else None
    except (ValueError, OverflowError, ValidationError):  # what stands behind the colon is no key at all
        thing = None
    if thing is None or ref_of(thing) != ref:
        raise Missing
    return thing


def fill_address(of: Callable[[str], str]) -> None:
    """Say where the trail page of a reference stands."""
    _address[:] = [of]


def address_of(thing: Any) -> str:
    """Where the trail of a thing is read; empty when it has no page."""
    ref = ref_of(thing)
    return _address[0](ref) if _address and ref and has_trail_page(ref) else ""
