"""A guard that is raised on one thing reaches what else the same person has here, by the ways these things are tied. It is never lowered by that:
lowering is decided on each. What stands on the site of somebody guarded is taken off.

What follows a guard never keeps it from being set: a step that fails is undone alone, and a job does it again until it is done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, PublicAnswer, Report, Term
from serikat.helpdesk.rules.conversations import alias_for
from serikat.helpdesk.selectors.callers import CONTACTS, LEVELS, people_of
from serikat.helpdesk.selectors.reports import OPEN, promise_for
from serikat.helpdesk.services.withdrawing import take_down_public_answer
from serikat.kernel.access import SYSTEM, Actor, unit_path_of
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.messaging.models import Address
from serikat.people.models import ContactPoint, Person
from serikat.people.models.persons import ThreatLevel
from serikat.people.selectors import ALIAS_SHOWS, family, kept
from serikat.people.services.persons import protect_person

notes_say(raised_with=pgettext_lazy("in the trail", "dinaikkan bersama"))
logger = logging.getLogger(__name__)


@contextmanager
def _or_later(job: str, **values: Any) -> Iterator[None]:
    """A step of its own inside the guard's transaction. When it fails the guard stands, and with it the job that does the step again."""
    try:
        with transaction.atomic():
            yield
    except Exception:
        logger.exception("%s failed and is done again by a job", job)
        enqueue(job, **values)


class Unguarding(Refused):
    message = _("Menurunkan tingkat ancaman atau perlindungan hanya oleh paralegal atau advokat.")


@inner("part of another action")
def hurry_report(*, report: Report) -> None:
    """What is urgent is promised sooner, never later."""
    soon = promise_for(timezone.now(), urgent=True, place=report.place)
    if report.promised_at is None or soon < report.promised_at:
        report.promised_at = soon


@inner("part of another action")
def carry_guard(*, actor: Actor, of: Guarded, level: str, protections: Iterable[str]) -> None:
    """Called after the guard `of` something was set, with what it was before: what rose since rises on its person's other things too."""
    risen = of.threat_level if LEVELS.index(of.threat_level) > LEVELS.index(level) else ThreatLevel.NONE
    added = sorted(set(of.protections) - set(protections))
    if risen == ThreatLevel.NONE and not added:
        return
    with _or_later("helpdesk.carry_guard", kind=of._meta.model_name, pk=of.pk, level=str(risen), protections=added):
        _carry(actor, of, risen, added)
    if of.shows_alias:
        take_down(of=[of])


def _carry(actor: Actor, of: Guarded, level: str, protections: Iterable[str]) -> None:
    for thing in _tied(of):
        may = permissions.may_guard_conversation(actor, thing)  # what lies in another unit is raised all the same
        raise_where_lower(actor=actor if may else SYSTEM, thing=thing, beside=of, level=level, protections=protections)
    protect_record(of=of, level=level, protections=protections)


@inner("part of another action")
def protect_record(*, of: Guarded, level: str, protections: Iterable[str]) -> None:
    """The record of who it is is hidden at least as much as the thing: else a name in a list of people would lead to it. Its own alias stays."""
    if of.person is None:
        return
    as_it_is = Person.objects.select_for_update(of=("self",)).select_related("unit")  # never lowered by what was read before
    person = as_it_is.get(pk=kept(of.person).pk)
    if person.is_forgotten:
        return
    raised = max(person.threat_level, level, key=LEVELS.index)
    chosen = sorted({*person.protections, *protections})
    if (raised, chosen) == (person.threat_level, sorted(person.protections)):
        return
    known = "" if person.names.filter(kind="alias").exists() else alias_for(person.pk)
    if known and (unit_path_of(of) or "").startswith(person.unit.path):
        known = of.alias or known
    protect_person(actor=SYSTEM, person=person, threat_level=raised, protections=chosen, alias=known, reason=str(of))


@inner("machinery")
def carry_guard_again(*, kind: str, pk: int, level: str, protections: Iterable[str]) -> None:
    """What the guard of something was to bring to its person's other things, when that failed the first time; as far as it still stands."""
    model: Any = apps.get_model("helpdesk", kind)
    of = model._base_manager.filter(pk=pk).select_related("unit", "person").first()
    if of is None:
        return
    standing = min(level, of.threat_level, key=LEVELS.index)
    _carry(SYSTEM, of, standing, sorted(set(protections) & set(of.protections)))
    if of.shows_alias:
        take_down(of=[of])


