"""Fixtures of the journeys: Chromium of the system, driven by Playwright, against a live server on the test database. A journey fails on
any error in the browser's console.

Every test in this folder is a journey: `./test` runs them, `./test quick` does not. How a page is looked at stands in `browser.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from serikat.units.models import Unit
from tests.journeys.browser import FLAGS, chromium
from tests.journeys.centre import a_centre, sign_in

REFUSED = "status of 422"  # a form sent back with its errors: the browser says so, and it is meant
AWAY = "net::ERR_INTERNET_DISCONNECTED"  # a journey took the network away, and it is meant
# Meant where the page itself answers so, as a link that is used up or an article that was taken down; never for a part of a page.
ABSENT = ("status of 404", "status of 410")


def is_a_problem(said: ConsoleMessage) -> bool:
    if said.type != "error" or REFUSED in said.text or AWAY in said.text:
        return False
    return not (
        any(status in said.text for status in ABSENT) and said.page is not None and said.location["url"] == said.page.url
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright keeps an event loop in the test's thread, which is no reason to refuse the database there; only while a browser runs."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this computer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield running
            running.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "wide"])
def width(request: pytest.FixtureRequest) -> int:
    """For journeys that are walked on the cheapest phone and on a wide screen."""
    return request.param


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page("/address/", width=360)` opens a page of the live server; errors in its console fail the test at the end."""
    contexts, problems = [], []

    def open_page(address: str = "", *, width: int = 360, **options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, locale="id-ID", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda said: problems.append(f"{said.text} {said.location['url']}") if is_a_problem(said) else None
        )
        if address:
            page.goto(address)
        return page

    open_page.problems = problems
    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A fresh page on the live site, not yet opened: `page.goto("/address/")`."""
    return open_page()


@pytest.fixture
def centre(db: None, settings: Any) -> Unit:
    """The organisation's unit with its public site; a password is enough to sign in."""
    settings.SECOND_FACTOR_REQUIRED = False
    return a_centre()


@pytest.fixture
def comes(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """`comes("wulan", "/meja/laporan/")`: somebody opens an address of the desk and signs in on the way."""

    def comes(username: str, address: str, *, width: int = 1280) -> Page:
        page = open_page(address, width=width)
        page.set_default_timeout(10_000)
        sign_in(page, username)
        return page

    return comes


@pytest.fixture
def worker(open_page: Callable[..., Page]) -> Page:
    """A worker's narrow phone, on which no script runs."""
    page = open_page("", width=360, java_script_enabled=False)
    page.set_default_timeout(10_000)
    return page
