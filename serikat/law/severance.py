"""What is paid when employment ends: uang pesangon, uang penghargaan masa kerja, uang penggantian hak, uang pisah (PP 35/2021 articles 40 to 59).

Service is counted in completed years, the day of termination itself not counted. Each amount is the month of wage, times the months of the table, times
the factor of the reason. What the tables do not know (a divisor for a day of leave, the separation money of a contract, what a small firm agreed) is
asked for, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import lcm
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from serikat.law import parameters as p
from serikat.law.dates import Days, completed_years
from serikat.law.facts import MISSING
from serikat.law.holding import Law
from serikat.law.lines import Block, Factor, Money, Result, Warnings, factor, one_reading, rounded_share
from serikat.law.register import Citation
from serikat.law.shapes import Reason
from serikat.law.topics import split_by_period
from serikat.law.values import Bands, Dated, Parameter
from serikat.law.wages import PIECE, Wages
from serikat.law.words import FieldError, Words

Kind = TypeVar("Kind", bound=np.generic)

CHUNK = 1 << 15
"""Persons counted at a time: their columns stay in the processor's cache."""

LEAST = Words(
    "Ini jumlah paling sedikit yang harus dibayar pengusaha; perjanjian boleh memberi lebih.",
    "This is the least the employer must pay; an agreement may give more.",
)
NOT_BEFORE_DECISION = Words(
    "Jika perundingan gagal, hubungan kerja baru berakhir setelah putusan berkekuatan hukum tetap; sampai saat itu upah tetap dibayar.",
    "Where talks fail, employment ends only with a final decision; until then wages go on.",
)
SEPARATION_ASKED = Words(
    "Untuk alasan ini ada uang pisah. Besarnya ada di perjanjian kerja, peraturan perusahaan, atau perjanjian kerja bersama: cari dan isikan.",
    "For this reason there is separation money. Contract, company rules or collective agreement set the amount: look it up and give it.",
)
NO_SEPARATION = Words(
    "Untuk alasan ini aturan tidak memberi uang pisah, jadi isian itu tidak dihitung. Pemberian menurut perjanjian diisi pada hak lain.",
    "For this reason the rules give no separation money, so that it is not counted. What a contract gives goes into other rights.",
)
VARIABLE_LEFT_OUT = Words(
    "Tunjangan tidak tetap tidak masuk upah yang dipakai di sini.", "Variable allowances are no part of the wage used here."
)
FLOOR_TAKEN = Words(
    "Rata-rata borongan di bawah upah minimum, jadi upah minimum yang dipakai.",
    "Piece work averages below the minimum wage, so that the minimum wage is taken.",
)
BACK_TO_WORK = Words(
    "Pekerja dipekerjakan kembali: ini hak, bukan uang.", "The worker is taken back to work: a right, not money."
)
NOT_THEN = Words("Alasan ini tidak berlaku pada {day}.", "This reason is not in force on {day}.")
NO_MONEY_OF_TABLES = Words(
    "Untuk alasan ini tidak ada uang pesangon dan uang penghargaan masa kerja.",
    "For this reason there is neither severance nor long-service pay.",
)
PENSION_COUNTED = Words(
    "Iuran pensiun yang dibayar pengusaha diperhitungkan, paling banyak sebesar uang pesangon, uang penghargaan masa kerja, dan uang pisah, jika perjanjian atau peraturan perusahaan mengaturnya. Bagian iuran pekerja tidak dihitung.",
    "The employer's pension contributions are counted, at most up to severance, long-service and separation money, where contract or company rules set it. What the worker paid in does not count.",
)
AGREED_IS_CONTRACT = Words(
    "Usaha mikro dan kecil membayar sebesar kesepakatan, termasuk penggantian hak dan uang pisah; tabel dan isian lain tidak dihitung.",
    "Micro and small firms pay what was agreed, rights and separation money included; the tables and what else was given are not counted.",
)


@dataclass(frozen=True)
class Columns:
    """Many persons, one value each. `years`, or both `hired` and `terminated`; `reason` is a place in `reason_names`. None: nobody has it.

    `divisor` is for a day of leave: 0 where a day of the daily wage is one. `agreed` is -1 where no agreement of a small firm stands.
    """

    wages: Wages
    reason: NDArray[np.int16]
    hired: Days | None = None
    terminated: Days | None = None
    years: NDArray[np.int32] | None = None
    leave_days: Money | None = None
    divisor: Money | None = None
    travel: Money | None = None
    other: Money | None = None
    separation: Money | None = None
    pension: Money | None = None
    agreed: Money | None = None
    clauses: Sequence[str] = ()


