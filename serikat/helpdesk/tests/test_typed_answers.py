"""An answer half typed stays, whatever else is pressed on its page; and goes when it was sent."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services import calls
from serikat.helpdesk.tests.test_calls import browser_of
from serikat.messaging.tests.conftest import centre, sms  # noqa: F401

TYPED = "Slip gajinya tolong difoto dulu ya"


@pytest.fixture
def talk(sms, centre):  # noqa: F811
    now = timezone.now()
    at = calls.number_typed(text="0812 3456 7890")
    return Conversation.objects.create(
        channel=sms, address=at, unit=centre, last_at=now, last_in_at=now, began_at=now, state="open"
    )


@pytest.mark.parametrize(("button", "more"), [("ambil", {}), ("pokok", {"topic": "wages", "called": "Bu Tin"})])
def test_a_button_of_the_conversation_keeps_what_is_typed(desk, talk, button, more):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    assert f'form="jawab" formaction="{page}{button}/"' in browser.get(page).content.decode()
    answer = browser.post(f"{page}{button}/", {"text": TYPED, **more})
    assert (answer.status_code, answer.url) == (302, page)
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    talk.refresh_from_db()
    if more:
        assert (talk.topic, talk.called) == ("wages", "Bu Tin")
    assert TYPED not in browser_of(desk).get(page).content.decode()  # in this browser alone


def test_the_fields_about_what_belong_to_the_answer(desk, talk):
    words = browser_of(desk).get(f"/meja/percakapan/{talk.pk}/").content.decode()
    for name in ("topic", "called"):
        assert re.search(f'<(select|input)[^>]*name="{name}"[^>]*form="jawab"', words), name


def test_what_was_sent_or_rubbed_out_is_gone(desk, talk):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    browser.post(f"{page}ambil/", {"text": TYPED})
    assert browser.post(f"{page}jawab/", {"text": TYPED}).status_code == 302
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()
    browser.post(f"{page}tutup/", {"ketikan": TYPED})
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    browser.post(f"{page}tutup/", {"ketikan": " "})
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()


def test_i_handle_it_keeps_the_answer_of_the_report(desk, send):
    report, _code = send()
    browser, page = browser_of(desk), f"/meja/laporan/{report.pk}/"
    words = browser.get(page).content.decode()
    assert f'form="jawab" formaction="{page}tangani/"' in words
    assert browser.post(f"{page}tangani/", {"text": TYPED}).url == page
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    report.refresh_from_db()
    assert report.assigned_to_id == desk.user_id
    browser.post(f"{page}jawab/", {"text": TYPED})
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()
