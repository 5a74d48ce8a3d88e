"""Messages as rooms above and the desk read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from serikat.files.models import StoredFile
from serikat.files.selectors import files_of
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.messaging.addresses import address_of, index_of
from serikat.messaging.models import Address, Channel, Direction, Message, Purpose, State
from serikat.messaging.selectors.channels import channels_for

FOR_A_PERSON = (State.PARKED, State.DOUBT)


def thread(channel_id: int, address_id: int) -> QuerySet[Message]:
    """What went between one address and one channel, the newest first."""
    return (
        Message.objects.filter(channel_id=channel_id, address_id=address_id).select_related("shared", "by").order_by("-pk")
    )


def by_provider_id(channel: Channel, ids: Iterable[str], *directions: Direction) -> QuerySet[Message]:
    """Messages by the provider's ids, in no order. That an id is not empty is said for the index, which holds no others; and asked for an order SQLite
    would walk all messages of the channel."""
    known = Message.objects.filter(channel=channel, direction__in=directions or tuple(Direction), provider_id__in=list(ids))
    return known.exclude(provider_id="").order_by()


def find_address(scheme: str, typed: str) -> Address | None:
    """An address that is known, by any of the ways it is written."""
    value = address_of(scheme, typed)
    return Address.objects.filter(scheme=scheme, index=index_of(scheme, value)).first() if value else None


def lately_stopped(most: int = 20) -> list[Address]:
    """The addresses that stopped last; shown masked."""
    return list(Address.objects.filter(stopped_at__isnull=False).order_by("-stopped_at")[:most])


def for_a_person(actor: Actor) -> QuerySet[Message]:
    """Messages that failed for good or were perhaps sent: somebody decides."""
    return (
        Message.objects.filter(state__in=FOR_A_PERSON, channel__in=channels_for(actor))
        .select_related("channel", "channel__unit", "address", "shared")
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class LeftOn:
    """What a channel still holds."""

    queued: int  # to be sent by itself
    hand: int  # by a person's phone
    held: int  # belongs to something that pauses
    parked: int  # was given up
    doubt: int  # was perhaps sent
    came: int  # came, and nobody has read it yet

    @property
    def to_cancel(self) -> int:
        return self.queued + self.hand + self.held + self.parked


def left_on(channel: Channel) -> LeftOn:
    """What becomes of it is to be said before the channel is retired. One question, along the index of each state."""
    out = (State.QUEUED, State.HAND, State.HELD, State.PARKED, State.DOUBT)
    wanted = Q(direction=Direction.OUT, state__in=out) | Q(direction=Direction.IN, state=State.NEW)
    rows = Message.objects.filter(wanted, channel=channel).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    return LeftOn(*(counts.get(state, 0) for state in (*out, State.NEW)))


def message_for(actor: Actor, pk: int) -> Message:
    found = (
        Message.objects.filter(pk=pk, channel__in=channels_for(actor))
        .select_related("channel", "channel__unit", "address", "shared")
        .first()
    )
    if found is None:
        raise Missing
    return found


def outcomes_of(about: str) -> dict[str, int]:
    """How many messages of one thing above stand in each state."""
    rows = Message.objects.filter(about=about).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def due(channel: Channel) -> QuerySet[Message]:
    """What may go out now."""
    queue = Message.objects.filter(channel=channel, state=State.QUEUED, meant="")
    return queue.filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))


def last_heard(channel_id: int, address_id: int) -> Message | None:
    """The last message that came from there."""
    found = Message.objects.filter(channel_id=channel_id, address_id=address_id, direction=Direction.IN)
    return found.order_by("-pk").first()


def wrote_at(message: Message | None) -> datetime | None:
    """When somebody wrote it, as a provider counts the hours in which they may be answered: it may have reached us much later."""
    return None if message is None else min(message.at, message.written_at or message.at)


def files_with(message: Message) -> QuerySet[StoredFile]:
    """The files of a message. The caller has asked whether the reader may see it."""
    return files_of(holder_ref(message))


def rehearsed_words(channel: Channel, address: Address, until: datetime) -> str:
    """The notice, good until then, that a channel of the demo would have brought to this address: nobody can read it there. Empty on every other
    channel."""
    if not channel.rehearsed:
        return ""
    rows = Message.objects.filter(channel=channel, address=address, purpose=Purpose.NOTICE, expires_at=until)
    found = rows.select_related("shared").order_by("-pk").first()
    return found.words if found is not None else ""


def holder_ref(message: Message) -> str:
    return f"messaging.message:{message.pk}"
