"""What stands in for the provider of a demo's channel: everything is taken and goes nowhere. No kind of its own: a channel of any kind may be
rehearsed, and `selectors.channels.adapter_of` gives this one in place of the kind's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from serikat.messaging.adapters import Adapter, ChannelDown, Health, Outcome, Parcel, Sort


class Rehearsal(Adapter):
    """It opens no connection, whatever its channel's settings are, and hears nobody: `hear` is the one that refuses every call."""

    repeats: ClassVar[bool] = True

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return (Outcome(Sort.SENT, provider_id=f"rehearsed:{parcel.key}") for parcel in parcels)

    def check(self) -> Health:
        return Health(True)

    def fetch(self, take: object) -> None:
        """There is nothing new anywhere."""

    def load(self, ref: str, most: int) -> bytes:
        raise ChannelDown("This is no name of a file.")  # nobody gave one
