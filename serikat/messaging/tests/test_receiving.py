"""What providers bring: each once, from one address however it is written, answered by the room of its word."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.kernel.access import SYSTEM
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import lease_batch
from serikat.messaging.adapters import Arrived, Attachment, Delivery, Heard, Hearing, Report
from serikat.messaging.addresses import address_of, address_to_reach, takes_texts
from serikat.messaging.models import Address, Channel, Direction, Message, Purpose, State
from serikat.messaging.problems import said
from serikat.messaging.selectors.messages import by_provider_id, files_with, find_address
from serikat.messaging.services import routing
from serikat.messaging.services.queueing import NoAddress, TakesNoTexts, find_or_make_address, queue_message, queue_reply
from serikat.messaging.services.receiving import hear, receive_news
from serikat.messaging.services.routing import route_arrived

pytestmark = pytest.mark.django_db
TEN_WAYS = (
    "08123456789",
    "628123456789",
    "+628123456789",
    "+62 812-3456-789",
    "0812 3456 789",
    "0812.3456.789",
    "(0812) 3456789",
    "\u202a+62 812-3456-789\u202c",
    "+62 (812) 3456 789",
    " 0812-3456-789 ",
    "0062 812-3456-789",  # as one dials from abroad
    "+62 812\u20113456\u2011789",  # copied from WhatsApp
    "0812\u20133456\u2013789",  # and from a letter
)


@pytest.mark.parametrize("written", TEN_WAYS)
def test_a_number_written_ten_ways_is_one(written):
    assert address_of("number", written) == "+628123456789"


def test_a_number_abroad_dialled_from_abroad_is_no_other():
    assert address_of("number", "00852 9123 4567") == "+85291234567"
    assert address_to_reach("number", "001 852 9123 4567") == ""  # by which line it goes out is no part of it


@pytest.mark.parametrize("written", ["", "0", "Telkomsel", "+62", "08x1234567", "9" * 40, "+62 812 3456 789 ext 5"])
def test_what_is_no_number_is_none(written):
    assert address_of("number", written) == ""


def test_a_short_number_stays_as_it_is():
    assert address_of("number", "4444") == "4444"


def test_the_same_message_twice_is_one(sms, arrives):
    assert len(arrives(sms, "LAPOR upah", provider_id="a")) == 1
    assert arrives(sms, "LAPOR upah", provider_id="a") == []
    assert (
        receive_news(actor=SYSTEM, channel=sms, news=[Arrived("0812", "x", "b"), Arrived("0812", "x", "b")])[0].text == "x"
    )
    assert Message.objects.count() == 2


def test_what_makes_no_sense_in_a_call_is_said_at_the_desk_and_the_rest_is_kept(sms, provider, monkeypatch):
    hearing = Hearing([Arrived("0812 3456 789", "halo", "1")], problem="A message lacks its sender or its id.")
    monkeypatch.setattr(provider, "hear", lambda self, heard: hearing)
    assert hear(channel=sms, heard=Heard("POST", {}, {}, b"")).status == 200

    sms.refresh_from_db()
    assert (Message.objects.get().text, sms.problem) == ("halo", "A message lacks its sender or its id.")


def test_who_writes_in_another_way_is_the_same_address(sms, arrives):
    for number, written in enumerate(TEN_WAYS):
        arrives(sms, "halo", sender=written, provider_id=str(number))

    assert Address.objects.count() == 1
    assert Address.objects.get().value == "+628123456789"
    assert find_address("number", "0812 3456 789") == Address.objects.get()


def test_neither_text_nor_number_stands_in_the_tables(sms, arrives):
    from django.db import connection  # reason: to see what the database itself holds

    arrives(sms, "rahasia besar", sender="08123456789")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM messaging_message")
        message = cursor.fetchone()[0]
        cursor.execute("SELECT value FROM messaging_address")
        address = cursor.fetchone()[0]

    assert "rahasia" not in message
    assert "8123456789" not in address


def test_an_unreadable_sender_loses_no_text(sms, arrives):
    (message,) = arrives(sms, "tolong", sender="???")

    assert message.text == "tolong"
    assert message.address.value.startswith("?")


def test_a_very_long_text_is_cut_and_says_so(sms, arrives):
    (message,) = arrives(sms, "a" * 10_000_000, provider_id="long")

    assert len(message.text) == 100_000
    assert message.problem == "cut"


def test_what_says_nothing_is_kept_and_says_so(sms, arrives):
    """A poll, a picture to be seen once: somebody wrote, and the desk asks."""
    (empty,) = arrives(sms, " ", provider_id="1")
    (told,) = arrives(sms, "halo", provider_id="2")
    assert (str(said(empty.problem)), told.problem) == ("Kosong, atau jenisnya tidak dapat ditampilkan di sini.", "")


def test_a_file_that_comes_along_is_kept_and_a_bad_one_named(sms):
    from serikat.files.tests.conftest import picture_bytes  # reason: a real picture

    files = (Attachment("slip.jpg", "image/jpeg", picture_bytes()), Attachment("x.exe", "application/x", b"MZ\0\0"))
    (message,) = receive_news(actor=SYSTEM, channel=sms, news=[Arrived("08123456789", "slip", "f", files=files)])
    message.refresh_from_db()

    assert message.files == 1
    assert [f.name for f in files_with(message)] == ["slip.jpg"]
    assert message.problem.startswith("x.exe: ")


def test_a_word_is_answered_once_and_the_rest_hears_of_it(sms, arrives, words):
    heard = []
    words.register_word(words.Word("INFO", ("BERITA",), lambda message, rest: f"kabar {rest}", "INFO topik"))
    words.register_rest(lambda message, word: heard.append((message.text, word)))
    arrives(sms, "info upah", provider_id="1")
    arrives(sms, "halo kak", provider_id="2")

    assert route_arrived() == 2
    assert route_arrived() == 0
    answers = Message.objects.filter(purpose=Purpose.REPLY)
    assert [(m.text, m.state, m.answers.text) for m in answers] == [("kabar upah", State.QUEUED, "info upah")]
    assert heard == [("info upah", "INFO"), ("halo kak", "")]


def test_a_refusal_is_an_answer_and_what_was_begun_is_undone(sms, arrives, words):
    def fails(message, rest):
        Address.objects.create(scheme="number", index="begun")
        raise Refused("Kode itu tidak ada.")

    words.register_word(words.Word("STATUS", (), fails, "STATUS kode"))
    arrives(sms, "STATUS 12")
    route_arrived()

    assert Message.objects.get(purpose=Purpose.REPLY).text == "Kode itu tidak ada."
    assert not Address.objects.filter(index="begun").exists()


def test_what_cannot_be_answered_waits_and_is_parked_while_the_others_go_on(sms, arrives, words, caplog):
    def fails(message, rest):
        raise RuntimeError("a bug")

    words.register_word(words.Word("STATUS", (), fails, "STATUS kode"))
    (bad,) = arrives(sms, "STATUS 12", provider_id="1")
    (good,) = arrives(sms, "halo", provider_id="2")
    for _ in range(6):
        Message.objects.filter(state=State.NEW).update(lease_until=None)
        route_arrived()
    bad.refresh_from_db()
    good.refresh_from_db()

    assert good.state == State.ROUTED
    assert (bad.state, bad.problem) == (State.PARKED, "RuntimeError")
    assert bad.text == "STATUS 12"


def test_a_flood_is_kept_and_not_answered_one_by_one(sms, arrives, words):
    words.register_word(words.Word("INFO", (), lambda message, rest: "kabar", "INFO topik"))
    for number in range(60):
        arrives(sms, "INFO", provider_id=str(number))
    route_arrived()

    assert Message.objects.filter(state=State.ROUTED).count() == 60
    texts = list(Message.objects.filter(purpose=Purpose.REPLY).order_by("pk"))
    assert [m.text for m in texts[:-1]] == ["kabar"] * 10
    assert texts[-1].text.startswith("Pesan Anda banyak sekali")


def test_a_report_of_the_provider_moves_a_message_forward_only(sms, arrives):
    (came,) = arrives(sms, "halo")
    message = queue_message(
        actor=SYSTEM, channel=sms, address=came.address, text="jawaban", purpose=Purpose.REPLY, answers=came
    )
    Message.objects.filter(pk=message.pk).update(state=State.SENT, provider_id="p1")
    for report, state in (
        (Report.READ, State.READ),
        (Report.DELIVERED, State.READ),
        (Report.FAILED, State.READ),
    ):
        receive_news(actor=SYSTEM, channel=sms, news=[Delivery(report, provider_id="p1")])
        message.refresh_from_db()
        assert message.state == state


def test_what_came_stands_in_the_trail_without_a_word_of_it(sms, arrives):
    arrives(sms, "rahasia")
    entry = Entry.objects.get(action="messaging.news.received")

    assert entry.count == 1
    assert not entry.values.filter(value__icontains="rahasia").exists()


def test_what_is_known_is_looked_up_by_the_providers_ids(sms):
    """Not by walking the channel: with a hundred thousand messages each call would take thirty milliseconds."""
    plan = by_provider_id(sms, ["a", "b"], Direction.IN).explain()
    assert "one_message_once" in plan or connection.vendor == "postgresql"  # there a table of no rows is walked


def test_halves_of_signs_and_nothing_are_left_out_and_a_message_without_an_id_is_kept_once(sms):
    news = [Arrived("0812\ud83d3456789", "gaji \ud83d\0 dua bulan", "", name="Siti\udc00", subject="\ud83d")]
    for _ in range(2):
        receive_news(actor=SYSTEM, channel=sms, news=news)
    assert [m.text for m in Message.objects.all()] == ["gaji ? dua bulan"]


def test_a_message_on_a_channel_that_was_switched_off_is_filed_and_its_answer_waits(sms, arrives, words):
    heard = []
    words.register_word(words.Word("INFO", (), lambda message, rest: "kabar", "INFO topik"))
    words.register_rest(lambda message, word: heard.append(message.text))
    arrives(sms, "INFO")
    Channel.objects.filter(pk=sms.pk).update(active=False)
    route_arrived()
    assert heard == ["INFO"]
    assert [m.state for m in Message.objects.filter(purpose=Purpose.REPLY)] == [State.QUEUED]

    Channel.objects.filter(pk=sms.pk).update(retired_at=timezone.now())
    arrives(sms, "INFO", provider_id="2")
    route_arrived()
    assert (len(heard), Message.objects.filter(purpose=Purpose.REPLY).count()) == (2, 1)


def test_what_another_worker_took_meanwhile_is_left_to_it(sms, arrives, words):
    words.register_word(words.Word("INFO", (), lambda message, rest: "kabar", "INFO topik"))
    arrives(sms, "INFO")
    leased = lease_batch(Message.objects.filter(state=State.NEW), size=9, seconds=0)
    route_arrived()
    routing._route_together(leased)
    assert Message.objects.filter(purpose=Purpose.REPLY).count() == 1


@pytest.mark.parametrize("typed", ["0812", "112", "141414", "0812 34"])
def test_what_is_typed_for_us_to_reach_is_a_whole_number(typed, db):
    assert address_to_reach("number", typed) == ""
    with pytest.raises(NoAddress):
        find_or_make_address(scheme="number", typed=typed)
    assert not Address.objects.exists()


def test_sms_goes_to_no_landline_and_to_no_short_number():
    takers = ["+6281234567890", "+85291234567", "+14155550123"]  # of the last nobody can tell
    others = ["+62215550123", "+85225551234", "+621500123", "112", "?d9c1"]
    assert [takes_texts(one) for one in takers + others] == [True] * 3 + [False] * 5


def test_what_came_from_a_short_number_is_filed_and_only_a_person_answers_it(sms, arrives):
    (came,) = arrives(sms, "Sisa pulsa Anda", sender="112")
    assert came.address.value == "112"
    queue_reply(actor=SYSTEM, answers=came, text="Terima kasih")
    with pytest.raises(TakesNoTexts):
        queue_message(actor=SYSTEM, channel=sms, address=came.address, text="Halo", purpose=Purpose.NOTICE)
    assert Message.objects.filter(direction="out").count() == 0


def test_an_sms_to_a_landline_is_refused(sms):
    office = find_or_make_address(scheme="number", typed="021 555 0123")
    with pytest.raises(TakesNoTexts):
        queue_message(actor=SYSTEM, channel=sms, address=office, text="Halo", purpose=Purpose.NOTICE)
