"""How often each public page was given to a person: counted in memory by the cache in front, written out now and then by a thread of its own.

Nothing is noted of who asked: a number for an address and the hour in which this turn of counting began. Not counted: programs (by the words in what a browser calls itself), what a
browser fetches ahead or a page fetches by itself, and who is signed in. What a phone reads from its own store never comes here. A crash loses what
was counted since the last writing, at most `PAUSE` seconds; when the database is busy the numbers wait for the next turn.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connections

Counted = dict[tuple[int, str], int]
Write = Callable[[Mapping[tuple[int, str], int]], None]

PAUSE = 30.0
HOUR = 3600
MOST = 20_000  # addresses an hour in one process: a flood of made-up ones takes no memory without end
PROGRAMS = (
    "bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|curl|wget|python|java/|go-http|okhttp|libwww|perl|ruby|php|node|axios|"
    "scrapy|httpclient|headless|lighthouse|pagespeed|gtmetrix|monitor|uptime|pingdom|statuscake|feed|reader|rss|archive|validator|scan|wrk|\\+http"
)
_PROGRAM = re.compile(PROGRAMS, re.IGNORECASE)
log = logging.getLogger(__name__)


@lru_cache(maxsize=1024)
def is_program(agent: str) -> bool:
    """Tell by what it calls itself; who says nothing is one. The answer is remembered in memory for a while, since a handful of names is usual."""
    return not agent or _PROGRAM.search(agent) is not None


def _hour_now() -> int:
    return int(time.time()) // HOUR


class Tally:
    """`write` takes {(hour since 1970, address): how often}. One for each process."""

    def __init__(self, write: Write, *, pause: float = PAUSE) -> None:
        self._write, self._pause = write, pause
        self._counted: dict[str, int] = {}  # since the last turn, which began in this hour
        self._hour = _hour_now()
        self._waiting: Counted = {}  # what could not be written
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._signed_in = f"{settings.SESSION_COOKIE_NAME}="

    def __call__(self, environ: Mapping[str, Any]) -> None:
        """Count this request when a person made it. Costs a few dictionary reads."""
        said = environ.get
        if environ["REQUEST_METHOD"] != "GET" or is_program(said("HTTP_USER_AGENT", "")):
            return
        if said("HTTP_SEC_FETCH_MODE", "navigate") != "navigate" or self._signed_in in said("HTTP_COOKIE", ""):
            return
        if "HTTP_SEC_PURPOSE" in environ or "HTTP_PURPOSE" in environ or "HTTP_X_MOZ" in environ:
            return
        path = environ["PATH_INFO"]
        with self._lock:
            before = self._counted.get(path)
            if not self._counted:
                self._hour = _hour_now()
            if before is not None or len(self._counted) < MOST:
                self._counted[path] = (before or 0) + 1
        if self._thread is None:
            self._start()

    def flush(self) -> None:
        """Write what was counted; what cannot be written now is counted again."""
        with self._lock:
            taken, self._counted = self._counted, {}
            for path, count in taken.items():
                self._waiting[self._hour, path] = self._waiting.get((self._hour, path), 0) + count
            waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            self._write(waiting)
        except Exception:
            log.warning("The reads of %s addresses could not be written; they wait.", len(waiting), exc_info=True)
            with self._lock:
                for key, count in waiting.items():
                    if key in self._waiting or len(self._waiting) < MOST:
                        self._waiting[key] = self._waiting.get(key, 0) + count

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tally", daemon=True)
                self._thread.start()
                atexit.register(self.flush)

    def _run(self) -> None:
        while True:
            time.sleep(self._pause)
            self.flush()
            connections.close_all()  # this thread's own: a database that was started anew is met with a new one
