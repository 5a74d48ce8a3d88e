"""The frame of every page: it stands on the cheapest phone and on a wide screen, and an unknown address is said in words."""

from __future__ import annotations


def test_an_unknown_address_is_said_in_words_and_fits_the_screen(open_page, width):
    page = open_page("/tidak-ada-di-sini/", width=width)
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    open_page.problems[:] = [p for p in open_page.problems if "404" not in p]