def reason_names(law: Law) -> list[str]:
    """The ids of the reasons, in the order in which columns number them."""
    start = len(p.REASONS.prefix) + 1
    return [name[start:] for name in law.names(p.REASONS)]


@dataclass(frozen=True)
class Rules:
    """The values of one period laid out for columns: by reason, and by reason times years."""

    day: date
    reasons: tuple[Dated[Reason], ...]
    held: NDArray[np.bool_]
    bands: int
    over: int
    pay_months: NDArray[np.int8]
    service_months: NDArray[np.int8]
    pay_weight: NDArray[np.int64]
    service_weight: NDArray[np.int64]
    factors: tuple[Factor, ...]
    pay_factor: NDArray[np.int8]
    service_factor: NDArray[np.int8]
    pay_cited: tuple[Citation, ...]
    service_cited: tuple[Citation, ...]
    days_in_month: int

    def mask(self, is_so: Callable[[Reason], bool]) -> NDArray[np.bool_]:
        """For each reason whether it is so."""
        return np.array([is_so(reason.value) for reason in self.reasons])


@lru_cache(maxsize=64)
def rules_on(law: Law, day: date) -> Rules:
    held = law.family(p.REASONS, day)
    names = reason_names(law)
    # a reason of another time keeps its number in the columns; whoever has it is refused
    reasons = tuple(held.get(name) or law.held[p.REASONS.named(name).name][0] for name in names)
    pay, service = law.on(p.PAY_MONTHS, day), law.on(p.SERVICE_MONTHS, day)
    last = max(pay.value.starts[-1], service.value.starts[-1])
    numbers = [(reason.value.pay, reason.value.service) for reason in reasons]
    distinct = sorted({number for pair in numbers for number in pair})
    over = lcm(*(number.denominator for number in distinct))
    pay_months, service_months = _months(pay.value, last), _months(service.value, last)
    return Rules(
        day,
        reasons,
        np.array([name in held for name in names]),
        last + 1,
        over,
        np.array(pay_months * len(names), np.int8),
        np.array(service_months * len(names), np.int8),
        np.array([int(number * over) * months for number, _ in numbers for months in pay_months]),
        np.array([int(number * over) * months for _, number in numbers for months in service_months]),
        tuple(factor(number) for number in distinct),
        np.array([distinct.index(number) for number, _ in numbers], np.int8),
        np.array([distinct.index(number) for _, number in numbers], np.int8),
        tuple(law.cite(day, *([reason] if reason.holds(day) else []), pay) for reason in reasons),
        tuple(law.cite(day, *([reason] if reason.holds(day) else []), service) for reason in reasons),
        law.on(p.DAILY_TO_MONTH, day).value,
    )


def by_table(reason: Reason) -> bool:
    """Whether a reason gives money by the tables."""
    return bool(reason.pay or reason.service)


def _months(table: Bands, last: int) -> list[int]:
    return [table.at(years) for years in range(last + 1)]


def compute(law: Law, columns: Columns, on: Days | date | None = None) -> Result:
    """Count many persons. `on` is the day whose law is asked, one for all or one each; without it the day of termination.

    Raises FieldError for a day on which the rules are not held.
    """
    days = on if on is not None else columns.terminated
    if days is None:
        raise FieldError("law_on", MISSING)
    size = len(columns.reason)
    blocks: list[Block] = []
    warnings: Warnings = []
    least, decided = _days_of(law, p.LEAST, days, size), _days_of(law, p.FINAL_DECISION, days, size)
    for day, rows in split_by_period(law, "severance", days, "terminated"):
        part = _Part(law, columns, rules_on(law, day), rows)
        part.count(blocks, warnings)
        part.warn_of_rulings(warnings, least, decided)
    return Result("severance", law.rule_versions["severance"], size, one_reading(blocks), tuple(warnings))


def _days_of(law: Law, parameter: Parameter[bool], days: Days | date, size: int) -> NDArray[np.bool_]:
    """For each person whether a rule holds on the day."""
    when = np.full(size, days, "datetime64[D]") if isinstance(days, date) else days
    found = np.zeros(size, bool)
    for value in law.held[parameter.name]:
        if value.value:
            found |= (when >= np.datetime64(value.since)) & (value.until is None or when <= np.datetime64(value.until))
    return found


