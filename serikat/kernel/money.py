"""Money: whole minor units with their currency. The rupiah has none below it: Rp12.345 is 12345. No float ever touches it.

`split` divides an amount by weights so that the parts sum exactly; `terbilang` writes a number out in Indonesian words, as receipts want it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DECIMALS = {"IDR": 0, "USD": 2, "EUR": 2, "SGD": 2, "MYR": 2, "SAR": 2, "TWD": 2, "HKD": 2, "JPY": 0, "KRW": 0}
SIGNS = {"IDR": "Rp", "USD": "US$", "EUR": "€"}


class CurrenciesDiffer(ValueError):
    """Amounts of two currencies were mixed."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of a currency."""

    amount: int
    currency: str = "IDR"

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError(f"An amount is a whole number of minor units, not {self.amount!r}.")
        if self.currency not in DECIMALS:
            raise ValueError(f"The currency {self.currency!r} is not known.")

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrenciesDiffer(f"{self.currency} and {other.currency}")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return format_money(self)

    def split(self, weights: Sequence[int]) -> list[Money]:
        return [Money(part, self.currency) for part in split(self.amount, weights)]


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide by weights; the parts sum to `amount` exactly. What is left over goes one by one to the largest remainders, the first of equals
    first. A negative amount is split as its positive would be. Weights are whole, not negative, and not all zero."""
    if any(type(w) is not int or w < 0 for w in weights) or sum(weights) <= 0:
        raise ValueError("Weights are whole numbers, not negative, and not all zero.")
    if amount < 0:
        return [-part for part in split(-amount, weights)]
    whole = sum(weights)
    parts = [amount * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def format_number(number: int) -> str:
    """Indonesian thousands: 12.345.678."""
    return f"{number:,}".replace(",", ".")


def format_money(money: Money) -> str:
    """Rp12.345.678, US$1.234,50, −Rp5.000."""
    decimals = DECIMALS[money.currency]
    whole, rest = divmod(abs(money.amount), 10**decimals)
    text = f"{SIGNS.get(money.currency, money.currency + ' ')}{format_number(whole)}"
    text += f",{rest:0{decimals}d}" if decimals else ""
    return f"−{text}" if money.amount < 0 else text


def parse_rupiah(text: str) -> Money:
    """Read what people type: "12.345.678", "Rp 12345678", "12,345,678", "Rp5.000,00", "Rp5.000,-". Refuses what could mean two things."""
    typed = re.sub(r"^rp\.?|\s", "", text.strip(), flags=re.IGNORECASE)
    typed = re.sub(r",(?:-|00)$", "", typed)
    if not re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", typed, flags=re.ASCII):
        raise ValueError(f"{text!r} is not a clear amount in rupiah.")
    return Money(int(re.sub(r"[.,]", "", typed)))


_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_STEPS = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"))


def terbilang(number: int) -> str:
    """A number in Indonesian words: 1_250 is "seribu dua ratus lima puluh"."""
    if number < 0:
        return f"minus {terbilang(-number)}"
    if number >= 10**18:
        raise ValueError("The number is too large to be written out.")
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ONES[number // 10]} puluh", number % 10)
    for size, name in _STEPS:
        if number >= size:
            times = number // size
            head = f"se{name}" if times == 1 and size <= 1000 else f"{terbilang(times)} {name}"
            return _joined(head, number % size)
    raise AssertionError(number)


def _joined(head: str, rest: int) -> str:
    return f"{head} {terbilang(rest)}" if rest else head


def rupiah_in_words(money: Money) -> str:
    """Terbilang of an amount in rupiah, for receipts and letters."""
    if money.currency != "IDR":
        raise CurrenciesDiffer(f"{money.currency} is not written out in rupiah.")
    return f"{terbilang(money.amount)} rupiah"
