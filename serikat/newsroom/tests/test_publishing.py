"""Going live: bodies, pictures within their weight, listings, short codes, embeds; the rules alone and the services together."""

from __future__ import annotations

import random
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from serikat.kernel import generation
from serikat.kernel.access import console
from serikat.newsroom.models import ArticleIndex, HomePage, Listing, LivePage, OldAddress
from serikat.newsroom.rules import publishing as rules
from serikat.newsroom.rules.embeds import read_embed
from serikat.newsroom.selectors import english
from serikat.newsroom.services.pictures import prepare_picture, shown, shown_as_cover
from serikat.newsroom.services.publishing import prepare_pictures_of, reflect_everything
from serikat.newsroom.services.site import found_site
from serikat.newsroom.tests.builders import a_picture, a_rubric, a_standing_page, a_unit, an_article, go_live, image_file


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=1m5s",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?start=65",
        ),
        ("http://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://www.youtube.com/embed/abcdefghijk?rel=0", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://player.vimeo.com/video/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://www.youtube.com/watch?v=<script>", ""),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", ""),
        ("https://example.org/video", ""),
    ],
)
def test_read_embed_knows_players_and_links_to_the_rest(address, frame):
    assert read_embed(address).frame == frame


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "http://", "//x", "http://[::1"])
def test_read_embed_refuses_what_is_no_address(address):
    assert read_embed(address) is None


def test_short_codes_are_plain_and_spell_nothing():
    codes = [rules.short_code(random.Random(n).choice) for n in range(500)]
    assert all(re.fullmatch(r"(?:[bcdfghjkmnpqrtvwxyz][256789]){3}", code) for code in codes)


def test_place_keys_name_province_and_regency():
    assert rules.place_keys("32.16.08.2003") == ["place:32", "place:32.16"]
    assert (rules.place_keys("32"), rules.place_keys("")) == (["place:32"], [])


def test_list_keys_name_each_list_once():
    assert rules.list_keys(tags=[1], rubrics=[2, 2], bylines=[3], place="32.16") == [
        "all", "tag:1", "rubric:2", "byline:3", "place:32", "place:32.16",
    ]  # fmt: skip


def test_shortened_cuts_at_a_word():
    assert rules.shortened("satu dua, tiga empat", 12) == "satu dua…"
    assert rules.shortened("satu\n dua", 12) == "satu dua"


def test_found_site_replaces_the_welcome_page_and_may_be_done_again(db):
    for name in ("Suara Tali Rasa", "Suara Tali Rasa", "Nama baru"):
        found_site(actor=console(), unit=a_unit(), name=name)
    assert (HomePage.objects.count(), ArticleIndex.objects.count()) == (1, 1)
    assert sorted(LivePage.objects.values_list("path", "title")) == [("/", "Nama baru"), ("/berita/", "Berita")]


BODY = [
    (
        "paragraph",
        '<p>Ketik LAPOR &lt;spasi&gt; isi. <script>alert(1)</script><a href="javascript:x">x</a> <b onclick="x">b</b></p>',
    ),
    ("heading", {"text": "Judul <i>", "level": "3"}),
    ("quote", {"text": "<p>Kutip</p>", "cite": "Mbak <Tun>"}),
    ("callout", {"kind": "warning", "title": "Awas", "text": "<p>Jangan</p>"}),
    ("embed", {"url": "https://example.org/v", "title": ""}),
    ("table", {"caption": "Upah", "header": True, "rows": [["Tahun", "Upah"], ["2026", "<b>"]]}),
    ("preformatted", "LAPOR <spasi> isi"),
]


def test_a_body_is_drawn_clean_when_it_goes_live(site):
    html = LivePage.objects.get(pk=an_article(body=BODY).pk).html
    assert "LAPOR &lt;spasi&gt; isi" in html
    assert '<pre tabindex="0">LAPOR &lt;spasi&gt; isi</pre>' in html
    for bad in ("<script", "javascript:", "onclick", "<Tun>", "<i>", "style="):
        assert bad not in html
    for good in (
        "<h3>Judul &lt;i&gt;</h3>",
        "callout warn",
        '<th scope="col">Tahun</th>',
        "<td>&lt;b&gt;</td>",
        "https://example.org/v",
    ):
        assert good in html


