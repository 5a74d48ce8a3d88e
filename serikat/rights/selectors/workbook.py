"""A workbook of minimum wages: its rows read, and for each what would become of it. Nothing is written here."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from serikat.kernel.errors import Refused
from serikat.kernel.text import one_line
from serikat.places.models import Region
from serikat.rights.models import MinimumWage
from serikat.rights.rules import wages as rules
from serikat.rights.selectors.wages import Regions, shipped_before

MOST_ROWS = 2000
MOST_LINES = 6000
MOST_COLUMNS = 20
HEAD_WITHIN = 15
LONGEST_DECREE = 120
NEW, SAME, CHANGED, REFUSED = "new", "same", "changed", "refused"


class BadWorkbook(Refused):
    """The whole file cannot be read as a table of wages."""

    message = gettext_lazy("Berkas ini tidak terbaca sebagai tabel Excel. Simpan lagi sebagai .xlsx, lalu coba lagi.")

    def __init__(self, message: Any = None) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read: what would be entered."""

    line: int
    region: str
    from_day: date
    amount: int
    decree: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row. `before`: the wage that it replaces or follows, None when there is none."""

    line: int
    what: str
    told: str
    why: str = ""
    row: Row | None = None
    region: Region | None = None
    before: int | None = None

    @property
    def enters(self) -> bool:
        return self.what in (NEW, CHANGED)

    @property
    def percent(self) -> str:
        if not self.before or self.row is None:
            return ""
        return f"{(self.row.amount - self.before) / self.before * 100:+.1f}".replace(".", ",")


class Unreadable(ValueError):
    """Why a row cannot be entered, in words."""


def verdicts_on(content: bytes) -> list[Verdict]:
    """Read a workbook and judge each row. Raises BadWorkbook."""
    regions = Regions()
    found: list[Verdict | Row] = []
    for line, cells in _lines(content):
        try:
            found.append(_row(line, cells, regions))
        except Unreadable as problem:
            found.append(Verdict(line, REFUSED, _told(cells), str(problem)))
    if not found:
        raise BadWorkbook(_("Tabel ini kosong: di bawah judul kolom tidak ada baris."))
    return judge(found, regions)


def judge(found: Sequence[Verdict | Row], regions: Regions | None = None) -> list[Verdict]:
    """What becomes of rows that were read, with what stands now."""
    regions = regions or Regions()
    rows = [one for one in found if isinstance(one, Row)]
    twice = {key for key, count in Counter((row.region, row.from_day) for row in rows).items() if count > 1}
    standing: dict[str, list[MinimumWage]] = {}
    for wage in MinimumWage.objects.filter(region__in={row.region for row in rows}).order_by("from_day"):
        standing.setdefault(wage.region_id, []).append(wage)
    return [_judged(one, regions, standing.get(one.region, []), twice) if isinstance(one, Row) else one for one in found]


def _judged(row: Row, regions: Regions, standing: list[MinimumWage], twice: set[tuple[str, date]]) -> Verdict:
    region = regions.by_code.get(row.region)
    told = region.name if region else row.region
    here = next((wage for wage in standing if wage.from_day == row.from_day), None)
    earlier = [wage.amount for wage in standing if wage.from_day < row.from_day]
    before = here.amount if here else (earlier[-1] if earlier else shipped_before(row.region, row.from_day))
    compared = earlier[-1] if earlier else before

    def verdict(what: str, why: str = "") -> Verdict:
        return Verdict(row.line, what, told, why, row, region, before)

    if region is None:
        return verdict(REFUSED, _("Wilayah ini tidak dikenal."))
    if (row.region, row.from_day) in twice:
        return verdict(REFUSED, _("Wilayah dan tanggal ini ada lebih dari sekali di berkas."))
    if not rules.plausible(row.amount, compared):
        return verdict(REFUSED, _("Jumlah ini tidak mungkin upah minimum sebulan. Periksa nolnya."))
    if here is None:
        return verdict(NEW)
    if (here.amount, here.decree, here.source) == (row.amount, row.decree, row.source):
        return verdict(SAME)
    return verdict(CHANGED)


def _row(line: int, cells: dict[str, object], regions: Regions) -> Row:
    if any(isinstance(cell, str) and cell.startswith("=") for cell in cells.values()):
        raise Unreadable(_("Ada rumus di baris ini. Tempel sebagai nilai, bukan rumus."))
    if cells["region"] in (None, ""):
        raise Unreadable(_("Wilayahnya kosong."))
    meant = regions.meant(cells["region"])
    if not meant:
        raise Unreadable(_("Wilayah ini tidak dikenal. Tulis kode atau nama resminya."))
    if len(meant) > 1:
        names = ", ".join(f"{region.name} ({region.code})" for region in meant[:4])
        raise Unreadable(_("Nama ini cocok dengan lebih dari satu wilayah: %(names)s. Tulis kodenya.") % {"names": names})
    try:
        from_day = rules.read_day(cells["from_day"])
    except rules.NotRead:
        raise Unreadable(_("Tanggalnya tidak terbaca. Tulis seperti 1 Januari 2026 atau 2026-01-01.")) from None
    try:
        amount = rules.read_amount(cells["amount"])
    except rules.NotRead:
        raise Unreadable(_("Jumlahnya tidak terbaca. Tulis dengan angka saja, seperti 5.600.000.")) from None
    decree = one_line(str(cells["decree"] or ""))
    if not decree or len(decree) > LONGEST_DECREE:
        raise Unreadable(_("Nomor keputusannya tidak ada, atau terlalu panjang."))
    return Row(line, meant[0].code, from_day, amount, decree, _source(cells.get("source")))


def _source(cell: object) -> str:
    text = str(cell or "").strip()
    if text:
        try:
            URLValidator(["http", "https"])(text)
        except ValidationError:
            raise Unreadable(_("Alamat sumbernya bukan alamat web.")) from None
        if len(text) > 500:
            raise Unreadable(_("Alamat sumbernya terlalu panjang."))
    return text


def _told(cells: dict[str, object]) -> str:
    return one_line(str(cells.get("region") or ""))[:80] or "–"


def _lines(content: bytes) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows below the heads that hold something, with their numbers in the sheet."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from _rows(sheet)
    except BadWorkbook:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise BadWorkbook from error


def _rows(sheet: Any) -> Iterator[tuple[int, dict[str, object]]]:
    heads: dict[str, int] = {}
    best: dict[str, int] = {}
    count = 0
    for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if line > MOST_LINES:
            raise BadWorkbook(_("Tabel ini terlalu panjang. Paling banyak %(most)d baris.") % {"most": MOST_ROWS})
        if not heads:
            found = rules.find_heads(cells)
            best = max(best, found, key=len)
            if not rules.lacking(found):
                heads = found
            elif line >= HEAD_WITHIN:
                break
            continue
        named = {name: cells[at] if at < len(cells) else None for name, at in heads.items()}
        if all(cell is None or str(cell).strip() == "" for cell in named.values()):
            continue
        count += 1
        if count > MOST_ROWS:
            raise BadWorkbook(_("Tabel ini terlalu panjang. Paling banyak %(most)d baris.") % {"most": MOST_ROWS})
        yield line, named
    if not heads:
        names = ", ".join(rules.lacking(best))
        raise BadWorkbook(_("Kolom ini tidak ditemukan: %(names)s. Pakai contoh tabelnya.") % {"names": names})


def template() -> bytes:
    """An empty workbook with the heads and one row that shows how it is filled."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Upah minimum"
    sheet.append([rules.HEADS[name][0].capitalize() for name in rules.HEADS])
    sheet.append(["32.16", date(2026, 1, 1), 5938885, "561.7/Kep.000-Kesra/2025", "https://contoh.go.id/keputusan"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDE", (18, 16, 16, 34, 44), strict=True):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
