"""Consultations as the desk reads them: the queue with its clock, one question with what may help to answer it; and as the asker does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from serikat.helpdesk.models import Call, Consultation, Conversation, Skill, Subject
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.rules.access_codes import read_access_code
from serikat.helpdesk.rules.consultations import kinship
from serikat.helpdesk.rules.promises import tone
from serikat.helpdesk.selectors.callers import Safe, safe_of
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.messaging.addresses import masked
from serikat.messaging.models import Address
from serikat.units.models import Unit

State = Consultation.State
SHELVES = ("antrean", "saya", "dijawab", "ditutup")
OPEN = (State.WAITING, State.TAKEN)
OWN_BEFORE, LATELY = 5, 30  # shown, of those that are looked at: their texts are encrypted
CODES = "helpdesk.consultation"
COUNTED = 1000  # counting stops here


def consultations_in_reach(actor: Actor) -> QuerySet[Consultation]:
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.CONSULTING):
        scope |= Q(unit__path__startswith=path)
    return Consultation.objects.filter(scope).select_related("unit", "person", "taken_by", "conversation__channel")


def _shelf(actor: Actor, shelf: str) -> Q:
    return {
        "antrean": Q(state__in=OPEN),
        "saya": Q(state__in=OPEN, taken_by=actor.user_id or 0),
        "dijawab": Q(state=State.ANSWERED),
        "ditutup": Q(state=State.CLOSED),
    }[shelf]


def consultations_on(actor: Actor, shelf: str, *, topic: str = "") -> QuerySet[Consultation]:
    """One shelf. In the queue the actor's own topics come first, and within them what was promised first; what a colleague answers already comes last
    while its promise holds."""
    found = consultations_in_reach(actor).filter(_shelf(actor, shelf))
    if topic:
        found = found.filter(topic=topic)
    if shelf == "antrean":
        others = ~Q(taken_by=None) & ~Q(taken_by=actor.user_id or 0) & Q(promised_at__gte=timezone.now())
        rank = Case(
            When(others, then=Value(2)),
            When(topic__in=skills_of(actor.user_id), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return found.annotate(rank=rank).order_by("rank", "promised_at", "pk")
    return found.order_by("promised_at", "pk") if shelf == "saya" else found.order_by("-answered_at", "-pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many wait, and how many the actor has: what is over is not counted."""
    found = consultations_in_reach(actor).select_related(None).filter(state__in=OPEN)
    return found.aggregate(antrean=Count("pk"), saya=Count("pk", filter=Q(taken_by=actor.user_id or 0)))


def topics_waiting(actor: Actor) -> dict[str, int]:
    """How many wait of each topic."""
    found = consultations_in_reach(actor).select_related(None).filter(state__in=OPEN)
    return {row["topic"]: row["n"] for row in found.order_by().values("topic").annotate(n=Count("pk"))}


def to_do(actor: Actor) -> int:
    """How many wait for somebody, or for the actor."""
    found = consultations_in_reach(actor).select_related(None)
    return found.filter(Q(state=State.WAITING) | Q(state=State.TAKEN, taken_by=actor.user_id or 0))[:COUNTED].count()


def consultation_for(actor: Actor, pk: int) -> Consultation:
    found = consultations_in_reach(actor).select_related("answered_by", "conversation__address").filter(pk=pk)
    row = found.first()
    if row is None:
        raise Missing
    return row


def safe_ways(consultation: Consultation) -> list[Safe]:
    """How it is safe to reach who asked, whichever of the numbers is taken."""
    talk = consultation.conversation
    numbers = Address.objects.filter(pk__in=Call.objects.filter(consultation=consultation).values("address"))
    return safe_of(talk.address if talk else None, *numbers, person=consultation.person_id, words=consultation.reach)


def clock_of(consultation: Consultation) -> str:
    """The colour of its promise; none when it is answered."""
    return tone(consultation.promised_at, timezone.now()) if consultation.state in OPEN else ""


