"""A broadcast on its way: put into the queue by a job, paused, let go on, stopped, ended.

The job may die at any moment and be begun again: who is reached is asked anew, and an address that has a message of this broadcast gets no second one (a
constraint of the database says so too). It looks before each batch whether it is still wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from serikat.audit.action import action, inner
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.jobs import enqueue
from serikat.kernel.progress import tracked
from serikat.messaging.models import Address, Channel, Message, State
from serikat.messaging.services.queueing import (
    Receiver,
    cancel_about,
    hold_about,
    queue_many,
    release_about,
    share_text,
)
from serikat.messaging.services.receiving import addresses_of
from serikat.outreach import permissions
from serikat.outreach.models import Broadcast, Stage, Variant
from serikat.outreach.rules.texts import with_way_out
from serikat.outreach.rules.zones import HOME, zone_of_number
from serikat.outreach.selectors.broadcasts import is_channel_of
from serikat.outreach.selectors.reaching import Way, in_batches, reach_of
from serikat.outreach.services.broadcasts import ChannelAstray, digest_of, left_template, locked, template_of
from serikat.people.models import ContactPoint
from serikat.places.selectors import zone_of as zone_of_place
from serikat.units.models import Unit

BATCH = 1000
LASTS = timedelta(days=3)  # what could not be sent by then is no news any more
WAITING = (State.QUEUED, State.HELD, State.HAND)


@inner("machinery")
def start_due() -> None:
    """By the clock: what is approved and due begins, what a dead worker left goes on, what has nothing waiting any more is done."""
    due = Q(stage=Stage.APPROVED) & (Q(send_at=None) | Q(send_at__lte=timezone.now()))
    for broadcast in Broadcast.objects.filter(due).select_related("unit"):
        start_broadcast(actor=SYSTEM, broadcast=broadcast)
    for pk in Broadcast.objects.filter(stage=Stage.QUEUEING).values_list("pk", flat=True):
        _enqueue(pk)
    for broadcast in Broadcast.objects.filter(stage=Stage.SENDING).select_related("unit"):
        if not Message.objects.filter(about=broadcast.about, state__in=WAITING).exists():
            end_broadcast(actor=SYSTEM, broadcast=broadcast)


def _enqueue(pk: int) -> None:
    enqueue("outreach.queue_broadcast", key=f"broadcast:{pk}", broadcast_id=pk)


@action(
    "outreach.broadcast.started",
    may=permissions.may_run_broadcast,
    says=pgettext_lazy("an action", "memulai pengiriman siaran"),
    on="broadcast",
    fields=("stage",),
)
def start_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    """Its time has come. What was changed behind the yes (an audience that gained a part, a channel that went to another unit or retired) goes back
    to be read again, and to its writer when a template that it uses is gone."""
    fresh = locked(broadcast=broadcast, stages=(Stage.APPROVED,))
    gone = [v.channel.name for v in fresh.variants.select_related("channel__unit") if _is_gone(fresh, v.channel)]
    if gone or fresh.approved_digest != digest_of(broadcast=fresh):
        fresh.stage, fresh.approved_by, fresh.approved_at, fresh.approved_digest = Stage.WAITING, None, None, ""
        fresh.answer = (
            str(ChannelAstray.message) % {"channels": ", ".join(gone)}
            if gone
            else _("Khalayaknya berubah sesudah disetujui. Baca dan setujui sekali lagi.")
        )[:500]
        fresh.save()
    elif why := left_template(broadcast=fresh):
        fresh.stage, fresh.approved_by, fresh.approved_at, fresh.approved_digest = Stage.DRAFT, None, None, ""
        fresh.answer = why[:500]
        fresh.save()
    else:
        for variant in fresh.variants.select_related("channel", "template").filter(shared=None):
            words = with_way_out(variant.text, variant.channel.scheme, template=variant.template_id is not None)
            variant.shared = share_text(text=words, subject=variant.subject, template=template_of(variant=variant))
            variant.save(update_fields=["shared"])
        fresh.stage, fresh.began_at = Stage.QUEUEING, timezone.now()
        fresh.save(update_fields=["stage", "began_at"])
        _enqueue(fresh.pk)
    broadcast.refresh_from_db()


def _is_gone(broadcast: Broadcast, channel: Channel) -> bool:
    """One that is paused comes back; these do not."""
    return channel.retired_at is not None or not is_channel_of(broadcast.unit, channel)


@inner("machinery")
def queue_broadcast(*, broadcast_id: int) -> None:
    """Put everybody's message into the queue, batch by batch. Dies and is begun again without harm."""
    broadcast = Broadcast.objects.filter(pk=broadcast_id, stage=Stage.QUEUEING).first()
    if broadcast is None:
        return
    ways = reach_of(broadcast).ways
    variants = {v.channel_id: v for v in broadcast.variants.select_related("channel__unit", "shared")}
    with tracked(broadcast.about, broadcast.title, total=len(ways)) as progress:
        for channel_id, batch in in_batches(ways, BATCH):
            if not _queue_batch(broadcast, variants[channel_id], batch):
                return
            progress.step(len(batch))
    with transaction.atomic():
        Broadcast.objects.filter(pk=broadcast.pk, stage=Stage.QUEUEING).update(stage=Stage.SENDING, all_queued=True)


