"""What this room tells others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressStopped:
    """Somebody wants nothing more; what was still waiting for them is not sent."""

    address_id: int


@dataclass(frozen=True, slots=True)
class AddressGone:
    """The provider says for good that nobody is there any more: a browser's subscription was ended in the browser."""

    address_id: int


@dataclass(frozen=True, slots=True)
class ChannelRetired:
    """Nothing goes out here any more; what had not gone is cancelled."""

    channel_id: int


@dataclass(frozen=True, slots=True)
class MessagesSettled:
    """Messages that belong to something above (`about`) came to an end at the provider or by a person's decision, well or not."""

    about: str
    message_ids: tuple[int, ...]
