"""Calls and visitors as the desk sees them: who rings, one call with what is open for its number, the call-back list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Consultation, Conversation, Duty, PhoneLine, Report
from serikat.helpdesk.rules.calls import RINGS_FOR
from serikat.helpdesk.rules.promises import call_back_by
from serikat.helpdesk.selectors.callers import Safe, behind, name_of_call, number_of, reaches, safe_for, safe_of
from serikat.helpdesk.selectors.consultations import OPEN as OPEN_QUESTIONS
from serikat.helpdesk.selectors.consultations import consultations_in_reach
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.selectors.reports import OPEN as OPEN_REPORTS
from serikat.helpdesk.selectors.reports import reports_for
from serikat.kernel.access import Actor, Role, who_may
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.messaging.models import Address
from serikat.people.models import Person
from serikat.units.models import Unit
from serikat.units.selectors import units_within

SHOWN = 50
KEYS = "helpdesk.line"


def within(actor: Actor, *roles: Role) -> Q:
    """Rows whose unit the actor reaches in one of these roles."""
    scope = Q(pk__in=[])
    for path in actor.reach(*roles):
        scope |= Q(unit__path__startswith=path)
    return scope


def calls_in_reach(actor: Actor) -> QuerySet[Call]:
    """All for the telephone's operators; for a paralegal those that they took or saw themselves."""
    own = within(actor, *permissions.SEES_OWN) & Q(operator=actor.user_id) if actor.user_id else Q(pk__in=[])
    found = Call.objects.filter(within(actor, *permissions.TELEPHONE) | own)
    return found.select_related("unit", "address", "person", "operator", "line")


