"""How the public pages answer at many articles: makes a scratch site of synthetic articles by bulk, then asks home, lists and search.

    .venv/bin/python -m benchmarks.many_articles [100000]

Prints one line a page: median and slowest of 10 in milliseconds, and the number of queries. Goals: home, tag and author under 100 ms, search
under 250 ms also for a word that stands in every article. Runs on the database that the settings name; never on a real one.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 it names the folders

# isort: split
import random
import statistics
import sys
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from serikat.kernel import fulltext
from serikat.kernel.fulltext import Document
from serikat.newsroom.models import ArticleIndex, Listing, LivePage
from serikat.newsroom.tests.builders import a_byline, a_rubric, a_site

_WORDS = (
    "upah pesangon mogok pabrik buruh pekerja serikat kontrak lembur perusahaan pengadilan gugatan perundingan cuti jaminan kesehatan"
    " keselamatan mesin kapal migran desa koperasi sidang hakim pasal undang hak anggota cabang rapat aksi tuntutan"
)
WORDS = _WORDS.split()
COMMON = "bekerja"  # stands in every article
BATCH = 2000


def make(count: int) -> None:
    a_site()
    chance = random.Random(7)
    index = ArticleIndex.objects.get()
    rubrics = [a_rubric(name.title(), name) for name in ("upah", "phk", "migran", "keselamatan")]
    bylines = [a_byline(f"Penulis {n}", f"penulis-{n}") for n in range(20)]
    tags = [Tag.objects.get_or_create(name=f"tag {n}", slug=f"tag-{n}")[0] for n in range(50)]
    now = timezone.now()
    for start in range(0, count, BATCH):
        with transaction.atomic():
            numbers = range(start, min(start + BATCH, count))
            make_batch(numbers, index=index, chance=chance, rubrics=rubrics, bylines=bylines, tags=tags, now=now)
        print(f"\r{min(start + BATCH, count)} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    Page.objects.filter(pk=index.pk).update(numchild=count)


def make_batch(numbers, *, index, chance, rubrics, bylines, tags, now) -> None:
    """Rows as `reflect_live` would write them; the page rows behind them stay bare."""
    pages = Page.objects.bulk_create(
        Page(
            path=index.path + Page._int2str(n + 1).rjust(Page.steplen, "0"),
            depth=index.depth + 1,
            title=f"Artikel {n}",
            draft_title=f"Artikel {n}",
            slug=f"artikel-{n}",
            url_path=f"{index.url_path}artikel-{n}/",
            content_type_id=index.content_type_id,
            locale_id=index.locale_id,
        )
        for n in numbers
    )
    live, listings, documents = [], [], []
    for n, page in zip(numbers, pages, strict=True):
        at = now - timedelta(minutes=7 * n)
        words = chance.choices(WORDS, k=150)
        rubric, byline, some = chance.choice(rubrics), chance.choice(bylines), chance.sample(tags, 2)
        title = f"{' '.join(words[:6]).capitalize()} {n}"
        card = {"lead": " ".join(words[6:30]), "rubric": rubric.pk, "authors": [{"name": byline.name, "slug": byline.slug}]}
        card |= {"place": "Karawang", "minutes": 1, "thumb": None}
        head = {
            **card,
            "code": f"x{n}",
            "tags": [{"name": t.name, "slug": t.slug} for t in some],
            "embeds": [],
            "description": "",
        }
        head |= {"tag_keys": [f"tag:{t.pk}" for t in some], "cover": None, "share": None, "corrections": []}
        live.append(
            LivePage(
                page_id=page.pk, kind="article", path=f"/berita/artikel-{n}/", title=title, shown_at=at, changed_at=at,
                card=card, head=head, html=f"<p>{' '.join(words)}</p>",
            )
        )  # fmt: skip
        for key in ("all", f"rubric:{rubric.pk}", f"byline:{byline.pk}", *(f"tag:{t.pk}" for t in some)):
            listings.append(Listing(key=key, shown_at=at, article_id=page.pk))
        documents.append(Document(page.pk, title, f"{COMMON} {' '.join(words)}", at))
    LivePage.objects.bulk_create(live)
    Listing.objects.bulk_create(listings)
    fulltext.put_many("newsroom", documents)


def measure() -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    paths = [
        "/",
        "/berita/",
        "/berita/?hal=2500",
        "/berita/artikel-77/",
        "/tag/tag-7/",
        "/penulis/penulis-3/",
        "/rubrik/upah/",
    ]
    paths += [f"/cari/?q={COMMON}", "/cari/?q=upah", "/cari/?q=pesangon+mogok", '/cari/?q="upah+pesangon"', "/cari/?q=upa"]
    paths += [f"/cari/?q={COMMON}&hal=40", "/cari/?q=xyzzy", "/cari/", "/berita/rss.xml", "/sitemap-1.xml"]
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
            asked = len(queries)
        took = []
        for _ in range(10):
            start = time.perf_counter()
            client.get(path)
            took.append((time.perf_counter() - start) * 1000)
        print(f"{path:32} {status} median {statistics.median(took):7.1f} ms  slowest {max(took):7.1f} ms  {asked:2} queries")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if LivePage.objects.filter(kind="article").count() < wanted:
        begun = time.perf_counter()
        make(wanted)
        print(f"made in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    measure()
