"""The cache in front of Django: ready answers of public pages, compressed once, given out without reaching sessions, languages or tables.

A view marks its answer as the same for all (kernel.gate). Such an answer to a request without a cookie is kept in memory as Brotli and gzip under
the generation (kernel.generation) that stood before it was asked for, so a page computed from old rows never counts as new. It is given to
everybody, signed in or not, until the generation moves or a minute has passed. What is not marked passes through untouched.

Pages that may be kept are computed one after another by one thread of the process, the others wait: right after something was published many ask
for the same page, and it is computed once; and Python does one thing at a time in any case, which costs least when nobody fights over it.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli

from serikat.kernel import generation
from serikat.kernel.gate import SAME_FOR_ALL

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
App = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[str, str, str, str]
Said = tuple[str, Headers, Iterable[bytes]]

PAGING = frozenset({"halaman", "page", "hal"})  # part of the key
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")  # taken off before Django sees them
PATIENCE = 5.0  # seconds one waits for the thread that computes pages; then the page is computed beside it
LONGEST = 60.0  # seconds: also what nobody's commit announces (a process that died, the turn of a day) shows within a minute
LARGEST = 2 * 1024 * 1024
KEPT_STATUS = ("200 ", "301 ")


@dataclass(slots=True)
class Kept:
    """One answer: its headers without those of an encoding, and its body plain ("") and in each encoding that was asked for."""

    generation: int
    until: float
    status: str
    headers: Headers
    bodies: dict[str, bytes]
    tag: str
    is_page: bool = False

    @property
    def size(self) -> int:
        """What it takes in memory once every encoding was asked for, as an upper bound."""
        return 2 * len(self.bodies[""]) + 1024

    def body(self, encoding: str) -> bytes:
        found = self.bodies.get(encoding)
        if found is None:
            found = self.bodies[encoding] = _packed(self.bodies[""], encoding)
        return found


class Front:
    """Wraps the application; `limit` is how many bytes of ready answers this process keeps (0: none). `counted` is told of each page that is given."""

    def __init__(self, app: App, *, limit: int, counted: Callable[[Environ], None] | None = None) -> None:
        self._app, self._limit, self._counted = app, limit, counted
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._computing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._asked: dict[tuple[Key, int], Future[Kept | Said]] = {}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        now = generation.current()
        kept = self._kept.get(key)
        if kept is not None and kept.generation == now and kept.until > time.monotonic():
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
            return self._give(kept, environ, start_response)
        return self._ask(key, now, kept is not None, environ, start_response)

    def _key(self, environ: Environ) -> Key | None:
        """Scheme, host, path and page number; None for what is never kept. Marks of tracking are taken off the address."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            pairs = [(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if not n.startswith(TRACKING)]
            if any(name not in PAGING for name, _ in pairs):
                return None
            query = environ["QUERY_STRING"] = urlencode(pairs)
        return environ.get("wsgi.url_scheme", ""), environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), query

    def _ask(self, key: Key, now: int, known: bool, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Ask Django. Only an answer to nobody in particular is kept: without a cookie in the question, or, where such an answer was kept before,
        with the cookie taken out of it."""
        cookie = environ.get("HTTP_COOKIE")
        if cookie is not None and not known:
            return self._pass_on(environ, start_response)
        found = self._computed(key, now, environ)
        if isinstance(found, Kept):
            return self._give(found, environ, start_response)
        if found is None or cookie is not None or environ["REQUEST_METHOD"] == "HEAD":
            return self._pass_on(environ, start_response)
        status, headers, chunks = found
        self._note_followed(status, headers, environ)
        start_response(status, _without_mark(headers))
        return chunks  # whoever serves it closes it

    def _computed(self, key: Key, now: int, environ: Environ) -> Kept | Said | None:
        """The answer, kept or for this one asker; None when it was for another asker, took too long, or is not as it was asked for."""
        future, first = self._future(key, now, environ)
        if future is None:
            return self._compute(key, now, environ)
        try:
            found = future.result(PATIENCE)
        except TookTooLong:
            if first and not future.cancel():
                future.add_done_callback(_close_unused)
            return None
        finally:
            if first:
                with self._lock:
                    del self._asked[key, now]
        if isinstance(found, Kept):
            return found
        if first and ("HTTP_COOKIE" in environ or environ["REQUEST_METHOD"] == "HEAD"):
            _close(found[2])
            return None
        return found if first else None

    def _future(self, key: Key, now: int, environ: Environ) -> tuple[Future[Kept | Said] | None, bool]:
        """The computing of this page, and whether it was begun for this asker; nothing when the process is ending."""
        with self._lock:
            future = self._asked.get((key, now))
            if future is not None:
                return future, False
            try:
                future = self._asked[key, now] = self._computing.submit(self._compute, key, now, environ)
            except RuntimeError:
                return None, True
            return future, True

    def _compute(self, key: Key, now: int, environ: Environ) -> Kept | Said:
        """Ask Django without a cookie and without conditions."""
        asked = {**environ, "REQUEST_METHOD": "GET"}
        for conditional in ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            asked.pop(conditional, None)
        status, headers, chunks = self._call(asked)
        if not self._may_be_kept(status, headers):
            self._forget(key)
            return status, headers, chunks
        try:
            whole = b"".join(chunks)
        finally:
            _close(chunks)
        return self._keep(key, now, status, headers, whole)

    def _call(self, environ: Environ) -> Said:
        said: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            said[:] = [status, list(headers)]

        chunks = self._app(environ, start)
        return said[0], said[1], chunks

    def _pass_on(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        def start(status: str, headers: Headers, *rest: Any) -> Any:
            self._note_followed(status, headers, environ)
            return start_response(status, _without_mark(headers), *rest)

        return self._app(environ, start)

    def _note_followed(self, status: str, headers: Headers, environ: Environ) -> None:
        """A short link is counted though where it leads is never kept."""
        if (
            self._counted is not None
            and status.startswith("302")
            and any(n.lower() == SAME_FOR_ALL.lower() for n, _ in headers)
        ):
            self._counted(environ)

    @staticmethod
    def _may_be_kept(status: str, headers: Headers) -> bool:
        found = {name.lower(): value for name, value in headers}
        return (
            SAME_FOR_ALL.lower() in found
            and status.startswith(KEPT_STATUS)
            and "set-cookie" not in found
            and "content-encoding" not in found
            and "cookie" not in found.get("vary", "").lower()
            and "no-store" not in found.get("cache-control", "")
            and "'nonce-" not in found.get("content-security-policy", "")
            and int(found.get("content-length", "0") or 0) <= LARGEST
        )

    def _keep(self, key: Key, now: int, status: str, headers: Headers, body: bytes) -> Kept:
        ours = {SAME_FOR_ALL.lower(), "content-length", "etag", "vary"}
        kept = Kept(
            generation=now,
            until=time.monotonic() + LONGEST,
            status=status,
            headers=[(n, v) for n, v in headers if n.lower() not in ours] + [("Vary", "Accept-Encoding")],
            bodies={"": body},
            tag=hashlib.sha256(body).hexdigest()[:20],
            is_page=status.startswith("200")
            and any(n.lower() == "content-type" and v.startswith("text/html") for n, v in headers),
        )
        self._forget(key)
        with self._lock:
            if kept.size <= self._limit and key not in self._kept:
                self._kept[key] = kept
                self._size += kept.size
            while self._size > self._limit:
                self._size -= self._kept.popitem(last=False)[1].size
        return kept

    def _forget(self, key: Key) -> None:
        with self._lock:
            if old := self._kept.pop(key, None):
                self._size -= old.size

    def _give(self, kept: Kept, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if self._counted is not None and kept.is_page:
            self._counted(environ)
        encoding = _best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        tag = f'"{kept.tag}-{encoding or "plain"}"'
        if kept.status.startswith("200") and _matches(environ.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
            quiet = [(n, v) for n, v in kept.headers if n.lower() not in ("content-type", "content-language")]
            start_response("304 Not Modified", [*quiet, ("ETag", tag)])
            return ()
        body = kept.body(encoding)
        headers = [*kept.headers, ("ETag", tag), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response(kept.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


def _packed(body: bytes, encoding: str) -> bytes:
    return bytes(brotli.compress(body, quality=6)) if encoding == "br" else gzip.compress(body, 6, mtime=0)


def _best_encoding(accepted: str) -> str:
    """br, gzip or none, as the browser says; a quality of zero is a no."""
    offered = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.strip().partition(";")
        offered[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offered.get(name)), "")


def _matches(given: str, tag: str) -> bool:
    return any(part.strip().removeprefix("W/").strip('"').partition("-")[0] == tag for part in given.split(","))


def _without_mark(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() != SAME_FOR_ALL.lower()]


def _close_unused(future: Future[Kept | Said]) -> None:
    if future.exception() is None and not isinstance(found := future.result(), Kept):
        _close(found[2])


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()
