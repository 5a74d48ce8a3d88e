"""A table of numbers and mail addresses (Excel or CSV): its rows read, and for each what becomes of it. Nothing is written here, and no row is kept."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import load_workbook

from serikat.kernel.errors import Refused
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import address_of, address_to_reach, index_of, masked, takes_texts
from serikat.messaging.models import Address

MOST_ROWS = 20_000
MOST_COLUMNS = 30
MOST_LINES = 1_048_576  # of a sheet of Excel; a file that names a higher one was made to keep us busy
HEADS = {"nomor", "telepon", "no hp", "hp", "nohp", "whatsapp", "wa", "phone", "number", "surel", "email", "e-mail", "mail"}
ASKS = {"setuju", "persetujuan", "consent", "bersedia", "kesediaan", "dihubungi", "optin", "opt-in"}
BESIDE = {"tanggal", "tgl", "cara", "oleh", "siapa", "bukti"}  # of the asking, and no answer
EMPTY = {"", "-", "–", "?"}
# Of what was answered some word says no, or else one says yes; who said neither was not understood, and is not written to.
NO = {
    "tidak", "tdk", "tak", "gak", "ga", "gk", "nggak", "enggak", "ngga", "ndak", "no", "n", "not", "belum", "blm", "jangan", "tolak",
    "menolak", "ditolak", "keberatan", "berhenti", "stop", "batal", "mencabut", "dicabut", "tarik", "ditarik", "false", "salah", "0",
}  # fmt: skip
YES = {
    "ya",
    "y",
    "iya",
    "iyah",
    "yes",
    "setuju",
    "bersedia",
    "mau",
    "boleh",
    "ok",
    "oke",
    "sudah",
    "true",
    "benar",
    "1",
    "v",
}
GOOD, UNREADABLE, TWICE, STOPPED, NO_CONSENT = "good", "unreadable", "twice", "stopped", "no_consent"
UNASKED, UNCLEAR, NO_TEXTS = "unasked", "unclear", "no_texts"
SAYS = {
    GOOD: pgettext_lazy("a row", "Masuk"),
    UNREADABLE: gettext_lazy("Nomor atau alamatnya tidak terbaca"),
    TWICE: gettext_lazy("Sudah ada di baris lain"),
    STOPPED: gettext_lazy("Minta tidak dikirimi lagi"),
    NO_CONSENT: gettext_lazy("Tidak setuju dihubungi"),
    UNASKED: gettext_lazy("Kolom persetujuannya kosong, jadi tidak masuk"),
    UNCLEAR: gettext_lazy("Kolom persetujuannya tidak jelas, jadi tidak masuk: tulis ya atau tidak"),
    NO_TEXTS: gettext_lazy("Nomor ini tidak menerima SMS: telepon rumah atau kantor, atau nomor layanan"),
}


class BadTable(Refused):
    message = gettext_lazy("Berkas ini tidak terbaca sebagai tabel. Simpan lagi sebagai .xlsx atau CSV, lalu coba lagi.")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and what becomes of it. `told` is masked: enough to find the row again."""

    line: int
    what: str
    told: str
    scheme: str = ""
    value: str = ""

    @property
    def says(self) -> Any:
        return SAYS[self.what]


def verdicts_on(content: bytes, kind: str) -> list[Row]:
    """Read a table and judge each row; who said no in one row has not said yes in another. Raises BadTable."""
    lines = _csv(content) if kind == "text/csv" else _xlsx(content)
    read = [(line, typed, _read(typed), consent) for line, typed, consent in _entries(lines)]
    refused = {key for _line, _typed, key, consent in read if consent == NO_CONSENT}
    found, seen = [], set()
    for line, typed, key, told in read:
        scheme, value = key
        consent = NO_CONSENT if key in refused else told
        deaf = scheme == Scheme.NUMBER and not takes_texts(value)
        what = UNREADABLE if not value else NO_TEXTS if deaf else TWICE if key in seen else consent
        if what not in (UNASKED, UNCLEAR):
            seen.add(key)
        found.append(Row(line, what, masked(scheme, value) if value else f"{typed[:3]}…", scheme, value))
    if not found:
        raise BadTable(_("Tabel ini kosong: di bawah judul kolom tidak ada baris."), field="file")
    stopped = set(Address.objects.filter(stopped_at__isnull=False).values_list("scheme", "index"))
    if not stopped:
        return found
    return [_stopped(row, stopped) for row in found]


def _stopped(row: Row, stopped: set[tuple[str, str]]) -> Row:
    if row.what == GOOD and (row.scheme, index_of(row.scheme, row.value)) in stopped:
        return Row(row.line, STOPPED, row.told, row.scheme, row.value)
    return row


def _read(typed: str) -> tuple[str, str]:
    """The address in its one form. Excel takes the first nought from a number that it holds for an amount."""
    if "@" in typed:
        return Scheme.MAIL.value, address_of(Scheme.MAIL, typed)
    bare = typed.removesuffix(".0").strip().lstrip("'")
    if bare[:1] == "8" and bare.isdigit() and len(bare) >= 9:
        bare = f"0{bare}"
    return Scheme.NUMBER.value, address_to_reach(Scheme.NUMBER, bare)


def _entries(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, str, str]]:
    """Line, what was typed, what the cell of consent makes of it: below the heads, or from the first line where a table has none."""
    column, agrees, count = -1, -1, 0
    for line, cells in lines:
        if column < 0:
            heads = [cell.strip().casefold().rstrip(".:") for cell in cells]
            column = next((n for n, head in enumerate(heads) if head in HEADS or head.split(" ")[0] in HEADS), -1)
            agrees = next((n for n, head in enumerate(heads) if _asks(head)), -1)
            if column >= 0:
                continue
            if len(cells) == 1 and _read(cells[0])[1]:
                column = 0
            elif line > 10:
                break
            else:
                continue
        typed = cells[column].strip() if column < len(cells) else ""
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise BadTable(_("Tabel ini terlalu panjang. Paling banyak %(most)d baris.") % {"most": MOST_ROWS}, field="file")
        said = cells[agrees] if 0 <= agrees < len(cells) else ""
        yield line, typed, GOOD if agrees < 0 else _consent(said)
    if column < 0:
        raise BadTable(_("Tidak ada kolom berjudul nomor, telepon, WhatsApp, atau surel."), field="file")


def _asks(head: str) -> bool:
    words = set(re.findall(r"[\w-]+", head))
    return bool(words & ASKS) and not words & BESIDE


def _consent(said: str) -> str:
    """What was answered to whether they may be written to."""
    said = said.strip().casefold().removesuffix(".0")
    if said in EMPTY:
        return UNASKED
    words = set(re.findall(r"\w+", said))
    if words & NO:
        return NO_CONSENT
    return GOOD if words & YES or said in ("✓", "✔", "√", "☑") else UNCLEAR


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=sign), 1)
    except csv.Error as error:
        raise BadTable(field="file") from error


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            if line > MOST_LINES:
                raise BadTable(field="file")
            yield line, ["" if cell is None else str(cell) for cell in cells]
    except BadTable:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise BadTable(field="file") from error
