"""A guard raised on one thing reaches what else the same person has at the desk, and is lowered nowhere by that."""

from __future__ import annotations

import uuid

import pytest

from serikat.audit.models import Entry, Value
from serikat.helpdesk.models import Consultation, Conversation, Report
from serikat.helpdesk.services import calls, consultations, conversations, questions, reports
from serikat.helpdesk.services.guarding import Unguarding
from serikat.helpdesk.services.handling_reports import guard_report, move_report
from serikat.kernel.access import SYSTEM, Role
from serikat.messaging.adapters import Scheme
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.tests.factories import make_actor
from serikat.units.services import found_unit

pytestmark = pytest.mark.django_db
HIGH = {"threat_level": "high", "protections": ["child"], "alias": "Kenari"}


@pytest.fixture
def talk(sms, hears):
    return hears(sms, "Pak, upah kami dua bulan belum dibayar")


@pytest.fixture
def told(talk, operator):
    return reports.report_from_conversation(actor=operator, conversation=talk).report


@pytest.fixture
def asked(talk, operator):
    return questions.make_from_conversation(actor=operator, conversation=talk)


@pytest.fixture
def call(operator, centre):
    address = find_or_make_address(scheme=Scheme.NUMBER, typed="0812 5550 101")
    return calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=address, direction="in")


def guard_of(thing):
    thing.refresh_from_db()
    return thing.threat_level, thing.protections, thing.alias


def raised(thing):
    """What the trail of a thing says of the raising: by whom, and with what."""
    entries = Entry.objects.filter(action="helpdesk.guard.raised", subject_ref=f"{thing._meta.label_lower}:{thing.pk}")
    return [(e.actor_ref, Value.objects.get(entry=e, name="raised_with").value) for e in entries]


def test_a_guard_raised_on_a_conversation_reaches_its_open_reports_and_consultations(talk, told, asked, operator):
    Report.objects.update(promised_at=None)
    conversations.guard_conversation(actor=operator, conversation=talk, **HIGH)
    for thing in (told, asked):
        assert guard_of(thing) == ("high", ["child"], "Kenari")
        assert raised(thing) == [(operator.ref, str(talk))]
    assert told.promised_at is not None


def test_a_guard_raised_on_a_report_reaches_its_conversation_and_hides_the_name_there(talk, told, asked, operator):
    guard_report(actor=operator, report=told, **HIGH)
    assert (guard_of(talk), guard_of(asked)) == (("high", ["child"], "Kenari"),) * 2
    assert not talk.terms.filter(of_name=True).exists()


def test_a_guard_raised_on_a_consultation_reaches_the_report(talk, told, asked, operator):
    consultations.guard_consultation(actor=operator, consultation=asked, **HIGH)
    assert guard_of(told) == ("high", ["child"], "Kenari")


def test_a_guard_raised_on_a_call_reaches_its_report_and_the_other_way_round(call, operator):
    taken = reports.report_from_call(
        actor=operator, call=call, key=uuid.uuid4(), told=reports.Told(story="Diancam mandor"), way="phone"
    )
    calls.guard_call(actor=operator, call=call, threat_level="careful", protections=[], alias="Kenari")
    assert guard_of(taken.report) == ("careful", [], "Kenari")
    guard_report(actor=operator, report=taken.report, **HIGH)
    assert guard_of(call) == ("high", ["child"], "Kenari")


def test_what_was_learnt_while_the_report_was_written_guards_the_call(call, operator):
    told = reports.Told(story="Diancam mandor", threat_level="high", alias="Melati")
    reports.report_from_call(actor=operator, call=call, key=uuid.uuid4(), told=told, way="phone")
    assert guard_of(call) == ("high", [], "Melati")


def test_lowering_stays_a_decision_on_each(talk, told, operator, paralegal):
    conversations.guard_conversation(actor=operator, conversation=talk, **HIGH)
    told.refresh_from_db()
    conversations.guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    assert guard_of(told) == ("high", ["child"], "Kenari")
    talk.refresh_from_db()
    conversations.guard_conversation(actor=paralegal, conversation=talk, threat_level="careful")
    assert guard_of(told) == ("high", ["child"], "Kenari")
    guard_report(actor=paralegal, report=told, threat_level="none", protections=[])
    conversations.guard_conversation(actor=paralegal, conversation=talk, threat_level="careful")  # nothing rose
    assert guard_of(told) == ("none", [], "Kenari")


def test_an_alias_that_is_used_already_stays_and_what_is_closed_is_hidden_too_and_hurries_nobody(
    talk, told, asked, operator
):
    move_report(actor=operator, report=told, state="closed", words="Sudah dibayar.")
    told.refresh_from_db()
    promised = told.promised_at
    Consultation.objects.update(alias="Seroja")
    conversations.guard_conversation(actor=operator, conversation=talk, **HIGH)
    assert (guard_of(told), guard_of(asked)) == (("high", ["child"], "Kenari"), ("high", ["child"], "Seroja"))
    assert (told.state, told.promised_at) == ("closed", promised)


def test_a_report_in_another_unit_is_raised_all_the_same(talk, told, centre, operator):
    branch = found_unit(actor=SYSTEM, parent=centre, name="Cabang", kind="branch")
    near = make_actor(Role.OPERATOR, unit=branch)
    Conversation.objects.filter(pk=talk.pk).update(unit=branch)
    talk = Conversation.objects.get(pk=talk.pk)
    conversations.guard_conversation(actor=near, conversation=talk, **HIGH)
    assert guard_of(told)[0] == "high"
    assert raised(told) == [(SYSTEM.ref, str(talk))]


def test_an_operator_guards_and_does_not_unguard(sms, hears, operator, paralegal):
    talk = hears(sms, "tolong")
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="high", protections=["child"])
    for level, protections in (("none", []), ("none", ["child"]), ("careful", ["child", "trafficking"]), ("high", [])):
        with pytest.raises(Unguarding):
            conversations.guard_conversation(actor=operator, conversation=talk, threat_level=level, protections=protections)
    talk.refresh_from_db()
    assert (talk.threat_level, talk.protections) == ("high", ["child"])
    conversations.guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    assert not talk.shows_alias


def test_who_lowers_a_guard_from_an_old_page_is_asked_by_what_stands(sms, hears, operator, paralegal):
    talk = hears(sms, "tolong")
    old = Conversation.objects.get(pk=talk.pk)
    conversations.guard_conversation(actor=operator, conversation=talk, threat_level="high")
    with pytest.raises(Unguarding):
        conversations.guard_conversation(actor=operator, conversation=old, threat_level="careful")
