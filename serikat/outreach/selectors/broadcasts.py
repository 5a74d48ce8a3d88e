"""Broadcasts as the desk sees them: shelves, one with what each receiver will read, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.messaging.adapters import adapters
from serikat.messaging.models import Channel, Message, State
from serikat.messaging.rules.sms import Measured, measure
from serikat.messaging.selectors.channels import can_send, counts_parts, live_channels
from serikat.messaging.services.sending import MOST_TRIES
from serikat.outreach import permissions
from serikat.outreach.models import Audience, Broadcast, Stage, Variant
from serikat.outreach.rules.texts import LEAVE, with_way_out
from serikat.units.models import Unit
from serikat.units.selectors import units_within

SHELVES = {
    "draf": (Stage.DRAFT, Stage.WAITING),
    "jalan": (Stage.APPROVED, Stage.QUEUEING, Stage.SENDING, Stage.PAUSED),
    "selesai": (Stage.DONE, Stage.STOPPED),
}
NO_BROADCAST = ("wall", "code", "push")  # a notice stands on a locked screen: it tells of public articles alone
EXAMPLE = "…/langganan/berhenti/"


def within(actor: Actor, lookup: str = "unit__path") -> Q:
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.WRITERS):
        scope |= Q(**{f"{lookup}__startswith": path})
    return scope


def units_for(actor: Actor) -> QuerySet[Unit]:
    return units_within(actor, *permissions.WRITERS).filter(closed_on=None).order_by("path")


def broadcasts_on(actor: Actor, shelf: str) -> QuerySet[Broadcast]:
    found = Broadcast.objects.filter(within(actor), stage__in=SHELVES[shelf])
    return found.select_related("unit", "written_by").order_by("-pk")


def shelf_counts(actor: Actor) -> dict[str, int]:
    return Broadcast.objects.filter(within(actor)).aggregate(
        **{shelf: Count("pk", filter=Q(stage__in=stages)) for shelf, stages in SHELVES.items()}
    )


def to_approve(actor: Actor) -> QuerySet[Broadcast]:
    """Those that wait for a second person, and this one may be it."""
    waiting = Broadcast.objects.filter(within(actor), stage=Stage.WAITING)
    wrote = Broadcast.writers.through.objects.filter(user=actor.user_id).values("broadcast")
    mine = Q(written_by=actor.user_id) | Q(changed_by=actor.user_id) | Q(pk__in=wrote)
    return waiting.exclude(mine).order_by("send_at", "pk")


def to_do(actor: Actor) -> int:
    return to_approve(actor).count()


def broadcast_for(actor: Actor, pk: int) -> Broadcast:
    found = (
        Broadcast.objects.filter(within(actor), pk=pk)
        .select_related("unit", "written_by", "changed_by", "submitted_by", "approved_by", "stopped_by")
        .first()
    )
    if found is None:
        raise Missing
    return found


def audiences_to_choose(actor: Actor) -> QuerySet[Audience]:
    return Audience.objects.filter(within(actor), closed_at=None).select_related("unit")


def is_channel_of(unit: Unit, channel: Channel) -> bool:
    """Of the unit itself or of one above it: another branch's number says nothing in our name."""
    return unit.path.startswith(channel.unit.path)


def can_carry(unit: Unit, channel: Channel) -> bool:
    """Whether a broadcast of this unit may go out on it."""
    alive = channel.kind in adapters() and channel.active and channel.retired_at is None
    return alive and channel.scheme not in NO_BROADCAST and is_channel_of(unit, channel)


def astray(broadcast: Broadcast) -> list[str]:
    """The names of its channels that cannot carry it, or cannot any more."""
    found = broadcast.variants.select_related("channel__unit").order_by("channel__name")
    return [variant.channel.name for variant in found if not can_carry(broadcast.unit, variant.channel)]


def channels_to_choose(unit: Unit) -> QuerySet[Channel]:
    live = live_channels().select_related("unit")
    ids = [c.pk for c in live if can_send(c) and c.scheme not in NO_BROADCAST and is_channel_of(unit, c)]
    return Channel.objects.filter(pk__in=ids)


def channel_named(unit: Unit, pk: str) -> Channel | None:
    return channels_to_choose(unit).filter(pk=int(pk)).first() if pk.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A variant as its receiver reads it, what it costs, and how many get it."""

    variant: Variant
    text: str
    measured: Measured | None
    receivers: int | None
    cost: int | None


def shown(broadcast: Broadcast) -> list[Shown]:
    counts = (broadcast.counts or {}).get("channels", {})
    rows = []
    for variant in broadcast.variants.select_related("channel", "template"):
        channel = variant.channel
        text = with_way_out(variant.text, channel.scheme, template=variant.template_id is not None).replace(LEAVE, EXAMPLE)
        measured = measure(text) if counts_parts(channel) else None
        receivers = counts.get(str(channel.pk), 0) if broadcast.counts is not None else None
        parts = measured.count if measured else 1
        cost = None if receivers is None else receivers * parts * channel.price
        rows.append(Shown(variant, text, measured, receivers, cost))
    return rows


def variant_of(broadcast: Broadcast, pk: int) -> Variant:
    found = broadcast.variants.select_related("channel", "template").filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def report_of(broadcast: Broadcast) -> tuple[list[dict[str, Any]], int]:
    """How many messages stand in each state, by channel, and what they cost: one question, however many there are. What was given up after all its tries
    was taken by nobody; what a provider took and could not deliver is paid all the same."""
    rows = (
        Message.objects.filter(about=broadcast.about)
        .order_by()
        .values("channel__name", "state")
        .annotate(n=Count("pk"), paid=Sum("cost", filter=~Q(state=State.PARKED, tries__gte=MOST_TRIES)))
    )
    found = list(rows)
    unpaid = {"cancelled", "stopped", "expired", "queued", "held", "refused", "hand"}
    return found, sum(row["paid"] or 0 for row in found if row["state"] not in unpaid)


def state_words(state: str) -> str:
    return str(State(state).label)
