"""An article is corrected while its news is on the way, and something else happens as well."""

from __future__ import annotations

import pytest

from serikat.kernel.access import actor_of
from serikat.messaging.adapters import Outcome, Sort
from serikat.messaging.models import Message
from serikat.messaging.tests.conftest import Letters, Told
from serikat.newsroom import places
from serikat.newsroom.models import Article, Distribution, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import delivering, following, spreading
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.tests.test_corrected_midway import LATER, corrected, half_sent, subscribers  # noqa: F401
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same organisation, channels and subscribers
    Wall,
    add,
    always_day,
    article,
    centre,
    drain,
    kinds,
    mail,
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
from serikat.people.models import Person
from serikat.people.services.contacts import put_contact_point

pytestmark = pytest.mark.usefixtures("always_day")


def test_the_new_words_go_though_a_provider_refused_one_of_the_old(article, subscribers, sari, budi):  # noqa: F811
    Told.plan[:] = [Outcome(Sort.REFUSED), LATER, LATER, LATER]
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    corrected(article)
    drain(made)
    following.follow_article(article_id=article.pk)
    variant = made.variants.get()
    assert variant.state == S.DRAFT
    spreading.change_variant(actor=actor_of(sari), variant=variant, text="Upah dibayar Senin.")
    before = len(Told.taken)
    release(made, sari, budi)
    drain(made)
    assert [parcel.text.startswith("Upah dibayar Senin.") for parcel in Told.taken[before:]] == [True] * 3


@pytest.mark.parametrize("followed", [False, True])
def test_what_waits_for_a_yes_is_read_anew(article, subscribers, sari, budi, followed):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    seal = reads.seal_of(reads.waiting_variants(made))  # the page is open before another's eyes
    correct(article)
    if followed:
        following.follow_article(article_id=article.pk)
    with pytest.raises((spreading.ReadAnew, spreading.NothingWaits)):
        spreading.approve_distribution(actor=actor_of(budi), distribution=made, seal=seal)
    following.follow_article(article_id=article.pk)
    variant = made.variants.get()
    assert (variant.state, variant.held_at is not None) == (S.DRAFT, True)
    release(made, sari, budi)
    drain(made)
    assert len(told()) == 4
    correct(article, "Dan lunas.")


@pytest.mark.parametrize("end", [S.DROPPED, S.WITHDRAWN])
def test_who_had_it_by_one_channel_gets_it_by_no_other_when_the_rest_is_dropped(
    article,  # noqa: F811
    subscribers,  # noqa: F811
    mail,  # noqa: F811
    wants,  # noqa: F811
    sari,
    budi,
    centre,  # noqa: F811
    end,
):
    person = Person.objects.create(unit=centre, shown_as="Siti")
    for kind, value in (("phone", "+6281200000001"), ("email", "siti@contoh.example")):
        put_contact_point(owner=person, kind=kind, value=value)
    wants("siti@contoh.example", channel=mail)
    made = plan(article, sari)
    by_mail = made.variants.get(channel=mail)
    spreading.drop_variant(actor=actor_of(sari), variant=by_mail)  # later
    Told.plan[:] = [Outcome(Sort.SENT), Outcome(Sort.SENT), LATER, LATER]
    release(made, sari, budi)
    drain(made)
    assert len(told()) == 2
    corrected(article)
    Variant.objects.filter(part=1).update(state=end)
    by_mail.refresh_from_db()
    spreading.change_variant(actor=actor_of(sari), variant=by_mail, text="Upah dibayar Senin.")
    release(made, sari, budi)
    drain(made)
    assert told(Letters) == []


def test_a_job_that_slept_through_the_correction_puts_no_old_words_into_the_queue(
    article,  # noqa: F811
    subscribers,  # noqa: F811
    sari,
    budi,
    monkeypatch,
):
    monkeypatch.setattr(delivering, "BATCH", 2)
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    real = delivering.in_batches

    def asleep(*given):
        for n, batch in enumerate(real(*given)):
            if n == 1:
                monkeypatch.setattr(delivering, "in_batches", real)
                corrected(article)
                spreading.change_variant(actor=actor_of(sari), variant=made.variants.get(), text="Upah dibayar Senin.")
                spreading.submit_distribution(actor=actor_of(sari), distribution=made)
                approve(made, budi)
            yield batch

    monkeypatch.setattr(delivering, "in_batches", asleep)
    work(made)
    work(made)
    drain(made)
    assert [parcel.text.startswith("Upah dibayar Senin.") for parcel in Told.taken] == [True] * 4


