"""Writing a broadcast and having it seen by a second person. Whatever is changed afterwards makes the yes void."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.messaging.models import Channel, ChannelTemplate, Message
from serikat.messaging.models import Purpose as Sending
from serikat.messaging.selectors.channels import as_sent
from serikat.messaging.selectors.trials import is_own
from serikat.messaging.services.queueing import Empty, check_length, find_or_make_address, queue_message
from serikat.messaging.services.templates import check_template, fill_template
from serikat.outreach import permissions
from serikat.outreach.models import Audience, Broadcast, Stage, Variant
from serikat.outreach.rules.texts import with_way_out
from serikat.outreach.selectors.broadcasts import astray, can_carry
from serikat.outreach.selectors.reaching import reach_of
from serikat.units.models import Unit


class NotOpen(Conflict):
    message = _("Siaran ini sudah berjalan atau selesai, jadi tidak dapat diubah lagi.")


class NothingToSay(Refused):
    message = _("Belum ada isi: tambahkan dulu sebuah saluran.")


class NobodyThere(Refused):
    message = _("Tidak ada seorang pun yang dapat dicapai. Periksa khalayak dan salurannya.")


class NoSuchChannel(Refused):
    message = _("Saluran ini tidak dapat dipakai untuk siaran.")


class ChannelAstray(Refused):
    message = _(
        "Siaran ini tidak dapat keluar lewat %(channels)s: salurannya berhenti, pensiun, atau milik unit lain. Hapus dari siaran, atau minta admin menyalakannya."
    )


class NoSubject(Refused):
    message = _("Surel perlu subjek.")


class ChangedMeanwhile(Conflict):
    message = _("Siaran ini berubah sejak Anda membukanya. Baca sekali lagi.")


class NotYours(Refused):
    message = _("Uji hanya dikirim ke alamat Anda sendiri: nomor atau surel akun Anda, atau obrolan Anda di saluran ini.")


class TooLate(Refused):
    message = _("Waktunya sudah lewat. Pilih waktu lain, atau kosongkan agar dikirim setelah disetujui.")


@inner("part of another action")
def locked(*, broadcast: Broadcast, stages: Sequence[Stage]) -> Broadcast:
    """The row as it is now, nobody else's meanwhile, in one of these stages."""
    fresh = Broadcast.objects.select_for_update(of=("self",)).select_related("unit").get(pk=broadcast.pk)
    if fresh.stage not in stages:
        raise NotOpen
    return fresh


OPEN = (Stage.DRAFT, Stage.WAITING, Stage.APPROVED)


@inner("part of another action")
def void_approval(*, actor: Actor, broadcast: Broadcast) -> None:
    """It was changed: back to a draft, and by this hand."""
    if Broadcast.objects.filter(pk=broadcast.pk, stage=Stage.APPROVED).exists():
        broadcast.writers.clear()  # what they wrote was seen by a second person
    _writes(actor, broadcast)
    Broadcast.objects.filter(pk=broadcast.pk).update(
        stage=Stage.DRAFT, approved_by=None, approved_at=None, approved_digest="", answer="", changed_by=actor.user_id,
        counts=None, counted_at=None,
    )  # fmt: skip
    broadcast.refresh_from_db()


def _writes(actor: Actor, broadcast: Broadcast) -> None:
    if actor.user_id is not None:
        broadcast.writers.add(actor.user_id)


@action(
    "outreach.broadcast.begun",
    may=permissions.may_write_broadcast,
    says=pgettext_lazy("an action", "memulai siaran"),
    on="unit",
    makes=True,
)
def begin_broadcast(
    *,
    actor: Actor,
    unit: Unit,
    title: str,
    audiences: Sequence[Audience],
    send_at: datetime | None = None,
    any_hour: bool = False,
) -> Broadcast:
    _checked_time(send_at)
    made = Broadcast.objects.create(
        unit=unit, title=title, send_at=send_at, any_hour=any_hour, written_by_id=actor.user_id, changed_by_id=actor.user_id
    )
    made.audiences.set(audiences)
    _writes(actor, made)
    return made


