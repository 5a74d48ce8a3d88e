"""A worker on the cheapest phone, without JavaScript, reports; the desk reads and answers; the worker reads it at /kode/ and writes back. And the
operator at the telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from serikat.helpdesk.models import Report
from serikat.helpdesk.tests.conftest import region
from serikat.kernel.access import Role
from serikat.places.models import Level
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import A_PERSON_NEEDS, a_centre, sign_in, somebody


@pytest.fixture
def house(db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    centre = a_centre()
    region("32.16", "Kabupaten Bekasi", Level.REGENCY, region("32", "Jawa Barat", Level.PROVINCE))
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)


def look(page, name):
    shot(page, name)
    assert_accessible(page)
    assert_fits(page)


def send_report(page, story):
    page.goto("/")
    page.get_by_role("link", name="Lapor", exact=True).click()
    page.get_by_label("Ceritakan dengan kata-kata Anda").fill(story)
    shot(page, "report-1")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Di mana terjadinya").fill("Pabrik sarung tangan dekat gerbang tol")
    shot(page, "report-2")
    page.get_by_role("button", name="Kembali").click()
    expect(page.get_by_label("Ceritakan dengan kata-kata Anda")).to_have_value(story)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_label("Di mana terjadinya")).to_have_value("Pabrik sarung tangan dekat gerbang tol")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Berapa orang", exact=False).fill("12")
    shot(page, "report-3")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Didampingi menuntut hak saya").click()
    shot(page, "report-4")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Sandi kedua").fill("mawar merah")
    shot(page, "report-5")
    page.wait_for_timeout(A_PERSON_NEEDS)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Sudah kami terima")).to_be_visible()
    return re.sub(r"\D", "", page.locator(".code").inner_text())


def test_the_back_button_of_the_phone_leads_back_with_all_that_was_typed(open_page, house):
    worker = open_page("/lapor/", width=360)
    worker.set_default_timeout(10_000)
    worker.get_by_label("Ceritakan dengan kata-kata Anda").fill("Upah ditahan dua bulan.")
    worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_label("Di mana terjadinya").fill("Pabrik sarung tangan")
    worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_label("Berapa orang", exact=False).fill("12")
    worker.evaluate("setTimeout(() => history.back(), 50)")
    expect(worker.get_by_label("Di mana terjadinya")).to_have_value("Pabrik sarung tangan")
    worker.get_by_role("button", name="Lanjut").click()
    expect(worker.get_by_label("Berapa orang", exact=False)).to_have_value("12")
    worker.get_by_role("button", name="English").first.click()
    expect(worker.get_by_role("heading", name="Who")).to_be_visible()
    expect(worker.locator("[name=how_many]")).to_have_value("12")
    worker.evaluate("setTimeout(() => history.back(), 50)")
    expect(worker.locator("[name=where]")).to_have_value("Pabrik sarung tangan")
    worker.evaluate("setTimeout(() => history.back(), 50)")
    expect(worker.locator("[name=story]")).to_have_value("Upah ditahan dua bulan.")


def test_without_script_the_back_button_shows_each_step_again_and_the_quick_exit_leaves_nothing(open_page, house):
    worker = open_page("/lapor/", width=360, java_script_enabled=False)
    worker.set_default_timeout(10_000)
    worker.get_by_label("Ceritakan dengan kata-kata Anda").fill("Upah ditahan dua bulan.")
    worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_label("Di mana terjadinya").fill("Pabrik sarung tangan")
    worker.get_by_role("button", name="Lanjut").click()
    expect(worker.get_by_label("Berapa orang", exact=False)).to_be_visible()
    worker.go_back()
    expect(worker.get_by_label("Di mana terjadinya")).to_have_value("Pabrik sarung tangan")
    worker.go_back()
    expect(worker.get_by_label("Ceritakan dengan kata-kata Anda")).to_have_value("Upah ditahan dua bulan.")
    worker.get_by_role("button", name="Lanjut").click()
    expect(worker.get_by_label("Di mana terjadinya")).to_have_value("Pabrik sarung tangan")
    worker.get_by_role("button", name="Lanjut").click()
    expect(worker.get_by_role("heading", name="Siapa")).to_be_visible()
    left = []  # the address to which it leads is somebody else's: it stays here
    worker.route("https://**", lambda route: (left.append(route.request.url), route.fulfill(body="Lain"))[-1])
    worker.get_by_role("link", name="Keluar cepat", exact=False).click()
    expect(worker.get_by_text("Lain")).to_be_visible()
    worker.go_back()
    expect(worker.get_by_role("heading", name="Apa yang terjadi")).to_be_visible()
    assert ("Upah ditahan" in worker.content(), "Pabrik" in worker.content(), len(left)) == (False, False, 1)


def test_a_worker_without_script_reports_and_is_answered(open_page, house):
    worker = open_page("", width=360, java_script_enabled=False)
    worker.set_default_timeout(10_000)
    code = send_report(worker, "Upah lembur tidak pernah dibayar, dan yang bertanya dipindah.")
    shot(worker, "report-sent")
    assert (len(code), code in worker.url, "sandi" in worker.url) == (16, False, False)
    worker.get_by_role("button", name="Sudah saya tulis").click()
    worker.get_by_role("button", name="Tutup sekarang").click()

    desk = open_page("/meja/laporan/", width=1280)
    desk.set_default_timeout(10_000)
    sign_in(desk, "wulan")
    report = Report.objects.get()
    desk.get_by_role("link", name=report.number, exact=False).first.click()
    expect(desk.get_by_text("Upah lembur tidak pernah dibayar", exact=False)).to_be_visible()
    desk.get_by_role("button", name="Saya tangani").click()
    desk.get_by_label("Jawaban").fill("Terima kasih. Boleh kami tahu giliran mana saja?")
    desk.get_by_role("button", name="Kirim jawaban").click()
    desk.get_by_text("Sedang ditangani", exact=True).last.click()
    desk.get_by_label("Kabar untuk pelapor", exact=False).fill("Kami menyiapkan surat ke perusahaan.")
    desk.get_by_role("button", name="Simpan keadaan").click()
    expect(desk.get_by_text("Keadaan laporan diubah.")).to_be_visible()

    worker.goto("/")
    worker.get_by_role("link", name="Cek kode", exact=True).click()
    worker.get_by_label("Kode akses").fill(f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}")
    worker.get_by_role("button", name="Buka").click()
    expect(worker.get_by_text("Boleh kami tahu giliran mana saja?")).to_be_visible()
    expect(worker.get_by_text("Kami menyiapkan surat ke perusahaan.").first).to_be_visible()
    expect(worker.get_by_text("Upah lembur tidak pernah", exact=False)).to_have_count(0)
    shot(worker, "report-followed")
    worker.get_by_label("Tulis kepada kami").fill("Giliran dua dan tiga.")
    worker.get_by_role("button", name="Kirim", exact=True).click()
    expect(worker.get_by_text("Giliran dua dan tiga.")).to_be_visible()
    worker.get_by_label("Sandi kedua").fill("mawar merah")
    worker.get_by_role("button", name="Buka cerita").click()
    expect(worker.get_by_text("Upah lembur tidak pernah dibayar", exact=False)).to_be_visible()
    shot(worker, "report-story")

    desk.reload()
    expect(desk.get_by_text("Giliran dua dan tiga.")).to_be_visible()
    look(desk, "report-at-desk")


def test_pages_of_the_code_are_usable_by_everybody(open_page, house):
    worker = open_page("", width=360)
    worker.set_default_timeout(10_000)
    code = send_report(worker, "Seragam dipotong dari upah.")
    look(worker, "report-sent-script")
    worker.get_by_role("button", name="Sudah saya tulis").click()
    expect(worker.get_by_role("heading", name="Percakapan")).to_be_visible()
    look(worker, "report-followed-script")
    worker.goto("/en/kode/")
    worker.get_by_role("textbox").first.fill(code)
    worker.locator("main button.main").click()
    expect(worker).to_have_url(re.compile("/en/kode/laporan/$"))


def test_an_operator_types_while_listening(open_page, house):
    desk = open_page("/meja/laporan/telepon/", width=1280)
    desk.set_default_timeout(10_000)
    sign_in(desk, "wulan")
    expect(desk.get_by_label("Ceritanya")).to_be_focused()
    desk.keyboard.type("Bapak di telepon, paspor ditahan agen.")
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Nama", exact=False).first).to_be_focused()
    desk.keyboard.type("Rohadi")
    desk.keyboard.press("Tab")
    desk.keyboard.type("0812 0000 0355")
    look(desk, "report-call")
    desk.get_by_role("button", name="Simpan, tampilkan kode").click()
    expect(desk.get_by_role("heading", name="Bacakan pelan-pelan")).to_be_visible()
    look(desk, "report-new-code")
    assert Report.objects.get().reach == "0812 0000 0355"
