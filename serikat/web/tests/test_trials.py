"""A test message to oneself, on a channel and of a broadcast: to the account's number or mail, and in a chat to one's own conversation; else the page
says what stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from django.urls import reverse

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services.conversations import tie_person
from serikat.kernel.access import SYSTEM, Role, console
from serikat.messaging.adapters import Arrived
from serikat.messaging.models import Message, Purpose
from serikat.messaging.selectors.trials import NO_CHAT, NOT_IN_ACCOUNT, STOPPED, WRITE_FIRST, trials_on
from serikat.messaging.services.channels import add_channel, keep_template
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.services.sending import send_channel
from serikat.messaging.services.stopping import stop_address
from serikat.outreach.models import Audience
from serikat.outreach.services import broadcasts
from serikat.people.tests.factories import make_actor, make_person
from serikat.units.services import found_root_unit

CONSOLE = console("uji")
CHAT = "700100200"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def centre(db):
    return found_root_unit(actor=CONSOLE, name="Pusat", code="pusat")


@pytest.fixture
def rini(centre):
    return make_actor(Role.SECRETARY, Role.ADMINISTRATOR, Role.OPERATOR, unit=centre)


@pytest.fixture
def desk(client, rini):
    client.force_login(get_user_model().objects.get(pk=rini.user_id))
    return client


@pytest.fixture
def telegram(centre, standin):
    values = {"token": standin.token("telegram"), "base": standin.base("telegram"), "ways": "ask"}
    return add_channel(actor=CONSOLE, unit=centre, kind="telegram", name="Bot kabar", values=values, a_second=1000)


@pytest.fixture
def whatsapp(centre, standin):
    values = {"phone_id": "555", "app_secret": "rahasia", "verify_token": "kata"}
    values |= {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")}
    return add_channel(actor=CONSOLE, unit=centre, kind="whatsapp", name="WhatsApp kabar", values=values, a_second=1000)


def writes(channel, sender):
    receive_news(actor=SYSTEM, channel=channel, news=[Arrived(sender, "Halo, ini saya", f"{sender}:1")])
    route_arrived()
    return Conversation.objects.get(channel=channel, address__index=Message.objects.latest("pk").address.index)


def tie(channel, sender, person):
    tie_person(actor=CONSOLE, conversation=writes(channel, sender), person=person)


def own_person(rini, centre):
    return make_person(centre, user=get_user_model().objects.get(pk=rini.user_id))


def a_broadcast(rini, centre, channel, **said):
    made = broadcasts.begin_broadcast(
        actor=rini, unit=centre, title="Rapat", audiences=[Audience.objects.create(unit=centre, name="Semua")]
    )
    broadcasts.keep_variant(actor=rini, broadcast=made, channel=channel, **{"text": "Rapat Minggu.", **said})
    return made, reverse("outreach_desk:broadcast", args=[made.pk])


def uji(channel, broadcast):
    return reverse("outreach_desk:try_it", args=[broadcast.pk, channel.pk])


def test_in_a_chat_the_test_goes_to_ones_own_conversation(rini, centre, telegram, desk, standin):
    made, page = a_broadcast(rini, centre, telegram)
    tie(telegram, "555666777", make_person(centre, "Orang Lain"))
    answer = desk.get(page).content.decode()
    assert str(NO_CHAT) in answer
    assert 'name="uji-address"' not in answer
    refused = desk.post(uji(telegram, made), {"uji-address": "555666777"})
    assert (refused.status_code, Message.objects.filter(direction="out", about="", purpose=Purpose.NOTICE).count()) == (
        422,
        0,
    )
    tie(telegram, CHAT, own_person(rini, centre))
    assert f'value="{CHAT}"' in desk.get(page).content.decode()
    assert desk.post(uji(telegram, made), {"uji-address": "555666777"}).status_code == 422
    assert desk.post(uji(telegram, made), {"uji-address": CHAT}).status_code == 302
    send_channel(channel_id=telegram.pk)
    sent = standin.messages("telegram")[-1]
    assert (str(sent["chat_id"]), sent["text"].splitlines()[0]) == (CHAT, "Rapat Minggu.")


def test_a_channels_own_test_is_filled_in_too(rini, centre, telegram, desk):
    page = reverse("messaging_desk:channel", args=[telegram.pk])
    assert str(NO_CHAT) in desk.get(page).content.decode()
    tie(telegram, CHAT, own_person(rini, centre))
    answer = desk.get(page).content.decode()
    assert f'value="{CHAT}"' in answer
    assert str(NO_CHAT) not in answer


def test_what_is_known_of_a_merged_record_counts(rini, centre, telegram):
    ours = own_person(rini, centre)
    double = make_person(centre, "Rini Dua")
    tie(telegram, CHAT, double)
    type(double).objects.filter(pk=double.pk).update(merged_into=ours)
    assert trials_on(rini, [telegram])[telegram.pk].addresses == [CHAT]


def test_whatsapp_takes_free_words_after_a_word_of_ones_own_and_a_template_always(rini, centre, whatsapp, desk, standin):
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    made, page = a_broadcast(rini, centre, whatsapp)
    assert str(WRITE_FIRST) in desk.get(page).content.decode()
    late = desk.post(uji(whatsapp, made), {"uji-address": "0812 999 0000"})
    assert "Sudah lewat 24 jam" in late.content.decode()
    assert str(WRITE_FIRST) in desk.get(reverse("messaging_desk:channel", args=[whatsapp.pk])).content.decode()
    writes(whatsapp, "+628129990000")
    assert trials_on(rini, [whatsapp])[whatsapp.pk].hint == ""
    assert desk.post(uji(whatsapp, made), {"uji-address": "0812 999 0000"}).status_code == 302
    Message.objects.update(at=F("at") - timedelta(hours=25))
    template = keep_template(actor=CONSOLE, channel=whatsapp, name="kabar", language="id", text="Kabar: {{1}}")
    broadcasts.keep_variant(actor=rini, broadcast=made, channel=whatsapp, template=template, values=["Rapat"])
    assert str(WRITE_FIRST) not in desk.get(page).content.decode()
    assert desk.post(uji(whatsapp, made), {"uji-address": "0812 999 0000"}).status_code == 302
    send_channel(channel_id=whatsapp.pk)
    assert standin.messages("whatsapp")[-1]["template"]["name"] == "kabar"


def test_who_has_no_number_or_has_stopped_is_told_so(rini, centre, whatsapp):
    assert trials_on(rini, [whatsapp])[whatsapp.pk].hint == NOT_IN_ACCOUNT["number"]
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    stop_address(actor=SYSTEM, address=find_or_make_address(scheme="number", typed="+628129990000"))
    assert trials_on(rini, [whatsapp])[whatsapp.pk].hint == STOPPED


@pytest.mark.parametrize("typed", ["", "bukan nomor", "x" * 300, "+62 812 000 1111"])
def test_what_is_no_address_of_ones_own_is_said_beside_the_field(rini, centre, whatsapp, desk, typed):
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    made, _page = a_broadcast(rini, centre, whatsapp)
    answer = desk.post(uji(whatsapp, made), {"uji-address": typed})
    assert answer.status_code == 422
    ((_shown, form),) = answer.context["shown"]
    assert [*form.errors] == ["address"]
    assert Message.objects.count() == 0
