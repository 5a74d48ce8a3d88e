"""What every topic of the law shares: facts of one person are read and checked, facts of many are counted in columns by the law of their day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law.dates import Days
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import Result
from serikat.law.words import FieldError

Case = TypeVar("Case")


@dataclass(frozen=True)
class Topic(Generic[Case]):
    """A formula as the outside asks for it.

    `event` reads the day that the facts speak of, with the name of its field (None: they name no day). `read` makes one person's checked facts and
    raises FieldError; it gets the day whose law is asked. `count` counts many, each by the law of its day.
    """

    name: str
    keys: frozenset[str]
    event: Callable[[Facts], tuple[date | None, str]]
    read: Callable[[Law, Facts, date], Case]
    count: Callable[[Law, Sequence[Case], Sequence[date]], Result]


@dataclass(frozen=True)
class Question:
    """A topic that is answered with days or a place instead of money.

    `answer` gives the entries of the answer; its sentences are `Words`, which are said in the asked language, and those under `warnings` are warnings.
    """

    name: str
    keys: frozenset[str]
    event: Callable[[Facts], tuple[date | None, str]]
    answer: Callable[[Law, Facts, date], dict[str, Any]]


def no_event(facts: Facts) -> tuple[date | None, str]:
    """For facts that name no day."""
    return None, "law_on"


def day_of_law(law: Law, topic: str, facts: Facts, event: tuple[date | None, str]) -> date:
    """The day whose law is asked: `law_on`, else the day of the event, else the day of the last review.

    Raises FieldError for a day on which the rules are not held.
    """
    day, field = event
    if facts.get("law_on") is not None:
        day, field = read.a_day(facts, "law_on"), "law_on"
    if day is None:
        return law.reviewed_for(topic)
    check_held(law, topic, day, field)
    return day


def check_held(law: Law, topic: str, day: date, field: str) -> None:
    """Raises FieldError on `field` for a day on which a topic's rules are not held."""
    since, until = law.since(topic), law.until(topic)
    if day < since:
        raise FieldError(field, read.TOO_EARLY.filled(since=since))
    if until is not None and day > until:
        raise FieldError(field, read.TOO_LATE.filled(until=until))


def split_by_period(law: Law, topic: str, days: Days | date, field: str) -> list[tuple[date, NDArray[np.int64] | None]]:
    """The first day of each period whose law is asked, with the rows that it is for (None: all). Raises FieldError for a day that is not held."""
    periods = law.periods(topic)
    first, last = (days, days) if isinstance(days, date) else (days.min().item(), days.max().item())
    if first < periods[0]:
        raise FieldError(field, read.TOO_EARLY.filled(since=periods[0]))
    until = law.until(topic)
    if until is not None and last > until:
        raise FieldError(field, read.TOO_LATE.filled(until=until))
    if isinstance(days, date) or bisect_right(periods, first) == bisect_right(periods, last):
        return [(periods[bisect_right(periods, first) - 1], None)]
    at = np.searchsorted(np.array(periods, "datetime64[D]"), days, "right") - 1
    return [(periods[number], np.flatnonzero(at == number)) for number in np.unique(at)]
