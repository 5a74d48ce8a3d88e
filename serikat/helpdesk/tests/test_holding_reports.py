"""A person's copy of their reports, and their forgetting."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.helpdesk.holding.reports import _copy_reports
from serikat.helpdesk.models import AccessCode, Report, ReportedPerson
from serikat.helpdesk.rules.reports import Listed, Verdict
from serikat.helpdesk.services import forgetting_reports as forgetting
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.services.codes import write_by_code
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.forgetting import Forgetting, holders
from serikat.messaging.models import Message

pytestmark = pytest.mark.django_db


def test_a_forgotten_person_is_gone_from_reports(send, desk):
    theirs, _code = send("Saya dipukul", called="Sutiyem Wagirah", reach="0812 3456 7890")
    write_by_code(actor=ANONYMOUS, report=theirs, key=uuid.uuid4(), text="Saya lagi")
    person = handling.make_person_of_report(actor=desk, report=theirs)
    others, _code = send(
        "Sutiyem Wagirah dipukul mandor",
        people=(
            Listed(1, "Sutiyem Wagirah", "+6281234567890", "", Verdict.FINE),
            Listed(2, "Budi", "", "", Verdict.NO_NUMBER),
        ),
    )
    copied = _copy_reports(frozenset({person.subject}))["laporan"]
    assert [(one["nomor"], one["cerita"]) for one in copied] == [(theirs.number, "Saya dipukul")]
    assert "helpdesk.reports" in {holder.name for holder in holders()}
    forgetting.forget_in_reports(forgetting=Forgetting(frozenset({person.subject}), ("Sutiyem Wagirah", "+6281234567890")))
    theirs.refresh_from_db()
    others.refresh_from_db()
    assert (theirs.story, theirs.reach, theirs.person, theirs.number[:3]) == ("(dilupakan)", "", None, "LP-")
    assert not AccessCode.objects.filter(report=theirs, ended_at=None).exists()
    assert others.story == "(dilupakan) dipukul mandor"
    assert {(one.name, one.number) for one in ReportedPerson.objects.all()} == {("(dilupakan)", "(dilupakan)"), ("Budi", "")}
    assert [m.text for m in Message.objects.all()] == [""]


def test_reports_that_were_begun_and_never_told_go(send, centre):
    told, _code = send()
    begun, _code = send(".", way="message")
    Report.objects.filter(pk=begun.pk).update(story="", received_at=timezone.now() - timedelta(days=31))
    Report.objects.filter(pk=told.pk).update(received_at=timezone.now() - timedelta(days=31))
    forgetting.drop_empty_reports()
    assert list(Report.objects.values_list("pk", flat=True)) == [told.pk]
