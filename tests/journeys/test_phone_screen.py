"""The telephone: a phone system says who rings, the operator sees who it is and what is open, types while listening, reads the code out, wraps up in
three keys; the wall and the day's figures count it, and the worker reads the state at /kode/."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from serikat.helpdesk.models import Report
from serikat.helpdesk.services.handling_reports import tie_report
from serikat.helpdesk.services.reports import Told, receive_report
from serikat.kernel.access import Role, console
from serikat.people.tests.factories import make_person
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import CODE, call_us, open_code, somebody

KNOWN, UNKNOWN = "0812-3456-7890", "+6281298765432"


@pytest.fixture
def rings(centre, comes, live_server):
    """A line that an administrator put up; its phone system tells who rings, and who has gone."""
    somebody("wira", "Wira Laksana", centre, Role.ADMINISTRATOR)
    desk = comes("wira", "/meja/telepon/sambungan/")
    desk.get_by_label("Nama sambungan").fill("Telepon posko")
    desk.get_by_role("button", name="Pasang", exact=True).click()
    address = desk.locator(".alert").get_by_text("/sambung/telepon/").first.inner_text().strip()
    assert address.startswith(live_server.url)

    def rings(number, name, **more):
        return call_us(address, urlencode({"dari": number, "id": name, **more}).encode(), FORM)

    rings.address = address
    return rings


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def open_report(centre):
    """What somebody whom the house knows told earlier, and nobody finished."""
    person = make_person(centre, "Rukmini Asih", phone=KNOWN)
    told = Told(story="Cuti haid dipotong dari upah.", topic="leave", called="Rukmini")
    report = receive_report(actor=console("uji"), key=uuid.uuid4(), told=told, way="paper").report
    tie_report(actor=console("uji"), report=report, person=person)
    return report


def figures_of(page):
    """What stands on the wall, by its words."""
    names, numbers = page.locator(".figures dt").all_inner_texts(), page.locator(".figures dd").all_inner_texts()
    return dict(zip(names, numbers, strict=True))


def test_a_call_becomes_a_report_and_is_wrapped_up_in_three_keys(rings, open_report, centre, comes, worker):
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)
    desk = comes("wulan", "/meja/telepon/")
    wall = desk.context.new_page()
    wall.goto("/meja/telepon/papan/")
    assert figures_of(wall)["Telepon hari ini"] == "0"

    assert rings(KNOWN, "1763.1") == 200
    assert rings("sip:+6281234567890@gerbang", "1763.1") == 200  # the same call, told twice
    assert call_us(rings.address[:-2] + "x/", b"dari=0812", FORM) == 404
    caller = desk.locator(".ringing").get_by_text("Rukmini Asih")
    expect(caller).to_be_visible()  # the list renews itself
    shot(desk, "phone-ringing")
    expect(desk.locator(".ringing").get_by_role("button", name="Angkat")).to_be_visible()
    desk.keyboard.press("n")
    expect(desk.get_by_role("link", name=f"Laporan {open_report.number}")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Catatan")).to_be_focused()
    desk.keyboard.type("Upah lembur tiga minggu belum dibayar. Ada dua puluh orang.")
    shot(desk, "phone-listening")
    assert_accessible(desk, looks=[(360, "light"), (1280, "dark")])
    assert_fits(desk)

    desk.get_by_role("button", name="Buat laporan").click()
    expect(desk.get_by_label("Ceritanya")).to_have_value("Upah lembur tiga minggu belum dibayar. Ada dua puluh orang.")
    desk.get_by_label("Ceritanya").press("Control+End")
    desk.keyboard.type(" Mandor mengancam.")
    desk.get_by_role("button", name="Simpan, tampilkan kode").click()
    expect(desk.get_by_role("heading", name="Bacakan pelan-pelan")).to_be_visible()
    code = CODE.search(desk.locator(".big-code").inner_text())[0]
    desk.get_by_role("button", name="Sudah dicatat pelapor").click()
    report = Report.objects.exclude(pk=open_report.pk).get()
    assert (report.way, report.story) == (
        "phone",
        "Upah lembur tiga minggu belum dibayar. Ada dua puluh orang. Mandor mengancam.",
    )
    desk.get_by_role("link", name="Panggilan #1").click()
    desk.get_by_role("textbox", name="Catatan").focus()
    desk.wait_for_load_state()  # from then on keys are heard
    desk.keyboard.press("Escape")
    desk.keyboard.press("2")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Ditutup.")).to_be_visible()
    shot(desk, "phone-closed")

    assert rings(UNKNOWN, "1763.2") == 200
    assert rings(UNKNOWN, "1763.2", keadaan="selesai") == 200
    wall.reload()
    shown = figures_of(wall)
    assert [shown[name] for name in ("Telepon hari ini", "Menelepon sekarang", "Terangkat", "Laporan baru")] == [
        "2",
        "0",
        "50%",
        "2",
    ]
    desk.goto("/meja/telepon/angka/")
    rows = desk.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    assert sorted((row[1], row[2], row[3], row[7]) for row in rows) == [
        ("Semua", "2", "1", "1"),
        ("Wulan Ratri", "1", "1", "1"),
        ("tidak terangkat", "1", "0", "0"),
    ]

    open_code(worker, code)
    expect(worker.get_by_role("heading", name=report.number)).to_be_visible()
    expect(worker.locator(".page-head").get_by_text("Diterima, belum dibaca")).to_be_visible()
    expect(worker.get_by_text("Upah lembur")).to_have_count(0)
