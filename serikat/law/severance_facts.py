"""The topics `severance` and `unused_leave` as they are asked: typed facts of one person, checked, then many of them in columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from serikat.law import facts as read
from serikat.law import parameters as p
from serikat.law.dates import completed_years
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Money, Result, one_reading
from serikat.law.severance import FLOOR_TAKEN, NOT_THEN, VARIABLE_LEFT_OUT, Columns, compute, leave_block, reason_names
from serikat.law.topics import Topic, no_event, split_by_period
from serikat.law.wages import DAILY, PIECE, WAGE_KEYS, Wage, Wages, read_wage
from serikat.law.words import FieldError, Words

MOST_YEARS = 80
MOST_LEAVE_DAYS = 500

ENDS_BEFORE = Words("Hari berakhir harus setelah hari mulai bekerja.", "The last day must be after the first.")
DAYS_OR_YEARS = Words(
    "Isi hari mulai dan hari berakhir, atau masa kerja dalam tahun penuh; jangan keduanya.",
    "Give first and last day, or whole years of service; not both.",
)
DIVISOR = Words(
    "Pembagi untuk sehari cuti tidak ditetapkan undang-undang (20, 22, dan 25 dipakai). Lihat perjanjian, lalu isikan.",
    "The law sets no divisor for a day of leave (20, 22 and 25 are seen). Look into the contract and give it.",
)
AGREED = Words(
    "Usaha mikro dan kecil membayar sebesar yang disepakati: isikan jumlahnya.",
    "Micro and small firms pay what was agreed: give the amount.",
)
NOT_AGREED = Words(
    "Hanya usaha mikro dan kecil yang membayar menurut kesepakatan: isi jenis usahanya, atau kosongkan ini.",
    "Only micro and small firms pay by agreement: say that the firm is one, or leave this empty.",
)
AT_THE_END = Words(
    "Cuti diganti uang ketika hubungan kerja berakhir, untuk hari yang belum gugur. Selama masih bekerja hanya jika perjanjian memberinya.",
    "Leave is paid in money when employment ends, for days that have not lapsed. Before that only where an agreement gives it.",
)
CLAUSE_ASKED = Words(
    "Sebutkan pasal perjanjian yang memberi jumlah itu.", "Name the clause of the contract that gives this amount."
)
FIRMS = ("other", "micro_or_small")


class Case(NamedTuple):
    """One person, checked."""

    wage: Wage
    reason: int
    hired: int
    terminated: int
    years: int
    leave_days: int
    divisor: int
    travel: int
    other: int
    separation: int
    pension: int
    agreed: int
    clause: str


KEYS = WAGE_KEYS | {
    "hired", "terminated", "years_of_service", "reason", "unused_leave_days", "leave_day_divisor", "return_travel", "other_rights", "separation_money",
    "pension_contributions", "firm", "agreed_amount",
}  # fmt: skip
_EPOCH = date(1970, 1, 1).toordinal()
_PLAIN = frozenset({"id", "topic", "law_on", "reason", "hired", "terminated", "years_of_service"}) | WAGE_KEYS


def _event(facts: Facts) -> tuple[date | None, str]:
    return read.maybe_day(facts, "terminated"), "terminated"


def _read(law: Law, facts: Facts, day: date) -> Case:
    names, always = reason_numbers(law)
    found = facts.get("reason")
    reason = names.get(found, -1) if isinstance(found, str) else -1
    if reason < 0:
        read.one_of(facts, "reason", names)
    if found not in always and law.maybe(p.REASONS.named(str(found)), day) is None:
        raise FieldError("reason", NOT_THEN.filled(day=day))
    service = _service(facts)
    wage = read_wage(facts)
    if _PLAIN.issuperset(facts):
        return Case(wage, reason, *service, 0, 0, 0, 0, 0, 0, -1, "")
    return _with_the_rest(facts, wage, reason, service)


def _with_the_rest(facts: Facts, wage: Wage, reason: int, service: tuple[int, int, int]) -> Case:
    leave_days = read.whole(facts, "unused_leave_days", 0, MOST_LEAVE_DAYS, otherwise=0)
    other, separation = read.money(facts, "other_rights", 0), read.money(facts, "separation_money", 0)
    agreed = -1
    if read.one_of(facts, "firm", FIRMS, "other") == "other":
        if facts.get("agreed_amount") is not None:
            raise FieldError("agreed_amount", NOT_AGREED)
    else:
        if facts.get("agreed_amount") is None:
            raise FieldError("agreed_amount", AGREED)
        agreed = read.money(facts, "agreed_amount")
    return Case(
        wage,
        reason,
        *service,
        leave_days,
        read_divisor(facts, wage, leave_days),
        read.money(facts, "return_travel", 0),
        other,
        separation,
        read.money(facts, "pension_contributions", 0),
        agreed,
        read.words(facts, "clause", ""),
    )


def _service(facts: Facts) -> tuple[int, int, int]:
    """Days since 1970 of hiring and termination, or -1 and -1 with whole years."""
    if facts.get("years_of_service") is not None:
        for key in ("hired", "terminated"):
            if facts.get(key) is not None:
                raise FieldError("years_of_service", DAYS_OR_YEARS)
        return -1, -1, read.whole(facts, "years_of_service", 0, MOST_YEARS)
    hired, terminated = read.a_day(facts, "hired"), read.a_day(facts, "terminated")
    if terminated < hired:
        raise FieldError("terminated", ENDS_BEFORE)
    return hired.toordinal() - _EPOCH, terminated.toordinal() - _EPOCH, -1


def read_divisor(facts: Facts, wage: Wage, days: int) -> int:
    """By how much a month of wage is divided for a day of leave; a daily wage needs none. Raises FieldError where nobody said."""
    if facts.get("leave_day_divisor") is None:
        if wage.kind == DAILY or not days:
            return 0
        raise FieldError("leave_day_divisor", DIVISOR)
    return read.whole(facts, "leave_day_divisor", 1, 31)


@lru_cache(maxsize=8)
def reason_numbers(law: Law) -> tuple[dict[str, int], set[str]]:
    """The number of each reason's id in columns, and the ids of those that hold on every day on which the topic does."""
    numbers = {name: number for number, name in enumerate(reason_names(law))}
    since = law.since("severance")
    return numbers, {name for name in numbers if _holds_since(law, name, since)}


