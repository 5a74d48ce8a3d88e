"""Writing down how often pages were read, and folding what is old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Sum
from django.db.models.functions import TruncDay, TruncMonth
from django.utils import timezone

from serikat.audit.action import inner
from serikat.newsroom.models import LivePage, Reads, Variant, VariantClicks
from serikat.newsroom.rules.reading import DAYS_KEPT, HOURS_KEPT
from serikat.ui.language import neutral_path

AT_ONCE = 200
SHORT = "/s/"
Row = tuple[int, datetime, int]


@inner("machinery")
def add_reads(counts: Mapping[tuple[int, str], int]) -> None:
    """Add to what is written: {(hour since 1970, address as it was asked for): how often}. An address that is no live page is nobody's business.
    Safe for several processes: the database adds. Nothing public changes by it, so no ready answer grows old."""
    asked: Counter[tuple[int, str]] = Counter()
    for (hour, path), count in counts.items():
        asked[hour, neutral_path(path).replace("\0", "\ufffd")] += count
    pages: dict[str, int] = {}
    paths = sorted({path for _hour, path in asked})
    for start in range(0, len(paths), AT_ONCE):
        pages |= dict(LivePage.objects.filter(path__in=paths[start : start + AT_ONCE]).values_list("path", "pk"))
    rows = [
        (pages[path], datetime.fromtimestamp(hour * 3600, UTC), count)
        for (hour, path), count in sorted(asked.items())
        if path in pages
    ]
    with transaction.atomic():
        _add(Reads.Span.HOUR, rows)
        _add_clicks({(hour, path): count for (hour, path), count in asked.items() if path.startswith(SHORT)})


def _add_clicks(asked: Mapping[tuple[int, str], int]) -> None:
    """What was asked for by the short link of a variant, by the organisation's day."""
    if not asked:
        return
    codes = {path: path.removeprefix(SHORT).lower() for _hour, path in asked}
    known: dict[str, int] = {}
    wanted = sorted(set(codes.values()))
    for start in range(0, len(wanted), AT_ONCE):
        known |= dict(Variant.objects.filter(code__in=wanted[start : start + AT_ONCE]).values_list("code", "pk"))
    sums: Counter[tuple[int, date]] = Counter()
    for (hour, path), count in asked.items():
        if codes[path] in known:
            sums[known[codes[path]], timezone.localdate(datetime.fromtimestamp(hour * 3600, UTC))] += count
    for (variant, day), count in sorted(sums.items()):
        row, made = VariantClicks.objects.get_or_create(variant_id=variant, day=day, defaults={"count": count})
        if not made:
            VariantClicks.objects.filter(pk=row.pk).update(count=F("count") + count)


def _add(span: Reads.Span, rows: Iterable[Row]) -> None:
    waiting = list(rows)
    column = Reads._meta.get_field("at")
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        values = [v for page, at, n in some for v in (page, int(span), column.get_db_prep_value(at, connection), n)]
        places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO newsroom_reads (page_id, span, at, count) VALUES {places}"  # noqa: S608 our own words
                " ON CONFLICT (page_id, span, at) DO UPDATE SET count = newsroom_reads.count + excluded.count",
                values,
            )


@inner("machinery")
def fold_reads(now: datetime | None = None) -> None:
    """Hours older than five weeks become days, days older than 400 days become months, in the organisation's time. Nothing is lost but the hour,
    then the day. May stop and begin again at any moment: each step is one transaction."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    _fold(Reads.Span.HOUR, Reads.Span.DAY, midnight - timedelta(days=HOURS_KEPT))
    month = (midnight - timedelta(days=DAYS_KEPT)).replace(day=1)
    _fold(Reads.Span.DAY, Reads.Span.MONTH, month)


def _fold(fine: Reads.Span, coarse: Reads.Span, before: datetime) -> None:
    begin = TruncDay("at") if coarse == Reads.Span.DAY else TruncMonth("at")
    with transaction.atomic():
        old = Reads.objects.filter(span=fine, at__lt=before)
        sums = (
            old.annotate(begin=begin).values_list("page_id", "begin").annotate(n=Sum("count")).order_by("page_id", "begin")
        )
        _add(coarse, sums)  # type: ignore[arg-type]
        old.delete()
