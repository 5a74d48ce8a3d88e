"""A real browser for the journeys: Chromium of the system, driven by Playwright, against a live server on the test database.

Every test in this folder is a journey: `./test` runs them, `./test quick` does not.
"""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

# Playwright keeps an event loop in the test's thread, which is no reason to refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this computer")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*QUIET, "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "wide"])
def width(request) -> int:
    """For journeys that are walked on the cheapest phone and on a wide screen."""
    return request.param


@pytest.fixture
def open_page(browser, live_server):
    """`open_page("/address/", width=360)` opens a page of the live server; errors in its console fail the test at the end."""
    contexts, problems = [], []

    def open_page(address: str = "/", *, width: int = 360, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    open_page.problems = problems
    yield open_page
    for context in contexts:
        context.close()
    assert problems == []
