"""The month of wage that money is counted with, from a monthly, a daily or a piece-rate wage.

Monthly: `basic_wage`, with `fixed_allowance` and `variable_allowance`. Daily: `daily_wage`. Piece rate: `piece_rate_average` of the last 12 months with
the `minimum_wage` of the place, below which it may not fall. Exactly one of the three is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from serikat.law import facts as read
from serikat.law.facts import Facts
from serikat.law.lines import MOST_MONEY, Money
from serikat.law.words import FieldError, Words

WAGE_KEYS = frozenset(
    {"basic_wage", "fixed_allowance", "variable_allowance", "daily_wage", "piece_rate_average", "minimum_wage"}
)

MONTHLY, DAILY, PIECE = 0, 1, 2
MOST_A_DAY = MOST_MONEY // 31
"""The largest daily wage: a month of it is money that is taken."""

ONE_KIND = Words(
    "Isi salah satu saja: upah pokok, upah harian, atau rata-rata borongan.",
    "Give one alone: a basic wage, a daily wage or the average of piece work.",
)
TOO_MUCH_A_DAY = Words("Upah sehari paling banyak {most}.", "A daily wage is at most {most}.").filled(most=MOST_A_DAY)
TOO_MUCH = Words("Jumlah upah lebih dari {most}.", "The wages together are more than {most}.").filled(most=MOST_MONEY)


@dataclass(frozen=True, slots=True)
class Wage:
    """One person's wage as it was typed; what is not of its kind is 0."""

    kind: int
    basic: int = 0
    fixed: int = 0
    variable: int = 0
    daily: int = 0
    average: int = 0
    minimum: int = 0


def read_wage(facts: Facts) -> Wage:
    """Raises FieldError on the field that is missing, not a number, or of another kind of wage."""
    read.money(facts, "minimum_wage", 0)  # also where it is not used: nothing that was typed goes unread
    if facts.get("daily_wage") is None and facts.get("piece_rate_average") is None:
        basic, fixed = read.money(facts, "basic_wage"), read.money(facts, "fixed_allowance", 0)
        variable = read.money(facts, "variable_allowance", 0)
        if basic + fixed + variable > MOST_MONEY:
            raise FieldError("basic_wage", TOO_MUCH)
        return Wage(MONTHLY, basic, fixed, variable)
    kinds = [key for key in ("basic_wage", "daily_wage", "piece_rate_average") if facts.get(key) is not None]
    if len(kinds) > 1:
        raise FieldError(kinds[1], ONE_KIND)
    for key in ("fixed_allowance", "variable_allowance"):
        if read.money(facts, key, 0):
            raise FieldError(key, ONE_KIND)
    if facts.get("daily_wage") is not None:
        daily = read.money(facts, "daily_wage")
        if daily > MOST_A_DAY:
            raise FieldError("daily_wage", TOO_MUCH_A_DAY)
        return Wage(DAILY, daily=daily)
    average, minimum = read.money(facts, "piece_rate_average"), read.money(facts, "minimum_wage")
    return Wage(PIECE, average=average, minimum=minimum)


@dataclass(frozen=True)
class Wages:
    """Wages of many persons. `kind` None: all are monthly, and only `basic` and `fixed` are looked at."""

    basic: Money
    fixed: Money
    kind: Money | None = None
    daily: Money | None = None
    average: Money | None = None
    minimum: Money | None = None
    variable: Money | None = None

    @classmethod
    def of(cls, wages: list[Wage]) -> Wages:
        def column(values: list[int]) -> Money:
            return np.array(values, np.int64)

        basic, fixed, variable = (
            column([w.basic for w in wages]),
            column([w.fixed for w in wages]),
            column([w.variable for w in wages]),
        )
        if all(w.kind == MONTHLY for w in wages):
            return cls(basic, fixed, variable=variable)
        return cls(
            basic,
            fixed,
            column([w.kind for w in wages]),
            column([w.daily for w in wages]),
            column([w.average for w in wages]),
            column([w.minimum for w in wages]),
            variable,
        )

    def month(self, days_in_month: Money | int) -> Money:
        """Basic wage and fixed allowances; the daily wage times `days_in_month`; the average of piece work, at least the minimum wage."""
        month = self.basic + self.fixed
        if self.kind is None or self.daily is None or self.average is None or self.minimum is None:
            return month
        found: Money = np.select(
            [self.kind == DAILY, self.kind == PIECE],
            [self.daily * days_in_month, np.maximum(self.average, self.minimum)],
            month,
        )
        return found
