"""A guard that stands on one of somebody's things holds for the others: nothing of theirs is published, no name finds them, nobody far away reads who
they are."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.helpdesk.models import Call, Consultation, PublicAnswer
from serikat.helpdesk.services import calls, public_answers
from serikat.helpdesk.services.conversations import guard_conversation, tie_person
from serikat.helpdesk.services.handling_reports import guard_report
from serikat.helpdesk.services.reports import report_from_conversation
from serikat.helpdesk.tests.consulting import answered, drafted, in_review, published
from serikat.kernel.access import Role, actor_of
from serikat.messaging.adapters import Scheme
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.services.persons import protect_person
from serikat.people.tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
HIGH = {"threat_level": "high", "alias": "Kenari"}
NUMBER = "0812 3456 789"


@pytest.fixture
def advocate(centre):
    return make_actor(Role.ADVOCATE, unit=centre)


@pytest.fixture
def talk(sms, hears):
    return hears(sms, "Kontrak saya habis", NUMBER)


@pytest.fixture
def asked(talk, paralegal):
    made = answered(paralegal)
    Consultation.objects.filter(pk=made.pk).update(conversation=talk)
    made.refresh_from_db()
    return made


def call_of(operator, unit, number=NUMBER):
    address = find_or_make_address(scheme=Scheme.NUMBER, typed=number)
    return calls.begin_call(actor=operator, unit=unit, key=uuid.uuid4(), address=address, direction="in")


def state_of(public, client):
    public.refresh_from_db()
    return public.state, client.get(f"/konsultasi/{public.code}/").status_code


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
