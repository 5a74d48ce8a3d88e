"""A correction may be written in English too: where it is, who reads the article in English reads it so; where it is not, nothing changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.kernel.access import actor_of
from serikat.newsroom.models import Article, Correction, Distribution, LivePage, Redress
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import answering, drafting, editing, following, spreading
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.tests.builders import HARMLESS, an_article
from serikat.newsroom.tests.test_answering import send
from serikat.newsroom.tests.test_english import translated  # noqa: F401
from serikat.newsroom.tests.test_spreading import add, approve, centre, desk, drain, kinds  # noqa: F401

OURS, THEIRS = "Upah dibayar Senin, bukan Selasa.", "Wages were paid on Monday, not on Tuesday."


@pytest.fixture
def article(centre):  # noqa: F811
    return an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.")


@pytest.fixture
def read_abroad(article, kinds, translated, sari, budi):  # noqa: F811
    """An article that stands on two walls, on one of them in English."""
    abroad = add("mastodon", "Mastodon")
    add("x", "X")
    translated(article)
    plan = spreading.plan_distribution(actor=actor_of(sari), article=Article.objects.get(pk=article.pk))
    drafting.translate_variant(actor=actor_of(sari), variant=plan.variants.get(channel=abroad), english=True)
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    approve(plan, budi)
    drain(plan)
    return article


def correct(article, english=THEIRS, at=None):
    page = Article.objects.get(pk=article.pk)
    moment = at or timezone.now()
    page.corrections.add(Correction(text=OURS, text_en=english, at=moment))
    page.save_revision()
    with approved_batch(batch="uji"):
        page.get_latest_revision().publish()
    following.follow_article(article_id=article.pk)
    return moment


def drafted():
    rows = Distribution.objects.get(kind="correction").variants.select_related("channel")
    return {one.channel.name: one.text.partition("\n")[0] for one in rows}


def test_each_wall_is_corrected_in_its_own_language(read_abroad, sari, client):
    correct(read_abroad)
    assert drafted() == {"Mastodon": f"Correction: {THEIRS}", "X": f"Koreksi: {OURS}"}
    client.force_login(sari)
    assert "Terjemahkan koreksinya" not in client.get(desk("distribute", read_abroad.pk)).content.decode()


def test_without_english_words_the_frame_is_english_and_the_desk_asks(read_abroad, sari, client):
    correct(read_abroad, english="")
    assert drafted()["Mastodon"] == f"Correction (in Indonesian): {OURS}"
    client.force_login(sari)
    assert client.get(desk("distribute", read_abroad.pk)).content.decode().count("Terjemahkan koreksinya") == 1


def test_english_words_that_come_later_reach_a_draft_that_nobody_touched(read_abroad, sari):
    correct(read_abroad, english="")
    page = Article.objects.get(pk=read_abroad.pk)
    one = page.corrections.get()
    one.text_en = THEIRS
    page.corrections = [one]
    page.save_revision()
    with approved_batch(batch="uji"):
        page.get_latest_revision().publish()
    assert following.follow_article(article_id=page.pk) == 0
    assert drafted()["Mastodon"] == f"Correction: {THEIRS}"
    mine = Distribution.objects.get(kind="correction").variants.get(channel__name="Mastodon")
    spreading.change_variant(actor=actor_of(sari), variant=mine, text="In my own words.")
    following.follow_article(article_id=page.pk)
    assert drafted()["Mastodon"] == "In my own words."


def test_the_english_page_its_feeds_and_the_public_list_say_it_in_english(article, translated, client):  # noqa: F811
    translated(article)
    before = LivePage.objects.get(kind=LivePage.Kind.ENGLISH).changed_at
    moment = correct(article)
    assert before < moment == LivePage.objects.get(kind=LivePage.Kind.ENGLISH).changed_at
    ways = ["/berita/upah-dibayar/", reverse("newsroom:print", args=["upah-dibayar"]), "/hak-jawab/catatan/"]
    for address in [*(f"/en{way}" for way in ways), "/en/rss.xml", "/en/feed.json"]:
        page = client.get(address).content.decode()
        assert (THEIRS in page, OURS in page) == (True, False), address
    for address in [*ways, "/berita/rss.xml"]:
        page = client.get(address).content.decode()
        assert (THEIRS in page, OURS in page) == (False, True), address


def test_the_public_list_names_the_article_as_its_readers_know_it(article, translated, client):  # noqa: F811
    correct(article)
    page = client.get("/en/hak-jawab/catatan/").content.decode()
    assert ('lang="id">Upah dibayar</a>' in page, "Wages paid" in page) == (True, False)
    translated(article)
    page = client.get("/en/hak-jawab/catatan/").content.decode()
    assert ("Upah dibayar" in page, ">Wages paid</a>" in page) == (False, True)
    assert ">Upah dibayar</a>" in client.get("/hak-jawab/catatan/").content.decode()


def test_without_english_words_the_english_page_says_in_which_language_it_is(article, translated, client):  # noqa: F811
    translated(article)
    correct(article, english="")
    assert f'<p lang="id">{OURS}</p>' in client.get("/en/berita/upah-dibayar/").content.decode()
    assert f'lang="id">{OURS}</span>' in client.get("/en/hak-jawab/catatan/").content.decode()
    items = json.loads(client.get("/en/feed.json").content)["items"]
    assert [f'<p lang="id">{OURS}</p>' in item["content_html"] for item in items] == [True]


def edit(client, page, **values):
    """The editor's form with one new correction."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(address).content.decode()
    fields = {
        "title": page.title,
        "slug": page.slug,
        "lead": page.lead,
        "unit": page.unit_id,
        "body-count": "0",
        "byline_links-TOTAL_FORMS": "0",
        "byline_links-INITIAL_FORMS": "0",
        "corrections-TOTAL_FORMS": "1",
        "corrections-INITIAL_FORMS": "0",
        "corrections-0-at": "2026-11-20T09:00",
        "corrections-0-text": OURS,
        "corrections-0-text_en": THEIRS,
        "corrections-0-ORDER": "1",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = client.post(address, fields | values)
    return shown, answer


def test_the_editor_asks_for_it_where_somebody_reads_the_article_in_english(article, translated, sari, client):  # noqa: F811
    client.force_login(sari)
    shown, answer = edit(client, article)
    page = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert ("text_en" in shown, answer.status_code) == (False, 302)
    assert [(c.text, c.text_en) for c in page.corrections.all()] == [(OURS, "")]

    other = an_article("Lembur dibayar")
    translated(other, title="Overtime paid")
    shown, answer = edit(client, other)
    assert ("corrections-__prefix__-text_en" in shown, answer.status_code) == (True, 302)
    page = Article.objects.get(pk=other.pk).get_latest_revision_as_object()
    assert [(c.text, c.text_en) for c in page.corrections.all()] == [(OURS, THEIRS)]
    _shown, answer = edit(client, other, **{"corrections-0-text_en": "x" * 601})
    assert "600 karakter" in answer.content.decode()
    review = client.get(reverse("newsroom_desk:review", args=[other.pk])).content.decode()
    assert (OURS in review, f'<p lang="en">{THEIRS}</p>' in review) == (True, True)


def test_what_changed_in_english_stands_in_the_trail(article, translated, sari, client):  # noqa: F811
    translated(article)
    client.force_login(sari)
    edit(client, article)
    entry = Entry.objects.filter(action="newsroom.page.saved").latest("pk")
    assert THEIRS in str(list(entry.values.values_list("value", flat=True)))


def test_an_accepted_request_brings_both_languages(article, translated, sari, budi, client):  # noqa: F811
    request, _code = send(article, "correction")
    client.force_login(sari)
    address = reverse("newsroom_desk:request", args=[request.pk])
    assert "ya-correction_en" not in client.get(address).content.decode()
    translated(article)
    assert "ya-correction_en" in client.get(address).content.decode()
    said = {"ya-answer": "Benar.", "ya-correction": OURS, "ya-correction_en": THEIRS}
    assert client.post(reverse("newsroom_desk:accept_request", args=[request.pk]), said).status_code == 302
    shown = client.get(address).content.decode()
    assert (OURS in shown, THEIRS in shown) == (True, True)
    page = Article.objects.get(pk=article.pk)
    editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    assert list(Redress.objects.values_list("words", "words_en")) == [(OURS, THEIRS)]


def test_what_is_withdrawn_without_its_title_leaves_no_words_in_either_language(article, translated, sari, budi):  # noqa: F811
    translated(article)
    correct(article, at=timezone.now() - timedelta(hours=1))
    request, _code = send(article, "withdrawal")
    answering.accept_request(actor=actor_of(sari), request=request, answer="Baik.", ground="child", announced=False)
    request.refresh_from_db()
    answering.confirm_decision(actor=actor_of(budi), request=request)
    assert Redress.objects.count() == 2
    assert [(one.title, one.words, one.words_en) for one in Redress.objects.all()] == [("", "", "")] * 2


def test_the_page_of_an_article_asks_the_same_for_any_number_of_corrections(read_abroad, sari, client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert sheets_of(actor_of(sari), Article.objects.get(pk=read_abroad.pk))
        return len(queries)

    correct(read_abroad, english="")
    one = asked()
    correct(read_abroad, english="")
    assert asked() == one
