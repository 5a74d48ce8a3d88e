"""The demo's day at the telephone: calls that were answered, missed and promised, two visitors, one who rings."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.helpdesk.models import Call, PhoneLine
from serikat.helpdesk.services.calls import begin_call, close_call, note_call, number_typed, receive_visitor, take_call
from serikat.helpdesk.services.phone_lines import add_line
from serikat.helpdesk.services.ringing import hear_ring
from serikat.kernel.access import SYSTEM, Actor
from serikat.units.models import Unit
from serikat.web.demo.calls import CALLS, DemoCall
from serikat.web.services.demo_acting import acting
from serikat.web.services.demo_clearing import drop_addresses

CALLER = {"answered", "reported", "question", "back", "wrong", "silent", "threat"}


@inner("part of another action")
def load_calls(*, unit: Unit) -> None:
    line, _key = add_line(actor=SYSTEM, unit=unit, name="Telepon kantor", number="(0267) 8450 100")
    operator = acting(username="operator")
    for n, seed in enumerate(CALLS):
        call = _begin(operator, unit, line, seed, f"peragaan-{n}")
        if seed.outcome in CALLER:
            back = timezone.now() + timedelta(minutes=max(seed.back, 1)) if seed.outcome == "back" else None
            close_call(
                actor=operator,
                call=call,
                outcome=seed.outcome,
                notes=seed.notes,
                topic=seed.topic,
                called=seed.called,
                call_back_at=back,
            )
        _set_back(call, seed)


def _begin(operator: Actor, unit: Unit, line: PhoneLine, seed: DemoCall, outside_id: str) -> Call:
    if seed.visit:
        return receive_visitor(
            actor=operator, unit=unit, key=uuid.uuid4(), called=seed.called, topic=seed.topic, notes=seed.notes
        )
    if seed.out:
        address = number_typed(text=seed.number)
        return begin_call(actor=operator, unit=unit, key=uuid.uuid4(), address=address, direction="out")
    hear_ring(line=line, number=seed.number, outside_id=outside_id)
    call: Call = Call.objects.filter(line=line).latest("pk")
    if seed.outcome == "missed":
        hear_ring(line=line, number=seed.number, outside_id=outside_id, state="selesai")
    elif seed.outcome != "ringing":
        call = take_call(actor=operator, call=call)
        if not seed.outcome:
            note_call(actor=operator, call=call, notes=seed.notes, topic=seed.topic, called=seed.called)
    return call


def _set_back(call: Call, seed: DemoCall) -> None:
    """Everything was just now; it is spread over the hours before."""
    call.refresh_from_db()
    begun = timezone.now() - timedelta(minutes=seed.ago)
    call.began_at = call.rang_at = begun
    if call.answered_at:
        call.answered_at = begun + timedelta(seconds=0 if seed.visit else seed.waited)
    if call.ended_at:
        call.ended_at = begun + timedelta(minutes=max(seed.lasted, 1))
    if seed.outcome == "missed":
        call.call_back_at = call.ended_at
    elif seed.outcome == "back":
        call.call_back_at = timezone.now() + timedelta(minutes=seed.back)
    call.save()


@inner("part of another action")
def clear_demo_calls() -> int:
    """Remove the calls and the line that the demo brought; returns how many."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    refs = list(
        Entry.objects.filter(group__in=loaded, subject_ref__startswith="helpdesk.").values_list("subject_ref", flat=True)
    )
    made = Call.objects.filter(pk__in=_keys(refs, "helpdesk.call"))
    addresses = list(made.exclude(address=None).values_list("address", flat=True))
    lines = list(made.exclude(line=None).values_list("line", flat=True).distinct())
    count = made.count()
    made.delete()
    PhoneLine.objects.filter(pk__in=lines, calls=None).delete()
    drop_addresses(pks=addresses)
    return count


def _keys(refs: list[str], label: str) -> list[int]:
    return [int(ref.partition(":")[2]) for ref in refs if ref.partition(":")[0] == label]
