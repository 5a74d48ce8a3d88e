"""What a phone system tells: somebody rings, or has hung up. One call however often it is told; a flood is counted and slowed, the rest goes on."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services.notices import leave_notice
from serikat.audit.action import action, inner
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Duty, PhoneLine
from serikat.helpdesk.rules import calls as rules
from serikat.helpdesk.selectors.callers import behind
from serikat.kernel.access import SYSTEM, Actor, actor_of
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Address
from serikat.messaging.services.queueing import find_or_make_address

Direction = Call.Direction


class Heard(Enum):
    """What became of a ring."""

    NEW = "new"
    AGAIN = "again"
    OVER = "over"
    SLOWED = "slowed"


@inner("machinery")
def hear_ring(*, line: PhoneLine, number: str, outside_id: str = "", state: str = "") -> Heard:
    """A ring as the phone system tells it: new, told before, over, or too much at once. A new one has its entry in the trail."""
    with transaction.atomic():
        line = PhoneLine.objects.select_for_update(of=("self",)).select_related("unit").get(pk=line.pk)
        now = timezone.now()
        outside = hashlib.sha256(outside_id.encode()).hexdigest() if outside_id.strip() else ""
        value = address_of(Scheme.NUMBER, rules.caller_of(number))
        PhoneLine.objects.filter(pk=line.pk).update(heard_at=now)
        address = find_or_make_address(scheme=Scheme.NUMBER, typed=value, heard=True) if value else None
        told = Call.objects.filter(line=line, outside_id=outside).first() if outside else None
        if rules.is_over(state):
            return _note_over(line, told or _ringing_from(line, address, now), now)
        if told is not None:
            return Heard.AGAIN
        if (same := _ringing_from(line, address, now) if address or not outside else None) is not None:
            _ring_again(same, outside, now)
            return Heard.AGAIN
        lately = Call.objects.filter(line=line, began_at__gt=now - timedelta(minutes=1))
        if lately.count() >= rules.MOST_A_MINUTE:
            PhoneLine.objects.filter(pk=line.pk).update(slowed=F("slowed") + 1)
            return Heard.SLOWED
        _ring(actor=SYSTEM, line=line, address=address, outside_id=outside, now=now)
        return Heard.NEW


def _ringing_from(line: PhoneLine, address: Address | None, now: datetime) -> Call | None:
    """The call of this number that still rings, or that nobody answered a moment ago."""
    found = Call.objects.filter(line=line, operator=None, way=Call.Way.PHONE)
    if address is None:
        recent = Q(address=None, ended_at=None, rang_at__gt=now - rules.NAMELESS_AGAIN)
    else:
        recent = Q(address=address, rang_at__gt=now - rules.SAME_CALLER, called_back_at=None)
    return found.filter(recent).order_by("-pk").first()


def _ring_again(call: Call, outside_id: str, now: datetime) -> None:
    Call.objects.filter(pk=call.pk).update(
        rings=F("rings") + 1,
        rang_at=now,
        direction=Direction.IN,
        ended_at=None,
        call_back_at=None,
        outside_id=outside_id or call.outside_id,
    )
    _tell_on_duty(call, now)


def _note_over(line: PhoneLine, call: Call | None, now: datetime) -> Heard:
    """The caller has gone. One whom nobody answered is to be called back; the end of one who was answered is the operator's to note."""
    if call is not None and call.rings_now:
        _miss(Call.objects.filter(pk=call.pk), now)
    return Heard.OVER


def _miss(calls: object, now: datetime) -> None:
    calls.filter(address=None).update(direction=Direction.MISSED, ended_at=now)  # type: ignore[attr-defined]
    calls.exclude(address=None).update(direction=Direction.MISSED, ended_at=now, call_back_at=now)  # type: ignore[attr-defined]


@action(
    "helpdesk.call.rang", may=permissions.may_ring, says=pgettext_lazy("an action", "menerima telepon masuk"), makes=True
)
def _ring(*, actor: Actor, line: PhoneLine, address: Address | None, outside_id: str, now: datetime) -> Call:
    call = Call.objects.create(
        key=uuid.uuid4(),
        line=line,
        outside_id=outside_id,
        address=address,
        unit=line.unit,
        began_at=now,
        rang_at=now,
        **behind(address, line.unit.path),
    )
    _tell_on_duty(call, now)
    return call


def _tell_on_duty(call: Call, now: datetime) -> None:
    """A line for each who sits at the telephone, at most one in a while: who rings stands on the screen alone, not in the notice."""
    due = Q(told_at=None) | Q(told_at__lt=now - rules.TELL_AGAIN)
    for duty in Duty.objects.filter(due, until__gt=now).select_related("user"):
        if permissions.may_take_call(actor_of(duty.user), call):
            leave_notice(
                actor=SYSTEM, user_id=duty.user_id, text=_("Ada telepon masuk."), link=reverse("helpdesk_calls:ringing")
            )
            Duty.objects.filter(pk=duty.pk).update(told_at=now)


@inner("machinery")
def end_old_rings() -> int:
    """Rings of which nothing more was heard are missed."""
    now = timezone.now()
    old = list(
        Call.objects.filter(operator=None, ended_at=None, rang_at__lte=now - rules.RINGS_FOR).values_list("pk", flat=True)[
            :500
        ]
    )
    _miss(Call.objects.filter(pk__in=old, operator=None, ended_at=None), now)
    return len(old)
