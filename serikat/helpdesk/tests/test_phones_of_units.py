"""Each unit's phones are its own: two branches talk with one number without reading one another."""

from __future__ import annotations

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from serikat.helpdesk.models import Call, Conversation
from serikat.helpdesk.selectors import calls as call_reads
from serikat.helpdesk.selectors import conversations as threads
from serikat.helpdesk.selectors import inbox
from serikat.helpdesk.services import chats
from serikat.helpdesk.services.calls import begin_call
from serikat.helpdesk.services.conversations import answer_conversation, guard_conversation
from serikat.helpdesk.tests.test_chats import CHAT
from serikat.kernel.access import Role, actor_of
from serikat.kernel.errors import Denied
from serikat.messaging.models import Channel, Direction, Message, Purpose, State
from serikat.messaging.services.channels import add_channel, retire_channel
from serikat.messaging.services.queueing import find_or_make_address, queue_message
from serikat.messaging.services.settling import resend_message
from serikat.messaging.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 789"


@pytest.fixture
def ani(holder, branch):
    """An operator of Bekasi."""
    return actor_of(holder("Ani", branch))


@pytest.fixture
def edi(holder, east):
    """An operator of the east."""
    return actor_of(holder("Edi", east))


def said(conversation):
    thread = Message.objects.filter(channel=conversation.channel, address=conversation.address)
    return [message.text for message in thread.order_by("pk")]


def pasted(actor, unit, text=CHAT):
    chat = chats.paste_chat(actor=actor, unit=unit, text=text, number=NUMBER)
    chats.file_chat(actor=actor, chat=chat, ours=["Posko"], number=NUMBER)
    chat.refresh_from_db()
    return chat.conversation


def test_two_branches_that_begin_with_one_number_have_a_conversation_each(ani, edi, branch, east):
    first = chats.begin_conversation(actor=ani, unit=branch, number=NUMBER, called="Bu Tin Jahit")
    answer_conversation(actor=ani, conversation=first, text="Rahasia Bekasi")
    second = chats.begin_conversation(actor=edi, unit=east, number=NUMBER)

    assert (first.unit, second.unit) == (branch, east)
    assert (first.address, second.address) == (second.address, first.address)
    assert (list(inbox.conversations_in_reach(ani)), list(inbox.conversations_in_reach(edi))) == ([first], [second])
    assert (said(first), said(second)) == (["Rahasia Bekasi"], [])
    assert "Tin" not in inbox.name_of(second)
    with pytest.raises(Denied):
        answer_conversation(actor=edi, conversation=first, text="Dari timur")
    assert chats.begin_conversation(actor=ani, unit=branch, number="+62 812 3456 789") == first


def test_a_chat_that_two_branches_paste_stands_in_each_alone_and_so_does_the_name_in_their_phone(ani, edi, branch, east):
    first = pasted(ani, branch, CHAT.replace("Bu Tin", "Bu Tin PT Maju"))
    second = pasted(edi, east, "22/10/26 10.00 - Pelapor: saya lagi\n22/10/26 10.01 - Posko: ya\n")
    assert (first.unit, second.unit, len(said(first)), said(second)) == (branch, east, 5, ["saya lagi", "ya"])
    assert (inbox.name_of(first), inbox.name_of(second)) == ("Bu Tin PT Maju", "Pelapor")
    assert list(inbox.search(edi, "Maju")) == []
    assert list(inbox.search(ani, "Maju")) == [first]


def test_the_guard_comes_along_to_the_other_branch_without_the_name(ani, edi, branch, east):
    first = chats.begin_conversation(actor=ani, unit=branch, number=NUMBER, called="Bu Tin")
    guard_conversation(actor=ani, conversation=first, threat_level="high", alias="Melati 3")
    second = chats.begin_conversation(actor=edi, unit=east, number=NUMBER)
    assert (second.threat_level, second.shows_alias) == ("high", True)
    assert not {"Bu Tin", "Melati 3"} & {second.called, second.alias, inbox.name_of(second)}


def test_who_rings_is_shown_with_the_conversations_in_reach_alone(ani, edi, branch, east, holder, centre):
    for actor, unit in ((ani, branch), (edi, east)):
        pasted(actor, unit)
    address = Conversation.objects.first().address
    call = begin_call(actor=edi, unit=east, key=uuid.uuid4(), address=address, direction=Call.Direction.IN)
    screen = call_reads.screen_of(edi, call)
    assert [talk.unit for talk in screen.talks] == [east]
    above = call_reads.screen_of(actor_of(holder("Tini", centre)), call)
    assert {talk.unit for talk in above.talks} == {branch, east}


def test_a_unit_has_one_channel_of_its_phones_and_a_new_one_costs_what_the_one_above_costs(ani, branch, centre):
    of_house = chats.hand_channel(centre)
    Channel.objects.filter(pk=of_house.pk).update(price=350)
    made = chats.hand_channel(branch)
    assert (made.unit, made.price, made.name) == (branch, 350, "Ponsel petugas Cabang Bekasi")
    assert chats.hand_channel(branch) == made
    retire_channel(actor=CONSOLE, channel=made)
    assert chats.hand_channel(branch) not in (made, of_house)


