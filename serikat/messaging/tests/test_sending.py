"""From the queue to the provider: once, at its rate, and in doubt when nobody can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from serikat.kernel import events
from serikat.kernel.access import SYSTEM, actor_of
from serikat.kernel.errors import Refused
from serikat.kernel.models import Job
from serikat.messaging.adapters import Delivery, Outcome, Report, Sort
from serikat.messaging.events import MessagesSettled
from serikat.messaging.models import Channel, EarlyReport, Message, Purpose, State
from serikat.messaging.services import channels, sending, settling, stopping
from serikat.messaging.services.queueing import (
    TooLong,
    WindowClosed,
    cancel_about,
    find_or_make_address,
    queue_many,
    queue_message,
    queue_reply,
    share_text,
)
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.tests.conftest import CONSOLE, Keyed, Letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(sms):
    return find_or_make_address(scheme="number", typed="0812 3456 789")


@pytest.fixture
def say(somebody):
    def queue(channel, text, purpose=Purpose.NOTICE, **more):
        return queue_message(actor=SYSTEM, channel=channel, address=somebody, text=text, purpose=purpose, **more)

    return queue


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_messages_go_out_once_the_urgent_first(sms, say, provider, arrives):
    (came,) = arrives(sms, "halo")
    later, now = say(sms, "kabar"), say(sms, "jawaban", Purpose.REPLY, answers=came)

    assert sending.send_channel(channel_id=sms.pk) == 2
    assert sending.send_channel(channel_id=sms.pk) == 0
    assert [(p.to, p.text, p.answers) for p in provider.taken] == [
        ("+628123456789", "jawaban", came.provider_id),
        ("+628123456789", "kabar", ""),
    ]
    assert (state_of(now), state_of(later)) == (State.SENT, State.SENT)
    assert now.provider_id == "id-1"
    assert (later.parts, later.cost) == (1, 350)


def test_a_letter_says_whether_a_person_wrote_it(letters, arrives, django_user_model):
    """By RFC 3834's words, so that no program answers our programs."""
    sari = actor_of(django_user_model.objects.create(username="sari"))
    (came,) = arrives(letters, "halo", sender="siti@contoh.example")
    told = {"channel": letters, "address": came.address}
    queue_message(actor=sari, text="a person's", purpose=Purpose.REPLY, answers=came, **told)
    queue_reply(actor=SYSTEM, text="an answer", answers=came)
    queue_message(actor=SYSTEM, text="a notice", purpose=Purpose.NOTICE, **told)
    shared = share_text(text="to many")
    queue_many(actor=SYSTEM, channel=letters, receivers=[(came.address_id, None)], shared=shared, about="uji:1")
    while sending.send_channel(channel_id=letters.pk):
        pass
    assert {p.text: p.written for p in Letters.taken} == {
        "a person's": "no",
        "an answer": "auto-replied",
        "a notice": "auto-generated",
        "to many": "auto-generated",
    }


def test_a_refused_number_is_told_and_the_rest_goes_on(sms, say, provider):
    provider.plan[:] = [Outcome(Sort.REFUSED, problem="No such number."), Outcome(Sort.SENT)]
    bad, good = say(sms, "satu"), say(sms, "dua")
    sending.send_channel(channel_id=sms.pk)

    assert (state_of(bad), bad.problem, state_of(good)) == (State.REFUSED, "No such number.", State.SENT)


def test_a_slow_provider_is_tried_again_with_a_pause_then_parked(sms, say, provider):
    provider.plan[:] = [Outcome(Sort.LATER, problem="503") for _ in range(sending.MOST_TRIES)]
    message = say(sms, "satu")
    for _ in range(sending.MOST_TRIES):
        assert state_of(message) == State.QUEUED
        Message.objects.update(not_before=None)
        sending.send_channel(channel_id=sms.pk)

    assert (state_of(message), message.problem) == (State.PARKED, "503")


def test_a_pause_that_the_provider_asks_for_is_kept(sms, say, provider):
    provider.plan[:] = [Outcome(Sort.LATER, again_after=3600)]
    message = say(sms, "satu")
    sending.send_channel(channel_id=sms.pk)
    assert sending.send_channel(channel_id=sms.pk) == 0

    assert state_of(message) == State.QUEUED
    assert timedelta(minutes=55) < message.not_before - timezone.now() <= timedelta(hours=1)


