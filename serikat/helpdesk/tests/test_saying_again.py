"""The same answer from a page that was opened anew: asked about once, and sent when that is meant. What they said meanwhile is not closed unread."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation, Report
from serikat.helpdesk.services import codes, conversations, handling_reports
from serikat.helpdesk.services.reports import new_code, report_from_conversation
from serikat.helpdesk.services.saying_again import SaidAlready
from serikat.kernel.access import ANONYMOUS, Role
from serikat.messaging.adapters import Limits
from serikat.messaging.models import Message, State
from serikat.people.tests.factories import make_actor

pytestmark = pytest.mark.django_db
TEXT = "Sudah kami baca.\nKami datang Sabtu."
SAID, TICK = "Jawaban yang sama sudah ditulis pukul", 'type="checkbox" name="despite_same"'
HIDDEN = 'type="hidden" name="despite_same"'


def outgoing():
    return Message.objects.filter(direction="out", about__startswith="helpdesk.").count()


def both_ways(at_desk, address, page):
    """Sent; sent again from a fresh page; sent all the same. Gives what the refusal showed."""
    assert at_desk.post(address, {"text": TEXT}).status_code == 302
    fresh = at_desk.get(page).content.decode()
    assert (TICK in fresh, HIDDEN in fresh) == (False, True)
    again = at_desk.post(address, {"text": TEXT.replace("\n", "\r\n ")})
    shown = again.content.decode()
    assert (again.status_code, outgoing(), SAID in shown, TICK in shown) == (422, 1, True, True)
    assert "Sudah kami baca." in shown.partition("<textarea")[2]
    assert at_desk.post(address, {"text": TEXT, "despite_same": "on"}).status_code == 302
    assert outgoing() == 2


def test_the_same_answer_to_a_conversation_is_asked_about(sms, hears, at_desk):
    talk = hears(sms, "gaji belum dibayar")
    both_ways(
        at_desk, reverse("helpdesk_desk:answer", args=[talk.pk]), reverse("helpdesk_desk:conversation", args=[talk.pk])
    )


def test_the_same_answer_to_a_report_is_asked_about(at_desk, send):
    report = send()[0]
    both_ways(at_desk, *(reverse(f"helpdesk_reports:{name}", args=[report.pk]) for name in ("answer", "report")))


def test_other_words_another_conversation_or_a_while_later_are_not_the_same(sms, hears, operator):
    talk, other = hears(sms, "halo"), hears(sms, "halo", sender="0813 9999 000")

    def answer(conversation, text="Sudah kami baca."):
        conversations.answer_conversation(actor=operator, conversation=conversation, text=text)

    for where, text in ((talk, "Sudah kami baca."), (talk, "Sudah kami baca!"), (other, "Sudah kami baca.")):
        answer(where, text)
    with pytest.raises(SaidAlready):
        answer(Conversation.objects.get(pk=talk.pk))
    Message.objects.update(at=timezone.now() - timedelta(minutes=10, seconds=1))
    answer(talk)
    Message.objects.filter(text__isnull=False).update(state=State.REFUSED)
    answer(talk)  # the provider did not take the one before
    assert outgoing() == 5


def test_the_same_words_with_another_file_are_another_answer(sms, hears, at_desk, provider, monkeypatch):
    monkeypatch.setattr(provider, "limits", Limits(longest=1000, files=True))
    address = reverse("helpdesk_desk:answer", args=[hears(sms, "halo").pk])

    def send(words):
        return at_desk.post(address, {"text": "Ini suratnya", "file": SimpleUploadedFile("surat.txt", words)}).status_code

    assert [send(b"satu"), send(b"dua"), send(b"satu")] == [302, 302, 422]


def test_what_came_while_somebody_wrote_why_it_is_done_keeps_it_open(sms, hears, operator, client):
    client.force_login(get_user_model().objects.get(pk=operator.user_id))
    talk = hears(sms, "halo")
    page, close = reverse("helpdesk_desk:conversation", args=[talk.pk]), reverse("helpdesk_desk:close", args=[talk.pk])
    client.get(page)
    hears(sms, "Tolong, saya dikunci di mes")

    answer = client.post(close, {"tutup-reason": "Sudah dijawab."})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert all(one in shown for one in ("Ada pesan baru dari mereka", "Tolong, saya dikunci di mes", "Sudah dijawab."))
    talk.refresh_from_db()
    assert (talk.state, talk.unread) == ("open", 0)

    assert client.post(close, {"tutup-reason": "Sudah dijawab."}).status_code == 302
    talk.refresh_from_db()
    assert talk.state == "closed"


# What went on while somebody wrote


@pytest.fixture
def writing(sms, hears, at_desk):
    """A page open with an answer half typed: sends it as it stands, and again as it comes back."""
    talk = hears(sms, "gaji belum dibayar")
    address = reverse("helpdesk_desk:answer", args=[talk.pk])

    def shown(answer):
        return re.search(r'name="terakhir" value="(\d+)"', answer.content.decode())[1]

    last = shown(at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk])))

    def press(seen=last):
        answer = at_desk.post(address, {"text": TEXT, "terakhir": seen})
        return answer, shown(answer) if answer.status_code == 422 else ""

    return talk, press


def test_what_a_paralegal_answered_meanwhile_is_shown_once_before_ours_goes_out(writing, paralegal):
    talk, press = writing
    conversations.answer_conversation(actor=paralegal, conversation=talk, text="Silakan datang besok.")
    answer, seen = press()
    page = answer.content.decode()
    assert (answer.status_code, outgoing()) == (422, 1)
    assert all(
        said in page for said in (f"Sementara Anda menulis, {paralegal.name} menjawab pukul", "Silakan datang besok.")
    )
    assert "Sudah kami baca." in page.partition("<textarea")[2]
    assert (press(seen)[0].status_code, outgoing()) == (302, 2)


def test_what_they_wrote_meanwhile_is_shown_once_before_ours_goes_out(writing, sms, hears):
    _talk, press = writing
    hears(sms, "sudah dibayar, terima kasih")
    answer, seen = press()
    page = answer.content.decode()
    assert (answer.status_code, "datang pesan baru" in page, "sudah dibayar, terima kasih" in page) == (422, True, True)
    assert (press(seen)[0].status_code, outgoing()) == (302, 1)


@pytest.mark.parametrize("seen", ["", "x", "9" * 30, "-1"])
def test_a_page_that_does_not_say_what_stood_on_it_is_not_asked(writing, sms, hears, seen):
    _talk, press = writing
    hears(sms, "halo lagi")
    assert press(seen)[0].status_code == 302


def test_ones_own_words_are_no_news(writing, operator):
    talk, press = writing
    conversations.answer_conversation(actor=operator, conversation=talk, text="Sebentar.")
    assert (press()[0].status_code, outgoing()) == (302, 2)


def test_an_older_page_knows_nothing_of_the_newest(writing, at_desk):
    talk, _press = writing
    newest = Message.objects.latest("pk").pk
    page = at_desk.get(reverse("helpdesk_desk:conversation", args=[talk.pk]), {"sebelum": newest + 1}).content.decode()
    assert 'name="terakhir"' not in page


# The same from a report's page


@pytest.fixture
def told_by_sms(talk, operator):
    """A report that came by SMS."""
    return report_from_conversation(actor=operator, conversation=talk).report


@pytest.fixture
def answering(at_desk):
    """A report's page open with an answer half typed: sends it as it stands, and again as it comes back."""

    def answering(report, **more):
        pages = [reverse(f"helpdesk_reports:{name}", args=[report.pk]) for name in ("report", "answer")]

        def shown(answer):
            return re.search(r'name="terakhir" value="(\d+)"', answer.content.decode())[1]

        last = shown(at_desk.get(pages[0]))

        def press(seen=last):
            answer = at_desk.post(pages[1], {"text": TEXT, "terakhir": seen, **more})
            return answer, shown(answer) if answer.status_code == 422 else ""

        return press

    return answering


