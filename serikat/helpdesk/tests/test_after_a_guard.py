"""What follows a guard: it is never lost and never in its way, the people in charge learn of it, and a guard by mistake can be made good."""

from __future__ import annotations

import importlib
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from serikat.accounts.models import Notice
from serikat.audit.models import Entry
from serikat.helpdesk.models import Call, Consultation, Conversation, PublicAnswer, Report, Term
from serikat.helpdesk.selectors.terms import rows_of
from serikat.helpdesk.services import calls, consultations, guarding, public_answers
from serikat.helpdesk.services.conversations import guard_conversation, sort_conversation, tie_person
from serikat.helpdesk.services.reports import report_from_conversation
from serikat.helpdesk.services.withdrawing import withdraw_public_answer
from serikat.helpdesk.tests.consulting import answered, client_of, drafted, hidden, published, titled
from serikat.kernel import events, fulltext, secrets
from serikat.kernel.access import Role, actor_of
from serikat.kernel.errors import Denied
from serikat.kernel.jobs.worker import Worker
from serikat.kernel.models import Job
from serikat.messaging.adapters import Scheme
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.models import Person
from serikat.people.services import merging
from serikat.people.services.contacts import put_contact_point
from serikat.people.services.persons import protect_person
from serikat.people.tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
HIGH = {"threat_level": "high", "alias": "Kenari"}
NUMBER = "0812 3456 789"
E164 = "+628123456789"


@pytest.fixture
def public(talk, paralegal, advocate):
    """A published answer whose question came in this conversation."""
    asked = answered(paralegal)
    Consultation.objects.filter(pk=asked.pk).update(conversation=talk)
    asked.refresh_from_db()
    return published(paralegal, advocate, asked)


@pytest.fixture
def ratna(centre):
    person = make_person(centre, "Ratna Dewi")
    put_contact_point(owner=person, kind="phone", value=E164)
    return person


def call_of(operator, unit):
    address = find_or_make_address(scheme=Scheme.NUMBER, typed=NUMBER)
    return calls.begin_call(actor=operator, unit=unit, key=uuid.uuid4(), address=address, direction="in")


def work_off():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now() - timedelta(seconds=1))
    return Worker().work_off()


def state_of(public):
    public.refresh_from_db()
    return public.state


# Nothing that follows a guard is lost, and nothing keeps the guard from being set


@pytest.fixture
def broken_search(monkeypatch):
    """The search index fails: nothing can be taken off the site until it is mended."""
    whole = fulltext.drop

    def fails(*of):
        raise OSError("disk")

    monkeypatch.setattr(fulltext, "drop", fails)
    return lambda: monkeypatch.setattr(fulltext, "drop", whole)


def test_a_guard_stands_though_the_withdrawal_fails_and_a_job_withdraws(talk, public, operator, broken_search):
    other = report_from_conversation(actor=operator, conversation=talk).report
    Notice.objects.all().delete()
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    talk.refresh_from_db(), other.refresh_from_db()
    assert (talk.shows_alias, other.shows_alias, state_of(public), Notice.objects.count()) == (True, True, "published", 0)
    work_off()
    assert (state_of(public), Job.objects.get(name="helpdesk.take_down").tries) == ("published", 1)
    broken_search()
    work_off()
    assert state_of(public) == "withdrawn"
    assert Entry.objects.filter(action="helpdesk.public_answer.taken_down").count() == 1


def test_a_guard_stands_though_carrying_it_fails_and_a_job_carries_it(talk, operator, monkeypatch):
    told = report_from_conversation(actor=operator, conversation=talk).report

    def fails(**of):
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(guarding, "raise_guard", fails)
        guard_conversation(actor=operator, conversation=talk, **HIGH)
    talk.refresh_from_db(), told.refresh_from_db()
    assert (talk.threat_level, told.threat_level) == ("high", "none")
    work_off()
    told.refresh_from_db()
    assert (told.threat_level, told.alias) == ("high", "Kenari")


