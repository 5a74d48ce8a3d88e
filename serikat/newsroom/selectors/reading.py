"""What is read: sums over a period, by article, tag, place and hour, of the pages within an editor's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.newsroom.models import LivePage, Reads
from serikat.newsroom.rules.reading import HOURS_KEPT, by_day, by_two_hours, first_day
from serikat.newsroom.selectors.editing import PAGE_TYPES, pages_in_reach, reach, reaches_all
from serikat.places.models import Region

SHOWN = 12
LOOKED_AT = 300
HOURS_LOOKED_AT = timedelta(days=HOURS_KEPT + 2)  # older hours are days by now


Ranked = tuple[str, int, str]  # a line of a ranking: what it is, how often it was read, where more stands


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read since a day; hours only as far back as they are kept."""

    since: date
    total: int
    articles: list[Ranked]
    tags: list[Ranked]
    places: list[Ranked]
    hours: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What is known of one page."""

    page: Page
    path: str
    today: int
    week: int
    month: int
    ever: int
    days: list[tuple[str, int]]
    hours: list[tuple[str, int]]


def reads_of(page_ids: Iterable[int]) -> dict[int, int]:
    """How often each of these pages was read, ever; 0 for one that nobody read. Not scoped: whoever asks says which pages they may know of.
    One query for some hundred pages."""
    wanted = list(page_ids)
    sums = Reads.objects.filter(page__in=wanted).values_list("page").annotate(n=Sum("count"))
    return dict.fromkeys(wanted, 0) | dict(sums)


def figures(actor: Actor, period: str, today: date) -> Figures:
    """The period's sums in four queries, however much was read."""
    since = first_day(period, today)
    reads = Reads.objects.filter(at__gte=_midnight(since))
    if not reaches_all(actor):
        reads = reads.filter(_of_pages_in_reach(actor))
    total, pages, lists = _summed(reads, is_long=period == "tahun")
    return Figures(
        since=since,
        total=total,
        articles=_linked(pages),
        tags=_tags(_of_kind(lists, "tag")),
        places=_places(_of_kind(lists, "place")),
        hours=by_two_hours(_local(reads.filter(span=Reads.Span.HOUR, at__gte=_midnight(today - HOURS_LOOKED_AT)))),
    )


def _of_pages_in_reach(actor: Actor) -> Q:
    """Counts of pages in reach, by lists of their keys: many counts stand for few pages, so nothing is asked count by count."""
    scope = Q(pk__in=[])
    for kind in PAGE_TYPES:
        scope |= Q(page__in=kind._default_manager.filter(reach(actor)).values("pk"))
    return scope


def most_read(actor: Actor, period: str, today: date, most: int) -> list[Ranked]:
    """The pages read most since the period began, among the organisation's LOOKED_AT: reach is asked of those alone, never of all pages."""
    read = Reads.objects.filter(at__gte=_midnight(first_day(period, today)))
    ranked = _pages(read, LOOKED_AT)
    near = set(pages_in_reach(actor).filter(pk__in=[page for page, _title, _n in ranked]).values_list("pk", flat=True))
    return _linked([line for line in ranked if line[0] in near][:most])


def figures_of(actor: Actor, page_id: int, today: date) -> PageFigures:
    """One page within reach; Missing for any other."""
    page = pages_in_reach(actor).filter(pk=page_id).first()
    if page is None:
        raise Missing
    reads = Reads.objects.filter(page=page)
    counts = list(_local(reads))
    since = {period: first_day(period, today) for period in ("hari", "minggu", "bulan")}
    sums = {period: sum(n for at, n in counts if at.date() >= day) for period, day in since.items()}
    return PageFigures(
        page=page,
        path=LivePage.objects.filter(pk=page.pk).values_list("path", flat=True).first() or "",
        today=sums["hari"],
        week=sums["minggu"],
        month=sums["bulan"],
        ever=sum(n for _at, n in counts),
        days=by_day(counts, today),
        hours=by_two_hours(_local(reads.filter(span=Reads.Span.HOUR))),
    )


