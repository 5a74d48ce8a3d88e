"""A guard that is raised on one thing reaches what else the same person has here, by the ways these things are tied. It is never lowered by that:
lowering is decided on each. What stands on the site of somebody guarded is taken off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, PublicAnswer, Report, Term
from serikat.helpdesk.rules.conversations import alias_for
from serikat.helpdesk.selectors.callers import CONTACTS, LEVELS, people_of
from serikat.helpdesk.selectors.reports import OPEN, promise_for
from serikat.helpdesk.services.withdrawing import withdraw_public_answer
from serikat.kernel.access import SYSTEM, Actor
from serikat.messaging.models import Address
from serikat.people.models import ContactPoint, Person
from serikat.people.models.persons import ThreatLevel
from serikat.people.selectors import ALIAS_SHOWS

notes_say(raised_with=pgettext_lazy("in the trail", "dinaikkan bersama"))


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
    added = set(of.protections) - set(protections)
    if risen == ThreatLevel.NONE and not added:
        return
    for thing in _tied(of):
        if LEVELS.index(thing.threat_level) < LEVELS.index(risen) or added - set(thing.protections):
            may = permissions.may_guard_conversation(actor, thing)  # what lies in another unit is raised all the same
            raise_guard(actor=actor if may else SYSTEM, thing=thing, beside=of, level=risen, protections=added)
    if of.shows_alias:
        take_down(of=[of])


@action(
    "helpdesk.guard.raised",
    may=permissions.may_guard_conversation,
    says=pgettext_lazy("an action", "menaikkan perlindungan orang yang sama"),
    on="thing",
    fields=("threat_level", "protections"),
)
def raise_guard(*, actor: Actor, thing: Guarded, beside: Any, level: str, protections: Iterable[str]) -> None:
    """At least this level, and these protections with those that it has. The alias comes along where it has none, and its unit reaches the
    other."""
    model: Any = type(thing)
    fresh = model._base_manager.select_for_update(of=("self",)).select_related("unit").get(pk=thing.pk)
    fresh.threat_level = max(fresh.threat_level, level, key=LEVELS.index)
    fresh.protections = sorted({*fresh.protections, *protections})
    if beside.unit.path.startswith(fresh.unit.path):  # an alias too is known within a unit's reach alone
        fresh.alias = fresh.alias or beside.alias
    changed = ["threat_level", "protections", "alias"]
    if isinstance(fresh, Conversation) and fresh.shows_alias:
        fresh.alias = fresh.alias or alias_for(fresh.pk)
        Term.objects.filter(conversation=fresh, of_name=True).delete()
    if isinstance(fresh, Report) and fresh.shows_alias:
        hurry_report(report=fresh)
        changed.append("promised_at")
    fresh.save(update_fields=changed)
    note(raised_with=str(beside))
    for name in changed:
        setattr(thing, name, getattr(fresh, name))


@inner("part of another action")
def take_down(*, of: Iterable[Guarded]) -> None:
    """The public answers of whoever is guarded go off the site, by whatever way they hang together with these things."""
    asked = _gathered(of, closed=True).get(Consultation, set())
    for public in PublicAnswer.objects.filter(consultation__in=asked, state=PublicAnswer.State.PUBLISHED):
        withdraw_public_answer(actor=SYSTEM, public=public, reason=str(_("Penanyanya sekarang dilindungi.")))


@inner("reads only")
def is_guarded_anywhere(*, thing: Guarded) -> bool:
    """Whether only an alias may show of this person on any of their things, the closed ones too, or in their record."""
    if thing.shows_alias:
        return True
    held = _gathered([thing], closed=True)
    numbers = people_of(Address.objects.filter(pk__in=held.pop(Address)))
    if any(person.shows_alias for person in numbers.values()):
        return True
    return any(model._base_manager.filter(ALIAS_SHOWS, pk__in=ids).exists() for model, ids in held.items())


@inner("part of another action")
def hide_person(*, people: Iterable[Person]) -> None:
    """Somebody's record shows an alias alone from now on: no name finds their conversations, nothing of theirs stays on the site."""
    points = ContactPoint.objects.filter(person__in=people, ended_at=None).values_list("kind", "value_index")
    here = Q(pk__in=[])
    for kind, index in points:
        here |= Q(index=index, scheme__in=[scheme for scheme, kinds in CONTACTS.items() if kind in kinds])
    addresses = Address.objects.filter(here)
    talks = Conversation.objects.filter(Q(person__in=people) | Q(address__in=addresses)).select_related("person")
    Term.objects.filter(conversation__in=[talk.pk for talk in talks if talk.shows_alias], of_name=True).delete()
    of: list[Guarded] = [*talks, *Call.objects.filter(Q(person__in=people) | Q(address__in=addresses))]
    for model in (Report, Consultation):
        of += model._base_manager.filter(person__in=people)
    take_down(of=of)


def _tied(of: Guarded) -> list[Guarded]:
    """What hangs together with it and is still open."""
    found: list[Guarded] = []
    for model, ids in _gathered([of]).items():
        others = ids - {of.pk} if isinstance(of, model) else ids
        if issubclass(model, Guarded) and others:
            found += model._base_manager.filter(pk__in=others).select_related("unit", "person").order_by("pk")
    return found


def _gathered(of: Iterable[Guarded], *, closed: bool = False) -> dict[Any, set[int]]:
    """What hangs together: all conversations and calls of an address and of a person, their reports and consultations (the open ones, or `closed` ones
    too), and a report with the calls in which it was told."""
    talks, reports, calls, asked, people, numbers = (set[int]() for _kind in range(6))
    held: dict[Any, set[int]] = {
        Conversation: talks, Report: reports, Call: calls, Consultation: asked, Person: people, Address: numbers,
    }  # fmt: skip
    for thing in of:
        held[type(thing)].add(thing.pk)
    told = {} if closed else {"state__in": OPEN}
    known = -1
    while known != (known := sum(map(len, held.values()))):
        talks |= _ids(Report.objects.filter(pk__in=reports), "conversation")
        talks |= _ids(Consultation.objects.filter(pk__in=asked), "conversation")
        talks |= _ids(Call.objects.filter(pk__in=calls), "conversation")
        for model in (Conversation, Report, Call, Consultation):
            people |= _ids(model._base_manager.filter(pk__in=held[model]), "person")
        people |= _ids(Person.objects.filter(pk__in=people), "merged_into")
        people |= _ids(Person.objects.filter(merged_into__in=people), "pk")
        numbers |= _ids(Conversation.objects.filter(pk__in=talks), "address")
        numbers |= _ids(Call.objects.filter(pk__in=calls), "address")
        talks |= _ids(Conversation.objects.filter(Q(address__in=numbers) | Q(person__in=people)), "pk")
        calls |= _ids(Call.objects.filter(Q(address__in=numbers) | Q(person__in=people)), "pk")
        calls |= _ids(Call.objects.filter(Q(report__in=reports) | Q(conversation__in=talks)), "pk")
        reports |= _ids(Report.objects.filter(calls__in=calls, **told), "pk")
        reports |= _ids(Report.objects.filter(Q(conversation__in=talks) | Q(person__in=people), **told), "pk")
        found = Consultation.objects.filter(Q(conversation__in=talks) | Q(person__in=people))
        asked |= _ids(found if closed else found.exclude(state=Consultation.State.CLOSED), "pk")
    return held


def _ids(rows: Any, name: str) -> set[int]:
    return {pk for pk in rows.values_list(name, flat=True) if pk is not None}
