"""Two operators at their desks all day: what comes shows by itself, nothing half typed is lost, and nobody answers past the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services.reports import report_from_conversation
from serikat.kernel.access import SYSTEM, Role, actor_of, console
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.adapters import Arrived
from serikat.messaging.models import Message
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.receiving import receive_news
from tests.journeys.browser import assert_accessible, shot
from tests.journeys.centre import somebody

WORKER, SOON = "0812 3456 789", 25_000
AWAY = {"base": "http://127.0.0.1:1", "username": "serikat", "password": "rahasia", "secret": "rahasia"}  # answers wait


@pytest.fixture
def writes(centre):
    """Somebody writes by SMS, and it is routed."""
    channel = add_channel(actor=console("uji"), unit=centre, kind="kannel", name="SMS", values=AWAY)

    def write(text, sender=WORKER):
        receive_news(actor=SYSTEM, channel=channel, news=[Arrived(sender, text, text)])
        Worker().work_off()

    return write


def test_what_comes_shows_by_itself_and_nobody_answers_past_the_other(centre, comes, writes):
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)
    somebody("damar", "Damar Langit", centre, Role.OPERATOR)
    writes("upah kami belum dibayar")
    wulan, damar = comes("wulan", "/meja/percakapan/"), comes("damar", "/meja/percakapan/", width=360)
    writes("halo, ada orang?", sender="0813 2222 333")
    expect(wulan.get_by_role("link", name="1 percakapan dengan pesan baru: tampilkan")).to_be_visible(timeout=SOON)
    expect(wulan).to_have_title("(1) Percakapan")
    shot(wulan, "live-inbox")
    assert_accessible(wulan, every_look=False)
    wulan.get_by_role("link", name="1 percakapan dengan pesan baru: tampilkan").click()
    expect(wulan.get_by_text("halo, ada orang?")).to_be_visible()
    for desk in (wulan, damar):
        desk.goto(f"/meja/percakapan/{Conversation.objects.order_by('pk').first().pk}/")
        desk.get_by_role("textbox", name="Jawaban").fill("Di pabrik mana?")
    writes("pabriknya di Cikarang")
    for desk in (wulan, damar):
        expect(desk.locator("#kata")).to_contain_text("pabriknya di Cikarang", timeout=SOON)
        expect(desk.get_by_role("textbox", name="Jawaban")).to_have_value("Di pabrik mana?")
    shot(damar, "live-talk")
    assert_accessible(damar, every_look=False)
    damar.route("**/*sejak=*", lambda route: route.fulfill(status=204))  # his page has not asked yet
    wulan.get_by_role("textbox", name="Jawaban").fill("Kami catat: Cikarang. Sejak bulan apa?")
    wulan.get_by_role("button", name="Kirim jawaban").click()
    expect(wulan.get_by_text("Jawaban dikirim.")).to_be_visible()
    damar.get_by_role("button", name="Kirim jawaban").click()
    expect(damar.get_by_text("Sementara Anda menulis, Wulan Ratri menjawab", exact=False).first).to_be_visible()
    shot(damar, "live-crossed")
    expect(damar.locator("#kata")).to_contain_text("Kami catat: Cikarang.")
    expect(damar.get_by_role("textbox", name="Jawaban")).to_have_value("Di pabrik mana?")
    damar.get_by_role("button", name="Kirim jawaban").click()
    expect(damar.get_by_text("Jawaban dikirim.")).to_be_visible()
    assert Message.objects.filter(direction="out", about__startswith="helpdesk.conversation").count() == 2


def test_what_became_of_an_answer_shows_by_itself(centre, comes, writes):
    somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR)
    writes("upah kami belum dibayar")
    desk = comes("wulan", f"/meja/percakapan/{Conversation.objects.get().pk}/", width=360)
    for text in ("Kami catat.", "Di pabrik mana?"):
        desk.get_by_role("textbox", name="Jawaban").fill(text)
        desk.get_by_role("button", name="Kirim jawaban").click()
        expect(desk.locator("#kata")).to_contain_text(text)
    first, second = Message.objects.filter(text__isnull=False, by__isnull=False).order_by("pk")
    desk.get_by_role("textbox", name="Jawaban").fill("Sejak bulan")
    Message.objects.filter(pk=first.pk).update(state="delivered")
    Message.objects.filter(pk=second.pk).update(state="parked", problem="No connection to the provider")
    expect(desk.locator(f"#k{first.pk}")).to_contain_text("sampai", timeout=SOON)
    expect(desk.locator(f"#k{second.pk}")).to_contain_text("gagal, perlu dilihat")
    expect(desk.get_by_role("status").get_by_role("link", name="gagal, perlu dilihat")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Jawaban")).to_have_value("Sejak bulan")
    shot(desk, "live-fate")
    assert_accessible(desk, every_look=False)
    desk.reload()
    failed = desk.locator(f"#p{second.pk}").evaluate("one => getComputedStyle(one).backgroundColor")
    calm = desk.locator(f"#p{first.pk}").evaluate("one => getComputedStyle(one).backgroundColor")
    Message.objects.filter(pk=second.pk).update(state="sent", problem="")
    expect(desk.locator(f"#k{second.pk}")).to_contain_text("terkirim", timeout=SOON)
    expect(desk.locator(f"#p{second.pk}")).to_have_css("background-color", calm)
    expect(desk.get_by_role("link", name="gagal, perlu dilihat")).to_have_count(0)
    assert failed != calm


def test_an_answer_from_a_reports_page_waits_for_what_they_wrote_meanwhile(centre, comes, writes):
    operator = actor_of(somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR))
    writes("upah kami belum dibayar")
    report = report_from_conversation(actor=operator, conversation=Conversation.objects.get()).report
    desk = comes("wulan", f"/meja/laporan/{report.pk}/")
    answer = desk.get_by_role("textbox", name="Jawaban")
    answer.fill("Kami tagih perusahaannya besok.")
    writes("sudah dibayar semua tadi siang, terima kasih")
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.get_by_text("Sementara Anda menulis, datang pesan baru", exact=False).first).to_be_visible()
    expect(desk.get_by_text("sudah dibayar semua tadi siang, terima kasih")).to_be_visible()
    expect(answer).to_have_value("Kami tagih perusahaannya besok.")
    shot(desk, "report-crossed")
    assert_accessible(desk, every_look=False)
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.get_by_text("Jawaban disimpan dan dikirim.")).to_be_visible()
    assert Message.objects.filter(about=f"helpdesk.report:{report.pk}").count() == 1