def _holds_since(law: Law, name: str, since: date) -> bool:
    values = law.held[p.REASONS.named(name).name]
    return values[0].since <= since and values[-1].until is None


def _column(values: Sequence[int]) -> Money | None:
    return np.array(values, np.int64) if any(values) else None


def _count(law: Law, cases: Sequence[Case], days: Sequence[date]) -> Result:
    wage, reason, hired, terminated, years, leave, divisor, travel, other, separation, pension, agreed, clause = zip(
        *cases, strict=True
    )
    by_days, by_years = np.array(hired, np.int64).view("datetime64[D]"), np.array(years, np.int32)
    left = np.array(terminated, np.int64).view("datetime64[D]")
    some_years = (by_years >= 0).any()
    if some_years:
        counted = by_years < 0
        by_years[counted] = completed_years(by_days[counted], left[counted])
    columns = Columns(
        Wages.of(list(wage)),
        np.array(reason, np.int16),
        None if some_years else by_days,
        None if some_years else left,
        by_years if some_years else None,
        _column(leave),
        np.array(divisor, np.int64) if any(leave) else None,
        _column(travel),
        _column(other),
        _column(separation),
        _column(pension),
        np.array(agreed, np.int64) if max(agreed) >= 0 else None,
        clause,
    )
    result = compute(law, columns, np.array([day.toordinal() - _EPOCH for day in days], np.int64).view("datetime64[D]"))
    asked = np.array(
        [(o > 0 or s > 0 or a >= 0) and not c for o, s, a, c in zip(other, separation, agreed, clause, strict=True)]
    )
    return result.with_warning(CLAUSE_ASKED, asked) if asked.any() else result


SEVERANCE = Topic("severance", KEYS, _event, _read, _count)


class Leave(NamedTuple):
    """One person's leave, checked."""

    wage: Wage
    days: int
    divisor: int


def _read_leave(law: Law, facts: Facts, day: date) -> Leave:
    wage = read_wage(facts)
    days = read.hundredths(facts, "days", MOST_LEAVE_DAYS)
    return Leave(wage, days, read_divisor(facts, wage, 1))


def _count_leave(law: Law, cases: Sequence[Leave], days: Sequence[date]) -> Result:
    when = np.array(days, "datetime64[D]")
    wages = Wages.of([case.wage for case in cases])
    divisor = np.array([case.divisor for case in cases], np.int64)
    amount = np.array([case.days for case in cases], np.int64)
    blocks = []
    for day, rows in split_by_period(law, "unused_leave", when, "law_on"):
        month = wages.month(law.on(p.DAILY_TO_MONTH, day).value)
        daily = np.zeros(len(cases), np.int64) if wages.daily is None else wages.daily
        at = np.arange(len(cases)) if rows is None else rows
        article = law.on(p.RIGHTS_ITEMS, day).articles[0]
        blocks.append(
            leave_block(
                law,
                day,
                month=month[at],
                daily=daily[at],
                days=amount[at],
                divisor=divisor[at],
                rows=rows,
                present=amount[at] > 0,
                article=article,
                over=100,
            )
        )
    result = Result(
        "unused_leave", law.rule_versions["unused_leave"], len(cases), one_reading(blocks), ((AT_THE_END, None),)
    )
    for words, of in (
        (VARIABLE_LEFT_OUT, lambda wage: wage.variable > 0),
        (FLOOR_TAKEN, lambda wage: wage.kind == PIECE and wage.average < wage.minimum),
    ):
        if (mask := np.array([of(case.wage) for case in cases])).any():
            result = result.with_warning(words, mask)
    return result


UNUSED_LEAVE = Topic("unused_leave", WAGE_KEYS | {"days", "leave_day_divisor"}, no_event, _read_leave, _count_leave)
