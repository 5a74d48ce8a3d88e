"""Facts as they are typed: read one by one, refused with the field's name. No guess is made for what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from serikat.law.dates import FIRST, LAST
from serikat.law.lines import MOST_MONEY
from serikat.law.words import FieldError, Words, listed

Facts: TypeAlias = Mapping[str, Any]

MISSING = Words("Isian ini diperlukan untuk menghitung.", "This is needed to count.")
NOT_A_DAY = Words(
    "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2025-03-01.", "Write a day as year-month-day, such as 2025-03-01."
)
NOT_A_MONTH = Words("Tulis bulan sebagai tahun-bulan, misalnya 2026-03.", "Write a month as year-month, such as 2026-03.")
NOT_HELD_DAY = Words("Tanggal harus antara {first} dan {last}.", "A day must be between {first} and {last}.").filled(
    first=FIRST, last=LAST
)
NOT_MONEY = Words(
    "Tulis uang sebagai bilangan bulat tanpa titik atau koma, dari 0 sampai {most}.",
    "Write money as a whole number without points or commas, from 0 to {most}.",
).filled(most=MOST_MONEY)
NOT_WHOLE = Words("Tulis bilangan bulat dari {least} sampai {most}.", "Write a whole number from {least} to {most}.")
NOT_A_NUMBER = Words(
    "Tulis bilangan dari 0 sampai {most}, paling banyak dua angka di belakang koma.",
    "Write a number from 0 to {most}, with two decimals at most.",
)
NOT_ONE_OF = Words("Pilih salah satu: {names}.", "Choose one of: {names}.")
NOT_TEXT = Words("Tulis kata-kata, paling banyak {most} huruf.", "Write words, {most} characters at most.")
NOT_A_CURRENCY = Words(
    "Tulis mata uang dengan tiga huruf besar, misalnya IDR atau HKD.",
    "Write a currency in three capital letters, such as IDR or HKD.",
)
NOT_A_LIST = Words("Tulis daftar berisi 1 sampai {most} baris.", "Write a list of 1 to {most} entries.")
NOT_AN_ENTRY = Words("Baris ini harus berisi nama dan nilai.", "This entry must hold names and values.")
UNKNOWN_KEY = Words("Isian ini tidak dikenal. Yang dikenal: {names}.", "This is not known. Known are: {names}.")
TOO_EARLY = Words(
    "Aturan yang dipegang di sini berlaku sejak {since}. Untuk tanggal sebelumnya belum ada hitungan.",
    "The rules held here are in force from {since}. For an earlier day nothing is counted.",
)
TOO_LATE = Words("Aturan yang dipegang di sini berlaku sampai {until}.", "The rules held here end on {until}.")

MOST_ENTRIES = 5000
_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}0*)?")


def known_keys(facts: Facts, allowed: frozenset[str], path: str = "") -> None:
    """Refuse a key that is not known: a slip of the pen must not change the money."""
    if not allowed.issuperset(facts):
        wrong = next(key for key in facts if key not in allowed)
        raise FieldError(f"{path}{wrong}", UNKNOWN_KEY.filled(names=listed(allowed)))


def money(facts: Facts, key: str, otherwise: int | None = None, path: str = "") -> int:
    value = facts.get(key)
    if value.__class__ is int and 0 <= value <= MOST_MONEY:  # type: ignore[operator]
        return value  # type: ignore[return-value]
    if value is None:
        if otherwise is None:
            raise FieldError(f"{path}{key}", MISSING)
        return otherwise
    raise FieldError(f"{path}{key}", NOT_MONEY)


def whole(facts: Facts, key: str, least: int, most: int, *, otherwise: int | None = None, path: str = "") -> int:
    value = facts.get(key)
    if value is None and otherwise is not None:
        return otherwise
    if value is None:
        raise FieldError(f"{path}{key}", MISSING)
    if value.__class__ is not int or not least <= value <= most:
        raise FieldError(f"{path}{key}", NOT_WHOLE.filled(least=least, most=most))
    return value  # type: ignore[no-any-return]


def hundredths(facts: Facts, key: str, most: int, path: str = "") -> int:
    """A number with two decimals at most, as hundredths: 1.5 hours are 150."""
    value = facts.get(key)
    if value is None:
        raise FieldError(f"{path}{key}", MISSING)
    number = Fraction(-1)
    if value.__class__ is int:
        number = Fraction(value)
    elif value.__class__ in {float, str} and len(written := str(value)) < 20 and _DECIMAL.fullmatch(written):
        number = Fraction(written)  # as it is written: what Fraction takes beside that (1e9999999) would fill the memory
    if not 0 <= number <= most:
        raise FieldError(f"{path}{key}", NOT_A_NUMBER.filled(most=most))
    return int(number * 100)


def a_day(facts: Facts, key: str, path: str = "") -> date:
    found = maybe_day(facts, key, path)
    if found is None:
        raise FieldError(f"{path}{key}", MISSING)
    return found


def maybe_day(facts: Facts, key: str, path: str = "") -> date | None:
    value = facts.get(key)
    if value is None:
        return None
    if value.__class__ is str and len(value) == 10 and value[4] == value[7] == "-":  # 2025-W10-1 would be a day too
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise FieldError(f"{path}{key}", NOT_A_DAY) from None
    elif value.__class__ is date:
        day = value
    else:
        raise FieldError(f"{path}{key}", NOT_A_DAY)
    if not FIRST <= day <= LAST:
        raise FieldError(f"{path}{key}", NOT_HELD_DAY)
    return day


def a_month(facts: Facts, key: str, path: str = "") -> date:
    """A month like "2026-03", as its first day."""
    value = facts.get(key)
    if value is None:
        raise FieldError(f"{path}{key}", MISSING)
    if value.__class__ is not str or len(value) != 7:
        raise FieldError(f"{path}{key}", NOT_A_MONTH)
    try:
        day = date.fromisoformat(f"{value}-01")
    except ValueError:
        raise FieldError(f"{path}{key}", NOT_A_MONTH) from None
    if not FIRST <= day <= LAST:
        raise FieldError(f"{path}{key}", NOT_HELD_DAY)
    return day


def one_of(facts: Facts, key: str, allowed: Iterable[str], otherwise: str | None = None, path: str = "") -> str:
    value = facts.get(key)
    if value is None and otherwise is not None:
        return otherwise
    if value is None:
        raise FieldError(f"{path}{key}", MISSING)
    if value.__class__ is not str or value not in allowed:
        raise FieldError(f"{path}{key}", NOT_ONE_OF.filled(names=listed(allowed)))
    return value  # type: ignore[no-any-return]


def words(facts: Facts, key: str, otherwise: str | None = None, *, most: int = 300, path: str = "") -> str:
    """One line of text, without control characters or what no file can hold."""
    value = facts.get(key)
    if value is None and otherwise is not None:
        return otherwise
    if value is None or (isinstance(value, str) and not value.strip()):
        raise FieldError(f"{path}{key}", MISSING)
    if value.__class__ is not str or len(value) > most or not value.isprintable():
        raise FieldError(f"{path}{key}", NOT_TEXT.filled(most=most))
    return " ".join(value.split())


def currency(facts: Facts, key: str, path: str = "") -> str:
    """A currency by its three letters, as ISO 4217 names it."""
    value = facts.get(key)
    if value is None:
        raise FieldError(f"{path}{key}", MISSING)
    if value.__class__ is not str or len(value) != 3 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise FieldError(f"{path}{key}", NOT_A_CURRENCY)
    return value  # type: ignore[no-any-return]


def entries(facts: Facts, key: str, allowed: frozenset[str], most: int = MOST_ENTRIES) -> list[tuple[Facts, str]]:
    """A list of entries, each with the path of its fields."""
    value = facts.get(key)
    if value is None:
        raise FieldError(key, MISSING)
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise FieldError(key, NOT_A_LIST.filled(most=most))
    found = []
    for at, entry in enumerate(value):
        if not isinstance(entry, Mapping):
            raise FieldError(f"{key}[{at}]", NOT_AN_ENTRY)
        path = f"{key}[{at}]."
        known_keys(entry, allowed, path)
        found.append((entry, path))
    return found
