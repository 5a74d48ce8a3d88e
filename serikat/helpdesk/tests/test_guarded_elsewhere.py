"""A guard that stands on one of somebody's things holds for the others: nothing of theirs is published, no name finds them, nobody far away reads who
they are."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.helpdesk.models import Call, Consultation, Conversation, PublicAnswer, Term
from serikat.helpdesk.selectors import callers, inbox
from serikat.helpdesk.selectors import calls as reads
from serikat.helpdesk.services import calls, public_answers
from serikat.helpdesk.services.chats import begin_conversation
from serikat.helpdesk.services.consultations import guard_consultation
from serikat.helpdesk.services.conversations import guard_conversation, sort_conversation, tie_person
from serikat.helpdesk.services.handling_reports import guard_report, tie_report
from serikat.helpdesk.services.reports import report_from_conversation
from serikat.helpdesk.tests.consulting import answered, drafted, in_review, published
from serikat.helpdesk.tests.consulting import asked as ask
from serikat.kernel.access import Role, actor_of
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Address, Channel
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.routing import route_arrived
from serikat.people.models import Person
from serikat.people.services.contacts import put_contact_point
from serikat.people.services.persons import protect_person
from serikat.people.tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
HIGH = {"threat_level": "high", "alias": "Kenari"}
NUMBER = "0812 3456 789"


@pytest.fixture
def asked(talk, paralegal):
    made = answered(paralegal)
    Consultation.objects.filter(pk=made.pk).update(conversation=talk)
    made.refresh_from_db()
    return made


def call_of(operator, unit, number=NUMBER):
    address = find_or_make_address(scheme=Scheme.NUMBER, typed=number)
    return calls.begin_call(actor=operator, unit=unit, key=uuid.uuid4(), address=address, direction="in")


def other_channel(sms, unit=None):
    other = Channel.objects.get(pk=sms.pk)
    other.pk, other.key, other.name, other.unit = None, uuid.uuid4().hex[:20], "Saluran lain", unit or sms.unit
    other.save()
    return other


def state_of(public, client):
    public.refresh_from_db()
    return public.state, client.get(f"/konsultasi/{public.code}/").status_code


@pytest.fixture
def hidden(centre):
    return make_person(centre, "Siti Aminah", alias="Melati", threat_level="high")


def shown_as(*things):
    for thing in things:
        thing.refresh_from_db()
    return [inbox.name_of(one) if isinstance(one, Conversation) else callers.name_of(one) for one in things]


def test_a_report_that_is_tied_to_somebody_hidden_hides_the_conversation_that_it_came_from(
    talk, operator, paralegal, hidden
):
    Address.objects.filter(pk=talk.address_id).update(called=Address(called="Siti Aminah").called)
    told = report_from_conversation(actor=operator, conversation=talk).report
    tie_report(actor=paralegal, report=told, person=hidden)

    assert "Siti Aminah" not in shown_as(told, talk)
    assert inbox.address_shown(talk) == "+62•••••••789"
    assert list(inbox.search(operator, "Siti Aminah")) == []


def test_a_conversation_that_is_tied_to_somebody_hidden_hides_what_else_is_theirs(talk, operator, paralegal, hidden, centre):
    sort_conversation(actor=operator, conversation=talk, topic="", called="Siti Aminah")
    told = report_from_conversation(actor=operator, conversation=talk).report
    call, other = call_of(operator, centre), begin_conversation(actor=operator, unit=centre, number=NUMBER)
    assert shown_as(told, call, other) == ["Siti Aminah"] * 3

    tie_person(actor=paralegal, conversation=talk, person=hidden)

    assert "Siti Aminah" not in shown_as(talk, told, call, other)
    assert list(inbox.search(operator, "Siti Aminah")) == []


def test_a_number_that_becomes_that_of_somebody_hidden_hides_what_hangs_on_it(
    talk, operator, hidden, django_capture_on_commit_callbacks
):
    sort_conversation(actor=operator, conversation=talk, topic="", called="Siti Aminah")
    with django_capture_on_commit_callbacks(execute=True):
        put_contact_point(owner=hidden, kind="phone", value="+628123456789")
    assert "Siti Aminah" not in shown_as(talk)


def by_conversation(talk, operator, centre):
    guard_conversation(actor=operator, conversation=talk, **HIGH)


def by_closed_report(talk, operator, centre):
    told = report_from_conversation(actor=operator, conversation=talk).report
    type(told).objects.filter(pk=told.pk).update(state="closed")
    guard_report(actor=operator, report=told, protections=[], **HIGH)


def by_call(talk, operator, centre):
    calls.guard_call(actor=operator, call=call_of(operator, centre), threat_level="none", protections=["child"])


def by_person(talk, operator, centre):
    person = make_person(centre, "Ratna Dewi")
    tie_person(actor=operator, conversation=talk, person=person)
    protect_person(actor=make_actor(Role.PARALEGAL, unit=centre), person=person, **HIGH)


GUARDS = [by_conversation, by_closed_report, by_call, by_person]


@pytest.mark.parametrize("guard", GUARDS)
def test_nothing_is_published_of_somebody_guarded_by_any_of_their_things(
    guard, talk, asked, operator, paralegal, advocate, centre
):
    public = in_review(paralegal, asked)
    guard(talk, operator, centre)
    with pytest.raises(public_answers.NeverPublic):
        public_answers.publish_public_answer(actor=advocate, public=public)
    PublicAnswer.objects.filter(pk=public.pk).update(state="draft")
    with pytest.raises(public_answers.NeverPublic):
        public_answers.submit_public_answer(actor=paralegal, public=public)
    PublicAnswer.objects.all().delete()
    with pytest.raises(public_answers.NeverPublic):
        drafted(paralegal, Consultation.objects.get(pk=asked.pk))


@pytest.mark.parametrize("guard", GUARDS)
def test_what_is_published_goes_off_the_site_when_a_guard_comes(
    guard, talk, asked, operator, paralegal, advocate, centre, client, django_capture_on_commit_callbacks
):
    public = published(paralegal, advocate, asked)
    Consultation.objects.update(state="closed", threat_level="none", protections=[])
    with django_capture_on_commit_callbacks(execute=True):
        guard(talk, operator, centre)
    assert state_of(public, client) == ("withdrawn", 410)


def test_tying_a_protected_person_takes_the_answer_off(
    talk, asked, operator, paralegal, advocate, centre, client, django_capture_on_commit_callbacks
):
    public = published(paralegal, advocate, asked)
    person = make_person(centre, "Ratna Dewi")
    protect_person(actor=paralegal, person=person, **HIGH)
    tie_person(actor=operator, conversation=talk, person=person)
    assert state_of(public, client) == ("withdrawn", 410)


def test_a_careful_one_and_somebody_else_stay_on_the_site(talk, asked, operator, paralegal, advocate, client, sms, hears):
    public = published(paralegal, advocate, asked)
    guard_conversation(actor=operator, conversation=talk, threat_level="careful")
    guard_conversation(actor=operator, conversation=hears(sms, "Tolong", "0812 9999 999"), **HIGH)
    assert state_of(public, client) == ("published", 200)


def test_a_call_that_is_closed_settles_the_call_backs_of_its_unit_alone(operator, centre, branch, east, holder):
    near, far = actor_of(holder("Bela", branch)), actor_of(holder("Eka", east))
    mine, theirs, now = call_of(near, branch), call_of(far, east), call_of(near, branch)
    Call.objects.filter(pk__in=[mine.pk, theirs.pk]).update(call_back_at=timezone.now() - timedelta(minutes=5))
    calls.close_call(actor=near, call=now, outcome="answered")
    mine.refresh_from_db(), theirs.refresh_from_db()
    assert (mine.called_back_at is None, theirs.called_back_at is None) == (False, True)


# The same number on another channel, and in another unit


def test_a_guarded_number_that_writes_on_a_new_channel_is_guarded_there(talk, operator, centre, sms, hears):
    guard_conversation(actor=operator, conversation=talk, threat_level="high", protections=["child"], alias="Kenari")
    new = hears(other_channel(sms), "Pak, ini saya", NUMBER)
    assert (new.threat_level, new.protections, new.alias) == ("high", ["child"], "Kenari")


def test_a_guard_reaches_every_conversation_and_call_of_the_number(talk, operator, centre, sms, hears):
    new, call = hears(other_channel(sms), "Pak, ini saya", NUMBER), call_of(operator, centre)
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    for thing in (new, call):
        thing.refresh_from_db()
        assert (thing.threat_level, thing.alias) == ("high", "Kenari")


def test_guards_of_a_batch_are_asked_once(sms, arrives, filing):
    counts = []
    for size in (2, 12):
        for n in range(size):
            arrives(sms, "halo", f"0812 {size:02}{n:05}", f"{size}.{n}")
        with CaptureQueriesContext(connection) as queries:
            route_arrived()
        counts.append(sum("helpdesk_report" in one["sql"] and "threat_level" in one["sql"] for one in queries))
    assert counts[0] == counts[1] > 0


def test_a_lower_guard_never_wins(talk, operator, centre):
    """The strictest level with its alias, and all protections, of whatever kind they stand on and whichever came last."""
    guard_conversation(actor=operator, conversation=talk, threat_level="high", alias="Kenari")
    first = call_of(operator, centre)
    Conversation.objects.update(protections=["trafficking"])
    Call.objects.filter(pk=first.pk).update(threat_level="careful", protections=[], alias="Gelatik", called="Ratna")
    later = call_of(operator, centre)
    assert (later.threat_level, later.protections, later.alias) == ("high", ["trafficking"], "Kenari")


def test_the_guard_of_a_report_is_carried_too(talk, operator, centre):
    told = report_from_conversation(actor=operator, conversation=talk).report
    type(told).objects.filter(pk=told.pk).update(threat_level="high", alias="Kenari")
    assert (call_of(operator, centre).threat_level, call_of(operator, centre).alias) == ("high", "Kenari")


def test_other_units_learn_the_guard_of_a_number_and_not_whose_it_is(branch, east, centre, holder, sms, hears):
    person = make_person(branch, "Ratna Dewi")
    put_contact_point(owner=person, kind="phone", value=f"+62{NUMBER[1:].replace(' ', '')}")
    near, far = actor_of(holder("Bela", branch)), actor_of(holder("Eka", east))
    first = call_of(near, branch)
    calls.note_call(actor=near, call=first, notes="", called="Ratna")
    calls.guard_call(actor=near, call=first, threat_level="careful", protections=[], alias="Kenari")
    theirs = call_of(far, east)
    assert (theirs.person, theirs.called, theirs.alias, theirs.threat_level) == (None, "", "", "careful")
    typed = [reads.typed(one, theirs.address) for one in (near, far, make_actor(Role.OPERATOR, unit=centre))]
    assert [(one.person, one.called, one.threat_level) for one in typed] == [
        (person, "Ratna", "careful"), (None, "", "careful"), (person, "Ratna", "careful"),
    ]  # fmt: skip
    Person.objects.update(threat_level="high")
    told = hears(other_channel(sms, east), "Tolong", NUMBER)
    assert (told.person, told.alias, told.threat_level) == (None, "", "high")
    begun = begin_conversation(actor=far, unit=east, number=NUMBER, called="Ratna Dewi")
    assert (begun.person, begun.unit, begun.shows_alias) == (None, east, True)
    guard_conversation(
        actor=make_actor(Role.OPERATOR, unit=branch),
        conversation=hears(other_channel(sms, branch), "x", NUMBER),
        threat_level="high",
        protections=["child"],
        alias="Merpati",
    )
    theirs.refresh_from_db()
    assert (theirs.protections, theirs.alias) == (["child"], "")


# No name finds an alias


def found_by(operator, words):
    return list(inbox.search(operator, words))


def test_the_name_of_a_person_does_not_find_the_alias(talk, operator, centre):
    tie_person(actor=operator, conversation=talk, person=make_person(centre, "Ratna Dewi"))
    assert found_by(operator, "ratna") == [talk]
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    assert (found_by(operator, "ratna"), found_by(operator, "kenari")) == ([], [talk])


def test_the_name_they_give_themselves_does_not_find_somebody_guarded(talk, operator, sms, hears):
    Address.objects.update(called="Ratna Dewi")
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    hears(other_channel(sms), "Pak, ini saya", NUMBER)
    begin_conversation(actor=operator, unit=talk.unit, number=NUMBER, called="Ratna Dewi")
    assert Conversation.objects.count() == 3
    assert (found_by(operator, "ratna"), Term.objects.filter(of_name=True).count()) == ([], 0)


def test_a_name_finds_nobody_whose_record_is_protected_later(
    talk, operator, paralegal, centre, django_capture_on_commit_callbacks
):
    sort_conversation(actor=operator, conversation=talk, topic="", called="Ratna Dewi")
    person = make_person(centre, "Ratna Dewi")
    tie_person(actor=operator, conversation=talk, person=person)
    with django_capture_on_commit_callbacks(execute=True):
        protect_person(actor=paralegal, person=person, **HIGH)
    assert (found_by(operator, "ratna"), Term.objects.filter(of_name=True).count()) == ([], 0)


# Pages of somebody guarded


def test_pages_of_somebody_guarded_do_not_print_the_name_in_their_record(talk, tini, desk, centre, client):
    person = make_person(centre, "Ratna Dewi")
    told = report_from_conversation(actor=desk, conversation=talk).report
    type(told).objects.filter(pk=told.pk).update(person=person)
    tie_person(actor=desk, conversation=talk, person=person)
    client.force_login(tini)
    pages = [reverse("helpdesk_desk:conversation", args=[talk.pk]), reverse("helpdesk_reports:report", args=[told.pk])]
    assert ["Ratna" in client.get(page).content.decode() for page in pages] == [True, True]
    guard_conversation(actor=desk, conversation=talk, **HIGH)
    for page in pages:
        words = client.get(page).content.decode()
        assert ("Ratna" in words, "Kenari" in words) == (False, True)


def test_how_somebody_guarded_is_reached_opens_by_a_logged_look_alone(send, tini, desk, client):
    told, _code = send(reach="WA 0812 7777 000, Gang Mawar 3")
    made, _code = ask(reach="0812 7777 000")
    client.force_login(tini)
    pages = [
        reverse("helpdesk_reports:report", args=[told.pk]),
        reverse("helpdesk_consultations:consultation", args=[made.pk]),
    ]
    assert ["0812 7777 000" in client.get(page).content.decode() for page in pages] == [True, True]
    guard_report(actor=desk, report=told, protections=[], **HIGH)
    guard_consultation(actor=desk, consultation=made, protections=[], **HIGH)
    for page, action in zip(pages, ("helpdesk.report.reach_shown", "helpdesk.consultation.reach_shown"), strict=True):
        words = client.get(page).content.decode()
        assert ("0812 7777 000" in words, f"{page}cara-menghubungi/" in words) == (False, True)
        assert not Entry.objects.filter(action=action).exists()
        assert "0812 7777 000" in client.post(f"{page}cara-menghubungi/").content.decode()
        assert Entry.objects.filter(action=action, actor_ref=desk.ref).count() == 1
        assert client.get(f"{page}cara-menghubungi/").status_code == 405
