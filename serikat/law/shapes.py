"""Shapes of values that are more than a number: a reason of dismissal, a step of procedure, a forum, a day of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from serikat.law.values import BadValue, Record, a_day, both_languages, flag, many, one_of, ratio, text, whole
from serikat.law.words import Words

T = TypeVar("T")
NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why employment ended: what the tables are multiplied by, and what else is due. `reinstated`: no money, back to work.

    `notice` is false where employment ends without a notice that could be contested, as by death.
    """

    label: Words
    pay: Fraction
    service: Fraction
    rights: bool
    separation: bool
    reinstated: bool = False
    notice: bool = True

    def __post_init__(self) -> None:
        if self.reinstated and (self.pay or self.service or self.rights or self.separation or self.notice):
            raise BadValue("who is taken back to work gets none of the money of an end")


def reason(value: object) -> Reason:
    record = Record(value)
    label, reinstated = record.take("label", both_languages), record.take("reinstated", flag, False)
    found = Reason(
        label,
        record.take("pay", ratio, Fraction(0) if reinstated else None),
        record.take("service", ratio, Fraction(0) if reinstated else None),
        record.take("rights", flag, False if reinstated else None),
        record.take("separation", flag, False if reinstated else None),
        reinstated,
        record.take("notice", flag, not reinstated),
    )
    record.done()
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One step of procedure: within so many working days of what starts the clock, who acts, and what silence means.

    `before`: the days are counted back from the event (notice before a dismissal).
    """

    label: Words
    days: int
    acts: str
    starts: Words
    silence: Words
    goes_on: Words
    before: bool = False
    disputes: tuple[str, ...] = ()
    times: int = 1
    longer_by: int = 0

    def __post_init__(self) -> None:
        if self.times < 1:
            raise BadValue("a step is taken once at least", ("times",))


PARTIES = (
    "worker",
    "employer",
    "both",
    "registering_party",
    "agency",
    "mediator",
    "conciliator",
    "arbitrator",
    "court",
    "supreme_court",
    "suing_party",
    "losing_party",
)
DISPUTES = ("rights", "interests", "dismissal", "between_unions")


def step(value: object) -> Step:
    record = Record(value)
    found = Step(
        record.take("label", both_languages),
        record.take("days", whole),
        record.take("acts", one_of(*PARTIES)),
        record.take("starts", both_languages),
        record.take("silence", both_languages, NOTHING),
        record.take("goes_on", both_languages, NOTHING),
        record.take("before", flag, False),
        record.take("disputes", many(one_of(*DISPUTES)), DISPUTES),
        record.take("times", whole, 1),
        record.take("longer_by", whole, 0),
    )
    record.done()
    return found


@dataclass(frozen=True, slots=True)
class Limitation:
    """A claim is lost when so many years have passed since `event`, which is said in words by `starts`."""

    label: Words
    years: int
    event: str
    starts: Words
    acts: str


EVENTS = ("mediation_or_conciliation_failed", "dismissal_notice")


def limitation(value: object) -> Limitation:
    record = Record(value)
    found = Limitation(
        record.take("label", both_languages),
        record.take("years", whole),
        record.take("event", one_of(*EVENTS)),
        record.take("starts", both_languages),
        record.take("acts", one_of(*PARTIES)),
    )
    record.done()
    return found


@dataclass(frozen=True, slots=True)
class DayOff:
    """A national holiday or a day of collective leave; `estimated` while the day of a feast is not proclaimed."""

    on: date
    name: Words
    leave: bool
    estimated: bool


def days_off(value: object) -> tuple[DayOff, ...]:
    """A year's days, rising, none twice."""
    found = many(_day_off)(value)
    for at, (one, two) in enumerate(pairwise(found), start=1):
        if two.on <= one.on:
            raise BadValue("days rise, and none stands twice", (at,))
    if len({day.on.year for day in found}) != 1:
        raise BadValue("a year has the days of one year")
    return found


def _day_off(value: object) -> DayOff:
    record = Record(value)
    found = DayOff(
        record.take("on", a_day),
        record.take("name", both_languages),
        record.take("leave", flag, False),
        record.take("estimated", flag, False),
    )
    record.done()
    return found


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a kind of deduction or cost is treated: `illegal`, `with_consent` or `lawful`; `returned`, `may_fall_on_worker`."""

    label: Words
    treated: str


def treatment(*allowed: str) -> Callable[[object], Treatment]:
    def read(value: object) -> Treatment:
        record = Record(value)
        found = Treatment(record.take("label", both_languages), record.take("treated", one_of(*allowed)))
        record.done()
        return found

    return read


@dataclass(frozen=True, slots=True)
class Forum:
    """Where a claim is brought: in which country, at most how much for each (whole units of its currency) and how many claimants, within how long.

    Zero for a number means: none is set. `next` names the forum to which a claim goes that does not fit.
    """

    label: Words
    country: str
    currency: str
    most_each: int
    most_claimants: int
    within_months: int
    lawyers: str
    claims: tuple[str, ...]
    first: Words
    course: Words
    next: str


def forum(value: object) -> Forum:
    record = Record(value)
    found = Forum(
        record.take("label", both_languages),
        record.take("country", text),
        record.take("currency", text),
        record.take("most_each", whole, 0),
        record.take("most_claimants", whole, 0),
        record.take("within_months", whole, 0),
        record.take("lawyers", one_of("allowed", "not_allowed", "not_known"), "not_known"),
        record.take("claims", many(text)),
        record.take("first", both_languages, NOTHING),
        record.take("course", both_languages),
        record.take("next", str, ""),
    )
    record.done()
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the law names, with what it says of it."""

    label: Words
    says: Words


def named(value: object) -> Named:
    record = Record(value)
    found = Named(record.take("label", both_languages), record.take("says", both_languages, NOTHING))
    record.done()
    return found


def entries(value: object) -> tuple[Named, ...]:
    return many(named)(value)
