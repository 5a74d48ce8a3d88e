"""One mail a week of what was published in one's topics and places: its turn, whom it reaches, once, and nothing when there is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS
from serikat.messaging.models import Message
from serikat.messaging.services.sending import send_channel
from serikat.messaging.tests.conftest import Letters
from serikat.newsroom.models import Article, Digest, LivePage, Redress
from serikat.newsroom.rules import digests as rules
from serikat.newsroom.services import digests
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import an_article
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same organisation and channels
    always_day,
    centre,
    kinds,
    mail,
    sms,
    wages,
    wants,
)
from serikat.newsroom.tests.test_following import correct
from serikat.outreach.models import Subscription
from serikat.outreach.services import subscribing

HOME = ZoneInfo("Asia/Jakarta")
SATURDAY = datetime(2026, 5, 9, 7, 0, tzinfo=HOME)
LATER = SATURDAY + timedelta(minutes=10)


@pytest.fixture
def tell(mail, always_day):  # noqa: F811
    """The mails that a turn brings, by receiver."""

    def turn(now=LATER):
        before = len(Letters.taken)
        digests.send_digest(now=now)
        send_channel(channel_id=mail.pk)
        return {parcel.to: parcel for parcel in Letters.taken[before:]}

    return turn


@pytest.fixture
def siti(wants, mail):  # noqa: F811
    return wants("siti@contoh.example", channel=mail, weekly=True)


def week(title, days_before=1, **more):
    """An article that went live so many days before the turn."""
    return an_article(title, at=SATURDAY - timedelta(days=days_before), **more)


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (datetime(2026, 5, 9, 7, 0, tzinfo=HOME), datetime(2026, 5, 9, 7, 0, tzinfo=HOME)),
        (datetime(2026, 5, 9, 6, 59, 59, tzinfo=HOME), datetime(2026, 5, 2, 7, 0, tzinfo=HOME)),
        (datetime(2026, 5, 15, 23, 0, tzinfo=HOME), datetime(2026, 5, 9, 7, 0, tzinfo=HOME)),
        (datetime(2026, 5, 16, 7, 0, 1, tzinfo=HOME), datetime(2026, 5, 16, 7, 0, tzinfo=HOME)),
    ],
)
def test_a_turn_is_on_saturday_morning(now, turn):
    assert rules.turn_before(now) == turn


def test_near_is_the_same_place_one_inside_or_one_around():
    assert rules.near("32.16", "32.16")
    assert rules.near("32", "32.16.08")
    assert rules.near("32.16.08", "32")
    assert not rules.near("32.1", "32.16")
    assert not rules.near("", "32")


def test_each_gets_what_they_asked_for_in_one_mail(tell, wants, siti, mail, sms):  # noqa: F811
    place = builders.a_place()
    wants("budi@contoh.example", channel=mail, place=place, weekly=True)
    wants("each@contoh.example", channel=mail)
    week("Upah naik", 2, lead="Naik sepuluh persen.")
    week("Rapat di Bekasi", 1, rubric=builders.a_rubric("Kabar", "kabar"), tags=(), place=place, lead="Hari <Minggu>.")
    week("Soal lain", 1, rubric=builders.a_rubric("Kabar", "kabar"), tags=())
    week("Sudah lama", 9)
    week("Upah konsep", 1, live=False)
    an_article("Upah hari ini", at=LATER)
    got = tell()
    assert {to: parcel.subject for to, parcel in got.items()} == {
        "siti@contoh.example": "Upah naik",
        "budi@contoh.example": "Rapat di Bekasi",
    }
    text, page = got["budi@contoh.example"].text, got["budi@contoh.example"].html
    path = LivePage.objects.get(title="Rapat di Bekasi").path
    assert text.startswith(f"Rapat di Bekasi\nKabupaten Bekasi: Hari <Minggu>.\nhttp://127.0.0.1:8000{path}\n")
    assert "Upah naik" not in text + page
    assert "Hari &lt;Minggu&gt;." in page
    assert got["siti@contoh.example"].leave != got["budi@contoh.example"].leave
    for parcel in got.values():
        assert f"Berhenti berlangganan: {parcel.leave}" in parcel.text
        assert f'<a href="{parcel.leave}">' in parcel.html


def test_nothing_published_is_no_mail_and_the_next_turn_tells_all_since(tell, siti):
    assert tell() == {}
    assert Message.objects.count() == 0
    an_article("Upah satu", at=SATURDAY + timedelta(days=1))
    an_article("Upah dua", at=SATURDAY + timedelta(days=9))
    assert tell(LATER + timedelta(days=3)) == {}  # its turn has not come
    got = tell(LATER + timedelta(days=23))  # nothing ran for two weeks
    assert got["siti@contoh.example"].subject == "Upah dua, dan 1 lagi"
    assert [(one.until - one.after).days for one in Digest.objects.all()] == [21, 7]


def test_a_turn_reaches_each_once_however_often_the_worker_dies(tell, wants, siti, mail, monkeypatch):  # noqa: F811
    place = builders.a_place()
    wants("budi@contoh.example", channel=mail, place=place, weekly=True)
    week("Upah naik")
    week("Rapat", rubric=builders.a_rubric("Kabar", "kabar"), tags=(), place=place)
    real, calls = digests._queue_group, []

    def dies(*args):
        calls.append(args)
        if len(calls) == 2:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(digests, "_queue_group", dies)
    with pytest.raises(SystemExit):
        digests.send_digest(now=LATER)
    assert (Message.objects.count(), Digest.objects.get().done_at) == (1, None)
    assert (len(tell(LATER + timedelta(hours=1))), len(tell(LATER + timedelta(hours=2)))) == (2, 0)
    assert (Message.objects.count(), Digest.objects.count()) == (2, 1)


def test_who_has_stopped_gets_none(tell, siti):
    week("Upah naik")
    subscribing.unsubscribe(actor=ANONYMOUS, address=siti)
    assert tell() == {}


def test_what_was_put_right_stands_in_the_next_one_of_who_got_the_error(tell, wants, siti, mail):  # noqa: F811
    wrong, gone = week("Upah naik", 2), week("Upah turun", 3)
    tell()
    wants("baru@contoh.example", channel=mail, weekly=True)
    correct(wrong, "Sepuluh, bukan dua belas persen.", at=SATURDAY - timedelta(days=2))  # whatever moment the editor wrote
    Redress.objects.create(kind=Redress.Kind.WITHDRAWAL, article=gone, title="", ground="suspect", at=timezone.now())
    Article.objects.get(pk=gone.pk).unpublish()
    got = tell(LATER + timedelta(days=7))
    assert list(got) == ["siti@contoh.example"]
    text = got["siti@contoh.example"].text
    assert text.startswith("Koreksi: Upah naik\nSepuluh, bukan dua belas persen.\n")
    assert "Satu berita yang kami kabarkan sudah kami cabut" in text
    assert "Upah turun" not in text
    assert tell(LATER + timedelta(days=14)) == {}  # told once


def test_an_address_that_chose_the_digest_gets_no_article_by_itself(siti, wages, mail):  # noqa: F811
    subscribing.subscribe(actor=ANONYMOUS, channel=mail, address=siti, how="word", place=builders.a_place())
    assert set(Subscription.objects.values_list("weekly", flat=True)) == {True}
    subscribing.subscribe(actor=ANONYMOUS, channel=mail, address=siti, how="web", topics=[wages], weekly=False)
    assert set(Subscription.objects.values_list("weekly", flat=True)) == {False}
