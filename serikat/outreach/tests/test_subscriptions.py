"""Subscriptions by key word: registered, asked back, begun, ended; nobody subscribes a stranger."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.forgetting import Forgetting
from serikat.messaging.models import Address, Message, Purpose
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.tests.conftest import CONSOLE
from serikat.outreach.models import ListEntry, Pending, Subscriber, Subscription, Topic
from serikat.outreach.selectors.subscriptions import address_of_token, leave_token
from serikat.outreach.services import subscribing, topics
from serikat.outreach.services.forgetting import forget_in_outreach
from serikat.outreach.services.subscribing import CodeOver, WrongCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def wages(db):
    return topics.keep_topic(actor=CONSOLE, name="Upah dan lembur", word="upah", name_en="Wages")


@pytest.fixture
def say(keyed, arrives):
    """What is answered to a text."""

    def said(text, sender="0812 3456 789"):
        before = Message.objects.filter(purpose=Purpose.REPLY).count()
        arrives(keyed, text, sender, provider_id=f"{sender}{text}{timezone.now()}"[:190])
        route_arrived()
        answers = Message.objects.filter(purpose=Purpose.REPLY).order_by("pk")[before:]
        assert all(measure(one.text).count == 1 for one in answers)
        return answers[0].text if answers else None

    return said


def test_registration_names_the_village_or_is_asked_back(say, village):
    assert "DAFTAR Siti#" in say("daftar")
    assert say("DAFTAR Siti#Sukamaju") == (
        "Desa yang mana? Balas DAFTAR 1, DAFTAR 2, atau DAFTAR 3. 1) Cikarang Utara, Kab Bekasi. 2) Bontonompo, Kab Gowa."
    )
    assert say("daftar 2").startswith("Siti terdaftar di Sukamaju")
    kept = Subscriber.objects.get()
    assert (kept.name, kept.place_id, kept.choices) == ("Siti", "73.06.01.2001", [])
    assert say("DAFTAR Siti # Karangbarru").startswith("Siti terdaftar di Karangbaru")  # a slip is forgiven
    assert "tidak kami temukan" in say("DAFTAR Siti#Zzzzzz")
    assert Subscription.objects.filter(ended_at=None).count() == 2


@pytest.mark.parametrize(
    "words",
    [
        "klik http://jahat.example/x",
        "www.jahat.example",
        "jahat.example",
        "Menang! wa.me/628123",
        "h\u200bttps://jahat.example",
        "{berhenti}",
    ],
)
def test_an_answer_carries_no_strangers_link(say, village, words):
    """Who writes in another's name must not make us bring that other a link."""
    for text in (f"DAFTAR {words}#Karangbaru", f"DAFTAR Siti#{words}", f"DAFTAR {words}#Sukamaju, Zzz"):
        answer = say(text)
        assert not re.search(r"\w[./:]+\w", answer.replace("1)", "").replace("2)", "")), answer
        assert "{" not in answer


def test_subscribe_stop_one_topic_stop_all_and_start(say, wages):
    assert "UPAH" in say("LANGGANAN")
    assert say("langganan upah") == "Anda berlangganan Upah dan lembur. Berhenti: balas BERHENTI UPAH"
    assert say("LANGGANAN UPAH")
    assert Subscription.objects.get().ended_at is None
    assert "berhenti" in say("berhenti upah")
    assert Address.objects.get().stopped_at is None
    say("LANGGANAN upah")
    assert "MULAI" in say("BERHENTI")
    assert say("stop") == "Anda sudah berhenti. Mau lagi: balas MULAI."
    assert Address.objects.get().stopped_at is not None
    assert Subscription.objects.filter(ended_at=None).count() == 0
    assert "LANGGANAN" in say("mulai")
    assert Address.objects.get().stopped_at is None


def test_a_sentence_is_no_command(say, wages):
    for text in ("berhenti kerja sejak kemarin", "mulai kerja jam tujuh", "kapan mulai?"):
        assert "kirimi" not in (say(text) or "")
    assert Address.objects.get().stopped_at is None


def test_nothing_begins_before_the_code_is_typed(keyed, wages):
    pending = subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed="0812 111 2222", topics=[wages])
    code = Message.objects.get().text.split(": ")[1][:6]
    with pytest.raises(Refused):
        subscribing.confirm(pending=pending, code=str((int(code) + 1) % 10**6))
    assert Subscription.objects.count() == 0
    subscribing.confirm(pending=pending, code=f"{code[:3]} {code[3:]}")
    assert (Subscription.objects.get().topic, Pending.objects.count()) == (wages, 0)


def test_codes_are_guessed_five_times_and_sent_three_times_a_day(keyed, wages):
    asked = [
        subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed="08121112222", topics=[wages]) for _n in range(5)
    ]
    assert Message.objects.count() == 3
    code = Message.objects.first().text.split(": ")[1][:6]
    for _n in range(5):
        with pytest.raises(WrongCode):
            subscribing.confirm(pending=asked[0], code="x")
    with pytest.raises(CodeOver):
        subscribing.confirm(pending=asked[0], code=code)


def test_who_has_stopped_gets_no_code(keyed, wages):
    subscribing.unsubscribe(actor=ANONYMOUS, address=find_or_make_address(scheme="number", typed="08121112222"))
    subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed="08121112222", topics=[wages])
    assert Message.objects.count() == 0


def test_the_way_out_cannot_be_guessed(keyed):
    address = find_or_make_address(scheme="number", typed="08121112222")
    assert address_of_token(leave_token(address)) == address
    for token in ("", "1", f"{address.pk}-", leave_token(address)[:-1] + "!", "9" * 40):
        with pytest.raises(Missing):
            address_of_token(token)


@pytest.mark.parametrize("word", ["x", "dua kata", "BERHENTI", "kerja", "upah"])
def test_a_topic_takes_a_word_of_its_own(wages, word):
    with pytest.raises(Refused):
        topics.keep_topic(actor=CONSOLE, name="Lain", word=word)


def test_a_forgotten_person_is_on_no_list(say, wages, village):
    say("DAFTAR Siti#Karangbaru")
    say("LANGGANAN UPAH")
    forget_in_outreach(forgetting=Forgetting(frozenset(), ("+628123456789",)))
    assert [m.objects.count() for m in (Subscription, Subscriber, ListEntry, Pending)] == [0, 0, 0, 0]
    assert Topic.objects.count() == 1


def test_codes_on_one_channel_have_an_end_in_an_hour(keyed, wages, monkeypatch):
    monkeypatch.setattr(subscribing, "MOST_AN_HOUR", 2)
    for n in range(2):
        subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed=f"0812 0000 000{n}", topics=[wages])
    with pytest.raises(subscribing.TooManyCodes):
        subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed="0812 0000 0009", topics=[wages])
    assert Message.objects.count() == 2
    Pending.objects.update(asked_at=timezone.now() - timedelta(hours=1, seconds=1))
    subscribing.ask_for_code(actor=ANONYMOUS, channel=keyed, typed="0812 0000 0009", topics=[wages])
    assert Message.objects.count() == 3
