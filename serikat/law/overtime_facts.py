"""The topic `overtime` as it is asked: typed facts of one person, checked, then the days of many in columns.

Each day is counted by the law of its own date, a day without a date by the law of the last review. `law_on` asks for the law of another day for all of
them, as it does in every topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Result
from serikat.law.overtime import NO_DATE, REST_5, REST_6, SHORTEST_6, TABLES, WORKDAY, Columns, compute, ends_on
from serikat.law.topics import Topic
from serikat.law.wages import DAILY, WAGE_KEYS, Wage, Wages, read_wage
from serikat.law.words import FieldError, Words

KINDS = ("workday", "rest", "holiday", "holiday_on_shortest_day")
ROUNDINGS = ("exact", "hourly_down")
DAY_KEYS = frozenset({"kind", "hours", "date"})
HOURS_IN_A_DAY = 24
_EPOCH = date(1970, 1, 1).toordinal()
_TABLES = {
    5: {"workday": WORKDAY, "rest": REST_5, "holiday": REST_5},
    6: {"workday": WORKDAY, "rest": REST_6, "holiday": REST_6, "holiday_on_shortest_day": SHORTEST_6},
}

WEEK = Words(
    "Isi 5 atau 6 hari kerja seminggu: tabel lemburnya berbeda.",
    "Give 5 or 6 working days a week: their overtime tables differ.",
)
SIX_DAYS_ALONE = Words(
    "Hari kerja terpendek hanya ada pada enam hari kerja seminggu. Untuk lima hari kerja pilih hari libur resmi.",
    "Only a six-day week has a shortest working day. For a five-day week choose holiday.",
)
PAST_THE_END = Words(
    "Tabel untuk hari ini berakhir pada jam ke-{end}. Periksa jamnya; jam sesudah itu tidak diatur.",
    "The table for this day ends with hour {end}. Check the hours; later ones are not provided for.",
)
PAST_THE_DAY = Words("Sehari hanya {end} jam. Periksa jamnya.", "A day has {end} hours. Check them.")
SAME_DATE = Words(
    "Tanggal ini sudah ada dalam daftar. Satukan jamnya dalam satu baris.",
    "This date is in the list already. Put its hours into one entry.",
)
TOO_MUCH_TOGETHER = Words(
    "Upah kali jamnya terlalu besar untuk dihitung. Periksa upah dan jamnya.",
    "Wage times hours is too large to count. Check both.",
)


class Case(NamedTuple):
    """One person, checked; `on` and `law_on` are days since 1970."""

    wage: Wage
    week: int
    down: bool
    tables: tuple[int, ...]
    hours: tuple[int, ...]
    on: tuple[int, ...]
    law_on: tuple[int, ...]


def _event(facts: Facts) -> tuple[date | None, str]:
    """The first of the days, where all of them have a date."""
    days = facts.get("days")
    first: tuple[date, str] | None = None
    for at, entry in enumerate(days if isinstance(days, list) else ()):
        day = read.maybe_day(entry, "date", f"days[{at}].") if isinstance(entry, dict) else None
        if day is None:
            return None, "law_on"
        if first is None or day < first[0]:
            first = day, f"days[{at}].date"
    return first or (None, "law_on")


def _read(law: Law, facts: Facts, day: date) -> Case:
    wage = read_wage(facts)
    week = 0 if facts.get("week") is None else read.whole(facts, "week", 5, 6)
    if week == 0 and wage.kind == DAILY:
        raise FieldError("week", WEEK)
    down = read.one_of(facts, "rounding", ROUNDINGS, "exact") == "hourly_down"
    by_own_day = facts.get("law_on") is None
    days: dict[int, str] = {}
    rows = []
    for entry, path in read.entries(facts, "days", DAY_KEYS):
        table = _table(entry, week, path)
        on = read.maybe_day(entry, "date", path)
        number = NO_DATE if on is None else on.toordinal() - _EPOCH
        if number in days:
            raise FieldError(f"{path}date", SAME_DATE)
        if on is not None:
            days[number] = path
        held = _held(law, on, f"{path}date") if on is not None and by_own_day else day
        hours = read.hundredths(entry, "hours", 10**6, path)
        end = ends_on(law, held)[table]
        if hours > end * 100:
            raise FieldError(f"{path}hours", (PAST_THE_END if table != WORKDAY else PAST_THE_DAY).filled(end=end))
        rows.append((table, hours, number, held.toordinal() - _EPOCH))
    tables, hundredths, dates, laws = zip(*rows, strict=True)
    _check_size(law, wage, sum(hundredths), day)
    return Case(wage, week, down, tables, hundredths, dates, laws)


def _table(entry: Facts, week: int, path: str) -> int:
    kind = read.one_of(entry, "kind", KINDS, path=path)
    if kind == "workday":
        return WORKDAY
    if week == 0:
        raise FieldError("week", WEEK)
    if kind not in _TABLES[week]:
        raise FieldError(f"{path}kind", SIX_DAYS_ALONE)
    return _TABLES[week][kind]


def _held(law: Law, day: date, field: str) -> date:
    """The day itself, when the rules are held on it. Raises FieldError."""
    since, until = _held_days(law)
    if day < since:
        raise FieldError(field, read.TOO_EARLY.filled(since=since))
    if until is not None and day > until:
        raise FieldError(field, read.TOO_LATE.filled(until=until))
    return day


@lru_cache(maxsize=64)
def _held_days(law: Law) -> tuple[date, date | None]:
    return law.since("overtime"), law.until("overtime")


def _check_size(law: Law, wage: Wage, hundredths: int, day: date) -> None:
    """What is counted must fit into 64 bits, all lines together."""
    days_in_month, most = _sizes(law, day)
    month = wage.basic + wage.fixed + wage.variable + wage.daily * days_in_month + max(wage.average, wage.minimum)
    if month * hundredths > most:
        raise FieldError("days", TOO_MUCH_TOGETHER)


@lru_cache(maxsize=4096)
def _sizes(law: Law, day: date) -> tuple[int, int]:
    """The days of a month of daily wages, and how much a month of wage times hundredths of hours may be."""
    days_in_month = max(law.on(p.DAILY_TO_MONTH_6, day).value, law.on(p.DAILY_TO_MONTH_5, day).value)
    times = max(row.times for table in TABLES for row in law.on(table, day).value)
    return days_in_month, int(100 * 2**62 / (times * law.on(p.HOURLY_SHARE, day).value))


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    counts = np.array([len(case.tables) for case in cases], np.int64)
    total = int(counts.sum())

    def flat(column: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.fromiter(chain.from_iterable(case[column] for case in cases), np.int64, total)  # type: ignore[misc]

    starts = np.cumsum(counts) - counts
    return compute(
        law,
        Columns(
            Wages.of([case.wage for case in cases]),
            np.array([case.week for case in cases], np.int64),
            np.array([case.down for case in cases], bool),
            np.repeat(np.arange(len(cases)), counts),
            flat(3),
            flat(4),
            flat(5),
            np.arange(total) - np.repeat(starts, counts) + 1,
            flat(6).view("datetime64[D]"),
        ),
    )


OVERTIME = Topic("overtime", WAGE_KEYS | {"week", "days", "rounding"}, _event, _read, _count)
