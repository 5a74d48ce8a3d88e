"""Reports as the desk reads them, and where a new one belongs: its unit, its promise."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from serikat.files.models import StoredFile
from serikat.files.selectors import files_of
from serikat.helpdesk.models import Call, CodeRenewal, Conversation, PastedChat, Report
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.rules.access_codes import read_access_code
from serikat.helpdesk.rules.promises import promised
from serikat.helpdesk.selectors.callers import Safe, safe_of
from serikat.helpdesk.selectors.codes import index_of_code
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.selectors.inbox import conversations_in_reach
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Missing
from serikat.messaging.models import Address, Direction, Message
from serikat.messaging.selectors.messages import find_address
from serikat.people.models.persons import ThreatLevel
from serikat.places.models import Country, Region
from serikat.places.selectors import zone_of
from serikat.units.models import Unit

State = Report.State
OPEN = (State.RECEIVED, State.READ, State.HANDLED, State.THEIRS)
SHELVES = ("baru", "mendesak", "saya", "lewat", "semua")
PAGE = 30
MOST = 99
LAST_MESSAGES = 12
SILENCE = timedelta(days=3)  # what was said before it is another story
_SEALED = ("story", "where", "against", "reach", "told", "called")
_NUMBER = re.compile(r"(?:LP)?[\s.-]*(?:(20\d\d)[\s.-]+)?0*([1-9]\d{0,4})")
_URGENT = Q(need=Report.Need.URGENT) | Q(threat_level=ThreatLevel.HIGH) | ~Q(protections=[])


def holder_ref(report: Report) -> str:
    return f"helpdesk.report:{report.pk}"


# Where a new one belongs


def unit_for_place(place: Region | None, country: Country | None = None) -> Unit:
    """The deepest unit whose region covers the place, abroad the one of the country; else the whole organisation."""
    standing = Unit.objects.filter(closed_on=None)
    found: Unit | None = None
    if place is not None:
        parts = place.pk.split(".")
        codes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
        by_code: dict[str, Unit] = {}
        for unit in standing.filter(region__in=codes).order_by("path"):
            by_code.setdefault(unit.region_id or "", unit)
        found = next((by_code[code] for code in codes if code in by_code), None)
    elif country is not None:
        found = standing.filter(country=country).order_by("path").first()
    root = found or Unit.objects.order_by("path").first()
    if root is None:
        raise Missing
    return root


def promise_for(at: datetime, *, urgent: bool, place: Region | None = None) -> datetime:
    """By when a first answer is promised, by the clock of the place."""
    zone = zone_of(place).tz if place is not None else timezone.get_current_timezone_name()
    here = at.astimezone(ZoneInfo(zone))
    return promised(here, urgent=urgent, zone=zone, days_off=holidays_from(here.date()))


# The desk


def reports_for(actor: Actor) -> QuerySet[Report]:
    """Reports of the units within reach; what is sealed is not read for a list."""
    scope = Q(pk__in=[])
    for path in actor.reach(*permissions.DESK):
        scope |= Q(unit__path__startswith=path)
    related = ("unit", "place", "country", "assigned_to", "person")
    return Report.objects.filter(scope).select_related(*related).defer(*_SEALED)


def on_shelf(actor: Actor, shelf: str) -> QuerySet[Report]:
    """One shelf, the newest first; what nobody has read and what is over its promise, the earliest promise first."""
    found = reports_for(actor).order_by("-received_at", "-pk")
    if shelf == "semua":
        return found
    if shelf == "mendesak":
        return found.filter(_URGENT, state__in=OPEN)
    if shelf == "saya":
        return found.filter(assigned_to=actor.user_id or 0, state__in=OPEN)
    if shelf == "lewat":
        return late(actor)
    return found.filter(state=State.RECEIVED).order_by("promised_at", "pk")


def report_named(actor: Actor, typed: str) -> Report:
    """By its number, in full or only its last digits (then of this year), or by a living access code: somebody on the phone has the one or the other."""
    if code := read_access_code(typed).code:
        found = Q(codes__index=index_of_code(code), codes__ended_at=None)
    elif number := _NUMBER.fullmatch(typed.strip().upper()):
        found = Q(number=f"LP-{number[1] or timezone.localdate().year}-{int(number[2]):05d}")
    else:
        raise Missing
    report = reports_for(actor).filter(found).first()
    if report is None:
        raise Missing
    return report


def late(actor: Actor) -> QuerySet[Report]:
    over = reports_for(actor).filter(promised_at__lt=timezone.now(), first_answer_at=None, state__in=OPEN)
    return over.order_by("promised_at", "pk")


def urgent(actor: Actor) -> QuerySet[Report]:
    """Urgent ones without a first answer whose promise still holds, the earliest promise first."""
    found = reports_for(actor).filter(_URGENT, promised_at__gte=timezone.now(), first_answer_at=None, state__in=OPEN)
    return found.order_by("promised_at", "pk")


def page_of(rows: QuerySet[Report], after: int) -> tuple[list[Report], int]:
    """The rows that follow the report with this number in the table, and the last of them when there are more: no row before it is walked."""
    if after and (last := Report.objects.filter(pk=after).only("received_at", "promised_at").first()):
        if rows.query.order_by[0] == "promised_at":
            rows = rows.filter(Q(promised_at__gt=last.promised_at) | Q(promised_at=last.promised_at, pk__gt=last.pk))
        else:
            rows = rows.filter(Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def new_count(actor: Actor) -> int:
    """How many nobody has read yet; counted to ninety-nine."""
    return on_shelf(actor, "baru").order_by()[:MOST].count()


def counts(actor: Actor) -> dict[str, int]:
    """How many stand on the shelves that somebody works on; counted to ninety-nine."""
    return {name: on_shelf(actor, name).order_by()[:MOST].count() for name in SHELVES if name != "semua"}


def report_for(actor: Actor, pk: int) -> Report:
    """A report with everything it holds."""
    related = ("unit", "place__parent__parent", "country", "assigned_to", "taken_by", "person", "conversation__channel")
    found = Report.objects.select_related(*related).filter(pk=pk).first()
    if found is None or not permissions.may_read_report(actor, found):
        raise Missing
    return found


def just_taken(actor: Actor, pk: int) -> Report:
    """A report for whoever wrote it down a moment ago, also where it went to a unit that they do not see: who reported still needs the code."""
    found = Report.objects.select_related("unit", "conversation__channel").defer(*_SEALED).filter(pk=pk).first()
    mine = found is not None and actor.user_id is not None and found.taken_by_id == actor.user_id
    if found is None or not (mine or permissions.may_read_report(actor, found)):
        raise Missing
    return found


def report_row(actor: Actor, pk: int) -> Report | None:
    """A report for its trail."""
    return reports_for(actor).filter(pk=pk).first()


def files_with(report: Report) -> QuerySet[StoredFile]:
    return files_of(holder_ref(report))


def conversation_to_take(actor: Actor, pk: int) -> Conversation:
    """A conversation that the actor may make a report of."""
    found = Conversation.objects.select_related("unit", "channel__unit", "address").filter(pk=pk).first()
    if found is None or not permissions.may_take_report(actor, found):
        raise Missing
    return found


def reports_with(conversation: Conversation) -> list[Report]:
    """What was told in a conversation, or by who holds the code whose thread it is; the newest first, without what is sealed."""
    of_it = Q(conversation=conversation)
    if conversation.address.scheme == "code":
        with suppress(ValueError):
            of_it |= Q(key=UUID(conversation.address.value))
    return list(Report.objects.filter(of_it).select_related("unit").defer(*_SEALED).order_by("-pk"))


def last_words(conversation: Conversation, since: datetime | None = None) -> list[Message]:
    """What they tell now, the oldest first: their messages up to a silence of some days, whatever we asked in between. Of `since` on only what nobody
    here had then: a pasted chat may bring later what was written before, and also what is older than all that was known."""
    theirs = Message.objects.filter(
        channel=conversation.channel_id, address=conversation.address_id, direction=Direction.IN
    ).order_by("-at", "-pk")
    if since is not None:
        pasted_since = Q(provider_id__startswith=PastedChat.MARK, settled_at__gt=since)
        known = theirs.filter(at__lte=since).exclude(pasted_since).first()
        theirs = theirs.filter(Q(at__gt=since) | (pasted_since & Q(at__gte=known.at) if known else pasted_since))
    found: list[Message] = []
    for message in theirs[:LAST_MESSAGES]:
        if found and found[-1].at - message.at > SILENCE:
            break
        found.append(message)
    return found[::-1]


def colleagues(report: Report) -> list[Any]:
    """Who may be given this report."""
    users = get_user_model().objects.filter(pk__in=who_may(permissions.may_handle_report, report), is_active=True)
    return list(users.order_by("name", "pk"))


def renewal_open(report: Report) -> CodeRenewal | None:
    """The renewal that waits for a second person, or whose code is still to be made."""
    found = report.renewals.select_related("report__unit", "asked_by", "answered_by").first()
    return found if found and found.state in (CodeRenewal.State.ASKED, CodeRenewal.State.AGREED) else None


def renewals_to_answer(actor: Actor) -> QuerySet[CodeRenewal]:
    waiting = CodeRenewal.objects.filter(state=CodeRenewal.State.ASKED, report__in=reports_for(actor).order_by())
    return waiting.exclude(asked_by=actor.user_id).select_related("report").order_by("pk")


def earlier_of(report: Report) -> list[Report]:
    """Other reports of the same person or the same conversation, the newest first."""
    same = Q(pk__in=[])
    if report.person_id:
        same |= Q(person=report.person_id)
    if report.conversation_id:
        same |= Q(conversation=report.conversation_id)
    found = Report.objects.filter(same, unit__path__startswith=report.unit.path).exclude(pk=report.pk)
    return list(found.defer(*_SEALED).order_by("-pk")[:10])


def safe_ways(report: Report) -> list[Safe]:
    """How it is safe to reach who reported, whichever of the numbers is taken."""
    talk = report.conversation
    called = Q(pk__in=Call.objects.filter(report=report).values("address"))
    numbers = Address.objects.filter(called | Q(pk=talk.address_id if talk else 0))
    return safe_of(*numbers, person=report.person_id, words=report.reach)


def conversation_of(actor: Actor, report: Report) -> Conversation | None:
    """Where answers to it go, for who may read there."""
    return conversations_in_reach(actor).filter(pk=report.conversation_id).first() if report.conversation_id else None


def web_address(report: Report) -> Address | None:
    """The address under which the code's holder writes at /kode/."""
    return find_address("code", str(report.key))
