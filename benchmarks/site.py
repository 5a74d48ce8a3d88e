"""How fast and how light the public site is: one web process on a scratch site, asked by wrk.

    .venv/bin/python -m benchmarks.site [PORT]

Makes a site of twenty articles with pictures, starts the server that `serikat up` starts (one worker), and prints for the article, the front
page, a list and a search: answers a second and the 99th percentile at 8 connections, from the cache in front and (with that cache off)
from Django, and the CPU time that one answer took. Then the weight of an article's first view: HTML, CSS and JavaScript as sent with Brotli, without pictures, and
the number of requests. Goals: 1,500 a second cached, 150 uncached, p99 20 and 100 ms, 14 kB, 8 requests, cover at most 60 kB at 360 px.
"""

from __future__ import annotations

from benchmarks import scratch

# isort: split
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urljoin

import brotli
from django.conf import settings
from django.core.management import call_command

from serikat.newsroom.models import LivePage
from serikat.newsroom.tests.builders import a_picture, a_site, an_article, image_file

PARAGRAPH = (
    "<p>" + "Pekerja menghitung sendiri hak mereka, pasal demi pasal, dan meminta perundingan dibuka lagi. " * 4 + "</p>"
)


def make() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    a_site()
    while (number := LivePage.objects.filter(kind="article").count()) < 20:
        cover = a_picture(image_file(noise=number % 5 == 0, name=f"foto-{number}.jpg"))
        body = [("paragraph", PARAGRAPH * 3), ("heading", {"text": "Catatan", "level": "2"}), ("paragraph", PARAGRAPH * 6)]
        an_article(f"Upah dan pesangon {number}", cover=cover, body=body, tags=("SMC", "upah"))


def fetched(address: str) -> tuple[bytes, bytes]:
    """A body as it was sent, and unpacked."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        sent = answer.read()
        return sent, brotli.decompress(sent) if answer.headers.get("Content-Encoding") == "br" else sent


def weigh(base: str, path: str) -> None:
    sent, html = fetched(base + path)
    text = html.decode()
    parts = set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)) | set(
        re.findall(r'<script[^>]* src="([^"]+)"', text)
    )
    others = set(re.findall(r'<img src="([^"]+)"', text)) | set(re.findall(r'<link rel="icon" href="([^"]+)"', text))
    weights = {part: len(fetched(urljoin(base, part))[0]) for part in sorted(parts)}
    # an answer that Django gives directly is not packed: count it as the cache in front sends it
    first = len(sent) if sent != html else len(brotli.compress(html, quality=5))
    total = first + sum(weights.values())
    print(f"first view {path}: HTML {first} B, " + ", ".join(f"{p.rsplit('/', 1)[1]} {w} B" for p, w in weights.items()))
    print(f"  together {total} B; {1 + len(parts) + len(others)} requests with pictures and icon")


def cpu_seconds(server: int) -> float:
    """CPU time that a server and its workers have taken."""
    spent = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if server in (int(process.name), int(fields[1])):
                spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


ANEW = """
local asked = 0
function request()
  asked = asked + 1
  return wrk.format(nil, wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. "hal=" .. asked)
end
"""


def rate(base: str, path: str, server: int, *, anew: bool) -> str:
    """anew: each question has an address of its own, so that none is answered from memory or along with another."""
    before = cpu_seconds(server)
    command = ["wrk", "-t1", "-c8", "-d8s", "--latency", base + path]
    if anew:
        script = scratch.FOLDER / "anew.lua"
        script.write_text(ANEW)
        command[1:1] = ["-s", str(script)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = cpu_seconds(server) - before
    per_second, answers = (float(re.search(p, found).group(1)) for p in (r"Requests/sec:\s*([\d.]+)", r"(\d+) requests in"))
    late = re.search(r"99%\s*(\S+)", found).group(1)
    failed = re.search(r"Non-2xx.*", found)
    return f"{per_second:7.0f} a second, p99 {late:>8}, {spent / answers * 1000:6.2f} ms of CPU each {failed.group(0) if failed else ''}"


def main() -> None:
    port = sys.argv[1] if len(sys.argv) > 1 else "8179"
    base = f"http://127.0.0.1:{port}"
    make()
    article = LivePage.objects.filter(kind="article").latest("shown_at").path
    for kind, size in (("cached", "48"), ("uncached", "0")):
        with serving(port, size) as server:
            for path in (article, "/", "/berita/", "/cari/?q=upah"):
                fetched(base + path)
                print(f"{path:32} {kind:8} {rate(base, path, server, anew=kind == 'uncached')}")
            if kind == "cached":
                weigh(base, article)
    heavy = max(settings.MEDIA_ROOT.glob("images/*-720*.webp"), key=lambda p: p.stat().st_size)
    print(f"heaviest cover that a phone of 360 px takes: {heavy.stat().st_size} B")


@contextmanager
def serving(port: str, cache: str) -> Iterator[int]:
    """One web process, with a cache in front of this many megabytes."""
    server = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        port,
        "--workers",
        "1",
        "--blocking-threads",
        "4",
    ]
    web = subprocess.Popen(
        [*server, "--log-level", "warning", "serikat.config.wsgi:application"], env={**os.environ, "FRONT_CACHE_MB": cache}
    )
    try:
        for _ in range(100):
            try:
                fetched(f"http://127.0.0.1:{port}/robots.txt")
                break
            except OSError:
                time.sleep(0.2)
        yield web.pid
    finally:
        web.terminate()
        web.wait()


if __name__ == "__main__":
    main()
