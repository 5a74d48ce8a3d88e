"""Loading the reference data: regions from the file in the repository, countries from Babel. Done once an edition."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import babel
from babel import Locale
from django.db import connection, models, transaction

from serikat.audit.action import inner
from serikat.places import rules
from serikat.places.models import Country, Loaded, NamePart, Region

REGIONS_FILE = Path(__file__).parent / "data" / "regions.tsv.xz"
BATCH = 1000
# Two-letter codes that the Unicode data names but ISO 3166-1 does not list as countries.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class LoadedPlaces:
    """How many rows were written; zero when that edition was there already."""

    regions: int
    countries: int


@inner("machinery")
def load_places(*, file: Path = REGIONS_FILE) -> LoadedPlaces:
    """Bring regions and countries up to the edition at hand, in one transaction. Nothing is deleted: what vanished may still be referred to."""
    content = file.read_bytes()
    regions = countries = 0
    with transaction.atomic():
        if _is_new("regions", hashlib.sha256(content).hexdigest()):
            rows = list(_regions(lzma.decompress(content).decode()))
            regions = _write(Region, ["code"], ["level", "name", "folded", "line", "parent_id"], rows)
            NamePart.objects.all().delete()
            _write(NamePart, ["folded", "region_id"], [], [(p, r[0]) for r in rows for p in rules.later_parts(str(r[2]))])
        if _is_new("countries", hashlib.sha256(f"babel {babel.__version__}".encode()).hexdigest()):
            countries = _write(Country, ["code"], ["name_id", "name_en"], list(_countries()))
    return LoadedPlaces(regions, countries)


def _is_new(name: str, sha256: str) -> bool:
    """Stamp the edition; tell whether it differs from what stands."""
    stamp = Loaded.objects.select_for_update().filter(pk=name).first()
    if stamp is not None and stamp.sha256 == sha256:
        return False
    Loaded.objects.update_or_create(pk=name, defaults={"sha256": sha256})
    return True


def _regions(text: str) -> Iterator[Row]:
    """A parent's line comes before those of its children, since the file is sorted by code."""
    lines = {"": ""}
    for row in text.splitlines():
        code, name = row.split("\t")
        above = rules.parent_code(code)
        lines[code] = rules.search_line(name) + lines[above or ""]
        yield code, code.count(".") + 1, name, rules.folded(name), lines[code], above


def _countries() -> Iterator[Row]:
    indonesian, english = Locale("id").territories, Locale("en").territories
    for code in sorted(english):
        if len(code) == 2 and code.isalpha() and code not in NOT_ISO:
            yield code, indonesian[code], english[code]


def _write(model: type[models.Model], key: list[str], fields: list[str], rows: list[Row]) -> int:
    """Insert, or bring up to date what is there: plain SQL that both databases know, since objects for 150,000 rows take three times as long."""
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(c) for c in (*key, *fields)]
    then = "UPDATE SET " + ", ".join(f"{quote(c)} = excluded.{quote(c)}" for c in fields) if fields else "NOTHING"
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 names are our own
    on_conflict = f" ON CONFLICT ({', '.join(quote(c) for c in key)}) DO {then}"
    one_row = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            cursor.execute(into + ", ".join([one_row] * len(batch)) + on_conflict, [v for row in batch for v in row])
        cursor.execute(f"ANALYZE {table}")  # the planner must know at once what was loaded
    return len(rows)
