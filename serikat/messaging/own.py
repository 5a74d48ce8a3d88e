"""Which addresses of a channel are somebody's own, so that they may send a test there: those of their account, and those of which a room above knows
that they are theirs. That room fills it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from serikat.kernel.access import Actor
from serikat.messaging.models import Address, Channel

Known = Callable[[Actor, Sequence[Channel]], Iterable[tuple[int, Address]]]
_known: list[Known] = []


def fill_own_addresses(known: Known) -> None:
    """`known`: of these channels, each address that is this actor's, with the channel's id."""
    if _known:
        raise ValueError("Somebody tells whose addresses these are already.")
    _known.append(known)


def known_addresses(actor: Actor, channels: Sequence[Channel]) -> list[tuple[int, Address]]:
    return [one for known in _known for one in known(actor, channels)]
