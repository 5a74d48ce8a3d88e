"""Wages that were paid short: against what was agreed and the minimum wage (`short_wage`), and against a contract abroad (`contract_wage`).

Each month stands alone: what one month got too much is not set off against another. `below_minimum` is what the minimum wage is above the higher of what
was agreed and what was paid, so that nothing is counted twice. Amounts of `contract_wage` are whole numbers in the unit in which they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.entries import ONE, Cited, Rows, check_sum, earliest, law_day
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Block, Result, one_reading, rounded_share
from serikat.law.topics import Topic
from serikat.law.values import Parameter
from serikat.law.words import FieldError, Words

TWICE = Words("Bulan {month} sudah ada di baris sebelumnya.", "The month {month} stands in an earlier entry already.")
OVERPAID = Words(
    "Ada bulan yang dibayar lebih dari kesepakatan. Kelebihannya tidak mengurangi kekurangan bulan lain.",
    "Some month was paid more than was agreed. What is too much does not lessen what other months lack.",
)
NO_MINIMUM = Words(
    "Upah minimum tidak diisi untuk semua bulan, jadi tidak semua bulan dibandingkan dengannya.",
    "The minimum wage was not given for every month, so that not every month was held against it.",
)
BOTH_OF_OVERTIME = Words(
    "Isi jam lembur yang belum dibayar dan upah lembur sejam menurut kontrak, keduanya.",
    "Give the hours of overtime not paid and the hourly rate of the contract, both of them.",
)
BY_CONTRACT = Words(
    "Dihitung menurut kontrak Anda sendiri. Aturan negara tempat bekerja dapat memberi lebih.",
    "Counted by your own contract. The rules of the country of work may give more.",
)
MOST_HOURS = 744


class Month(NamedTuple):
    """One month, checked. `minimum` is -1 where none was given; hours are hundredths."""

    law_day: date
    month: str
    due: int
    paid: int
    minimum: int
    hours: int = 0
    rate: int = 0


class Case(NamedTuple):
    """One person's months, checked."""

    months: tuple[Month, ...]
    clause: str
    currency: str


MONTH_KEYS = frozenset({"month", "due", "paid", "minimum"})
ABROAD_KEYS = MONTH_KEYS | {"overtime_hours", "overtime_rate"}


def _event(keys: frozenset[str]) -> Callable[[Facts], tuple[date | None, str]]:
    def event(facts: Facts) -> tuple[date | None, str]:
        entries = read.entries(facts, "months", keys)
        return earliest([(read.a_month(entry, "month", path), f"{path}month") for entry, path in entries])

    return event


