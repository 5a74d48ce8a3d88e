"""Notices in a browser: turned on without a name, of public articles alone, changed, turned off, and ended when the browser has gone."""

from __future__ import annotations

import json

import pytest
from django.core import signing

from serikat.kernel.access import SYSTEM
from serikat.messaging.adapters.webpush import new_key, public_key
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Address, Channel, Message, Purpose
from serikat.messaging.selectors.channels import values_of
from serikat.messaging.services.channels import add_channel, change_channel
from serikat.messaging.services.queueing import queue_message
from serikat.messaging.services.sending import send_channel
from serikat.messaging.tests.conftest import CONSOLE
from serikat.messaging.tests.test_adapter_webpush import PUBLIC, subscription
from serikat.outreach.models import Subscription, Topic
from serikat.outreach.selectors import broadcasts as broadcast_reads
from serikat.outreach.services import broadcasts

pytestmark = pytest.mark.django_db
HERE = "/langganan/pemberitahuan/"


@pytest.fixture
def push(centre, standin):
    values = {"contact": "mailto:a@b.example", "services": standin.root, "ttl": "60"}
    return add_channel(actor=CONSOLE, unit=centre, kind="webpush", name="Peramban", values=values, a_second=1000)


@pytest.fixture
def form(db, monkeypatch):
    old = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(signing.b62_decode(old(signer)) - 60)
    )
    topic = Topic.objects.create(name="Upah", word="upah")
    return {"topics": [topic.pk], "since": signing.TimestampSigner(salt="outreach.browser").sign("x")}


def wanted():
    return [one.topic.word for one in Subscription.objects.filter(ended_at=None).select_related("topic").order_by("topic")]


def test_the_channels_key_is_made_when_none_is_given_and_stays(push):
    key = values_of(push)["private_key"]
    assert len(public_key(key)) == 87
    values = {"contact": "mailto:c@d.example", "services": "a.example", "ttl": "60"}
    change_channel(actor=CONSOLE, channel=push, name="Peramban", values=values)
    assert values_of(Channel.objects.get())["private_key"] == key
    mine = new_key()
    change_channel(actor=CONSOLE, channel=push, name="Peramban", values={**values, "private_key": mine})
    assert values_of(Channel.objects.get())["private_key"] == mine


def test_without_a_channel_the_page_leads_to_what_there_is(client, centre):
    assert client.get(HERE).headers["Location"] == "/langganan/"
    assert HERE not in client.get("/langganan/").content.decode()


def test_turned_on_changed_and_turned_off(client, push, form, standin):
    page = client.get(HERE).content.decode()
    assert f'data-notices="{public_key(values_of(push)["private_key"])}"' in page
    assert HERE in client.get("/langganan/").content.decode()
    told = subscription(standin, expirationTime=None)
    assert client.post(HERE, {**form, "subscription": told}).status_code == 200
    assert (wanted(), Address.objects.get().scheme) == (["upah"], "push")
    second = Topic.objects.create(name="Hakim", word="hakim")
    client.post(HERE, {**form, "topics": [second.pk], "subscription": subscription(standin)})  # the browser tells less now
    assert (wanted(), Address.objects.count()) == (["hakim"], 1)
    assert "mati" in client.post(HERE, {"mati": "1", "subscription": told}).content.decode()
    assert (wanted(), Address.objects.get().stopped_at) == ([], None)
    client.post(HERE, {**form, "subscription": told})
    assert wanted() == ["upah"]


@pytest.mark.parametrize(
    "typed",
    ["", "x", "{}", "[1]", json.dumps({"endpoint": "https://jahat.example/x", "keys": {"p256dh": PUBLIC, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}),
     "9" * 5000, json.dumps({"endpoint": "https://fcm.googleapis.com/x", "keys": 7})],
)  # fmt: skip
def test_what_is_no_browser_of_ours_is_refused(client, push, form, typed):
    answer = client.post(HERE, {**form, "subscription": typed})
    assert (answer.status_code, Subscription.objects.count()) == (422, 0)
    assert client.post(HERE, {"mati": "1", "subscription": typed}).status_code == 200


def test_nothing_chosen_and_a_machine(client, push, form, standin):
    told = subscription(standin)
    assert client.post(HERE, {**form, "topics": [], "subscription": told}).status_code == 422
    assert client.post(HERE, {**form, "subscription": told, "website": "x"}).status_code == 422
    assert Subscription.objects.count() == 0


def test_an_address_of_a_browser_is_where_and_with_which_keys(standin):
    one, other = subscription(standin, expirationTime=None), subscription(standin, expirationTime=17)
    assert address_of("push", one) == address_of("push", other) != ""
    assert [address_of("push", bad) for bad in ("", "7", "{}", "[" * 1500)] == [""] * 4


def test_a_browser_that_has_gone_is_told_no_more(client, push, form, standin, django_capture_on_commit_callbacks):
    standin.unknown.add("pergi")
    for path in ("/pergi", "/ada"):
        client.post(HERE, {**form, "subscription": subscription(standin, path=path)})
    with django_capture_on_commit_callbacks(execute=True):
        for address in Address.objects.all():
            queue_message(actor=SYSTEM, channel=push, address=address, text="Teras", subject="Judul", purpose=Purpose.NOTICE)
        send_channel(channel_id=push.pk)
    assert sorted(Message.objects.values_list("state", flat=True)) == ["refused", "sent"]
    assert wanted() == ["upah"]


def test_a_broadcast_never_stands_on_a_locked_screen(push, rini, branch, audience):
    assert push not in broadcast_reads.channels_to_choose(push.unit)
    made = broadcasts.begin_broadcast(actor=rini, unit=branch, title="Rapat", audiences=[audience()])
    with pytest.raises(broadcasts.NoSuchChannel):
        broadcasts.keep_variant(actor=rini, broadcast=made, channel=push, text="Rapat rahasia")
