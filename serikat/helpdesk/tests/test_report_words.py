"""LAPOR and STATUS by SMS: what comes back, what is kept, what a slip or a flood does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation, Report
from serikat.helpdesk.rules.access_codes import BLANK, grouped, read_access_code
from serikat.helpdesk.selectors import codes as reads
from serikat.helpdesk.selectors.terms import with_words
from serikat.helpdesk.services import chats
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.tests.conftest import CONSOLE
from serikat.messaging.adapters import Limits
from serikat.messaging.models import Channel, Message
from serikat.messaging.rules.sms import measure
from serikat.messaging.services import settling
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.services.sending import send_channel
from serikat.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms(centre, provider):
    return add_channel(
        actor=CONSOLE, unit=centre, kind="told", name="SMS", values={"folder": "x", "password": "y"}, price=350
    )


@pytest.fixture
def says(sms, arrives):
    """What comes back on a message: (text, number)."""
    count = iter(range(1000))

    def says(text, number="0812 3456 789"):
        before = set(Message.objects.values_list("pk", flat=True))
        arrives(sms, text, number, f"m{next(count)}")
        route_arrived()
        answers = Message.objects.filter(direction="out").exclude(pk__in=before).order_by("pk")
        return [m.text for m in answers]

    return says


def test_lapor_comes_back_with_a_code_in_one_sms(says, centre):
    (said,) = says("lapor upah kami dua bulan belum dibayar, PT Rajut Tirta")
    report = Report.objects.get()
    assert (report.story, report.way, report.unit) == (
        "upah kami dua bulan belum dibayar, PT Rajut Tirta",
        "message",
        centre,
    )
    assert reads.code_typed(said).report == report
    assert (measure(said).count, report.number in said, said.count("hapus SMS ini"), "Dijawab paling lambat" in said) == (
        1,
        True,
        1,
        True,
    )


def test_in_a_chat_nothing_is_called_an_sms(says, provider, monkeypatch):
    monkeypatch.setattr(provider, "limits", Limits(longest=1000, window_hours=24))
    told = says("LAPOR") + says("lapor") + says("upah kami dipotong")
    told += says(f"STATUS {told[0]}")
    assert len(told) == 4
    assert not [words for words in told if "SMS" in words]
    assert all("hapus pesan ini" in words.lower() for words in (told[0], told[2], told[3]))


def test_who_wrote_before_gets_the_code_and_no_second_sms(says):
    says("halo")
    Conversation.objects.update(state=Conversation.State.CLOSED, told_at=None)
    assert len(says("LAPOR upah belum dibayar")) == 1
    talk = Conversation.objects.get()
    assert (talk.state, talk.unread) == (Conversation.State.OPEN, 2)


def test_lapor_of_a_known_number_is_tied_to_the_person(says, centre):
    person = make_person(centre, "Sumarni Wati", phone="08123456789")
    says("LAPOR upah belum dibayar")
    assert (Report.objects.get().person, Conversation.objects.get().person) == (person, person)


def test_reports_of_one_batch_ask_alike_once(sms, arrives):
    def queries(count, begin):
        for n in range(begin, begin + count):
            arrives(sms, f"LAPOR upah bulan {n} belum dibayar", f"0812345{n:05d}", f"b{n}")
        with CaptureQueriesContext(connection) as asked:
            route_arrived()
        return len(asked)

    queries(1, 1)
    assert (queries(21, 100) - queries(1, 200)) / 20 <= 8


def test_the_code_does_not_stay_in_what_we_keep(says, sms, django_capture_on_commit_callbacks):
    (said,) = says("LAPOR dipukul mandor")
    code = read_access_code(said).code
    with django_capture_on_commit_callbacks(execute=True):
        send_channel(channel_id=sms.pk)
    kept = Message.objects.get(direction="out")
    assert (kept.state, read_access_code(kept.text).code, "••••" in kept.text) == ("sent", "", True)
    says(f"STATUS {code}")
    assert not any(read_access_code(m.text).code for m in Message.objects.filter(direction="in"))


@pytest.mark.parametrize("end", [settling.drop_message, settling.count_as_sent])
def test_a_code_that_a_person_decided_about_does_not_stay_either(says, end, django_capture_on_commit_callbacks):
    code = read_access_code(says("LAPOR dipukul mandor")[0]).code
    message = Message.objects.get(direction="out")
    Message.objects.filter(pk=message.pk).update(state="doubt")
    message.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        end(actor=CONSOLE, message=message)
    message.refresh_from_db()
    assert (read_access_code(message.text).code == code, "••••" in message.text) == (False, True)


@pytest.mark.parametrize("sender", ["told", "hand"])
def test_a_code_leaves_by_the_phone_where_nothing_else_sends(client, centre, sms, arrives, desk, tini, sender):
    channel = sms if sender == "told" else chats.hand_channel(centre)
    arrives(channel, "Paspor saya ditahan")
    route_arrived()
    talk = Conversation.objects.get()
    client.force_login(tini)
    made = client.post(reverse("helpdesk_reports:from_conversation", args=[talk.pk])).url
    assert client.post(f"{made}kirim/").url == (made if sender == "told" else f"/meja/percakapan/{talk.pk}/")
    told = Message.objects.get(direction="out", about__startswith="helpdesk.code")
    assert (told.state, "SMS" in told.text, "STATUS" in told.text) == (
        ("queued", True, True) if sender == "told" else ("hand", False, False)
    )


def test_a_code_that_cannot_be_sent_there_any_more_says_so(client, centre, sms, arrives, tini, provider, monkeypatch):
    arrives(sms, "Paspor saya ditahan")
    route_arrived()
    client.force_login(tini)
    made = client.post(reverse("helpdesk_reports:from_conversation", args=[Conversation.objects.get().pk])).url
    Channel.objects.update(active=False)
    page = client.post(f"{made}kirim/", follow=True)
    assert (page.redirect_chain[0][0], page.status_code, "Saluran" in page.content.decode()) == (made, 200, True)


def test_lapor_without_a_word_waits_for_the_next_message(says):
    (asked,) = says("LAPOR")
    report = Report.objects.get()
    assert ("Apa yang terjadi" in asked, reads.code_typed(asked).report, measure(asked).count) == (True, report, 1)
    (again,) = says("lapor")
    assert ("sudah dimulai" in again, Report.objects.count()) == (True, 1)
    (thanks,) = says("Saya dipecat kemarin tanpa surat")
    report.refresh_from_db()
    assert (report.story, report.number in thanks, measure(thanks).count) == ("Saya dipecat kemarin tanpa surat", True, 1)
    assert says("Terima kasih pak") == []
    assert Report.objects.get().story == "Saya dipecat kemarin tanpa surat"


def test_a_second_lapor_completes_an_empty_first(says):
    says("LAPOR")
    says("LAPOR paspor saya ditahan")
    assert [r.story for r in Report.objects.all()] == ["paspor saya ditahan"]
    says("LAPOR gaji dipotong")
    assert Report.objects.count() == 2


def test_a_report_in_a_closed_conversation_is_answered_once(says, desk):
    says("Pak, upah kami belum dibayar")
    Conversation.objects.update(state="closed", told_at=timezone.now() - timedelta(days=3))
    (said,) = says("LAPOR upah kami belum dibayar")
    assert Report.objects.get().number in said


def test_after_half_an_hour_a_message_completes_nothing(says):
    says("LAPOR")
    Report.objects.update(received_at=timezone.now() - timedelta(minutes=31))
    assert says("Besok libur tidak?") == []
    assert Report.objects.get().story == ""


def test_another_number_completes_nothing(says):
    says("LAPOR")
    assert not any("Ditambahkan" in said for said in says("Saya dipecat", "0813 9999 000"))
    assert Report.objects.get().story == ""


def test_a_flood_of_one_number_becomes_one_report_more_and_no_answers(says):
    answers = [says(f"LAPOR cerita nomor {n}") for n in range(8)]
    assert ([len(a) for a in answers], Report.objects.count()) == ([1] * 5 + [0] * 3, 5)
    assert Report.objects.order_by("-pk")[0].story.endswith("cerita nomor 7")
    assert len(says("LAPOR lain", "0813 9999 000")) == 1


def test_status_tells_state_and_date_in_one_sms(says, desk):
    (said,) = says("LAPOR upah belum dibayar")
    code, report = read_access_code(said).code, Report.objects.get()
    (first,) = says(f"status {code[:4]} {code[4:8]} {code[8:12]} {code[12:]}", "0813 9999 000")
    assert ("sudah diterima, belum dibaca" in first, "Dijawab paling lambat" in first, measure(first).count) == (
        True,
        True,
        1,
    )
    handling.move_report(actor=desk, report=report, state="theirs", words="Kirim slip upahnya")
    (second,) = says(f"STATUS{code}")
    assert ("menunggu keterangan Anda" in second, "Cek kode" in second, measure(second).count) == (True, True, 1)
    assert "slip" not in second


def test_wrong_codes_of_one_number_are_slowed(says):
    (said,) = says("LAPOR x")
    code = read_access_code(said).code
    wrong = [says("STATUS 1012345678901234", "0813 9999 000")[0] for _n in range(5)]
    assert all("tidak berlaku" in words and measure(words).count == 1 for words in wrong)
    assert "Tunggu satu jam" in says(f"STATUS {code}", "0813 9999 000")[0]
    assert "sudah diterima" in says(f"STATUS {code}")[0]


def test_a_right_code_does_not_wipe_out_wrong_ones(says):
    code = read_access_code(says("LAPOR x")[0]).code
    for _n in range(4):
        says("STATUS 1012345678901234", "0813 9999 000")
        assert "sudah diterima" in says(f"STATUS {code}", "0813 9999 000")[0]
    says("STATUS 1012345678901234", "0813 9999 000")
    assert "Tunggu satu jam" in says(f"STATUS {code}", "0813 9999 000")[0]


@pytest.mark.parametrize("typed", ["{}", "kode saya {} pak", "{} ?", "> {}"])
def test_a_code_alone_asks_for_the_status(says, typed):
    code = read_access_code(says("LAPOR x")[0]).code
    (said,) = says(typed.format(grouped(code)))
    assert "sudah diterima" in said
    assert code[-4:] not in Message.objects.filter(direction="in").latest("pk").text


@pytest.mark.parametrize(
    "quoted",
    ["{}", "*{}*", "Kode:\n> {}", "kode {} yang saya terima kemarin sudah saya catat di kertas, terima kasih banyak"],
)
def test_a_code_within_other_words_is_kept_nowhere(says, quoted):
    code = read_access_code(says("LAPOR x")[0]).code
    for written in (grouped(code), code, grouped(code).replace(" ", "-"), grouped(code).replace(" ", "\n> ")):
        says(
            "Sudah saya simpan, apa langkah berikutnya dari serikat untuk kami di pabrik? " + quoted.format(written),
            "0813 1",
        )
        heard = Message.objects.filter(direction="in").latest("pk")
        assert "langkah berikutnya" in heard.text
        assert code[-4:] not in heard.text
    every = Conversation.objects.all()
    assert (with_words(every, "langkah").count(), with_words(every, code).count(), with_words(every, code[-4:]).count()) == (
        1,
        0,
        0,
    )


def test_a_code_told_with_a_report_stands_in_no_story(says):
    code = read_access_code(says("LAPOR x")[0]).code
    says(f"LAPOR lagi, kode saya {grouped(code)}, upah bulan ini dipotong", "0813 9999 000")
    assert Report.objects.latest("pk").story == f"lagi, kode saya {BLANK}, upah bulan ini dipotong"


@pytest.mark.parametrize(
    "text", ["LAPOR " + "a" * 200_000, "LAPOR \u202eterbalik", "LAPOR 🆘🆘", "Lapor: <script>alert(1)</script>"]
)
def test_strange_reports_are_taken_all_the_same(says, text):
    (said,) = says(text)
    assert (measure(said).count, Report.objects.count()) == (1, 1)


def test_a_known_conversation_carries_its_protection_along(says, sms):
    says("LAPOR satu")
    conversation = Report.objects.get().conversation
    type(conversation).objects.update(threat_level="high", alias="Melati")
    says("LAPOR dua")
    report = Report.objects.order_by("-pk")[0]
    assert (report.threat_level, report.alias, bool(re.search("Melati", str(report)))) == ("high", "Melati", False)
