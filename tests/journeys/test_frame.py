"""The frame on pages of usual length: front page and article, desk with its rail, on a phone and on a wide screen."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from serikat.ui import navigation
from serikat.ui.bundles import bundle
from tests.journeys import pages
from tests.journeys.browser import assert_accessible, assert_fits, look, shot

pytestmark = pytest.mark.urls("tests.journeys.pages")


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_places", navigation._Registry())
    for item in pages.BAR:
        navigation.bar(item)
    for group, items in pages.RAIL.items():
        for item in items:
            navigation.rail(group, item)
    navigation.strip_from(lambda: [(name, f"/rubrik/{n}/") for n, name in enumerate(pages.RUBRICS)])


@pytest.mark.parametrize("name", ["front", "article", "desk"])
def test_page_is_accessible_and_fits(page, name):
    page.goto({"front": "/", "article": "/berita/", "desk": "/meja/"}[name])
    shot(page, f"frame-{name}")
    assert_accessible(page)
    assert_fits(page)
    assert_fits(page, 320)


def test_bar_lies_under_the_thumb_and_moves_to_the_head(page):
    page.goto("/berita/")
    look(page, 360, "light")
    box = page.locator(".bar").bounding_box()
    assert box["y"] + box["height"] == 900
    assert all(item.bounding_box()["height"] >= 44 for item in page.locator(".bar a").all())
    assert page.locator(".bar [aria-current]").inner_text() == "Berita"
    look(page, 1280, "light")
    assert page.locator(".bar").bounding_box()["y"] < 120


def test_rail_opens_as_a_sheet_on_a_phone(page):
    page.goto("/meja/")
    look(page, 360, "light")
    assert not page.locator("#rail").is_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    assert page.locator("#rail").is_visible()
    assert page.locator("#rail a[aria-current]").inner_text() == "Hari saya"
    page.get_by_role("button", name="Tutup menu").click()
    assert not page.locator("#rail").is_visible()
    look(page, 1280, "light")
    assert page.locator("#rail").is_visible()
    assert not page.locator("#rail .icon-btn").is_visible()


def test_article_fits_fourteen_kilobytes_and_eight_requests(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/berita/", wait_until="networkidle")
    html = page.content().encode()
    styles_and_scripts = "".join(bundle(name) for name in ("ui/public.css", "ui/public.js")).encode()
    assert len(gzip.compress(html)) + len(gzip.compress(styles_and_scripts)) <= 14_000
    assert len(asked) <= 8
    assert all(url.startswith(page.url.split("/berita")[0]) for url in asked)


def test_desk_speaks_the_language_of_the_account(db):
    user = get_user_model().objects.create_user("ayu", password="kunci-yang-panjang", language="en")
    client = Client()
    client.force_login(user)
    assert re.search(r'<html lang="en">', client.get("/meja/saya/").content.decode())
    user.language = "id"
    user.save()
    assert re.search(r'<html lang="id">', client.get("/meja/saya/").content.decode())
    assert dict(settings.LANGUAGES)["en"] == "English"
