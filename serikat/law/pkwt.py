"""Compensation at the end of a fixed-term contract (PKWT; PP 35/2021 articles 15 to 17): a twelfth of the monthly wage for each month worked.

The last day of a contract is worked and counts: 1 January to 31 December are twelve months. The article knows months alone; days beyond whole months are
dropped by some and counted out of 30 by others, so that both readings are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import Days, Ints, terms
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Block, Factor, Money, Reading, Result, Warnings, factor, rounded_share, spread
from serikat.law.register import Citation
from serikat.law.topics import Topic, split_by_period
from serikat.law.words import FieldError, Words

MOST_MONTHS = 1200
_EPOCH = date(1970, 1, 1).toordinal()
BY_MONTHS = -(2**31)
"""For a contract of which whole months were given instead of days."""

DROPPED = Words("hari di luar bulan penuh tidak dihitung", "days beyond whole months are dropped")
IN_DAYS = Words("hari di luar bulan penuh ikut dihitung menurut harinya", "days beyond whole months are counted day by day")
ENDS_BEFORE = Words("Hari berakhir harus sama dengan atau setelah hari mulai.", "The last day must not be before the first.")
DAYS_OR_MONTHS = Words(
    "Isi hari mulai dan hari berakhir, atau jumlah bulan penuh; jangan keduanya.",
    "Give first and last day, or whole months; not both.",
)
TOO_SHORT = Words(
    "Masa kerja kurang dari {least} bulan tidak memberi uang kompensasi ({article}).",
    "Less than {least} month of service gives no compensation ({article}).",
)
CUT = Words("Masa kerja sebelum {since} tidak dihitung ({article}).", "Service before {since} is not counted ({article}).")
TOO_LONG = Words(
    "Kontrak ini lebih dari {years} tahun, padahal PKWT paling lama {years} tahun dengan perpanjangannya ({article}): tanyakan apakah pekerja sudah menjadi pekerja tetap.",
    "This contract is over {years} years, but a fixed-term contract lasts {years} years at most with its extensions ({article}): ask whether the worker is permanent by now.",
)


class Case(NamedTuple):
    """One contract, checked: days since 1970, or `start` BY_MONTHS with its whole months in `end`."""

    wage: int
    start: int
    end: int


def _event(facts: Facts) -> tuple[date | None, str]:
    return read.maybe_day(facts, "end"), "end"


def _read(law: Law, facts: Facts, day: date) -> Case:
    wage = read.money(facts, "monthly_wage")
    if facts.get("months") is not None:
        if facts.get("start") is not None or facts.get("end") is not None:
            raise FieldError("months", DAYS_OR_MONTHS)
        return Case(wage, BY_MONTHS, read.whole(facts, "months", 0, MOST_MONTHS))
    start, end = read.a_day(facts, "start"), read.a_day(facts, "end")
    if end < start:
        raise FieldError("end", ENDS_BEFORE)
    return Case(wage, start.toordinal() - _EPOCH, end.toordinal() - _EPOCH)


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    wage, start, end = (np.array(column, np.int64) for column in zip(*cases, strict=True))
    return compute(law, wage, start, end, np.array(days, "datetime64[D]"))


def compute(law: Law, wage: Money, start: Ints, end: Ints, on: Days) -> Result:
    """Count many contracts, each by the law of its day in `on`; `start` and `end` as in `Case`."""
    size = len(wage)
    whole: list[Block] = []
    part: list[Block] = []
    warnings: Warnings = []
    for day, rows in split_by_period(law, "pkwt_compensation", on, "end"):
        at = np.arange(size) if rows is None else rows
        counted = _Counted.of(law, day, start[at], end[at])
        share, part_month = law.on(p.PKWT_SHARE, day), law.on(p.PKWT_PART_MONTH, day)
        by_day = share.value / part_month.value
        parts = ((whole, counted.months, share.value, share), (part, counted.days, by_day, part_month))
        for blocks, quantity, number, dated in parts:
            cited, due = law.cite(day, dated), ~counted.short & (quantity > 0)
            blocks.append(_block(wage[at], quantity, factor(number), cited, rows=at, present=due))
        warnings += [(words, spread(mask, at, size)) for words, mask in _warnings(law, day, counted)]
    warnings += _over_long(law, start, end, on)
    readings = (
        Reading("dropped", DROPPED, tuple(whole)),
        Reading("in_days", IN_DAYS, (*whole, *part)),
    )
    found = tuple((words, mask) for words, mask in warnings if mask is not None and mask.any())
    return Result("pkwt_compensation", law.rule_versions["pkwt_compensation"], size, readings, found)


@dataclass(frozen=True)
class _Counted:
    """Whole months and days that count, whether the service is too short, and whether some of it lies too early."""

    months: Ints
    days: Ints
    short: NDArray[np.bool_]
    cut: NDArray[np.bool_]

    @classmethod
    def of(cls, law: Law, day: date, start: Ints, end: Ints) -> _Counted:
        first = (law.on(p.PKWT_COUNTED_FROM, day).value - date(1970, 1, 1)).days
        served, _ = served_months(start, end)
        cut = (start != BY_MONTHS) & (start < first)
        months, days = served_months(np.where(cut, np.minimum(first, end), start), end)
        nothing = cut & (end < first)
        months, days = np.where(nothing, 0, months), np.where(nothing, 0, days)
        return cls(months, days, served < law.on(p.PKWT_LEAST_MONTHS, day).value, cut)


def served_months(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Whole months and remaining days of each contract, its last day counted."""
    given = start == BY_MONTHS
    last = np.where(given, 0, end)
    months, days = terms(np.where(given, 0, start).view("datetime64[D]"), last.view("datetime64[D]"))
    return np.where(given, end, months), np.where(given, 0, days)


def _block(wage: Money, quantity: Ints, share: Factor, cited: Citation, *, rows: Ints, present: NDArray[np.bool_]) -> Block:
    amount = rounded_share(wage, quantity * share.number.numerator, share.number.denominator)
    zeros = np.zeros(len(wage), np.int8)
    return Block("compensation", amount, wage, quantity, zeros, zeros, (share,), (cited,), row=rows, present=present)


def _warnings(law: Law, day: date, counted: _Counted) -> Warnings:
    least, first = law.on(p.PKWT_LEAST_MONTHS, day), law.on(p.PKWT_COUNTED_FROM, day)
    return [
        (TOO_SHORT.filled(least=least.value, article=least.articles[0]), counted.short),
        (CUT.filled(since=first.value, article=first.articles[0]), counted.cut & ~counted.short),
    ]


def _over_long(law: Law, start: Ints, end: Ints, on: Days) -> Warnings:
    """The longest contract is set by a ruling, later than the rest: looked up by its own days."""
    months, days = served_months(start, end)
    found: Warnings = []
    for value in law.held[p.PKWT_MOST_YEARS.name]:
        held = on >= np.datetime64(value.since)
        if value.until is not None:
            held &= on <= np.datetime64(value.until)
        most = 12 * value.value
        words = TOO_LONG.filled(years=value.value, article=value.articles[0])
        found.append((words, held & ((months > most) | ((months == most) & (days > 0)))))
    return found


PKWT_COMPENSATION = Topic("pkwt_compensation", frozenset({"start", "end", "months", "monthly_wage"}), _event, _read, _count)
