"""A channel whose readers are abroad carries the English version's title and lead, and its link leads to the English page; without one, nothing."""

from __future__ import annotations

import pytest

from serikat.kernel.access import actor_of
from serikat.newsroom.models import Article, EnglishTag, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import drafting, spreading
from serikat.newsroom.tests.builders import an_article
from serikat.newsroom.tests.test_english import translated  # noqa: F401
from serikat.newsroom.tests.test_spreading import S, add, approve, centre, desk, kinds, seal  # noqa: F401


@pytest.fixture
def wall(centre, kinds):  # noqa: F811
    return add("mastodon", "Mastodon")


@pytest.fixture
def article(centre):  # noqa: F811
    return an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.", tags=("upah", "garmen"))


def plan(article, who):
    return spreading.plan_distribution(actor=actor_of(who), article=Article.objects.get(pk=article.pk))


def test_a_variant_is_drafted_anew_in_english_and_leads_there(article, wall, translated, sari, client):  # noqa: F811
    translated(article)
    EnglishTag.objects.create(tag=article.tags.get(name="garmen"), name="Garment")
    variant = plan(article, sari).variants.get()
    address = reads.short_address(variant)
    assert client.get(f"/s/{variant.code}")["Location"] == "/berita/upah-dibayar/"
    client.force_login(sari)
    assert "Susun dalam bahasa Inggris" in client.get(desk("distribute", article.pk)).content.decode()

    page = client.post(desk("translate_variant", variant.pk), {"bahasa": "en"}, follow=True).content.decode()
    variant.refresh_from_db()
    assert variant.text == f"Wages paid\n\nFour months later.\n\n#Garment\n{address}"
    assert client.get(f"/s/{variant.code}")["Location"] == "/en/berita/upah-dibayar/"
    assert ("Susun dalam bahasa Indonesia" in page, 'lang="en"' in page) == (True, True)

    client.post(desk("translate_variant", variant.pk), {"bahasa": "id"})
    variant.refresh_from_db()
    assert (variant.english, variant.text.startswith("Upah dibayar")) == (False, True)
    assert client.get(f"/s/{variant.code}")["Location"] == "/berita/upah-dibayar/"


def test_without_an_english_version_nothing_is_offered(article, wall, sari, client):
    variant = plan(article, sari).variants.get()
    client.force_login(sari)
    assert "bahasa Inggris" not in client.get(desk("distribute", article.pk)).content.decode()
    answer = client.post(desk("translate_variant", variant.pk), {"bahasa": "en"}, follow=True)
    assert "belum punya versi Inggris yang tayang" in answer.content.decode()
    variant.refresh_from_db()
    assert (variant.english, variant.text.startswith("Upah dibayar")) == (False, True)


def test_a_channel_of_readers_abroad_begins_in_english_the_next_time(article, wall, translated, sari):  # noqa: F811
    add("x", "X")
    translated(article)
    first = plan(article, sari).variants.get(channel=wall)
    drafting.translate_variant(actor=actor_of(sari), variant=first, english=True)
    later, never = an_article("Lembur dibayar"), an_article("Cuti haid")
    translated(later, title="Overtime paid", lead="At last.")
    drafted = {v.channel.name: v.text.partition("\n")[0] for v in plan(later, sari).variants.select_related("channel")}
    assert drafted == {"Mastodon": "Overtime paid", "X": "Lembur dibayar"}
    assert not any(v.english for v in plan(never, sari).variants.all())


def test_what_was_approved_in_one_language_is_read_anew_in_the_other(article, wall, translated, sari, budi):  # noqa: F811
    translated(article)
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    read = seal(made)
    drafting.translate_variant(actor=actor_of(sari), variant=made.variants.get(), english=True)
    assert made.variants.get().state == S.DRAFT
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    with pytest.raises(spreading.ReadAnew):
        spreading.approve_distribution(actor=actor_of(budi), distribution=made, seal=read)
    approve(made, budi)
    with pytest.raises(drafting.ChangedMeanwhile):
        drafting.translate_variant(actor=actor_of(sari), variant=made.variants.get(), english=False)


def test_an_english_page_that_left_leads_to_the_original(article, wall, translated, sari, client):  # noqa: F811
    english = translated(article)
    variant = plan(article, sari).variants.get()
    drafting.translate_variant(actor=actor_of(sari), variant=variant, english=True)
    english.unpublish()
    assert client.get(f"/s/{variant.code}")["Location"] == "/berita/upah-dibayar/"


def test_subscribers_are_written_to_in_indonesian(article, centre, kinds, translated, sari):  # noqa: F811
    add("told", "SMS pusat")
    translated(article)
    variant = plan(article, sari).variants.get()
    with pytest.raises(drafting.InIndonesian):
        drafting.translate_variant(actor=actor_of(sari), variant=variant, english=True)
    assert Variant.objects.get().english is False
