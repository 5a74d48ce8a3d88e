"""How long a wall bulletin takes: sixteen articles of some 700 words on A3 in three columns, and a leaflet of one on A4.

    .venv/bin/python -m benchmarks.bulletin

Prints the median and the slowest of ten drawings in milliseconds, and the weight of the sheet. Goal: sixteen articles in under 3 s.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 a scratch house before Django starts

# isort: split
import statistics
import time
from datetime import date

from django.core.management import call_command

from benchmarks.site import PARAGRAPH
from serikat.kernel.access import console
from serikat.newsroom.models import Bulletin, LivePage
from serikat.newsroom.selectors.bulletins import sheet_of
from serikat.newsroom.services.bulletins import draw_bulletin, make_bulletin
from serikat.newsroom.tests.builders import a_site, a_unit, an_article

RUNS = 10


def main() -> None:
    call_command("migrate", verbosity=0)
    a_site()
    body = [("paragraph", PARAGRAPH * 7), ("heading", {"text": "Catatan", "level": "2"}), ("paragraph", PARAGRAPH * 6)]
    for number in range(16):
        an_article(f"Upah dan pesangon {number}", body=body)
    live = list(LivePage.objects.filter(kind="article").order_by("-shown_at"))
    for count, paper, columns in ((16, "a3", 3), (16, "a4", 2), (1, "a4", 1)):
        shape = {"title": "Papan", "day": date(2026, 5, 22), "paper": paper, "columns": columns}
        made = make_bulletin(actor=console("ukur"), unit=a_unit(), stories=live[:count], **shape)
        times = []
        for _ in range(RUNS):
            Bulletin.objects.filter(pk=made.pk).update(pdf=None)
            began = time.perf_counter()
            draw_bulletin(pk=made.pk)
            times.append((time.perf_counter() - began) * 1000)
        weight = len(sheet_of(made) or b"") / 1000
        print(
            f"{count:2} on {paper}, {columns} columns: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms, {weight:.0f} kB"
        )


if __name__ == "__main__":
    main()