@action(
    "outreach.broadcast.changed",
    may=permissions.may_write_broadcast,
    says=pgettext_lazy("an action", "mengubah siaran"),
    on="broadcast",
    fields=("title", "send_at", "any_hour", "stage"),
)
def change_broadcast(
    *,
    actor: Actor,
    broadcast: Broadcast,
    title: str,
    audiences: Sequence[Audience],
    send_at: datetime | None = None,
    any_hour: bool = False,
) -> None:
    fresh = locked(broadcast=broadcast, stages=OPEN)
    if send_at != fresh.send_at:
        _checked_time(send_at)
    fresh.title, fresh.send_at, fresh.any_hour = title, send_at, any_hour
    fresh.save(update_fields=["title", "send_at", "any_hour"])
    fresh.audiences.set(audiences)
    void_approval(actor=actor, broadcast=broadcast)


def _checked_time(send_at: datetime | None) -> None:
    if send_at is not None and send_at < timezone.now():
        raise TooLate(field="send_at")


@action(
    "outreach.variant.kept",
    may=permissions.may_write_broadcast,
    says=_("menulis isi siaran untuk sebuah saluran"),
    on="broadcast",
)
def keep_variant(
    *,
    actor: Actor,
    broadcast: Broadcast,
    channel: Channel,
    text: str = "",
    subject: str = "",
    template: ChannelTemplate | None = None,
    values: Sequence[str] = (),
) -> Variant:
    """What is said on one channel: a text, or what fills the places of a text that the provider approved."""
    fresh = locked(broadcast=broadcast, stages=OPEN)
    if not can_carry(fresh.unit, channel):
        raise NoSuchChannel(field="channel")
    if template is not None:
        text, values = fill_template(channel=channel, template=template, values=values)
    else:
        text, values = text.replace("\r\n", "\n").strip(), ()
    if not text:
        raise Empty(field="text")
    if channel.scheme == "mail" and not subject.strip():
        raise NoSubject(field="subject")
    check_length(channel=channel, text=with_way_out(text, channel.scheme, template=template is not None))
    kept, _made = Variant.objects.update_or_create(
        broadcast=broadcast,
        channel=channel,
        defaults={"text": text, "subject": subject.strip(), "template": template, "values": list(values)},
    )
    void_approval(actor=actor, broadcast=broadcast)
    return kept


@action(
    "outreach.variant.removed",
    may=permissions.may_write_broadcast,
    says=_("menghapus saluran dari siaran"),
    on="broadcast",
)
def remove_variant(*, actor: Actor, broadcast: Broadcast, variant: Variant) -> None:
    locked(broadcast=broadcast, stages=OPEN)
    Variant.objects.filter(pk=variant.pk, broadcast=broadcast).delete()
    void_approval(actor=actor, broadcast=broadcast)


@inner("part of another action")
def count_receivers(*, broadcast: Broadcast) -> int:
    """How many it reaches now, by channel, and who is left out; kept for the pages."""
    reach = reach_of(broadcast)
    counts = {"channels": {str(pk): n for pk, n in reach.by_channel.items()}, "left_out": dict(reach.left_out)}
    broadcast.counts, broadcast.counted_at = counts, timezone.now()
    broadcast.save(update_fields=["counts", "counted_at"])
    return len(reach.ways)


@action(
    "outreach.receivers.counted",
    may=permissions.may_write_broadcast,
    says=_("menghitung penerima siaran"),
    on="broadcast",
)
def count_again(*, actor: Actor, broadcast: Broadcast) -> int:
    return count_receivers(broadcast=broadcast)


def _must_be_carried(broadcast: Broadcast) -> None:
    """A channel may have stopped, or have been chosen before it was another unit's alone; a template may be gone or say something else."""
    if names := astray(broadcast):
        raise ChannelAstray(ChannelAstray.message % {"channels": ", ".join(names)})
    if why := left_template(broadcast=broadcast):
        raise Refused(why)


@inner("reads only")
def left_template(*, broadcast: Broadcast) -> str:
    """Why a template that it was written with cannot be used any more; "" when all can."""
    for variant in broadcast.variants.select_related("channel", "template").exclude(template=None):
        try:
            if variant.template is not None:
                check_template(template=variant.template, text=variant.text, values=variant.values)
        except Refused as refused:
            return f"{variant.channel}: {refused}"
    return ""


