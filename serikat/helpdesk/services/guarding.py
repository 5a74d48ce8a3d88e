"""A guard that is raised on one thing reaches what else the same person has here, by the ways these things are tied. It is never lowered by that:
lowering is decided on each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Call, Consultation, Conversation, Guarded, Report, Term
from serikat.helpdesk.rules.conversations import alias_for
from serikat.helpdesk.selectors.reports import OPEN, promise_for
from serikat.kernel.access import SYSTEM, Actor
from serikat.people.models.persons import ThreatLevel

notes_say(raised_with=pgettext_lazy("in the trail", "dinaikkan bersama"))
LEVELS = list(ThreatLevel.values)


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


@action(
    "helpdesk.guard.raised",
    may=permissions.may_guard_conversation,
    says=pgettext_lazy("an action", "menaikkan perlindungan orang yang sama"),
    on="thing",
    fields=("threat_level", "protections"),
)
def raise_guard(*, actor: Actor, thing: Guarded, beside: Guarded, level: str, protections: Iterable[str]) -> None:
    """At least this level, and these protections with those that it has. The alias comes along where it has none."""
    model: Any = type(thing)
    fresh = model._base_manager.select_for_update(of=("self",)).select_related("unit").get(pk=thing.pk)
    fresh.threat_level = max(fresh.threat_level, level, key=LEVELS.index)
    fresh.protections = sorted({*fresh.protections, *protections})
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


def _tied(of: Guarded) -> list[Guarded]:
    """What hangs together with it: a conversation with its open reports and consultations, a report with the calls in which it was told."""
    talks, reports, calls, asked = set[int](), set[int](), set[int](), set[int]()
    held: dict[Any, set[int]] = {Conversation: talks, Report: reports, Call: calls, Consultation: asked}
    held[type(of)].add(of.pk)
    known = -1
    while known != (known := sum(map(len, held.values()))):
        talks |= _ids(Report.objects.filter(pk__in=reports), "conversation")
        talks |= _ids(Consultation.objects.filter(pk__in=asked), "conversation")
        talks |= _ids(Call.objects.filter(pk__in=calls), "conversation")
        reports |= _ids(Call.objects.filter(pk__in=calls, report__state__in=OPEN), "report")
        reports |= _ids(Report.objects.filter(conversation__in=talks, state__in=OPEN), "pk")
        asked |= _ids(Consultation.objects.filter(conversation__in=talks).exclude(state=Consultation.State.CLOSED), "pk")
        calls |= _ids(Call.objects.filter(report__in=reports) | Call.objects.filter(conversation__in=talks), "pk")
    found: list[Guarded] = []
    for model, ids in held.items():
        others = ids - {of.pk} if isinstance(of, model) else ids
        found += model._base_manager.filter(pk__in=others).select_related("unit", "person").order_by("pk") if others else []
    return found


def _ids(rows: Any, name: str) -> set[int]:
    return {pk for pk in rows.values_list(name, flat=True) if pk is not None}
