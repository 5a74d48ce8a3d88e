"""Merging: two people decide, nothing moves, reads follow, and the old record can be looked back at."""

from __future__ import annotations

from datetime import date

import pytest

from serikat.audit.models import Entry
from serikat.kernel.access import Role
from serikat.kernel.errors import Denied
from serikat.people import selectors
from serikat.people.models import Person
from serikat.people.services.consents import record_consent, withdraw_consent
from serikat.people.services.merging import (
    AlreadyAnswered,
    CannotMerge,
    agree_to_merge,
    decline_merge,
    propose_merge,
)
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
