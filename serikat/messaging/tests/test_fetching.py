"""Asking a provider: what is stored is acknowledged, what dies in between comes again and is one; a provider that is down says so at the desk."""

from __future__ import annotations

import pytest

from serikat.kernel.jobs.worker import Worker
from serikat.messaging.adapters import Arrived, ChannelDown
from serikat.messaging.models import Message
from serikat.messaging.services.receiving import fetch_news, wake_fetching_channels
from serikat.messaging.tests.conftest import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(sms, monkeypatch):
    """A mailbox of two messages: one is gone once it is acknowledged."""
    waiting = [Arrived("08123456789", "satu", "1"), Arrived("08123456789", "dua", "2")]
    monkeypatch.setattr(Told, "fetches", True)

    def fetch(self, take):
        while waiting:
            take(waiting[:1])
            waiting.pop(0)

    monkeypatch.setattr(Told, "fetch", fetch)
    return waiting


def test_what_waits_at_the_provider_is_fetched_by_a_job(sms, box):
    wake_fetching_channels()
    Worker().work_off()

    assert box == []
    assert [m.text for m in Message.objects.filter(direction="in").order_by("pk")] == ["satu", "dua"]


def test_what_was_stored_and_not_acknowledged_comes_again_and_is_one(sms, box):
    again = list(box)
    fetch_news(channel_id=sms.pk)
    box.extend(again)
    fetch_news(channel_id=sms.pk)

    assert Message.objects.count() == 2


def test_up_to_where_it_was_read_is_kept_with_the_channel(sms, box, monkeypatch):
    begun = []

    def fetch(self, take):
        begun.append(self.mark)
        self.mark = f"sampai {len(begun)}"
        if len(begun) == 2:
            raise ChannelDown("It broke after a batch was stored.")

    monkeypatch.setattr(Told, "fetch", fetch)
    for _time in range(3):
        fetch_news(channel_id=sms.pk)

    assert begun == ["", "sampai 1", "sampai 2"]


def test_a_provider_that_is_down_is_told_at_the_desk_and_mended_by_itself(sms, box, monkeypatch):
    def down(self, take):
        raise ChannelDown("No connection to the mailbox.")

    with monkeypatch.context() as patch:
        patch.setattr(Told, "fetch", down)
        fetch_news(channel_id=sms.pk)
        sms.refresh_from_db()
        assert sms.problem == "No connection to the mailbox."
    fetch_news(channel_id=sms.pk)
    sms.refresh_from_db()

    assert sms.problem == ""
