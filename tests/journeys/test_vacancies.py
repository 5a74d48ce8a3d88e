"""A job advert's way: sent in from a phone without an account, checked at the desk, live, reported by readers, hidden by itself, proven false; and the
next advert with the same number is marked.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from serikat.kernel.access import Role
from serikat.newsroom.tests import builders
from serikat.places.models import Region
from serikat.units.models import Unit
from serikat.vacancies.models import Advert, Report
from tests.journeys.browser import assert_accessible, shot
from tests.journeys.centre import PASSWORD, somebody

A_PERSON_NEEDS = 3200  # milliseconds: who is quicker is taken for a machine


@pytest.fixture
def house(db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    centre = builders.a_unit()
    Unit.objects.filter(pk=centre.pk).update(path=f"{centre.pk}/")
    centre.refresh_from_db()
    builders.a_site()
    builders.a_place()
    Region.objects.filter(pk="32.16").update(folded="kabupatenbekasi", line=" kabupaten bekasi jawa barat")
    somebody("galih", "Galih Sasmita", centre, Role.MODERATOR)


def send(page, title, **more):
    page.get_by_role("link", name="Kirim lowongan").click()
    page.get_by_text("Di Indonesia", exact=True).click()
    page.get_by_text("Pekerja di sana", exact=True).click()
    shot(page, "send_advert-1")
    page.get_by_role("button", name="Lanjut").click()
    for label, words in {
        "Pekerjaan": title,
        "Perusahaan": "CV Kemas Bahari",
        "Tentang pekerjaannya": "Mengemas ikan kaleng, giliran malam.",
    }.items():
        page.get_by_label(label, exact=False).first.fill(more.pop(label, words))
    page.get_by_role("combobox", name="Kabupaten atau kota").first.fill("Kabupaten Bekasi")
    page.get_by_text("Harian lepas", exact=True).click()
    shot(page, "send_advert-2")
    assert_accessible(page)
    page.get_by_role("button", name="Lanjut").click()
    fill = {
        "Upah, dari": "160.000",
        "Nomor telepon perusahaan": "0812 0000 0199",
        "Melamar ke alamat": "Pelabuhan Muara, gudang 3",
        "Kontak Anda": "0812 0000 0200",
        **more,
    }
    for label, words in fill.items():
        page.get_by_label(label, exact=False).first.fill(words)
    page.get_by_label("Upah itu untuk").select_option("day")
    page.get_by_label("Lamaran paling lambat").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    shot(page, "send_advert-3")
    assert_accessible(page)
    page.wait_for_timeout(A_PERSON_NEEDS)
    page.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(page.get_by_role("heading", name="Terkirim. Simpan kode ini")).to_be_visible()
    shot(page, "advert_sent")
    assert_accessible(page)
    code = page.locator(".code").inner_text()
    page.get_by_role("button", name="Sudah saya simpan").click()
    expect(page.get_by_text("Menunggu diperiksa", exact=True)).to_be_visible()
    shot(page, "follow_advert")
    assert_accessible(page)
    page.get_by_role("button", name="Tutup halaman ini").click()
    return code


def report(page, words):
    page.locator("main").get_by_role("link", name="lapor", exact=False).or_(
        page.get_by_role("link", name="Laporkan iklan ini")
    ).first.click()
    page.get_by_text("Saya diminta uang").click()
    page.get_by_label("Bila diminta uang, berapa?", exact=False).fill("400.000")
    page.get_by_label("Ceritakan", exact=False).fill(words)
    page.wait_for_timeout(A_PERSON_NEEDS)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Laporan terkirim")).to_be_visible()


def test_an_advert_is_checked_shown_reported_hidden_and_proven_false(open_page, house):
    worker = open_page("/", width=360)
    worker.set_default_timeout(10_000)
    worker.get_by_role("link", name="Lowongan", exact=True).first.click()
    code = send(worker, "Petugas kemasan malam")
    advert = Advert.objects.get()
    assert (advert.state, advert.place_id, advert.sender_contact) == ("waiting", "32.16", "0812 0000 0200")

    desk = open_page("/meja/lowongan/", width=1280)
    desk.set_default_timeout(10_000)
    desk.fill("[name=login]", "galih")
    desk.fill("[name=password]", PASSWORD)
    desk.get_by_role("button", name="Masuk", exact=True).click()
    desk.get_by_role("link", name="Petugas kemasan malam").first.click()
    desk.get_by_role("button", name="Tambahkan ke daftar").click()
    expect(desk.get_by_text("Perusahaan ditambahkan ke daftar.")).to_be_visible()
    for label in ("Perusahaannya dihubungi", "Alamatnya ada", "Pelamar tidak membayar"):
        desk.get_by_label(label, exact=False).fill("Ditelepon, bagian personalia, benar")
    desk.get_by_role("button", name="Tayangkan", exact=True).click()
    expect(desk.get_by_text("Lowongan tayang. Pengirim diberi tahu.")).to_be_visible()

    worker.get_by_role("link", name="Lihat kiriman dengan kode").click()
    worker.get_by_label("Kode lowongan").fill(code.lower())
    worker.get_by_role("button", name="Buka").click()
    worker.get_by_role("link", name="Lihat di daftar lowongan").click()
    expect(worker.get_by_text("Rp160.000 per hari")).to_be_visible()
    address = worker.url
    for words in ("Diminta membayar seragam.", "Saya juga, tidak kembali.", "Teman saya juga."):
        worker.goto(address)
        report(worker, words)
    worker.goto(address)
    expect(worker.get_by_text("Dilaporkan: sedang diperiksa")).to_be_visible()
    assert (Report.objects.count(), worker.get_by_text("Pelabuhan Muara").count()) == (3, 0)

    desk.goto("/meja/lowongan/?rak=dilaporkan")
    desk.get_by_role("link", name="Petugas kemasan malam").first.click()
    expect(desk.get_by_text("Teman saya juga.")).to_be_visible()
    desk.get_by_label("Apa yang terjadi", exact=False).fill("Pelamar diminta Rp400.000 untuk seragam.")
    desk.get_by_role("button", name="Nyatakan palsu").click()
    expect(desk.get_by_text("Halamannya tinggal sebagai peringatan.", exact=False)).to_be_visible()
    worker.goto(address)
    expect(worker.get_by_text("Lowongan ini palsu")).to_be_visible()
    expect(worker.get_by_text("Pelamar diminta Rp400.000 untuk seragam.")).to_be_visible()

    worker.goto("/lowongan/")
    expect(worker.get_by_role("heading", name="Waspada, ini palsu")).to_be_visible()
    send(worker, "Sopir boks", Perusahaan="PT Lain Sekali")
    desk.goto("/meja/lowongan/")
    desk.get_by_role("link", name="Sopir boks").first.click()
    expect(desk.get_by_text("Kontak ini pernah dipakai iklan palsu atau calo").first).to_be_visible()


def test_without_script_the_back_button_shows_each_step_of_an_advert_and_the_quick_exit_leaves_nothing(open_page, house):
    worker = open_page("/lowongan/kirim/", width=360, java_script_enabled=False)
    worker.set_default_timeout(10_000)
    worker.get_by_text("Di Indonesia", exact=True).click()
    worker.get_by_text("Pekerja di sana", exact=True).click()
    worker.get_by_role("button", name="Lanjut").click()
    for label, words in {
        "Pekerjaan": "Petugas kemasan",
        "Perusahaan": "CV Kemas Bahari",
        "Tentang": "Mengemas ikan.",
    }.items():
        worker.get_by_label(label, exact=False).first.fill(words)
    worker.get_by_text("Harian lepas", exact=True).click()
    worker.locator("[name=place-text]").fill("Kabupaten Bekasi")
    worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_label("Kontak Anda", exact=False).fill("0812 0000 0200")
    worker.get_by_label("Upah, dari").fill("seratus")
    worker.get_by_label("Lamaran paling lambat").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    worker.get_by_role("button", name="Kirim untuk diperiksa").click()
    expect(worker.get_by_text("Tulis dengan angka saja", exact=False).first).to_be_visible()
    expect(worker.get_by_label("Kontak Anda", exact=False)).to_have_value("0812 0000 0200")
    assert worker.url.endswith("/lowongan/kirim/upah/")
    worker.reload()
    expect(worker.get_by_label("Kontak Anda", exact=False)).to_have_value("0812 0000 0200")
    while not worker.url.endswith("/kerja/"):
        worker.go_back()
    expect(worker.get_by_label("Tentang pekerjaannya")).to_have_value("Mengemas ikan.")
    worker.get_by_role("button", name="Lanjut").click()
    expect(worker.get_by_label("Kontak Anda", exact=False)).to_have_value("0812 0000 0200")
    worker.route("https://**", lambda route: route.fulfill(body="Lain"))  # the address to which it leads is somebody else's
    worker.get_by_role("link", name="Keluar cepat", exact=False).click()
    expect(worker.get_by_text("Lain")).to_be_visible()
    worker.go_back()
    expect(worker.get_by_role("heading", name="Untuk mulai")).to_be_visible()
    assert ("Mengemas ikan" in worker.content(), "0812 0000 0200" in worker.content(), Advert.objects.count()) == (
        False,
        False,
        0,
    )
