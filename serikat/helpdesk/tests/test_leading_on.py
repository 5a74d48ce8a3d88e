"""One thing leads to the next: a conversation to its report and its consultation, a call to the report that was written while they spoke, and back."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import User
from serikat.helpdesk.models import Consultation, Conversation, Report
from serikat.helpdesk.selectors import inbox
from serikat.helpdesk.services import calls, chats, consultations, conversations, questions, reports
from serikat.helpdesk.services.handling_reports import answer_report, move_report
from serikat.helpdesk.services.report_words import take_report_word
from serikat.kernel.access import Role
from serikat.messaging.adapters import Scheme
from serikat.messaging.keywords import Word, register_word
from serikat.messaging.models import Message
from serikat.messaging.rules.keywords import Takes
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.tests.factories import make_actor, make_person

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


def test_the_story_is_what_they_told_and_not_only_since_we_asked(talk, sms, hears, operator):
    conversations.answer_conversation(actor=operator, conversation=talk, text="Berapa orang?")
    hears(sms, "Sembilan orang, Bu")
    story = reports.report_from_conversation(actor=operator, conversation=talk).report.story
    asked = questions.make_from_conversation(actor=operator, conversation=talk).question
    assert (story, asked) == (
        "Pak, upah kami dua bulan belum dibayar\n\nSembilan orang, Bu",
        "Pak, upah kami dua bulan belum dibayar\nSembilan orang, Bu",
    )


def test_what_was_said_days_before_is_another_story(talk, sms, hears, operator):
    Message.objects.update(at=timezone.now() - timedelta(days=4))
    hears(sms, "Sekarang lembur yang tidak dibayar")
    assert (
        reports.report_from_conversation(actor=operator, conversation=talk).report.story
        == "Sekarang lembur yang tidak dibayar"
    )


def test_what_comes_after_a_closed_report_may_become_another(talk, sms, hears, operator):
    browser = browser_of(operator)
    first = reports.report_from_conversation(actor=operator, conversation=talk).report
    move_report(actor=operator, report=first, state="closed", words="Upahnya sudah dibayar.")
    hears(sms, "Sekarang lembur yang tidak dibayar")
    html = talk_page(browser, talk)
    assert (MAKE_REPORT in offered(html), first.number in html, "Selesai" in html) == (True, True, True)
    browser.post(reverse("helpdesk_reports:from_conversation", args=[talk.pk]))
    assert Report.objects.count() == 2
    assert Report.objects.order_by("pk").last().story == "Sekarang lembur yang tidak dibayar"


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
    assert "belum ada pesan baru dari mereka" in answer.content.decode()


def test_a_conversation_asks_the_same_for_one_report_and_for_three(talk, operator):
    browser = browser_of(operator)

    def asks():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            talk_page(browser, talk)
        return len(asked)

    def one_more(n):
        Report.objects.create(
            number=f"L-{n}", unit=talk.unit, conversation=talk, way="message", received_at=talk.last_at, key=f"{n:032x}"
        )
        made = questions.begin(unit=talk.unit, topic="", question="?", came="message", conversation=talk)
        Consultation.objects.filter(pk=made.pk).update(state="answered")

    one_more(1)
    talk_page(browser, talk)
    before = asks()
    one_more(2)
    one_more(3)
    assert asks() == before


# Calls and visitors


@pytest.fixture
def call(operator, centre):
    address = find_or_make_address(scheme=Scheme.NUMBER, typed="0812 5550 101")
    return calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=address, direction="in")


@pytest.fixture
def visit(operator, centre):
    return calls.receive_visitor(actor=operator, unit=centre, key=uuid.uuid4(), called="Bu Tin", notes="Membawa surat")


def intake(browser, call, way):
    """The page on which the report begins, with the key that its form carries."""
    address = reverse("helpdesk_reports:from_call", args=[call.pk, way])
    answer = browser.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    return address, html, re.search(r'name="key" value="([^"]+)"', html)[1]


def test_a_report_is_written_while_they_speak(call, operator):
    browser = browser_of(operator)
    here, onward = (
        reverse("helpdesk_calls:close", args=[call.pk]),
        reverse("helpdesk_reports:from_call", args=[call.pk, "telepon"]),
    )
    assert f'value="{onward}"' in page(browser, "helpdesk_calls:call", call.pk)
    typed = {"notes": "Paspor ditahan sejak Mei", "called": "Marni", "topic": "papers", "lanjut": onward}
    assert browser.post(here, typed).url == onward
    address, html, key = intake(browser, call, "telepon")
    for begun in ("Paspor ditahan sejak Mei", 'value="Marni"', 'value="+628125550101"', '<option value="papers" selected'):
        assert begun in html
    for _time in range(2):
        sent = browser.post(address, {"key": key, "story": "Paspor ditahan sejak Mei", "called": "Marni", "topic": "papers"})
    report = Report.objects.get()
    call.refresh_from_db()
    assert (report.way, report.story, call.report, call.outcome) == ("phone", "Paspor ditahan sejak Mei", report, "reported")
    assert sent.url == reverse("helpdesk_reports:report", args=[report.pk])
    html = page(browser, "helpdesk_calls:call", call.pk)
    assert (sent.url in html, "dari telepon ini" in html, onward in html) == (True, True, False)
    assert reverse("helpdesk_calls:call", args=[call.pk]) in page(browser, "helpdesk_reports:report", report.pk)


@pytest.mark.parametrize(("way", "came"), [("datang", "visit"), ("kertas", "paper")])
def test_a_visitor_is_reported_by_word_or_on_paper(visit, operator, way, came):
    browser = browser_of(operator)
    assert reverse("helpdesk_reports:from_call", args=[visit.pk, way]) in page(browser, "helpdesk_calls:call", visit.pk)
    address, html, key = intake(browser, visit, way)
    assert "Membawa surat" in html
    browser.post(address, {"key": key, "story": "Upah lembur tidak dibayar"})
    visit.refresh_from_db()
    assert (visit.report.way, visit.report.story) == (came, "Upah lembur tidak dibayar")
    assert "dari kunjungan ini" in page(browser, "helpdesk_calls:call", visit.pk)


@pytest.mark.parametrize("way", ["kertas", "datang", "web", "x"])
def test_a_call_brings_no_paper(call, operator, way):
    page(browser_of(operator), "helpdesk_reports:from_call", call.pk, way, status=404)


def test_of_somebody_guarded_neither_name_nor_number_is_copied_and_the_guard_is(call, operator):
    calls.note_call(actor=operator, call=call, notes="Diancam mandor", called="Marni")
    calls.guard_call(actor=operator, call=call, threat_level="high", protections=["child"], alias="Kenari")
    browser = browser_of(operator)
    address, html, key = intake(browser, call, "telepon")
    seen = ["Marni" in html, "5550 101" in html, "5550101" in html, 'value="Kenari"' in html]
    assert seen == [False, False, False, True]
    browser.post(address, {"key": key, "story": "Diancam mandor", "threat_level": "none"})
    report = Report.objects.get()
    assert (report.threat_level, report.protections, report.alias, report.reach) == ("high", ["child"], "Kenari", "")


def test_a_report_of_a_known_caller_is_theirs(operator, centre):
    marni = make_person(centre, "Marni", phone="+628125550101")
    address = find_or_make_address(scheme=Scheme.NUMBER, typed="0812 5550 101")
    call = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=address, direction="in")
    told = reports.Told(story="Upah belum dibayar")
    taken = reports.report_from_call(actor=operator, call=call, key=uuid.uuid4(), told=told, way="phone")
    assert taken.report.person == marni


def test_a_call_leads_to_what_is_open_for_its_number(talk, operator, centre):
    report = reports.report_from_conversation(actor=operator, conversation=talk).report
    call = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=talk.address, direction="in")
    html = page(browser_of(operator), "helpdesk_calls:call", call.pk)
    for name, pk in (("helpdesk_reports:report", report.pk), ("helpdesk_desk:conversation", talk.pk)):
        assert f'href="{reverse(name, args=[pk])}"' in html


def test_a_call_that_another_took_is_no_link_for_a_paralegal(call, operator, paralegal):
    told = reports.Told(story="Upah belum dibayar")
    report = reports.report_from_call(actor=operator, call=call, key=uuid.uuid4(), told=told, way="phone").report
    assert str(call) not in page(browser_of(paralegal), "helpdesk_reports:report", report.pk)
    page(browser_of(paralegal), "helpdesk_reports:from_call", call.pk, "telepon", status=404)


def test_a_call_asks_the_same_for_one_report_and_for_three(talk, operator, centre):
    call = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=talk.address, direction="in")
    browser = browser_of(operator)

    def one_more(n):
        Report.objects.create(
            number=f"L-{n}", unit=talk.unit, conversation=talk, way="message", received_at=talk.last_at, key=f"{n:032x}"
        )

    def asks():
        with CaptureQueriesContext(connection) as asked:
            page(browser, "helpdesk_calls:call", call.pk)
        return len(asked)

    one_more(1)
    page(browser, "helpdesk_calls:call", call.pk)
    before = asks()
    one_more(2)
    one_more(3)
    assert asks() == before


# What is one and the same wherever it is asked


def test_the_thread_of_a_new_code_waits_for_nobody(send, operator):
    report, _code = send()
    assert (report.conversation.state, inbox.counts(operator)["dijawab"]) == ("closed", 0)


def test_a_report_by_message_knows_whose_number_it_is(sms, hears, words, centre):
    register_word(Word("LAPOR", ("LAPOR",), take_report_word, "LAPOR", order=10, takes=Takes.STORY))
    marni = make_person(centre, "Marni", phone="+6281234567890", threat_level="high", alias="Kenari")
    hears(sms, "LAPOR dipukul mandor", "0812 3456 7890")
    report = Report.objects.get()
    assert (report.person, report.shows_alias) == (marni, True)


def test_an_answer_from_the_reports_page_stands_in_the_inbox_too(talk, operator):
    report = reports.report_from_conversation(actor=operator, conversation=talk).report
    said = answer_report(actor=operator, report=report, text="Kami datang Senin", by="channel")
    talk.refresh_from_db()
    assert (talk.last_id, talk.state, talk.waiting_since) == (said.pk, "waiting", None)
    assert list(inbox.search(operator, "Senin")) == [talk]


def test_an_answer_to_a_consultation_is_found_in_the_inbox(talk, operator):
    asked = questions.make_from_conversation(actor=operator, conversation=talk)
    consultations.answer_consultation(actor=operator, consultation=asked, answer="Upah ganda", cites=[], told="message")
    talk.refresh_from_db()
    assert (talk.state, talk.waiting_since, list(inbox.search(operator, "ganda"))) == ("waiting", None, [talk])