def test_a_channel_that_is_refused_rests_and_nobody_loses_a_try(sms, say, provider):
    provider.plan[:] = [Outcome(Sort.OFF, problem="Wrong password.")]
    one, two = say(sms, "satu"), say(sms, "dua")
    sending.send_channel(channel_id=sms.pk)
    sms.refresh_from_db()

    assert (state_of(one), one.tries, state_of(two), two.tries) == (State.QUEUED, 0, State.QUEUED, 0)
    assert sms.problem == "Wrong password."
    assert sending.send_channel(channel_id=sms.pk) == 0
    Channel.objects.update(rests_until=None)
    assert sending.send_channel(channel_id=sms.pk) == 2


def test_a_worker_that_dies_leaves_a_doubt_and_nothing_is_sent_twice(sms, say, provider):
    provider.plan[:] = [Outcome(Sort.SENT), KeyboardInterrupt()]
    provider.plan[1] = RuntimeError("the machine went away")
    sent, doubtful, untouched = say(sms, "satu"), say(sms, "dua"), say(sms, "tiga")
    with pytest.raises(RuntimeError):
        sending.send_channel(channel_id=sms.pk)
    assert sending.send_channel(channel_id=sms.pk) == 0  # the leases hold
    Message.objects.filter(state=State.QUEUED).update(lease_until=timezone.now() - timedelta(seconds=1))
    sending.send_channel(channel_id=sms.pk)

    assert [state_of(m) for m in (sent, doubtful, untouched)] == [State.SENT, State.DOUBT, State.SENT]
    assert [p.text for p in provider.taken] == ["satu", "tiga"]


def test_a_provider_that_knows_our_keys_gets_it_again_under_the_same_key(keyed, say, provider):
    Keyed.plan[:] = [Outcome(Sort.DOUBT, problem="The connection broke.")]
    message = say(keyed, "satu")
    sending.send_channel(channel_id=keyed.pk)
    assert state_of(message) == State.QUEUED
    Message.objects.update(not_before=None)
    sending.send_channel(channel_id=keyed.pk)

    assert state_of(message) == State.SENT
    assert [p.key for p in Keyed.taken] == [str(message.key), str(message.key)]


def test_a_person_decides_about_a_doubt(sms, say):
    again, fine, gone = say(sms, "satu"), say(sms, "dua"), say(sms, "tiga")
    Message.objects.update(state=State.DOUBT)
    settling.resend_message(actor=CONSOLE, message=again)
    settling.count_as_sent(actor=CONSOLE, message=fine)
    settling.drop_message(actor=CONSOLE, message=gone)

    assert [state_of(m) for m in (again, fine, gone)] == [State.QUEUED, State.SENT, State.CANCELLED]
    with pytest.raises(settling.SettledMeanwhile):
        settling.count_as_sent(actor=CONSOLE, message=fine)


def test_what_the_provider_could_not_deliver_goes_once_more_under_a_new_key(keyed, say, provider):
    """Under the old one a provider that knows our keys says that it has it, and nothing leaves."""
    asked = say(keyed, "kabar")
    sending.send_channel(channel_id=keyed.pk)
    asked.refresh_from_db()
    failed = Delivery(Report.FAILED, provider_id=asked.provider_id, problem="The modem could not send it.")
    receive_news(actor=SYSTEM, channel=keyed, news=[failed])
    assert state_of(asked) == State.PARKED

    settling.resend_message(actor=CONSOLE, message=asked)
    sending.send_channel(channel_id=keyed.pk)

    first, again = Keyed.taken
    assert (state_of(asked), first.text, again.text) == (State.SENT, "kabar", "kabar")
    assert first.key != again.key
    receive_news(actor=SYSTEM, channel=keyed, news=[failed])  # told once more, of the first
    assert state_of(asked) == State.SENT


@pytest.mark.parametrize("kind", ["sms", "keyed"])
def test_a_refusal_that_comes_before_our_own_note_counts(request, kind, sms, say, provider, monkeypatch):
    """The SMS centre may be quicker than the gate that told us it took the message."""
    channel, sends = request.getfixturevalue(kind), provider.send
    asked = say(channel, "kabar")

    def refused_at_once(self, parcels):
        for parcel, outcome in zip(parcels, sends(self, parcels), strict=True):
            refusal = Delivery(Report.REFUSED, key=parcel.key, problem="The SMS centre refused it.")
            receive_news(actor=SYSTEM, channel=channel, news=[refusal])
            yield outcome

    monkeypatch.setattr(provider, "send", refused_at_once)
    sending.send_channel(channel_id=channel.pk)
    assert (state_of(asked), asked.problem) == (State.REFUSED, "The SMS centre refused it.")


