"""A worker asks without script, with everything in it that gives somebody away; the desk answers with an article of the law; the worker says in one tap
that it helped, and agrees; what gives them away is marked and hidden, a second person looks, and everybody finds the answer without a word of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from serikat.helpdesk.models import Consultation
from serikat.kernel.access import Role
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import A_PERSON_NEEDS, CODE, open_code, somebody

QUESTION = (
    "Nama saya Wagimin Sutrapto, nomor 0812-3456-7890. Saya juru oven satu-satunya di PT Rimba Anggada Garmen, Karawang. "
    "Tanggal 14 Maret 2026 perusahaan tutup, padahal tidak rugi. Upah saya Rp5.000.000 sebulan, saya bekerja 4 tahun. "
    "Berapa pesangon saya?"
)
ANSWER = (
    "Pak Wagimin, perusahaan yang tutup bukan karena rugi membayar pesangon satu kali ketentuan, ditambah uang penghargaan "
    "masa kerja. Simpan surat dari PT Rimba Anggada Garmen."
)
TITLE = "Berapa pesangon bila perusahaan tutup bukan karena rugi?"
GIVES_AWAY = re.compile("wagimin|sutrapto|0812|7890|rimba|anggada|karawang|14 maret|satu-satunya", re.IGNORECASE)


def ask(worker):
    """The question in two steps; gives the code that stands there once."""
    worker.goto("/konsultasi/")
    worker.get_by_role("link", name="Tanya", exact=True).first.click()
    worker.get_by_label("Tentang apa?").select_option("dismissal")
    worker.get_by_label("Apa yang ingin Anda ketahui?").fill(QUESTION)
    worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_label("Kami memanggil Anda siapa?").fill("Wagimin")
    worker.get_by_label("Nomor telepon atau surel").fill("0812-3456-7890")
    worker.wait_for_timeout(A_PERSON_NEEDS)
    worker.get_by_role("button", name="Kirim pertanyaan").click()
    code = CODE.search(worker.locator(".big-code").inner_text())[0]
    worker.get_by_role("button", name="Sudah saya simpan").click()
    return code


def answer(desk):
    desk.get_by_role("link", name="PHK dan pesangon", exact=True).click()
    desk.get_by_role("button", name="Saya yang menjawab").click()
    desk.get_by_role("textbox", name="Jawaban").fill(ANSWER)
    desk.get_by_label("Cari pasal").press_sequentially("tutup bukan rugi")
    desk.get_by_label("karena perusahaan tutup bukan sebab rugi").check()  # the list comes while somebody types
    expect(desk.get_by_label("Di halaman kode aksesnya")).to_be_checked()
    desk.get_by_role("button", name="Simpan dan kirim").click()
    expect(desk.get_by_text("Jawaban disimpan.")).to_be_visible()


def test_a_question_becomes_an_answer_for_everybody_that_gives_nobody_away(centre, comes, worker, open_page):
    somebody("wahyu", "Wahyu Paramita", centre, Role.PARALEGAL)
    somebody("damar", "Damar Langit", centre, Role.ADVOCATE)
    code = ask(worker)
    desk = comes("wahyu", "/meja/konsultasi/")
    answer(desk)

    open_code(worker, code)
    expect(worker.get_by_text("pesangon satu kali ketentuan")).to_be_visible()
    expect(worker.get_by_role("link", name=re.compile("PP 35.2021"))).to_be_visible()
    worker.get_by_role("button", name="Membantu", exact=True).click()
    expect(worker.get_by_text("Tercatat: membantu.")).to_be_visible()

    desk.reload()
    expect(desk.get_by_text("Pendapat penanya: membantu.")).to_be_visible()
    desk.get_by_text("Jadikan halaman publik").click()
    desk.get_by_label("Penanya sendiri").check()
    desk.get_by_label("Kapan", exact=True).fill("2026-11-01")
    desk.get_by_label("Kata-katanya").fill("Boleh, asal nama dan pabriknya tidak disebut.")
    desk.get_by_role("button", name="Siapkan").click()
    expect(desk.locator(".mark-row")).to_have_count(7)
    desk.get_by_role("link", name="Ubah naskah").click()
    desk.get_by_label("Judul", exact=False).first.fill(TITLE)
    desk.get_by_role("button", name="Simpan", exact=True).click()
    shot(desk, "public-marks")
    assert_accessible(desk, looks=[(360, "light"), (1280, "dark")])
    assert_fits(desk)
    desk.get_by_role("button", name="Ajukan untuk diperiksa").click()  # before any mark was decided
    expect(desk.get_by_text("Diajukan.")).to_have_count(0)
    desk.get_by_role("button", name="Simpan keputusan").click()
    expect(desk.get_by_text("Keputusan disimpan.")).to_be_visible()
    desk.get_by_role("button", name="Ajukan untuk diperiksa").click()
    expect(desk.get_by_text("Diajukan. Orang lain memeriksanya sebelum tayang.")).to_be_visible()
    expect(desk.get_by_role("button", name="Aman: tayangkan")).to_have_count(0)
    reader = open_page("/konsultasi/", width=360, java_script_enabled=False)
    expect(reader.get_by_text(TITLE)).to_have_count(0)

    second = comes("damar", "/meja/konsultasi/publik/")
    second.get_by_role("link", name=TITLE).click()
    second.get_by_role("button", name="Aman: tayangkan").click()
    expect(second.get_by_text("Tayang.", exact=True)).to_be_visible()

    reader.goto("/konsultasi/")
    reader.get_by_label("Cari di jawaban").fill("perusahaan tutup pesangon")
    reader.get_by_role("button", name="Cari").click()
    expect(reader.get_by_text("1 jawaban")).to_be_visible()
    listed = reader.content()
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_role("link", name=re.compile("PP 35.2021"))).to_be_visible()
    shot(reader, "public-answer")
    assert (GIVES_AWAY.search(listed), GIVES_AWAY.search(reader.content())) == (None, None)
    for word in ("Wagimin", "Rimba Anggada", "Karawang"):
        reader.goto(f"/konsultasi/?q={word}")
        expect(reader.get_by_text("Tidak ada jawaban yang cocok")).to_be_visible()
    assert Consultation.objects.get().opinion == "good"
