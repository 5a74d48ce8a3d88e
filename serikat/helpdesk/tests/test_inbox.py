"""What comes is filed: one conversation for each address and channel, raised unless a key word answered it, answered once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.helpdesk.models import Conversation
from serikat.helpdesk.rules.promises import promised, tone_of_wait
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.services.inbox import reassurance
from serikat.messaging.keywords import Word
from serikat.messaging.models import Direction, Message
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.routing import route_arrived
from serikat.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")


def answers():
    return [m.text for m in Message.objects.filter(direction=Direction.OUT).order_by("pk")]


def test_an_unknown_text_becomes_one_unread_conversation(sms, hears):
    first = hears(sms, "gaji dua bulan tidak dibayar")
    second = hears(sms, "tolong kami")

    assert first == second
    assert (second.unread, second.state, second.last.text) == (2, "open", "tolong kami")
    assert second.waiting_since is not None


def test_the_first_unknown_text_is_answered_once(sms, hears):
    for n in range(3):
        hears(sms, f"halo {n}")

    assert len(answers()) == 1
    assert measure(answers()[0]).count == 1


def test_what_a_key_word_answered_stays_read_and_reopens_nothing(sms, hears, filing):
    filing.register_word(Word("STATUS", (), lambda message, rest: "Sedang dibaca.", "STATUS kode"))
    talk = hears(sms, "halo")
    Conversation.objects.update(state="closed", unread=0, waiting_since=None)
    hears(sms, "STATUS")
    talk.refresh_from_db()

    assert (talk.state, talk.unread, talk.last.text) == ("closed", 0, "STATUS")


def test_a_key_word_that_said_nothing_leaves_the_message_to_a_person(sms, hears, filing):
    filing.register_word(Word("STATUS", (), lambda message, rest: None, "STATUS kode"))
    assert hears(sms, "STATUS").unread == 1


def test_a_closed_conversation_opens_again_and_is_not_answered_twice_a_day(sms, hears):
    hears(sms, "halo")
    Conversation.objects.update(state="closed", unread=0, waiting_since=None)
    talk = hears(sms, "masih ada orang?")

    assert (talk.state, talk.unread) == ("open", 1)
    assert len(answers()) == 1


def test_a_short_number_of_a_service_is_filed_and_not_answered(sms, hears):
    assert hears(sms, "Promo kuota", sender="4444").unread == 1
    assert answers() == []


def test_whose_number_belongs_to_one_person_is_tied_to_them(sms, hears, centre):
    person = make_person(centre, phone="08123456789")
    assert hears(sms, "halo").person == person


def test_a_number_of_two_people_ties_nobody(sms, hears, centre):
    make_person(centre, "Sumarni Wati", phone="08123456789")
    make_person(centre, "Joko Lelono", phone="08123456789")
    assert hears(sms, "halo").person is None


def test_filing_leaves_no_entry_of_its_own_in_the_trail(sms, hears):
    hears(sms, "halo")
    hears(sms, "halo lagi")
    assert sorted(set(Entry.objects.filter(action__startswith="messaging.news").values_list("action", flat=True))) == [
        "messaging.news.received"
    ]
    assert not Entry.objects.filter(action__startswith="helpdesk").exists()


@pytest.mark.parametrize("known", [False, True])
def test_a_batch_costs_a_handful_of_queries_a_message(sms, arrives, filing, known):
    if known:
        for n in range(50):
            arrives(sms, "pertama", sender=f"0812345{n:05d}")
        route_arrived()
    for n in range(50):
        arrives(sms, f"gaji bulan {n} belum dibayar mandor", sender=f"0812345{n:05d}")
    with CaptureQueriesContext(connection) as queries:
        route_arrived()
    a_message = len(queries) / 50
    assert a_message <= (5 if known else 9)


def test_a_question_is_promised_an_answer_and_shown(sms, hears):
    talk = hears(sms, "TANYA kontrak habis tanggal 30 apa dapat kompensasi")

    assert (talk.is_question, talk.unread) == (True, 1)
    assert talk.promised_at > timezone.now()
    assert "paling lambat" in answers()[0]
    assert measure(answers()[0]).count == 1


def test_an_empty_question_is_told_how_to_ask(sms, hears):
    hears(sms, "TANYA")
    assert answers()[0].startswith("Tulis pertanyaan Anda")


def test_help_lists_what_is_registered_in_one_sms(sms, hears, filing):
    filing.register_word(Word("LAPOR", (), lambda message, rest: "ya", "LAPOR cerita Anda", order=10))
    talk = hears(sms, "bantuan")

    assert "LAPOR cerita Anda" in answers()[0]
    assert "TANYA" in answers()[0]
    assert measure(answers()[0]).count == 1
    assert talk.unread == 0


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def test_a_question_by_key_word_is_promised_what_every_question_is(sms, hears):
    before = timezone.localtime()
    talk = hears(sms, "TANYA kontrak saya habis, apakah dapat uang kompensasi?")

    days_off = holidays_from(before.date())
    assert promised(before, days_off=days_off) <= talk.promised_at <= promised(timezone.localtime(), days_off=days_off)
    assert f"pukul {timezone.localtime(talk.promised_at):%H.%M}." in answers()[0]
    assert measure(answers()[0]).count == 1


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T10:00", "hari ini sampai pukul 20.00"),
        ("2026-11-23T07:00", "hari ini mulai pukul 09.00"),
        ("2026-11-23T21:00", "besok mulai pukul 09.00"),
        ("2026-11-28T10:00", "Senin, 30 November mulai pukul 09.00"),
    ],
)
def test_the_first_answer_says_when_somebody_reads(db, now, words):
    said = reassurance(now=at(now))
    assert words in said
    assert measure(said).count == 1


@pytest.mark.parametrize(
    ("since", "promised", "tone"),
    [
        ("2026-11-23T09:30", None, ""),
        ("2026-11-23T05:00", None, "amber"),
        ("2026-11-22T05:00", None, "red"),
        ("2026-11-23T09:30", "2026-11-23T09:45", "red"),
    ],
)
def test_a_wait_is_coloured_when_it_is_long(since, promised, tone):
    assert tone_of_wait(at(since), at("2026-11-23T10:00"), at(promised) if promised else None) == tone