def test_a_phone_that_was_set_up_at_the_desk_of_a_branch_is_that_branchs(ani, edi, branch, east):
    posko = add_channel(actor=CONSOLE, unit=branch, kind="hand", name="WhatsApp posko", values={})
    assert chats.begin_conversation(actor=ani, unit=branch, number=NUMBER).channel == posko
    assert chats.begin_conversation(actor=edi, unit=east, number=NUMBER).channel.unit == east


# What waits for a phone


@pytest.fixture
def handed(ani, branch):
    """An answer that waits for a phone in Bekasi."""
    talk = chats.begin_conversation(actor=ani, unit=branch, number=NUMBER)
    answer_conversation(actor=ani, conversation=talk, text="Besok kami telepon")
    return talk


def waiting_in(actor, unit, count):
    for n in range(count):
        talk = chats.begin_conversation(actor=actor, unit=unit, number=f"0813 0000 {n:04}")
        queue_message(actor=actor, channel=talk.channel, address=talk.address, text="x", purpose=Purpose.REPLY)


def test_what_is_sent_once_more_from_a_phone_waits_for_the_phone(handed):
    message = Message.objects.get(state=State.HAND)
    Message.objects.filter(pk=message.pk).update(state=State.DOUBT)
    resend_message(actor=CONSOLE, message=message)
    assert message.state == State.HAND


def test_what_waits_for_a_phone_is_shown_however_much_waits_elsewhere(ani, edi, handed, east):
    waiting_in(edi, east, 120)
    assert [talk for talk, _since in threads.waiting_for_a_phone(ani, most=51)] == [handed]
    assert len(threads.waiting_for_a_phone(edi, most=51)) == 51


def test_the_page_says_when_more_waits_and_asks_the_same_number_of_questions(
    client, ani, handed, branch, django_assert_num_queries
):
    client.force_login(get_user_model().objects.get(pk=ani.user_id))
    page = reverse("helpdesk_desk:to_settle")
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        words = client.get(page).content.decode()
    assert "Masih ada lagi" not in words
    waiting_in(ani, branch, 51)
    with django_assert_num_queries(len(one)):
        words = client.get(page).content.decode()
    assert "Masih ada lagi: kirim yang ini dulu." in words
    assert f"/percakapan/{handed.pk}/" in words  # the longest waiting comes first


def test_what_needs_a_decision_asks_the_same_number_of_questions(
    client, holder, sms, hears, centre, django_assert_num_queries
):
    client.force_login(holder("Tini", centre, Role.CHAIR))
    page = reverse("helpdesk_desk:to_settle")

    def fails(sender):
        talk = hears(sms, "halo", sender=sender)
        made = queue_message(actor=CONSOLE, channel=sms, address=talk.address, text="x", purpose=Purpose.NOTICE)
        Message.objects.filter(pk=made.pk).update(state=State.PARKED)

    fails("0812 0000 001")
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    fails("0812 0000 002"), fails("0812 0000 003")
    with django_assert_num_queries(len(one)):
        assert client.get(page).content.decode().count("/percakapan/") > 2


# What stood on one channel before


def test_the_conversations_of_a_shared_phone_are_parted_by_their_units(centre, branch, east, ani):
    shared = add_channel(actor=CONSOLE, unit=centre, kind="hand", name="Ponsel petugas", values={}, price=350)
    own = add_channel(actor=CONSOLE, unit=branch, kind="hand", name="WhatsApp Bekasi", values={})
    talks = {}
    for number, unit in (("0812 0000 001", centre), ("0812 0000 002", branch), ("0812 0000 003", east)):
        address = find_or_make_address(scheme="number", typed=number)
        talk = Conversation.objects.create(
            channel=shared, address=address, unit=unit, last_at="2026-11-01T00:00Z", began_at="2026-11-01T00:00Z"
        )
        Message.objects.create(
            direction=Direction.IN, channel=shared, address=address, state=State.ROUTED, text=unit.name, at=talk.began_at
        )
        talks[unit] = talk
    module = import_module("serikat.helpdesk.migrations.0009_each_unit_talks_by_its_own_phones")
    for _n in range(2):
        module.split(apps, None)
        for talk in talks.values():
            talk.refresh_from_db()
        assert {unit: said(talk) for unit, talk in talks.items()} == {unit: [unit.name] for unit in talks}
        assert (talks[centre].channel, talks[branch].channel) == (shared, own)
        made = talks[east].channel
        assert (made.unit, made.kind, made.price, made.name) == (east, "hand", 350, "Ponsel petugas Cabang Timur")
        assert Channel.objects.filter(kind="hand").count() == 3
    assert chats.begin_conversation(actor=ani, unit=branch, number="0812 0000 002") == talks[branch]
