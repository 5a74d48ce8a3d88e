"""A worker with WhatsApp: the number is set up at the desk, LAPOR comes by a signed call, the access code goes back, an operator answers in Chromium,
STATUS tells the state; a day later only a text that the provider approved may go out, and the desk says so."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import expect

from serikat.helpdesk.models import Conversation, Report
from serikat.kernel.access import Role
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.models import Channel, Message
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import CODE, call_us, somebody

WORKER = "628123456789"
SECRET = "rahasia-aplikasi"


@pytest.fixture
def channel(centre, comes, standin):
    """Set up by an administrator at the desk, as the provider's page tells its settings."""
    somebody("wira", "Wira Laksana", centre, Role.ADMINISTRATOR)
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)
    desk = comes("wira", "/meja/saluran/")
    desk.get_by_role("link", name="Pasang saluran").first.click()
    desk.get_by_role("link", name="WhatsApp (Cloud API)").click()
    for label, typed in (
        ("Nama saluran", "WhatsApp posko"),
        ("Alamat untuk umum", "0811 0000 555"),
        ("ID nomor telepon", "555"),
        ("Token akses tetap", standin.token("whatsapp")),
        ("Rahasia aplikasi", SECRET),
        ("Token verifikasi webhook", "kata-verifikasi"),
        ("Alamat penyedia", standin.base("whatsapp")),
    ):
        desk.get_by_label(label).fill(typed)
    desk.get_by_role("button", name="Pasang", exact=True).click()
    desk.get_by_role("button", name="Uji pengaturan").click()
    expect(desk.get_by_text("WhatsApp mengenal kita sebagai Serikat Pekerja.")).to_be_visible()
    expect(desk.get_by_text(SECRET)).to_have_count(0)
    desk.get_by_label("Nama di penyedia").fill("kabar_laporan")
    desk.get_by_label("Isi", exact=True).fill("Ada kabar tentang laporan {{1}}. Balas pesan ini untuk membacanya.")
    desk.get_by_role("button", name="Simpan templat").click()
    expect(desk.get_by_text("Ada kabar tentang laporan {{1}}.").first).to_be_visible()
    return Channel.objects.get(kind="whatsapp")


@pytest.fixture
def tells(channel, live_server):
    """WhatsApp calls us with something that a worker wrote; gives the status that we answered."""

    def tells(text, name, *, secret=SECRET):
        said = {"from": WORKER, "id": name, "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"phone_number_id": "555"},
            "contacts": [{"wa_id": WORKER, "profile": {"name": "Yanti"}}],
            "messages": [said],
        }
        changes = [{"field": "messages", "value": value}]
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).encode()
        sign = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign}
        status = call_us(f"{live_server.url}/sambung/{channel.key}/", body, headers)
        Worker().work_off()
        return status

    return tells


def a_day_passes():
    """Everything that was said was said twenty-five hours earlier."""
    earlier = timedelta(hours=25)
    Message.objects.update(at=F("at") - earlier, written_at=F("written_at") - earlier)
    Conversation.objects.update(last_in_at=F("last_in_at") - earlier, last_at=F("last_at") - earlier)


def words_of(standin):
    """What arrived on the worker's phone."""
    return [said["text"]["body"] for said in standin.messages("whatsapp") if said["type"] == "text"]


def test_a_report_by_whatsapp_is_answered_within_a_day_and_by_template_after(tells, channel, standin, comes):
    assert tells("LAPOR upah dua bulan belum dibayar", "wamid.1") == 200
    assert tells("LAPOR upah dua bulan belum dibayar", "wamid.1") == 200  # the same call again
    assert tells("LAPOR yang ini palsu", "wamid.2", secret="bukan rahasianya") == 403
    report = Report.objects.get()
    (told,) = words_of(standin)
    code = CODE.search(told)
    assert code, told
    assert "SMS" not in told
    channel.refresh_from_db()
    assert (report.story, channel.forged, standin.messages("whatsapp")[0]["to"]) == (
        "upah dua bulan belum dibayar",
        1,
        WORKER,
    )

    desk = comes("wulan", "/meja/percakapan/")
    desk.get_by_role("link", name="Yanti").click()
    expect(desk.locator(".talk").get_by_text("upah dua bulan belum dibayar")).to_be_visible()
    desk.get_by_label("Jawaban").fill("Kami sudah baca. Besok pagi kami telepon ya.")
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.get_by_text("Jawaban dikirim.")).to_be_visible()
    Worker().work_off()
    assert words_of(standin)[1:] == ["Kami sudah baca. Besok pagi kami telepon ya."]

    assert tells(f"Status {code[0]}", "wamid.3") == 200
    state = words_of(standin)[2]
    assert f"Laporan {report.number}: sedang dibaca." in state
    assert "SMS" not in state
    assert not any(code[0] in message.text for message in Message.objects.all())

    left_open = desk.context.new_page()
    left_open.goto(desk.url)
    a_day_passes()
    left_open.get_by_label("Jawaban").fill("Suratnya sudah kami kirim ke pabrik.")
    left_open.get_by_role("button", name="Kirim jawaban").click()
    expect(left_open.get_by_text("Sudah lewat 24 jam sejak pesan terakhir mereka")).to_be_visible()
    expect(left_open.get_by_text("Suratnya sudah kami kirim ke pabrik.")).to_be_visible()  # what was typed is not lost
    shot(left_open, "whatsapp-too-late")
    assert_accessible(left_open)
    assert_fits(left_open)
    desk.reload()
    expect(desk.get_by_label("Jawaban")).to_have_count(0)
    desk.get_by_label("Isian").fill(report.number)
    desk.get_by_role("button", name="Kirim templat").click()
    expect(desk.get_by_text(f"Ada kabar tentang laporan {report.number}.").first).to_be_visible()
    Worker().work_off()
    assert len(words_of(standin)) == 3
    template = standin.messages("whatsapp")[3]["template"]
    assert (template["name"], template["components"][0]["parameters"][0]["text"]) == ("kabar_laporan", report.number)