@pytest.mark.parametrize("kind", ["sms", "keyed"])
def test_a_refusal_by_the_providers_id_that_comes_before_our_own_note_counts(request, kind, sms, say, provider, monkeypatch):
    """Nobody knows the id yet: the whole batch is noted after its last message."""
    channel, sends = request.getfixturevalue(kind), provider.send
    asked, other = say(channel, "kabar"), say(channel, "kabar lain")

    def told_at_once(self, parcels):
        for outcome in sends(self, parcels):
            said = Delivery(Report.DELIVERED, provider_id=outcome.provider_id, cost=200)
            if outcome.provider_id == "id-1":
                said = Delivery(Report.REFUSED, provider_id="id-1", problem="The SMS centre refused it.")
            receive_news(actor=SYSTEM, channel=channel, news=[said])
            yield outcome

    monkeypatch.setattr(provider, "send", told_at_once)
    sending.send_channel(channel_id=channel.pk)
    sending.wake_waiting_channels()
    assert (state_of(asked), asked.problem) == (State.REFUSED, "The SMS centre refused it.")
    assert (state_of(other), other.cost) == (State.DELIVERED, 200)
    assert not EarlyReport.objects.exists()


def test_a_report_on_what_nobody_sent_is_kept_for_minutes_alone(sms, keyed, say, provider):
    asked = say(sms, "kabar")
    sending.send_channel(channel_id=sms.pk)
    told = [Delivery(Report.REFUSED, provider_id=named) for named in ("id-1", "of-others")]
    receive_news(actor=SYSTEM, channel=keyed, news=told)
    sending.wake_waiting_channels()
    assert (state_of(asked), EarlyReport.objects.count()) == (State.SENT, 2), "another channel's ids are its own"
    EarlyReport.objects.update(came_at=timezone.now() - timedelta(minutes=6))
    sending.wake_waiting_channels()
    assert not EarlyReport.objects.exists()


def test_what_a_person_decides_is_told_to_whom_it_belongs(sms, say, django_capture_on_commit_callbacks, monkeypatch):
    heard = []
    monkeypatch.setitem(events._receivers, MessagesSettled, [heard.append])
    messages = [say(sms, words) for words in ("satu", "dua", "tiga", "empat")]
    Message.objects.update(state=State.DOUBT, about="uji:1")
    Message.objects.filter(pk=messages[2].pk).update(state=State.HAND)
    Message.objects.filter(pk=messages[3].pk).update(about="")
    with django_capture_on_commit_callbacks(execute=True):
        settling.count_as_sent(actor=CONSOLE, message=messages[0])
        settling.drop_message(actor=CONSOLE, message=messages[1])
        settling.note_sent_by_hand(actor=CONSOLE, message=messages[2])
        settling.count_as_sent(actor=CONSOLE, message=messages[3])
    assert heard == [MessagesSettled("uji:1", (message.pk,)) for message in messages[:3]]


def test_who_has_stopped_gets_nothing_but_answers(sms, say, somebody, arrives, provider):
    waiting = say(sms, "siaran", Purpose.BROADCAST)
    stopping.stop_address(actor=CONSOLE, address=somebody)
    assert state_of(waiting) == State.STOPPED
    with pytest.raises(Refused, match="tidak dikirimi lagi"):
        say(sms, "siaran", Purpose.BROADCAST)
    with pytest.raises(Refused):
        say(sms, "jawaban", Purpose.REPLY)  # nothing was asked
    (came,) = arrives(sms, "halo")
    say(sms, "jawaban", Purpose.REPLY, answers=came)
    sending.send_channel(channel_id=sms.pk)

    assert [p.text for p in provider.taken] == ["jawaban"]


def test_who_stops_between_queue_and_sending_is_left_out(sms, say, somebody, provider):
    message = say(sms, "siaran", Purpose.BROADCAST)
    type(somebody).objects.update(stopped_at=timezone.now())  # as another process would, after this one looked
    sending.send_channel(channel_id=sms.pk)

    assert state_of(message) == State.STOPPED
    assert provider.taken == []