def test_a_guard_that_was_taken_back_meanwhile_is_not_carried(talk, operator, paralegal, monkeypatch):
    told = report_from_conversation(actor=operator, conversation=talk).report
    with monkeypatch.context() as broken:
        broken.setattr(guarding, "raise_guard", None)
        guard_conversation(actor=operator, conversation=talk, **HIGH)
    guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    work_off()
    told.refresh_from_db()
    assert (told.threat_level, told.protections) == ("none", [])


def test_what_follows_a_protected_record_is_done_again_when_it_failed(
    talk, public, operator, paralegal, ratna, monkeypatch, django_capture_on_commit_callbacks
):
    sort_conversation(actor=operator, conversation=talk, topic="", called="Ratna Dewi")
    tie_person(actor=operator, conversation=talk, person=ratna)

    def fails(**of):
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr("serikat.helpdesk.receivers.hide_person", fails)
        with django_capture_on_commit_callbacks(execute=True):
            protect_person(actor=paralegal, person=ratna, **HIGH)
        work_off()
    ratna.refresh_from_db()
    assert (ratna.threat_level, state_of(public)) == ("high", "published")
    assert Term.objects.filter(of_name=True).exists()
    work_off()
    assert (state_of(public), Term.objects.filter(of_name=True).count()) == ("withdrawn", 0)


def test_what_follows_a_protected_record_outlives_a_process_that_dies_at_once(talk, public, operator, paralegal, ratna):
    tie_person(actor=operator, conversation=talk, person=ratna)
    protect_person(actor=paralegal, person=ratna, **HIGH)  # whatever is done on commit is never done
    assert state_of(public) == "published"
    work_off()
    assert state_of(public) == "withdrawn"


def test_a_lasting_receiver_hears_an_event_of_plain_values_alone():
    from serikat.people.events import PersonForgotten  # reason: beside its use

    with pytest.raises(TypeError, match="cannot be kept"):
        events.on(PersonForgotten, lasting=True)


# Whose record is guarded


def test_a_protected_record_guards_what_came_from_its_number_before_it_was_tied(
    talk, operator, paralegal, ratna, centre, send, django_capture_on_commit_callbacks
):
    told = report_from_conversation(actor=operator, conversation=talk).report
    call, far = call_of(operator, centre), make_person(centre, "Budi")
    Conversation.objects.update(person=None), Call.objects.update(person=None)
    Report.objects.filter(pk=told.pk).update(state="closed", person=None)
    other, _code = send()
    Report.objects.filter(pk=other.pk).update(person=far, conversation=talk)
    with django_capture_on_commit_callbacks(execute=True):
        protect_person(actor=paralegal, person=ratna, **HIGH)
    for thing in (talk, call, told):
        thing.refresh_from_db()
    assert [(one.threat_level, one.alias) for one in (talk, call, told)] == [("high", "Kenari")] * 3
    other.refresh_from_db()
    assert other.threat_level == "none"  # it is somebody else's
    entries = Entry.objects.count()
    guarding.hold_guards()
    assert Entry.objects.count() == entries


def test_a_record_that_becomes_one_with_a_protected_one_is_hidden_with_it(
    talk, public, operator, paralegal, centre, django_capture_on_commit_callbacks
):
    kept, merged = make_person(centre, "Ratna"), make_person(centre, "Ratna Dewi")
    tie_person(actor=operator, conversation=talk, person=merged)
    protect_person(actor=paralegal, person=kept, **HIGH)
    proposal = merging.propose_merge(
        actor=make_actor(Role.DATA_OFFICER, unit=centre), kept=kept, merged=merged, reason="sama"
    )
    with django_capture_on_commit_callbacks(execute=True):
        merging.agree_to_merge(actor=make_actor(Role.DATA_OFFICER, unit=centre), proposal=proposal)
    talk.refresh_from_db()
    assert (talk.threat_level, talk.alias, state_of(public)) == ("high", "Kenari", "withdrawn")


