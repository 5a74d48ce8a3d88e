"""Workers' posts and clips are found beside news, in the sitemap and in a feed, as long as they show."""

from __future__ import annotations

import uuid
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.kernel import fulltext
from serikat.kernel.access import SYSTEM
from serikat.kernel.gate import OFFLINE
from serikat.newsroom.models import Clip, LiveClip, Post
from serikat.newsroom.services.clips import drop_shown
from serikat.newsroom.services.finding import find_everything
from serikat.newsroom.services.showing import show, take_off
from serikat.newsroom.tests.builders import a_site, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(centre):
    return a_site()


@pytest.fixture
def told(sari, centre):
    def told(title="Kipas ruang jahit", text="Kipas mati sejak Maret. Hubungi 0812-3456-7890.", **fields):
        number = Post.objects.count() + 1
        post = Post.objects.create(
            code=f"KODE{number}", key=uuid.uuid4(), writer=sari, unit=centre, title=title, text=text, named_as="pen",
            name="Melati", sent_at=timezone.now() - timedelta(hours=number), **fields,
        )  # fmt: skip
        show(actor=SYSTEM, post=post)
        return post

    return told


@pytest.fixture
def clip(centre):
    made = Clip.objects.create(title="Pagi di gerbang", slug="pagi-di-gerbang", kind="video", unit=centre, work="ready")
    now = timezone.now()
    words = {
        "title": made.title,
        "about": "Direkam pekerja",
        "captions": "WEBVTT\n\n00:00.000 --> 00:02.000\nKipas belum diganti\n",
    }
    LiveClip.objects.create(clip=made, slug=made.slug, token="t" * 16, kind="video", shown_at=now, changed_at=now, **words)
    find_everything()
    return made


def search(client, query):
    return client.get(f"/cari/?{query}").content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_question_is_answered_from_everywhere(client, site, told, clip):
    an_article("Kipas diganti")
    post = told()
    found = search(client, "q=kipas")
    for address in ("/berita/kipas-diganti/", f"/tulisan/{post.code}/", "/video/pagi-di-gerbang/"):
        assert f'href="{address}"' in found, address
    assert "Tidak ada yang cocok" in search(client, "q=zzzz")
    assert "Tidak ada yang cocok" not in search(client, "q=Maret")


def test_what_is_covered_or_taken_off_is_not_found(client, site, told, clip):
    post = told()
    assert "/tulisan/" not in search(client, "q=3456")
    take_off(post=post, state=Post.State.WITHDRAWN)
    drop_shown(clip=clip)
    assert "Tidak ada yang cocok" in search(client, "q=kipas")
    assert fulltext.find("newsroom_posts", "kipas").count == 0


def test_one_place_is_paged_and_an_unknown_one_is_everywhere(client, site, told):
    for number in range(23):
        told(f"Kipas {number}")
    everywhere = search(client, "q=kipas")
    assert (everywhere.count('href="/tulisan/'), "di=ruang-buruh" in everywhere, "Semua 23" in everywhere) == (3, True, True)
    assert search(client, "q=kipas&di=ruang-buruh").count('href="/tulisan/') == 20
    assert search(client, "q=kipas&di=ruang-buruh&hal=2").count('href="/tulisan/') == 3
    assert search(client, "q=kipas&di=../x").count('href="/tulisan/') == 3


def test_a_search_asks_the_same_number_of_queries_with_more_answers(client, site, told, clip):
    counts = []
    an_article("Kipas satu")
    told()
    search(client, "q=kipas")
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            search(client, "q=kipas")
        counts.append(len(queries))
        for number in range(3):
            told(f"Kipas {number}")
            an_article(f"Kipas baru {number}")
        search(client, "q=upah")
    assert counts[0] == counts[1]


def test_search_engines_and_feeds_are_told(client, site, told, clip):
    post = told()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert sitemap.count("/sitemap-") == 3
    parts = [client.get(f"/sitemap-{number}.xml").content.decode() for number in (1, 2, 3)]
    assert (f"/tulisan/{post.code}/" in parts[1], "/video/pagi-di-gerbang/" in parts[2]) == (True, True)
    assert client.get("/sitemap-4.xml").status_code == 404
    feed = ET.fromstring(client.get("/ruang-buruh/rss.xml").content)
    assert [item.findtext("title") for item in feed.iter("item")] == [post.title]
    assert "0812-3456" not in ET.tostring(feed, encoding="unicode")


def test_reindex_fills_what_was_there_before(client, site, told):
    post = told()
    fulltext.drop("newsroom_posts", post.pk)
    assert "/tulisan/" not in search(client, "q=kipas")
    call_command("reindex")
    assert "/tulisan/" in search(client, "q=kipas")


def test_a_post_may_be_read_without_network(client, site, told):
    answer = client.get(f"/tulisan/{told().code}/")
    assert answer[OFFLINE] == "article"
