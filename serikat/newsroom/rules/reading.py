"""How numbers of reads are kept and drawn: how long by the hour, how long by the day, which hours stand together. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

HOURS_KEPT = 35  # days after which hours become days: a month and what is looked back from it
DAYS_KEPT = 400  # days after which days become months: a year, and the same weeks a year ago
PERIODS = {"hari": 1, "minggu": 7, "bulan": 30, "tahun": 365}  # days, today among them


def first_day(period: str, today: date) -> date:
    """The day on which a period that ends today begins."""
    return today - timedelta(days=PERIODS[period] - 1)


def by_two_hours(counts: Iterable[tuple[datetime, int]]) -> list[tuple[str, int]]:
    """Twelve sums over the day, each named by the hour with which it begins; the moments are in local time."""
    sums = [0] * 12
    for at, count in counts:
        sums[at.hour // 2] += count
    return [(f"{2 * n:02}", count) for n, count in enumerate(sums)]


def by_day(counts: Iterable[tuple[datetime, int]], today: date, days: int = 12) -> list[tuple[str, int]]:
    """The sums of the last days, each named by its day of the month; the moments are in local time."""
    sums = {today - timedelta(days=n): 0 for n in reversed(range(days))}
    for at, count in counts:
        if at.date() in sums:
            sums[at.date()] += count
    return [(str(day.day), count) for day, count in sums.items()]