@inner("part of another action")
def raise_where_lower(
    *, actor: Actor, thing: Guarded, beside: Any, level: str, protections: Iterable[str], alias: str = ""
) -> None:
    if LEVELS.index(thing.threat_level) < LEVELS.index(level) or set(protections) - set(thing.protections):
        raise_guard(actor=actor, thing=thing, beside=beside, level=level, protections=protections, alias=alias)


@action(
    "helpdesk.guard.raised",
    may=permissions.may_guard_conversation,
    says=pgettext_lazy("an action", "menaikkan perlindungan orang yang sama"),
    on="thing",
    fields=("threat_level", "protections"),
)
def raise_guard(
    *, actor: Actor, thing: Guarded, beside: Any, level: str, protections: Iterable[str], alias: str = ""
) -> None:
    """At least this level, and these protections with those that it has. The alias (`alias`, or that of the thing `beside`) comes along where it has
    none, and its unit reaches the other."""
    model: Any = type(thing)
    fresh = model._base_manager.select_for_update(of=("self",)).select_related("unit").get(pk=thing.pk)
    fresh.threat_level = max(fresh.threat_level, level, key=LEVELS.index)
    fresh.protections = sorted({*fresh.protections, *protections})
    if beside.unit.path.startswith(fresh.unit.path):  # an alias too is known within a unit's reach alone
        fresh.alias = fresh.alias or alias or getattr(beside, "alias", "")
    changed = ["threat_level", "protections", "alias"]
    if isinstance(fresh, Conversation) and fresh.shows_alias:
        fresh.alias = fresh.alias or alias_for(fresh.pk)
        Term.objects.filter(conversation=fresh, of_name=True).delete()
    if isinstance(fresh, Report) and fresh.shows_alias and fresh.state in OPEN:
        hurry_report(report=fresh)
        changed.append("promised_at")
    fresh.save(update_fields=changed)
    note(raised_with=str(beside))
    for name in changed:
        setattr(thing, name, getattr(fresh, name))


@inner("part of another action")
def take_down(*, of: Iterable[Guarded]) -> None:
    """The public answers of whoever is guarded go off the site, by whatever way they hang together with these things."""
    _take_down_of(_gathered(of)[Consultation])


def _take_down_of(asked: Iterable[int]) -> None:
    for public in PublicAnswer.objects.filter(consultation__in=asked, state=PublicAnswer.State.PUBLISHED):
        with _or_later("helpdesk.take_down", public_id=public.pk):
            take_down_public_answer(actor=SYSTEM, public=public)


@inner("machinery")
def take_down_again(*, public_id: int) -> None:
    """A withdrawal that failed when the guard was set; unless somebody did it meanwhile, or the guard is gone."""
    public = PublicAnswer.objects.filter(pk=public_id, state=PublicAnswer.State.PUBLISHED).first()
    if public is not None and public.consultation is not None and is_guarded_anywhere(thing=public.consultation):
        take_down_public_answer(actor=SYSTEM, public=public)


@inner("reads only")
def is_guarded_anywhere(*, thing: Guarded) -> bool:
    """Whether only an alias may show of this person on any of their things, the closed ones too, or in their record."""
    return thing.shows_alias or next(what_guards(thing=thing), None) is not None


@inner("reads only")
def what_guards(*, thing: Guarded) -> Iterator[Any]:
    """All things and records of this person for which only an alias may show."""
    held = _gathered([thing])
    numbers = people_of(Address.objects.filter(pk__in=held.pop(Address)))
    held[Person] |= {person.pk for person in numbers.values()}
    for model, ids in held.items():
        yield from model._base_manager.filter(ALIAS_SHOWS, pk__in=ids).select_related("unit").order_by("pk")


@inner("part of another action")
def hide_person(*, people: Iterable[Person]) -> None:
    """Somebody's record, or one that is read as the same, shows an alias alone: what is theirs by their number or by another record of theirs is guarded
    as it is, no name finds their conversations, nothing of theirs stays on the site."""
    records = {person.pk: person for person in people}
    guarded = [person for person in records.values() if person.shows_alias]
    if not guarded:
        return
    held = _gathered((), people=records, numbers=_numbers_of(records))
    _take_down_of(held[Consultation])
    talks = Conversation.objects.filter(pk__in=held[Conversation]).select_related("person")
    drop_names(conversations=[talk.pk for talk in talks if talk.shows_alias])
    level = max((person.threat_level for person in guarded), key=LEVELS.index)
    protections = sorted({one for person in guarded for one in person.protections})
    beside = guarded[0]
    for thing in _things(_gathered((), people=records, numbers=_numbers_of(records), others=False)):
        if thing.person_id in (None, *records) and not thing.shows_alias:
            raise_where_lower(
                actor=SYSTEM, thing=thing, beside=beside, level=level, protections=protections, alias=beside.shown_as
            )


