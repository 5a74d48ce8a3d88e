"""The fine for wages that are paid late (PP 36/2021 article 61).

From the fourth day on 5 per cent, after the eighth day 1 per cent more for each day, half of the wage at most. Whether the 5 per cent are for each of the
five days or once is disputed: both readings are given. After a month interest of the state banks comes on top, whose rate is not held here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import Days, Ints
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Block, Money, Reading, Result, Warnings, factor, plain, rounded_share, spread
from serikat.law.topics import Topic, no_event, split_by_period
from serikat.law.values import Dated
from serikat.law.words import Words

MOST_DAYS = 36_500

PER_DAY = Words("denda tingkat pertama dihitung untuk setiap hari", "the first rate is due for each day")
ONCE = Words("denda tingkat pertama dihitung sekali saja", "the first rate is due once")
NOT_YET = Words(
    "Denda baru mulai pada hari keterlambatan ke-{first} ({article}).",
    "The fine begins on day {first} of the delay ({article}).",
)
CAPPED = Words(
    "Denda dibatasi {most} persen upah ({article}); hari sesudahnya tidak menambah denda.",
    "The fine ends at {most} per cent of the wage ({article}); further days add nothing.",
)
INTEREST = Words(
    "Sesudah sebulan ditambah bunga tertinggi bank pemerintah ({article}). Suku bunganya tidak dipegang di sini, jadi belum dihitung: tanyakan dan tambahkan.",
    "After a month interest at the highest rate of the state banks comes on top ({article}). The rate is not held here, so that it is not counted: ask for it and add it.",
)
STILL_DUE = Words("Upahnya tetap harus dibayar selain denda ini.", "The wage itself is due besides this fine.")
DISPUTED = Words(
    "Bunyi pasalnya dipersoalkan: denda hari ke-{first} sampai ke-{last} per hari atau sekali, dan apakah tanggal gajian hari pertama. Di sini sehari sesudah tanggal gajian adalah hari pertama.",
    "The text is disputed: whether the fine of days {first} to {last} is for each day or once, and whether payday itself is the first day. Here the day after payday is the first.",
)


class Case(NamedTuple):
    """One wage that came late."""

    wage: int
    days: int


def _read(law: Law, facts: Facts, day: date) -> Case:
    return Case(read.money(facts, "wage"), read.whole(facts, "days_late", 0, MOST_DAYS))


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    wage, late = (np.array(column, np.int64) for column in zip(*cases, strict=True))
    return compute(law, wage, late, np.array(days, "datetime64[D]"))


def compute(law: Law, wage: Money, late: Ints, on: Days) -> Result:
    """Count many late wages, each by the law of its day in `on`."""
    size = len(wage)
    readings: dict[str, list[Block]] = {"per_day": [], "once": []}
    warnings: Warnings = []
    for day, rows in split_by_period(law, "late_wage_fine", on, "law_on"):
        at = np.arange(size) if rows is None else rows
        part = _Part(law, day, wage[at], late[at], at)
        for key in readings:
            readings[key] += part.blocks(once=key == "once")
        warnings += [(words, spread(mask, at, size)) for words, mask in part.warnings()]
    found = tuple((words, mask) for words, mask in warnings if mask is not None and mask.any())
    told = tuple(Reading(key, PER_DAY if key == "per_day" else ONCE, tuple(blocks)) for key, blocks in readings.items())
    return Result("late_wage_fine", law.rule_versions["late_wage_fine"], size, told, found)


class _Part:
    """The late wages of one period, while they are counted."""

    def __init__(self, law: Law, day: date, wage: Money, late: Ints, rows: Ints) -> None:
        self.law, self.day, self.wage, self.late, self.rows = law, day, wage, late, rows
        self.first, self.last = law.on(p.LATE_FIRST_DAY, day), law.on(p.LATE_LAST_DAY, day)
        self.a_day, self.after = law.on(p.LATE_A_DAY, day), law.on(p.LATE_A_DAY_AFTER, day)
        self.most = law.on(p.LATE_MOST, day)

    def quantities(self, once: bool) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """How often each of the two fines is due, cut where the most is reached; and where it was cut."""
        first, last = self.first.value, self.last.value
        early = np.clip(self.late - first + 1, 0, 1 if once else last - first + 1)
        later = np.maximum(self.late - last, 0)
        over = lcm(self.a_day.value.denominator, self.after.value.denominator, self.most.value.denominator)
        one, two, most = (int(part.value * over) for part in (self.a_day, self.after, self.most))
        held = np.minimum(early, most // one)
        room = (most - held * one) // two
        return held, np.minimum(later, room), (early > held) | (later > room)

    def blocks(self, once: bool) -> list[Block]:
        early, later, _ = self.quantities(once)
        return [self._block(self.a_day, early), self._block(self.after, later)]

    def _block(self, share: Dated[Fraction], times: Ints) -> Block:
        amount = rounded_share(self.wage, times * share.value.numerator, share.value.denominator)
        zeros = np.zeros(len(times), np.int8)
        cited = (self.law.cite(self.day, share),)
        return Block(
            "fine", amount, self.wage, times, zeros, zeros, (factor(share.value),), cited, row=self.rows, present=times > 0
        )

    def warnings(self) -> Warnings:
        interest = self.law.on(p.LATE_INTEREST_AFTER, self.day)
        first, last, most = self.first, self.last, self.most
        fined = self.late >= first.value
        capped = self.quantities(once=False)[2]
        return [
            (NOT_YET.filled(first=first.value, article=first.articles[0]), ~fined),
            (CAPPED.filled(most=plain(most.value * 100), article=most.articles[0]), capped),
            (INTEREST.filled(article=interest.articles[0]), self.late > interest.value),
            (DISPUTED.filled(first=first.value, last=last.value), fined),
            (STILL_DUE, np.ones(len(self.late), bool)),
        ]


LATE_WAGE_FINE = Topic("late_wage_fine", frozenset({"wage", "days_late"}), no_event, _read, _count)
