"""What is read: sums over a period, by article, tag, place and hour, of the pages within an editor's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.newsroom.models import LivePage, Reads
from serikat.newsroom.rules.reading import by_day, by_two_hours, first_day
from serikat.newsroom.selectors.editing import PAGE_TYPES, pages_in_reach, reach, reaches_all
from serikat.places.models import Region

SHOWN = 12
LOOKED_AT = 300


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
    """The period's sums in seven queries, however much was read."""
    since = first_day(period, today)
    begin = _midnight(since)
    reads = Reads.objects.filter(at__gte=begin)
    if not reaches_all(actor):
        reads = reads.filter(_of_pages_in_reach(actor))
    return Figures(
        since=since,
        total=reads.aggregate(n=Sum("count"))["n"] or 0,
        articles=_linked(_pages(reads, SHOWN)),
        tags=_tags(_by_list(reads, "tag")),
        places=_places(_by_list(reads, "place")),
        hours=by_two_hours(_local(reads.filter(span=Reads.Span.HOUR))),
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


def _pages(reads: QuerySet[Reads], most: int) -> list[tuple[int, str, int]]:
    sums = reads.filter(page__shown__isnull=False).values_list("page_id", "page__shown__title").annotate(n=Sum("count"))
    return list(sums.order_by("-n", "page_id")[:most])


def _linked(ranked: list[tuple[int, str, int]]) -> list[Ranked]:
    return [(title, n, reverse("newsroom_desk:page_reads", args=[page])) for page, title, n in ranked]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _local(reads: QuerySet[Reads]) -> list[tuple[datetime, int]]:
    sums = reads.values_list("at").annotate(n=Sum("count")).order_by("at")
    return [(timezone.localtime(at), n) for at, n in sums]


def _by_list(reads: QuerySet[Reads], kind: str) -> list[tuple[str, int]]:
    """Sums over the lists of a kind ("tag", "place"): first by page, then along the lists in which each page stands."""
    sums = reads.order_by().values("page_id").annotate(n=Sum("count"))
    inside, values = sums.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT l.key, SUM(r.n) FROM ({inside}) AS r JOIN newsroom_listing l ON l.article_id = r.page_id"  # noqa: S608 our own words
            " WHERE l.key LIKE %s GROUP BY l.key ORDER BY 2 DESC, 1 LIMIT %s",
            [*values, f"{kind}:%", SHOWN],
        )
        return [(key.partition(":")[2], int(n)) for key, n in cursor.fetchall()]


def _tags(sums: list[tuple[str, int]]) -> list[Ranked]:
    tags = Tag.objects.in_bulk([int(pk) for pk, _n in sums])
    return [(tags[int(pk)].name, n, reverse("newsroom:tag", args=[tags[int(pk)].slug])) for pk, n in sums if int(pk) in tags]


def _places(sums: list[tuple[str, int]]) -> list[Ranked]:
    places = Region.objects.in_bulk([code for code, _n in sums])
    return [(places[code].name, n, reverse("newsroom:place", args=[code])) for code, n in sums if code in places]
