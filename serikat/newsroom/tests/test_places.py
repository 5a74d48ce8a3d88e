"""The lists of places: a province and its regencies, with their feeds; an article leads to the one it comes from."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serikat.newsroom.rules import publishing as rules
from serikat.newsroom.tests.builders import a_picture, a_place, a_standing_page, an_article
from serikat.places.models import Level, Region

pytestmark = pytest.mark.usefixtures("site")
COUNTS = {"/tempat/32.16/": 8, "/tempat/32/": 8, "/tempat/32.16/rss.xml": 4, "/tempat/32/feed.json": 4}


@pytest.fixture
def bekasi():
    return a_place()


@pytest.fixture
def village(bekasi):
    district = Region.objects.create(
        code="32.16.08", parent=bekasi, level=Level.DISTRICT, name="Tambelang", folded="", line=""
    )
    return Region.objects.create(
        code="32.16.08.2003", parent=district, level=Level.VILLAGE, name="Sukamaju", folded="", line=""
    )


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize(("code", "shown"), [("", ""), ("32", "32"), ("32.16", "32.16"), ("32.16.08.2003", "32.16")])
def test_the_narrowest_place_with_a_list_is_the_regency(code, shown):
    assert rules.place_shown(code) == shown


def test_a_place_lists_its_articles_and_names_what_it_lies_in(client, village):
    an_article("Mogok di pabrik", place=village)
    an_article("Di tempat lain", place=a_place("35.29", "Kabupaten Sumenep", ("35", "Jawa Timur")))
    regency, province = text_of(client, "/tempat/32.16/"), text_of(client, "/tempat/32/")
    assert "<h1>Kabupaten Bekasi</h1>" in regency
    assert '<a href="/tempat/32/">Jawa Barat</a>' in regency
    assert "<h1>Jawa Barat</h1>" in province
    for text in (regency, province):
        assert ("Mogok di pabrik" in text, "Di tempat lain" in text) == (True, False)
    assert '<a class="inline-tap" href="/tempat/32.16/">Sukamaju</a>' in text_of(client, "/berita/mogok-di-pabrik/")
    assert '<a href="/en/tempat/32/">Jawa Barat</a>' in text_of(client, "/en/tempat/32.16/")


def test_an_article_of_a_whole_province_leads_there(client, bekasi):
    an_article("Mogok di pabrik", place=bekasi.parent)
    assert 'href="/tempat/32/">Jawa Barat</a>' in text_of(client, "/berita/mogok-di-pabrik/")
    assert client.get("/tempat/32.16/").status_code == 404


def test_a_place_has_feeds(client, bekasi):
    an_article("Mogok di pabrik", place=bekasi)
    page = text_of(client, "/tempat/32.16/")
    for path in ("/tempat/32.16/rss.xml", "/tempat/32.16/feed.json"):
        assert f'href="{path}"' in page
        assert "Mogok di pabrik" in text_of(client, path)
    feed = json.loads(text_of(client, "/tempat/32/feed.json"))
    assert feed["title"].endswith(": Jawa Barat")
    assert feed["home_page_url"].endswith("/tempat/32/")


def test_a_place_is_the_same_for_everybody(client, bekasi):
    an_article(place=bekasi)
    for path in COUNTS:
        assert client.get(path)["X-Serikat-Same-For-All"] == "1"


def test_a_place_without_articles_or_without_a_list_does_not_exist(client, village):
    an_article("Mogok di pabrik", place=village)
    for code in ("33", "32.16.08", "32.16.08.2003", "x", "%00", "32.16/", "٣٢", "3" * 300, "32.16/../32", "<b>"):
        assert (code, client.get(f"/tempat/{code}/").status_code) == (code, 404)


def test_a_place_of_hidden_articles_does_not_exist(client, bekasi):
    an_article("Draf", live=False, place=bekasi)
    gone = an_article("Ditarik", place=bekasi)
    gone.unpublish()
    assert client.get("/tempat/32.16/").status_code == 404
    assert client.get("/tempat/32/rss.xml").status_code == 404


def test_the_sitemap_names_articles_not_lists(client, bekasi):
    an_article("Mogok di pabrik", place=bekasi)
    assert "/tempat/" not in text_of(client, "/sitemap-1.xml")


@pytest.mark.slow
def test_a_place_asks_the_same_few_queries_for_one_and_for_three_articles(client, bekasi):
    def queries_of(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    an_article("Pertama", place=bekasi)
    a_standing_page(in_footer=True)
    for path in COUNTS:
        client.get(path)
    assert {path: queries_of(path) for path in COUNTS} == COUNTS
    for title in ("Kedua", "Ketiga"):
        an_article(title, cover=a_picture(), place=bekasi)
    assert {path: queries_of(path) for path in COUNTS} == COUNTS
