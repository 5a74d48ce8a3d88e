"""A provider that cannot be reached for a while: everything waits for it, and nothing is given up that was never handed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.kernel.access import SYSTEM
from serikat.messaging.adapters import Outcome, Sort
from serikat.messaging.addresses import index_of
from serikat.messaging.models import Address, Channel, Message, Purpose, State
from serikat.messaging.selectors.channels import Standing, standing_of
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.queueing import queue_message
from serikat.messaging.tests.conftest import CONSOLE
from tests.parts.programs import free_port

pytestmark = pytest.mark.django_db
TO = {"kannel": "+628123456789", "mail": "siti@contoh.id", "telegram": "42", "http": "+628123456789"}


@pytest.fixture
def clock(monkeypatch):
    began = timezone.now()

    def at(minutes):
        monkeypatch.setattr(timezone, "now", lambda: began + timedelta(minutes=minutes))

    return at


@pytest.fixture(params=list(TO))
def unreachable(request, centre):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    values = {
        "kannel": {"base": base, "username": "u", "password": "p", "secret": "s"},
        "mail": {"address": "a@b.id", "smtp_host": "127.0.0.1", "smtp_port": str(port), "smtp_safety": "none"},
        "telegram": {"base": base, "token": "1:abcdefghijkl", "ways": "ask"},
        "http": {"base": base, "token": "t"},
    }[request.param]
    return add_channel(actor=CONSOLE, unit=centre, kind=request.param, name="x", values=values, a_second=1000)


@pytest.fixture
def three(unreachable):
    value = TO[unreachable.kind]
    to = Address.objects.create(scheme=unreachable.scheme, index=index_of(unreachable.scheme, value), value=value)
    return [
        queue_message(actor=SYSTEM, channel=unreachable, address=to, text="x", purpose=Purpose.NOTICE) for _n in range(3)
    ]


def states():
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_an_hour_without_a_provider_gives_up_nothing(unreachable, three, clock):
    """Thousands that wait for an evening's line must not want a person each."""
    for minute in range(0, 61, 2):
        clock(minute)
        sending.send_channel(channel_id=unreachable.pk)
    unreachable.refresh_from_db()
    assert states() == [State.QUEUED] * 3
    assert unreachable.problem.startswith("No connection")
    assert standing_of(unreachable, timezone.now()) == Standing.RESTS  # the desk sees it


def test_after_a_day_without_a_provider_a_person_sees_each(unreachable, three, clock):
    for minute in range(24 * 60 + 1, 34 * 60, 10):
        clock(minute)
        sending.send_channel(channel_id=unreachable.pk)
    assert states() == [State.PARKED] * 3


@pytest.mark.parametrize("kind", ["sms", "keyed"])
def test_a_provider_that_wants_a_pause_gets_it_for_all_and_nobody_loses_a_try(request, kind, provider, clock):
    channel = request.getfixturevalue(kind)
    type(sending.adapter_of(channel)).plan[:] = [Outcome(Sort.LATER, problem="Too many.", again_after=120, rests=True)] * 2
    to = Address.objects.create(scheme="number", index="x", value=TO["kannel"])
    for _n in range(2):
        queue_message(actor=SYSTEM, channel=channel, address=to, text="x", purpose=Purpose.NOTICE)
    clock(0)
    sending.send_channel(channel_id=channel.pk)
    assert list(Message.objects.values_list("state", "tries", "not_before")) == [(State.QUEUED, 0, None)] * 2
    clock(1)
    assert sending.send_channel(channel_id=channel.pk) == 0
    clock(3)
    type(sending.adapter_of(channel)).plan.clear()
    sending.send_channel(channel_id=channel.pk)
    channel.refresh_from_db()
    assert (states(), channel.problem) == ([State.SENT] * 2, "")


def test_a_slot_that_a_wrong_clock_booked_holds_up_nobody(sms):
    """A small computer without a battery begins in another year until the network tells it the time."""
    Channel.objects.update(next_slot=timezone.now() + timedelta(days=400), a_second=10)
    to = Address.objects.create(scheme="number", index="x", value=TO["kannel"])
    queue_message(actor=SYSTEM, channel=sms, address=to, text="x", purpose=Purpose.NOTICE)
    assert sending.send_channel(channel_id=sms.pk) == 1


def test_a_slot_of_a_slow_channel_is_waited_for(sms):
    Channel.objects.update(next_slot=timezone.now() + timedelta(seconds=45), a_second=0.02)
    to = Address.objects.create(scheme="number", index="x", value=TO["kannel"])
    queue_message(actor=SYSTEM, channel=sms, address=to, text="x", purpose=Purpose.NOTICE)
    assert sending.send_channel(channel_id=sms.pk) == 0