def test_a_question_from_a_call_hangs_together_with_it(operator, paralegal, advocate, centre):
    asked, call = answered(paralegal), call_of(operator, centre)
    Call.objects.filter(pk=call.pk).update(consultation=asked)
    public = published(paralegal, advocate, asked)
    calls.guard_call(actor=operator, call=call, threat_level="none", protections=["child"])
    asked.refresh_from_db()
    assert (state_of(public), asked.protections) == ("withdrawn", ["child"])
    Call.objects.update(protections=[])
    assert call_of(operator, centre).protections == ["child"]


def test_each_night_everything_that_guards_bring_is_looked_at_again(talk, public, operator, ratna):
    Term.objects.bulk_create(rows_of(talk.pk, "Ratna Dewi", of_name=True))
    Person.objects.filter(pk=ratna.pk).update(threat_level="high", shown_as="Kenari")
    guarding.hold_guards()
    talk.refresh_from_db()
    assert (state_of(public), talk.alias, Term.objects.filter(of_name=True).count()) == ("withdrawn", "Kenari", 0)


# Who is told, and what the desk reads


def test_who_publishes_here_is_told_of_a_withdrawal_by_a_guard_without_a_name(
    talk, public, operator, paralegal, advocate, centre, branch, client
):
    far = make_actor(Role.PARALEGAL, unit=branch)
    Notice.objects.all().delete()
    PublicAnswer.objects.update(title="Wagimin bertanya")
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    link = reverse("helpdesk_consultations:public_answer", args=[public.pk])
    told = {notice.user_id: (notice.text, notice.link) for notice in Notice.objects.all()}
    words = f"Jawaban publik {public.code} ditarik dari situs karena perlindungan. Jangan sebarkan lagi."
    assert told == dict.fromkeys((paralegal.user_id, advocate.user_id), (words, link))
    assert far.user_id not in told
    page = client_of(client, advocate).get(link).content.decode()
    assert ("Ditarik karena perlindungan" in page, "untuk selamanya" in page, f"Percakapan #{talk.pk}" in page) == (
        True,
    ) * 3
    entry = Entry.objects.get(action="helpdesk.public_answer.taken_down")
    assert entry.subject_ref == f"helpdesk.publicanswer:{public.pk}"
    trail = client.get(reverse("web:trail_page", args=[f"helpdesk.publicanswer:{public.pk}"])).content.decode()
    assert "menarik jawaban publik karena penanyanya dilindungi" in trail


def test_a_withdrawal_by_somebody_tells_their_reason_as_before(public, advocate, client):
    withdraw_public_answer(actor=advocate, public=public, reason="Penanya meminta.")
    page = client_of(client, advocate).get(reverse("helpdesk_consultations:public_answer", args=[public.pk]))
    assert ("Penanya meminta." in page.content.decode(), "karena perlindungan" in page.content.decode()) == (True, False)
    with pytest.raises(public_answers.AlreadyDrafted):
        drafted(advocate, public.consultation)


# A guard by mistake


