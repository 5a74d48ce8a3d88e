"""What is typed or stands in a workbook about minimum wages, read: codes of regions, amounts, days; and whether an amount can be true."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

LEAST, MOST = 1_000_000, 20_000_000
"""Rupiah a month: no minimum wage since 2025 lies outside, a slip of a zero does."""
FARTHEST = Decimal(2)
"""So many times the wage before it, or so small a part of it, is a slip."""
FIRST_YEAR, LAST_YEAR = 2013, 2100

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari pebruari february", "mar maret march", "apr april", "mei may", "jun juni june",
         "jul juli july", "agu ags agt agustus august aug", "sep sept september", "okt oktober october oct",
         "nov november nopember", "des desember december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip

_REGION = re.compile(r"^(\d\d)[.\- ]?(\d\d)?$")
_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_PLAIN = re.compile(r"^\d+(?:[.,]\d{1,2})?$")


class NotRead(ValueError):
    """What stands there is no such thing."""


def parameter_code(region_code: str) -> str:
    """The code of a province or regency as the law's parameters name it: "32.16" is "32-16"."""
    return region_code.replace(".", "-")


def region_code(slug: str) -> str:
    """The way back."""
    return slug.replace("-", ".")


def read_code(value: object) -> str | None:
    """The code of a province or regency: "32", "32.16", "3216", or the number that a workbook made of it (32.1 was "32.10"). None: it is a name."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else f"{value:.2f}"
    found = _REGION.match(str(value).strip())
    return ".".join(part for part in found.groups() if part) if found else None


def read_amount(value: object) -> int:
    """Whole rupiah; a part of a rupiah counts as a whole one, since a wage below is below. Raises NotRead."""
    if isinstance(value, bool) or value is None:
        raise NotRead
    if isinstance(value, int):
        return value
    text = repr(value) if isinstance(value, float) else re.sub(r"^rp\.?\s*|[\s\u00a0]|,?-$", "", str(value).strip().lower())
    if _GROUPED.match(text):
        text = text.replace(".", "").replace(",", ".")
    elif _PLAIN.match(text):
        text = text.replace(",", ".")
    elif not isinstance(value, float):
        raise NotRead
    try:
        return math.ceil(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        raise NotRead from None


def read_day(value: object) -> date:
    """A day: of the workbook itself, 2026-01-01, 1/1/2026 (day first), 1 Januari 2026. Raises NotRead."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _day_of(str(value).strip().lower())
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise NotRead
    return value


def _day_of(text: str) -> date:
    found = re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?$", text)
    if found:
        year, month, day = map(int, found.groups())
    elif found := re.match(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$", text):
        day, month, year = map(int, found.groups())
    elif found := re.match(r"^(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})$", text):
        day, month, year = int(found[1]), MONTHS.get(found[2], 0), int(found[3])
    else:
        raise NotRead
    try:
        return date(year, month, day)
    except ValueError:
        raise NotRead from None


def plausible(amount: int, before: int | None) -> bool:
    """Whether an amount can be a month's minimum wage, also beside the one before it."""
    if not LEAST <= amount <= MOST:
        return False
    return before is None or before / FARTHEST <= amount <= before * FARTHEST


HEADS: dict[str, tuple[str, ...]] = {
    "region": (
        "kode wilayah",
        "wilayah",
        "kode",
        "kabupaten/kota",
        "kabupaten kota",
        "kab/kota",
        "provinsi",
        "daerah",
        "nama wilayah",
        "region",
    ),
    "from_day": ("berlaku sejak", "berlaku", "sejak", "mulai berlaku", "tanggal berlaku", "tanggal", "from"),
    "amount": ("upah sebulan", "upah", "upah minimum", "ump", "umk", "besaran", "jumlah", "nilai", "rupiah", "amount"),
    "decree": ("nomor keputusan", "keputusan", "no keputusan", "nomor sk", "sk", "no sk", "decree"),
    "source": ("alamat sumber", "sumber", "tautan", "url", "link", "source"),
}
NEEDED = ("region", "from_day", "amount", "decree")


def find_heads(cells: Iterable[object]) -> dict[str, int]:
    """Which column holds what, by the words in a row: capitals, points, underlines and what stands in brackets are forgiven."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        words = " ".join(re.sub(r"\(.*?\)|[._:*]", " ", str(cell or "").lower()).split())
        name = next((name for name, known in HEADS.items() if words in known), None)
        if name and name not in found:
            found[name] = at
    return found


def lacking(found: Mapping[str, int]) -> list[str]:
    """The columns that are needed and were not found, as people call them."""
    return [HEADS[name][0] for name in NEEDED if name not in found]
