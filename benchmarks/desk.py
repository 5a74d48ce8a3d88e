"""How the newsroom's desk answers: the editors' first page at many articles, the moderators' queue with 1,000 comments and 500 posts.

    .venv/bin/python -m benchmarks.desk [100000]

Then what is read, with a year of counts. Prints one line a page: median and slowest of 10 in milliseconds, and the number of queries. Goals: the
first page and the queue under 200 ms, the queue with the same number of queries however much waits. Runs on the database that the settings name; never on a real one.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 it names the folders

# isort: split
import statistics
import sys
import time
import uuid
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from serikat.kernel.access import Role, console
from serikat.newsroom.models import Article, ArticleIndex, Comment, LivePage, Post, Reads
from serikat.newsroom.tests.builders import a_site, an_article
from serikat.people.tests.factories import make_user
from serikat.units.models import Decree, Mandate, Unit
from serikat.units.services import found_root_unit

BATCH = 5000


def make(count: int, unit: Unit) -> None:
    """Pages and articles as their tables hold them; only what the desk reads of them is true to life."""
    a_site()
    index, kind, now = ArticleIndex.objects.get(), ContentType.objects.get_for_model(Article), timezone.now()
    columns = [f for f in Article._meta.local_concrete_fields if f.column not in ("page_ptr_id", "unit_id")]
    names = ", ".join(connection.ops.quote_name(f.column) for f in columns)
    values = [None if f.null else f.get_db_prep_save(f.get_default(), connection) for f in columns]
    at = [f.name for f in columns].index("shown_at")
    marks = ", ".join(["%s"] * (len(columns) + 2))
    for start in range(0, count, BATCH):
        pages = Page.objects.bulk_create(
            Page(
                path=index.path + Page._int2str(n + 1).rjust(Page.steplen, "0"), depth=index.depth + 1, title=f"Artikel {n}",
                draft_title=f"Artikel {n}", slug=f"artikel-{n}", url_path=f"{index.url_path}artikel-{n}/", content_type=kind,
                locale_id=index.locale_id, live=True, last_published_at=now - timedelta(minutes=7 * n),
            )
            for n in range(start, min(start + BATCH, count))
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO newsroom_article (page_ptr_id, unit_id, {names}) VALUES ({marks})",  # noqa: S608 our own columns
                [(page.pk, unit.pk, *values[:at], page.last_published_at, *values[at + 1 :]) for page in pages],
            )
        LivePage.objects.bulk_create(
            LivePage(
                page=page, kind="article", path=f"/berita/{page.slug}/", title=page.title, shown_at=page.last_published_at,
                changed_at=page.last_published_at,
            )
            for page in pages
        )  # fmt: skip
        print(f"\r{min(start + BATCH, count)} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    Page.objects.filter(pk=index.pk).update(numchild=count)


def make_waiting(unit: Unit, comments: int, posts: int) -> None:
    below, now, writer = Article.objects.get(title="Di bawah ini"), timezone.now(), make_user("penulis", name="Penulis")
    Comment.objects.bulk_create(
        Comment(article=below, name=f"Pembaca {n}", text="Di tempat kami juga begitu. " * 5, at=now) for n in range(comments)
    )
    Post.objects.bulk_create(
        Post(
            code=f"T{n:07}", key=uuid.uuid4(), writer=writer, unit=unit, title=f"Cerita {n}", text="Lembur. " * 100,
            named_as="own", name="Penulis", sent_at=now,
        )
        for n in range(posts)
    )  # fmt: skip


def make_reads() -> None:
    """A year of counts: each day a thousand pages, and in the last five weeks each hour a hundred, as they are folded."""
    pages = list(LivePage.objects.filter(kind="article").order_by("-shown_at").values_list("pk", flat=True)[:20_000])
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    hour = midnight + timedelta(hours=timezone.localtime().hour)
    hours = [(hour - timedelta(hours=n), Reads.Span.HOUR, 100) for n in range(35 * 24)]
    days = [(midnight - timedelta(days=n), Reads.Span.DAY, 1000) for n in range(36, 365)]
    for n, (at, span, some) in enumerate([*hours, *days]):
        chosen = (pages[(n * 37 + k * 11) % len(pages)] for k in range(some))
        Reads.objects.bulk_create(Reads(page_id=page, span=span, at=at, count=1 + n % 9) for page in dict.fromkeys(chosen))


def a_desk(unit: Unit) -> Client:
    """Somebody who edits and moderates, signed in."""
    user, today = make_user("meja", name="Meja"), timezone.localdate()
    decree = Decree.objects.create(unit=unit, number="1", about="Redaksi", decided_on=today)
    for role in (Role.EDITOR, Role.MODERATOR):
        Mandate.objects.create(
            user=user, role=role, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=90)
        )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def measure(client: Client, path: str, words: str) -> None:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
        asked = len(queries)
    took = []
    for _ in range(10):
        start = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - start) * 1000)
    print(f"{words:48} {status} median {statistics.median(took):7.1f} ms  slowest {max(took):7.1f} ms  {asked:2} queries")


@override_settings(SECOND_FACTOR_REQUIRED=False)
def main() -> None:
    call_command("migrate", verbosity=0)
    unit = found_root_unit(actor=console("ukur"), name="Serikat Ukur", code="pusat")
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    make(wanted, unit)
    an_article("Di bawah ini")
    assert LivePage.objects.filter(kind="article").exists()
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    client = a_desk(unit)
    measure(client, "/meja/redaksi/", f"Redaksi, {wanted} articles")
    measure(client, "/meja/redaksi/antrean/", "queue, nothing waits")
    make_waiting(unit, 1000, 500)
    measure(client, "/meja/redaksi/antrean/", "queue, 1,000 comments and 500 posts")
    measure(client, "/meja/redaksi/antrean/?hal=20&komentar=40", "its last page")
    measure(client, "/meja/redaksi/", "Redaksi, with those waiting")
    make_reads()
    measure(client, "/meja/redaksi/", f"Redaksi, with {Reads.objects.count():,} counts of a year")
    for period in ("minggu", "bulan", "tahun"):
        measure(client, f"/meja/redaksi/dibaca/?masa={period}", f"what is read: {period}")


if __name__ == "__main__":
    main()
