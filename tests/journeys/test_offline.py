"""Reading without network in a real browser: what was read or saved opens and says how old it is; nothing else is kept; emptying leaves nothing; a
new worker loses nothing.
"""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.signals import request_started
from django.test import Client
from playwright.sync_api import expect

from serikat.config.tally import Tally
from serikat.newsroom.models import Article
from serikat.newsroom.tests import builders
from serikat.ui import offline
from tests.journeys.browser import assert_accessible, assert_fits, shot, until, worker_at_work

KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys())
    kept[name] = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
  return kept;
}"""
LEFT = """async () => [(await caches.keys()).length, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await navigator.serviceWorker.getRegistrations()).length]"""


@pytest.fixture
def site(db):
    builders.a_site()
    articles = [builders.an_article(f"Upah nomor {n}", cover=builders.a_picture()) for n in range(3)]
    return [f"/berita/{article.slug}/" for article in articles]


def kept(page):
    return page.evaluate(KEPT)


def until_kept(page, shelf, path):
    until(
        page, "async ([shelf, path]) => Boolean(await caches.match(path, { cacheName: `serikat-${shelf}` }))", [shelf, path]
    )


def without_network(page):
    """No network for this page nor for its worker, which is a target of its own."""
    page.context.set_offline(True)


def test_a_saved_article_opens_without_network_and_says_how_old_it_is(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("button", name="Tersimpan di ponsel")).to_have_attribute("aria-pressed", "true")
    shot(page, "article-saved")
    page.goto("/berita/")
    without_network(page)
    page.goto(site[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Upah nomor 0")
    expect(page.get_by_role("status")).to_contain_text("Salinan di ponsel Anda, dari")
    expect(page.get_by_role("status")).to_contain_text("(baru saja)")
    assert page.evaluate("document.querySelector('.cover img').naturalWidth") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.alert')).display") == "grid"
    shot(page, "copy")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/berita/")
    expect(page.get_by_role("status")).to_contain_text("Salinan di ponsel Anda, dari")
    page.goto(site[1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada jaringan")
    shot(page, "offline")
    page.get_by_role("link", name="Lihat bacaan tersimpan").click()
    expect(page.get_by_role("region", name="Anda simpan").get_by_role("link", name="Upah nomor 0")).to_be_visible()
    shot(page, "saved")
    assert_accessible(page)
    assert_fits(page)


def test_what_was_read_is_kept_by_itself_and_brought_up_to_date(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    until_kept(page, "article", site[0])
    page.goto(site[1])
    until_kept(page, "article", site[1])
    page.goto("/berita/")
    until_kept(page, "page", "/berita/")
    assert kept(page)["serikat-article"] == [site[0], site[1]]
    page.goto(site[0])
    until(page, "async () => (await (await caches.open('serikat-article')).keys()).at(-1).url === location.href")
    assert "serikat-saved" not in kept(page)


def test_who_goes_on_quickly_is_served_by_the_worker_too(open_page, site):
    page = open_page(site[0])
    page.goto(site[1])  # while the worker is being set up
    worker_at_work(page)
    until_kept(page, "article", site[1])


def test_what_left_the_site_is_not_kept_any_longer(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    until_kept(page, "article", site[0])
    Article.objects.get(slug=site[0].split("/")[2]).unpublish()
    page.goto(site[0])
    until(page, "async (path) => !(await caches.match(path))", site[0])


def test_nothing_of_the_desk_is_ever_kept_nor_looked_at(open_page, site, settings):
    user = get_user_model().objects.create_user(username="wening", password="kipas lampu bambu 7", name="Wening")
    page = open_page(site[0])
    worker_at_work(page)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    assert page.goto(site[2]).from_service_worker
    for address in ("/cari/?q=upah", "/simpanan/kosong/?x=1", "/berita/tidak-ada/"):
        page.goto(address)
    for address in ("/meja/", "/akun/"):
        assert not page.goto(address).from_service_worker, address
    names = {path for paths in kept(page).values() for path in paths}
    assert [path for path in names if path.startswith(("/meja", "/akun", "/cari", "/cms", "/simpanan/kosong"))] == []
    page.goto(site[1])
    until_kept(page, "article", site[1])
    assert "Wening" not in page.evaluate("async (path) => (await caches.match(path)).text()", site[1])


def test_emptying_leaves_nothing_with_network_and_without(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("button", name="Tersimpan di ponsel")).to_be_visible()
    page.get_by_role("link", name="Bacaan tersimpan").click()
    expect(page.get_by_role("region", name="Anda simpan")).to_be_visible()
    page.get_by_role("button", name="Kosongkan semua sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sudah kosong")
    assert page.evaluate(LEFT) == [0, 0, 0, 0, 0]
    shot(page, "emptied")
    assert_accessible(page)

    page.goto(site[0])
    worker_at_work(page)
    until_kept(page, "article", site[0])
    page.goto("/simpanan/")
    expect(page.get_by_role("region", name="Terakhir dibaca")).to_be_visible()
    without_network(page)
    page.get_by_role("button", name="Kosongkan semua sekarang").click()
    expect(page.get_by_text("Belum ada yang tersimpan")).to_be_visible()
    assert page.evaluate(LEFT) == [0, 0, 0, 0, 0]


def test_one_copy_is_dropped_and_the_phone_may_be_told_to_keep_nothing(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    until_kept(page, "article", site[0])
    page.goto("/simpanan/")
    page.get_by_role("button", name="Hapus dari ponsel: Upah nomor 0").click()
    expect(page.get_by_role("region", name="Terakhir dibaca")).to_be_hidden()
    page.get_by_role("button", name="Ambil berita terbaru").click()
    expect(page.get_by_text("Berita terbaru sudah tersimpan.")).to_be_visible()
    expect(page.get_by_role("region", name="Berita terbaru").get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Jangan simpan apa pun di ponsel ini").click()
    expect(page.get_by_text("Belum ada yang tersimpan")).to_be_visible()
    page.goto(site[0])
    page.wait_for_timeout(500)
    assert page.evaluate(LEFT)[::4] == [0, 0]
    expect(page.get_by_role("button", name="Simpan")).to_be_hidden()


def test_a_new_worker_loses_nothing_of_what_was_saved(open_page, site, monkeypatch):
    page = open_page(site[0])
    worker_at_work(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("button", name="Tersimpan di ponsel")).to_be_visible()
    page.goto(site[1])
    until_kept(page, "article", site[1])
    before = kept(page)
    text = offline.worker()
    monkeypatch.setattr(offline, "worker", lambda: text.replace("const PATIENCE = 4000", "const PATIENCE = 4001"))
    page.evaluate("navigator.serviceWorker.addEventListener('controllerchange', () => { window.taken = true })")
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    until(page, "window.taken === true")
    page.goto("/simpanan/")
    assert {k: v for k, v in kept(page).items() if k in ("serikat-saved", "serikat-article")} == {
        k: v for k, v in before.items() if k in ("serikat-saved", "serikat-article")
    }
    without_network(page)
    page.goto(site[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Upah nomor 0")


def test_the_english_pages_work_the_same(open_page, site):
    page = open_page(f"/en{site[0]}")
    worker_at_work(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Saved on this phone")).to_be_visible()
    until_kept(page, "shell", "/en/tanpa-jaringan/")
    without_network(page)
    page.goto(f"/en{site[0]}")
    expect(page.get_by_role("status")).to_contain_text("A copy on your phone, from")
    page.goto(f"/en{site[1]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")


def test_the_shelves_are_bounded(open_page, site):
    page = open_page(site[0])
    worker_at_work(page)
    until_kept(page, "article", site[0])
    page.evaluate(
        """async (path) => {
          const shelf = await caches.open("serikat-article"), copy = await shelf.match(path);
          for (let n = 0; n < 34; n += 1) await shelf.put(`/berita/lama-${n}/`, copy.clone());
        }""",
        site[0],
    )
    page.goto(site[2])
    until_kept(page, "article", site[2])
    until(page, "async () => (await (await caches.open('serikat-article')).keys()).length === 30")
    assert kept(page)["serikat-article"][-1] == site[2]


def test_what_is_read_through_the_worker_is_counted_and_what_the_worker_fetches_is_not(open_page, site):
    written = {}
    tally = Tally(lambda counted: written.update({path: n for (_hour, path), n in counted.items()}), pause=3600)

    def asked(environ, **kwargs):
        tally(environ)

    request_started.connect(asked)
    try:
        page = open_page(site[0], user_agent="Mozilla/5.0 (Linux; Android 10; K) Chrome/128.0.0.0 Mobile Safari/537.36")
        worker_at_work(page)
        until_kept(page, "article", site[0])
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_role("button", name="Tersimpan di ponsel")).to_be_visible()
        page.goto(site[1])
        until_kept(page, "article", site[1])
        assert page.evaluate("performance.getEntriesByType('navigation')[0].workerStart") > 0
    finally:
        request_started.disconnect(asked)
    tally.flush()
    assert {path: n for path, n in written.items() if path.startswith("/berita/")} == {site[0]: 1, site[1]: 1}
