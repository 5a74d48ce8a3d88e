"""Who may not be written to any more gets nothing of what waits already, and nothing by what they agreed to before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from serikat.kernel.access import SYSTEM
from serikat.messaging import guarded
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Message, State
from serikat.messaging.services import sending
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.tests.conftest import Keyed
from serikat.messaging.tests.test_receiving import TEN_WAYS
from serikat.outreach import tasks
from serikat.outreach.models import ImportedList, ListEntry, PartKind, Subscription, Topic
from serikat.outreach.selectors.reaching import reach_of, subscribers_reached
from serikat.outreach.services import running
from serikat.people.formats import phone_of
from serikat.people.models import Person
from serikat.people.services.consents import record_consent, withdraw_consent
from serikat.people.services.persons import protect_person

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22.00 in Jakarta
MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    def now(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    now(NIGHT)
    return now


@pytest.fixture
def queued(audience, write, approve, keyed, clock):
    """A broadcast that waits for the morning."""

    def put(*parts):
        broadcast = approve(write(audience(*parts)))
        running.start_due()
        running.queue_broadcast(broadcast_id=broadcast.pk)
        sending.send_channel(channel_id=keyed.pk)
        assert Keyed.taken == []

    return put


@pytest.fixture
def listed(branch):
    def make(asked_on, *numbers):
        made = ImportedList.objects.create(unit=branch, name="Rapat", asked_by="Siti", asked_on=asked_on, asked_how="lisan")
        for number in numbers:
            ListEntry.objects.create(imported=made, address=find_or_make_address(scheme="number", typed=number))
        return {"kind": PartKind.LIST, "imported": made}

    return make


def reached(clock, keyed):
    clock(MORNING)
    sending.send_channel(channel_id=keyed.pk)
    return sorted(parcel.to for parcel in Keyed.taken)


def test_who_is_hidden_at_night_gets_no_broadcast_in_the_morning(
    person, queued, clock, keyed, django_capture_on_commit_callbacks
):
    one, _two = person("+628110000001"), person("+628110000002")
    queued()
    with django_capture_on_commit_callbacks(execute=True):
        protect_person(actor=SYSTEM, person=one, threat_level="high", alias="Bunga", reason="uji")
    assert reached(clock, keyed) == ["+628110000002"]
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.CANCELLED, State.SENT]


def test_who_takes_a_consent_back_at_night_gets_no_broadcast_in_the_morning(
    person, queued, clock, keyed, django_capture_on_commit_callbacks
):
    one, _two = person("+628110000001"), person("+628110000002")
    queued()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(actor=SYSTEM, consent=one.consents.get())
    assert reached(clock, keyed) == ["+628110000002"]


def test_the_clock_spares_who_is_guarded_without_a_record_and_whose_data_rests(
    person, queued, listed, clock, keyed, monkeypatch
):
    resting = person("+628110000001")
    queued({"kind": PartKind.MEMBERS, "unit": resting.unit}, listed(NIGHT.date(), "08110000008", "08110000009"))
    hidden = find_or_make_address(scheme="number", typed="08110000009")
    monkeypatch.setattr(guarded, "_known", [lambda: [("number", hidden.index, None)]])
    Person.objects.filter(pk=resting.pk).update(restricted_at=NIGHT)
    tasks.spare_the_hidden()
    assert reached(clock, keyed) == ["+628110000008"]


def test_who_was_chosen_by_name_still_gets_it_until_their_data_rests(person, queued, clock, keyed):
    child, other = person("+628110000001", protections=["child"]), person("+628110000002", protections=["child"])
    queued({"kind": PartKind.PERSON, "person": child}, {"kind": PartKind.PERSON, "person": other})
    Person.objects.filter(pk=other.pk).update(restricted_at=NIGHT)
    tasks.spare_the_hidden()
    assert reached(clock, keyed) == ["+628110000001"]


def test_a_consent_taken_back_counts_for_lists_and_topics_too(person, audience, write, listed, keyed, clock):
    one, _two = person("+628110000001"), person("+628110000002")
    topic, address = (
        Topic.objects.create(name="Upah", word="upah"),
        find_or_make_address(scheme="number", typed="08110000001"),
    )
    Subscription.objects.create(address=address, channel=keyed, topic=topic, how="word", began_at=NIGHT - timedelta(days=9))
    withdraw_consent(actor=SYSTEM, consent=one.consents.get())
    both = write(audience(listed(NIGHT.date(), "08110000001", "08110000002"), {"kind": PartKind.TOPIC, "topic": topic}))
    reach = reach_of(both)
    assert (len(reach.ways), reach.left_out["no_consent"]) == (1, 1)
    news = subscribers_reached(channels=[keyed], topics=[topic.pk])
    assert (news.ways, news.left_out["no_consent"]) == ([], 1)


def test_what_they_ask_for_afterwards_counts_again(person, audience, write, listed, keyed, clock):
    one = person("+628110000001")
    withdraw_consent(actor=SYSTEM, consent=one.consents.get())
    address = find_or_make_address(scheme="number", typed="08110000001")
    old, new = Topic.objects.create(name="Upah", word="upah"), Topic.objects.create(name="THR", word="thr")
    for topic, days in ((old, -9), (new, 1)):
        Subscription.objects.create(
            address=address, channel=keyed, topic=topic, how="word", began_at=NIGHT + timedelta(days=days)
        )
    reach = subscribers_reached(channels=[keyed], topics=[old.pk, new.pk])
    assert (len(reach.ways), reach.left_out["no_consent"]) == (1, 0)
    later = write(audience(listed(MORNING.date(), "08110000001")))
    assert len(reach_of(later).ways) == 1
    earlier = write(audience(listed(NIGHT.date(), "08110000001")))
    assert reach_of(earlier).ways == []
    record_consent(actor=SYSTEM, person=one, purpose="contact", given_on=NIGHT.date(), how="paper")
    assert len(reach_of(earlier).ways) == 1


def test_a_number_of_two_is_silent_only_when_neither_agrees(person, audience, write, listed, clock):
    one, two = person("+628110000001"), person("+628110000001")
    ours = write(audience(listed(NIGHT.date(), "08110000001")))
    withdraw_consent(actor=SYSTEM, consent=one.consents.get())
    assert len(reach_of(ours).ways) == 1
    withdraw_consent(actor=SYSTEM, consent=two.consents.get())
    assert reach_of(ours).ways == []


@pytest.mark.parametrize("typed", [*TEN_WAYS, "00852 9123 4567", "+852 9123 4567"])
def test_a_record_and_a_message_read_a_number_alike(typed):
    """Else who is hidden would be so by another number than the one they write from."""
    typed = typed.strip("\u202a\u202c")  # of a chat alone
    assert phone_of(typed) == address_of("number", typed) != ""


def test_of_records_that_were_merged_the_last_word_counts(person, audience, write, clock):
    kept, merged = person("+628110000001"), person("+628110000002")
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    everybody = write(audience({"kind": PartKind.MEMBERS, "unit": kept.unit}))
    assert len(reach_of(everybody).ways) == 1
    clock(NIGHT + timedelta(minutes=1))
    withdraw_consent(actor=SYSTEM, consent=kept.consents.get())
    reach = reach_of(everybody)
    assert (reach.ways, reach.left_out["no_consent"]) == ([], 1)
    clock(NIGHT + timedelta(minutes=2))
    record_consent(actor=SYSTEM, person=merged, purpose="contact", given_on=NIGHT.date(), how="paper")
    assert len(reach_of(everybody).ways) == 1