def _months(law: Law, topic: str, facts: Facts, keys: frozenset[str]) -> tuple[Month, ...]:
    found: dict[date, Month] = {}
    for entry, path in read.entries(facts, "months", keys):
        first = read.a_month(entry, "month", path)
        if first in found:
            raise FieldError(f"{path}month", TWICE.filled(month=entry["month"]))
        hours, rate = _overtime(entry, path)
        found[first] = Month(
            law_day(law, topic, facts, first, f"{path}month"),
            entry["month"],
            read.money(entry, "due", path=path),
            read.money(entry, "paid", path=path),
            read.money(entry, "minimum", -1, path),
            hours,
            rate,
        )
    months = tuple(found.values())
    check_sum([max(month.due, month.minimum, month.paid) + month.hours * month.rate // 100 for month in months], "months")
    return months


def _overtime(entry: Facts, path: str) -> tuple[int, int]:
    given = [key for key in ("overtime_hours", "overtime_rate") if entry.get(key) is not None]
    if not given:
        return 0, 0
    for key in ("overtime_hours", "overtime_rate"):
        if key not in given:
            raise FieldError(f"{path}{key}", BOTH_OF_OVERTIME)
    return read.hundredths(entry, "overtime_hours", MOST_HOURS, path), read.money(entry, "overtime_rate", path=path)


def _read(law: Law, facts: Facts, day: date) -> Case:
    return Case(_months(law, "short_wage", facts, MONTH_KEYS), read.words(facts, "clause", ""), "IDR")


def _read_abroad(law: Law, facts: Facts, day: date) -> Case:
    currency, clause = read.currency(facts, "currency"), read.words(facts, "clause")
    return Case(_months(law, "contract_wage", facts, ABROAD_KEYS), clause, currency)


def _lines(
    law: Law, cases: Sequence[Case], agreed: Parameter[bool], least: Parameter[bool]
) -> tuple[Rows[Month], list[Block]]:
    rows = Rows.of([case.months for case in cases])
    due, paid = rows.column(lambda month: month.due), rows.column(lambda month: month.paid)
    minimum = rows.column(lambda month: month.minimum)
    names = [month.month for month in rows.entries]
    blocks = []
    for head, parameter, lacks in (
        ("short_wage", agreed, due - paid),
        ("below_minimum", least, minimum - np.maximum(due, paid)),
    ):
        cited, found = _cited(law, rows, cases, parameter)
        due_by_law = (lacks > 0) & _holds(law, rows, parameter)
        blocks.append(rows.block(head, np.maximum(lacks, 0), due_by_law, cited=cited, citations=found, notes=names))
    return rows, blocks


def _holds(law: Law, rows: Rows[Month], parameter: Parameter[bool]) -> NDArray[np.bool_]:
    """For each month whether the rule is so on its day."""
    found: NDArray[np.bool_] = rows.column(lambda month: law.on(parameter, month.law_day).value) == 1
    return found


def _cited(law: Law, rows: Rows[Month], cases: Sequence[Case], parameter: Parameter[bool]) -> tuple[list[int], Cited]:
    """For each month the place of its citation: the rule of its day, with the clause of its person."""
    found = Cited()
    places = []
    for person, month in zip(rows.person.tolist(), rows.entries, strict=True):
        dated, clause = law.on(parameter, month.law_day), cases[person].clause
        make = partial(law.cite, month.law_day, dated, clause=clause)
        places.append(found.at((dated.since, clause), make))
    return places, found


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    rows, blocks = _lines(law, cases, p.PAID_AS_AGREED, p.NOT_BELOW_MINIMUM)
    result = Result("short_wage", law.rule_versions["short_wage"], len(cases), one_reading(blocks))
    return _warned(result, rows)


def _count_abroad(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    rows, blocks = _lines(law, cases, p.CONTRACT_WAGE, p.CONTRACT_WAGE)
    cited, found = _cited(law, rows, cases, p.CONTRACT_WAGE)
    rate, hours = rows.column(lambda month: month.rate), rows.column(lambda month: month.hours)
    due_by_law = (hours > 0) & (rate > 0) & _holds(law, rows, p.CONTRACT_WAGE)
    overtime = rows.block(
        "overtime",
        rate,
        due_by_law,
        cited=cited,
        citations=found,
        notes=[month.month for month in rows.entries],
    )
    hours = hours[due_by_law]
    overtime = replace(
        overtime, amount=rounded_share(overtime.base, hours, 100), quantity=hours, quantity_over=100, factors=ONE
    )
    result = Result(
        "contract_wage",
        law.rule_versions["contract_wage"],
        len(cases),
        one_reading([*blocks, overtime]),
        ((BY_CONTRACT, None),),
        currencies=[case.currency for case in cases],
    )
    return _warned(result, rows)


def _warned(result: Result, rows: Rows[Month]) -> Result:
    due, paid = rows.column(lambda month: month.due), rows.column(lambda month: month.paid)
    result = result.with_warning(OVERPAID, rows.persons(paid > due))
    if result.topic == "short_wage":
        result = result.with_warning(NO_MINIMUM, rows.persons(rows.column(lambda month: month.minimum) < 0))
    return result


SHORT_WAGE = Topic("short_wage", frozenset({"months"}), _event(MONTH_KEYS), _read, _count)
CONTRACT_WAGE = Topic("contract_wage", frozenset({"months", "currency"}), _event(ABROAD_KEYS), _read_abroad, _count_abroad)