@pytest.mark.parametrize("kind", ["sms", "keyed"])
def test_who_stops_while_a_batch_is_on_its_way_is_left_out(request, kind, sms, provider, monkeypatch):
    """A batch waits for its slot, and a slow provider takes its time over each."""
    channel = request.getfixturevalue(kind)
    numbers = [find_or_make_address(scheme="number", typed=f"0812345678{n}") for n in range(3)]
    about = "outreach.broadcast:1"
    shared = share_text(text="Kabar")
    queue_many(actor=SYSTEM, channel=channel, receivers=[(one.pk, None) for one in numbers], shared=shared, about=about)
    slot, sends = sending._book_slot, provider.send

    def stops_first(*args):
        stopping.stop_address(actor=CONSOLE, address=numbers[0])
        return slot(*args)

    def stops_last(self, parcels):
        if not self.repeats:
            stopping.stop_address(actor=CONSOLE, address=numbers[2])
        yield from sends(self, parcels)

    monkeypatch.setattr(sending, "_book_slot", stops_first)
    monkeypatch.setattr(provider, "send", stops_last)
    sending.send_channel(channel_id=channel.pk)

    states = [Message.objects.get(address=one).state for one in numbers]
    assert states == [State.STOPPED, State.SENT, State.STOPPED if kind == "sms" else State.SENT]


def test_one_text_for_many_is_written_once(sms, provider):
    people = [find_or_make_address(scheme="number", typed=f"0812000{n:05}") for n in range(120)]
    stopping.stop_address(actor=CONSOLE, address=people[0])
    shared = share_text(text="Rapat Sabtu jam 9")
    queued = queue_many(
        actor=SYSTEM, channel=sms, receivers=((p.pk, None) for p in people), shared=shared, about="outreach.broadcast:1"
    )
    sending.send_channel(channel_id=sms.pk)

    assert queued == 119
    assert {p.text for p in provider.taken} == {"Rapat Sabtu jam 9"}
    assert len({p.to for p in provider.taken}) == 119


def test_what_waits_of_a_thing_is_taken_back_at_once(sms, provider):
    people = [find_or_make_address(scheme="number", typed=f"0812000{n:05}") for n in range(3)]
    queue_many(
        actor=SYSTEM,
        channel=sms,
        receivers=((p.pk, None) for p in people),
        shared=share_text(text="x"),
        about="outreach.broadcast:1",
    )

    assert cancel_about(about="outreach.broadcast:1") == 3
    assert sending.send_channel(channel_id=sms.pk) == 0


def test_what_is_too_late_is_not_sent(sms, say, provider):
    message = say(sms, "besok rapat", expires_at=timezone.now() - timedelta(seconds=1))
    sending.send_channel(channel_id=sms.pk)

    assert state_of(message) == State.EXPIRED
    assert provider.taken == []


@pytest.mark.parametrize(("text", "message"), [("", "kosong"), ("a" * 1001, "1001 dari 1000")])
def test_what_the_channel_cannot_carry_is_refused_before_anybody_waits(sms, say, text, message):
    with pytest.raises(Refused, match=message):
        say(sms, text)


def test_the_rate_of_a_channel_is_kept_by_all_its_workers(sms, say, monkeypatch):
    Channel.objects.update(a_second=10)
    naps = []
    monkeypatch.setattr(sending.time, "sleep", naps.append)
    for number in range(60):
        say(sms, str(number))
    began = timezone.now()
    sending.send_channel(channel_id=sms.pk)

    assert len(naps) == 3  # 60 messages in batches of two seconds each
    assert (naps[0], naps[1] <= 2, naps[2] <= 4) == (0, True, True)
    assert timedelta(seconds=6) <= Channel.objects.get(pk=sms.pk).next_slot - began < timedelta(seconds=20)


def test_a_slow_channel_holds_up_no_worker(sms, say, monkeypatch):
    Channel.objects.update(a_second=0.05)
    naps = []
    monkeypatch.setattr(sending.time, "sleep", naps.append)
    for number in range(3):
        say(sms, str(number))
    Job.objects.all().delete()
    assert sending.send_channel(channel_id=sms.pk) == 1
    slot = Channel.objects.get(pk=sms.pk).next_slot
    left = Message.objects.filter(state=State.QUEUED)
    assert (naps, list(left.values_list("tries", "lease", "lease_until"))) == ([0.0], [(0, None, None)] * 2)
    assert DBTaskResult.objects.get(job__name="messaging.send_channel").run_after == slot


