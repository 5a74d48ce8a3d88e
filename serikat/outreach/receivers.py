"""Hears that an address is gone for good. Thin."""

from __future__ import annotations

from serikat.kernel.events import on
from serikat.messaging.events import AddressGone
from serikat.outreach.services import subscribing


@on(AddressGone)
def end_what_nobody_reads(event: AddressGone) -> None:
    subscribing.end_gone(address_id=event.address_id)
