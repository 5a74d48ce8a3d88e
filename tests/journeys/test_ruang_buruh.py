"""From a worker's phone without network to the news: written and sent once, looked at by keyboard, settled with its writer, lifted, agreed to,
approved by a second person, live, on the wall bulletin.
"""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from serikat.kernel.access import Role
from serikat.kernel.jobs.worker import Worker
from serikat.newsroom.models import Article, Bulletin, Comment, Post
from serikat.newsroom.tests import builders
from tests.journeys.browser import leave_quickly, save_in_editor, until, worker_at_work
from tests.journeys.centre import a_centre, sign_in, somebody
from tests.journeys.safety import nothing_shows

TITLE = "Tiga bulan kipas mati"
CORRECTION = "Kipas mati sejak Februari, bukan Maret."
STORY = "Di ruang jahit ada enam kipas.\n\nYang menyala tinggal dua. Tanya Bu Sri 0812-3456-7890."


@pytest.fixture
def house(db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    centre = a_centre()
    builders.a_rubric()
    builders.an_article("Berita lama")
    somebody("arum", "Arum Kinanti", centre, Role.CONTRIBUTOR)
    somebody("galih", "Galih Sasmita", centre, Role.MODERATOR)
    somebody("laras", "Laras Widuri", centre, Role.EDITOR)
    somebody("jati", "Jati Pamenang", centre, Role.EDITOR)


@pytest.fixture
def comes(open_page, house):
    """Somebody signs in from the front page and goes to the desk."""

    def comes(username, width=1280):
        page = open_page("/", width=width)
        page.set_default_timeout(10_000)
        page.get_by_role("navigation", name="Utama").get_by_role("link", name="Akun").click()
        sign_in(page, username)
        return page

    return comes


def pictures():
    return [
        {"name": f"foto{n}.jpg", "mimeType": "image/jpeg", "buffer": builders.image_file(640, 400 + n).read()}
        for n in (1, 2)
    ]


def kept_on_the_phone(page):
    return page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("serikat-draft", 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
            asked.onsuccess = () => { const all = asked.result.transaction("drafts").objectStore("drafts").getAllKeys();
                all.onsuccess = () => { asked.result.close(); done(all.result); }; }; })"""
    )


def write(page, *, keep=True):
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Cerita").fill(STORY)
    page.get_by_label("Gambar", exact=False).first.set_input_files(pictures())
    page.get_by_label("Apa yang terlihat di gambar").fill("Kipas yang mati")
    page.get_by_role("radio", name="Nama pena").click()
    page.get_by_label("Nama pena", exact=False).last.fill("Benang Merah")
    if keep:
        page.get_by_text("Simpan konsep di ponsel ini").click()
        expect(page.get_by_text("Konsep tersimpan di ponsel ini.")).to_be_visible()


@pytest.fixture
def writing(open_page, house):
    """A worker on a phone goes from the front page to the page where one writes."""
    page = open_page("/", width=360)
    page.set_default_timeout(10_000)
    page.get_by_role("navigation", name="Rubrik").get_by_role("link", name="Ruang Buruh").click()
    page.get_by_role("link", name="Tulis cerita Anda").click()
    sign_in(page, "arum")
    expect(page.get_by_role("heading", name="Tulis cerita Anda")).to_be_visible()
    return page


def test_a_draft_survives_a_closed_page_and_the_quick_exit_erases_it(writing, live_server):
    write(writing)
    writing.reload()
    expect(writing.get_by_text("Konsep yang tersimpan di ponsel ini dibuka lagi.")).to_be_visible()
    assert writing.get_by_label("Cerita").input_value() == STORY
    assert writing.evaluate("document.querySelector('[name=pictures]').files.length") == 2
    leave_quickly(writing)
    writing.goto(f"{live_server.url}/ruang-buruh/tulis/")
    assert (kept_on_the_phone(writing), writing.get_by_label("Cerita").input_value()) == ([], "")


def test_a_heavy_picture_is_made_small_on_the_phone(writing):
    heavy = builders.image_file(3000, 2000, noise=True, quality=95).read()
    light = builders.image_file(640, 400).read()
    given = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": b} for n, b in (("besar", heavy), ("kecil", light))]
    writing.get_by_label("Judul").fill(TITLE)
    writing.get_by_label("Cerita").fill(STORY)
    writing.get_by_label("Gambar", exact=False).first.set_input_files(given)
    expect(writing.get_by_text("Dikecilkan di ponsel ini", exact=False)).to_be_visible()
    sizes = writing.evaluate("[...document.querySelector('[name=pictures]').files].map((file) => [file.name, file.size])")
    assert [name for name, _size in sizes] == ["besar.jpg", "kecil.jpg"]
    assert (sizes[0][1] < len(heavy) / 2, sizes[1][1]) == (True, len(light))
    writing.get_by_text("Nama saya", exact=True).click()
    writing.get_by_role("button", name="Kirim", exact=True).click()
    writing.wait_for_url("**/ruang-buruh/saya/*/")
    assert Post.objects.get().files.count() == 2


SHARE = """async () => {
  const form = Object.assign(document.createElement("form"), { method: "post", enctype: "multipart/form-data", action: "/bagikan/" });
  const sheet = Object.assign(document.createElement("canvas"), { width: 800, height: 500 });
  sheet.getContext("2d").fillRect(0, 0, 400, 500);
  const picture = await new Promise((done) => sheet.toBlob(done, "image/jpeg"));
  const bag = new DataTransfer(), files = Object.assign(document.createElement("input"), { type: "file", name: "berkas", multiple: true });
  bag.items.add(new File([picture], "kipas mati.jpg", { type: "image/jpeg" }));
  files.files = bag.files;
  const words = Object.assign(document.createElement("input"), { name: "teks", value: "Kipas mati sejak Maret." });
  form.append(files, words);
  document.body.append(form);
  form.submit();
}"""


def test_a_picture_shared_from_the_phone_begins_a_post(open_page, house):
    """The phone's own menu cannot be opened here: a form posts what it would post."""
    page = open_page("/")
    page.set_default_timeout(10_000)
    worker_at_work(page)
    page.evaluate(SHARE)
    expect(page.get_by_text("1 berkas ikut.")).to_be_visible()
    page.get_by_role("link", name="Tulis di Ruang Buruh").click()
    sign_in(page, "arum")
    expect(page.get_by_role("heading", name="Tulis cerita Anda")).to_be_visible()
    until(page, "document.querySelector('[name=pictures]').files.length === 1")
    assert page.evaluate("document.querySelector('[name=pictures]').files[0].name") == "kipas mati.jpg"
    assert page.get_by_label("Cerita").input_value() == "Kipas mati sejak Maret."
    assert page.evaluate("caches.has('serikat-shared')") is False
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_text("Nama saya", exact=True).click()
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/ruang-buruh/saya/*/")
    assert Post.objects.get().files.count() == 1


def test_from_a_phone_without_network_to_the_news_and_the_wall(writing, comes, open_page):
    worker = writing
    write(worker)
    worker.context.set_offline(True)
    worker.get_by_role("button", name="Kirim", exact=True).click()
    expect(worker.get_by_text("Belum ada jaringan.", exact=False)).to_be_visible()
    assert Post.objects.count() == 0
    worker.context.set_offline(False)
    worker.wait_for_url("**/ruang-buruh/saya/*/")
    expect(worker.get_by_text("Menunggu dilihat")).to_be_visible()
    post = Post.objects.get()
    assert (post.name, post.files.count()) == ("Benang Merah", 2)
    assert kept_on_the_phone(worker) == []

    Comment.objects.create(article=Article.objects.get(), name="Rini", text="Tayangkan saya.", at=timezone.now())
    moderator = comes("galih")
    moderator.get_by_role("link", name="Ke meja kerja").click()
    moderator.get_by_role("link", name="Antrean moderasi").click()
    expect(moderator.get_by_role("link", name=TITLE)).to_be_focused()
    moderator.keyboard.press("j")
    moderator.keyboard.press("t")
    expect(moderator.get_by_text("Tidak ada komentar yang menunggu.")).to_be_visible()
    expect(moderator.get_by_role("link", name=TITLE)).to_be_focused()
    moderator.keyboard.press("Enter")
    expect(moderator.get_by_text("0812-3456-7890.", exact=False).first).to_be_visible()
    moderator.get_by_text("wajah orang").click()
    moderator.get_by_role("button", name="Tanya penulis").click()

    worker.reload()
    worker.get_by_text("Boleh tampil", exact=True).click()
    worker.get_by_role("button", name="Kirim jawaban").click()

    moderator.reload()
    moderator.get_by_role("link", name=TITLE).click()
    moderator.get_by_role("button", name="Tayangkan", exact=True).click()
    expect(moderator.get_by_text("Tulisan tayang. Penulis diberi tahu.")).to_be_visible()

    editor = comes("laras")
    editor.get_by_role("link", name="Ke meja kerja").click()
    editor.get_by_role("link", name="Meja redaksi").click()
    editor.get_by_role("link", name=TITLE).click()
    editor.get_by_role("button", name="Angkat menjadi berita").click()
    editor.wait_for_url("**/cms/pages/*/edit/**")
    editor.goto("/meja/redaksi/")
    editor.get_by_role("link", name="Kirim untuk diperiksa").click()
    editor.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(editor.get_by_text("belum menjawab")).to_be_visible()

    worker.reload()
    expect(worker.get_by_role("heading", name="Redaktur ingin menjadikannya berita")).to_be_visible()
    worker.get_by_role("button", name="Setuju tayang").click()

    second = comes("jati")
    second.get_by_role("link", name="Ke meja kerja").click()
    second.get_by_role("link", name="Meja redaksi").click()
    second.get_by_role("link", name=TITLE).first.click()
    expect(second.get_by_text("setuju dengan versi ini")).to_be_visible()
    nothing_shows(second).get_by_role("button", name="Setujui dan tayangkan").click()
    second.goto("/")
    expect(second.get_by_role("link", name=TITLE).first).to_be_visible()
    worker.goto(f"/tulisan/{post.code}/")
    expect(worker.get_by_text("(nomor ditutup)")).to_be_visible()
    expect(worker.get_by_text("Sudah menjadi berita")).to_be_visible()
    assert worker.locator("main img").count() == 2

    editor.goto("/meja/redaksi/")
    editor.get_by_role("region", name="Tayang hari ini").get_by_role("link", name=TITLE).click()
    editor.get_by_role("button", name="Tambah Koreksi").click()
    editor.get_by_role("textbox", name="Koreksi").fill(CORRECTION)
    save_in_editor(editor, "Simpan dan kirim untuk diperiksa")
    second.goto("/meja/redaksi/")
    second.get_by_role("region", name="Menunggu persetujuan").get_by_role("link", name=TITLE).click()
    nothing_shows(second).get_by_role("button", name="Setujui dan tayangkan").click()

    reader = open_page("/berita/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_text(CORRECTION)).to_be_visible()
    worker_at_work(reader)
    reader.get_by_role("button", name="Simpan").click()
    expect(reader.get_by_role("button", name="Tersimpan di ponsel")).to_be_visible()
    reader.context.set_offline(True)
    reader.reload()
    expect(reader.get_by_role("status").first).to_contain_text("Salinan di ponsel Anda")
    expect(reader.get_by_text(CORRECTION)).to_be_visible()

    second.goto("/meja/redaksi/buletin/baru/")
    second.get_by_label(TITLE, exact=False).check()
    second.get_by_role("button", name="Susun buletin").click()
    second.wait_for_url("**/meja/redaksi/buletin/*/")
    Worker().work_off()
    sheet = PdfReader(io.BytesIO(bytes(Bulletin.objects.get().pdf)))
    words = " ".join(" ".join(page.extract_text() for page in sheet.pages).split())
    assert (TITLE in words, CORRECTION in words) == (True, True)