class _Part:
    """The persons of one period, while they are counted. `rows` None: all."""

    def __init__(self, law: Law, columns: Columns, rules: Rules, rows: NDArray[np.int64] | None) -> None:
        self.law, self.rules, self.rows, self.whole = law, rules, rows, columns
        self.reason = self.taken(columns.reason)
        self.size = len(self.reason)
        if not rules.held.all() and not self.has(rules.held).all():
            raise FieldError("reason", NOT_THEN.filled(day=rules.day))
        self.ends = ~self.of_reason(lambda reason: reason.reinstated)
        self.agreed: NDArray[np.bool_] | None = None
        if columns.agreed is not None and law.on(p.SMALL_FIRM_AGREES, rules.day).value:
            self.agreed = (self.taken(columns.agreed) >= 0) & self.ends
        self.by_law = self.ends if self.agreed is None else self.ends & ~self.agreed

    def taken(self, column: NDArray[Kind]) -> NDArray[Kind]:
        return column if self.rows is None else column[self.rows]

    def count(self, blocks: list[Block], warnings: Warnings) -> None:
        rules, whole = self.rules, self.whole
        month = self.taken(whole.wages.month(rules.days_in_month))
        against = self._tables(month)
        blocks += against
        self.warn(warnings, NO_MONEY_OF_TABLES, self.by_law & ~self.of_reason(by_table))
        self.warn(warnings, BACK_TO_WORK, ~self.ends)
        self._wage_warnings(warnings)
        self._rights(blocks, month, self.by_law & self.of_reason(lambda reason: reason.rights))
        separation = self._separation(warnings)
        blocks += separation
        if self.agreed is not None and whole.agreed is not None:
            small = self.law.on(p.SMALL_FIRM_AGREES, rules.day)
            blocks.append(self._given("severance_pay", self.taken(whole.agreed), small, self.agreed))
            self.warn(warnings, AGREED_IS_CONTRACT, self.agreed)
        self._offset(blocks, warnings, [*against, *separation])

    def has(self, by_reason: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = by_reason.take(self.reason)
        return found

    def of_reason(self, is_so: Callable[[Reason], bool]) -> NDArray[np.bool_]:
        """For each person whether it is so with the reason."""
        return self.has(self.rules.mask(is_so))

    def warn_of_rulings(self, warnings: Warnings, least: NDArray[np.bool_], decided: NDArray[np.bool_]) -> None:
        """What the rulings of the Constitutional Court add on the days on which they hold."""
        self.warn(warnings, LEAST, self.taken(least) & self.by_law & self.of_reason(lambda reason: bool(reason.pay)))
        contested = self.of_reason(lambda reason: reason.notice)
        self.warn(warnings, NOT_BEFORE_DECISION, self.taken(decided) & contested)

    def warn(self, warnings: Warnings, words: Words, mask: NDArray[np.bool_]) -> None:
        if self.rows is not None:
            wide = np.zeros(len(self.whole.reason), bool)
            wide[self.rows] = mask
            mask = wide
        if mask.any():
            warnings.append((words, mask))

    def _tables(self, month: Money) -> list[Block]:
        """The two lines that are counted by tables; a small firm that agreed on an amount has none."""
        rules, size = self.rules, self.size
        pay, service = np.empty(size, np.int64), np.empty(size, np.int64)
        pay_months, service_months = np.empty(size, np.int8), np.empty(size, np.int8)
        done = self._completed()
        for start in range(0, size, CHUNK):
            part = slice(start, start + CHUNK)
            at = np.minimum(done(part), rules.bands - 1) + self.reason[part].astype(np.int32) * rules.bands
            pay[part] = rounded_share(month[part], rules.pay_weight.take(at), rules.over)
            service[part] = rounded_share(month[part], rules.service_weight.take(at), rules.over)
            rules.pay_months.take(at, out=pay_months[part], mode="clip")
            rules.service_months.take(at, out=service_months[part], mode="clip")
        pays = self.by_law if self.agreed is not None else None
        return [
            Block("severance_pay", pay, month, pay_months, rules.pay_factor.take(self.reason), self.reason, rules.factors, rules.pay_cited, row=self.rows, present=None if pays is None else pays & (pay != 0)),
            Block("service_pay", service, month, service_months, rules.service_factor.take(self.reason), self.reason, rules.factors, rules.service_cited, row=self.rows, present=None if pays is None else pays & (service != 0)),
        ]  # fmt: skip

    def _completed(self) -> Callable[[slice], NDArray[np.int32]]:
        """Completed years of a slice of the persons."""
        whole = self.whole
        if whole.years is not None:
            years = self.taken(whole.years)
            return lambda part: years[part]
        if whole.hired is None or whole.terminated is None:
            raise FieldError("hired", MISSING)
        hired, terminated = self.taken(whole.hired), self.taken(whole.terminated)
        return lambda part: completed_years(hired[part], terminated[part])

    def _wage_warnings(self, warnings: Warnings) -> None:
        wages = self.whole.wages
        if wages.variable is not None:
            self.warn(warnings, VARIABLE_LEFT_OUT, self.taken(wages.variable) > 0)
        if wages.kind is not None and wages.average is not None and wages.minimum is not None:
            self.warn(warnings, FLOOR_TAKEN, self.taken((wages.kind == PIECE) & (wages.average < wages.minimum)))

    def _given(self, head: str, amount: Money, dated: Dated[Any], present: NDArray[np.bool_], *more: str) -> Block:
        """A line of an amount that was typed: one time, with the clause of the contract that was named."""
        rows = range(self.size) if self.rows is None else self.rows
        clauses = [self.whole.clauses[int(row)] if self.whole.clauses else "" for row in rows]
        distinct = sorted(set(clauses))
        what = more or (dated,)
        cited = tuple(self.law.cite(self.rules.day, *what, clause=clause) for clause in distinct)
        ones = np.ones(self.size, np.int8)
        at = np.array([distinct.index(clause) for clause in clauses], np.int16)
        return Block(
            head, amount, amount, ones, np.zeros(self.size, np.int8), at, (factor(1),), cited, row=self.rows, present=present
        )

    def _rights(self, blocks: list[Block], month: Money, due: NDArray[np.bool_]) -> None:
        """Leave that was not taken, the journey home, and what else the contract sets."""
        whole = self.whole
        items = self.law.on(p.RIGHTS_ITEMS, self.rules.day)
        leave, journey, other = items.articles
        if whole.leave_days is not None and whole.divisor is not None:
            days, divisor = self.taken(whole.leave_days), self.taken(whole.divisor)
            blocks.append(
                leave_block(
                    self.law, self.rules.day, month=month, daily=self._daily(), days=days, divisor=divisor, rows=self.rows,
                    present=due & (days > 0), article=leave,
                )
            )  # fmt: skip
        for column, article in ((whole.travel, journey), (whole.other, other)):
            if column is not None:
                amount = self.taken(column)
                blocks.append(self._given("rights_pay", amount, items, due & (amount > 0), article))

    def _daily(self) -> Money:
        daily = self.whole.wages.daily
        return np.zeros(self.size, np.int64) if daily is None else self.taken(daily)

    def _separation(self, warnings: Warnings) -> list[Block]:
        due = self.by_law & self.of_reason(lambda reason: reason.separation)
        if self.whole.separation is None:
            self.warn(warnings, SEPARATION_ASKED, due)
            return []
        given = self.taken(self.whole.separation)
        self.warn(warnings, SEPARATION_ASKED, due & (given == 0))
        self.warn(warnings, NO_SEPARATION, self.by_law & ~due & (given > 0))
        return [
            self._given("separation_money", given, reason, mine)
            for number, reason in enumerate(self.rules.reasons)
            if reason.value.separation and (mine := due & (given > 0) & (self.reason == number)).any()
        ]

    def _offset(self, blocks: list[Block], warnings: Warnings, against: list[Block]) -> None:
        """Pension contributions of the employer take the place of so much of what the tables and separation money give."""
        counts = self.law.on(p.PENSION_COUNTS, self.rules.day)
        if self.whole.pension is None or not counts.value:
            return
        due = sum(np.where(block.there(), block.amount, 0) for block in against)
        less = np.minimum(self.taken(self.whole.pension), due)
        blocks.append(self._given("pension_offset", -less, counts, less > 0))
        self.warn(warnings, PENSION_COUNTED, less > 0)


def leave_block(
    law: Law,
    day: date,
    *,
    month: Money,
    daily: Money,
    days: Money,
    divisor: Money,
    rows: NDArray[np.int64] | None,
    present: NDArray[np.bool_],
    article: str,
    over: int = 1,
) -> Block:
    """Days of leave (in parts of `over`) in money: the month of wage over the divisor, or the daily wage where the divisor is 0."""
    by_day = divisor == 0
    base = np.where(by_day, daily, month)
    distinct = np.unique(np.where(by_day, 1, divisor))
    amount = np.zeros(len(month), np.int64)
    for number in distinct:
        mine = np.where(by_day, 1, divisor) == number
        amount[mine] = rounded_share(base[mine], days[mine], int(number) * over)
    factors = tuple(
        factor(1) if number == 1 else Factor(factor(1).number / int(number), f"1/{number}") for number in distinct
    )
    at = np.searchsorted(distinct, np.where(by_day, 1, divisor))
    cited = np.zeros(len(month), np.int8)
    return Block("rights_pay", amount, base, days, at, cited, factors, (law.cite(day, article),), over, rows, present)
