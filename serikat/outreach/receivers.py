"""Hears that an address is gone for good, and who may not be written to any more. Thin."""

from __future__ import annotations

from serikat.kernel.events import on
from serikat.messaging.events import AddressGone
from serikat.outreach.services import sparing, subscribing
from serikat.people.events import ConsentWithdrawn, ProtectionChanged


@on(AddressGone)
def end_what_nobody_reads(event: AddressGone) -> None:
    subscribing.end_gone(address_id=event.address_id)


@on(ProtectionChanged, lasting=True)
def spare_who_was_hidden(event: ProtectionChanged) -> None:
    if event.shows_alias:
        sparing.spare_the_hidden()


@on(ConsentWithdrawn, lasting=True)
def spare_who_took_it_back(event: ConsentWithdrawn) -> None:
    sparing.spare_the_hidden()