def test_what_was_sent_off_in_the_same_moment_does_not_leave(article, subscribers, kinds, sari, budi):  # noqa: F811
    """PostgreSQL: the correction's transaction does not see that of the yes, which ends after it."""
    add("mastodon", "Mastodon")
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    Variant.objects.update(state=S.APPROVED)
    correct(article)
    Variant.objects.update(state=S.SENDING)
    work(made)
    following.follow_article(article_id=article.pk)
    drain(made)
    following.follow_article(article_id=article.pk)
    assert (told(), Wall.taken, set(states(made).values())) == ([], [], {S.DRAFT})
    assert Message.objects.count() == 0


def uncorrect(article):  # noqa: F811
    page = Article.objects.get(pk=article.pk)
    page.corrections.set([])
    page.save_revision()
    with approved_batch(batch="uji"):
        page.get_latest_revision().publish()
    return following.follow_article(article_id=article.pk)


def test_a_correction_that_is_removed_at_once_keeps_the_news_from_nobody(article, half_sent, sari, budi):  # noqa: F811
    correct(article)
    assert uncorrect(article) == 0
    assert {v.part: v.state for v in half_sent.variants.all()} == {0: S.SENT, 1: S.DRAFT}
    release(half_sent, sari, budi)
    drain(half_sent)
    assert (len(told()), len(set(told()))) == (4, 4)


def test_a_correction_that_is_removed_is_not_spread(article, half_sent, sari, budi):  # noqa: F811
    assert corrected(article) == 1
    right = Distribution.objects.get(kind="correction")
    spreading.submit_distribution(actor=actor_of(sari), distribution=right)
    uncorrect(article)
    assert right.variants.get().state == S.DROPPED
    with pytest.raises(spreading.NothingWaits):
        approve(right, budi)
    assert [str(row.about) for row in places.to_distribute(actor_of(sari))] == ["tertahan koreksi: baca lagi"]


def test_who_missed_it_when_it_was_withdrawn_gets_it_when_it_is_back(article, half_sent, sari, budi):  # noqa: F811
    Article.objects.get(pk=article.pk).unpublish()
    following.follow_article(article_id=article.pk)
    assert half_sent.variants.get().state == S.SENT
    with approved_batch(batch="uji"):
        Article.objects.get(pk=article.pk).get_latest_revision().publish()
    following.follow_article(article_id=article.pk)
    release(half_sent, sari, budi)
    drain(half_sent)
    assert (len(told()), len(set(told()))) == (4, 4)


def test_no_withdrawal_is_spread_of_what_is_back(article, half_sent, sari, budi):  # noqa: F811
    def withdraw():
        Article.objects.get(pk=article.pk).unpublish()
        return following.follow_article(article_id=article.pk)

    assert withdraw() == 1
    spreading.submit_distribution(actor=actor_of(sari), distribution=Distribution.objects.get(kind="withdrawal"))
    with approved_batch(batch="uji"):
        Article.objects.get(pk=article.pk).get_latest_revision().publish()
    following.follow_article(article_id=article.pk)
    assert Distribution.objects.filter(kind="withdrawal").count() == 0
    assert withdraw() == 1  # and when it goes again, they are told
    release(Distribution.objects.get(kind="withdrawal"), sari, budi)
    drain(Distribution.objects.get(kind="withdrawal"))
    assert (len(told()), len(set(told()))) == (4, 2)


def test_a_page_of_before_the_correction_sends_nothing_again(article, half_sent, sari):  # noqa: F811
    """A second correction is taken away again before anybody looked."""
    corrected(article)
    rest = half_sent.variants.get(part=1)
    spreading.drop_variant(actor=actor_of(sari), variant=rest)
    corrected(article, "Dan lunas.")
    assert {v.part: v.state for v in half_sent.variants.all()} == {0: S.SENT, 1: S.DROPPED}
    spreading.change_variant(actor=actor_of(sari), variant=rest, text="Upah dibayar Senin, lunas.")
    assert half_sent.variants.get(part=1).state == S.DRAFT