def asked_once(press, *said):
    before = outgoing()
    answer, seen = press()
    page = answer.content.decode()
    assert (answer.status_code, outgoing()) == (422, before)
    assert [page.count(one) for one in said] == [1] * len(said)
    assert "Sudah kami baca." in page.partition("<textarea")[2]
    assert (press(seen)[0].status_code, outgoing()) == (302, before + 1)


@pytest.mark.parametrize("by", ["web", "channel"])
def test_what_a_colleague_answered_from_the_reports_page_is_shown_before_ours_goes_out(
    told_by_sms, answering, paralegal, by
):
    press = answering(told_by_sms, by="web")
    handling_reports.answer_report(actor=paralegal, report=told_by_sms, text="Datang besok.", by=by)
    asked_once(press, f"Sementara Anda menulis, {paralegal.name} menjawab pukul", "Datang besok.")


def test_what_the_reporter_wrote_at_the_code_is_shown_before_ours_goes_out(send, answering):
    report, _code = send()
    press = answering(report)
    codes.write_by_code(actor=ANONYMOUS, report=report, key=uuid.uuid4(), text="Sudah dibayar, terima kasih.")
    asked_once(press, "datang pesan baru dari mereka", "Sudah dibayar, terima kasih.")


def test_what_they_wrote_by_sms_is_shown_to_who_may_read_there(told_by_sms, answering, sms, hears, operator, branch, client):
    press = answering(told_by_sms, by="web")
    hears(sms, "kami sudah dibayar <tunai>")
    asked_once(press, "datang pesan baru dari mereka", "kami sudah dibayar &lt;tunai&gt;", "Baru di ")

    Report.objects.update(unit=branch)
    client.force_login(get_user_model().objects.get(pk=make_actor(Role.OPERATOR, unit=branch).user_id))
    press = answering(told_by_sms, by="web", despite_same="on")
    hears(sms, "rahasia percakapan")
    assert press()[0].status_code == 302


def test_a_code_that_was_sent_is_no_answer_and_is_not_shown(told_by_sms, answering, paralegal):
    press = answering(told_by_sms, by="channel")
    code = new_code(actor=paralegal, report=told_by_sms)
    handling_reports.send_code_by_message(actor=paralegal, report=told_by_sms, code=code)
    assert press()[0].status_code == 302


def test_ones_own_answer_and_what_stood_there_already_are_no_news(told_by_sms, answering, operator, sms, hears):
    hears(sms, "halo")
    handling_reports.answer_report(actor=operator, report=told_by_sms, text="Sebentar.")
    press = answering(told_by_sms)
    handling_reports.answer_report(actor=operator, report=told_by_sms, text="Sebentar lagi.")
    hears(sms, "orang lain", sender="0813 5555 666")
    assert press()[0].status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "9" * 30, "-1"])
def test_a_reports_page_that_does_not_say_what_stood_on_it_is_not_asked(told_by_sms, answering, sms, hears, seen):
    press = answering(told_by_sms)
    hears(sms, "halo lagi")
    assert press(seen)[0].status_code == 302
