"""English versions: begun with the original's words, approved like any page, shown only in English and only beside a live original."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from serikat.kernel.access import actor_of
from serikat.kernel.errors import Denied, Missing
from serikat.newsroom.models import Article, EnglishTag, EnglishVersion, LivePage, StaticPage
from serikat.newsroom.services import editing
from serikat.newsroom.services.english import AlreadyBegun, begin_english_version
from serikat.newsroom.services.publishing import reflect_live
from serikat.newsroom.tests.builders import HARMLESS, a_picture, a_site, a_standing_page, an_article, go_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(centre):
    return a_site()


@pytest.fixture
def original(site):
    return an_article("Upah dibayar", cover=a_picture())


@pytest.fixture
def translated(sari, budi):
    """An English version, written by one editor and put live by another."""

    def translated(page, title="Wages paid", lead="Four months later.", body="<p>The factory paid.</p>"):
        english = begin_english_version(actor=actor_of(sari), page=page)
        english.title, english.lead, english.body = title, lead, [("paragraph", body)]
        revision = english.save_revision(user=sari)
        editing.approve_and_release(actor=actor_of(budi), page=english, revision_id=revision.pk, answers=HARMLESS)
        page.refresh_from_db()
        return EnglishVersion.objects.get(pk=english.pk)

    return translated


def test_it_begins_with_the_words_of_the_original_and_once(sign_in, sari, original):
    client = sign_in(sari)
    address = reverse("newsroom_desk:begin_english", args=[original.pk])
    assert "Mulai versi Inggris" in client.get(reverse("newsroom_desk:review", args=[original.pk])).content.decode()
    begun = client.post(address)
    english = EnglishVersion.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert (english.title, english.lead, english.live, english.unit) == (original.title, original.lead, False, original.unit)
    assert english.body.raw_data[0]["value"] == original.body.raw_data[0]["value"]
    assert client.get(begun["Location"]).status_code == 200
    assert client.post(address).status_code == 409
    assert EnglishVersion.objects.count() == 1
    assert client.post(reverse("newsroom_desk:begin_english", args=[english.pk])).status_code == 404
    review = client.get(reverse("newsroom_desk:review", args=[english.pk])).content.decode()
    assert "Aslinya dalam bahasa Indonesia" in review


def test_only_who_edits_the_page_begins_one(sari, wati, original, centre):
    with pytest.raises(Denied):
        begin_english_version(actor=actor_of(wati), page=original)
    with pytest.raises(Missing):
        begin_english_version(actor=actor_of(sari), page=original.get_parent().specific)
    begin_english_version(actor=actor_of(sari), page=original)
    with pytest.raises(AlreadyBegun):
        begin_english_version(actor=actor_of(sari), page=original)


def test_a_draft_shows_nowhere_and_an_approved_one_in_english_alone(client, sari, original, translated):
    begin_english_version(actor=actor_of(sari), page=original)
    before = client.get("/en/berita/upah-dibayar/").content.decode()
    assert ("Teras Upah dibayar." in before, "This story is in Indonesian. There is no English version yet." in before) == (
        True,
        True,
    )
    assert "Read in English" not in client.get("/berita/upah-dibayar/").content.decode()
    EnglishVersion.objects.get().delete()
    original.refresh_from_db()
    translated(original)
    english = client.get("/en/berita/upah-dibayar/").content.decode()
    assert ("<h1>Wages paid</h1>" in english, "The factory paid." in english, "Isi Upah dibayar." in english) == (
        True,
        True,
        False,
    )
    assert (
        '<link rel="canonical" href="https://example.org/en/berita/upah-dibayar/">'
        in english.replace(english.partition('rel="canonical" href="')[2].partition("/en/")[0], "https://example.org"),
        'lang="id"' in english.partition("<article")[2].partition(">")[0],
    ) == (True, False)
    assert 'href="/berita/upah-dibayar/"' in english
    assert "Ratri Pamungkas" in english
    indonesian = client.get("/berita/upah-dibayar/").content.decode()
    assert ("Wages" in indonesian, 'href="/en/berita/upah-dibayar/" hreflang="en"' in indonesian) == (False, True)


def test_lists_searches_and_links_speak_the_readers_language(client, original, translated):
    an_article("Cuti haid")
    english = translated(original)
    titles = {path: client.get(path).content.decode() for path in ("/", "/en/", "/berita/", "/en/berita/", "/en/tag/smc/")}
    assert {path: ("Wages paid" in page, "Upah dibayar" in page) for path, page in titles.items()} == {
        "/": (False, True), "/en/": (True, False), "/berita/": (False, True), "/en/berita/": (True, False), "/en/tag/smc/": (True, False),
    }  # fmt: skip
    assert '<h2 lang="id"><a href="/en/berita/cuti-haid/">' in titles["/en/berita/"]
    assert "lang=" not in titles["/berita/"].partition("<main")[2].partition("</main>")[0]
    found = client.get("/en/cari/?q=factory").content.decode()
    assert ("Wages" in found, 'href="/en/berita/upah-dibayar/"' in found) == (True, True)
    assert "Wages" not in client.get("/cari/?q=factory").content.decode()
    assert 'href="/en/berita/upah-dibayar/"' in client.get("/en/cari/?q=factories").content.decode()
    EnglishTag.objects.create(tag=original.tags.get(), name="Supply chain")
    named = client.get("/en/cari/?q=supply chains").content.decode()
    assert ('<a href="/en/tag/smc/">Supply chain</a>' in named, "try the Indonesian word" in named) == (True, True)
    code = LivePage.objects.get(pk=english.pk).head["code"]
    assert client.get(f"/s/{code}", follow=True).redirect_chain[-1][0] == "/en/berita/upah-dibayar/"
    assert "/en/berita/upah-dibayar/" in client.get("/sitemap-1.xml").content.decode()
    assert "Wages paid" in client.get("/en/berita/upah-dibayar/cetak/").content.decode()


def test_it_leaves_with_its_original_and_comes_back_with_it(client, original, translated):
    translated(original)
    original.unpublish()
    assert [client.get(path).status_code for path in ("/berita/upah-dibayar/", "/en/berita/upah-dibayar/")] == [410, 410]
    assert "Wages" not in client.get("/en/cari/?q=wages").content.decode().partition("<main")[2].replace('value="wages"', "")
    go_live(Article.objects.get(pk=original.pk))
    assert "Wages paid" in client.get("/en/berita/upah-dibayar/").content.decode()


def test_a_withdrawn_version_leaves_the_original_in_its_place(client, original, translated):
    translated(original).unpublish()
    assert "Teras Upah dibayar." in client.get("/en/berita/upah-dibayar/").content.decode()
    assert "Wages paid" not in client.get("/en/berita/").content.decode()
    assert LivePage.objects.filter(kind="english").count() == 0


def test_it_follows_the_address_and_the_picture_of_its_original(client, original, translated):
    translated(original)
    page = Article.objects.get(pk=original.pk)
    page.slug, page.cover_caption = "upah-lunas", "Hari kelima"
    page.save_revision()
    go_live(page)
    assert client.get("/en/berita/upah-dibayar/")["Location"] == "/en/berita/upah-lunas/"
    moved = client.get("/en/berita/upah-lunas/").content.decode()
    assert ("Wages paid" in moved, "Hari kelima" in moved) == (True, True)
    assert "The original changed after this translation" in moved


def test_a_standing_page_has_one_too(client, site, translated):
    translated(a_standing_page("Tentang kami"), title="About us", lead="", body="<p>We are a union.</p>")
    StaticPage.objects.update(in_footer=True)
    reflect_live(StaticPage.objects.get())
    english, indonesian = (client.get(path).content.decode().partition("<footer")[2] for path in ("/en/", "/"))
    assert ("About us" in english, "Tentang kami" in english, "Tentang kami" in indonesian) == (True, False, True)
    assert "We are a union." in client.get("/en/tentang-kami/").content.decode()
    assert "Isi Tentang kami." in client.get("/tentang-kami/").content.decode()


def test_rubrics_and_tags_have_english_names_and_say_where_they_have_none(client, sign_in, sari, original, translated):
    rubric, tag = original.rubric, original.tags.get()
    translated(original)
    before = client.get("/en/rubrik/upah/").content.decode()
    assert '<h1 lang="id">Upah</h1>' in before
    assert '<a href="/en/tag/smc/" rel="tag" lang="id">SMC</a>' in client.get("/en/berita/upah-dibayar/").content.decode()
    editor = sign_in(sari)
    values = {
        "name": rubric.name,
        "slug": rubric.slug,
        "position": "1",
        "in_strip": "on",
        "name_en": "Wages",
        "about_en": "Pay.",
    }
    assert editor.post(reverse("newsroom_desk:change_rubric", args=[rubric.pk]), values).status_code == 302
    assert editor.post(reverse("newsroom_desk:name_tag", args=[tag.pk]), {"name": " supply  chain "}).status_code == 302
    assert '<span lang="en">supply chain</span>' in editor.get(reverse("newsroom_desk:tags")).content.decode()
    after = {path: client.get(path).content.decode() for path in ("/en/rubrik/upah/", "/rubrik/upah/", "/en/tag/smc/")}
    assert ("<h1>Wages</h1>" in after["/en/rubrik/upah/"], '<p class="dim">Pay.</p>' in after["/en/rubrik/upah/"]) == (
        True,
        True,
    )
    assert ("<h1>Upah</h1>" in after["/rubrik/upah/"], "Wages<" in after["/rubrik/upah/"]) == (True, False)
    assert "supply chain</h1>" in after["/en/tag/smc/"]
    assert '<a href="/en/rubrik/upah/">Wages</a>' in after["/en/tag/smc/"].partition("<main")[0]
    english = client.get("/en/berita/upah-dibayar/").content.decode()
    assert ('rel="tag">supply chain</a>' in english, '/en/rubrik/upah/">Wages</a></p>' in english) == (True, True)
    assert editor.post(reverse("newsroom_desk:name_tag", args=[tag.pk]), {"name": ""}).status_code == 302
    assert "supply chain" not in client.get("/en/tag/smc/").content.decode()
    assert editor.post(reverse("newsroom_desk:name_tag", args=[tag.pk]), {"name": "x" * 61}).status_code == 422


def test_only_pages_with_words_in_both_languages_name_each_other(client, original, translated):
    an_article("Cuti haid")
    translated(original)
    pages = {path: client.get(path).content.decode() for path in ("/berita/upah-dibayar/", "/berita/cuti-haid/", "/berita/")}
    assert {path: page.count('rel="alternate" hreflang=') for path, page in pages.items()} == {
        "/berita/upah-dibayar/": 3,
        "/berita/cuti-haid/": 0,
        "/berita/": 3,
    }
    said = "(the text of this page is not translated)"
    assert [said in page for page in pages.values()] == [False, True, False]


def test_what_is_translated_can_be_read_as_a_feed(client, original, translated):
    an_article("Cuti haid")
    translated(original)
    rss, feed = client.get("/en/rss.xml").content.decode(), client.get("/en/feed.json").json()
    assert ("<language>en</language>" in rss, "Wages paid" in rss, "Cuti haid" in rss) == (True, True, False)
    assert [(item["title"], item["url"].partition("/en/")[2], item["content_html"].strip()) for item in feed["items"]] == [
        ("Wages paid", "berita/upah-dibayar/", "<p>The factory paid.</p>")
    ]
    assert feed["language"] == "en"
    listed = {path: client.get(path).content.decode() for path in ("/en/", "/en/berita/", "/en/tag/smc/", "/")}
    assert ["/en/rss.xml" in page for page in listed.values()] == [True, True, True, False]
    assert '<a class="inline-tap" href="/tag/smc/rss.xml" hreflang="id">' in listed["/en/tag/smc/"]


def test_an_english_page_costs_one_query_more(client, original, translated):
    an_article("Cuti haid")
    client.get("/en/berita/cuti-haid/")
    counts = []
    translated(original)
    for path in ("/berita/cuti-haid/", "/en/berita/cuti-haid/", "/en/berita/upah-dibayar/"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path + "?x=1")
        counts.append(len(queries))
    # the English names of tags are one read, remembered outside of a transaction
    assert [n - counts[0] for n in counts] == [0, 1, 2]
