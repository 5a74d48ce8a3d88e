"""Turn the files of the npm package idn-area-data into `serikat/places/data/regions.tsv.xz`.

    npm pack idn-area-data@3.1.2 && tar xf idn-area-data-3.1.2.tgz
    .venv/bin/python tools/convert_places.py package/data

One line a region, "code<TAB>name", sorted by code, so that a parent comes before what is in it. What is changed is said in the notice beside the data.
"""

from __future__ import annotations

import csv
import lzma
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "serikat" / "places" / "data" / "regions.tsv.xz"
KEPT_IN_CAPITALS = {"DKI", "DI"}


def as_written(name: str) -> str:
    """ "KABUPATEN ACEH SELATAN" as people write it: "Kabupaten Aceh Selatan"."""
    name = name.replace("DAERAH ISTIMEWA", "DI")
    return " ".join(w if w in KEPT_IN_CAPITALS else re.sub(r"[A-Z]+", lambda m: m[0].capitalize(), w) for w in name.split())


def tidy(name: str) -> str:
    """The source writes a glottal stop as a double quote and marks one name with a star."""
    return " ".join(name.replace('"', "'").replace("*", "").split())


def rows(folder: Path) -> list[tuple[str, str]]:
    found = []
    for file, change in (("provinces", as_written), ("regencies", as_written), ("districts", str), ("villages", str)):
        with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            found += [(row["code"], tidy(change(row["name"]))) for row in csv.DictReader(lines)]
    return sorted(found)


if __name__ == "__main__":
    regions = rows(Path(sys.argv[1]))
    text = "".join(f"{code}\t{name}\n" for code, name in regions)
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{len(regions)} regions, {TARGET.stat().st_size} bytes\n")