def call_to_ring(consultation: Consultation) -> Call | None:
    """The call on whose number they wait to be called back."""
    if not consultation.call_back:
        return None
    found = Call.objects.filter(consultation=consultation, address__isnull=False).select_related("address", "person")
    return found.order_by("-pk").first()


def number_to_ring(consultation: Consultation) -> tuple[str, bool]:
    """That number as it may be shown without asking, and whether it is hidden."""
    call = call_to_ring(consultation)
    if call is None or call.address is None:
        return "", False
    hidden = consultation.shows_alias or call.shows_alias
    return (masked(call.address.scheme, call.address.value) if hidden else call.address.value), hidden


def conversation_for(actor: Actor, pk: int) -> Conversation:
    """A conversation of the units in which the actor may note consultations."""
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.CONSULTING):
        scope |= Q(unit__path__startswith=path)
    found = Conversation.objects.filter(scope, pk=pk).select_related("unit", "channel", "address", "person").first()
    if found is None:
        raise Missing
    return found


def units_of(actor: Actor) -> QuerySet[Unit]:
    """Units in which the actor may note one."""
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.CONSULTING):
        scope |= Q(path__startswith=path)
    return Unit.objects.filter(scope, closed_on=None).order_by("path")


def who_could_answer(consultation: Consultation) -> QuerySet[Any]:
    able = who_may(permissions.may_answer_consultation, consultation)
    return get_user_model().objects.filter(pk__in=able, is_active=True).order_by("name", "pk")


def own_answers_before(actor: Actor, consultation: Consultation) -> list[Consultation]:
    """What the actor answered lately to questions of the same topic that share a telling word with this one: the most alike first, then the newest."""
    found = consultations_in_reach(actor).filter(answered_by=actor.user_id or 0, topic=consultation.topic)
    lately = found.exclude(pk=consultation.pk).order_by("-answered_at")[:LATELY]
    kin = [(kinship(consultation.question, one.question, one.answer), one) for one in lately]
    return [one for n, one in sorted(kin, key=lambda pair: -pair[0]) if n][:OWN_BEFORE]


# Skills


def skills_of(user_id: int | None) -> list[str]:
    return list(Skill.objects.filter(user=user_id or 0).values_list("topic", flat=True))


@dataclass(frozen=True, slots=True)
class Skilled:
    """Somebody who answers, with the topics they named."""

    user: Any
    topics: Sequence[str]


def everybody_skilled(unit: Unit | None) -> list[Skilled]:
    """Who may answer, each with their topics: two questions to the database."""
    able = who_may(permissions.may_answer_consultation, unit)
    named: dict[int, list[str]] = {}
    for skill in Skill.objects.filter(user__in=able):
        named.setdefault(skill.user_id, []).append(str(Subject(skill.topic).label))
    users = get_user_model().objects.filter(pk__in=able, is_active=True).order_by("name", "pk")
    return [Skilled(user, named.get(user.pk, ())) for user in users]


def somebody_answering(pk: int) -> Any:
    """An account that is open."""
    found = get_user_model().objects.filter(pk=pk, is_active=True).first()
    if found is None:
        raise Missing
    return found


# The asker


def index_of_code(code: str) -> str:
    """The keyed hash by which a consultation is found by its asker's code."""
    return blind_index(code, CODES)


def consultation_of_code(typed: str) -> Consultation | None:
    """The consultation whose asker has this code, typed in any of its ways."""
    code = read_access_code(typed).code
    return Consultation.objects.filter(index=index_of_code(code)).first() if code else None


def consultation_with_key(key: str) -> Consultation:
    found = Consultation.objects.filter(opinion_key=key, answered_at__isnull=False).first()
    if found is None:
        raise Missing
    return found


def consultation_opened(pk: str) -> Consultation | None:
    """The consultation that a browser has open by its code."""
    return Consultation.objects.filter(pk=pk).first() if pk.isdecimal() else None
