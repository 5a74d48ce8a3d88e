"""One thing leads to the next: a conversation to its report and its consultation, a call to the report that was written while they spoke, and back."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from serikat.accounts.models import User
from serikat.helpdesk.models import Consultation, Conversation, Report
from serikat.helpdesk.services import chats, consultations, reports
from serikat.helpdesk.services.handling_reports import move_report
from serikat.kernel.access import Role
from serikat.people.tests.factories import make_actor

pytestmark = pytest.mark.django_db
MAKE_REPORT, ASK = "Buat laporan", "Jadikan konsultasi"


def browser_of(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(browser, name, *args, status=200):
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def talk_page(browser, talk):
    return page(browser, "helpdesk_desk:conversation", talk.pk)


def offered(html):
    """Which of the two buttons stand on a conversation's page."""
    return [name for name in (MAKE_REPORT, ASK) if re.search(rf"<button[^>]*>(?:<svg.*?</svg>)?\s*{name}", html, re.S)]


@pytest.fixture
def talk(sms, hears):
    return hears(sms, "Pak, upah kami dua bulan belum dibayar")


def test_a_conversation_becomes_a_report_and_then_leads_to_it(talk, operator):
    browser = browser_of(operator)
    assert offered(talk_page(browser, talk)) == [MAKE_REPORT, ASK]
    made = browser.post(reverse("helpdesk_reports:from_conversation", args=[talk.pk]))
    report = Report.objects.get()
    assert made.url == reverse("helpdesk_reports:new_code", args=[report.pk])
    html = talk_page(browser, talk)
    assert offered(html) == [ASK]
    assert f'href="{reverse("helpdesk_reports:report", args=[report.pk])}">{report.number}</a>' in html
    assert "Diterima, belum dibaca" in html
    assert f'href="{reverse("helpdesk_desk:conversation", args=[talk.pk])}"' in page(
        browser, "helpdesk_reports:report", report.pk
    )


def test_a_new_message_is_no_second_report_while_one_is_open(talk, sms, hears, operator):
    first = reports.report_from_conversation(actor=operator, conversation=talk)
    hears(sms, "Mandornya marah-marah")
    again = reports.report_from_conversation(actor=operator, conversation=talk)
    assert (again.report, again.code, Report.objects.count()) == (first.report, "", 1)


def test_what_comes_after_a_closed_report_may_become_another(talk, sms, hears, operator):
    browser = browser_of(operator)
    first = reports.report_from_conversation(actor=operator, conversation=talk).report
    move_report(actor=operator, report=first, state="closed", words="Upahnya sudah dibayar.")
    hears(sms, "Sekarang lembur yang tidak dibayar")
    html = talk_page(browser, talk)
    assert (MAKE_REPORT in offered(html), first.number in html, "Selesai" in html) == (True, True, True)
    browser.post(reverse("helpdesk_reports:from_conversation", args=[talk.pk]))
    assert Report.objects.count() == 2


def test_a_conversation_becomes_a_consultation_and_then_leads_to_it(talk, operator):
    browser = browser_of(operator)
    browser.post(reverse("helpdesk_consultations:from_conversation", args=[talk.pk]))
    asked = Consultation.objects.get()
    html = talk_page(browser, talk)
    assert offered(html) == [MAKE_REPORT]
    assert f'href="{reverse("helpdesk_consultations:consultation", args=[asked.pk])}"' in html
    assert "Menunggu" in html
    assert reverse("helpdesk_desk:conversation", args=[talk.pk]) in page(
        browser, "helpdesk_consultations:consultation", asked.pk
    )


def test_who_takes_no_reports_is_offered_none(talk, centre):
    chair = make_actor(Role.CHAIR, unit=centre)
    assert offered(talk_page(browser_of(chair), talk)) == [ASK]


def test_a_report_of_another_branch_is_named_and_not_opened(talk, operator, branch, east, centre):
    report = reports.report_from_conversation(actor=operator, conversation=talk).report
    Report.objects.filter(pk=report.pk).update(unit=east)
    Conversation.objects.filter(pk=talk.pk).update(unit=branch)
    html = talk_page(browser_of(make_actor(Role.OPERATOR, unit=branch)), talk)
    assert (report.number in html, f"ditangani di {east}" in html, offered(html)) == (True, True, [ASK])
    assert reverse("helpdesk_reports:report", args=[report.pk]) not in html
    back = page(browser_of(make_actor(Role.OPERATOR, unit=east)), "helpdesk_reports:report", report.pk)
    assert reverse("helpdesk_desk:conversation", args=[talk.pk]) not in back


def test_the_thread_of_a_code_leads_to_its_report_and_makes_no_other(send, operator):
    report, _code = send()
    html = talk_page(browser_of(operator), report.conversation)
    assert report.number in html
    assert MAKE_REPORT not in offered(html)


def test_a_conversation_without_a_word_of_theirs_is_no_report(centre, operator):
    begun = chats.begin_conversation(actor=operator, unit=centre, number="0812 9999 111")
    browser = browser_of(operator)
    assert MAKE_REPORT not in offered(talk_page(browser, begun))
    answer = browser.post(reverse("helpdesk_reports:from_conversation", args=[begun.pk]), follow=True)
    assert "belum ada pesan dari mereka" in answer.content.decode()


def test_a_conversation_asks_the_same_for_one_report_and_for_three(talk, operator):
    browser = browser_of(operator)

    def questions():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            talk_page(browser, talk)
        return len(asked)

    def one_more(n):
        Report.objects.create(
            number=f"L-{n}", unit=talk.unit, conversation=talk, way="message", received_at=talk.last_at, key=f"{n:032x}"
        )
        made = consultations.begin(unit=talk.unit, topic="", question="?", came="message", conversation=talk)
        Consultation.objects.filter(pk=made.pk).update(state="answered")

    one_more(1)
    talk_page(browser, talk)
    before = questions()
    one_more(2)
    one_more(3)
    assert questions() == before