def test_a_question_whose_guard_was_a_mistake_begins_anew_and_the_old_page_stays_off(
    talk, public, operator, paralegal, advocate, client
):
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    asked = Consultation.objects.get(pk=public.consultation_id)
    page = reverse("helpdesk_consultations:public_answer", args=[public.pk])
    with pytest.raises(public_answers.NeverPublic):
        drafted(paralegal, asked)
    guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    with pytest.raises(public_answers.NeverPublic):  # it was carried to the question, and is taken back there too
        drafted(paralegal, asked)
    shown = client_of(client, paralegal).get(page).content.decode()
    assert (f"Percakapan #{talk.pk}" in shown, f"Konsultasi #{asked.pk}" in shown, "Siapkan lagi" in shown) == (
        False,
        True,
        False,
    )
    consultations.guard_consultation(actor=paralegal, consultation=asked, threat_level="none", protections=[], alias="")
    assert "Siapkan lagi" in client.get(page).content.decode()
    there = client.get(reverse("helpdesk_consultations:consultation", args=[asked.pk])).content.decode()
    assert "Siapkan halaman publik yang baru" in there
    anew = drafted(paralegal, asked)
    with pytest.raises(public_answers.AlreadyDrafted):
        drafted(paralegal, asked)
    assert (anew.title, anew.state, anew.reviewed_by, anew.code == public.code) == (public.title, "draft", None, False)
    hidden(paralegal, titled(paralegal, anew))
    public_answers.submit_public_answer(actor=paralegal, public=anew)
    with pytest.raises(Denied):
        public_answers.publish_public_answer(actor=paralegal, public=anew)
    public_answers.publish_public_answer(actor=advocate, public=anew)
    assert [client.get(f"/konsultasi/{one.code}/").status_code for one in (public, anew)] == [410, 200]
    assert "Naskah yang baru" in client.get(page).content.decode()


def test_a_call_hidden_by_mistake_is_opened_again_on_the_page_of_the_withdrawn_answer(
    talk, public, operator, paralegal, advocate, centre, client
):
    call = call_of(operator, centre)
    guard_conversation(actor=operator, conversation=talk, **HIGH)
    guard_conversation(actor=paralegal, conversation=talk, threat_level="none")
    asked = Consultation.objects.get(pk=public.consultation_id)
    consultations.guard_consultation(actor=paralegal, consultation=asked, threat_level="none", protections=[], alias="")
    page = reverse("helpdesk_consultations:public_answer", args=[public.pk])
    opens = reverse("helpdesk_consultations:unguard_call", args=[public.pk, call.pk])
    client_of(client, advocate)
    shown = client.get(page).content.decode()
    assert (str(call) in shown, opens in shown, f"/telepon/{call.pk}/" in shown) == (True, True, False)
    answer = client.post(opens, {f"lepas-{call.pk}-reason": " "})
    call.refresh_from_db()
    assert (answer.status_code, call.threat_level) == (422, "high")
    assert client.post(reverse("helpdesk_consultations:unguard_call", args=[public.pk, 999]), {}).status_code == 404
    with pytest.raises(Denied):
        calls.unguard_call(actor=operator, call=call, reason="keliru")
    assert client.post(opens, {f"lepas-{call.pk}-reason": "Salah orang."}).status_code == 302
    call.refresh_from_db()
    assert (call.threat_level, call.protections) == ("none", [])
    assert "Siapkan lagi" in client.get(page).content.decode()
    assert client.post(opens, {f"lepas-{call.pk}-reason": "Lagi."}).status_code == 404


# The record of who it is


def test_a_guard_hides_the_record_of_who_it_is(talk, operator, centre, branch, django_capture_on_commit_callbacks):
    person, other = make_person(branch, "Ratna Dewi"), make_person(centre, "Sari")
    tie_person(actor=operator, conversation=talk, person=person)
    with django_capture_on_commit_callbacks(execute=True):
        guard_conversation(actor=operator, conversation=talk, **HIGH)
    person.refresh_from_db(), other.refresh_from_db()
    assert (person.threat_level, other.threat_level) == ("high", "none")
    assert person.shown_as not in ("Ratna Dewi", "Kenari")  # the alias of the centre is not for the branch
    guard_conversation(actor=operator, conversation=talk, threat_level="high", protections=["child"], alias="Kenari")
    tie_person(actor=operator, conversation=talk, person=other)
    other.refresh_from_db(), person.refresh_from_db()
    assert (other.threat_level, other.protections, other.shown_as) == ("high", ["child"], "Kenari")
    assert person.protections == ["child"]


