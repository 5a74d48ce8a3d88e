"""Through the gallery: every component at both widths, light and dark, by keyboard, with the longest words."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import assert_accessible, assert_fits, look, shot


@pytest.mark.parametrize("address", ["/ui/", "/en/ui/"])
def test_gallery_is_accessible_everywhere(page, address):
    page.goto(address)
    for fold in page.locator("details").all():
        fold.evaluate("e => e.open = true")
    shot(page, "ui-en" if "en" in address else "ui-id")
    assert_accessible(page, every_look=address == "/ui/")
    assert_fits(page)
    assert_fits(page, 320)


def test_skip_link_leads_to_the_content(page):
    page.goto("/ui/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_long_words_and_doubled_letters_do_not_break_the_page(page):
    """Every heading, cell, label and button gets the longest words there are, and letters are set a third larger."""
    page.goto("/ui/")
    page.evaluate(
        "for (const e of document.querySelectorAll('h1, h2, h3, b, th, td > span, dt, dd, label, .btn, .badge, .chip, .err span, .what, .alert p'))"
        "{ if (!e.children.length) e.textContent = 'pertanggungjawaban ketenagakerjaan ketidakberpihakan'; }"
        "document.documentElement.style.fontSize = '21px';"
    )
    assert_fits(page)


def test_masthead_changes_the_language_and_keeps_the_page(page):
    page.goto("/ui/?q=a%26b")
    page.get_by_role("link", name="English").click()
    assert re.search(r"/en/ui/\?q=a%26b$", page.url)
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.url.endswith("/ui/?q=a%26b")


def test_password_is_shown_on_wish_and_sheet_opens_and_closes_by_keyboard(page):
    page.goto("/ui/")
    field = page.locator("#contoh_password")
    field.fill("rahasia-sekali")
    page.locator("[data-show=contoh_password]").click()
    assert field.get_attribute("type") == "text"
    page.locator("[popovertarget=akhiri]").first.press("Enter")
    assert page.locator("#akhiri").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#akhiri").is_visible()


def test_everything_is_readable_without_a_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(live_server.url + "/ui/")
    assert page.locator(".code").first.is_visible()
    assert not page.locator("[data-copy]").first.is_visible()
    assert page.locator("#contoh_password").is_visible()
    context.close()


def test_lost_page_is_accessible(browser, live_server):
    page = browser.new_page(base_url=live_server.url)
    page.goto("/tidak-ada/")
    shot(page, "ui-404")
    assert_accessible(page)
    look(page, 360, "light")
    assert page.get_by_role("heading", level=1).is_visible()
    page.close()
