"""A channel of the demo takes everything, and nothing of it leaves: the provider that its settings name is never called."""

from __future__ import annotations

import pytest
from django.utils import timezone

from serikat.kernel.access import console
from serikat.messaging.adapters import ChannelDown, Forged, Heard
from serikat.messaging.models import Channel, Message, State
from serikat.messaging.selectors.channels import Standing, adapter_of, standing_of
from serikat.messaging.services.channels import add_channel, change_channel, check_channel, try_channel
from serikat.messaging.services.receiving import fetch_news, hear
from serikat.messaging.services.sending import send_channel
from serikat.messaging.tests.test_desk import admin, someone, url  # noqa: F401 who keeps channels

CONSOLE = console("uji")


@pytest.fixture
def rehearsed(centre, standin):
    """A wall with all that a real one has."""
    values = {"base": standin.base("mastodon"), "token": standin.token("mastodon"), "visibility": "public"}
    made = add_channel(actor=CONSOLE, unit=centre, kind="mastodon", name="Mastodon", values=values, a_second=1000)
    Channel.objects.filter(pk=made.pk).update(rehearsed=True)
    made.refresh_from_db()
    return made


def test_what_is_sent_is_noted_as_sent_and_nobody_is_called(rehearsed, standin):
    assert standing_of(rehearsed, timezone.now()) is Standing.WORKS
    message = try_channel(actor=CONSOLE, channel=rehearsed, address="", text="halo")
    assert send_channel(channel_id=rehearsed.pk) == 1
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.SENT, "")
    assert check_channel(actor=CONSOLE, channel=rehearsed).well
    fetch_news(channel_id=rehearsed.pk)
    with pytest.raises(ChannelDown):
        adapter_of(rehearsed).load("880001", 10)
    assert standin.calls == []

    Channel.objects.filter(pk=rehearsed.pk).update(rehearsed=False)  # the same settings, were they meant
    rehearsed.refresh_from_db()
    assert check_channel(actor=CONSOLE, channel=rehearsed).well
    assert len(standin.calls) == 1


def test_it_hears_nobody(rehearsed):
    with pytest.raises(Forged):
        hear(channel=rehearsed, heard=Heard("POST", {}, {}, b"{}"))
    assert Message.objects.count() == 0


def test_new_settings_do_not_make_it_real(rehearsed, standin):
    values = {**rehearsed.settings, "token": "lain"}
    change_channel(actor=CONSOLE, channel=rehearsed, name="Lain", values=values, a_second=1000)
    try_channel(actor=CONSOLE, channel=rehearsed, address="", text="halo")
    assert (send_channel(channel_id=rehearsed.pk), standin.calls) == (1, [])


def test_the_desk_says_so(rehearsed, admin, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    page = admin.get(url("channel", rehearsed.pk)).content.decode()
    assert "tidak keluar ke mana pun" in page
    assert ">peragaan</span>" in admin.get(url("channels")).content.decode()
    Channel.objects.filter(pk=rehearsed.pk).update(kind="whatsapp", scheme="number")
    assert admin.get(url("channel", rehearsed.pk)).context["called_at"] == ""  # nobody has anything to tell it
    Channel.objects.filter(pk=rehearsed.pk).update(rehearsed=False)
    shown = admin.get(url("channel", rehearsed.pk))
    assert ("tidak keluar ke mana pun" in shown.content.decode(), shown.context["called_at"] == "") == (False, False)
