"""Who subscribed to a topic or a place gets the article once, by day, while they want it; and its correction when they got the error."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS, SYSTEM, actor_of
from serikat.messaging.adapters import Limits, Outcome, Sort
from serikat.messaging.models import Message
from serikat.messaging.models import State as Sending
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.sending import send_channel
from serikat.messaging.services.stopping import stop_address
from serikat.messaging.tests.conftest import Letters, Told
from serikat.newsroom.models import Article, Distribution
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors import subscribers
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import delivering, following, spreading
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import a_unit, an_article
from serikat.newsroom.tests.test_following import correct
from serikat.newsroom.tests.test_spreading import (  # noqa: F401 the same organisation and channels
    CONSOLE,
    S,
    Short,
    Wall,
    add,
    approve,
    centre,
    desk,
    kinds,
)
from serikat.outreach.models import Subscription
from serikat.outreach.services import subscribing, topics
from serikat.people.models import Person
from serikat.people.services.contacts import put_contact_point
from serikat.places.models import Level, Region

DAY = "Asia/Jakarta"


@pytest.fixture
def sms(centre, kinds):  # noqa: F811
    return add("told", "SMS pusat", price=350)


@pytest.fixture
def mail(centre, kinds):  # noqa: F811
    return add("letters", "Surel kabar")


@pytest.fixture
def wages(db):
    return topics.keep_topic(actor=CONSOLE, name="Upah dan lembur", word="upah", name_en="Wages")


@pytest.fixture
def article(centre):  # noqa: F811
    """In the rubric "Upah", in Kabupaten Bekasi."""
    return an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.", place=builders.a_place())


@pytest.fixture
def wants(wages, sms):
    """An address that wants a topic or a place, by SMS unless told otherwise."""

    def make(typed, *, topic=None, place=None, channel=None, weekly=False):
        channel = channel or sms
        address = find_or_make_address(scheme=channel.scheme, typed=typed)
        Subscription.objects.create(
            address=address, channel=channel, topic=None if place else topic or wages, place=place, how="web", weekly=weekly
        )
        return address

    return make


@pytest.fixture
def always_day(monkeypatch):
    from serikat.messaging.services import sending  # reason: only the hour is not the test's

    monkeypatch.setattr(sending, "next_allowed", lambda now, zone: now)


def plan(article, who):
    return spreading.plan_distribution(actor=actor_of(who), article=article)


def release(made, sari, budi):
    """Sent for approval, approved, and put into the queue by the worker."""
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    work(made)


def work(made):
    for variant in made.variants.all():
        delivering.queue_variant(variant_id=variant.pk)


def drain(made):
    for variant in made.variants.all():
        send_channel(channel_id=variant.channel_id)
        spreading.note_settled(about=variant.ref)


def told(kind=Told):
    return sorted(parcel.to for parcel in kind.taken)


def test_subscribers_of_the_topic_and_of_the_place_get_it_each_once(article, wants, sms, sari, budi, always_day):
    province, regency = Region.objects.get(code="32"), Region.objects.get(code="32.16")
    village = Region.objects.create(code="32.16.08.2003", level=Level.VILLAGE, name="Sukamaju", folded="", line="")
    elsewhere = Region.objects.create(code="73", level=Level.PROVINCE, name="Sulawesi Selatan", folded="", line="")
    other = topics.keep_topic(actor=CONSOLE, name="Pekerja migran", word="migran")
    both = wants("0812 0000 0001")
    Subscription.objects.create(address=both, channel=sms, place=regency, how="word")
    for n, place in enumerate((province, regency, village), 2):
        wants(f"0812 0000 000{n}", place=place)
    wants("0812 0000 0005", place=elsewhere)
    wants("0812 0000 0006", topic=other)
    wants("0812 0000 0007", weekly=True)
    made = plan(article, sari)
    (sheet,) = sheets_of(actor_of(sari), article)
    assert (sheet.variants[0].expected, sheet.whom) == (4, ["Upah dan lembur", "Kabupaten Bekasi"])
    assert sheet.variants[0].cost == 4 * 350
    release(made, sari, budi)
    drain(made)
    assert told() == [f"+6281200000{n:03d}" for n in (1, 2, 3, 4)]
    (variant,) = made.variants.all()
    assert (variant.state, variant.receivers) == (S.SENT, 4)
    (sheet,) = sheets_of(actor_of(sari), article)
    assert (sheet.variants[0].expected, sheet.variants[0].outcomes) == (None, [("terkirim", 4)])


def test_a_text_to_subscribers_is_one_sms_with_link_and_way_out(article, wants, sari, budi, always_day):
    wants("0812 0000 0001")
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    (parcel,) = Told.taken
    assert parcel.text == f"Upah dibayar {reads.short_address(made.variants.get())}\nStop: balas BERHENTI"
    assert measure(parcel.text).count == 1


def test_a_mail_to_subscribers_carries_each_ones_own_way_out(article, wants, mail, sari, budi, always_day):
    for n in (1, 2):
        wants(f"s{n}@contoh.example", channel=mail)
    made = plan(article, sari)
    wants("minggu@contoh.example", channel=mail, weekly=True)
    (sheet,) = sheets_of(actor_of(sari), article)
    assert (sheet.weekly, [one.expected for one in sheet.variants]) == (1, [0, 2])
    release(made, sari, budi)
    drain(made)
    ways = {parcel.leave for parcel in Letters.taken}
    assert len(ways) == 2
    assert all(f"Berhenti berlangganan: {parcel.leave}" in parcel.text for parcel in Letters.taken)


def test_who_has_stopped_and_who_is_protected_gets_nothing(article, wants, sari, budi, always_day):
    stopped, late = wants("0812 0000 0001"), wants("0812 0000 0002")
    for number, fields in (
        ("+6281200000003", {"threat_level": "high"}),
        ("+6281200000004", {"restricted_at": timezone.now()}),
    ):
        wants(number)
        put_contact_point(owner=Person.objects.create(unit=a_unit(), shown_as="Orang", **fields), kind="phone", value=number)
    stop_address(actor=SYSTEM, address=stopped)
    made = plan(article, sari)
    (sheet,) = sheets_of(actor_of(sari), article)
    assert sheet.variants[0].expected == 1
    assert dict(sheet.left_out) == {"minta berhenti": 1, "terlindungi": 1, "datanya dibatasi": 1}
    release(made, sari, budi)
    subscribing.unsubscribe(actor=ANONYMOUS, address=late)
    delivering.settle_variants()
    assert (told(), made.variants.get().state) == ([], S.SENT)  # the one who was meant has stopped meanwhile


def test_one_person_with_two_addresses_gets_it_once(article, wants, sms, mail, sari, budi, always_day):
    person = Person.objects.create(unit=a_unit(), shown_as="Siti")
    put_contact_point(owner=person, kind="email", value="siti@contoh.example")
    put_contact_point(owner=person, kind="phone", value="+6281200000001")
    wants("siti@contoh.example", channel=mail)
    wants("0812 0000 0001")
    wants("0812 0000 0002")
    made = plan(article, sari)
    (sheet,) = sheets_of(actor_of(sari), article)
    assert {one.variant.channel.name: one.expected for one in sheet.variants} == {"SMS pusat": 1, "Surel kabar": 1}
    release(made, sari, budi)
    drain(made)
    assert (told(), told(Letters)) == (["+6281200000002"], ["siti@contoh.example"])


def test_of_two_channels_to_one_number_the_one_they_chose_is_used(article, wants, sms, sari, budi, always_day):
    second = add("told", "SMS cadangan")
    wants("0812 0000 0001", channel=second)
    wants("0812 0000 0002")
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    rows = Message.objects.order_by("address").values_list("channel__name", "address__index")
    assert sorted(name for name, _index in rows) == ["SMS cadangan", "SMS pusat"]
    live = an_article("Lain", place=builders.a_place())
    made = plan(live, sari)
    spreading.drop_variant(actor=actor_of(sari), variant=made.variants.get(channel=second))
    release(made, sari, budi)
    assert made.variants.get(channel=sms).receivers == 2


def test_the_worker_dies_and_begins_again(article, wants, sms, sari, budi, monkeypatch, always_day):
    for n in range(5):
        wants(f"0812 0000 000{n}")
    monkeypatch.setattr(delivering, "BATCH", 2)
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    real, calls = delivering.receivers_on, []

    def dies(*, ways):
        calls.append(len(ways))
        if len(calls) == 2:
            raise SystemExit
        return real(ways=ways)

    monkeypatch.setattr(delivering, "receivers_on", dies)
    with pytest.raises(SystemExit):
        work(made)
    drain(made)
    assert (made.variants.get().state, len(Told.taken)) == (S.SENDING, 2)  # what was sent early ends nothing
    work(made)
    drain(made)
    work(made)
    drain(made)
    assert (len(told()), len(set(told()))) == (5, 5)
    assert (made.variants.get().state, made.variants.get().receivers) == (S.SENT, 5)


def test_nothing_goes_at_night_and_the_correction_waits_too(article, wants, sari, budi, monkeypatch):
    from serikat.messaging.services import sending  # reason: the hour is the test's

    morning = timezone.now() + timedelta(hours=7)
    zones = []
    monkeypatch.setattr(sending, "next_allowed", lambda now, zone: zones.append(zone) or morning)
    wants("0812 0000 0001")
    wants("+852 5123 4567")
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    assert (told(), set(zones)) == ([], {DAY, "Asia/Hong_Kong"})
    assert set(Message.objects.values_list("not_before", flat=True)) == {morning}


def test_to_nobody_is_no_error_and_needs_no_correction(article, sms, sari, budi):
    made = plan(article, sari)
    release(made, sari, budi)
    variant = made.variants.get()
    assert (variant.state, variant.receivers) == (S.SENT, 0)
    correct(article)
    assert (following.follow_article(article_id=article.pk), reads.uncorrected(article)) == (0, [])


def test_a_correction_goes_to_those_who_got_the_error(article, wants, sms, sari, budi, always_day):
    wants("0812 0000 0001")
    gone = wants("0812 0000 0002")
    refused = wants("0812 0000 0003")
    Told.plan[:] = [Outcome(Sort.SENT), Outcome(Sort.SENT), Outcome(Sort.REFUSED)]
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    assert Message.objects.get(address=refused).state == Sending.REFUSED
    wants("0812 0000 0009")  # came later: never saw the error
    subscribing.unsubscribe(actor=ANONYMOUS, address=gone)
    correct(article)
    assert following.follow_article(article_id=article.pk) == 1
    right = Distribution.objects.get(kind="correction")
    sheets = sheets_of(actor_of(sari), article)
    assert [one.expected for one in sheets[1].variants] == [1]
    release(right, sari, budi)
    drain(right)
    (parcel,) = Told.taken[2:]
    assert parcel.to == "+6281200000001"
    assert parcel.text.startswith("Koreksi: Upah dibayar Senin, bukan Selasa.")
    assert reads.uncorrected(article) == []


def test_withdrawn_while_it_waits_nobody_gets_it_and_come_back_all_do(article, wants, sari, budi, always_day):
    wants("0812 0000 0001")
    made = plan(article, sari)
    release(made, sari, budi)
    Article.objects.get(pk=article.pk).unpublish()
    drain(made)
    variant = made.variants.get()
    assert (told(), variant.state) == ([], S.WITHDRAWN)
    assert following.follow_article(article_id=article.pk) == 0
    builders.go_live(Article.objects.get(pk=article.pk))
    spreading.change_variant(actor=actor_of(sari), variant=variant, text="Upah dibayar, sudah diperiksa.")
    release(made, sari, budi)
    drain(made)
    assert told() == ["+6281200000001"]


def test_withdrawn_before_the_worker_came_nothing_is_queued(article, wants, sari, budi):
    wants("0812 0000 0001")
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    Article.objects.get(pk=article.pk).unpublish()
    work(made)
    assert (made.variants.get().state, Message.objects.count()) == (S.WITHDRAWN, 0)


def test_which_topics_an_article_speaks_of(centre, wages):  # noqa: F811
    named = topics.keep_topic(actor=CONSOLE, name="Jaminan sosial", word="bpjs")
    topics.keep_topic(actor=CONSOLE, name="Pekerja migran", word="migran")
    closed = topics.keep_topic(actor=CONSOLE, name="Aksi", word="aksi", closed=True)
    live = an_article(
        "Satu", tags=("jaminan  Sosial", "Upah minimum 2027", "aksi"), rubric=builders.a_rubric("Kabar", "kabar")
    )
    assert subscribers.topics_of(live) == [named, wages]
    assert closed not in subscribers.topics_of(live)


def test_the_page_takes_the_same_number_of_queries_for_one_and_three(article, wants, sari, client):
    counts = []
    for numbers in ((1,), (2, 3)):
        for n in numbers:
            wants(f"0812 0000 000{n}")
        plan(article, sari)
        client.force_login(sari)
        client.get(desk("distribute", article.pk))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(desk("distribute", article.pk)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_page_says_how_many_would_get_it_and_how_many_did(article, wants, sms, sari, budi, client, always_day):
    for n in range(3):
        wants(f"0812 0000 000{n}")
    made = plan(article, sari)
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert "Kepada pelanggan: Upah dan lembur, Kabupaten Bekasi." in page
    assert "<b>3 penerima</b>, perkiraan biaya Rp1.050" in page
    assert "Stop: balas BERHENTI" in page
    Told.plan[:] = [Outcome(Sort.SENT), Outcome(Sort.REFUSED), Outcome(Sort.SENT)]
    release(made, sari, budi)
    drain(made)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert "3 penerima: 2 terkirim, 1 ditolak penyedia" in " ".join(page.split())


def test_the_public_cover_goes_along_where_a_channel_takes_pictures(centre, kinds, sari, budi, client, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Wall, "limits", Limits(longest=500, pictures=True, a_second=1000))
    add("mastodon", "Mastodon")
    add("x", "X")
    picture = builders.a_picture(builders.image_file(exif=b"Exif\x00\x00GPS-rahasia"), description="Gerbang pabrik")
    live = an_article("Upah dibayar", cover=picture)
    made = plan(live, sari)
    client.force_login(sari)
    page = client.get(desk("distribute", live.pk)).content.decode()
    assert page.count("Gambar sampul ikut dikirim.") == 1
    assert page.count("Gambar sampul tampil dari halaman berita") == 1
    release(made, sari, budi)
    drain(made)
    (with_picture,), (without,) = Wall.taken, Short.taken
    assert (with_picture.picture.mime, with_picture.picture.alt) == ("image/jpeg", "Gerbang pabrik")
    assert with_picture.picture.content[:2] == b"\xff\xd8"
    assert b"rahasia" not in with_picture.picture.content
    assert without.picture is None
    correct(live)
    following.follow_article(article_id=live.pk)
    right = Distribution.objects.get(kind="correction")
    release(right, sari, budi)
    drain(right)
    assert Wall.taken[1].picture is None


def test_a_cover_that_is_gone_keeps_no_word_back(centre, kinds, sari, budi, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Wall, "limits", Limits(longest=500, pictures=True, a_second=1000))
    add("mastodon", "Mastodon")
    made = plan(an_article("Upah dibayar", cover=builders.a_picture()), sari)
    release(made, sari, budi)
    shared = Message.objects.get().shared
    shared.picture = {**shared.picture, "name": "pictures/tidak-ada.jpg"}
    shared.save()
    drain(made)
    assert [parcel.picture for parcel in Wall.taken] == [None]


def test_what_reached_nobody_is_not_called_sent(article, sms, sari, budi, client, always_day):
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    (variant,) = made.variants.all()
    assert (variant.state, variant.receivers) == (S.SENT, 0)
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert ("tanpa penerima" in page, ">terkirim<" in page, "diikuti 0 kali" in page) == (True, False, False)
