"""How long finding a village takes on all of them, for queries of every kind: loads the reference data when it is not there.

    .venv/bin/python -m benchmarks.places          (SQLite)
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.places          (PostgreSQL)

Prints one line a query: the median and the slowest of 20 runs in milliseconds, and the first answer. Goal: under 100 ms each.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 it names the folders

# isort: split
import statistics
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from serikat.places.models import Region
from serikat.places.selectors import find_villages
from serikat.places.services import load_places

QUERIES = [
    "su",
    "sukamaju",
    "ds. sukamaju bekasi",
    "suka maju bekasi",
    "kel. cempaka putih jakarta",
    "bekasi sukamaju",
    "sukamju",
    "sukamaju bekasu",
    "maju",
    "baru jaya",
    "zzzz",
    "xqzwv kjhgf mnbvc poiuy",
    "a b c d e f",
    "jawa",
]
RUNS = 20


def milliseconds(query: str) -> list[float]:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        find_villages(query)
        times.append((time.perf_counter() - started) * 1000)
    return times


if __name__ == "__main__":
    Path(settings.SERIKAT_DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    load_places()
    print(f"{connection.vendor}: loading (or finding it loaded) took {time.perf_counter() - started:.1f} s")
    print(f"{Region.objects.filter(level=4).count()} villages")
    slowest = 0.0
    for query in QUERIES:
        times = milliseconds(query)
        slowest = max(slowest, *times)
        first = next((r.full for r in find_villages(query)), "-")
        print(f"{statistics.median(times):7.1f} {max(times):7.1f}  {query!r:32} {first}")
    print(f"slowest: {slowest:.1f} ms")
