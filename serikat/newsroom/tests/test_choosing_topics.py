"""Whose subscribers get an article: as its rubrics and tags say, until an editor chooses others; from the second person's yes on it stays."""

from __future__ import annotations

import pytest

from serikat.audit.models import Entry
from serikat.kernel.access import actor_of
from serikat.newsroom.models import Article, Distribution
from serikat.newsroom.selectors import subscribers
from serikat.newsroom.selectors.digests import _piece
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import spreading
from serikat.newsroom.services.approval import OwnWork
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same channels and subscribers
    CONSOLE,
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
from serikat.newsroom.tests.test_spreading import approve, seal
from serikat.outreach.services import topics

S = spreading.State


@pytest.fixture
def migrants():
    return topics.keep_topic(actor=CONSOLE, name="Pekerja migran", word="migran")


@pytest.fixture
def two(wants, migrants):  # noqa: F811
    """One subscriber of what the article speaks of, one of another topic."""
    wants("0812 0000 0001")
    wants("0812 0000 0002", topic=migrants)


def choose(made, who, *chosen):
    spreading.choose_topics(actor=actor_of(who), distribution=made, topics=chosen)


def test_the_chosen_topics_get_it_and_the_article_s_do_not(article, two, migrants, sari, budi, always_day):  # noqa: F811
    made = plan(article, sari)
    choose(made, sari, migrants)
    made.refresh_from_db()
    release(made, sari, budi)
    drain(made)
    assert told() == ["+6281200000002"]
    assert Entry.objects.filter(action="newsroom.distribution.topics_chosen").count() == 1


def test_without_a_choice_it_goes_where_the_article_says(article, two, sari, budi, always_day):  # noqa: F811
    made = plan(article, sari)
    release(made, sari, budi)
    drain(made)
    assert told() == ["+6281200000001"]


def test_no_topic_leaves_the_place_alone(article, two, wants, sari, budi, always_day):  # noqa: F811
    wants("0812 0000 0003", place=article.place)
    made = plan(article, sari)
    choose(made, sari)
    made.refresh_from_db()
    release(made, sari, budi)
    drain(made)
    assert told() == ["+6281200000003"]


def test_what_was_approved_stays_whatever_becomes_of_rubrics_and_choices(article, two, migrants, sari, budi):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    approve(made, budi)
    Article.objects.filter(pk=article.pk).update(rubric=builders.a_rubric("Migran", "migran"))
    assert subscribers.topics_of(Article.objects.get(pk=article.pk)) == [migrants]
    with pytest.raises(spreading.ApprovedAlready):
        choose(made, sari, migrants)
    assert [topic.name for topic in subscribers.topics_for(Distribution.objects.get())] == ["Upah dan lembur"]
    work(made)
    assert made.variants.get().receivers == 1


def test_who_reads_approves_these_topics_and_no_others(article, two, migrants, sari, budi):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    read = seal(made)
    choose(made, budi, migrants)
    assert made.variants.get().state == S.DRAFT  # it waits anew
    made.refresh_from_db()
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    with pytest.raises(spreading.ReadAnew):
        spreading.approve_distribution(actor=actor_of(budi), distribution=made, seal=read)
    with pytest.raises(OwnWork):
        approve(made, budi)  # who chose does not say yes to it


def test_a_rubric_that_came_after_the_reading_is_read_anew(article, two, migrants, sari, budi):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    read = seal(made)
    Article.objects.filter(pk=article.pk).update(rubric=builders.a_rubric("Migran", "migran"))
    with pytest.raises(spreading.ReadAnew):
        spreading.approve_distribution(actor=actor_of(budi), distribution=made, seal=read)


def test_the_weekly_digest_follows_what_was_approved(article, two, migrants, sari, budi):  # noqa: F811
    made = plan(article, sari)
    choose(made, sari, migrants)
    fresh = Article.objects.get(pk=article.pk)
    assert migrants.pk not in _piece(fresh, "/x/").topics
    made.refresh_from_db()
    release(made, sari, budi)
    assert _piece(fresh, "/x/").topics == {migrants.pk}


def test_a_plan_shows_its_topics_and_takes_others(client, article, two, migrants, sari, budi):  # noqa: F811
    made = plan(article, sari)
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    for words in ("Kepada pelanggan: Upah dan lembur, Kabupaten Bekasi.", "Menurut rubrik dan tag berita: Upah dan lembur."):
        assert words in page
    answer = client.post(desk("choose_topics", made.pk), {"topics": [migrants.pk]}, follow=True)
    page = answer.content.decode()
    assert ("Kepada pelanggan: Pekerja migran, Kabupaten Bekasi." in page, "Topiknya disimpan." in page) == (True, True)

    wrong = client.post(desk("choose_topics", made.pk), {"topics": [999]})
    assert (wrong.status_code, 'class="fold" open' in wrong.content.decode()) == (422, True)
    made.refresh_from_db()
    release(made, sari, budi)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert ("Pilih topik" in page, "Kepada pelanggan: Pekerja migran" in page) == (False, True)
    late = client.post(desk("choose_topics", made.pk), {"topics": []}, follow=True)
    assert "Penyebaran ini sudah disetujui, jadi topiknya tetap." in late.content.decode()


def test_an_article_on_walls_alone_asks_for_no_topics(client, centre, wages, kinds, sari):  # noqa: F811
    from serikat.newsroom.tests.test_spreading import add  # reason: beside its use

    add("mastodon", "Mastodon")
    live = builders.an_article("Upah dibayar")
    plan(live, sari)
    client.force_login(sari)
    assert "Pilih topik" not in client.get(desk("distribute", live.pk)).content.decode()


def test_a_closed_topic_gets_nothing(article, two, migrants, sari):  # noqa: F811
    made = plan(article, sari)
    choose(made, sari, migrants)
    topics.keep_topic(actor=CONSOLE, topic=migrants, name="Pekerja migran", word="migran", closed=True)
    assert subscribers.topics_for(Distribution.objects.get()) == []
    assert sheets_of(actor_of(sari), article)[0].topics == []
