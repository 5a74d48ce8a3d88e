"""Overtime pay (PP 35/2021 articles 26 to 33): one line for each day and each multiplier of its table.

The hourly wage is 1/173 of the month of wage. That month is the basic wage and the fixed allowances; where these are less than 75 per cent of all wage it
is 75 per cent of all wage, so that variable allowances come in by this rule alone. Amounts are exact until the line is rounded; `down` rounds the hourly
wage down first, as some employers do, so that their figures can be followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from serikat.law import parameters as p
from serikat.law.dates import FIRST, Days, Ints
from serikat.law.holding import Law
from serikat.law.lines import Block, Factor, Money, Result, factor, one_reading, plain, rounded_share
from serikat.law.register import Citation
from serikat.law.severance import FLOOR_TAKEN
from serikat.law.topics import split_by_period
from serikat.law.wages import DAILY, MONTHLY, PIECE, Wages
from serikat.law.words import Words

TABLES = (p.WORKDAY_TIMES, p.REST_TIMES_6, p.REST_TIMES_5, p.SHORTEST_TIMES_6)
WORKDAY, REST_6, REST_5, SHORTEST_6 = range(4)
NO_DATE = -(2**31)
"""For a day of the list that has no date."""
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST = FIRST.toordinal() - _EPOCH

Warn: TypeAlias = Callable[[int, Words, NDArray[np.int64]], None]
"""Its rank, so that who is counted alone and who is counted among many reads the warnings in one order; the sentence; and whom it is for."""

BASES = WHOLE_WAGE, LEAST_SHARE, BY_DAY_5, BY_DAY_6, BY_PIECE, BY_MINIMUM = tuple(range(6))
"""What the base of a line is: which article is cited for it."""
EXACT, EXACT_LEAST, DOWN = range(3)
"""How a line is counted: from the month of wage, from all wage by the 75 per cent rule, or from an hourly wage that was rounded down."""

TOO_LONG_DAY = Words(
    "Lembur {when} lebih dari {most} jam, batas sehari. Upahnya tetap harus dibayar.",
    "Overtime on {when} is over {most} hours, the most for a day. The pay is due all the same.",
)
TOO_LONG_WEEK = Words(
    "Lembur hari kerja dalam minggu {week} (mulai Senin {monday}) lebih dari {most} jam, batas seminggu. Upahnya tetap harus dibayar.",
    "Overtime on working days of week {week} (from Monday {monday}) is over {most} hours, the most for a week. The pay is due all the same.",
)
OF_THE_LIST = Words("hari ke-{number} dalam daftar", "day {number} of the list")
MEAL = Words(
    "Untuk lembur {hours} jam atau lebih pengusaha memberi makan dan minum paling sedikit 1.400 kilokalori; uang tidak boleh menggantikannya.",
    "For {hours} hours of overtime or more the employer gives food and drink of at least 1,400 kilocalories; money may not replace it.",
)
LEAST_SHARE_TAKEN = Words(
    "Upah pokok dan tunjangan tetap kurang dari {share} seluruh upah, jadi dasarnya {share} seluruh upah.",
    "Basic wage and fixed allowances are less than {share} of all wage, so that the base is {share} of all wage.",
)
VARIABLE_LEFT_OUT = Words(
    "Tunjangan tidak tetap tidak ikut dihitung, karena upah pokok dan tunjangan tetap sudah {share} seluruh upah atau lebih.",
    "Variable allowances are not counted, since basic wage and fixed allowances are {share} of all wage or more.",
)
AVERAGE = Words(
    "Upah borongan dihitung dari rata-rata {months} bulan terakhir.",
    "Piece work is counted on the average of the last {months} months.",
)
ROUNDED_DOWN = Words(
    "Upah sejam dibulatkan ke bawah lebih dulu, seperti cara sebagian pengusaha. Hitungan yang tepat tidak membulatkannya.",
    "The hourly wage was rounded down first, as some employers do. The exact count does not round it.",
)


@dataclass(frozen=True)
class Columns:
    """Days of many persons, one row each, persons one after the other (`person` rises).

    `table` is a place in TABLES, `hours` are hundredths, `on` is the date (days since 1970, or NO_DATE), `number` counts the days of a person from 1 on,
    `law_on` is the day whose law is asked. For each person: `wages`, `week` (5, 6, or 0 where nobody said and nothing asks for it), and `down`.
    """

    wages: Wages
    week: Ints
    down: NDArray[np.bool_]
    person: Ints
    table: Ints
    hours: Ints
    on: Ints
    number: Ints
    law_on: Days


@dataclass(frozen=True)
class Rules:
    """The values of one period laid out for columns. `starts`, `widths`: hundredths of hours, by table and step; `weights` over `over`, by way, table and step."""

    hourly: Fraction
    least: Fraction
    days_in_month: tuple[int, int]
    starts: Ints
    widths: Ints
    weights: Ints
    over: int
    factors: tuple[Factor, ...]
    citations: tuple[Citation, ...]
    months_averaged: int
    most_a_day: int
    most_a_week: int
    meal_from: int


@lru_cache(maxsize=64)
def rules_on(law: Law, day: date) -> Rules:
    tables = [law.on(table, day) for table in TABLES]
    hourly, least = law.on(p.HOURLY_SHARE, day), law.on(p.BASE_LEAST_SHARE, day)
    by_day_6, by_day_5 = law.on(p.DAILY_TO_MONTH_6, day), law.on(p.DAILY_TO_MONTH_5, day)
    whole_wage, least_share = least.articles
    piece_rate = law.on(p.PIECE_RATE_MONTHS, day)
    average, minimum = piece_rate.articles
    bases = (whole_wage, least_share, by_day_5, by_day_6, average, minimum)
    steps = max(len(table.value) for table in tables)
    starts, widths = np.zeros((4, steps), np.int64), np.zeros((4, steps), np.int64)
    factors: list[Factor] = []
    for way in (EXACT, EXACT_LEAST, DOWN):
        for number, table in enumerate(tables):
            for step in range(steps):
                if step >= len(table.value):
                    factors.append(factor(0))
                    continue
                row = table.value[step]
                starts[number, step] = (row.first - 1) * 100
                widths[number, step] = ((row.last - row.first + 1) if row.last else 24) * 100
                factors.append(_factor(way, row.times, hourly.value, least.value))
    over = lcm(*(one.number.denominator for one in factors))
    return Rules(
        hourly.value,
        least.value,
        (by_day_5.value, by_day_6.value),
        starts,
        widths,
        np.array([int(one.number * over) for one in factors], np.int64).reshape(3, 4, steps),
        over,
        tuple(factors),
        tuple(law.cite(day, table, hourly, base) for table in tables for base in bases),
        piece_rate.value,
        law.on(p.MOST_A_DAY, day).value,
        law.on(p.MOST_A_WEEK, day).value,
        law.on(p.MEAL_FROM, day).value,
    )


def _factor(way: int, times: Fraction, hourly: Fraction, least: Fraction) -> Factor:
    """The factor with its text: 1.5/173, 0.75*1.5/173, or 1.5 of an hourly wage that is rounded already."""
    if way == DOWN:
        return factor(times)
    text = f"{plain(times)}/{hourly.denominator}" if hourly.numerator == 1 else f"{plain(times)}*{plain(hourly)}"
    if way == EXACT:
        return Factor(times * hourly, text)
    return Factor(times * hourly * least, f"{plain(least)}*{text}")


@lru_cache(maxsize=4096)
def ends_on(law: Law, day: date) -> tuple[int, ...]:
    """For each table the last hour that it knows on a day, 24 where it has no end."""
    return tuple(law.on(table, day).value[-1].last or 24 for table in TABLES)


def compute(law: Law, columns: Columns) -> Result:
    """Count many persons, each day by the law of its day. Raises FieldError for a day on which the rules are not held."""
    size = len(columns.week)
    blocks: list[Block] = []
    masks: dict[tuple[int, Words], NDArray[np.bool_]] = {}

    def warn(rank: int, words: Words, persons: NDArray[np.int64]) -> None:
        if len(persons):
            masks.setdefault((rank, words), np.zeros(size, bool))[persons] = True

    a_day, a_week = np.zeros(len(columns.person), np.int64), np.zeros(len(columns.person), np.int64)
    for day, at in split_by_period(law, "overtime", columns.law_on, "days"):
        rules = rules_on(law, day)
        rows = np.arange(len(columns.person)) if at is None else at
        bases = _bases(columns, rules)
        blocks.append(_lines(columns, rules, rows, bases))
        _warn_of_wages(columns, rules, np.unique(columns.person[rows]), bases, warn)
        a_day[rows], a_week[rows] = rules.most_a_day, rules.most_a_week
        fed = columns.hours[rows] >= rules.meal_from * 100
        warn(5, MEAL.filled(hours=rules.meal_from), columns.person[rows[fed]])
    _long_days(columns, a_day, warn)
    _long_weeks(columns, a_week, warn)
    warnings = [(words, mask) for (_, words), mask in sorted(masks.items(), key=lambda found: found[0][0])]
    return Result("overtime", law.rule_versions["overtime"], size, one_reading(blocks), tuple(warnings))


@dataclass(frozen=True)
class _Bases:
    """For each person the base of the lines, what it is, and how lines are counted from it."""

    amount: Money
    kind: Ints
    way: Ints


def _bases(columns: Columns, rules: Rules) -> _Bases:
    wages = columns.wages
    five, six = rules.days_in_month
    month = wages.month(np.where(columns.week == 6, six, five))
    every = month if wages.variable is None else month + wages.variable
    # compared without a division: month < least * every
    little = (every > month) & (month * rules.least.denominator < every * rules.least.numerator)
    kind = np.where(little, LEAST_SHARE, WHOLE_WAGE)
    if wages.kind is not None and wages.average is not None and wages.minimum is not None:
        lower = wages.average < wages.minimum
        by_kind = [wages.kind == MONTHLY, wages.kind == DAILY, (wages.kind == PIECE) & lower]
        kind = np.select(
            by_kind, [kind, np.where(columns.week == 6, BY_DAY_6, BY_DAY_5), np.full(len(month), BY_MINIMUM)], BY_PIECE
        )
    amount = np.where(little, every, month)
    least = rules.hourly * rules.least
    hour = np.where(
        little,
        _floor(amount, least.numerator, least.denominator),
        _floor(amount, rules.hourly.numerator, rules.hourly.denominator),
    )
    way = np.where(columns.down, DOWN, np.where(little, EXACT_LEAST, EXACT))
    return _Bases(np.where(columns.down, hour, amount), kind, way)


def _floor(amount: Money, times: int, over: int) -> Money:
    whole, rest = np.divmod(amount, over)
    found: Money = whole * times + rest * times // over
    return found


def _lines(columns: Columns, rules: Rules, rows: NDArray[np.int64], bases: _Bases) -> Block:
    table = columns.table[rows]
    parts = np.clip(columns.hours[rows][:, None] - rules.starts[table], 0, rules.widths[table])
    day, step = np.nonzero(parts)
    person, table, quantity = columns.person[rows[day]], table[day], parts[day, step]
    way, base = bases.way[person], bases.amount[person]
    steps = rules.starts.shape[1]
    return Block(
        "overtime",
        rounded_share(base, quantity * rules.weights[way, table, step], rules.over * 100),
        base,
        quantity,
        (way * 4 + table) * steps + step,
        table * len(BASES) + bases.kind[person],
        rules.factors,
        rules.citations,
        100,
        person,
        notes=_days(columns, rows[day]),
    )


def _days(columns: Columns, rows: NDArray[np.int64]) -> list[str]:
    """Which day each line is of: its date, or its place in what was asked."""
    numbers = columns.number[rows].tolist()
    dates = columns.on[rows].astype("datetime64[D]").astype(str).tolist()
    dated = (columns.on[rows] != NO_DATE).tolist()
    return [on if has else f"days[{number - 1}]" for on, has, number in zip(dates, dated, numbers, strict=True)]


def _warn_of_wages(columns: Columns, rules: Rules, persons: NDArray[np.int64], bases: _Bases, warn: Warn) -> None:
    share = Words(f"{plain(rules.least * 100)} persen", f"{plain(rules.least * 100)} per cent")
    wages = columns.wages
    warn(0, _both(LEAST_SHARE_TAKEN, share), persons[bases.kind[persons] == LEAST_SHARE])
    if wages.variable is not None:
        warn(
            1, _both(VARIABLE_LEFT_OUT, share), persons[(wages.variable[persons] > 0) & (bases.kind[persons] == WHOLE_WAGE)]
        )
    warn(2, AVERAGE.filled(months=rules.months_averaged), persons[bases.kind[persons] >= BY_PIECE])
    warn(3, FLOOR_TAKEN, persons[bases.kind[persons] == BY_MINIMUM])
    warn(4, ROUNDED_DOWN, persons[columns.down[persons]])


def _both(words: Words, share: Words) -> Words:
    return Words(words.id.format(share=share.id), words.en.format(share=share.en))


def _long_days(columns: Columns, limits: Ints, warn: Warn) -> None:
    """Name each working day over the limit, by its date or its place; persons with the same day share the sentence."""
    rows = np.flatnonzero((columns.table == WORKDAY) & (columns.hours > limits * 100))
    rows = rows[np.lexsort((columns.number[rows], columns.on[rows]))]
    place = np.where(columns.on[rows] == NO_DATE, NO_DATE + columns.number[rows], columns.on[rows])
    for at, (day, most) in _groups(place, limits[rows]):
        when = OF_THE_LIST.filled(number=day - NO_DATE) if day < _FIRST else Words(str(_date(day)), str(_date(day)))
        words = Words(TOO_LONG_DAY.id.format(when=when.id, most=most), TOO_LONG_DAY.en.format(when=when.en, most=most))
        warn(6, words, columns.person[rows[at]])


def _long_weeks(columns: Columns, limits: Ints, warn: Warn) -> None:
    """Name each week (Monday to Sunday) whose working days are over the limit; days without a date are in no week."""
    rows = np.flatnonzero((columns.table == WORKDAY) & (columns.on != NO_DATE))
    monday = columns.on[rows] - (columns.on[rows] + 3) % 7  # 1970-01-01 was a Thursday
    weeks, first, group = np.unique(np.stack([monday, columns.person[rows]]), axis=1, return_index=True, return_inverse=True)
    hours = np.zeros(len(first), np.int64)
    np.add.at(hours, group.reshape(-1), columns.hours[rows])
    most_hours = limits[rows[first]]
    over = hours > most_hours * 100
    persons = weeks[1][over]
    for at, (start, most) in _groups(weeks[0][over], most_hours[over]):
        year, week, _ = _date(start).isocalendar()
        warn(7, TOO_LONG_WEEK.filled(week=f"{year}-W{week:02}", monday=_date(start), most=most), persons[at])


def _groups(one: Ints, two: Ints) -> Iterator[tuple[NDArray[np.int64], tuple[int, int]]]:
    """The pairs that stand there, each once in their order, with the rows of each."""
    pairs = dict.fromkeys(zip(one.tolist(), two.tolist(), strict=True))
    for pair in pairs:
        yield np.flatnonzero((one == pair[0]) & (two == pair[1])), pair


def _date(days: int) -> date:
    return date.fromordinal(days + _EPOCH)
