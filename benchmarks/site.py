"""How fast and how light the public site is: one web process on a scratch site and on one core, asked by wrk from another.

    .venv/bin/python -m benchmarks.site [PORT]

Makes a site of twenty articles with pictures, starts the server that `serikat up` starts (one worker), and prints for the article, the front
page, a list and a search: answers a second and the 99th percentile at 8 connections, from the cache in front and (with that cache off)
from Django, and the CPU time that one answer took. Then the weight of an article's first view: HTML, CSS and JavaScript as sent with Brotli, without pictures, and
the number of requests. Goals: 1,500 a second cached, 150 uncached, p99 20 and 100 ms, 14 kB, 8 requests, cover at most 60 kB at 360 px.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 a scratch house before Django starts

# isort: split
import os
import subprocess
import sys
import timeit
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command

from benchmarks.asking import ON_ONE_CORE, first_view, rate, wait_for
from serikat.newsroom.models import LivePage
from serikat.newsroom.tests.builders import a_picture, a_site, an_article, image_file

SENTENCE = "Pekerja menghitung sendiri hak mereka, pasal demi pasal, dan meminta perundingan dibuka lagi. "
PARAGRAPH = "<p>" + SENTENCE * 4 + "</p>"
ARTICLES = 20


def make() -> str:
    """A site of twenty articles; the address of the newest."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    a_site()
    while (number := LivePage.objects.filter(kind="article").count()) < ARTICLES:
        cover = a_picture(image_file(noise=number % 5 == 0, name=f"foto-{number}.jpg"))
        body = [("paragraph", PARAGRAPH * 3), ("heading", {"text": "Catatan", "level": "2"}), ("paragraph", PARAGRAPH * 6)]
        an_article(f"Upah dan pesangon {number}", cover=cover, body=body, tags=("SMC", "upah"))
    return LivePage.objects.filter(kind="article").latest("shown_at").path


@contextmanager
def serving(port: str, cache: str) -> Iterator[int]:
    """One web process on one core, with a cache in front of this many megabytes."""
    server = [*ON_ONE_CORE, sys.executable, "-m", "granian", "--interface", "wsgi", "--port", port, "--workers", "1"]
    server += ["--blocking-threads", "4", "--log-level", "warning", "serikat.config.wsgi:application"]
    web = subprocess.Popen(server, env={**os.environ, "FRONT_CACHE_MB": cache})
    try:
        wait_for(f"http://127.0.0.1:{port}/robots.txt")
        yield web.pid
    finally:
        web.terminate()
        web.wait()


def pace() -> str:
    """How quick this machine is in this minute, to compare runs by: squares of 100,000 numbers in Python."""
    best = min(timeit.repeat(lambda: sum(n * n for n in range(100_000)), number=10, repeat=5)) / 10
    return f"pace of the machine: {best * 1000:.1f} ms for 100,000 squares"


def main() -> None:
    port = sys.argv[1] if len(sys.argv) > 1 else "8179"
    base = f"http://127.0.0.1:{port}"
    article = make()
    print(pace())
    for kind, size in (("cached", "48"), ("computed", "0")):
        with serving(port, size) as server:
            for path in (article, "/", "/berita/", "/cari/?q=upah"):
                print(f"{path:32} {kind:8} {rate(base + path, [server], anew=kind == 'computed')}", flush=True)
            if kind == "cached":
                print(f"first view: {first_view(base + article)}")
    heavy = max(settings.MEDIA_ROOT.glob("images/*-720*.webp"), key=lambda p: p.stat().st_size)
    print(f"heaviest cover that a phone of 360 px takes: {heavy.stat().st_size} B")
    print(pace())


if __name__ == "__main__":
    main()
