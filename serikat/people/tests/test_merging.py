"""Merging: two people decide, nothing moves, reads follow, and the old record can be looked back at."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.kernel.access import Role
from serikat.kernel.errors import Denied, Refused
from serikat.people import selectors
from serikat.people.models import MergeProposal, Person
from serikat.people.services.consents import record_consent, withdraw_consent
from serikat.people.services.contacts import prefer_contact_point
from serikat.people.services.merging import (
    AlreadyAnswered,
    CannotMerge,
    NotMerged,
    agree_to_merge,
    decline_merge,
    propose_merge,
    separate_records,
)
from serikat.people.services.persons import protect_person
from serikat.people.tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
NIK = "3216085708900001"


@pytest.fixture
def second(branch):
    return make_actor(Role.SECRETARY, unit=branch)


def merged_pair(branch, proposer, agreer):
    kept = make_person(branch, "Sumarni Wati", phone="081234567890")
    other = make_person(branch, "Marni", nik=NIK, phone="081299990000")
    proposal = propose_merge(actor=proposer, kept=kept, merged=other, reason="NIK sama")
    agree_to_merge(actor=agreer, proposal=proposal)
    return kept, other


def test_who_proposed_a_merge_cannot_agree_to_it(branch, secretary, second):
    kept, other = make_person(branch, "Satu Orang"), make_person(branch, "Dua Orang")
    proposal = propose_merge(actor=secretary, kept=kept, merged=other, reason="NIK sama")
    for answer in (agree_to_merge, decline_merge):
        with pytest.raises(Denied):
            answer(actor=secretary, proposal=proposal)
    decline_merge(actor=second, proposal=proposal)
    with pytest.raises(AlreadyAnswered):
        agree_to_merge(actor=second, proposal=proposal)
    assert Person.objects.filter(merged_into=None).count() == 2


def test_a_merge_moves_nothing_and_reads_follow_it(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)

    assert list(selectors.people_within(secretary)) == [kept]
    assert selectors.person_for(secretary, other.subject) == kept
    assert selectors.person_of_subject(other.subject) == kept
    assert list(selectors.find_people(secretary, NIK)) == [kept]
    assert list(selectors.find_people(secretary, "marni")) == [kept]
    assert sorted(n.text for n in selectors.names_of(kept)) == ["Marni", "Sumarni Wati"]
    assert len(selectors.contact_points_of(kept)) == 2
    assert selectors.subjects_of(kept) == {kept.subject, other.subject}
    old = selectors.record_for(secretary, other.subject)
    assert (old.shown_as, old.nik, old.contact_points.count()) == ("Marni", NIK, 1)
    assert [e.action for e in Entry.objects.filter(action__startswith="people.merge").order_by("at")] == [
        "people.merge.proposed",
        "people.merge.agreed",
    ]


def test_a_merge_taken_back_leaves_each_record_as_it_was(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    before = list(Person.objects.filter(pk__in=[kept.pk, other.pk]).order_by("pk").values())
    separate_records(actor=second, proposal=MergeProposal.objects.get(), reason="Dua NIK berbeda di kartunya")
    after = list(Person.objects.filter(pk__in=[kept.pk, other.pk]).order_by("pk").values())
    assert after == [{**row, "merged_into_id": None} for row in before]
    assert {p.pk for p in selectors.people_within(secretary)} == {kept.pk, other.pk}
    assert list(selectors.find_people(secretary, NIK)) == [other]
    assert [n.text for n in selectors.names_of(kept)] == ["Sumarni Wati"]
    assert len(selectors.contact_points_of(kept)) == len(selectors.contact_points_of(other)) == 1
    assert selectors.subjects_of(kept) == {kept.subject}
    assert MergeProposal.objects.get().answer == "undone"
    assert Entry.objects.filter(action="people.merge.undone").count() == 1


def test_who_proposed_a_merge_does_not_take_it_back_and_nobody_twice(branch, other_branch, secretary, second, operator):
    merged_pair(branch, secretary, second)
    proposal = MergeProposal.objects.get()
    far = make_actor(Role.SECRETARY, unit=other_branch)
    for actor in (secretary, operator, far):
        with pytest.raises(Denied):
            separate_records(actor=actor, proposal=proposal, reason="keliru")
    with pytest.raises(Refused) as caught:
        separate_records(actor=second, proposal=proposal, reason=" ")
    assert caught.value.field == "reason"
    separate_records(actor=second, proposal=proposal, reason="keliru")
    with pytest.raises(NotMerged):
        separate_records(actor=second, proposal=proposal, reason="keliru")


def test_records_that_were_separated_may_be_merged_again(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    separate_records(actor=second, proposal=MergeProposal.objects.get(), reason="keliru")
    again = propose_merge(
        actor=secretary, kept=Person.objects.get(pk=kept.pk), merged=Person.objects.get(pk=other.pk), reason="ternyata sama"
    )
    agree_to_merge(actor=second, proposal=again)
    assert selectors.person_for(secretary, other.subject) == kept


def test_a_separation_in_the_middle_keeps_what_was_merged_before(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    top = make_person(branch, "Ketiga Orang")
    agree_to_merge(actor=second, proposal=propose_merge(actor=secretary, kept=top, merged=kept, reason="sama"))
    separate_records(actor=second, proposal=MergeProposal.objects.get(merged=kept), reason="keliru")
    assert selectors.person_for(secretary, other.subject) == kept
    assert selectors.subjects_of(top) == {top.subject}


def test_a_separation_lays_nobody_open_who_was_protected_meanwhile(branch, secretary, second, paralegal):
    kept, other = merged_pair(branch, secretary, second)
    protect_person(actor=paralegal, person=Person.objects.get(pk=kept.pk), threat_level="high", alias="Melati")
    Person.objects.filter(pk=kept.pk).update(restricted_at=timezone.now())
    proposal = MergeProposal.objects.get()
    with pytest.raises(Refused) as caught:
        separate_records(actor=second, proposal=proposal, reason="keliru")
    assert caught.value.field == "alias"
    assert Person.objects.get(pk=other.pk).merged_into_id == kept.pk
    separated = separate_records(actor=second, proposal=proposal, reason="keliru", alias="Kenanga")
    separated.refresh_from_db()
    assert (separated.shows_alias, separated.shown_as, separated.restricted_at is not None) == (True, "Kenanga", True)


def test_a_separation_through_its_page(client, settings, branch, secretary, second):
    settings.SECOND_FACTOR_REQUIRED = False
    _kept, other = merged_pair(branch, secretary, second)
    page, form = f"/meja/orang/{other.subject}/catatan/", f"/meja/orang/{other.subject}/pisahkan/"
    for actor, seen in ((secretary, False), (second, True)):
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        assert (form in client.get(page).content.decode()) is seen
        assert client.get(form).status_code == (200 if seen else 404)
    assert client.post(form, {"reason": ""}).status_code == 422
    assert client.post(form, {"reason": "Dua orang"})["Location"] == page
    assert form not in client.get(page).content.decode()
    assert client.get(f"/meja/orang/{other.subject}/").status_code == 200
    assert client.get(form).status_code == 404


def test_merges_follow_one_another_and_never_in_a_circle(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    top = make_person(branch, "Ketiga Orang")
    agree_to_merge(actor=second, proposal=propose_merge(actor=secretary, kept=top, merged=kept, reason="sama"))
    assert selectors.person_for(secretary, other.subject) == top
    assert {p.pk for p in selectors.family(other)} == {top.pk, kept.pk, other.pk}
    for pair in ((Person.objects.get(pk=other.pk), top), (top, Person.objects.get(pk=kept.pk)), (top, top)):
        with pytest.raises(CannotMerge):
            propose_merge(actor=secretary, kept=pair[0], merged=pair[1], reason="sama")


def test_a_merge_needs_a_reason_reach_and_no_open_proposal(branch, other_branch, secretary, operator):
    kept, other = make_person(branch, "Satu Orang"), make_person(branch, "Dua Orang")
    far = make_person(other_branch, "Jauh Orang")
    with pytest.raises(Denied):
        propose_merge(actor=operator, kept=kept, merged=other, reason="sama")
    with pytest.raises(CannotMerge):
        propose_merge(actor=secretary, kept=kept, merged=far, reason="sama")
    propose_merge(actor=secretary, kept=kept, merged=other, reason="sama")
    with pytest.raises(CannotMerge):
        propose_merge(actor=secretary, kept=kept, merged=other, reason="sama")


def test_a_merge_never_lays_a_protected_name_open(branch, secretary):
    kept = make_person(branch, "Satu Orang")
    hidden = make_person(branch, "Dua Orang", alias="Melati", threat_level="high")
    with pytest.raises(CannotMerge):
        propose_merge(actor=secretary, kept=kept, merged=hidden, reason="sama")


def test_consent_is_given_withdrawn_and_read_across_a_merge(branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    consent = record_consent(actor=secretary, person=other, purpose="public_name", given_on=date(2026, 5, 1), how="paper")
    assert selectors.has_consent(kept.subject, "public_name")
    assert not selectors.has_consent(kept.subject, "research")
    withdraw_consent(actor=secretary, consent=consent)
    assert not selectors.has_consent(other.subject, "public_name")


def test_a_record_says_where_it_went_and_once_separated_that_it_stands_by_itself(client, branch, secretary, second):
    kept, other = merged_pair(branch, secretary, second)
    client.force_login(get_user_model().objects.get(pk=second.user_id))
    address = f"/meja/orang/{other.subject}/catatan/"
    assert f"sudah digabungkan ke {kept.code}" in client.get(address).content.decode()
    separate_records(actor=second, proposal=MergeProposal.objects.get(), reason="keliru")
    shown = client.get(address).content.decode()
    assert "Catatan lama" not in shown
    assert f'href="/meja/orang/{other.subject}/">Buka catatannya' in shown


def test_merged_records_have_one_preferred_contact_that_can_be_chosen(branch, secretary, second):
    kept, merged = merged_pair(branch, secretary, second)
    points = selectors.contact_points_of(kept)
    assert [(p.person_id, p.preferred) for p in points] == [(kept.pk, True), (merged.pk, False)]
    prefer_contact_point(actor=secretary, contact_point=points[1])
    assert [(p.person_id, p.preferred) for p in selectors.contact_points_of(merged)] == [(merged.pk, True), (kept.pk, False)]
