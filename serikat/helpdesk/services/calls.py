"""A call or visit from its first word to its end: taken, begun, noted, closed, called back; and who sits at the telephone."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Consultation, Duty, Report
from serikat.helpdesk.rules import calls as rules
from serikat.helpdesk.selectors.callers import behind
from serikat.helpdesk.selectors.calls import units_to_call_in
from serikat.helpdesk.services.guarding import carry_guard, take_down
from serikat.helpdesk.services.withdrawing import ReasonMissing
from serikat.kernel.access import Actor, actor_of
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Address
from serikat.messaging.services.queueing import NoAddress, find_or_make_address
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.units.models import Unit

Direction, Outcome, Way = Call.Direction, Call.Outcome, Call.Way
SHIFT = timedelta(hours=9)


class TakenMeanwhile(Conflict):
    message = _("Rekan Anda sudah mengangkat telepon ini.")


class RingsNoMore(Conflict):
    message = _("Penelepon sudah menutup. Nomornya ada di daftar hubungi lagi.")


class ClosedMeanwhile(Conflict):
    message = _("Sudah ditutup.")


class NoMoment(Refused):
    message = _("Isi kapan mereka dihubungi lagi.")


class NoNumber(Refused):
    message = _("Nomor ini tidak dapat dibaca. Tulis seperti 0812 3456 7890.")


class MomentGone(Refused):
    message = _("Waktu ini sudah lewat.")


class MayNotSee(Refused):
    message = _("Orang ini tidak bertugas menerima tamu di unit Anda.")


class LessSafe(Refused):
    message = _("Tingkat ancaman dan perlindungan hanya dapat ditambah di sini.")


def _fresh(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("unit", "address", "person").get(pk=call.pk)


@inner("part of another action")
def number_typed(*, text: str) -> Address:
    """The address of a number that somebody typed, in any of the ways it is written."""
    try:
        return find_or_make_address(scheme=Scheme.NUMBER, typed=rules.caller_of(text))
    except NoAddress:
        raise NoNumber(field="number") from None


@action(
    "helpdesk.call.taken", may=permissions.may_take_call, says=pgettext_lazy("an action", "mengangkat telepon"), on="call"
)
def take_call(*, actor: Actor, call: Call) -> Call:
    """Pick up. Twice by the same hand is once; after a colleague it is told."""
    fresh = _fresh(call)
    if fresh.operator_id == actor.user_id and fresh.operator_id is not None:
        return fresh
    if fresh.operator_id is not None:
        raise TakenMeanwhile
    if fresh.ended_at is not None:
        raise RingsNoMore
    fresh.operator_id, fresh.answered_at, fresh.direction = actor.user_id, timezone.now(), Direction.IN
    fresh.save(update_fields=["operator", "answered_at", "direction"])
    return fresh


@action(
    "helpdesk.call.begun",
    may=permissions.may_take_call,
    says=pgettext_lazy("an action", "memulai catatan telepon"),
    on="unit",
    makes=True,
)
def begin_call(
    *, actor: Actor, unit: Unit, key: uuid.UUID, address: Address | None, direction: str, after: Call | None = None
) -> Call:
    """A call that no phone system told of: one that came on the operator's own phone, or one that the operator makes. `after`: the one that asked
    to be called back."""
    known = Call.objects.filter(key=key).first()
    if known is not None:
        if known.operator_id != actor.user_id:
            raise Denied
        return known
    now = timezone.now()
    carried = behind(address, unit.path)
    if after is not None:  # its guard is among those of the number
        own = ("person", "called", "alias") if address else ("person", "called", "alias", "threat_level", "protections")
        carried |= {name: value for name in own if (value := getattr(after, name))} | {"topic": after.topic}
    return Call.objects.create(
        key=key,
        unit=unit,
        address=address,
        direction=direction,
        operator_id=actor.user_id,
        began_at=now,
        rang_at=now,
        answered_at=now if direction == Direction.IN else None,
        report_id=after.report_id if after else None,
        consultation_id=after.consultation_id if after else None,
        conversation_id=after.conversation_id if after else None,
        **carried,
    )


@action(
    "helpdesk.call.noted", may=permissions.may_note_call, says=pgettext_lazy("an action", "mencatat isi telepon"), on="call"
)
def note_call(*, actor: Actor, call: Call, notes: str, topic: str = "", called: str = "") -> Call:
    fresh = _fresh(call)
    _write(fresh, notes, topic, called)
    fresh.save(update_fields=["notes", "topic", "called"])
    return fresh


@inner("machinery")
@transaction.atomic
def keep_typed(*, actor: Actor, call: Call, notes: str) -> None:
    """What is being typed, kept every few seconds; the entry in the trail comes when the call is noted or closed. Never over a closed call."""
    mine = Call.objects.select_for_update().filter(pk=call.pk, operator=actor.user_id, ended_at=None).first()
    if mine is not None and actor.user_id is not None:
        mine.notes = notes[: rules.LONGEST_NOTES]
        mine.save(update_fields=["notes"])


@action(
    "helpdesk.call.linked",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "menghubungkan telepon dengan laporan"),
    on="call",
)
def link_report(*, actor: Actor, call: Call, report: Report) -> None:
    """The report that was written while they spoke."""
    fresh = _fresh(call)
    fresh.report, fresh.outcome = report, fresh.outcome or Outcome.REPORTED
    fresh.save(update_fields=["report", "outcome"])
    if fresh.shows_alias or report.shows_alias:
        take_down(of=[fresh, report])


@action(
    "helpdesk.call.asked",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "menghubungkan telepon dengan konsultasi"),
    on="call",
)
def link_consultation(*, actor: Actor, call: Call, consultation: Consultation) -> None:
    """The question that was written down while they spoke."""
    fresh = _fresh(call)
    fresh.consultation, fresh.outcome = consultation, fresh.outcome or Outcome.ASKED
    fresh.save(update_fields=["consultation", "outcome"])


def _write(call: Call, notes: str, topic: str, called: str) -> None:
    call.notes, call.topic = notes[: rules.LONGEST_NOTES], topic
    if not call.shows_alias:  # the name is not shown, so an empty field says nothing of it
        call.called = called[:120]


@action(
    "helpdesk.call.closed",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "menutup telepon atau tamu"),
    on="call",
)
def close_call(
    *,
    actor: Actor,
    call: Call,
    outcome: str,
    notes: str = "",
    topic: str = "",
    called: str = "",
    call_back_at: datetime | None = None,
) -> Call:
    """How it ended. Whoever was spoken with needs no call back for what they rang in vain in this unit before; a new promise to call takes the place of
    an earlier one, so that nobody is called twice."""
    fresh = _fresh(call)
    if fresh.operator_id is None:
        raise RingsNoMore
    now = timezone.now()
    if outcome == Outcome.BACK and call_back_at is None:
        raise NoMoment(field="call_back_at")
    if outcome == Outcome.BACK and call_back_at is not None and call_back_at < now - timedelta(minutes=1):
        raise MomentGone(field="call_back_at")
    _write(fresh, notes, topic, called)
    fresh.outcome, fresh.ended_at = outcome, fresh.ended_at or now
    fresh.answered_at = fresh.answered_at or (fresh.began_at if outcome not in (Outcome.SILENT, Outcome.BACK) else None)
    fresh.call_back_at = call_back_at if outcome == Outcome.BACK else None
    fresh.called_back_at = None
    fresh.save()
    if fresh.address_id and outcome != Outcome.SILENT:
        waiting = Call.objects.filter(
            address=fresh.address_id, unit=fresh.unit_id, call_back_at__isnull=False, called_back_at=None
        )
        if outcome != Outcome.BACK:
            waiting = waiting.filter(call_back_at__lte=now)
        waiting.exclude(pk=fresh.pk).update(called_back_at=now)
    return fresh


@action(
    "helpdesk.call.called_back",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "menyelesaikan permintaan dihubungi lagi"),
    on="call",
)
def settle_call_back(*, actor: Actor, call: Call) -> None:
    fresh = _fresh(call)
    if fresh.call_back_at is None or fresh.called_back_at is not None:
        raise ClosedMeanwhile
    fresh.called_back_at = timezone.now()
    fresh.save(update_fields=["called_back_at"])


@action(
    "helpdesk.call.moved",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "menggeser waktu menghubungi lagi"),
    on="call",
    fields=("call_back_at",),
)
def move_call_back(*, actor: Actor, call: Call, call_back_at: datetime) -> None:
    fresh = _fresh(call)
    if fresh.call_back_at is None or fresh.called_back_at is not None:
        raise ClosedMeanwhile
    if call_back_at < timezone.now() - timedelta(minutes=1):
        raise MomentGone(field="call_back_at")
    fresh.call_back_at = call_back_at
    fresh.save(update_fields=["call_back_at"])


@action(
    "helpdesk.visitor.received",
    may=permissions.may_receive_visitor,
    says=pgettext_lazy("an action", "mencatat tamu"),
    on="unit",
    makes=True,
)
def receive_visitor(
    *,
    actor: Actor,
    unit: Unit,
    key: uuid.UUID,
    called: str,
    topic: str = "",
    notes: str = "",
    number: str = "",
    seen_by: Any = None,
    outcome: str = "",
    call_back_at: datetime | None = None,
) -> Call:
    """Somebody came in: who, what for, who saw them, how it ended. Sent twice, it is one visit."""
    known = Call.objects.filter(key=key, unit=unit, way=Way.VISIT).first()
    if known is not None:
        return known
    if seen_by is not None and not permissions.may_receive_visitor(actor_of(seen_by), unit):
        raise MayNotSee(field="seen_by")
    address = number_typed(text=number) if number else None
    now = timezone.now()
    if outcome == Outcome.BACK and call_back_at is None:
        raise NoMoment(field="call_back_at")
    carried = behind(address, unit.path)
    carried["called"] = called[:120] or carried.get("called", "")
    return Call.objects.create(
        key=key,
        unit=unit,
        way=Way.VISIT,
        address=address,
        operator_id=seen_by.pk if seen_by is not None else actor.user_id,
        topic=topic,
        notes=notes[: rules.LONGEST_NOTES],
        outcome=outcome,
        began_at=now,
        rang_at=now,
        answered_at=now,
        ended_at=now if outcome else None,
        call_back_at=call_back_at if outcome == Outcome.BACK else None,
        **carried,
    )


@action(
    "helpdesk.call.guarded",
    may=permissions.may_guard_call,
    says=pgettext_lazy("an action", "menyamarkan penelepon atau tamu"),
    on="call",
    fields=("threat_level", "protections"),
)
def guard_call(*, actor: Actor, call: Call, threat_level: str, protections: list[str], alias: str = "") -> None:
    """Set at intake and carried along. It is only ever raised here."""
    fresh = _fresh(call)
    if fresh.lowered_by(threat_level, protections):
        raise LessSafe(field="threat_level")
    was = {"level": fresh.threat_level, "protections": fresh.protections}
    fresh.threat_level = threat_level
    fresh.protections = sorted(set(protections) & set(Protection.values))
    fresh.alias = alias[:60] or fresh.alias
    fresh.save(update_fields=["threat_level", "protections", "alias"])
    carry_guard(actor=actor, of=fresh, **was)


@action(
    "helpdesk.call.unguarded",
    may=permissions.may_unguard_call,
    says=_("membuka lagi penyamaran penelepon atau tamu"),
    on="call",
    fields=("threat_level", "protections"),
)
def unguard_call(*, actor: Actor, call: Call, reason: str) -> None:
    """A guard that was set by mistake, or came along with one, is taken off by who works on matters, for a reason. The alias stays, for the next time."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    fresh = _fresh(call)
    fresh.threat_level, fresh.protections = ThreatLevel.NONE, []
    fresh.save(update_fields=["threat_level", "protections"])
    call.refresh_from_db()


@action(
    "helpdesk.call.number_shown",
    may=permissions.may_note_call,
    says=pgettext_lazy("an action", "melihat nomor penelepon yang disamarkan"),
    on="call",
)
def show_number(*, actor: Actor, call: Call) -> str:
    """The number of somebody guarded, to call them: each look stands in the trail."""
    return call.address.value if call.address is not None else ""


@action(
    "helpdesk.duty.changed",
    may=permissions.may_take_call,
    says=pgettext_lazy("an action", "bertugas atau selesai bertugas di telepon"),
)
def change_duty(*, actor: Actor, on_duty: bool) -> None:
    """Who is on duty is told of calls; a shift ends by itself."""
    if on_duty:
        until = timezone.now() + SHIFT
        Duty.objects.update_or_create(user_id=actor.user_id, defaults={"until": until, "told_at": None})
    else:
        Duty.objects.filter(user=actor.user_id).delete()


@inner("reads only")
def unit_to_call_in(*, actor: Actor) -> Unit:
    """The unit in which a call is noted that came on no line: the highest that the actor works in."""
    found = units_to_call_in(actor).first()
    if found is None:
        raise Denied
    return found
