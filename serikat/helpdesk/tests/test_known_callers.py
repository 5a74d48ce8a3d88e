"""Who a number is known as, on the telephone and in the inbox's search; what waits is counted once; times and measures as they are named."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from serikat.helpdesk.models import Call, Conversation, Report
from serikat.helpdesk.selectors import call_figures, inbox
from serikat.helpdesk.selectors import calls as reads
from serikat.helpdesk.services import calls, chats, conversations
from serikat.kernel.access import Role
from serikat.messaging.models import Address
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.tests.factories import make_actor
from serikat.ui import navigation
from serikat.units.services import found_unit

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 789"


@pytest.fixture
def east(centre):
    return found_unit(actor=make_actor(Role.ADMINISTRATOR, unit=centre), parent=centre, name="Timur", kind="branch")


def browser_of(actor):
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id))
    return client


def rang(actor, unit, name, *, number=NUMBER, **more):
    address = find_or_make_address(scheme="number", typed=number)
    call = calls.begin_call(actor=actor, unit=unit, key=uuid.uuid4(), address=address, direction="in")
    calls.close_call(actor=actor, call=call, outcome="answered", called=name)
    if more:
        calls.guard_call(actor=actor, call=call, protections=(), **more)
    return call


def typed(actor, number=NUMBER):
    browser = browser_of(actor)
    browser.post("/meja/telepon/nomor/", {"number": number})
    return browser.get("/meja/telepon/nomor/").content.decode()


def found(actor, words):
    return list(inbox.search(actor, words))


def test_a_typed_number_shows_the_name_that_earlier_calls_carry(operator, centre):
    rang(operator, centre, "Yanto Lama")
    rang(operator, centre, "Pak Yanto")
    seen = typed(operator)
    assert ("Pak Yanto" in seen, "Belum dikenal" in seen) == (True, False)
    again = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=Address.objects.get(), direction="in")
    assert reads.screen_of(operator, again).name == "Pak Yanto"


def test_a_name_stays_in_its_branch(operator, centre, east):
    elsewhere = make_actor(Role.OPERATOR, unit=east)
    rang(operator, centre, "Pak Yanto")
    assert ("Pak Yanto" in typed(elsewhere), "Belum dikenal" in typed(elsewhere)) == (False, True)


def test_an_alias_stays_an_alias_whatever_an_earlier_call_carries(operator, centre):
    rang(operator, centre, "Pak Yanto")
    rang(operator, centre, "Pak Yanto", threat_level="high", alias="Melati 3")
    seen = typed(operator)
    assert ("Pak Yanto" in seen, "Melati 3" in seen) == (False, True)


def test_a_guard_of_another_branch_hides_the_name_that_we_know(operator, centre, east):
    rang(operator, east, "Bu Tin", threat_level="high", alias="Mawar 9")
    west = found_unit(actor=make_actor(Role.ADMINISTRATOR, unit=centre), parent=centre, name="Barat", kind="branch")
    elsewhere = make_actor(Role.OPERATOR, unit=west)
    Call.objects.create(
        key=uuid.uuid4(), unit=west, address=Address.objects.get(), called="Bu Tin", direction="in",
        began_at=timezone.now(), rang_at=timezone.now(),
    )  # fmt: skip
    seen = typed(elsewhere)
    assert ("Mawar 9" in seen, "(disamarkan)" in seen) == (False, True)


def test_the_name_that_came_with_a_message_finds_it_also_when_it_came_later(sms, hears, operator):
    talk = hears(sms, "halo")
    assert found(operator, "Dasmin") == []
    find_or_make_address(scheme="number", typed=NUMBER, called="Dasmin Karya")
    hears(sms, "sudah dibaca?")
    assert found(operator, "dasmin") == [talk]
    assert inbox.name_of(Conversation.objects.get()) == "Dasmin Karya"


def test_a_guarded_name_is_no_word_of_the_search_until_the_guard_is_gone(sms, hears, operator, paralegal):
    find_or_make_address(scheme="number", typed=NUMBER, called="Dasmin")
    talk = hears(sms, "halo")
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="high", alias="Melati 1")
    hears(sms, "masih ada?")
    assert found(operator, "Dasmin") == []
    conversations.guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    assert found(operator, "Dasmin") == [talk]


def test_the_number_of_a_report_finds_its_thread_for_who_may_see_the_report(sms, hears, operator, centre, east):
    talk = hears(sms, "halo")
    Report.objects.create(
        number="LP-2026-00001", key=uuid.uuid4(), unit=east, way="message", conversation=talk, received_at=timezone.now()
    )
    assert found(operator, "lp-2026-00001") == [talk]
    Report.objects.update(unit=centre)
    Conversation.objects.update(unit=east)
    assert found(make_actor(Role.OPERATOR, unit=east), "LP-2026-00001") == []


def test_the_rail_says_the_number_of_the_shelf(sms, hears, operator):
    for n in range(3):
        hears(sms, "halo", sender=f"0812 3456 78{n}")
    Conversation.objects.filter(pk=Conversation.objects.first().pk).update(unread=0)
    counts = {link.url: link.count for _group, links in navigation.rail_links(operator, "/") for link in links}
    assert inbox.to_answer(operator) == inbox.counts(operator)["dijawab"] == 3
    assert counts["/meja/percakapan/"] == 3


def test_what_we_begin_waits_for_them(operator, centre):
    talk = chats.begin_conversation(actor=operator, unit=centre, number=NUMBER, called="Bu Tin")
    assert (talk.state, inbox.to_answer(operator)) == ("waiting", 0)
    assert "Menunggu mereka" in browser_of(operator).get("/meja/percakapan/?rak=saya").content.decode()


def test_a_call_that_is_to_be_called_back_says_so_beside_itself(operator, centre):
    call = rang(operator, centre, "Pak Yanto")
    Call.objects.update(call_back_at=timezone.now() + timedelta(days=1))
    seen = browser_of(operator).get(f"/meja/telepon/{call.pk}/").content.decode()
    assert "janji yang terbuka" not in seen


def test_the_wall_and_the_figures_say_one_mean(operator, centre):
    chair = make_actor(Role.CHAIR, unit=centre)
    now = timezone.now()
    for seconds in (1, 2, 27):
        Call.objects.create(
            key=uuid.uuid4(), unit=centre, direction="in", operator_id=operator.user_id, began_at=now, rang_at=now,
            answered_at=now + timedelta(seconds=seconds), ended_at=now + timedelta(minutes=1),
        )  # fmt: skip
    day = timezone.localdate()
    assert call_figures.today(chair).waited == call_figures.figures(chair, day, day)[0].waited == "0:10"


def test_a_pasted_chat_stands_at_the_time_of_its_last_message(operator, centre):
    chat = chats.paste_chat(
        actor=operator,
        unit=centre,
        text="20/10/26 09.15 - Bu Tin: Pak, gaji belum\n20/10/26 09.20 - Posko: Kami catat, Bu\n",
    )
    chats.file_chat(actor=operator, chat=chat, ours=["Posko"])
    talk = Conversation.objects.get()
    assert f"{timezone.localtime(talk.last_at):%Y-%m-%d %H.%M}" == "2026-10-20 09.20"
