"""From the desk straight into the field that is missing, also one that scripts build."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from serikat.newsroom.tests import builders
from tests.journeys.test_cms_words import editors, sign_in  # noqa: F401 fixtures


def test_what_is_missing_leads_into_its_field(sign_in, editors):  # noqa: F811
    part = {"picture": builders.a_picture(description=""), "alt": "", "caption": "", "credit": ""}
    builders.an_article("Gerbang ditutup", body=[("paragraph", "<p>Isi.</p>"), ("picture", part)])
    page = sign_in("jati")
    for words, field in (("Teks pengganti gambar", "body-1-value-alt"), ("Sumber", "id_desk_notes"), ("Tempat", "id_place")):
        page.goto("/meja/redaksi/")
        missing = page.get_by_role("region", name="Yang masih kurang")
        missing.get_by_role("link", name=re.compile(f"{words} ?: Gerbang ditutup")).click()
        expect(page.locator(f"#{field}")).to_be_focused()