def _queue_batch(broadcast: Broadcast, variant: Variant, batch: list[Way]) -> bool:
    """One batch in one transaction; False when the broadcast is not wanted any more."""
    with transaction.atomic():
        row = Broadcast.objects.select_for_update(of=("self",)).only("stage").get(pk=broadcast.pk)
        if row.stage != Stage.QUEUEING or variant.shared is None:
            return False
        home = home_of(unit=variant.channel.unit)
        addresses = _addresses(variant.channel, batch)
        receivers = []
        for way in batch:
            address = addresses.get(way.index)
            if address is None or not address.value:
                continue  # forgotten meanwhile
            receivers.append(
                Receiver(address.pk, None, "" if broadcast.any_hour else zone_of(way=way, address=address, home=home))
            )
        queue_many(
            actor=SYSTEM,
            channel=variant.channel,
            receivers=receivers,
            shared=variant.shared,
            about=broadcast.about,
            expires_at=(broadcast.began_at or timezone.now()) + LASTS,
        )
    return True


@inner("reads only")
def home_of(*, unit: Unit) -> str:
    """Where most of a unit's people live, as far as anybody knows: those of a branch in Papua in Papua."""
    return zone_of_place(unit.region_id).tz if unit.region_id else HOME


@inner("reads only")
def zone_of(*, way: Way, address: Address, home: str = HOME) -> str:
    """In whose night nothing goes there."""
    return way.zone or (zone_of_number(address.value, home) if address.scheme == "number" else home)


@inner("reads only")
def receivers_on(*, ways: Sequence[Way]) -> list[Receiver]:
    """Subscribers as the queue takes them; who was forgotten meanwhile is left out."""
    addresses = Address.objects.in_bulk([way.address_id for way in ways if way.address_id])
    found = [(way, addresses.get(way.address_id or 0)) for way in ways]
    return [Receiver(one.pk, None, zone_of(way=way, address=one)) for way, one in found if one is not None and one.value]


def _addresses(channel: Channel, batch: list[Way]) -> dict[str, Address]:
    """The rows of a batch; made where a contact of a person or an account has none yet."""
    held = {a.index: a for a in Address.objects.filter(scheme=channel.scheme, index__in=[way.index for way in batch])}
    new = [way for way in batch if way.index not in held or not held[way.index].value]
    contacts = ContactPoint.objects.in_bulk([way.contact_id for way in new if way.contact_id])
    wanted = {}
    for way in new:
        value = contacts[way.contact_id].value if way.contact_id in contacts else way.value
        if value:
            wanted[way.index] = (value, "")
    return held | (addresses_of(scheme=channel.scheme, wanted=wanted) if wanted else {})


@action(
    "outreach.broadcast.paused",
    may=permissions.may_steer_broadcast,
    says=pgettext_lazy("an action", "menjeda siaran"),
    on="broadcast",
    fields=("stage",),
)
def pause_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    """What has not left waits until somebody lets it go on."""
    fresh = locked(broadcast=broadcast, stages=(Stage.QUEUEING, Stage.SENDING))
    hold_about(about=fresh.about)
    Broadcast.objects.filter(pk=fresh.pk).update(stage=Stage.PAUSED)
    broadcast.refresh_from_db()


@action(
    "outreach.broadcast.resumed",
    may=permissions.may_steer_broadcast,
    says=pgettext_lazy("an action", "melanjutkan siaran"),
    on="broadcast",
    fields=("stage",),
)
def resume_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    fresh = locked(broadcast=broadcast, stages=(Stage.PAUSED,))
    release_about(about=fresh.about)
    Broadcast.objects.filter(pk=fresh.pk).update(stage=Stage.SENDING if fresh.all_queued else Stage.QUEUEING)
    if not fresh.all_queued:
        _enqueue(fresh.pk)
    broadcast.refresh_from_db()


@action(
    "outreach.broadcast.stopped",
    may=permissions.may_steer_broadcast,
    says=pgettext_lazy("an action", "menghentikan siaran"),
    on="broadcast",
    fields=("stage",),
)
def stop_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    """For good: what still waits is taken back; what has left cannot be."""
    running = (Stage.APPROVED, Stage.QUEUEING, Stage.SENDING, Stage.PAUSED)
    fresh = locked(broadcast=broadcast, stages=running)
    cancel_about(about=fresh.about)
    Broadcast.objects.filter(pk=fresh.pk).update(stage=Stage.STOPPED, ended_at=timezone.now(), stopped_by=actor.user_id)
    broadcast.refresh_from_db()


@action(
    "outreach.broadcast.ended",
    may=permissions.may_run_broadcast,
    says=gettext_lazy("mencatat bahwa siaran selesai"),
    on="broadcast",
    fields=("stage",),
)
def end_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    fresh = locked(broadcast=broadcast, stages=(Stage.SENDING,))
    Broadcast.objects.filter(pk=fresh.pk).update(stage=Stage.DONE, ended_at=timezone.now())
    broadcast.refresh_from_db()
