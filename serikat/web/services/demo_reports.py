"""The demo's reports in every state, by every way, one with a code that is printed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.audit.models import Entry, Value
from serikat.helpdesk.models import AccessCode, Conversation, Report
from serikat.helpdesk.rules.reports import read_people
from serikat.helpdesk.selectors.codes import index_of_code
from serikat.helpdesk.services import codes
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.services.reports import Told, receive_report
from serikat.kernel.access import ANONYMOUS, Actor
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Message
from serikat.places.models import Country, Region
from serikat.web.demo import reports
from serikat.web.services.demo_acting import acting
from serikat.web.services.demo_clearing import drop_addresses


@inner("part of another action")
def load_reports(*, actor: Actor) -> None:
    operator, ratih = User.objects.get(username="operator"), acting(username="operator")
    for number, seed in enumerate(reports.REPORTS):
        at = timezone.now() - timedelta(hours=seed.ago)
        told = Told(
            story=seed.story,
            topic=seed.topic,
            place=Region.objects.filter(pk=seed.place).first() if seed.place else None,
            country=Country.objects.filter(pk=seed.country).first() if seed.country else None,
            people=tuple(read_people(seed.people, lambda typed: address_of("number", typed))),
            **seed.told,
        )
        report = receive_report(actor=actor, key=uuid.uuid4(), told=told, way=seed.way, at=at).report
        _become(ratih, report, seed)
        if seed.taken_on:
            handling.assign_report(actor=actor, report=report, colleague=operator)
        if number == 0:
            AccessCode.objects.filter(report=report).update(
                index=index_of_code(reports.CODE), secret=make_password(reports.SECRET), secret_set_at=at
            )


def _become(actor: Actor, report: Report, seed: reports.DemoReport) -> None:
    for words in seed.answers:
        handling.answer_report(actor=actor, report=report, text=words)
    for words in seed.wrote:
        codes.write_by_code(actor=ANONYMOUS, report=report, key=uuid.uuid4(), text=words)
    for state, words in seed.steps:
        handling.move_report(actor=actor, report=report, state=state, words=words or "Kami sedang membacanya.")


@inner("part of another action")
def clear_demo_reports() -> int:
    """Remove the reports that the demo brought, as the trail remembers them, with what was written at /kode/; returns how many."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    made = Entry.objects.filter(group__in=loaded, action="helpdesk.report.received").values_list("pk", flat=True)
    numbers = _numbers(list(made))
    found = Report.objects.filter(number__in=numbers)
    count = found.count()
    talks = Conversation.objects.filter(reports__in=found, channel__kind="web")
    addresses = list(talks.values_list("address", flat=True))
    kept = list(talks.values_list("pk", flat=True))
    found.delete()
    Conversation.objects.filter(pk__in=kept).delete()
    Message.objects.filter(address__in=addresses).delete()
    drop_addresses(pks=addresses)
    return count


def _numbers(entries: list[object]) -> list[str]:
    return [str(value) for value in Value.objects.filter(entry__in=entries, name="number").values_list("value", flat=True)]