@action(
    "outreach.broadcast.submitted",
    may=permissions.may_write_broadcast,
    says=_("mengajukan siaran kepada orang kedua"),
    on="broadcast",
    fields=("stage",),
)
def submit_broadcast(*, actor: Actor, broadcast: Broadcast) -> None:
    fresh = locked(broadcast=broadcast, stages=(Stage.DRAFT,))
    if not fresh.variants.exists():
        raise NothingToSay
    _must_be_carried(fresh)
    if not count_receivers(broadcast=fresh):
        raise NobodyThere
    Broadcast.objects.filter(pk=fresh.pk).update(
        stage=Stage.WAITING, answer="", submitted_by=actor.user_id, submitted_at=timezone.now()
    )
    broadcast.refresh_from_db()


@action(
    "outreach.broadcast.approved",
    may=permissions.may_approve_broadcast,
    says=pgettext_lazy("an action", "menyetujui siaran"),
    on="broadcast",
    fields=("stage",),
)
def approve_broadcast(*, actor: Actor, broadcast: Broadcast, digest: str) -> None:
    """A second person's yes to exactly what they saw."""
    fresh = locked(broadcast=broadcast, stages=(Stage.WAITING,))
    if digest != digest_of(broadcast=fresh):
        raise ChangedMeanwhile
    _must_be_carried(fresh)
    Broadcast.objects.filter(pk=fresh.pk).update(
        stage=Stage.APPROVED, approved_by=actor.user_id, approved_at=timezone.now(), approved_digest=digest, answer=""
    )
    broadcast.refresh_from_db()


@action(
    "outreach.broadcast.returned",
    may=permissions.may_approve_broadcast,
    says=_("mengembalikan siaran kepada penulisnya"),
    on="broadcast",
    fields=("stage",),
)
def return_broadcast(*, actor: Actor, broadcast: Broadcast, reason: str) -> None:
    fresh = locked(broadcast=broadcast, stages=(Stage.WAITING, Stage.APPROVED))
    Broadcast.objects.filter(pk=fresh.pk).update(
        stage=Stage.DRAFT, answer=reason[:500], approved_by=None, approved_at=None, approved_digest=""
    )
    broadcast.refresh_from_db()


@inner("reads only")
def digest_of(*, broadcast: Broadcast) -> str:
    """What a yes was given to: words, channels, time, and the questions behind the audiences."""
    variants = [
        [v.channel_id, v.subject, v.text, v.template_id, v.values] for v in broadcast.variants.order_by("channel_id")
    ]
    parts = []
    for audience in broadcast.audiences.order_by("pk").prefetch_related("parts"):
        for p in audience.parts.all():
            parts.append([audience.pk, p.kind, p.unit_id, p.role, p.place_id, p.topic_id, p.imported_id, p.person_id])
    at = broadcast.send_at.isoformat() if broadcast.send_at else ""
    return hashlib.sha256(json.dumps([variants, parts, at, broadcast.any_hour]).encode()).hexdigest()


@action(
    "outreach.broadcast.tried",
    may=permissions.may_write_broadcast,
    says=_("mengirim siaran sebagai uji ke alamat sendiri"),
    on="broadcast",
)
def try_broadcast(*, actor: Actor, broadcast: Broadcast, variant: Variant, address: str) -> Message:
    """One message to an address of one's own, as a receiver will get it."""
    if variant.broadcast_id != broadcast.pk:
        raise Missing
    channel = Channel.objects.select_related("unit").get(pk=variant.channel_id)
    if not can_carry(broadcast.unit, channel):
        raise NoSuchChannel
    to = find_or_make_address(scheme=channel.scheme, typed=address)
    if not is_own(actor, channel, to):
        raise NotYours(field="address")
    return queue_message(
        actor=actor,
        channel=channel,
        address=to,
        text=with_way_out(variant.text, channel.scheme, template=variant.template_id is not None),
        subject=variant.subject,
        template=template_of(variant=variant),
        purpose=Sending.NOTICE,
    )


@inner("reads only")
def template_of(*, variant: Variant) -> dict[str, object] | None:
    found = variant.template
    return as_sent(found, variant.values) if found else None