def test_secrets_are_sealed_and_an_empty_one_stays(sms):
    assert "benar" not in Channel.objects.filter(pk=sms.pk).values_list("settings", flat=True)[0].values()
    channels.change_channel(actor=CONSOLE, channel=sms, name="SMS 2", values={"folder": "y", "password": ""})

    assert sms.settings == {"folder": "y"}
    assert channels.check_channel(actor=CONSOLE, channel=sms).well
    channels.change_channel(actor=CONSOLE, channel=sms, name="SMS 2", values={"folder": "y", "password": "salah"})
    assert not channels.check_channel(actor=CONSOLE, channel=sms).well
    assert sms.problem == "asked"


def test_a_retired_channel_keeps_its_history_and_names_its_successor(sms, keyed, say, somebody):
    say(sms, "lama")
    with pytest.raises(channels.StillWaiting):
        channels.retire_channel(actor=CONSOLE, channel=sms)
    sending.send_channel(channel_id=sms.pk)
    channels.retire_channel(actor=CONSOLE, channel=sms, replaced_by=keyed, farewell="Tutup 2019")

    assert (sms.replaced_by, sms.farewell, sms.secrets) == (keyed, "Tutup 2019", "")
    assert Message.objects.filter(channel=sms).count() == 1
    with pytest.raises(Refused, match="Saluran ini tidak dipakai lagi"):
        say(sms, "baru")


# What it costs


LONG = "Upah lembur dibayar paling lambat tanggal lima. " * 8  # three parts of SMS


@pytest.fixture
def priced(centre):
    def priced(kind, price):
        scheme = "telegram" if kind == "telegram" else "number"
        return Channel.objects.create(unit=centre, kind=kind, scheme=scheme, name=kind, key=f"{kind}{price}", price=price)

    return priced


@pytest.mark.parametrize(
    ("kind", "price", "parts", "cost"),
    [
        ("told", 350, 3, 1050),
        ("hand", 350, 3, 1050),
        ("hand", 0, 1, 0),
        ("telegram", 100, 1, 100),
        ("whatsapp", 500, 1, 500),
    ],
)
def test_parts_and_their_price_belong_to_sms(priced, somebody, sms, kind, price, parts, cost):
    channel = priced(kind, price)
    template = {"name": "kabar", "language": "id", "values": []} if kind == "whatsapp" else None
    told = {"channel": channel, "purpose": Purpose.NOTICE}
    one = queue_message(actor=SYSTEM, address=somebody, text=LONG, template=template, **told)
    shared = share_text(text=LONG, template=template)
    queue_many(actor=SYSTEM, receivers=[(somebody.pk, None)], shared=shared, about="uji:1", **told)
    assert {(m.parts, m.cost) for m in (one, Message.objects.get(shared=shared))} == {(parts, cost)}


def test_what_kannel_would_cut_is_refused_before_anybody_waits_for_it(priced, somebody):
    told = {"actor": SYSTEM, "channel": priced("kannel", 350), "address": somebody, "purpose": Purpose.NOTICE}
    assert queue_message(text="a" * 1530, **told).parts == 10
    with pytest.raises(TooLong, match="14 SMS, paling banyak 10"):
        queue_message(text="😀" + "a" * 900, **told)


def test_the_hours_of_a_provider_count_from_when_they_wrote_not_from_when_it_reached_us(keyed, arrives, monkeypatch):
    """As after an outage: Meta counts from its own clock."""
    monkeypatch.setattr(Keyed, "limits", replace(Keyed.limits, window_hours=24))
    (heard,) = arrives(keyed, "halo")

    def answer():
        return queue_message(actor=SYSTEM, channel=keyed, address=heard.address, text="Ya", purpose=Purpose.REPLY)

    assert answer().state == State.QUEUED
    Message.objects.filter(pk=heard.pk).update(written_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(WindowClosed):
        answer()
    Message.objects.filter(pk=heard.pk).update(written_at=timezone.now() + timedelta(hours=3))  # a clock that runs ahead
    assert answer().state == State.QUEUED
