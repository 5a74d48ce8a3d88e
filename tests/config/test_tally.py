"""Counting what is read: people and not programs, each page once, nothing of who asked, nothing lost when the database is busy."""

from __future__ import annotations

import threading
import time

import pytest

from serikat.config.front import Front
from serikat.config.tally import MOST, Tally, is_program
from serikat.kernel.gate import SAME_FOR_ALL

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36"
ASKED = {"REQUEST_METHOD": "GET", "PATH_INFO": "/berita/a/", "HTTP_USER_AGENT": PHONE}


class Book(dict):
    """What was written, added up as the database does."""

    def __call__(self, counted):
        for (_hour, path), count in counted.items():
            self[path] = self.get(path, 0) + count


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def tally(book):
    return Tally(book, pause=3600)


def test_the_hour_is_that_in_which_the_turn_began(monkeypatch):
    said, now = [], [7200.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    tally = Tally(said.append, pause=3600)
    tally(ASKED)
    now[0] += 3600
    tally(ASKED)
    tally.flush()
    tally(ASKED)
    tally.flush()
    assert said == [{(2, "/berita/a/"): 2}, {(3, "/berita/a/"): 1}]


def test_a_person_is_counted_for_the_page_and_the_hour(tally, book):
    tally(ASKED)
    tally(ASKED | {"PATH_INFO": "/", "HTTP_SEC_FETCH_MODE": "navigate"})
    tally(ASKED)
    tally.flush()
    tally.flush()
    assert book == {"/berita/a/": 2, "/": 1}


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_SEC_FETCH_MODE": "cors"},
        {"HTTP_SEC_FETCH_MODE": "same-origin"},
        {"HTTP_COOKIE": "x=1; sessionid=abc"},
    ],
)
def test_what_no_person_asked_for_is_not_counted(tally, more):
    tally(ASKED | more)
    assert tally._counted == {}


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        (PHONE, False),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 Version/15.6 Mobile/15E148 Safari/604.1",
            False,
        ),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; id) Presto/2.8.119 Version/11.10", False),
        ("Mozilla/5.0 (Linux; U; Android 9; id; SM-J250F) AppleWebKit/537.36 UCBrowser/13.4.0 Mobile Safari/537.36", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("WhatsApp/2.23.20.0 A", True),
        ("facebookexternalhit/1.1", True),
        ("curl/8.5.0", True),
        ("python-requests/2.31", True),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/128.0 Safari/537.36", True),
    ],
)
def test_a_program_is_known_by_what_it_calls_itself(agent, program):
    assert is_program(agent) is program


def test_threads_lose_nothing(tally, book):
    threads = [threading.Thread(target=lambda: [tally(ASKED) for _ in range(2000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    tally.flush()
    for thread in threads:
        thread.join()
    tally.flush()
    assert book == {"/berita/a/": 8000}


def test_what_cannot_be_written_now_waits(caplog):
    said = []

    def write(counted):
        said.append(dict(counted))
        if len(said) == 1:
            raise OSError("database is locked")

    tally = Tally(write, pause=3600)
    tally(ASKED)
    tally.flush()
    tally(ASKED)
    tally.flush()
    assert [sum(counted.values()) for counted in said] == [1, 2]
    assert "could not be written" in caplog.text


def test_a_flood_of_made_up_addresses_takes_no_memory_without_end(tally):
    for number in range(MOST + 50):
        tally(ASKED | {"PATH_INFO": f"/{number}"})
    assert len(tally._counted) == MOST


def test_it_writes_by_itself_after_a_while(book):
    tally = Tally(book, pause=0.05)
    tally(ASKED)
    for _ in range(100):
        if book:
            break
        time.sleep(0.05)
    assert book == {"/berita/a/": 1}


def test_the_front_counts_pages_however_they_were_answered_and_nothing_else(tally, book):
    kind, status = ["text/html; charset=utf-8"], ["200 OK"]

    def site(environ, start_response):
        start_response(status[0], [("Content-Type", kind[0]), (SAME_FOR_ALL, "1"), ("X-Serikat-Offline", "article")])
        return [b"<p>Buruh menang</p>"]

    for limit in (1_000_000, 0):
        door = Front(site, limit=limit, counted=tally)

        def ask(path, door=door, **more):
            said = {}
            environ = {**ASKED, "PATH_INFO": path, "HTTP_HOST": "x", "wsgi.url_scheme": "http"} | more
            list(door(environ, lambda code, headers, exc_info=None: said.update(dict(headers), status=code)))
            return said

        assert ask("/a/")["X-Serikat-Offline"] == "article"
        again = ask("/a/", HTTP_IF_NONE_MATCH=ask("/a/")["ETag"])
        assert (again["status"], again["X-Serikat-Offline"]) == ("304 Not Modified", "article")
        kind[0] = "application/rss+xml"
        ask("/rss.xml")
        kind[0], status[0] = "text/html", "404 Not Found"
        ask("/b/")
        kind[0], status[0] = "text/html", "301 Moved Permanently"
        ask("/c/")
        status[0] = "302 Found"
        assert [ask("/s/k7p2")["status"] for _time in range(2)] == ["302 Found"] * 2
        kind[0], status[0] = "text/html", "200 OK"
    tally.flush()
    assert book == {"/a/": 6, "/s/k7p2": 4}
