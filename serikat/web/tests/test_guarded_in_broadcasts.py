"""Who is guarded where they wrote or called, without a person's record, gets nothing that goes to many."""

# ruff: noqa: F811 fixtures are known by their names
from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Call, Conversation, Report
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.tests.conftest import centre, keyed, provider  # noqa: F401
from serikat.outreach.models import AudiencePart, ImportedList, ListEntry, PartKind, Subscription, Topic
from serikat.outreach.selectors.reaching import counts_of, reach_of, subscribers_reached
from serikat.outreach.services import broadcasts
from serikat.outreach.tests.conftest import _no_second_factor, audience, branch, budi, holder, person, rini, write  # noqa: F401

pytestmark = pytest.mark.django_db
NUMBERS = [f"+62811000000{n}" for n in range(1, 8)]


@pytest.fixture
def addresses(db):
    return [find_or_make_address(scheme="number", typed=number) for number in NUMBERS]


@pytest.fixture
def wrote(keyed):
    def conversation(address, **guard):
        now = timezone.now()
        told = {"channel": keyed, "address": address, "unit": keyed.unit, "last_at": now, "began_at": now}
        return Conversation.objects.create(**told, **guard)

    return conversation


@pytest.fixture
def guarded(addresses, wrote, keyed, person):
    """Six of seven: a conversation of high threat, a protected one, a guarded report of one and of a call, a call, a tied conversation; and a careful one."""
    now, unit = timezone.now(), keyed.unit
    wrote(addresses[0], threat_level="high")
    wrote(addresses[1], protections=["trafficking"])
    told = {"unit": unit, "way": "phone", "received_at": now, "threat_level": "high"}
    Report.objects.create(conversation=wrote(addresses[2]), number="L-1", key="0" * 31 + "1", **told)
    report = Report.objects.create(number="L-2", key="0" * 31 + "2", **told)
    called = {"unit": unit, "began_at": now, "rang_at": now, "way": "phone", "direction": "in"}
    Call.objects.create(key="0" * 31 + "3", address=addresses[3], report=report, **called)
    Call.objects.create(key="0" * 31 + "4", address=addresses[4], protections=["child"], **called)
    wrote(addresses[5], person=person(threat_level="high"))
    wrote(addresses[6], threat_level="careful")
    return addresses


@pytest.fixture
def listed(branch, addresses):
    made = ImportedList.objects.create(
        unit=branch, name="Rapat", asked_by="Siti", asked_on=timezone.localdate(), asked_how="lisan"
    )
    ListEntry.objects.bulk_create(ListEntry(imported=made, address=one) for one in addresses)
    return {"kind": PartKind.LIST, "imported": made}


def test_reach_of_an_imported_list_leaves_out_who_is_guarded_without_a_record(guarded, listed, audience, write):
    everybody = audience(listed)
    reach = reach_of(write(everybody))
    assert ([way.index for way in reach.ways], dict(reach.left_out)) == ([guarded[6].index], {"protected": 6})
    assert counts_of(everybody) == {"number": 1, "-protected": 6}


def test_reach_of_a_topic_leaves_out_who_is_guarded_without_a_record(guarded, audience, write, keyed):
    topic = Topic.objects.create(name="Upah", word="upah")
    Subscription.objects.bulk_create(Subscription(address=one, channel=keyed, topic=topic, how="word") for one in guarded)
    news = subscribers_reached(channels=[keyed], topics=[topic.pk])
    for reach in (reach_of(write(audience({"kind": PartKind.TOPIC, "topic": topic}))), news):
        assert ([way.index for way in reach.ways], dict(reach.left_out)) == ([guarded[6].index], {"protected": 6})


def test_the_page_of_a_broadcast_says_how_many_are_left_out_because_they_are_guarded(
    guarded,
    listed,
    audience,
    write,
    rini,
    client,
):
    made = write(audience(listed))
    broadcasts.submit_broadcast(actor=rini, broadcast=made)
    client.force_login(get_user_model().objects.get(pk=rini.user_id))
    page = client.get(reverse("outreach_desk:broadcast", args=[made.pk])).content.decode()
    assert "6 terlindungi" in page


def test_who_was_chosen_by_name_is_reached_though_guarded_where_they_wrote(
    addresses, wrote, person, audience, write, listed
):
    chosen = person(NUMBERS[0], threat_level="high")
    wrote(addresses[0], threat_level="high")  # no record was tied to it
    wrote(addresses[1], threat_level="high", person=chosen)
    wrote(addresses[2], threat_level="high", person=person(threat_level="high"))
    everybody = audience(listed)
    assert reach_of(write(everybody)).left_out["protected"] == 3
    AudiencePart.objects.create(audience=everybody, kind=PartKind.PERSON, person=chosen)
    reach = reach_of(write(everybody))
    assert reach.left_out["protected"] == 1
    assert addresses[0].index in {way.index for way in reach.ways}


@pytest.mark.parametrize("count", [1, 3])
def test_reach_asks_once_who_is_guarded(count, addresses, wrote, listed, audience, write, django_assert_num_queries):
    for address in addresses[:count]:
        wrote(address, threat_level="high")
    broadcast = write(audience(listed))
    with django_assert_num_queries(12):
        assert reach_of(broadcast).left_out["protected"] == count
