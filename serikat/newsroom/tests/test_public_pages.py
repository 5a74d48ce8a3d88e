"""The public pages: what they show, how few queries they ask, and that they are the same for everybody."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from serikat.kernel.access import console
from serikat.newsroom.models import Article, Byline, Comment, Correction, LivePage, ShortLink
from serikat.newsroom.services.naming import change_byline
from serikat.newsroom.tests.builders import START, a_picture, a_rubric, a_standing_page, an_article, go_live, image_file
from serikat.ui import sitemaps

pytestmark = pytest.mark.usefixtures("site")

PAGES = [
    "/",
    "/berita/",
    "/berita/mogok-di-pabrik/",
    "/tag/smc/",
    "/rubrik/upah/",
    "/penulis/ratri-pamungkas/",
    "/tentang-kami/",
]
MACHINES = [
    "/berita/rss.xml",
    "/berita/feed.json",
    "/tag/smc/rss.xml",
    "/rubrik/upah/feed.json",
    "/sitemap.xml",
    "/sitemap-1.xml",
]


def parsed(text):
    return ElementTree.fromstring(text)  # noqa: S314 - our own answer


def text_of(client, path, **kwargs):
    answer = client.get(path, **kwargs)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_article_page_shows_the_article(client):
    page = an_article("Mogok di pabrik", cover=a_picture(), cover_caption="Hari keempat & kelima")
    page.corrections.add(Correction(at=START, text="Semula 421, yang benar 412."))
    page.save_revision()
    go_live(page)
    Comment.objects.create(article=page, name="Wening", text="Terima <b>kasih</b>", at=START, approved=True)
    Comment.objects.create(article=page, name="Jahat", text="rahasia", at=START)
    text = text_of(client, "/berita/mogok-di-pabrik/")
    for words in (
        "<h1>Mogok di pabrik</h1>",
        "Teras Mogok di pabrik.",
        "<p>Isi Mogok di pabrik.</p>",
        "Ratri Pamungkas",
        ">Upah<",
        ">SMC<",
        "Hari keempat &amp; kelima",
        '<span class="credit">Bagas</span>',
        "Semula 421, yang benar 412.",
        "Terima &lt;b&gt;kasih&lt;/b&gt;",
        "WIB",
        "1 menit baca",
        f"/<wbr>s/<wbr>{page.short_link.code}",
    ):
        assert words in text
    assert "rahasia" not in text
    assert page.shown_at == page.first_published_at


def test_article_opens_with_a_large_letter_only_before_enough_words(client):
    long = "Buku tulis itu berpindah tangan di bawah terpal. " * 6
    for title, html, drops in (
        ("Panjang", f"<p>{long}</p>", True),
        ("Pendek", "<p>Artikel</p>", False),
        ("Tebal dulu", f"<p><b>Tujuan</b>: {long}</p>", False),
        ("Daftar dulu", f"<ul><li>{long}</li></ul><p>{long}</p>", False),
    ):
        page = an_article(title, body=[("paragraph", html)])
        assert ('<div class="prose drop">' in text_of(client, f"/berita/{page.slug}/")) is drops, title


def test_article_of_midnight_shows_its_day_alone(client):
    """Archives that know no hour say midnight."""
    midnight, later = datetime(2026, 4, 30, 17, tzinfo=UTC), datetime(2026, 4, 30, 17, 1, tzinfo=UTC)
    for title, at, shown in (
        ("Lama", midnight, "Jumat, 1 Mei 2026</time>"),
        ("Baru", later, "Jumat, 1 Mei 2026, 00.01 WIB</time>"),
    ):
        page = an_article(title, at=at)
        assert shown in text_of(client, f"/berita/{page.slug}/")
        assert shown in text_of(client, f"/berita/{page.slug}/cetak/")


def test_small_picture_keeps_its_own_size_where_it_would_be_enlarged(client):
    an_article("Kecil", cover=a_picture(image_file(300, 200)))
    assert '<img class="pic own"' in text_of(client, "/")
    assert '<img class="pic"' in text_of(client, "/berita/")
    an_article("Besar", cover=a_picture(image_file(1200, 800)))
    assert '<img class="pic own"' not in text_of(client, "/")


def test_public_pages_are_the_same_for_everybody(client):
    an_article("Mogok di pabrik")
    a_standing_page()
    client.force_login(get_user_model().objects.create(username="sari", name="Sari"))
    for path in [*PAGES, *MACHINES, "/robots.txt"]:
        answer = client.get(path)
        assert (path, answer.status_code, answer["X-Serikat-Same-For-All"]) == (path, 200, "1")
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert b"csrfmiddlewaretoken" not in answer.content
        assert b"Sari" not in answer.content


def test_public_pages_speak_english_under_en(client):
    an_article("Mogok di pabrik")
    a_standing_page()
    for path in PAGES:
        text = text_of(client, f"/en{path}")
        assert '<html lang="en">' in text
        own = re.sub(r'<a [^>]*hreflang="id">', "", text)
        assert (
            re.findall(
                r'href="/(?!en/|static/|media/|manifest|berita/rss|berita/feed|tag/smc/(?:rss|feed)|rubrik/upah/(?:rss|feed)|penulis/ratri-pamungkas/(?:rss|feed))[^"]*"',
                own,
            )
            == []
        )


COUNTS = {
    "/": 7,
    "/berita/": 6,
    "/berita/mogok-di-pabrik/": 8,
    "/tag/smc/": 8,
    "/rubrik/upah/": 7,
    "/penulis/ratri-pamungkas/": 8,
    "/tentang-kami/": 5,
    "/cari/?q=isi": 10,
}
COUNTS |= {"/berita/rss.xml": 2, "/tag/smc/feed.json": 4, "/sitemap.xml": 3, "/sitemap-1.xml": 2}


@pytest.mark.slow
def test_each_page_asks_the_same_few_queries_for_one_and_for_three_articles(client):
    def queries_of(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    an_article("Mogok di pabrik")
    a_standing_page(in_footer=True)
    for path in COUNTS:
        client.get(path)
    assert {path: queries_of(path) for path in COUNTS} == COUNTS
    for title in ("Kedua", "Ketiga"):
        an_article(title, cover=a_picture())
    assert {path: queries_of(path) for path in COUNTS} == COUNTS


def hidden_articles():
    """An article in each state that the public must not see; each says SECRET."""
    an_article("SECRET draft", live=False)
    later = an_article("SECRET terjadwal", live=False)
    later.go_live_at = timezone.now() + timezone.timedelta(days=2)
    later.save_revision(approved_go_live_at=later.go_live_at)
    kept = an_article("SECRET privat")
    PageViewRestriction.objects.create(page=kept, restriction_type=PageViewRestriction.LOGIN)
    gone = an_article("SECRET ditarik")
    gone.unpublish()
    edited = an_article("Terbuka untuk umum")
    edited.title, edited.lead = "SECRET judul baru", "SECRET"
    edited.body = [("paragraph", "<p>SECRET</p>")]
    edited.save_revision()
    return [later, kept, gone]


def test_what_is_not_live_shows_nowhere(client):
    an_article("Mogok di pabrik")
    a_standing_page()
    a_standing_page("SECRET halaman", live=False, in_footer=True)
    hidden = hidden_articles()
    paths = [
        *PAGES,
        *MACHINES,
        "/berita/terbuka-untuk-umum/",
        "/cari/?q=secret",
        "/cari/?q=isi",
        "/penulis/ratri-pamungkas/rss.xml",
    ]
    for path in paths:
        text = text_of(client, path)
        assert "SECRET" not in text.replace("SECRET halaman dicari", "")
        assert "secret-" not in text
    for slug in ("secret-draft", "secret-terjadwal", "secret-privat", "secret-ditarik"):
        answer = client.get(f"/berita/{slug}/")
        assert answer.status_code in (404, 410)
        assert b"SECRET" not in answer.content
        assert client.get(f"/berita/{slug}/cetak/").status_code == 404
    assert client.get("/secret-halaman/").status_code == 404
    for page in hidden:
        code = ShortLink.objects.filter(page=page).values_list("code", flat=True).first()
        if code:
            assert client.get(f"/s/{code}").status_code == 404
            assert client.get(f"/s/{code}.svg").status_code == 404


def test_a_tag_or_author_without_live_articles_does_not_exist(client):
    an_article("Draft", live=False, tags=("tersembunyi",))
    assert client.get("/tag/tersembunyi/").status_code == 404
    assert client.get("/penulis/ratri-pamungkas/").status_code == 404
    assert client.get("/rubrik/upah/").status_code == 200


def test_a_restriction_hides_at_once_and_when_lifted_the_page_shows_as_soon_as_it_is_written_anew(client):
    page = an_article("Mogok di pabrik")
    kept = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/berita/mogok-di-pabrik/").status_code == 410
    kept.delete()
    assert client.get("/berita/mogok-di-pabrik/").status_code == 410
    go_live(page)
    assert client.get("/berita/mogok-di-pabrik/").status_code == 200


def test_a_restriction_of_the_whole_site_hides_all(client, site):
    an_article("Mogok di pabrik")
    PageViewRestriction.objects.create(page=site, restriction_type=PageViewRestriction.LOGIN)
    assert LivePage.objects.count() == 0


def test_a_page_that_changes_its_address_leads_on(client):
    page = an_article("Mogok di pabrik")
    page.slug = "mogok-di-cikarang"
    page.save_revision()
    go_live(page)
    answer = client.get("/berita/mogok-di-pabrik/")
    assert (answer.status_code, answer["Location"]) == (301, "/berita/mogok-di-cikarang/")


def test_a_deleted_page_leaves_nothing(client):
    page = an_article("Mogok di pabrik")
    Article.objects.get(pk=page.pk).delete()
    assert client.get("/berita/mogok-di-pabrik/").status_code == 404
    assert "Mogok" not in text_of(client, "/berita/")
    assert "Tidak ada" in text_of(client, "/cari/?q=mogok")


def test_old_addresses_lead_to_the_page(client):
    page = an_article("Mogok di pabrik")
    for old in ("/berita/2014/08/26/mogok.html", "/?p=12", "/index.php?p=12", "/berita/lama/"):
        page.old_addresses.create(path=old)
    for old in ("/berita/2014/08/26/mogok.html", "/?p=12", "/index.php?p=12", "/berita/lama/", "/berita/lama/?utm=x"):
        answer = client.get(old)
        assert (old, answer.status_code, answer["Location"]) == (old, 301, "/berita/mogok-di-pabrik/")
    page.unpublish()
    assert client.get("/?p=12").status_code == 410


def test_addresses_are_forgiving(client):
    an_article("Mogok di pabrik")
    assert client.get("/berita/mogok-di-pabrik")["Location"] == "/berita/mogok-di-pabrik/"
    assert client.get("/tag/SMC/")["Location"] == "/tag/smc/"
    code = ShortLink.objects.get(page__slug="mogok-di-pabrik").code
    assert client.get(f"/s/{code.upper()}")["Location"] == "/berita/mogok-di-pabrik/"


NOWHERE = [
    "/nope",
    "/berita/x/",
    "/tag/x/",
    "/rubrik/x/",
    "/penulis/x/",
    "/s/x",
    "/s/x.svg",
    "/berita/x/cetak/",
    "/sitemap-9.xml",
    "/tag/x/rss.xml",
    "/" + "a" * 3000,
    "/%00",
    "/tag/%00/",
    "/rubrik/%00/",
    "/penulis/%00/",
    "/berita/%00/",
    "/berita/%F0%9F%98%80/",
    "/../etc/passwd",
    "/en/nope",
]


def test_what_does_not_exist_says_so_and_offers_the_search(client):
    for path in NOWHERE:
        answer = client.get(path)
        assert (path, answer.status_code, b'name="q"' in answer.content) == (path, 404, True)


def test_a_page_number_that_makes_no_sense_gives_a_page(client):
    an_article()
    for number in ("0", "-1", "99999", "abc", "1e9", "", "²", "%00"):
        for path in ("/berita/?", "/cari/?q=isi&"):
            assert client.get(f"{path}hal={number}").status_code == 200, (path, number)


def test_feeds_can_be_read(client):
    an_article("Mogok & <b>upah</b>", lead="Teras & <i>lain</i>")
    rss = parsed(text_of(client, "/berita/rss.xml"))
    item = rss.find("channel/item")
    assert (item.findtext("title"), item.findtext("description")) == ("Mogok & <b>upah</b>", "Teras & <i>lain</i>")
    feed = json.loads(text_of(client, "/tag/smc/feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["title"] == "Mogok & <b>upah</b>"
    assert "Isi Mogok" in feed["items"][0]["content_html"]
    assert feed["items"][0]["tags"] == ["SMC"]


def test_sitemap_names_live_pages_alone(client):
    an_article("Mogok di pabrik")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = parsed(text_of(client, "/sitemap.xml"))
    assert [e.text for e in index.findall("s:sitemap/s:loc", names)] == [
        "http://127.0.0.1:8000/sitemap-1.xml",
        *(f"http://127.0.0.1:8000{reverse(name)}" for name in sitemaps.names()),  # the lists of other rooms
    ]
    part = parsed(text_of(client, "/sitemap-1.xml"))
    paths = [e.text.removeprefix("http://127.0.0.1:8000") for e in part.findall("s:url/s:loc", names)]
    assert paths == ["/", "/berita/", "/berita/mogok-di-pabrik/"]


def test_structured_data_holds_the_article_and_cannot_be_broken_out_of(client):
    an_article("Mogok </script><script>alert(1)</script>", cover=a_picture())
    slug = Article.objects.get().slug
    text = text_of(client, f"/berita/{slug}/")
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S).group(1))
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "Mogok </script><script>alert(1)</script>"
    assert "<script>alert" not in text
    assert re.search(r'property="og:image" content="http://127.0.0.1:8000/media/[^"]+\.jpg"', text)
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/berita/{slug}/">' in text


def test_only_pages_with_a_video_may_show_a_player(client):
    an_article("Tanpa video")
    an_article("Dengan video", body=[("embed", {"url": "https://youtu.be/abcdefghijk", "title": "Rekaman"})])
    assert "youtube" not in client.get("/berita/tanpa-video/")["Content-Security-Policy"]
    answer = client.get("/berita/dengan-video/")
    assert "frame-src 'self' https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert '<a class="facade" href="https://www.youtube.com/watch?v=abcdefghijk"' in text
    assert "<iframe" not in text
    assert not re.search(r'(?:src|srcset)="https?://', text)


def test_the_pinned_story_leads_the_front_page_while_it_is_live(client, site):
    first = an_article("Pertama", cover=a_picture())
    an_article("Kedua")
    site.lead_story = first
    site.save_revision()
    go_live(site)
    assert text_of(client, "/").index("Pertama") < text_of(client, "/").index("Kedua")
    first.unpublish()
    assert "Pertama" not in text_of(client, "/")


def test_related_articles_share_most_tags_first(client):
    an_article("Satu tag", tags=("upah",))
    an_article("Dua tag", tags=("upah", "mogok"))
    an_article("Lain", tags=("lain",))
    an_article("Ini", tags=("upah", "mogok"))
    text = text_of(client, "/berita/ini/").split("Bacaan terkait")[1]
    assert re.findall(r"<h3><a [^>]*>([^<]+)</a>", text) == ["Dua tag", "Satu tag", "Lain"]  # the last by its rubric


def test_related_articles_come_from_the_rubric_where_tags_give_too_few(client):
    rubric = a_rubric()
    an_article("Satu tag", tags=("upah",), at=START)
    an_article("Serubrik", tags=("lain",), rubric=rubric, at=START + timedelta(days=2))
    an_article("Ini", tags=("upah",), rubric=rubric, at=START + timedelta(days=1))
    text = text_of(client, "/berita/ini/").split("Bacaan terkait")[1]
    assert re.findall(r"<h3><a [^>]*>([^<]+)</a>", text) == ["Satu tag", "Serubrik"]


def test_an_author_who_changes_the_name_is_named_anew_everywhere(client):
    an_article("Mogok di pabrik")
    byline = Byline.objects.get()
    change_byline(actor=console(), byline=byline, values={"name": "Wening", "slug": "wening", "about": ""})
    for path in ("/berita/mogok-di-pabrik/", "/", "/berita/feed.json"):
        text = text_of(client, path)
        assert ("Wening" in text, "Ratri" in text) == (True, False)
    assert client.get("/penulis/ratri-pamungkas/").status_code == 404


class Checker(HTMLParser):
    """Notices what is opened and never closed, closed and never opened, and ids that stand twice."""

    VOID = {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "path",
        "circle",
    }

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.wrong = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.wrong += [(tag, name) for name, _value in attrs if name == "style" or name.startswith("on")]

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(("closed", tag, self.getpos()))


def test_pages_are_sound_html_without_inline_style_or_script(client):
    an_article("Mogok di pabrik", cover=a_picture())
    for title in ("Kedua", "Ketiga"):
        an_article(title)
    a_standing_page()
    for path in [*PAGES, "/cari/?q=mogok", "/cari/", "/cari/?q=xyzzy", "/berita/mogok-di-pabrik/cetak/", "/nope"]:
        checker = Checker()
        checker.feed(client.get(path).content.decode())
        assert (checker.open, checker.wrong) == ([], []), path
        assert len(checker.ids) == len(set(checker.ids)), path


@pytest.mark.slow
def test_the_front_page_shows_no_story_twice_and_fills_its_rows(client):
    rubrics = [a_rubric(f"Rubrik {n}", f"rubrik-{n}", position=n) for n in range(5)]
    for number in range(20):
        an_article(f"Kabar nomor {number}", rubric=rubrics[number % 5])
    text = text_of(client, "/")
    shown = re.findall(r'href="(/berita/kabar-nomor-\d+/)"', text)
    assert len(set(shown)) == len(shown)
    assert text.count('aria-labelledby="r-rubrik-') == 3
