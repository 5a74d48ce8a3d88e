"""An editor meets no English word in the CMS, in no state that its scripts make either: menus of a part, its sheets and choosers, tips of the
toolbar, errors, panels at the side, a second editor in the same article. What Wagtail could say is known from its own catalogues.
"""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from serikat.newsroom.models import NewsDocument
from serikat.newsroom.tests import builders
from serikat.ui.components.words import moment
from tests.journeys.browser import save_in_editor
from tests.journeys.english import english_in, sentences
from tests.journeys.test_newsroom import add_part, an_editor


def test_every_sentence_of_wagtails_scripts_is_ours():
    assert [english for english, words in sentences("djangojs").items() if not words] == []


@pytest.fixture
def editors(db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000  # milliseconds, so that the walk need not wait
    unit = builders.a_unit()
    builders.a_site()
    builders.a_rubric()
    picture = builders.a_picture()
    document = NewsDocument.objects.create(title="Panduan", unit=unit, file=builders.image_file(name="panduan.pdf"))
    article = builders.an_article("Upah lembur dibayar", cover=picture, body=every_part(picture, document), live=False)
    for name in ("jati", "laras"):
        an_editor(name, name.title() + " Widuri", unit)
    return article


def every_part(picture, document):
    return [
        ("paragraph", "<p>Satu <b>dua</b> <a href='https://contoh.id'>tiga</a>.</p>"),
        ("heading", {"text": "Bagian", "level": "2"}),
        ("picture", {"picture": picture, "alt": "", "caption": "", "credit": ""}),
        ("quote", {"text": "<p>Kami menunggu.</p>", "cite": "Ibu Rina"}),
        ("callout", {"kind": "law", "title": "Aturan", "text": "<p>Pasal 78.</p>"}),
        ("document", {"document": document, "title": ""}),
        ("embed", {"url": "https://contoh.id/film", "title": ""}),
        ("table", {"caption": "Upah", "header": True, "rows": [["Kota", "Upah"]]}),
        ("preformatted", "Teks"),
    ]


@pytest.fixture
def sign_in(open_page, live_server, settings, editors):
    def sign_in(name: str, width: int = 1280) -> Page:
        page, client = open_page(width=width), Client()
        client.force_login(get_user_model().objects.get(username=name), backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": live_server.url}])
        page.set_default_timeout(8_000)
        return page

    return sign_in


class Walk:
    """What was met in English, and where first."""

    def __init__(self, page: Page):
        self.page, self.met = page, {}

    def look(self, state: str) -> None:
        before = set().union(*self.met.values()) if self.met else set()
        if fresh := set(english_in(self.page)) - before:
            self.met[state] = sorted(fresh)

    def go(self, address: str, state: str = "") -> None:
        self.page.goto(address)
        self.page.wait_for_timeout(300)
        self.look(state or address)

    def sheet(self) -> Locator:
        """The chooser that lies on the page."""
        self.page.locator(".modal.in h1, .modal.in h2").first.wait_for()
        return self.page.locator(".modal.in").last


@pytest.fixture
def walk(sign_in):
    walks = []

    def begin(name="jati") -> Walk:
        walks.append(Walk(sign_in(name)))
        return walks[-1]

    yield begin
    assert {state: words for walk in walks for state, words in walk.met.items()} == {}


def article_of(walk: Walk, editors) -> Page:
    walk.go(f"/cms/pages/{editors.pk}/edit/", "edit")
    return walk.page


def test_the_parts_of_a_body_and_the_fields_around_it(walk, editors):
    walk = walk()
    page, look = article_of(walk, editors), walk.look
    for number, button in enumerate(page.get_by_role("button", name="Sisipkan bagian").all()[:2]):
        button.click()
        page.get_by_role("listbox").first.wait_for()
        look(f"insert {number}")
        page.keyboard.type("zzz")
        look("nothing to insert")
        page.keyboard.press("Escape")
    body = page.locator("[data-contentpath='body']")
    for act in ("Gandakan", "Turun", "Hapus"):
        body.get_by_role("button", name=act).first.click()
    for part in ("Paragraf", "Judul bagian", "Gambar", "Kutipan", "Kotak penjelasan", "Dokumen", "Tabel"):
        add_part(page, part)
    for name in ("Tambah Penulis", "Tambah Koreksi"):
        page.get_by_role("button", name=name).click()
    look("parts and rows")
    page.get_by_role("textbox", name="Tag").type("a,")
    look("tag")
    page.get_by_role("tab", name="Alamat").click()
    page.locator("#id_slug").fill("Tidak boleh / begini")
    page.keyboard.press("Tab")
    look("address")
    page.get_by_role("tab", name="Isi", exact=True).click()
    page.locator("#id_title").fill("")
    page.locator("#id_lead").fill("x" * 700)
    save_in_editor(page)
    look("errors")


def test_the_tools_of_a_paragraph_and_its_links(walk, editors):
    walk = walk()
    page, look = article_of(walk, editors), walk.look
    field = page.locator("[data-contentpath='body'] .public-DraftEditor-content").first
    field.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    page.wait_for_timeout(300)
    look("slash")
    page.keyboard.press("Backspace")
    page.keyboard.type("Empat lima")
    page.keyboard.press("Shift+Home")
    page.locator(".Draftail-ToolbarButton[name=BOLD]:visible").first.wait_for()
    look("tools")
    for tool in page.locator(".Draftail-ToolbarButton:visible").all():
        tool.hover()
        look("tip of a tool")
    page.keyboard.press("Control+k")
    look_at = ("Tautan luar", "Tautan surel", "Tautan telepon", "Tautan ke bagian halaman")
    for name in look_at:
        walk.sheet().get_by_role("link", name=name).click()
        page.wait_for_timeout(600)
        look(name)
    walk.sheet().get_by_role("link", name="Tautan luar").click()
    field = walk.sheet().locator("input[name$=url]")
    field.fill("bukan alamat")
    walk.sheet().locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_timeout(600)
    look("a link that is none")


def test_choosers_of_pictures_and_documents(walk, editors):
    walk = walk()
    page, look = article_of(walk, editors), walk.look
    page.locator("#id_cover-chooser").get_by_role("button", name="Tindakan").click()
    look("picture: menu")
    page.get_by_role("button", name="Ganti gambar").first.click()
    sheet = walk.sheet()
    look("picture: choose")
    sheet.get_by_role("searchbox").or_(sheet.locator("[name=q]")).first.fill("zzz")
    page.wait_for_timeout(700)
    look("picture: none found")
    sheet.get_by_role("tab", name="Unggah").click()
    sheet.locator("button[type=submit]:visible").last.click()
    page.wait_for_timeout(500)
    look("picture: nothing to upload")
    sheet.get_by_role("button", name="Tutup").click()
    sheet.wait_for(state="detached")
    add_part(page, "Dokumen").get_by_role("button", name="Pilih dokumen").click()
    look("document: choose")
    walk.sheet().get_by_role("tab", name="Unggah").click()
    walk.sheet().locator("button[type=submit]:visible").last.click()
    page.wait_for_timeout(500)
    look("document: nothing to upload")


def test_the_sides_and_the_foot(walk, editors):
    walk = walk()
    page, look = article_of(walk, editors), walk.look
    for name in ("Pratinjau", "Pemeriksaan", "Keadaan"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(1500 if name == "Pratinjau" else 300)
        look(name)
    page.get_by_role("button", name="Atur jadwal").click()
    look("schedule")
    page.locator("#id_go_live_at").fill("2030-01-02T10:00")
    page.locator("#id_expire_at").fill("2029-01-02T10:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan jadwal").click()
    look("schedule that cannot be")
    page.get_by_role("button", name="Tampilkan jalan ke sini").click()
    page.locator("header").get_by_role("button", name="Tindakan").first.click()
    look("menu at the head")
    page.keyboard.press("Escape")
    page.get_by_role("navigation", name="Tindakan (bawah)").get_by_role("button", name="Tindakan lain").click()
    page.locator("#id_lead").fill("Teras lain")
    page.wait_for_timeout(1000)
    look("menu at the foot, not saved")


def test_lists_searches_filters_and_uploads(walk, editors):
    walk = walk()
    page, look = walk.page, walk.look
    for address in (f"/cms/pages/{editors.get_parent().pk}/", "/cms/images/", "/cms/documents/"):
        walk.go(address)
        if address.startswith("/cms/pages"):
            page.get_by_role("button", name="Tampilkan saringan").click()
            for number in range(page.locator(".w-drilldown__menu button").count()):
                page.locator(".w-drilldown__menu button").nth(number).dispatch_event("click")
                look("filter")
        walk.go(f"{address}?q=zzz")
    for address in (f"/cms/pages/{editors.pk}/{act}/" for act in ("move", "copy", "usage", "history", "delete")):
        page.goto(address)
        look(address)
    good = {"name": "foto1.jpg", "mimeType": "image/jpeg", "buffer": builders.image_file(640, 401).read()}
    bad = {"name": "bukan.jpg", "mimeType": "image/jpeg", "buffer": b"halo"}
    for address in ("/cms/images/multiple/add/", "/cms/documents/multiple/add/"):
        walk.go(address)
        page.set_input_files("#fileupload", [good, bad])
        page.locator("main [name$=title]").first.wait_for()
        page.wait_for_timeout(500)
        look("uploaded")
        page.locator("main [name$=title]").first.fill("")
        page.locator("main form [type=submit]").first.click()
        page.wait_for_timeout(500)
        look("uploaded without a title")


def test_who_writes_over_a_newer_version_is_told_whose_and_when_and_nothing_is_lost(walk, editors, settings):
    """Before the pings could say it; then the sheet says it, which names the hour too."""
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 60_000
    first, second = walk("jati"), walk("laras")
    for number, walker in enumerate((first, second)):
        article_of(walker, editors).locator("#id_lead").fill(f"Teras {number}")
    save_in_editor(first.page)
    save_in_editor(second.page)
    expect(second.page.get_by_text("Jati Widuri menyimpan versi baru")).to_be_visible()
    expect(second.page.get_by_text("Yang Anda tulis masih ada di bawah ini, belum tersimpan.")).to_be_visible()
    expect(second.page.locator("#id_lead")).to_have_value("Teras 1")
    second.look("told by the form")
    save_in_editor(second.page)
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000
    for number, walker in enumerate((first, second)):
        article_of(walker, editors).locator("#id_lead").fill(f"Teras {number + 2}")
    save_in_editor(first.page)
    second.page.get_by_role("button", name="Jati Widuri menyimpan versi baru").wait_for()
    second.look("told by a ping")
    second.page.get_by_role("button", name="Simpan konsep").click()
    sheet = second.page.get_by_role("dialog", name=f"Jati Widuri menyimpan versi baru, {moment(timezone.now())[:10]}")
    second.look("told by the sheet")
    with second.page.expect_navigation():
        sheet.get_by_role("button", name="Simpan konsep").click()
    expect(second.page.get_by_text("belum tersimpan")).to_have_count(0)
    leads = [r.content["lead"] for r in editors.revisions.order_by("pk")][1:]
    assert leads == ["Teras 0", "Teras 1", "Teras 2", "Teras 3"]
