"""Typed values of the law: a parameter is a name with the reader of its value, and a value has the days it holds, its articles and its sources.

A formula asks `law.on(PAY_MONTHS, day)` and gets a `Dated[Bands]`: a wrong name or a wrong type is found by the type checker, not by a worker. A family
is many parameters of one shape under one name (`severance.reason.retirement`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Generic, TypeVar

from serikat.law.words import Words

T = TypeVar("T")


class BadValue(ValueError):
    """A value does not have the shape that its parameter wants. `path` leads to the place inside the value."""

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value with the days it holds (both included; `until` None: no end known), its articles, its sources, and whether a source was found."""

    name: str
    value: T
    since: date
    until: date | None
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    note: Words | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T]):
    """A name in the data, its unit, and how its value is read: `read` gets plain YAML (no floats: decimals are text) and raises BadValue."""

    name: str
    unit: str
    read: Callable[[object], T]


@dataclass(frozen=True, slots=True)
class Family(Generic[T]):
    """Parameters `prefix.something` of one shape."""

    prefix: str
    unit: str
    read: Callable[[object], T]

    def named(self, name: str) -> Parameter[T]:
        return Parameter(f"{self.prefix}.{name}", self.unit, self.read)


# Readers


def whole(value: object) -> int:
    """A whole number, never below zero: rupiah, days, months, people."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadValue(f"{value!r} is not a whole number of zero or more")
    return value


def ratio(value: object) -> Fraction:
    """An exact number of zero or more: 2, 0.5 or 1/173, kept as a fraction."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadValue(f"{value!r} is not a number")
    try:
        number = Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise BadValue(f"{value!r} is not a number") from None
    if number < 0:
        raise BadValue(f"{value!r} is below zero")
    return number


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValue(f"{value!r} is neither true nor false")
    return value


def text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadValue(f"{value!r} is not a text")
    return value


def a_day(value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadValue(f"{value!r} is not a day like 2021-02-02") from None
    if not isinstance(value, date):
        raise BadValue(f"{value!r} is not a day like 2021-02-02")
    return value


def both_languages(value: object) -> Words:
    """`{id: …, en: …}`."""
    if not isinstance(value, Mapping) or set(value) != {"id", "en"}:
        raise BadValue("wants a sentence in both languages: {id: …, en: …}")
    return Words(text(value["id"]), text(value["en"]))


def one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            raise BadValue(f"{value!r} is none of {', '.join(allowed)}")
        return str(value)

    return read


def many(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A list, each entry read by `read`."""

    def reader(value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise BadValue(f"{value!r} is not a list")
        return tuple(read_at(read, entry, at) for at, entry in enumerate(value))

    return reader


def read_at(read: Callable[[object], T], value: object, *path: str | int) -> T:
    """Read a part of a value; what is wrong with it is said at its own place."""
    try:
        return read(value)
    except BadValue as problem:
        raise BadValue(str(problem), (*path, *problem.path)) from None


class Record:
    """The entries of a YAML mapping, taken one by one; `done` refuses what nobody took."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise BadValue(f"{value!r} is not a set of names and values")
        self.left = dict(value)

    def take(self, name: str, read: Callable[[object], T], otherwise: T | None = None) -> T:
        if name not in self.left:
            if otherwise is None:
                raise BadValue(f"lacks {name}")
            return otherwise
        return read_at(read, self.left.pop(name), name)

    def maybe(self, name: str, read: Callable[[object], T]) -> T | None:
        return read_at(read, self.left.pop(name), name) if self.left.get(name) is not None else self.left.pop(name, None)

    def done(self) -> None:
        if self.left:
            raise BadValue(f"does not know {', '.join(map(str, self.left))}", (next(iter(self.left)),))


@dataclass(frozen=True, slots=True)
class Bands:
    """Steps of a table by completed years or hours: from `start` (included) on, `value`."""

    starts: tuple[int, ...]
    values: tuple[int, ...]

    def at(self, number: int) -> int:
        found = 0
        for start, value in zip(self.starts, self.values, strict=True):
            if start <= number:
                found = value
        return found


def bands(value: object) -> Bands:
    """`{0: 1, 1: 2}`: a table from 0 on, its starts rising."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue("is not a table")
    pairs = [(read_at(_start, start, start), read_at(whole, months, start)) for start, months in value.items()]
    starts = tuple(start for start, _ in pairs)
    if starts[0] != 0 or list(starts) != sorted(set(starts)):
        raise BadValue("a table begins at 0 and its starts rise")
    return Bands(starts, tuple(months for _, months in pairs))


def _start(value: object) -> int:
    """Where a row begins: YAML gives a number, JSON its text."""
    return whole(int(value)) if isinstance(value, str) and value.isdecimal() else whole(value)


@dataclass(frozen=True, slots=True)
class Multiplier:
    """Hours `first` to `last` (both included; `last` 0: no end) at `times` the hourly wage."""

    first: int
    last: int
    times: Fraction


def multipliers(value: object) -> tuple[Multiplier, ...]:
    """`[{hours: 1-7, times: 2}, …]`: hours follow one another from 1 on; `9-` has no end."""
    rows = many(_multiplier)(value)
    follows = 1
    for at, row in enumerate(rows):
        if row.first != follows or (row.last == 0 and at != len(rows) - 1) or (row.last and row.last < row.first):
            raise BadValue("hours do not follow one another from 1 on", (at,))
        follows = row.last + 1
    return rows


def hours_text(value: object) -> str:
    """Hours as they are written: 1-7, or one hour, which YAML takes for a number."""
    return str(value)


def _multiplier(value: object) -> Multiplier:
    record = Record(value)
    hours = record.take("hours", hours_text)
    first, dash, last = hours.partition("-")
    if not first.isdecimal() or not (last.isdecimal() or last == ""):
        raise BadValue(f"{hours!r} are not hours like 1-7, 8 or 9-", ("hours",))
    row = Multiplier(int(first), int(last) if last else (0 if dash else int(first)), record.take("times", ratio))
    record.done()
    return row
