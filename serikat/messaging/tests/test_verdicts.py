"""What WhatsApp says of a template holds for all numbers of the account whose template it is, and for no other's."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from serikat.audit.models import Entry
from serikat.kernel.access import console
from serikat.messaging.models import Address, Channel, ChannelTemplate, Message
from serikat.messaging.selectors.channels import templates_of
from serikat.messaging.services.channels import add_channel, check_channel, keep_template, retire_channel
from serikat.messaging.tests.test_adapter_whatsapp import SECRET, message

CONSOLE = console("uji")
OURS, OTHERS = "104996122399160", "777"


@pytest.fixture
def number(centre, standin):
    """A number at the provider, with the template that everybody has."""

    def number(name, phone="555", account="", secret=SECRET):
        values = {"phone_id": phone, "account_id": account, "app_secret": secret, "verify_token": "kata"}
        values |= {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")}
        channel = add_channel(actor=CONSOLE, unit=centre, kind="whatsapp", name=name, values=values)
        keep_template(actor=CONSOLE, channel=channel, name="rapat", language="id", text="Rapat {{1}}.")
        return channel

    return number


def called(client, channel, field, value, account=OURS, secret=SECRET):
    told = {"object": "whatsapp_business_account", "entry": [{"id": account, "changes": [{"field": field, "value": value}]}]}
    body = json.dumps(told)
    mark = "sha256=" + hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    channel.refresh_from_db()
    return client.post(
        f"/sambung/{channel.key}/", body, content_type="application/json", headers={"x-hub-signature-256": mark}
    ).status_code


def judged(client, channel, event, account=OURS, **more):
    value = {"event": event, "message_template_name": "rapat", "message_template_language": "id", "reason": "LOW_QUALITY"}
    return called(client, channel, "message_template_status_update", value, account, **more)


def wrote(client, channel, phone="555", **more):
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": phone}, "messages": [message()]}
    return called(client, channel, "messages", value, **more)


def held():
    rows = ChannelTemplate.objects.exclude(verdict="").order_by("channel__name")
    return list(rows.values_list("channel__name", "verdict", "verdict_reason"))


def test_a_verdict_holds_for_all_numbers_of_the_account(number, client):
    one, two = number("Satu", account=OURS), number("Dua", "556", OURS)
    number("Lain", "557", OTHERS)
    number("Belum tahu", "558")
    gone = number("Pensiun", "559", OURS)
    retire_channel(actor=CONSOLE, channel=gone)
    assert judged(client, one, "PAUSED") == 200
    assert held() == [("Dua", "paused", "LOW_QUALITY"), ("Satu", "paused", "LOW_QUALITY")]
    assert not templates_of(two).exists()
    assert judged(client, two, "UNPAUSED") == 200
    assert held() == []


def test_a_verdict_of_another_account_of_the_same_app_is_not_ours(number, client):
    one = number("Satu", account=OURS)
    number("Lain", "557", OTHERS)
    judged(client, one, "REJECTED", account=OTHERS)
    assert held() == [("Lain", "rejected", "LOW_QUALITY")]


def test_as_long_as_nobody_knows_the_account_the_channel_that_hears_it_keeps_it(number, client):
    one = number("Satu")
    number("Dua", "556")
    judged(client, one, "PAUSED")
    assert held() == [("Satu", "paused", "LOW_QUALITY")]


def test_the_account_is_learned_from_the_first_message(number, client, standin):
    one, two = number("Satu"), number("Dua", "556", account=OTHERS)  # mistyped
    assert (wrote(client, one), wrote(client, two, "556")) == (200, 200)
    assert [channel.settings["account_id"] for channel in Channel.objects.all()] == [OURS, OURS]
    entry = Entry.objects.filter(action="messaging.news.received", values__name="account").latest("pk")
    assert entry.values.get(name="account").value == OURS
    known = Entry.objects.filter(values__name="account").count()
    wrote(client, one)
    assert Entry.objects.filter(values__name="account").count() == known
    judged(client, one, "DISABLED")
    assert [name for name, *_rest in held()] == ["Dua", "Satu"]
    assert check_channel(actor=CONSOLE, channel=one).well
    assert [call.method for call in standin.calls] == ["GET"]  # nothing was sent anywhere


@pytest.mark.parametrize("account", ["", "x" * 30, "1' OR 1", None, {"a": 1}])
def test_what_is_no_account_is_not_learned(number, client, account):
    one = number("Satu")
    number("Dua", "556")
    assert (wrote(client, one, account=account), judged(client, one, "PAUSED", account=account)) == (200, 200)
    assert (Channel.objects.get(pk=one.pk).settings["account_id"], [name for name, *_rest in held()]) == ("", ["Satu"])


def test_a_forged_verdict_reaches_nobody(number, client):
    one = number("Satu", account=OURS)
    assert judged(client, one, "DISABLED", secret="lain") == 403
    assert (held(), Message.objects.count(), Address.objects.count()) == ([], 0, 0)


def test_a_number_that_comes_later_begins_with_what_was_said_to_the_others(number, client):
    one = number("Satu", account=OURS)
    judged(client, one, "PAUSED")
    number("Dua", "556", OURS)
    number("Lain", "557", OTHERS)
    assert [name for name, *_rest in held()] == ["Dua", "Satu"]
    two = Channel.objects.get(name="Dua")
    keep_template(actor=CONSOLE, channel=two, name="rapat", language="id", text="Rapat {{1}}.")  # said to be approved again
    assert [name for name, *_rest in held()] == ["Satu"]