def test_a_guard_leaves_the_alias_of_a_record_as_it_is(talk, operator, paralegal, centre):
    person = make_person(centre, "Ratna Dewi")
    tie_person(actor=operator, conversation=talk, person=person)
    protect_person(actor=paralegal, person=person, threat_level="careful", protections=["trafficking"], alias="Merpati")
    guard_conversation(actor=operator, conversation=talk, threat_level="none", protections=["child"], alias="Kenari")
    person.refresh_from_db()
    assert (person.threat_level, person.shown_as, person.protections) == ("careful", "Merpati", ["child", "trafficking"])


# Rows of before


def clean():
    of = importlib.import_module("serikat.helpdesk.migrations.0011_names_of_the_guarded_are_not_left_behind")
    of.clean(apps, None)


def test_the_migration_takes_the_names_of_the_guarded_out_of_the_search(talk, sms, hears, ratna, operator):
    other, free = hears(sms, "Halo", "0812 9999 111"), hears(sms, "Halo", "0812 9999 222")
    for one in (talk, other, free):
        Term.objects.bulk_create(rows_of(one.pk, "Ratna Dewi", of_name=True))
    words = Term.objects.filter(of_name=False).count()
    Conversation.objects.filter(pk=talk.pk).update(threat_level="none", person=ratna)
    Person.objects.filter(pk=ratna.pk).update(protections=["child"])
    Conversation.objects.filter(pk=other.pk).update(threat_level="high")
    for _again in range(2):
        clean()
        assert set(Term.objects.filter(of_name=True).values_list("conversation", flat=True)) == {free.pk}
    assert Term.objects.filter(of_name=False).count() == words


def test_the_migration_takes_a_name_out_of_the_branch_that_it_was_carried_to(
    branch, east, centre, holder, sms, hears, monkeypatch
):
    near, far = actor_of(holder("Bela", branch)), actor_of(holder("Eka", east))
    first, second, third = call_of(near, branch), call_of(far, east), call_of(near, branch)
    above = call_of(make_actor(Role.OPERATOR, unit=centre), centre)
    alone = calls.begin_call(
        actor=far, unit=east, key=uuid.uuid4(), address=find_or_make_address(scheme=Scheme.NUMBER, typed="0812 8888 111"),
        direction="in",
    )  # fmt: skip
    now = timezone.now()
    for minutes, one in enumerate((first, second, third, above, alone)):
        one.threat_level, one.called, one.began_at = "high", "Ratna Dewi", now + timedelta(minutes=minutes)
        one.save()
    asked = answered(make_actor(Role.PARALEGAL, unit=centre))
    later = now + timedelta(hours=1)
    Consultation.objects.filter(pk=asked.pk).update(protections=["child"], asked_at=later, answered_at=later, unit=east)
    asked.refresh_from_db()
    asked.called = "ratna dewi"
    asked.save(update_fields=["called"])
    Call.objects.filter(pk=second.pk).update(consultation=asked)
    read, opened = secrets.decrypt, []
    monkeypatch.setattr(secrets, "decrypt", lambda token: opened.append(1) or read(token))
    clean()
    names = len(opened)
    clean()
    monkeypatch.undo()
    for one in (first, second, third, above, alone, asked):
        one.refresh_from_db()
    assert [one.called for one in (first, second, third, above, alone, asked)] == [
        "Ratna Dewi", "", "Ratna Dewi", "Ratna Dewi", "Ratna Dewi", "",
    ]  # fmt: skip
    assert names == 5  # each name on the shared number, once


def test_the_migration_asks_as_much_of_many_as_of_few(sms, hears):
    counts = []
    for size in (2, 8):
        for n in range(size):
            one = hears(sms, "Halo", f"0812 7{size:02}{n:04}")
            Conversation.objects.filter(pk=one.pk).update(threat_level="high")
        with CaptureQueriesContext(connection) as queries:
            clean()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_migration_knows_what_a_guard_withdrew_before(public, advocate):
    withdraw_public_answer(actor=advocate, public=public, reason="Penanyanya sekarang dilindungi.")
    clean()
    public.refresh_from_db()
    assert (public.by_guard, public.withdrawn_because) == (True, "")
