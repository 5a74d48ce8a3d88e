"""A voice note, recorded in the page by a real MediaRecorder from Chromium's own test microphone, sent with a report and heard at the desk."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from serikat.files.models import StoredFile
from serikat.helpdesk.models import Report
from tests.journeys.browser import assert_accessible, shot
from tests.journeys.centre import open_code, sign_in
from tests.journeys.test_reports import house  # noqa: F401

HEARD = "sound => new Promise((done) => { sound.onerror = () => done('no'); sound.oncanplay = () => done('yes'); sound.load(); })"


def record(worker, seconds=2):
    worker.get_by_role("button", name="Rekam suara").or_(worker.get_by_role("button", name="Rekam ulang")).click()
    stop = worker.get_by_role("button", name="Selesai merekam")
    expect(stop).to_be_focused()
    expect(stop).to_contain_text(re.compile(f"0:(0[{seconds}-9]|[1-5][0-9])"), timeout=20_000)
    return stop


def test_a_voice_note_is_recorded_sent_and_heard(open_page, house):  # noqa: F811
    worker = open_page("/lapor/", width=360)
    worker.set_default_timeout(10_000)
    worker.get_by_role("button", name="Rekam suara").click()
    expect(worker.get_by_text("Mikrofon tidak dapat dipakai.", exact=False)).to_be_visible()
    worker.context.grant_permissions(["microphone"])
    stop = record(worker)
    shot(worker, "voice-recording")
    stop.click()
    expect(worker.get_by_text("Rekaman ikut terkirim: 0:", exact=False)).to_be_visible()
    expect(worker.get_by_role("button", name="Rekam ulang")).to_be_focused()
    assert worker.locator("audio").evaluate(HEARD) == "yes"
    shot(worker, "voice-recorded")
    assert_accessible(worker)
    worker.get_by_role("button", name="Buang rekaman").click()
    assert worker.locator("input[type=file]").evaluate("one => one.files.length") == 0
    for _again in range(2):  # the second takes the place of the first
        record(worker, 1).click()
        expect(worker.get_by_text("Rekaman ikut terkirim: 0:", exact=False)).to_be_visible()
    record(worker, 1)
    worker.get_by_role("button", name="Lanjut").click()  # still talking: it goes along
    expect(worker.get_by_role("heading", name="Di mana dan kapan")).to_be_visible()
    for _step in range(3):
        worker.get_by_role("button", name="Lanjut").click()
    worker.get_by_role("button", name="Kirim laporan").click()
    expect(worker.get_by_role("button", name="Sudah saya tulis")).to_be_visible()
    code = re.sub(r"\D", "", worker.locator(".code").inner_text())
    (kept,) = StoredFile.objects.all()
    assert (kept.name, kept.kind) == ("suara.webm", "audio/webm")

    desk = open_page(f"/meja/laporan/{Report.objects.get().pk}/", width=1280)
    desk.set_default_timeout(10_000)
    sign_in(desk, "wulan")
    expect(desk.get_by_role("link", name="suara.webm", exact=True)).to_be_visible()
    assert desk.get_by_role("region", name="Ceritanya").locator("audio").evaluate(HEARD) == "yes"
    shot(desk, "voice-desk")
    assert_accessible(desk, every_look=False)

    desk.context.grant_permissions(["microphone"])  # who does not read is answered by a voice
    record(desk, 1).click()
    expect(desk.get_by_text("Rekaman ikut terkirim: 0:", exact=False)).to_be_visible()
    shot(desk, "voice-answer")
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.get_by_text("Jawaban disimpan dan dikirim.")).to_be_visible()
    worker.get_by_role("button", name="Sudah saya tulis").click()
    open_code(worker, code)
    expect(worker.locator(".said").get_by_text("suara.m4a")).to_be_visible()
    assert worker.locator(".said audio").evaluate(HEARD) == "yes"
    shot(worker, "voice-heard")


def test_the_quick_exit_stops_the_microphone_and_drops_what_was_said(open_page, house):  # noqa: F811
    worker = open_page("/lapor/", width=360)
    worker.set_default_timeout(10_000)
    worker.context.grant_permissions(["microphone"])
    worker.evaluate("""() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (how) => { const stream = await ask(how); globalThis.tapped = stream; return stream; } }""")
    record(worker, 1)
    assert worker.evaluate("tapped.getTracks().map((one) => one.readyState)") == ["live"]
    worker.evaluate(
        "addEventListener('leave', (event) => event.detail.push(new Promise((done) => setTimeout(() => { sessionStorage.left = tapped.getTracks().map((one) => one.readyState); done(); }, 200))))"
    )
    worker.route("https://**", lambda route: route.fulfill(body="Lain"))
    worker.get_by_role("link", name="Keluar cepat", exact=False).click()
    expect(worker.get_by_text("Lain")).to_be_visible()
    worker.goto("/lapor/")
    assert worker.evaluate("sessionStorage.left") == "ended"
    assert worker.locator("input[type=file]").evaluate("one => one.files.length") == 0


def test_without_script_a_recording_is_chosen_like_any_file(open_page, house):  # noqa: F811
    worker = open_page("/lapor/", width=360, java_script_enabled=False)
    expect(worker.locator("input[type=file]")).to_be_visible()
    expect(worker.locator("[data-recorder]")).to_be_hidden()
