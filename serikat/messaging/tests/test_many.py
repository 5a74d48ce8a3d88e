"""One text for many: each address once, not at night, held and let go again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from serikat.kernel.access import SYSTEM
from serikat.kernel.errors import Conflict
from serikat.kernel.jobs import lease_batch
from serikat.messaging import leaving
from serikat.messaging.adapters import Outcome, Sort
from serikat.messaging.models import Direction, Message, Purpose, State
from serikat.messaging.selectors.messages import due
from serikat.messaging.services import sending
from serikat.messaging.services.forgetting import empty_addresses
from serikat.messaging.services.queueing import (
    Receiver,
    cancel_about,
    find_or_make_address,
    hold_about,
    queue_many,
    release_about,
    share_text,
)
from serikat.messaging.services.settling import resend_message
from serikat.messaging.services.stopping import stop_address
from serikat.messaging.tests.conftest import Keyed, Told

pytestmark = pytest.mark.django_db
ABOUT = "outreach.broadcast:1"


@pytest.fixture
def people(centre):
    return [find_or_make_address(scheme="number", typed=f"0812 3456 78{n}") for n in range(10, 15)]


def queue(channel, people, text="Rapat akbar Minggu pagi.", zone=""):
    receivers = [Receiver(address.pk, None, zone) for address in people]
    return queue_many(actor=SYSTEM, channel=channel, receivers=receivers, shared=share_text(text=text), about=ABOUT)


def test_queue_many_twice_reaches_each_once(keyed, people):
    assert queue(keyed, [*people[:3], people[0]]) == 3
    assert queue(keyed, people) == 2  # what a dead worker began is begun again
    assert sorted(Message.objects.values_list("address_id", flat=True)) == [a.pk for a in people]
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            direction=Direction.OUT, channel=keyed, address=people[0], state=State.QUEUED, purpose=Purpose.BROADCAST,
            at=timezone.now(), about=ABOUT,
        )  # fmt: skip


def test_send_channel_leaves_those_asleep_until_their_morning(keyed, people, provider, monkeypatch):
    night = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: night)
    queue(keyed, people[:3], zone="Asia/Jakarta")
    queue(keyed, people[3:])
    assert sending.send_channel(channel_id=keyed.pk) == 2
    waiting = Message.objects.filter(state=State.QUEUED)
    assert set(waiting.values_list("not_before", "tries")) == {(datetime(2026, 11, 23, tzinfo=UTC), 0)}
    monkeypatch.setattr(timezone, "now", lambda: night + timedelta(hours=10))
    assert sending.send_channel(channel_id=keyed.pk) == 3


def test_hold_release_and_cancel_reach_what_waits(keyed, people):
    queue(keyed, people)
    assert (hold_about(about=ABOUT), sending.send_channel(channel_id=keyed.pk)) == (5, 0)
    stop_address(actor=SYSTEM, address=people[0])
    assert release_about(about=ABOUT) == 4
    hold_about(about=ABOUT)
    assert (cancel_about(about=ABOUT), sending.send_channel(channel_id=keyed.pk)) == (4, 0)


def test_each_receiver_gets_their_own_way_out(keyed, people, monkeypatch):
    monkeypatch.setattr(leaving, "_links", [lambda address: f"https://s.example/b/{address.pk}/"])
    queue(keyed, people[:2], text="Rapat. Berhenti: {berhenti}")
    sending.send_channel(channel_id=keyed.pk)
    links = [f"https://s.example/b/{address.pk}/" for address in people[:2]]
    parcels = sending.adapter_of(keyed).taken
    assert [(p.text, p.leave) for p in parcels] == [(f"Rapat. Berhenti: {link}", link) for link in links]


@pytest.mark.parametrize("count", [1, 3])
def test_send_channel_asks_as_often_for_one_as_for_many(keyed, people, count, django_assert_num_queries):
    queue(keyed, people[:count])
    with django_assert_num_queries(28):
        sending.send_channel(channel_id=keyed.pk)


def test_what_a_dead_worker_left_is_taken_back(keyed, people):
    queue(keyed, people)
    lease_batch(due(keyed), size=2, seconds=-1)
    assert (cancel_about(about=ABOUT), sending.send_channel(channel_id=keyed.pk)) == (5, 0)


@pytest.mark.parametrize(("stop", "end"), [(cancel_about, State.CANCELLED), (hold_about, State.HELD)])
def test_what_is_stopped_while_a_provider_answers_later_stays_stopped(keyed, people, monkeypatch, stop, end):
    queue(keyed, people)

    def send(self, parcels):
        stop(about=ABOUT)
        return iter([Outcome(Sort.LATER, problem="busy")] * len(parcels))

    monkeypatch.setattr(Keyed, "send", send)
    sending.send_channel(channel_id=keyed.pk)
    Message.objects.update(not_before=None)
    assert sending.send_channel(channel_id=keyed.pk) == 0
    sending.wake_waiting_channels()
    assert set(Message.objects.values_list("state", flat=True)) == {end}
    if end == State.HELD:
        monkeypatch.undo()
        assert (release_about(about=ABOUT), sending.send_channel(channel_id=keyed.pk)) == (5, 5)


def test_the_rest_of_a_batch_that_is_stopped_does_not_go(sms, people, monkeypatch):
    queue(sms, people)
    real = Told.send

    def send(self, parcels):
        cancel_about(about=ABOUT)
        return real(self, parcels)

    monkeypatch.setattr(Told, "send", send)
    sending.send_channel(channel_id=sms.pk)
    Message.objects.filter(state=State.QUEUED).update(lease_until=timezone.now() - timedelta(seconds=1))
    sending.wake_waiting_channels()
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.CANCELLED] * 4 + [State.SENT]


@pytest.mark.parametrize("state", [State.PARKED, State.DOUBT, State.SENT])
def test_what_was_taken_back_is_not_sent_again(keyed, people, state):
    queue(keyed, people[:1])
    Message.objects.update(state=state)
    cancel_about(about=ABOUT)
    message = Message.objects.get()
    assert (message.state == State.CANCELLED) == (state == State.PARKED)
    Message.objects.filter(state=State.SENT).update(state=State.PARKED)  # the provider gave it up afterwards
    with pytest.raises(Conflict, match="sudah ditarik kembali"):
        resend_message(actor=SYSTEM, message=message)


def test_what_waits_for_somebody_who_is_forgotten_is_taken_back(keyed, people):
    queue(keyed, people[:2])
    empty_addresses(addresses=people[:1])
    assert sending.send_channel(channel_id=keyed.pk) == 1
    assert Message.objects.get(address=people[0]).state == State.CANCELLED
