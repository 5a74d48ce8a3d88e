"""Fixtures of the journeys: the live site and a page in a real browser. A journey fails on any error in the browser's console.

Playwright's sync API runs an event loop in this thread, so Django is told to allow its database calls here, and only while a browser runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.browser import FLAGS, chromium

REFUSED = "status of 422"  # a form sent back with its errors: the browser says so, and it is meant


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in item.nodeid or item.nodeid.startswith("tests/journeys"):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("No Chromium found: the journeys were not travelled.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield running
            running.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A fresh page on the live site: addresses without a host lead there."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 900}, locale="id-ID")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console", lambda said: errors.append(said.text) if said.type == "error" and REFUSED not in said.text else None
    )
    yield opened
    context.close()
    assert errors == []
