"""The newsroom in a real browser, from the front page as somebody new would go: write and send, compare and approve, read and find; correct;
let it go live at an hour; two tabs of one article; take it down; bring an older version back.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from serikat.kernel.access import Role, actor_of
from serikat.kernel.jobs.worker import Worker
from serikat.newsroom.services import editing
from serikat.newsroom.tasks import publish_due_pages
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import HARMLESS
from serikat.units.models import Decree, Mandate, Unit
from tests.journeys.browser import save_in_editor
from tests.journeys.safety import nothing_shows

PASSWORD = "kopi pahit di gerbang tiga"
TITLE = "Upah lembur akhirnya dibayar penuh"


def an_editor(username, name, unit):
    user = get_user_model()(username=username, name=name)
    user.set_password(PASSWORD)
    user.save()
    today = timezone.localdate()
    decree = Decree.objects.get_or_create(unit=unit, number="1/2026", defaults={"about": "Redaksi", "decided_on": today})[0]
    Mandate.objects.create(
        user=user, role=Role.EDITOR.value, unit=unit, decree=decree, starts_on=today, ends_on=today + timedelta(days=300)
    )
    return user


@pytest.fixture
def newsroom(db, settings):
    """A founded site with one rubric and one byline, and two who write and read each other."""
    settings.SECOND_FACTOR_REQUIRED = False
    centre = builders.a_unit()
    Unit.objects.filter(pk=centre.pk).update(path=f"{centre.pk}/")
    centre.refresh_from_db()
    builders.a_site()
    builders.a_rubric()
    builders.a_byline()
    return an_editor("jati", "Jati Pamenang", centre), an_editor("laras", "Laras Widuri", centre)


@pytest.fixture
def at_the_desk(open_page, newsroom):
    """Sign in from the front page and go to the editors' desk: `at_the_desk("jati")`."""

    def at_the_desk(username):
        page = open_page("/", width=1280)
        page.set_default_timeout(10_000)
        page.get_by_role("navigation", name="Utama").get_by_role("link", name="Akun").click()
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.get_by_role("link", name="Ke meja kerja").click()
        page.get_by_role("link", name="Meja redaksi").click()
        return page

    return at_the_desk


@pytest.fixture
def time_passes(monkeypatch):
    """Move the clock that Django and Wagtail read."""
    real = timezone.now
    return lambda **delta: monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**delta))


def live(newsroom, title=TITLE, **fields):
    """An article that one of the two wrote and the other approved."""
    article = builders.an_article(title, live=False, **fields)
    article.save_revision(user=newsroom[0], log_action=True)
    put_live(newsroom, article)
    return article


def put_live(newsroom, article):
    article.refresh_from_db()
    editing.approve_and_release(
        actor=actor_of(newsroom[1]), page=article, revision_id=article.latest_revision_id, answers=HARMLESS
    )
    article.refresh_from_db()


def add_part(page, kind):
    """Put a part at the end of the body, by its name in the list."""
    page.get_by_role("button", name="Sisipkan bagian").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    return page.locator("[data-contentpath='body'] [data-streamfield-child]").last


