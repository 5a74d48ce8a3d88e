"""Reading without network, and what counting costs.

    .venv/bin/python -m benchmarks.offline [PORT]

A site of twenty articles behind the server that `serikat up` starts. Prints what the worker weighs and what its start fetches; how long a saved article
takes to open without network in Chromium on a CPU slowed four times (from the tap until its words are painted, and until it is whole; median and slowest
of ten); and what one answer from the cache in front costs with counting and without, the two asked in turn in one process. Goals: 1 s; nothing
that can be measured.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 a scratch house before Django starts

# isort: split
import statistics
import sys
import time

from playwright.sync_api import sync_playwright

from benchmarks.asking import fetched, first_view
from benchmarks.site import make, pace, serving
from serikat.config.front import Front
from serikat.config.tally import Tally
from serikat.kernel.gate import SAME_FOR_ALL
from tests.journeys.browser import FLAGS, chromium

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36"
SLOWER = 4
RUNS = 10
ASKED = 20_000
PAINTED = """() => ({
  painted: performance.getEntriesByType("paint").find((e) => e.name === "first-contentful-paint")?.startTime,
  whole: performance.getEntriesByType("navigation")[0].loadEventEnd,
  note: Boolean(document.querySelector(".kept-copy")),
})"""


def open_saved(base: str, path: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740}, user_agent=PHONE)
        page = context.new_page()
        page.goto(path)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.locator("[data-keep]").click()
        page.wait_for_selector("[data-keep][aria-pressed=true]")
        used = page.evaluate(
            "(async () => { let sum = 0; for (const name of await caches.keys()) { const cache = await caches.open(name);"
            " for (const r of await cache.matchAll()) sum += (await r.blob()).size } return sum })()"
        )
        print(f"kept after one saved article: {used / 1000:.0f} kB unpacked")
        context.set_offline(True)
        painted, whole = [], []
        for _ in range(RUNS):
            page.goto("about:blank")
            page.close()
            page = context.new_page()
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(path, wait_until="load")
            page.wait_for_timeout(200)
            found = page.evaluate(PAINTED)
            assert found["note"]
            painted.append(found["painted"])
            whole.append(found["whole"])
        for what, times in (("painted", painted), ("whole", whole)):
            print(
                f"saved article without network, CPU {SLOWER} times slower, {what}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
            )
        browser.close()


def counting() -> None:
    body = b"<p>Buruh menang</p>" * 500

    def site(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), (SAME_FOR_ALL, "1")])
        return [body]

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/berita/upah/",
        "QUERY_STRING": "",
        "HTTP_HOST": "x",
        "wsgi.url_scheme": "http",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_USER_AGENT": PHONE,
        "HTTP_SEC_FETCH_MODE": "navigate",
    }
    doors = {
        "without": Front(site, limit=1_000_000),
        "with": Front(site, limit=1_000_000, counted=Tally(lambda counted: None)),
    }
    times: dict[str, list[float]] = {name: [] for name in doors}
    for _ in range(9):
        for name, door in doors.items():
            began = time.perf_counter()
            for _ in range(ASKED):
                door(dict(environ), lambda *said: None)
            times[name].append((time.perf_counter() - began) / ASKED * 1e6)
    without, counted = (min(times[name]) for name in ("without", "with"))
    print(
        f"an answer from the cache: {without:.2f} µs without counting, {counted:.2f} µs with it, {counted - without:.2f} µs more"
    )


def main() -> None:
    port = sys.argv[1] if len(sys.argv) > 1 else "8178"
    base = f"http://127.0.0.1:{port}"
    article = make()
    print(pace())
    counting()
    with serving(port, "48"):
        print(f"first view: {first_view(base + article)}")
        weights = {
            path: len(fetched(base + path)[0])
            for path in ("/sw.js", "/tanpa-jaringan/", "/simpanan/", "/manifest.webmanifest")
        }
        print(f"start of the worker: {sum(weights.values())} B ({', '.join(f'{p} {w} B' for p, w in weights.items())})")
        open_saved(base, article)
    print(pace())


if __name__ == "__main__":
    main()
