"""Lines, in columns: a block holds the lines of one head for many persons, and makes line objects when asked.

Money is whole rupiah (or minor units of another currency) in int64, exact to nine quadrillion. Every line is rounded half up to the rupiah by
`rounded_share`; a total is the sum of its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from serikat.law.register import Citation
from serikat.law.words import Words

Money = NDArray[np.int64]
MOST_MONEY = 9_000_000_000_000_000
"""The largest amount that is taken: nine quadrillion."""
_SAFE = 2**62


def rounded_share(base: Money, times: NDArray[Any] | int, over: int) -> Money:
    """`base * times / over`, rounded half up to the whole. All of zero or more.

    Where the product would not fit into 64 bits the whole parts are multiplied first: the result is the same.
    """
    largest = int(base.max(initial=0)) * int(np.max(times, initial=0))
    if largest < _SAFE // 2:
        product: Money = base * times
        if over == 1:
            return product
        if over & (over - 1) == 0:  # a shift costs less than a division
            shift = over.bit_length() - 1
            shifted: Money = (product + (over >> 1)) >> shift
            return shifted
        halves: Money = (2 * product + over) // (2 * over)
        return halves
    whole, rest = np.divmod(base, over)
    exact: Money = whole * times + (2 * rest * times + over) // (2 * over)
    return exact


@dataclass(frozen=True, slots=True)
class Factor:
    """What a base and a quantity are multiplied by, exactly, with its text as a lawyer writes it ("0.5", "1.5/173")."""

    number: Fraction
    text: str


def factor(number: Fraction | int, text: str = "") -> Factor:
    return Factor(Fraction(number), text or plain(Fraction(number)))


def plain(number: Fraction) -> str:
    """A fraction as a decimal where it has an end, else as "1/12".

    >>> plain(Fraction(7, 4)), plain(Fraction(2)), plain(Fraction(1, 12))
    ('1.75', '2', '1/12')
    """
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(number)
    if number.denominator == 1:
        return str(number.numerator)
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    text = str(int(number * 10**digits)).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One amount with what it is made of: `amount` is `base * quantity * factor`, rounded half up."""

    head: str
    amount: int
    base: int
    quantity: Fraction
    factor: str
    cited: Citation
    note: str = ""


@dataclass(frozen=True)
class Block:
    """Lines of one head. `row` says whose each is, rising (None: the first is the first person's, and so on).

    `currency` is set where the lines of one person may be of several. `quantity` is in parts of `quantity_over`. `factor` and `cited` index `factors`
    and `citations`. `present` says which lines are told (None: those with an amount).
    """

    head: str
    amount: Money
    base: Money
    quantity: NDArray[Any]
    factor: NDArray[Any]
    cited: NDArray[Any]
    factors: Sequence[Factor]
    citations: Sequence[Citation]
    quantity_over: int = 1
    row: NDArray[np.int64] | None = None
    present: NDArray[np.bool_] | None = None
    notes: Sequence[str] = ()
    currency: str = ""

    def line(self, at: int) -> Line:
        return Line(
            self.head,
            int(self.amount[at]),
            int(self.base[at]),
            Fraction(int(self.quantity[at]), self.quantity_over),
            self.factors[int(self.factor[at])].text,
            self.citations[int(self.cited[at])],
            self.notes[at] if self.notes else "",
        )

    def places_of(self, person: int) -> list[int]:
        """Where the lines of one person stand."""
        there = self.there()
        start, stop = (person, person + 1) if self.row is None else np.searchsorted(self.row, [person, person + 1])
        return [at for at in range(int(start), int(stop)) if there[at]]

    def there(self) -> NDArray[np.bool_]:
        """For each line whether it is told."""
        return self.amount != 0 if self.present is None else self.present


@dataclass(frozen=True)
class Reading:
    """One way of reading the law; most topics have one."""

    key: str
    words: Words
    blocks: tuple[Block, ...]


Warnings = list[tuple[Words, NDArray[np.bool_] | None]]


def spread(mask: NDArray[np.bool_] | None, rows: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """A mask of some persons as one of all; `rows` says who they are."""
    wide = np.zeros(size, bool)
    wide[rows] = True if mask is None else mask
    return wide


def one_reading(blocks: Sequence[Block]) -> tuple[Reading, ...]:
    """What most topics have: nobody reads the text in two ways."""
    return (Reading("law", Words("", ""), tuple(blocks)),)


@dataclass(frozen=True)
class Result:
    """What a topic gives many persons. `warnings` are for all (`None`) or for the persons of a mask."""

    topic: str
    rule_version: str
    size: int
    readings: tuple[Reading, ...]
    warnings: tuple[tuple[Words, NDArray[np.bool_] | None], ...] = ()
    currency: str = "IDR"
    currencies: Sequence[str] = ()

    def currency_of(self, person: int) -> str:
        return self.currencies[person] if self.currencies else self.currency

    def with_warning(self, words: Words, mask: NDArray[np.bool_]) -> Result:
        return replace(self, warnings=(*self.warnings, (words, mask)))

    @property
    def mixed(self) -> bool:
        """Whether the lines of a person may be of several currencies: then a sum over all of them means nothing."""
        return any(block.currency for reading in self.readings for block in reading.blocks)

    def totals_by_currency(self, person: int) -> dict[str, int]:
        """Of a mixed result: what a person's lines sum up to, by currency."""
        found: dict[str, int] = {}
        for block in self.readings[0].blocks:
            amounts = [int(block.amount[at]) for at in block.places_of(person)]
            if amounts:
                found[block.currency] = found.get(block.currency, 0) + sum(amounts)
        return found

    def totals(self, reading: Reading) -> Money:
        total = np.zeros(self.size, np.int64)
        for block in reading.blocks:
            amount = block.amount if block.present is None else np.where(block.present, block.amount, 0)
            if block.row is None:
                total += amount
            else:
                np.add.at(total, block.row, amount)
        return total

    def total(self) -> Money:
        """For each person the total of the reading that is better for the worker."""
        if len(self.readings) == 1:
            return self.totals(self.readings[0])
        best: Money = np.max([self.totals(reading) for reading in self.readings], axis=0)
        return best

    def best(self, person: int) -> Reading:
        return max(self.readings, key=lambda reading: int(self.totals(reading)[person]))

    def lines(self, person: int, reading: Reading | None = None) -> list[Line]:
        chosen = reading or self.best(person)
        return [block.line(at) for block in chosen.blocks for at in block.places_of(person)]

    def warnings_for(self, person: int) -> list[Words]:
        return [words for words, mask in self.warnings if mask is None or mask[person]]
