"""Facts that are lists (months, deductions, charges), laid out in columns: a row for each entry, with the person whose it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from serikat.law import facts as read
from serikat.law.facts import Facts
from serikat.law.holding import Law
from serikat.law.lines import MOST_MONEY, Block, Money, factor
from serikat.law.register import Citation
from serikat.law.topics import check_held
from serikat.law.words import FieldError, Words

Entry = TypeVar("Entry")

TOO_MUCH = Words("Seluruhnya lebih dari {most}.", "All together are more than {most}.").filled(most=MOST_MONEY)
ONE = (factor(1),)


def earliest(found: Sequence[tuple[date, str]]) -> tuple[date, str]:
    """The first day of a list, with the path of its field: the day of which the rules must be held."""
    return min(found, key=lambda entry: entry[0])


def law_day(law: Law, topic: str, facts: Facts, on: date, path: str) -> date:
    """The day whose law an entry is counted by: `law_on`, else its own. Raises FieldError where the rules are not held on it."""
    if facts.get("law_on") is not None:
        return read.a_day(facts, "law_on")
    check_held(law, topic, on, path)
    return on


def check_sum(amounts: Sequence[int], key: str) -> None:
    """Amounts that fit one by one must fit together."""
    if sum(amounts) > MOST_MONEY:
        raise FieldError(key, TOO_MUCH)


@dataclass
class Cited:
    """The citations of a block, each once; `at` gives the place of one that is made when it is first asked for."""

    found: list[Citation] = field(default_factory=list)
    _places: dict[Hashable, int] = field(default_factory=dict)

    def at(self, key: Hashable, make: Callable[[], Citation]) -> int:
        if key not in self._places:
            self._places[key] = len(self.found)
            self.found.append(make())
        return self._places[key]


@dataclass(frozen=True)
class Rows(Generic[Entry]):
    """The entries of many persons, one after the other, and the person of each."""

    entries: list[Entry]
    person: NDArray[np.int64]
    size: int

    @classmethod
    def of(cls, lists: Sequence[Sequence[Entry]]) -> Rows[Entry]:
        person = np.repeat(np.arange(len(lists)), [len(one) for one in lists]) if lists else np.zeros(0, np.int64)
        return cls([entry for one in lists for entry in one], person, len(lists))

    def column(self, value: Callable[[Entry], int]) -> Money:
        return np.fromiter((value(entry) for entry in self.entries), np.int64, len(self.entries))

    def persons(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The persons who have an entry of a mask."""
        found = np.zeros(self.size, bool)
        found[self.person[mask]] = True
        return found

    def block(
        self,
        head: str,
        amount: Money,
        present: NDArray[np.bool_],
        *,
        cited: Sequence[int],
        citations: Cited,
        notes: Sequence[str],
        currency: str = "",
    ) -> Block:
        """A line for each entry of `present`: the amount itself, one time."""
        at = np.flatnonzero(present)
        return Block(
            head,
            amount[at],
            amount[at],
            np.ones(len(at), np.int8),
            np.zeros(len(at), np.int8),
            np.array(cited, np.int64)[at],
            ONE,
            tuple(citations.found),
            row=self.person[at],
            notes=[notes[place] for place in at.tolist()],
            currency=currency,
        )
