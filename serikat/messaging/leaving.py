"""How a receiver of what goes to many leaves by one step: the address of it, which the room that keeps subscriptions fills in.

A text holds `{berhenti}` where that address is to stand; each receiver gets their own. Mail carries it in a header too.
"""

from __future__ import annotations

from collections.abc import Callable

from serikat.messaging.models import Address

LEAVE = "{berhenti}"
_links: list[Callable[[Address], str]] = []


def fill_leave_link(link: Callable[[Address], str]) -> None:
    if _links:
        raise ValueError("Somebody gives the addresses by which one leaves already.")
    _links.append(link)


def leave_link(address: Address) -> str:
    return _links[0](address) if _links else ""