@pytest.mark.slow
def test_pictures_have_their_measures_and_fit_their_weight(site):
    picture = a_picture(image_file(2400, 1500, noise=True))
    renditions = prepare_picture(picture)
    assert [(r.width, r.height) for r in renditions] == [(240, 150), (360, 225), (720, 450), (1080, 675)]
    assert all(r.file.size <= limit for r, limit in zip(renditions, (14_000, 40_000, 60_000, 110_000), strict=True))
    assert [r.pk for r in prepare_picture(picture)] == [r.pk for r in renditions]
    found = shown(picture)
    assert (found.width, found.height, found.srcset.count("w,")) == (1080, 675, 3)
    assert "-720" in found.src
    cover = shown_as_cover(picture)
    assert (cover.full, "-240" in cover.small.src, cover.shared.src.endswith(".jpg")) == (found, True, True)
    with picture.renditions.get(filter_spec="serikat-360").file.open() as file, Image.open(file) as small:
        assert (small.format, dict(small.getexif())) == ("WEBP", {})


def test_small_pictures_stay_small_and_broken_ones_do_not_stop_a_page(site, client):
    assert [r.width for r in prepare_picture(a_picture(image_file(300, 200, "PNG", "k.png")))] == [240, 300]
    broken = a_picture()
    broken.file.storage.delete(broken.file.name)
    broken.file.storage.save(broken.file.name, ContentFile(b"not a picture"))
    page = an_article(
        "Rusak", cover=broken, body=[("picture", {"picture": broken, "alt": "Kerumunan", "caption": "", "credit": ""})]
    )
    prepare_pictures_of(page)
    assert "Gambar tidak tersedia. Kerumunan" in client.get("/berita/rusak/").content.decode()


def test_listings_follow_the_article(site):
    page = an_article(tags=("satu", "dua"))
    assert sorted(k.split(":")[0] for k in Listing.objects.values_list("key", flat=True)) == [
        "all",
        "byline",
        "rubric",
        "tag",
        "tag",
    ]
    page.tags.remove("dua")
    page.save_revision()
    go_live(page)
    assert Listing.objects.filter(key__startswith="tag:").count() == 1
    page.unpublish()
    assert Listing.objects.count() == 0


def test_reflect_everything_writes_the_same_site_again(site):
    an_article()
    a_standing_page()
    before = list(LivePage.objects.order_by("pk").values())
    LivePage.objects.filter(path="/berita/").delete()
    rebuilt = reflect_everything()
    assert (rebuilt.pages, rebuilt.live, rebuilt.problems) == (len(before), len(before), [])
    assert [row["html"] for row in LivePage.objects.order_by("pk").values()] == [row["html"] for row in before]


def test_a_moved_standing_page_takes_its_children_along(site, client):
    parent, other = a_standing_page("Induk"), a_standing_page("Lain")
    a_standing_page("Anak", under=parent)
    assert client.get("/induk/anak/").status_code == 200
    parent.refresh_from_db()
    parent.move(other, "last-child")
    assert client.get("/induk/anak/")["Location"] == "/lain/induk/anak/"
    assert OldAddress.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_every_page_reads_is_remembered_until_something_public_changes():
    def names():
        return [rubric.name for rubric in english.rubrics()]

    a_rubric("Upah", "upah")
    generation.bump()
    assert names() == ["Upah"]
    a_rubric("PHK", "phk")
    with CaptureQueriesContext(connection) as queries:
        assert names() == ["Upah"]
    assert len(queries) == 0
    generation.bump()
    assert names() == ["PHK", "Upah"]
    with transaction.atomic():
        a_rubric("K3", "k3")
        assert len(names()) == 3
