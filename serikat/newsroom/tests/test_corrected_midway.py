"""An article is corrected while its news is on the way: the error goes no further, and who had not got it gets what is right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.kernel.access import actor_of
from serikat.messaging.adapters import Outcome, Sort
from serikat.messaging.models import Message
from serikat.messaging.models import State as Sending
from serikat.messaging.services.sending import wake_waiting_channels
from serikat.messaging.tests.conftest import Told
from serikat.newsroom import places
from serikat.newsroom.models import Distribution, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import delivering, following, spreading
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same organisation, channels and subscribers
    Wall,
    add,
    always_day,
    article,
    centre,
    desk,
    drain,
    kinds,
    plan,
    release,
    sms,
    told,
    wages,
    wants,
    work,
)
from serikat.newsroom.tests.test_following import correct
from serikat.newsroom.tests.test_spreading import S, approve, states

pytestmark = pytest.mark.usefixtures("always_day")
LATER = Outcome(Sort.LATER, problem="Sibuk.")


@pytest.fixture
def subscribers(wants):  # noqa: F811
    return [wants(f"0812 0000 000{n}") for n in range(1, 5)]


@pytest.fixture
def half_sent(article, subscribers, sari, budi):  # noqa: F811
    """Two of four have it; the others wait for their next try."""
    Told.plan[:] = [Outcome(Sort.SENT), Outcome(Sort.SENT), LATER, LATER]
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    assert (len(told()), made.variants.get().state) == (2, S.SENDING)
    return made


def corrected(article, text="Upah dibayar Senin, bukan Selasa."):  # noqa: F811
    correct(article, text)
    return following.follow_article(article_id=article.pk)


def test_what_nobody_has_yet_is_read_again_and_goes_once_with_new_words(article, subscribers, sari, budi, client):  # noqa: F811
    made = plan(article, sari)
    release(made, sari, budi)
    assert corrected(article) == 0  # nobody to tell of an error
    drain(made)
    (variant,) = made.variants.all()
    assert (told(), variant.state, variant.receivers) == ([], S.DRAFT, 0)
    assert [str(row.about) for row in places.to_distribute(actor_of(sari))] == ["tertahan koreksi: baca lagi"]
    assert "Ada kabar yang belum keluar ketika beritanya dikoreksi" in Notice.objects.filter(user=sari).latest("pk").text
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert ("Beritanya dikoreksi sebelum ini keluar. Baca lagi sebelum dikirim." in page, "<b>4 penerima</b>" in page) == (
        True,
        True,
    )
    spreading.change_variant(actor=actor_of(sari), variant=variant, text="Upah dibayar Senin.")
    release(made, sari, budi)
    drain(made)
    assert (len(told()), len(set(told())), made.variants.get().state) == (4, 4, S.SENT)
    assert all(parcel.text.startswith("Upah dibayar Senin.") for parcel in Told.taken)
    assert places.to_distribute(actor_of(sari)) == []
    assert corrected(article, "Dan lunas.") == 1  # they are told of what is put right after


def test_before_the_worker_came_it_is_read_again(article, subscribers, sari, budi):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    corrected(article)
    work(made)
    assert (made.variants.get().state, Message.objects.count()) == (S.DRAFT, 0)


def test_who_had_not_got_it_gets_what_is_right_and_who_had_gets_the_correction(
    article,  # noqa: F811
    half_sent,
    sari,
    budi,
    client,
):
    first = half_sent.variants.get()
    had = set(told())
    assert corrected(article) == 1
    assert corrected(article, "Dan lunas.") == 1  # a second one, before anybody looked
    drain(half_sent)
    assert set(told()) == had
    first.refresh_from_db()
    rest = half_sent.variants.get(part=1)
    assert (first.state, rest.state, rest.writers.count()) == (S.SENT, S.DRAFT, 0)
    assert [str(row.about) for row in places.to_distribute(actor_of(sari))] == [
        "koreksinya belum disebar",
        "koreksinya belum disebar",
        "tertahan koreksi: baca lagi",
    ]
    client.force_login(sari)
    assert "Tertahan koreksi" in client.get(desk("distributions")).content.decode()
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert "Untuk yang belum menerimanya ketika berita dikoreksi." in page
    expected = {
        (s.distribution.kind, v.variant.part): v.expected for s in sheets_of(actor_of(sari), article) for v in s.variants
    }
    assert expected == {("news", 0): None, ("news", 1): 2, ("correction", 0): 2}
    release(half_sent, sari, budi)
    drain(half_sent)
    after = {parcel.to for parcel in Told.taken[2:]}
    assert (len(after), after & had) == (2, set())
    for right in Distribution.objects.filter(kind="correction"):
        before = len(Told.taken)
        release(right, sari, budi)
        drain(right)
        assert {parcel.to for parcel in Told.taken[before:]} == had
    assert reads.uncorrected(article) == []
    assert Message.objects.filter(state__in=[Sending.QUEUED, Sending.HELD]).count() == 0


def test_the_rest_is_corrected_on_the_way_too(article, half_sent, sari, budi):  # noqa: F811
    corrected(article)
    Told.plan[:] = [Outcome(Sort.SENT), LATER]
    release(half_sent, sari, budi)
    drain(half_sent)
    assert corrected(article, "Dan lunas.") == 1
    parts = {v.part: v.state for v in half_sent.variants.all()}
    assert parts == {0: S.SENT, 1: S.SENT, 2: S.DRAFT}
    release(half_sent, sari, budi)
    drain(half_sent)
    assert (len(told()), len(set(told()))) == (4, 4)
    second = Distribution.objects.filter(kind="correction").latest("pk")
    assert second.variants.count() == 1  # one for the channel, though two parts carried it
    release(second, sari, budi)
    drain(second)
    assert len(told()) == 4 + 3  # whoever got it before it was known


def test_what_is_in_a_workers_hands_may_leave_and_the_rest_follows(article, subscribers, sari, budi, monkeypatch):  # noqa: F811
    made = plan(article, sari)
    release(made, sari, budi)
    real = Told.send

    def meanwhile(self, parcels):
        correct(article)
        yield from real(self, parcels)

    monkeypatch.setattr(Told, "send", meanwhile)
    drain(made)
    assert (made.variants.get().state, Message.objects.filter(meant=Sending.CANCELLED, state=Sending.QUEUED).count()) == (
        S.SENDING,
        3,
    )
    Message.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    wake_waiting_channels()
    delivering.settle_variants()
    following.follow_article(article_id=article.pk)
    assert ({v.part: v.state for v in made.variants.all()}, len(told())) == ({0: S.SENT, 1: S.DRAFT}, 1)
    assert len(subscribers_of(made.variants.get(part=1))) == 3


def subscribers_of(variant):
    from serikat.newsroom.selectors.subscribers import ways_of  # reason: the name is a fixture's here

    return ways_of(variant)


def test_a_batch_on_its_way_into_the_queue_is_taken_back_too(article, subscribers, sari, budi, monkeypatch):  # noqa: F811
    monkeypatch.setattr(delivering, "BATCH", 2)
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    real = delivering.in_batches

    def meanwhile(*given):
        for n, batch in enumerate(real(*given)):
            if n == 1:
                corrected(article)
            yield batch

    monkeypatch.setattr(delivering, "in_batches", meanwhile)
    work(made)
    drain(made)
    assert (told(), made.variants.get().state) == ([], S.DRAFT)


def test_a_wall_that_has_not_carried_it_is_read_again(article, kinds, sari, budi):  # noqa: F811
    add("mastodon", "Mastodon")
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    assert corrected(article) == 0
    drain(made)
    assert (Wall.taken, states(made)) == ([], {"Mastodon": S.DRAFT})
    release(made, sari, budi)
    drain(made)
    assert (len(Wall.taken), states(made)) == (1, {"Mastodon": S.SENT})


def test_what_was_given_up_does_not_go_as_it_was(article, half_sent, sari):  # noqa: F811
    """An operator finds a message parked, and the article was corrected since."""
    parked = Message.objects.filter(state=Sending.QUEUED).first()
    Message.objects.filter(pk=parked.pk).update(state=Sending.PARKED)
    correct(article)
    parked.refresh_from_db()
    assert parked.state == Sending.CANCELLED
    Variant.objects.update(state=S.DOUBT)
    with pytest.raises(spreading.Corrected):
        spreading.resend_variant(actor=actor_of(sari), variant=half_sent.variants.get())


def test_old_news_is_not_spread_again_to_who_missed_it(article, half_sent):  # noqa: F811
    Variant.objects.update(sent_at=timezone.now() - delivering.LASTS - timedelta(hours=1))
    assert corrected(article) == 1
    assert half_sent.variants.count() == 1


def test_on_a_channel_that_retired_the_rest_gets_none(article, half_sent, sms):  # noqa: F811
    type(sms).objects.filter(pk=sms.pk).update(retired_at=timezone.now())
    corrected(article)
    assert half_sent.variants.count() == 1