def call_for(actor: Actor, pk: int) -> Call:
    found = calls_in_reach(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def call_row(actor: Actor, pk: int) -> Call | None:
    """For the trail's page."""
    return calls_in_reach(actor).filter(pk=pk).first()


def ringing(actor: Actor) -> QuerySet[Call]:
    """Who rings now, the longest first."""
    now = timezone.now()
    return (
        calls_in_reach(actor)
        .filter(operator=None, ended_at=None, rang_at__gt=now - RINGS_FOR)
        .order_by("began_at", "pk")[:SHOWN]
    )


def on_the_line(actor: Actor) -> QuerySet[Call]:
    """The actor's own calls that are not closed yet."""
    return calls_in_reach(actor).filter(operator=actor.user_id, ended_at=None).order_by("-began_at", "-pk")[:SHOWN]


def lately(actor: Actor) -> QuerySet[Call]:
    return calls_in_reach(actor).filter(way=Call.Way.PHONE).exclude(ended_at=None).order_by("-began_at", "-pk")[:20]


def call_backs(actor: Actor) -> QuerySet[Call]:
    """Who waits to be called back, the earliest first."""
    return calls_in_reach(actor).filter(call_back_at__isnull=False, called_back_at=None).order_by("call_back_at", "pk")


def call_back_soon() -> datetime:
    """What stands in the field before anybody types when."""
    now = timezone.localtime()
    return call_back_by(now, holidays_from(now.date()))


def call_backs_due(actor: Actor) -> int:
    """For the rail."""
    if not actor.reach(*permissions.TELEPHONE, *permissions.SEES_OWN):
        return 0
    return call_backs(actor).filter(call_back_at__lte=timezone.now()).order_by()[:100].count()


def ringing_count(actor: Actor) -> int:
    """For the rail."""
    return len(ringing(actor).values_list("pk", flat=True)) if actor.reach(*permissions.TELEPHONE) else 0


def visitors(actor: Actor) -> QuerySet[Call]:
    return calls_in_reach(actor).filter(way=Call.Way.VISIT).order_by("-began_at", "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """One call in a list, with what may be shown of it."""

    call: Call
    name: str
    number: str
    late: bool = False
    safe: Sequence[Safe] = ()


def rows_of(calls: Iterable[Call], *, to_call: bool = False) -> list[Row]:
    """`to_call`: they can be called from the list, so that it says how that is safe."""
    now, found = timezone.now(), list(calls)
    rules = safe_for([(call.address, call.person_id) for call in found]) if to_call else [[]] * len(found)
    return [
        Row(call, name_of_call(call), number_of(call), call.call_back_at is not None and call.call_back_at <= now, safe)
        for call, safe in zip(found, rules, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Screen:
    """What an operator sees of somebody while they speak."""

    name: str
    number: str
    hidden: bool  # alias and masked number
    person: Person | None  # whose record may be opened
    talks: list[Conversation]
    reports: list[Report]
    questions: list[Consultation]
    earlier: list[Row]
    backs: list[Row]
    safe: list[Safe]


def screen_of(actor: Actor, call: Call, *, number: str = "") -> Screen:
    """A fixed number of questions. `call` may be one that was not begun yet (a number was typed). `number`: what was asked for in the trail."""
    address, person = call.address, call.person
    talks: list[Conversation] = []
    earlier: list[Row] = []
    backs: list[Row] = []
    of_report = of_question = Q(pk__in=[])
    if address is not None or person is not None:
        same = Q(address=address) if address is not None else Q(pk__in=[])
        if person is not None:
            same |= Q(person=person)
        reach = within(actor, *permissions.TELEPHONE, *permissions.SEES_OWN)
        talks = list(
            Conversation.objects.filter(reach, same)
            .exclude(state=Conversation.State.CLOSED)
            .select_related("channel")
            .order_by("-last_at")[:5]
        )
        if address is not None:
            of_report = of_question = Q(conversation__address=address) | Q(calls__address=address)
        if person is not None:
            of_report |= Q(person=person)
            of_question |= Q(person=person)
        earlier = rows_of(calls_in_reach(actor).filter(same).exclude(pk=call.pk).order_by("-began_at", "-pk")[:8])
        backs = rows_of(call_backs(actor).filter(same).exclude(pk=call.pk)[:5])
    if call.call_back_at is not None and call.called_back_at is None:
        backs = [*rows_of([call]), *backs]
    own = Q(pk=call.report_id or 0)
    first = Case(When(own, then=Value(0)), default=Value(1), output_field=IntegerField())
    reports = reports_for(actor).filter(own | (of_report & Q(state__in=OPEN_REPORTS))).annotate(first=first)
    asked = Q(pk=call.consultation_id or 0)
    questions = consultations_in_reach(actor).filter(asked | (of_question & Q(state__in=OPEN_QUESTIONS)))
    return Screen(
        name_of_call(call),
        number or number_of(call),
        call.shows_alias and not number,
        person if reaches(actor, person) else None,
        talks,
        list(reports.distinct().order_by("first", "-received_at", "-pk")[:5]),
        list(questions.distinct().order_by("-asked_at", "-pk")[:5]),
        earlier,
        backs,
        safe_of(address, person=call.person_id),
    )


def calls_of(actor: Actor, report: Report) -> list[Row]:
    """Calls and visits that the report came of, as far as the actor reads them."""
    return rows_of(calls_in_reach(actor).filter(report=report).order_by("-began_at", "-pk")[:SHOWN])


def calls_of_consultation(actor: Actor, consultation: Consultation) -> list[Row]:
    """Calls and visits that the question came of, as far as the actor reads them."""
    return rows_of(calls_in_reach(actor).filter(consultation=consultation).order_by("-began_at", "-pk")[:SHOWN])


def begun_by(call: Call) -> dict[str, Any]:
    """What a report of this call begins with. Of somebody guarded neither name nor number is copied: they stay where each look stands in the trail."""
    begun: dict[str, Any] = {"story": call.notes, "topic": call.topic, "alias": call.alias}
    begun |= {"threat_level": call.threat_level, "protections": call.protections}
    if not call.shows_alias:
        begun |= {"called": call.called, "number": number_of(call)}
    return begun


def typed(actor: Actor, address: Address) -> Call:
    """A call that has not begun: who stands behind a number that somebody typed, as far as they reach."""
    return Call(address=address, **behind(address, *actor.reach(*permissions.TELEPHONE, *permissions.SEES_OWN)))


def units_to_call_in(actor: Actor) -> QuerySet[Unit]:
    return units_within(actor, *permissions.TELEPHONE, *permissions.SEES_OWN).order_by("path")


def duty_until(actor: Actor) -> datetime | None:
    return Duty.objects.filter(user=actor.user_id, until__gt=timezone.now()).values_list("until", flat=True).first()


def lines_for(actor: Actor) -> QuerySet[PhoneLine]:
    return PhoneLine.objects.filter(within(actor, Role.ADMINISTRATOR)).select_related("unit")


def line_for(actor: Actor, pk: int) -> PhoneLine:
    found = lines_for(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def line_at(key: str) -> PhoneLine | None:
    """The line whose phone system calls at this address."""
    return PhoneLine.objects.filter(key_index=blind_index(key, KEYS), ended_at=None).select_related("unit").first()


def colleagues(unit: Unit) -> QuerySet[Any]:
    """Who may see a visitor in a unit."""
    return (
        get_user_model()
        .objects.filter(pk__in=who_may(permissions.may_receive_visitor, unit), is_active=True)
        .order_by("name", "pk")
    )
