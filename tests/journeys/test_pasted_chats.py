"""With no provider at all: a chat of somebody's own phone is pasted at the desk, as WhatsApp on Android and on iOS exports it; it becomes a
conversation and a report, is answered by a link into that phone, and the worker reads the state at /kode/ on a phone without script."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from serikat.helpdesk.models import Conversation, Report
from serikat.kernel.access import Role
from serikat.messaging.models import Channel, Message
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import CODE, open_code, somebody

NUMBER = "6281234567890"
ANDROID = """20/11/26 19.02 - Pesan dan panggilan dienkripsi secara end-to-end. Hanya orang di chat ini yang dapat membacanya.
20/11/26 19.02 - Bu Tin Jahit: Selamat malam Pak
20/11/26 19.03 - Bu Tin Jahit: Upah lembur kami dua bulan belum dibayar.

Yang bertanya dipindah ke gudang.
20/11/26 19.10 - Wulan Ratri: Malam Bu. Ada slipnya?
20/11/26 19.12 - Bu Tin Jahit: <Media tidak disertakan>
20/11/26 19.12 - Bu Tin Jahit: Itu slip Oktober, Pak.
20/11/26 19.13 - Kode keamanan Bu Tin Jahit berubah. Ketuk untuk info selengkapnya.
"""
IOS = """[20/11/26 19.02.11] +62 812-3456-7890: \u200ePesan dan panggilan terenkripsi secara end-to-end.
[20/11/26 19.02.40] +62 812-3456-7890: Selamat malam Pak
[20/11/26 19.03.03] +62 812-3456-7890: Upah lembur kami dua bulan belum dibayar.

Yang bertanya dipindah ke gudang.
[20/11/26 19.10.58] Wulan Ratri: Malam Bu. Ada slipnya?
\u200e[20/11/26 19.12.01] +62 812-3456-7890: \u200egambar tidak disertakan
[20/11/26 19.12.30] +62 812-3456-7890: Itu slip Oktober, Pak.
""".replace("\n", "\r\n")


def paste_android(desk):
    """Copied and pasted; the phone knows a name, so the operator types the number."""
    desk.get_by_label("Tempel chat di sini").fill(ANDROID)
    desk.get_by_label("Nomor mereka").fill("0812-3456-7890")


def choose_ios(desk):
    """The file as it came; the phone knew no name, and the number stands in it."""
    file = {"name": "_chat.txt", "mimeType": "text/plain", "buffer": IOS.encode()}
    desk.get_by_label("Atau berkas .txt").set_input_files(file)


def sent_from_the_phone(desk):
    """The operator opens the link in their phone, sends what stands there, and says so; gives what the link would have sent."""
    link = desk.get_by_role("link", name="Tulis lewat WhatsApp").last
    address, _sign, text = link.get_attribute("href").partition("?text=")
    assert address == f"https://wa.me/{NUMBER}"
    desk.get_by_role("button", name="Sudah saya kirim").last.click()
    expect(desk.get_by_text("Dicatat sebagai terkirim.")).to_be_visible()
    return unquote(text)


@pytest.mark.parametrize(("give", "called"), [(paste_android, "Bu Tin Jahit"), (choose_ios, "+62 812-3456-7890")])
def test_a_pasted_chat_becomes_a_report_that_is_answered_by_phone_and_followed_by_its_code(
    centre, comes, worker, give, called
):
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)
    desk = comes("wulan", "/meja/percakapan/")
    desk.get_by_role("link", name="Tempel chat").click()
    give(desk)
    desk.get_by_role("button", name="Lihat isinya").click()
    expect(desk.get_by_role("heading", name="5 pesan terbaca")).to_be_visible()
    expect(desk.get_by_text("1 berkas tidak ikut.")).to_be_visible()
    expect(desk.get_by_label("Wulan Ratri (1)")).to_be_checked()
    expect(desk.get_by_label(f"{called} (4)")).not_to_be_checked()
    shot(desk, f"pasted-look-{give.__name__}")
    desk.get_by_role("button", name="Jadikan percakapan").click()
    expect(desk.get_by_text("5 pesan baru masuk.")).to_be_visible()
    desk.get_by_role("link", name="Buka percakapannya").click()
    talk = Conversation.objects.get()
    assert (talk.address.value, talk.channel.kind, Channel.objects.exclude(kind="hand").count()) == (f"+{NUMBER}", "hand", 0)

    desk.get_by_role("button", name="Buat laporan").click()
    report = Report.objects.get()
    assert [line for line in report.story.splitlines() if line] == [
        "Selamat malam Pak",
        "Upah lembur kami dua bulan belum dibayar.",
        "Yang bertanya dipindah ke gudang.",
        f"[tidak ikut: {'berkas' if give is paste_android else 'gambar'}]",
        "Itu slip Oktober, Pak.",
    ]
    code = CODE.search(desk.locator(".big-code").inner_text())[0]
    desk.get_by_role("button", name="Kirim ke percakapannya").click()
    told = sent_from_the_phone(desk)
    assert (code in told, "SMS" in told, "STATUS" in told) == (True, False, False)
    assert not any(code in message.text for message in Message.objects.all())
    desk.get_by_label("Jawaban").fill("Baik Bu, besok kami telepon & bawa suratnya.")
    desk.get_by_role("button", name="Siapkan untuk ponsel").click()
    assert sent_from_the_phone(desk) == "Baik Bu, besok kami telepon & bawa suratnya."
    shot(desk, f"pasted-answered-{give.__name__}")
    assert_accessible(desk, looks=[(360, "light"), (1280, "dark")])
    assert_fits(desk)

    open_code(worker, code)
    expect(worker.get_by_role("heading", name=report.number)).to_be_visible()
    expect(worker.locator(".page-head").get_by_text("Sedang dibaca")).to_be_visible()
    expect(worker.get_by_text("Upah lembur kami")).to_have_count(0)