@inner("part of another action")
def hide_tied(*, of: Guarded) -> None:
    """Called when something was tied to a record: where that shows an alias alone, all else of this person and number does from then on."""
    if of.person is not None:
        hide_person(people=family(of.person))


@inner("machinery")
def hold_guards() -> None:
    """What every guard brings along, for guards of before and for whatever was missed: each night, in small steps. Nothing is done twice."""
    guarded = Person.objects.filter(ALIAS_SHOWS, forgotten_at=None).order_by("pk")
    for person in guarded.iterator(chunk_size=500):
        hide_person(people=family(person))
    for public in PublicAnswer.objects.filter(state=PublicAnswer.State.PUBLISHED).order_by("pk").iterator(chunk_size=500):
        take_down_again(public_id=public.pk)


@inner("part of another action")
def drop_names(*, conversations: Iterable[int]) -> int:
    """No name finds these conversations any more."""
    return Term.objects.filter(conversation__in=conversations, of_name=True).delete()[0]


def _numbers_of(people: Iterable[int]) -> Iterable[int]:
    points = ContactPoint.objects.filter(person__in=people, ended_at=None).values_list("kind", "value_index")
    here = Q(pk__in=[])
    for kind, index in points:
        here |= Q(index=index, scheme__in=[scheme for scheme, kinds in CONTACTS.items() if kind in kinds])
    return Address.objects.filter(here).values_list("pk", flat=True)


def _tied(of: Guarded) -> Iterable[Guarded]:
    """What hangs together with it. What is closed too: its list and page show a name as others do."""
    return (thing for thing in _things(_gathered([of])) if (type(thing), thing.pk) != (type(of), of.pk))


def _things(held: dict[Any, set[int]]) -> Iterator[Guarded]:
    for model, ids in held.items():
        if issubclass(model, Guarded):
            yield from model._base_manager.filter(pk__in=ids).select_related("unit", "person").order_by("pk")


def _gathered(
    of: Iterable[Guarded], *, people: Iterable[int] = (), numbers: Iterable[int] = (), others: bool = True
) -> dict[Any, set[int]]:
    """What hangs together, open and closed: all conversations and calls of an address and of a person, their reports and consultations, and the calls
    in which a report or a question was told. `others`: also what belongs to other people with whom they share a number."""
    held: dict[Any, set[int]] = {Person: set(people), Address: set(numbers)}
    for model in (Conversation, Report, Call, Consultation):
        held[model] = {thing.pk for thing in of if isinstance(thing, model)}
    talks, reports, calls, asked = (held[model] for model in (Conversation, Report, Call, Consultation))
    known = -1
    while known != (known := sum(map(len, held.values()))):
        talks |= _ids(Report.objects.filter(pk__in=reports), "conversation")
        talks |= _ids(Consultation.objects.filter(pk__in=asked), "conversation")
        talks |= _ids(Call.objects.filter(pk__in=calls), "conversation")
        for model in (Conversation, Report, Call, Consultation) if others else ():
            held[Person] |= _ids(model._base_manager.filter(pk__in=held[model]), "person")
        held[Person] |= _ids(Person.objects.filter(pk__in=held[Person]), "merged_into")
        held[Person] |= _ids(Person.objects.filter(merged_into__in=held[Person]), "pk")
        held[Address] |= _ids(Conversation.objects.filter(pk__in=talks), "address")
        held[Address] |= _ids(Call.objects.filter(pk__in=calls), "address")
        theirs = Q(person__in=held[Person])
        talks |= _ids(Conversation.objects.filter(Q(address__in=held[Address]) | theirs), "pk")
        calls |= _ids(Call.objects.filter(Q(address__in=held[Address]) | theirs), "pk")
        calls |= _ids(
            Call.objects.filter(Q(report__in=reports) | Q(conversation__in=talks) | Q(consultation__in=asked)), "pk"
        )
        reports |= _ids(Report.objects.filter(calls__in=calls), "pk")
        reports |= _ids(Report.objects.filter(Q(conversation__in=talks) | theirs), "pk")
        asked |= _ids(Consultation.objects.filter(calls__in=calls), "pk")
        asked |= _ids(Consultation.objects.filter(Q(conversation__in=talks) | theirs), "pk")
    return held


def _ids(rows: Any, name: str) -> set[int]:
    return {pk for pk in rows.values_list(name, flat=True) if pk is not None}
