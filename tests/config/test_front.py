"""The cache in front: what it keeps and what it never keeps, for whom, how compressed, and until when."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from serikat.config import front
from serikat.config.front import Front
from serikat.kernel import generation
from serikat.kernel.gate import SAME_FOR_ALL

BODY = b"<p>Buruh menang</p>" * 200


class Site:
    """A small WSGI application that counts how often it was asked."""

    def __init__(self):
        self.asked, self.status, self.body = [], "200 OK", BODY
        self.headers = [("Content-Type", "text/html"), (SAME_FOR_ALL, "1"), ("Cache-Control", "public, max-age=0")]
        self.meanwhile = lambda: None

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        self.meanwhile()
        start_response(self.status, list(self.headers))
        return [self.body]


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def ask(site):
    door = Front(site, limit=1_000_000)

    def ask(path="/", *, method="GET", query="", **headers):
        said = {}

        def start_response(status, headers, exc_info=None):
            said.update(status=status, headers=dict(headers))

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"}
        body = b"".join(door(environ | {"HTTP_HOST": "x"} | headers, start_response))
        return said["status"], said["headers"], body

    ask.door = door
    return ask


def test_a_marked_answer_is_asked_once_and_given_in_each_encoding(site, ask):
    assert ask()[2] == BODY
    assert brotli.decompress(ask(HTTP_ACCEPT_ENCODING="gzip, deflate, br")[2]) == BODY
    assert gzip.decompress(ask(HTTP_ACCEPT_ENCODING="br;q=0, gzip")[2]) == BODY
    status, headers, body = ask(method="HEAD", HTTP_ACCEPT_ENCODING="br")
    assert (status, body, headers["Content-Encoding"], headers["Vary"]) == ("200 OK", b"", "br", "Accept-Encoding")
    assert int(headers["Content-Length"]) < len(BODY) / 10
    assert SAME_FOR_ALL not in headers
    assert len(site.asked) == 1


def test_an_unchanged_page_costs_no_body(site, ask):
    tag = ask(HTTP_ACCEPT_ENCODING="br")[1]["ETag"]
    for given in (tag, f'W/{tag}, "x"', tag.replace("-br", "-gzip")):
        assert ask(HTTP_IF_NONE_MATCH=given)[::2] == ("304 Not Modified", b"")
    assert ask(HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("500 Internal Server Error", []),
        ("404 Not Found", []),
        ("302 Found", []),
        ("200 OK", [("Set-Cookie", "sessionid=1")]),
        ("200 OK", [("Vary", "Cookie")]),
        ("200 OK", [("Cache-Control", "no-store")]),
        ("200 OK", [("Content-Security-Policy", "script-src 'nonce-abc'")]),
    ],
)
def test_what_is_not_for_all_is_never_kept(site, ask, status, headers):
    site.status = status
    site.headers += headers
    for _ in range(2):
        assert ask()[0] == status
    assert len(site.asked) == 2


def test_what_is_not_marked_passes_through_untouched(site, ask):
    site.headers = [("Content-Type", "text/html"), ("Set-Cookie", "a=b")]
    assert ask(HTTP_COOKIE="a=c")[1] == {"Content-Type": "text/html", "Set-Cookie": "a=b"}
    assert site.asked[0]["HTTP_COOKIE"] == "a=c"


@pytest.mark.parametrize(
    "request_", [{"method": "POST"}, {"query": "q=upah"}, {"HTTP_AUTHORIZATION": "x"}, {"HTTP_RANGE": "bytes=0-"}]
)
def test_other_requests_always_reach_django(site, ask, request_):
    ask()
    ask(**request_)
    ask(**request_)
    assert len(site.asked) == 3


def test_an_answer_to_somebody_is_never_kept_but_everybody_is_given_what_is_the_same(site, ask):
    ask(HTTP_COOKIE="sessionid=1")
    ask(HTTP_COOKIE="sessionid=1")
    assert len(site.asked) == 2
    ask()
    ask(HTTP_COOKIE="sessionid=1")
    assert len(site.asked) == 3

    generation.bump()
    ask(HTTP_COOKIE="sessionid=1")  # known to be the same for all: asked for without the cookie, and kept
    assert "HTTP_COOKIE" not in site.asked[3]
    ask()
    assert len(site.asked) == 4

    generation.bump()
    site.headers = [("Content-Type", "text/html")]  # it is no longer: the one who asks gets an own answer
    ask(HTTP_COOKIE="sessionid=1")
    assert site.asked[-1]["HTTP_COOKIE"] == "sessionid=1"


def test_pages_hosts_and_page_numbers_are_kept_apart_and_tracking_is_not(site, ask):
    for how in ({"path": "/a/"}, {"path": "/b/"}, {"query": "halaman=2"}, {"HTTP_HOST": "y"}):
        ask(**how)
        ask(**how)
    assert len(site.asked) == 4
    ask(path="/a/", query="utm_source=x&fbclid=1")
    ask(path="/a/", query="halaman=2&utm_source=x")
    assert [e["QUERY_STRING"] for e in site.asked] == ["", "", "halaman=2", "", "halaman=2"]


def test_a_commit_shows_at_once(site, ask):
    ask()
    site.body = b"baru"
    assert ask()[2] == BODY
    generation.bump()
    assert ask()[2] == b"baru"


def test_an_answer_computed_while_something_was_committed_is_not_given_as_new(site, ask):
    site.meanwhile = generation.bump
    assert ask()[2] == BODY
    site.meanwhile = lambda: None
    site.body = b"baru"
    assert ask()[2] == b"baru"


def test_an_answer_ages_within_a_minute(site, ask, monkeypatch):
    ask()
    monkeypatch.setattr(front.time, "monotonic", lambda: 10**9)
    ask()
    assert len(site.asked) == 2


def test_memory_is_bounded_and_what_is_read_stays(site):
    limit = 3 * (2 * len(BODY) + 1024)
    door = Front(site, limit=limit)
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "HTTP_HOST": "x"}

    def read(path):
        b"".join(door(environ | {"PATH_INFO": path}, lambda *said: None))

    for number in range(50):
        read("/often/")
        read(f"/{number}/")
        assert door._size <= limit
    assert sum(e["PATH_INFO"] == "/often/" for e in site.asked) == 1


@pytest.mark.slow
def test_what_many_ask_for_at_once_is_computed_once(site):
    door = Front(site, limit=1_000_000)
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "HTTP_HOST": "x", "PATH_INFO": "/"}
    all_there = threading.Barrier(6)
    site.meanwhile = lambda: time.sleep(0.3)

    def read(_number):
        all_there.wait()
        return b"".join(door(dict(environ), lambda *said: None))

    with ThreadPoolExecutor(6) as readers:
        assert set(readers.map(read, range(6))) == {BODY}
    assert len(site.asked) == 1


def test_what_is_for_one_asker_is_computed_for_each(site):
    """An answer that may not be kept is never given to somebody who asked at the same moment."""
    site.headers = [("Content-Type", "text/html"), ("Set-Cookie", "a=b")]
    door = Front(site, limit=1_000_000)
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "HTTP_HOST": "x", "PATH_INFO": "/"}
    all_there = threading.Barrier(4)
    site.meanwhile = lambda: time.sleep(0.05)

    def read(_number):
        all_there.wait()
        return b"".join(door(dict(environ), lambda *said: None))

    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(read, range(4))) == [BODY] * 4
    assert len(site.asked) >= 4


def test_a_page_that_takes_long_holds_nobody_up_for_ever(site, monkeypatch):
    monkeypatch.setattr(front, "PATIENCE", 0.05)
    door = Front(site, limit=1_000_000)
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "HTTP_HOST": "x"}
    free = threading.Event()
    site.meanwhile = lambda: free.wait(5) if threading.current_thread().name.startswith("pages") else None
    try:
        assert b"".join(door(environ | {"PATH_INFO": "/lama/"}, lambda *said: None)) == BODY
        assert b"".join(door(environ | {"PATH_INFO": "/cepat/"}, lambda *said: None)) == BODY
    finally:
        free.set()


def test_an_error_of_django_reaches_whoever_asked(site):
    def fails():
        raise ValueError("rusak")

    site.meanwhile = fails
    door = Front(site, limit=1_000_000)
    for _ in range(2):
        with pytest.raises(ValueError, match="rusak"):
            door(
                {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "HTTP_HOST": "x", "PATH_INFO": "/"}, lambda *said: None
            )
    assert door._asked == {}


@pytest.mark.slow
def test_the_generation_is_shared_by_threads_and_processes():
    before = generation.current()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: [generation.bump() for _ in range(50)], range(4)))
    program = "import django; django.setup(); from serikat.kernel import generation; [generation.bump() for _ in range(50)]"
    subprocess.run(
        [sys.executable, "-c", program], check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "serikat.config.settings"}
    )
    assert generation.current() == before + 250


@pytest.mark.django_db
def test_an_entry_in_the_trail_raises_the_generation_on_commit(django_capture_on_commit_callbacks):
    from django.core.management import call_command  # reason: only here

    before = generation.current()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clear_demo")
        assert generation.current() == before
    assert generation.current() > before
