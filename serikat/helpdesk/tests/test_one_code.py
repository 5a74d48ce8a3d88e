"""One code, one place: /kode/ and STATUS know a consultation's code too, and what the inbox says about a report stands at its code."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from serikat.accounts.models import User
from serikat.helpdesk.models import Report
from serikat.helpdesk.rules.access_codes import read_access_code
from serikat.helpdesk.selectors.codes import said_with
from serikat.helpdesk.services import consultations, conversations, reports
from serikat.helpdesk.tests.consulting import ANSWER, CITES, asked
from serikat.kernel.access import Role
from serikat.kernel.errors import Missing
from serikat.messaging.models import Message
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.routing import route_arrived
from serikat.people.tests.factories import make_actor

pytestmark = pytest.mark.django_db


def opens(code):
    """The page that the code opens in a fresh browser."""
    answer = Client().post("/kode/", {"code": code}, follow=True)
    return answer.redirect_chain, answer.content.decode()


# A consultation's code


def test_a_consultations_code_opens_its_answer_at_the_one_page(centre, paralegal):
    made, code = asked()
    chain, words = opens(code)
    assert (chain, "Menunggu dijawab." in words) == ([("/konsultasi/jawaban/saya/", 302)], True)
    consultations.answer_consultation(actor=paralegal, consultation=made, answer=ANSWER, cites=CITES, told="code")
    assert "satu kali tabel" in opens(code)[1]


def test_a_reports_code_opens_the_report_beside_consultations(send):
    asked()
    report, code = send()
    chain, words = opens(code)
    assert (chain[-1][0], report.number in words) == ("/kode/laporan/", True)


def test_what_nobody_has_opens_nothing_and_is_counted_once(centre):
    asked()
    browser = Client()
    answers = [browser.post("/kode/", {"code": "1012 3456 7890 1234"}).status_code for _n in range(11)]
    assert answers == [422] * 10 + [429]


@pytest.fixture
def status(sms, arrives, words):
    """What STATUS tells of a code."""
    from serikat.helpdesk.services.report_words import tell_status  # reason: beside its use
    from serikat.messaging.keywords import Word, register_word  # reason: beside its use
    from serikat.messaging.rules.keywords import Takes  # reason: beside its use

    register_word(Word("STATUS", ("STATUS",), tell_status, "STATUS", order=30, takes=Takes.CODE))
    count = iter(range(1000))

    def status(code):
        arrives(sms, f"STATUS {code}", "0812 3456 789", f"s{next(count)}")
        route_arrived()
        return Message.objects.filter(direction="out").order_by("-pk")[0].text

    return status


def test_status_tells_how_far_a_consultation_is_and_never_what_it_is_about(status, centre, paralegal):
    made, code = asked()
    told = [status(code)]
    consultations.take_consultation(actor=paralegal, consultation=made)
    told.append(status(code))
    consultations.answer_consultation(actor=paralegal, consultation=made, answer=ANSWER, cites=CITES, told="code")
    told.append(status(code))
    consultations.close_consultation(actor=paralegal, consultation=made)
    told.append(status(code))
    for words, state in zip(
        told, ("menunggu dijawab. Dijawab paling lambat", "sedang dijawab. Dijawab", "sudah dijawab. Baca", "sudah dijawab"),
        strict=True,
    ):  # fmt: skip
        assert (words.startswith(f"Konsultasi: {state}"), measure(words).count) == (True, 1)
        assert not re.search("pesangon|Wagimin|tabel|PHK", words)
    assert not any(read_access_code(m.text).code for m in Message.objects.filter(direction="in"))


def test_status_of_a_question_closed_without_an_answer(status, centre, paralegal):
    made, code = asked()
    consultations.close_consultation(actor=paralegal, consultation=made, word="Sudah ditanyakan di kantor")
    words = status(code)
    assert (words.startswith("Konsultasi: selesai."), "kantor" in words, measure(words).count) == (True, False, 1)


# What the inbox says about a report


@pytest.fixture
def talk(sms, hears):
    return hears(sms, "Mandor memukul saya di gudang")


@pytest.fixture
def told(talk, operator):
    return reports.report_from_conversation(actor=operator, conversation=talk)


@pytest.fixture
def browser(client, operator):
    client.force_login(get_user_model().objects.get(pk=operator.user_id))
    return client


def texts(report):
    return [one.text for one in said_with(report)]


def answer(browser, talk, text, **more):
    return browser.post(reverse("helpdesk_desk:answer", args=[talk.pk]), {"text": text, **more})


def test_words_about_a_report_stand_at_its_code_and_theirs_do_not(told, talk, browser):
    html = browser.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert re.search(rf'name="report" value="{told.report.pk}"[^>]*checked', html)
    assert answer(browser, talk, "Apakah aman bila kami datang?", report=told.report.pk).status_code == 302
    assert answer(browser, talk, "Salam untuk ibunya", report=0).status_code == 302
    words = opens(told.code)[1]
    assert "Apakah aman bila kami datang?" in words
    for hidden in ("Salam untuk ibunya", "memukul", "gudang", "3456"):
        assert hidden not in words
    report = Report.objects.get()
    assert (report.first_answer_at is not None, texts(report)) == (True, ["Apakah aman bila kami datang?"])


def test_a_plain_word_leaves_the_reports_promise_open(told, talk, browser):
    answer(browser, talk, "Salam untuk ibunya", report=0)
    assert Report.objects.get().first_answer_at is None


def test_of_several_reports_on_one_number_none_is_chosen_for_the_desk(told, talk, browser):
    other = Report.objects.create(
        number="LP-9", unit=talk.unit, conversation=talk, way="message", received_at=talk.last_at, key="0" * 32
    )
    html = browser.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert re.search(r'name="report" value="0"[^>]*checked', html)
    answer(browser, talk, "Hanya untuk yang kedua", report=other.pk)
    assert (texts(told.report), texts(other)) == ([], ["Hanya untuk yang kedua"])


def test_what_waits_for_a_phone_is_not_said_yet(centre, operator, talk):
    from serikat.helpdesk.services import chats  # reason: beside its use

    begun = chats.begin_conversation(actor=operator, unit=centre, number="0812 9999 111")
    report = Report.objects.create(
        number="LP-9", unit=centre, conversation=begun, way="phone", received_at=talk.last_at, key="0" * 32
    )
    message = conversations.answer_conversation(actor=operator, conversation=begun, text="Kami datang Senin", report=report)
    assert (message.state, texts(report)) == ("hand", [])
    conversations.note_handed(actor=operator, conversation=begun, message=message)
    assert texts(report) == ["Kami datang Senin"]


def test_a_report_out_of_reach_or_of_another_conversation_is_not_answered(told, talk, sms, hears, branch, east, operator):
    elsewhere = make_actor(Role.OPERATOR, unit=branch)
    type(talk).objects.filter(pk=talk.pk).update(unit=branch)
    Report.objects.filter(pk=told.report.pk).update(unit=east)
    talk.refresh_from_db()
    report = Report.objects.get()
    with pytest.raises(Missing):
        conversations.answer_conversation(actor=elsewhere, conversation=talk, text="Halo", report=report)
    other = hears(sms, "Saya orang lain", "0813 1111 222")
    with pytest.raises(Missing):
        conversations.answer_conversation(actor=operator, conversation=other, text="Halo", report=report)
    client = Client()
    client.force_login(User.objects.get(pk=elsewhere.user_id))
    html = client.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert 'name="report"' not in html
    answer(client, talk, "Halo", report=report.pk)
    said = [message.text for message in Message.objects.filter(direction="out")]
    assert (texts(report), said.count("Halo")) == ([], 1)


def test_a_closed_report_is_not_spoken_of_any_more(told, talk, browser):
    Report.objects.update(state="closed")
    html = browser.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert 'name="report"' not in html


def test_what_was_typed_stays_with_its_choice_when_it_is_counted(told, talk, browser):
    page = answer(browser, talk, "Ditahan “sejak” Mei", report=0, lakukan="polos").content.decode()
    assert re.search(r'name="report" value="0"[^>]*checked', page)
