"""The inbox by the keyboard: down the list, a quick reply, sent, on to the next that waits; what was half typed is still there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services.chats import begin_conversation
from serikat.helpdesk.services.conversations import keep_quick_reply
from serikat.kernel.access import Role, actor_of
from tests.journeys.browser import assert_accessible, assert_fits, shot
from tests.journeys.centre import somebody


@pytest.fixture
def talks(centre):
    """Three who wait, the first the longest."""
    wulan = actor_of(somebody("wulan", "Wulan Ratri", centre, Role.OPERATOR))
    keep_quick_reply(actor=wulan, reply=None, title="Kirim slip", text="Kirim foto slip upah.", topic="", unit=centre)
    made = [begin_conversation(actor=wulan, unit=centre, number=f"0812 0000 090{n}", called=f"Bu {n}") for n in range(3)]
    for hours, talk in zip((3, 2, 1), made, strict=True):
        since = timezone.now() - timedelta(hours=hours)
        Conversation.objects.filter(pk=talk.pk).update(state="open", waiting_since=since, last_at=since, assigned_to=None)
    return made


def test_an_operator_answers_one_conversation_after_another_by_the_keyboard(talks, comes):
    desk = comes("wulan", "/meja/percakapan/")

    def stands(place):
        expect(place).to_be_visible()
        desk.wait_for_load_state()  # from then on keys are heard

    def heading(name):
        return desk.get_by_role("heading", name=name)

    stands(heading("Percakapan"))
    desk.keyboard.press("/")
    expect(desk.get_by_label("Cari kata, nama, atau nomor")).to_be_focused()
    desk.keyboard.type("jkn/")  # letters, where somebody types
    expect(desk.get_by_label("Cari kata, nama, atau nomor")).to_have_value("jkn/")
    desk.get_by_label("Cari kata, nama, atau nomor").fill("")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    stands(heading("Bu 0"))

    answer = desk.get_by_role("textbox", name="Jawaban")
    desk.keyboard.press("r")
    expect(answer).to_be_focused()
    desk.keyboard.type("Baik.")
    desk.get_by_role("button", name="Kirim slip").click()
    expect(answer).to_have_value("Baik.\nKirim foto slip upah.")
    expect(answer).to_be_focused()
    desk.keyboard.press("Control+Enter")
    stands(desk.locator(".msg.out").get_by_text("Kirim foto slip upah."))

    desk.keyboard.press("n")
    stands(heading("Bu 1"))
    answer.fill("Belum selesai")
    desk.get_by_role("button", name="Percakapan berikutnya").click()
    stands(heading("Bu 2"))
    assert_accessible(desk, looks=[(360, "light"), (1280, "dark")])
    assert_fits(desk)
    desk.keyboard.press("n")
    stands(heading("Bu 1"))
    expect(desk.get_by_text("Sudah sampai akhir rak. Mulai lagi dari atas.")).to_be_visible()
    shot(desk, "walk-anew")
    expect(answer).to_have_value("Belum selesai")
