"""Every screen there is, opened by who may see it: axe finds nothing on a phone by day and on a wide screen by night, nothing sticks out, every
word is Indonesian. `SHOTS=folder` keeps a picture of each, to look at, and lets axe see both widths by day and by night.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client, TransactionTestCase, override_settings
from playwright.sync_api import Page

from serikat.web.services.founding import make_wizard_token
from tests.house.addresses import addresses
from tests.journeys import organisation
from tests.journeys.browser import DIAGONAL, EVERY, assert_accessible, assert_fits, assert_indonesian, look, shot
from tests.journeys.conftest import is_a_problem
from tests.journeys.screens import ELSEWHERE, NO_PAGE, SCREENS

PASSWORD = "kipas lampu bambu 7"


def test_every_page_of_the_house_is_looked_at():
    looked_at = {screen.address for screen in SCREENS} | ELSEWHERE
    assert {address.name for address in addresses()} - NO_PAGE - looked_at == set()
    assert (looked_at & NO_PAGE, (ELSEWHERE | NO_PAGE) - {address.name for address in addresses()}) == (set(), set())


def walk_the_wizard(page):
    """Yield each step's name while standing on it."""
    page.goto(f"/mulai/{make_wizard_token()}/")
    yield "wizard-1"
    page.fill("[name=name]", "Perserikatan Muara")
    page.click("main button.main")
    page.wait_for_url("**/mulai/unit/")
    yield "wizard-2"
    page.fill("[name=unit-0-name]", "Cabang Hilir")
    page.click("main button.main")
    page.wait_for_url("**/mulai/admin/")
    yield "wizard-3"
    page.fill("[name=name]", "Wening Astuti")
    page.fill("[name=username]", "wening")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main button.main")
    page.wait_for_url("**/akun/faktor-kedua/aplikasi/")
    yield "wizard-4-app"
    page.goto("/meja/")
    yield "wizard-5-desk"


def test_the_first_day_is_usable_by_everybody(page):
    for name in walk_the_wizard(page):
        look_at(page, name)


def look_at(page, name):
    shot(page, name)
    assert_indonesian(page)
    assert_accessible(page, looks=EVERY if os.environ.get("SHOTS") else DIAGONAL)
    assert_fits(page)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo organisation, loaded once: what the screens do to it is nothing, so no test leaves a fresh database behind."""
    with (
        django_db_blocker.unblock(),
        override_settings(SECOND_FACTOR_REQUIRED=False),
        pytest.MonkeyPatch.context() as patch,
    ):
        organisation.load()
        with_fresh_copy = TransactionTestCase._fixture_teardown
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        yield
        with_fresh_copy(TransactionTestCase())


@pytest.fixture(scope="module")
def windows(house, browser, live_server) -> Iterator[dict[str, Page]]:
    """A window for each who looks, kept open, so that what all screens load is loaded once."""
    opened: dict[str, Page] = {}
    yield opened
    for window in opened.values():
        window.context.close()


@pytest.fixture
def open_as(windows, browser, live_server, settings) -> Iterator[Callable[[str, str], Page]]:
    """`open_as("redaktur", "/meja/")` opens a page signed in; errors in its console fail the test at the end."""
    problems: list[str] = []
    looked: list[str] = []

    def noted(said):
        if is_a_problem(said):
            problems.append(f"{said.text} {said.location['url']}")

    def sign_in(who: str) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="id-ID")
        if who:
            client = Client()
            client.force_login(organisation.user(who), backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    def open_as(who: str, url: str) -> tuple[Page, int]:
        page = windows[who] = windows.get(who) or sign_in(who)
        page.on("console", noted)
        looked.append(who)
        look(page, *DIAGONAL[0])
        return page, page.goto(url).status

    yield open_as
    for page in {windows[who] for who in looked}:
        page.remove_listener("console", noted)
    assert problems == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_screen(open_as, screen):
    page, status = open_as(screen.who, screen.url())
    assert status == screen.status
    look_at(page, str(screen))
