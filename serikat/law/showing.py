"""Values of the law in words: for the console, the pages and the generated reference."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import singledispatch

from serikat.law.lines import plain
from serikat.law.shapes import Named, Reason
from serikat.law.values import Bands, Multiplier
from serikat.law.words import Words

YES, NO = Words("ya", "yes"), Words("tidak", "no")


@singledispatch
def in_words(value: object) -> Words:
    """One line. Numbers are written as the law writes them: 1,5 in Indonesian, 1.5 in English."""
    return Words(str(value), str(value))


@in_words.register
def _(value: bool) -> Words:
    return YES if value else NO


@in_words.register
def _(value: int) -> Words:
    return Words(f"{value:,}".replace(",", "."), f"{value:,}")


@in_words.register
def _(value: Fraction) -> Words:
    text = plain(value)
    return Words(text.replace(".", ","), text)


@in_words.register
def _(value: date) -> Words:
    return Words(value.isoformat(), value.isoformat())


@in_words.register
def _(value: Bands) -> Words:
    pairs = list(zip(value.starts, value.values, strict=True))
    return Words(
        "; ".join(f"mulai {start}: {found}" for start, found in pairs),
        "; ".join(f"from {start}: {found}" for start, found in pairs),
    )


@in_words.register
def _(value: Reason) -> Words:
    if value.reinstated:
        return Words(f"{value.label.id}: dipekerjakan kembali", f"{value.label.en}: taken back to work")
    pay, service = in_words(value.pay), in_words(value.service)
    also = Words(", uang pisah", ", separation money") if value.separation else Words("", "")
    return Words(
        f"{value.label.id}: pesangon {pay.id} kali, penghargaan {service.id} kali{also.id}",
        f"{value.label.en}: severance {pay.en} times, long service {service.en} times{also.en}",
    )


@in_words.register
def _(value: Named) -> Words:
    return Words(*(": ".join(part for part in pair if part) for pair in zip(value.label, value.says, strict=True)))


@in_words.register
def _(value: Multiplier) -> Words:
    times = in_words(value.times)
    if value.last == 0:
        hours = Words(f"jam {value.first} dan sesudahnya", f"hour {value.first} and later")
    elif value.first == value.last:
        hours = Words(f"jam {value.first}", f"hour {value.first}")
    else:
        hours = Words(f"jam {value.first}-{value.last}", f"hours {value.first}-{value.last}")
    return Words(f"{hours.id}: {times.id} kali", f"{hours.en}: {times.en} times")


@in_words.register(tuple)
def _(value: tuple[object, ...]) -> Words:
    told = [in_words(entry) for entry in value]
    return Words("; ".join(one.id for one in told), "; ".join(one.en for one in told))
