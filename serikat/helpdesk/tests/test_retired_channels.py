"""A channel ends while our words wait on it: the conversation says so, and is to be answered again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services.conversations import answer_conversation
from serikat.messaging.models import Message, State
from serikat.messaging.services import sending
from serikat.messaging.services.channels import pause_channel, retire_channel
from serikat.messaging.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db


def retire(channel, capture):
    with capture(execute=True):
        retire_channel(actor=CONSOLE, channel=channel, cancel=True)


def test_a_conversation_whose_answer_never_left_is_to_be_answered_again(
    client, hears, sms, tini, desk, provider, django_capture_on_commit_callbacks
):
    unsaid, said, theirs = (hears(sms, "Tolong", sender=f"0812 0000 000{n}") for n in range(3))
    answer_conversation(actor=desk, conversation=said, text="Sudah")
    sending.send_channel(channel_id=sms.pk)
    answer_conversation(actor=desk, conversation=unsaid, text="Besok kami datang")
    retire(sms, django_capture_on_commit_callbacks)

    for talk in (unsaid, said, theirs):
        talk.refresh_from_db()
    assert [talk.state for talk in (unsaid, said, theirs)] == ["open", "waiting", "open"]
    assert unsaid.waiting_since == unsaid.last_in_at
    client.force_login(tini)
    page = client.get(reverse("helpdesk_desk:conversation", args=[unsaid.pk])).content.decode()
    assert "Salurannya pensiun sebelum pesan ini keluar" in page
    assert "Besok kami datang" in page


def test_what_somebody_let_be_long_before_is_not_raised(hears, sms, desk, provider, django_capture_on_commit_callbacks):
    talk = hears(sms, "Tolong")
    answer_conversation(actor=desk, conversation=talk, text="Sudah")
    sending.send_channel(channel_id=sms.pk)
    Message.objects.filter(direction="out").update(state=State.CANCELLED)
    retire(sms, django_capture_on_commit_callbacks)
    assert Conversation.objects.get().state == "waiting"


def test_what_is_in_doubt_on_a_retired_channel_offers_no_second_try(
    client, tini, hears, sms, desk, provider, django_capture_on_commit_callbacks
):
    talk = hears(sms, "Tolong")
    message = answer_conversation(actor=desk, conversation=talk, text="Besok")
    Message.objects.filter(pk=message.pk).update(state=State.DOUBT)
    client.force_login(tini)
    page = reverse("helpdesk_desk:to_settle")
    assert "Kirim lagi" in client.get(page).content.decode()
    retire(sms, django_capture_on_commit_callbacks)
    for address in (page, reverse("helpdesk_desk:conversation", args=[talk.pk])):
        words = client.get(address).content.decode()
        assert ("Kirim lagi" in words, "Anggap terkirim" in words) == (False, True)


def test_a_channel_that_rests_is_not_called_retired(client, hears, sms, tini, django_capture_on_commit_callbacks):
    talk = hears(sms, "Tolong")
    client.force_login(tini)
    pause_channel(actor=CONSOLE, channel=sms, active=False)
    page = client.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert ("sedang dihentikan" in page, "tidak dipakai lagi" in page) == (True, False)

    retire(sms, django_capture_on_commit_callbacks)
    page = client.get(reverse("helpdesk_desk:conversation", args=[talk.pk])).content.decode()
    assert ("sedang dihentikan" in page, "tidak dipakai lagi" in page, "hubungkan ke orang" in page) == (False, True, True)
