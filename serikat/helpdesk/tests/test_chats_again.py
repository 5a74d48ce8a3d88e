"""A chat that is pasted again: what is known stays one, what they said since becomes the next report, and nothing of what a closed one told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation, Report
from serikat.helpdesk.rules.access_codes import BLANK, grouped, make_access_code
from serikat.helpdesk.services import chats, questions, reports
from serikat.helpdesk.services import consultations as consulting
from serikat.helpdesk.services.handling_reports import move_report
from serikat.messaging.models import Message

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 789"


def line(ago, sender, words):
    """One line of an export; phones write the minute."""
    return f"{timezone.localtime() - ago:%d/%m/%y %H.%M} - {sender}: {words}\n"


def hours(n):
    return timedelta(hours=n)


@pytest.fixture
def paste(operator, centre):
    def pasted(text):
        chat = chats.paste_chat(actor=operator, unit=centre, text=text, number=NUMBER)
        return chats.file_chat(actor=operator, chat=chat, ours=["Posko"], number=NUMBER)

    return pasted


FIRST = line(hours(6), "Bu Tin", "Upah dua bulan belum dibayar") + line(hours(6), "Posko", "Sudah kami catat")


@pytest.fixture
def closed(operator, paste):
    """A chat that became a report, which is closed."""
    talk = paste(FIRST).conversation
    report = reports.report_from_conversation(actor=operator, conversation=talk).report
    move_report(actor=operator, report=report, state="closed", words="Upahnya sudah dibayar.")
    return talk


def test_a_code_that_went_by_hand_does_not_come_back_with_the_chat(paste):
    code = make_access_code()
    told = line(hours(5), "Posko", f"Kode: {grouped(code)}. Catat di kertas") + line(
        hours(4), "Bu Tin", f"oke {code} ya pak"
    )
    assert paste(FIRST + told).made == 4
    assert [m.text for m in Message.objects.order_by("-pk")[:2]] == [
        f"oke {BLANK} ya pak",
        f"Kode: {BLANK}. Catat di kertas",
    ]
    assert paste(FIRST + told).made == 0


def test_only_what_is_new_becomes_the_next_report(operator, paste, closed):
    """They wrote while the first report was already here, but before it was pasted: what counts is that nobody here had it."""
    chat = paste(FIRST + line(hours(2), "Bu Tin", "Sekarang lembur yang tidak dibayar"))
    assert (chat.made, chat.conversation, Message.objects.count()) == (1, closed, 3)
    second = reports.report_from_conversation(actor=operator, conversation=closed).report
    assert second.story == "Sekarang lembur yang tidak dibayar"
    assert reports.report_from_conversation(actor=operator, conversation=closed).report == second
    assert Report.objects.count() == 2


def test_the_longer_history_of_a_chat_is_nothing_new(operator, paste, closed):
    """The second paste reaches further back than the first."""
    older = line(hours(30), "Bu Tin", "Assalamualaikum, ini posko buruh?") + line(hours(29), "Posko", "Betul, Bu")
    Conversation.objects.update(state=Conversation.State.CLOSED)
    chat = paste(older + FIRST)
    assert chat.made == 2
    stands = Conversation.objects.get()
    assert (stands.state, stands.last.text) == ("closed", "Sudah kami catat")
    again = reports.report_from_conversation(actor=operator, conversation=closed)
    assert (again.report.state, Report.objects.count()) == ("closed", 1)

    paste(older + FIRST + line(hours(1), "Bu Tin", "Lembur juga belum"))
    assert reports.report_from_conversation(actor=operator, conversation=closed).report.story == "Lembur juga belum"
    assert Conversation.objects.get().state == "open"


def test_a_longer_history_is_told_in_its_order(operator, paste):
    talk = paste(FIRST).conversation
    paste(line(hours(7), "Bu Tin", "Selamat pagi") + FIRST)
    story = reports.report_from_conversation(actor=operator, conversation=talk).report.story
    assert story == "Selamat pagi\n\nUpah dua bulan belum dibayar"


def test_a_question_asked_anew_has_only_what_is_new_too(operator, paste):
    talk = paste(FIRST).conversation
    asked = questions.make_from_conversation(actor=operator, conversation=talk)
    consulting.close_consultation(actor=operator, consultation=asked, word="Sudah jelas.")
    paste(FIRST + line(hours(2), "Bu Tin", "Kalau cuti haid?"))
    assert questions.make_from_conversation(actor=operator, conversation=talk).question == "Kalau cuti haid?"


def filed_page(at_desk, chat):
    return at_desk.get(reverse("helpdesk_desk:pasted", args=[chat.pk])).content.decode()


def test_the_desk_says_what_came_of_it(at_desk, paste, closed):
    number = Report.objects.get().number
    page = filed_page(at_desk, paste(FIRST))
    assert ("Tidak ada yang baru: semua pesannya sudah ada." in page, number in page) == (True, True)
    assert "Buat laporan" not in page

    page = filed_page(at_desk, paste(FIRST + line(hours(2), "Bu Tin", "Lembur tidak dibayar")))
    assert ("1 pesan baru masuk." in page, "belum masuk laporan" in page, "Buat laporan" in page) == (True, True, True)
    at_desk.post(reverse("helpdesk_reports:from_conversation", args=[closed.pk]))
    page = filed_page(at_desk, paste(FIRST + line(hours(1), "Bu Tin", "Masih belum")))
    newest = Report.objects.latest("pk").number
    assert (newest in page, "Buat laporan" in page, "masih terbuka" in page) == (True, False, True)


def test_pressing_without_anything_new_says_so(at_desk, operator, closed):
    Report.objects.update(received_at=timezone.now() - hours(1))
    report = Report.objects.get()
    report.codes.update(used_at=timezone.now())
    page = at_desk.post(reverse("helpdesk_reports:from_conversation", args=[closed.pk]), follow=True).content.decode()
    assert f"Tidak ada pesan baru sejak {report.number}" in page
    assert Report.objects.count() == 1