def _by_page(reads: QuerySet[Reads], *, is_long: bool = False) -> tuple[str, tuple[Any, ...]]:
    """SQL for the sum of each page. Over a long period it is added up page after page along their index; over a short one the few counts of the
    period are gathered, and the `+ 0` keeps SQLite from walking through all pages to have them in order."""
    page = F("page_id") if is_long else F("page_id") + 0
    sums = reads.order_by().values(of=page).annotate(n=Sum("count")).values_list("of", "n")
    inside, values = sums.query.sql_with_params()
    return f"WITH r (page_id, n) AS MATERIALIZED ({inside})", values


# Our own words all through; what comes from outside is a value.
_TOP = (
    "SELECT 'page' AS kind, r.page_id AS page, l.title AS name, r.n AS n FROM r JOIN newsroom_livepage l ON l.page_id = r.page_id"
    " ORDER BY 4 DESC, 2 LIMIT %s"
)
_TOTAL = "SELECT 'total', 0, '', SUM(n) FROM r"
_LISTS = (
    "SELECT 'list', 0, l.key, SUM(r.n) FROM r CROSS JOIN newsroom_listing l"
    " WHERE l.article_id = r.page_id AND (l.key LIKE %s OR l.key LIKE %s) GROUP BY l.key"
)
_ALL = f"{_TOTAL} UNION ALL SELECT * FROM ({_TOP}) AS top UNION ALL SELECT * FROM ({_LISTS}) AS lists"  # noqa: S608


def _summed(reads: QuerySet[Reads], *, is_long: bool) -> tuple[int, list[tuple[int, str, int]], list[tuple[str, int]]]:
    """The whole, the pages read most, and each list of tags and places: first by page, then along the lists in which each page stands. The sums by
    page are made once; the crossed join has SQLite begin with them."""
    inside, values = _by_page(reads, is_long=is_long)
    with connection.cursor() as cursor:
        cursor.execute(f"{inside} {_ALL}", [*values, SHOWN, "tag:%", "place:%"])
        rows = cursor.fetchall()
    total = sum(int(n or 0) for kind, _page, _name, n in rows if kind == "total")
    pages = [(page, name, int(n)) for kind, page, name, n in rows if kind == "page"]
    lists = [(name, int(n)) for kind, _page, name, n in rows if kind == "list"]
    return total, sorted(pages, key=lambda line: (-line[2], line[0])), lists


def _pages(reads: QuerySet[Reads], most: int) -> list[tuple[int, str, int]]:
    inside, values = _by_page(reads)
    with connection.cursor() as cursor:
        cursor.execute(f"{inside} {_TOP}", [*values, most])
        return [(page, name, int(n)) for _kind, page, name, n in cursor.fetchall()]


def _of_kind(lists: list[tuple[str, int]], kind: str) -> list[tuple[str, int]]:
    """The lists of a kind ("tag", "place") that were read most."""
    chosen = [(key.partition(":")[2], n) for key, n in lists if key.startswith(f"{kind}:")]
    return sorted(chosen, key=lambda line: (-line[1], line[0]))[:SHOWN]


def _linked(ranked: list[tuple[int, str, int]]) -> list[Ranked]:
    return [(title, n, reverse("newsroom_desk:page_reads", args=[page])) for page, title, n in ranked]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _local(reads: QuerySet[Reads]) -> list[tuple[datetime, int]]:
    sums = reads.values_list("at").annotate(n=Sum("count")).order_by("at")
    return [(timezone.localtime(at), n) for at, n in sums]


def _tags(sums: list[tuple[str, int]]) -> list[Ranked]:
    tags = Tag.objects.in_bulk([int(pk) for pk, _n in sums])
    return [(tags[int(pk)].name, n, reverse("newsroom:tag", args=[tags[int(pk)].slug])) for pk, n in sums if int(pk) in tags]


def _places(sums: list[tuple[str, int]]) -> list[Ranked]:
    places = Region.objects.in_bulk([code for code, _n in sums])
    return [(places[code].name, n, reverse("newsroom:place", args=[code])) for code, n in sums if code in places]