def test_a_story_is_written_sent_compared_approved_read_and_found(at_the_desk, open_page, tmp_path):
    photo = tmp_path / "gerbang.jpg"
    photo.write_bytes(builders.image_file().read())
    page = at_the_desk("jati")
    page.get_by_role("link", name="Tulis berita").click()
    page.get_by_role("textbox", name="Judul").fill(TITLE)
    page.get_by_role("textbox", name="Teras").fill("Empat ratus penjahit menerima selisihnya Jumat lalu.")
    add_part(page, "Paragraf").get_by_role("textbox").type("Perundingan berjalan tiga bulan.")
    picture = add_part(page, "Gambar")
    picture.get_by_role("button", name="Pilih gambar").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("tab", name="Unggah").click()
    sheet.locator("input[type=file]").set_input_files(photo)
    sheet.get_by_role("textbox", name="Judul").fill("Gerbang tiga")
    sheet.get_by_role("textbox", name="Teks pengganti").fill("Gerbang pabrik yang terbuka")
    sheet.get_by_role("button", name="Unggah").click()
    sheet.wait_for(state="detached")
    picture.get_by_role("textbox", name="Teks pengganti").fill("Penjahit keluar dari gerbang pabrik")
    page.get_by_role("button", name="Tambah Penulis").click()
    page.get_by_role("combobox", name="Penulis").select_option("Ratri Pamungkas")
    page.get_by_role("combobox", name="Rubrik", exact=True).select_option("Upah")
    tags = page.get_by_role("textbox", name="Tag")
    tags.type("lembur,")
    save_in_editor(page)
    save_in_editor(page, "Simpan dan kirim untuk diperiksa")
    expect(page.get_by_role("main").get_by_text("Sudah dikirim. Orang lain yang menyetujuinya")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Setujui|Tayangkan"))).to_have_count(0)

    page = at_the_desk("laras")
    page.get_by_role("region", name="Menunggu persetujuan").get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Lihat di halaman utuh").click()
    expect(page.get_by_role("img", name="Penjahit keluar dari gerbang pabrik")).to_be_visible()
    page.go_back()
    nothing_shows(page).get_by_role("button", name="Setujui dan tayangkan").click()
    expect(page.get_by_text("Disetujui dan tayang.")).to_be_visible()

    reader = open_page("/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("img", name="Penjahit keluar dari gerbang pabrik")).to_be_visible()
    expect(reader.get_by_role("link", name="Ratri Pamungkas")).to_be_visible()
    reader.get_by_role("link", name="#lembur").click()
    reader.get_by_role("link", name=TITLE).click()
    reader.get_by_role("link", name="Cari").click()
    reader.get_by_role("searchbox").fill("membayar lembur")
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_a_correction_goes_the_same_way_and_stands_on_the_page(at_the_desk, open_page, newsroom):
    live(newsroom)
    page = at_the_desk("jati")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="Tambah Koreksi").click()
    page.get_by_role("textbox", name="Koreksi").fill("Jumlah penjahit 412 orang, bukan 400.")
    save_in_editor(page, "Simpan dan kirim untuk diperiksa")
    reader = open_page("/berita/upah-lembur-akhirnya-dibayar-penuh/")
    expect(reader.get_by_text("bukan 400")).to_have_count(0)

    page = at_the_desk("laras")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Bandingkan dengan yang tayang").click()
    expect(page.get_by_role("row", name="Koreksi").get_by_text("Jumlah penjahit 412 orang, bukan 400.")).to_be_visible()
    page.go_back()
    nothing_shows(page).get_by_role("button", name="Setujui dan tayangkan").click()
    reader.reload()
    expect(reader.get_by_text("Jumlah penjahit 412 orang, bukan 400.")).to_be_visible()


def test_an_approved_page_goes_live_at_its_hour(at_the_desk, open_page, newsroom, time_passes):
    page = builders.an_article(TITLE, live=False)
    page.save_revision(user=newsroom[0])
    hour = timezone.localtime() + timedelta(minutes=5)
    page = at_the_desk("jati")
    page.goto("/meja/redaksi/")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    page.get_by_role("button", name="Keadaan").first.click()
    page.get_by_role("button", name="Atur jadwal").click()
    sheet = page.get_by_role("dialog", name="Atur jadwal")
    sheet.get_by_label("Tayang pada").fill(f"{hour:%Y-%m-%dT%H:%M}")
    with page.expect_navigation():
        sheet.get_by_role("button", name="Simpan jadwal").click()
    save_in_editor(page, "Simpan dan kirim untuk diperiksa")

    page = at_the_desk("laras")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    nothing_shows(page).get_by_role("button", name="Setujui dan jadwalkan").click()
    expect(page.get_by_text("Halaman tayang sendiri pada waktunya.")).to_be_visible()
    page.get_by_role("link", name="Meja redaksi").click()
    expect(page.get_by_role("region", name="Terjadwal").get_by_role("link", name=TITLE)).to_be_visible()
    reader = open_page("/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)
    time_passes(minutes=6)
    publish_due_pages()
    reader.reload()
    expect(reader.get_by_role("link", name=TITLE).first).to_be_visible()


def test_two_tabs_of_one_article_lose_nothing(at_the_desk, newsroom, settings):
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 1000  # milliseconds, so that the walk need not wait
    live(newsroom)
    first, second = at_the_desk("jati"), at_the_desk("laras")
    for page in (first, second):
        page.get_by_role("link", name=TITLE).first.click()
    first.get_by_role("textbox", name="Teras").fill("Teras dari Jati.")
    save_in_editor(first)
    second.get_by_role("textbox", name="Teras").fill("Teras dari Laras.")
    expect(second.get_by_role("button", name="Jati Pamenang menyimpan versi baru")).to_be_visible()
    second.get_by_role("button", name="Simpan konsep").click()
    sheet = second.get_by_role("dialog", name="Jati Pamenang menyimpan versi baru")
    with second.expect_navigation():
        sheet.get_by_role("button", name="Simpan konsep").click()
    second.get_by_role("link", name="Riwayat").click()
    row = second.get_by_role("row", name="Konsep disimpan")
    expect(row).to_have_count(3)
    row.filter(has_text="Jati Pamenang").first.get_by_role("button", name="Tindakan").click()
    second.get_by_role("link", name="Pratinjau").click()
    expect(second.get_by_text("Teras dari Jati.")).to_be_visible()


def test_an_older_version_comes_back_and_a_page_is_taken_down(at_the_desk, open_page, newsroom):
    article = live(newsroom, lead="Teras yang pertama.")
    article.lead = "Teras yang kedua."
    article.save_revision(user=newsroom[0], log_action=True)
    put_live(newsroom, article)
    reader = open_page("/berita/upah-lembur-akhirnya-dibayar-penuh/")
    expect(reader.get_by_text("Teras yang kedua.")).to_be_visible()

    page = at_the_desk("jati")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Riwayat").click()
    page.get_by_role("row", name="Konsep disimpan").last.get_by_role("button", name="Tindakan").click()
    page.get_by_role("link", name="Periksa versi ini").click()
    save_in_editor(page, "Simpan dan kirim untuk diperiksa")

    page = at_the_desk("laras")
    page.get_by_role("region", name="Menunggu persetujuan").get_by_role("link", name=TITLE).click()
    nothing_shows(page).get_by_role("button", name="Setujui dan tayangkan").click()
    reader.reload()
    expect(reader.get_by_text("Teras yang pertama.")).to_be_visible()

    page.get_by_role("link", name="Sunting", exact=True).click()
    page.get_by_role("navigation", name="Tindakan (bawah)").get_by_role("button", name="Tindakan lain").click()
    page.get_by_role("link", name="Turunkan").click()
    page.get_by_role("button", name="Ya, turunkan").click()
    expect(page.get_by_text("diturunkan").first).to_be_visible()
    reader.goto("/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)
    reader.goto("/berita/upah-lembur-akhirnya-dibayar-penuh/")
    expect(reader.get_by_role("heading", level=1)).not_to_have_text(TITLE)


def test_a_wall_bulletin_is_chosen_drawn_by_a_job_and_taken_home(at_the_desk, newsroom):
    for title in (TITLE, "Posko aduan buka malam", "Rapat akbar hari Minggu"):
        builders.an_article(title)
    page = at_the_desk("laras")
    page.get_by_role("link", name="Buletin dinding").click()
    page.get_by_role("link", name="Susun buletin").click()
    page.get_by_role("checkbox", name="Posko aduan").check()
    page.get_by_role("searchbox").fill("lembur")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("checkbox", name=TITLE).check()
    expect(page.get_by_role("checkbox", name="Posko aduan")).to_be_checked()
    page.get_by_role("textbox", name="Nama buletin").fill("Papan Hilir")
    page.get_by_role("button", name="Susun buletin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Papan Hilir, nomor 1")
    expect(page.get_by_role("link", name="Unduh PDF")).to_have_count(0)
    Worker().work_off()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Unduh PDF").click()
    assert (taken.value.suggested_filename, taken.value.path().read_bytes()[:5]) == ("buletin-1.pdf", b"%PDF-")
