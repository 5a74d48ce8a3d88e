"""The religious-holiday allowance (THR; Permenaker 6/2016) and the fine for paying it late.

Twelve completed months of service up to the holiday give one month of wage, less gives months over twelve, under one month gives nothing. A daily worker's
month of wage is the average of the last twelve months, or of the months worked. A permanent worker who was dismissed within the thirty days before the
holiday keeps the allowance; service then ends with the employment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import Days, Ints, completed_months
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Block, Factor, Money, Result, Warnings, factor, one_reading, plain, rounded_share, spread
from serikat.law.topics import Topic, no_event, split_by_period
from serikat.law.words import FieldError, Words

CONTRACTS = ("permanent", "fixed_term")
MOST_MONTHS = 1200
MOST_WAGES = 1200
NEVER = -(2**31)
"""For a day that is not there: nobody said it, or the worker has not left."""
_EPOCH = date(1970, 1, 1).toordinal()

HOLIDAY_BEFORE = Words("Hari raya harus setelah hari mulai bekerja.", "The holiday must be after the first day of work.")
LEFT_BEFORE = Words(
    "Hari berhenti harus setelah hari mulai bekerja.", "The day of leaving must be after the first day of work."
)
DAYS_OR_MONTHS = Words(
    "Isi hari mulai bekerja, atau masa kerja dalam bulan penuh; jangan keduanya.",
    "Give the first day of work, or whole months of service; not both.",
)
ONE_WAGE = Words(
    "Isi upah sebulan, atau daftar upah tiap bulan; jangan keduanya.",
    "Give a month of wage, or the list of wages by month; not both.",
)
CONTRACT = Words(
    "Isi permanent (tetap) atau fixed_term (kontrak): bagi yang berhenti sebelum hari raya aturannya berbeda.",
    "Give permanent or fixed_term: for who left before the holiday the rules differ.",
)
MORE_WAGES = Words(
    "Masa kerja {full} bulan atau lebih memerlukan upah {most} bulan terakhir.",
    "Service of {full} months or more wants the wages of the last {most} months.",
)
FEWER_WAGES = Words(
    "Masa kerja kurang dari {full} bulan: isi upah bulan yang dijalani saja, paling banyak {most}.",
    "With less than {full} months of service give the wages of the months worked alone, {most} at most.",
)
TOO_SHORT = Words(
    "Masa kerja kurang dari {least} bulan tidak memberi THR ({article}).",
    "Less than {least} month of service gives no THR ({article}).",
)
FIXED_TERM_LEFT = Words(
    "Kontrak berakhir sebelum hari raya, jadi tidak ada THR ({article}).",
    "The fixed-term contract ended before the holiday, so that there is no THR ({article}).",
)
LEFT_TOO_EARLY = Words(
    "Hubungan kerja berakhir lebih dari {days} hari sebelum hari raya, jadi tidak ada THR ({article}).",
    "Employment ended more than {days} days before the holiday, so that there is no THR ({article}).",
)
LEFT_IN_TIME = Words(
    "Pekerja tetap yang di-PHK dalam {days} hari sebelum hari raya tetap mendapat THR ({article}). Aturan ini untuk PHK oleh pengusaha; jika mengundurkan diri, lihat perjanjian.",
    "A permanent worker dismissed within {days} days before the holiday keeps the THR ({article}). The rule is for dismissal by the employer; for a resignation look into the agreement.",
)
DUE = Words(
    "THR dibayar paling lambat {due}, {days} hari sebelum hari raya.",
    "The THR is due on {due}, {days} days before the holiday.",
)
LEAST = Words(
    "Ini jumlah paling sedikit; jika perjanjian, peraturan perusahaan, atau kebiasaan memberi lebih, yang lebih besar dibayar.",
    "This is the least; where a contract, company rules or custom give more, the larger amount is paid.",
)
STILL_DUE = Words("THR tetap harus dibayar selain denda ini.", "The THR itself is due besides this fine.")
FOR_WELFARE = Words(
    "Denda ini untuk kesejahteraan pekerja menurut peraturan perusahaan atau perjanjian kerja bersama, bukan untuk pekerja seorang.",
    "This fine goes to the welfare of the workers as company rules or the collective agreement set, not to one worker.",
)


class Case(NamedTuple):
    """One person, checked: `months` of service, or days since 1970 in `hired`. `wage` is the sum of `wages` months, `averaged` where a list was given."""

    wage: int
    wages: int
    averaged: bool
    months: int
    hired: int
    holiday: int
    left: int
    permanent: bool


def _event(facts: Facts) -> tuple[date | None, str]:
    return read.maybe_day(facts, "holiday"), "holiday"


def _read(law: Law, facts: Facts, day: date) -> Case:
    months, hired, holiday = _service(facts)
    left, permanent = _left(facts, hired, holiday)
    if facts.get("monthly_wages") is None:
        return Case(read.money(facts, "monthly_wage"), 1, False, months, hired, holiday, left, permanent)
    if facts.get("monthly_wage") is not None:
        raise FieldError("monthly_wages", ONE_WAGE)
    ends = min(holiday, left) if left != NEVER else holiday
    served = months if months >= 0 else int(_completed(np.array([hired]), np.array([ends]))[0])
    wages = _wages(law, facts, day, served)
    return Case(sum(wages), len(wages), True, months, hired, holiday, left, permanent)


def _service(facts: Facts) -> tuple[int, int, int]:
    """Whole months or -1, the first day of work and the holiday, NEVER for what is not there."""
    if facts.get("months") is not None:
        if facts.get("hired") is not None:
            raise FieldError("months", DAYS_OR_MONTHS)
        wants_day = facts.get("left") is not None
        holiday = read.a_day(facts, "holiday") if wants_day else read.maybe_day(facts, "holiday")
        return read.whole(facts, "months", 0, MOST_MONTHS), NEVER, NEVER if holiday is None else holiday.toordinal() - _EPOCH
    hired, day = read.a_day(facts, "hired"), read.a_day(facts, "holiday")
    if day < hired:
        raise FieldError("holiday", HOLIDAY_BEFORE)
    return -1, hired.toordinal() - _EPOCH, day.toordinal() - _EPOCH


def _left(facts: Facts, hired: int, holiday: int) -> tuple[int, bool]:
    """The day on which employment ended, and whether it was permanent."""
    contract = read.one_of(facts, "contract", CONTRACTS, "")
    left = read.maybe_day(facts, "left")
    if left is None:
        return NEVER, contract == "permanent"
    if not contract:
        raise FieldError("contract", CONTRACT)
    if left.toordinal() - _EPOCH < hired:
        raise FieldError("left", LEFT_BEFORE)
    return left.toordinal() - _EPOCH, contract == "permanent"


def _wages(law: Law, facts: Facts, day: date, served: int) -> list[int]:
    """The months of wage that are averaged."""
    given = facts["monthly_wages"]
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_WAGES:
        raise FieldError("monthly_wages", read.NOT_A_LIST.filled(most=MOST_WAGES))
    wages = [read.money({f"[{at}]": wage}, f"[{at}]", path="monthly_wages") for at, wage in enumerate(given)]
    full, most = law.on(p.THR_FULL_MONTHS, day).value, law.on(p.THR_AVERAGE_MONTHS, day).value
    if served >= full and len(wages) < most:
        raise FieldError("monthly_wages", MORE_WAGES.filled(full=full, most=most))
    if served < full and len(wages) > most:
        raise FieldError("monthly_wages", FEWER_WAGES.filled(full=full, most=most))
    return wages[-most:]


def _completed(hired: Ints, ends: Ints) -> Ints:
    found: Ints = completed_months(hired.view("datetime64[D]"), ends.view("datetime64[D]")).astype(np.int64)
    return found


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    columns = [np.array(column, np.int64) for column in zip(*cases, strict=True)]
    return _Holidays(*columns).count(law, np.array(days, "datetime64[D]"))


@dataclass(frozen=True)
class _Holidays:
    """The columns of many cases."""

    wage: Money
    wages: Ints
    averaged: Ints
    months: Ints
    hired: Ints
    holiday: Ints
    left: Ints
    permanent: Ints

    def service(self) -> Ints:
        """Completed months up to the holiday, or up to the end of the employment where that came first."""
        given = self.months >= 0
        ends = np.where((self.left != NEVER) & (self.left < self.holiday), self.left, self.holiday)
        return np.where(given, self.months, _completed(np.where(given, 0, self.hired), np.where(given, 0, ends)))

    def count(self, law: Law, on: Days) -> Result:
        size = len(self.wage)
        served = self.service()
        blocks: list[Block] = []
        warnings: Warnings = []
        for day, rows in split_by_period(law, "thr", on, "holiday"):
            at = np.arange(size) if rows is None else rows
            least = law.on(p.THR_LEAST_MONTHS, day)
            short = served[at] < least.value
            lost, said = self._left(law, day, at)
            due = ~short & ~lost
            blocks.append(self._block(law, day, at, served[at], due))
            said.append((TOO_SHORT.filled(least=least.value, article=least.articles[0]), short & ~lost))
            said.append((LEAST, due))
            warnings += [(words, spread(mask, at, size)) for words, mask in [*said, *self._due(law, day, at, due)]]
        found = tuple((words, mask) for words, mask in warnings if mask is not None and mask.any())
        return Result("thr", law.rule_versions["thr"], size, one_reading(blocks), found)

    def _left(self, law: Law, day: date, at: Ints) -> tuple[NDArray[np.bool_], Warnings]:
        """Who lost the allowance by leaving before the holiday."""
        within = law.on(p.THR_LEFT_WITHIN, day)
        keeps, loses = within.articles
        left, holiday = self.left[at], self.holiday[at]
        before = (left != NEVER) & (left < holiday)
        permanent = self.permanent[at] == 1
        early = before & permanent & (holiday - left > within.value)
        contract_over = before & ~permanent
        said: Warnings = [
            (FIXED_TERM_LEFT.filled(article=loses), contract_over),
            (LEFT_TOO_EARLY.filled(days=within.value, article=keeps), early),
            (LEFT_IN_TIME.filled(days=within.value, article=keeps), before & permanent & ~early),
        ]
        return contract_over | early, said

    def _block(self, law: Law, day: date, at: Ints, served: Ints, due: NDArray[np.bool_]) -> Block:
        full, average = law.on(p.THR_FULL_MONTHS, day), law.on(p.THR_AVERAGE_MONTHS, day)
        complete = served >= full.value
        quantity = np.where(complete, 1, served)
        over = self.wages[at] * np.where(complete, 1, full.value)
        amount = np.zeros(len(at), np.int64)
        kinds = self.wages[at] * 4 + complete * 2 + self.averaged[at]
        distinct, which = np.unique(kinds, return_inverse=True)
        which = which.reshape(-1)
        factors, citations = [], []
        full_article, part_article = full.articles
        list_full, list_part = average.articles
        for number, kind in enumerate(distinct.tolist()):
            mine = which == number
            wages, whole = kind // 4, bool(kind & 2)
            amount[mine] = rounded_share(self.wage[at][mine], quantity[mine], int(over[mine][0]))
            factors.append(_factor(wages, 1 if whole else full.value))
            articles = [full_article if whole else part_article]
            if kind & 1:
                articles.append(list_full if whole else list_part)
            citations.append(law.cite(day, *articles))
        return Block("thr", amount, self.wage[at], quantity, which, which, factors, citations, row=at, present=due)

    def _due(self, law: Law, day: date, at: Ints, due: NDArray[np.bool_]) -> Warnings:
        days = law.on(p.THR_DUE_DAYS, day).value
        known = due & (self.holiday[at] != NEVER)
        found: Warnings = []
        for holiday in np.unique(self.holiday[at][known]).tolist():
            words = DUE.filled(due=date.fromordinal(holiday + _EPOCH - days), days=days)
            found.append((words, known & (self.holiday[at] == holiday)))
        return found


def _factor(wages: int, months: int) -> Factor:
    """1; 1/12; or, where wages are averaged, 1/5*1/12: a fifth of their sum, and a twelfth of that for each month."""
    parts = [plain(Fraction(1, number)) if number in {1, 12} else f"1/{number}" for number in (wages, months) if number > 1]
    return factor(Fraction(1, wages * months), "*".join(parts) or "1")


THR_KEYS = frozenset({"hired", "holiday", "months", "monthly_wage", "monthly_wages", "left", "contract"})
THR = Topic("thr", THR_KEYS, _event, _read, _count)


# The fine


class Fine(NamedTuple):
    """One allowance that was paid late."""

    thr: int


def _read_fine(law: Law, facts: Facts, day: date) -> Fine:
    return Fine(read.money(facts, "thr"))


def _count_fine(law: Law, cases: Sequence[Fine], days: Sequence[date]) -> Result:
    thr = np.array([case.thr for case in cases], np.int64)
    blocks = []
    for day, rows in split_by_period(law, "late_thr_fine", np.array(days, "datetime64[D]"), "law_on"):
        fine = law.on(p.THR_FINE, day)
        base = thr if rows is None else thr[rows]
        amount = rounded_share(base, fine.value.numerator, fine.value.denominator)
        zeros = np.zeros(len(base), np.int8)
        cited = (law.cite(day, fine),)
        blocks.append(Block("fine", amount, base, zeros + 1, zeros, zeros, (factor(fine.value),), cited, row=rows))
    warnings = ((STILL_DUE, None), (FOR_WELFARE, None))
    return Result("late_thr_fine", law.rule_versions["late_thr_fine"], len(cases), one_reading(blocks), warnings)


LATE_THR_FINE = Topic("late_thr_fine", frozenset({"thr"}), no_event, _read_fine, _count_fine)
