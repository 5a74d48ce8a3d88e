"""Adding, correcting, finding and protecting persons: scope, doubles, masks, aliases, and what the trail says."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection

from serikat.accounts.models import Notice
from serikat.audit.models import Entry, Value
from serikat.kernel.access import ANONYMOUS, Role
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.people import selectors
from serikat.people.models import Person
from serikat.people.services.persons import (
    AccountTaken,
    AliasNeeded,
    BadBirthDate,
    BadName,
    BadNik,
    LikelyDouble,
    NameNeeded,
    add_person,
    correct_person,
    link_person,
    look_at_person,
    protect_person,
)
from serikat.people.services.reveals import agree_to_reveal, ask_reveal, decline_reveal
from serikat.people.tests.factories import make_actor, make_person, make_user

pytestmark = pytest.mark.django_db
NIK = "3216085708900001"
PHONE = "+6281234567890"


def add(actor, unit, **values):
    return add_person(actor=actor, unit=unit, **({"names": {"legal": "Sumarni Wati"}} | values))


def test_add_person_keeps_secrets_unreadable_and_out_of_the_trail(branch, secretary):
    person = add(secretary, branch, nik="3216 0857 0890 0001", born_on=date(1990, 8, 17), sex="f", phone="0812-3456-7890")

    assert (person.nik, person.shown_as) == (NIK, "Sumarni Wati")
    assert [c.value for c in selectors.contact_points_of(person)] == [PHONE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, born_on, nik_index FROM people_person")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT value FROM people_contactpoint")
        stored += str(cursor.fetchall())
    assert NIK not in stored
    assert "1990-08-17" not in stored
    assert PHONE not in stored
    words = str(list(Value.objects.values_list("name", "value")))
    for secret in (NIK, PHONE, "1990-08-17", "Sumarni"):
        assert secret not in words
    entry = Entry.objects.get(action="people.person.added")
    assert entry.subject_ref == f"people.person:{person.pk}"
    assert set(entry.values.exclude(name__in=("actor", "mandate")).values_list("subject", flat=True)) == {person.subject}


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"names": {}}, NameNeeded, "legal"),
        ({"names": {"legal": "   "}}, NameNeeded, "legal"),
        ({"names": {"legal": "12345"}}, BadName, "legal"),
        ({"names": {"called": "x" * 121}}, BadName, "called"),
        ({"names": {"legal": "Sumarni\x00Wati"}}, BadName, "legal"),
        ({"nik": "123"}, BadNik, "nik"),
        ({"nik": "321608570890000x"}, BadNik, "nik"),
        ({"phone": "abc"}, Refused, "phone"),
        ({"phone": "0812"}, Refused, "phone"),
        ({"born_on": date(2999, 1, 1)}, BadBirthDate, "born_on"),
        ({"born_on": date(1800, 1, 1)}, BadBirthDate, "born_on"),
    ],
)
def test_add_person_refuses_what_cannot_be(branch, secretary, values, refusal, field):
    with pytest.raises(refusal) as caught:
        add(secretary, branch, **values)
    assert caught.value.field == field
    assert (Person.objects.count(), Entry.objects.count()) == (0, 0)


def test_add_person_warns_of_likely_doubles_and_can_be_told_otherwise(branch, secretary):
    first = make_person(branch, "Sumarni Wati", nik=NIK, phone=PHONE)
    for values in (
        {"names": {"legal": "sumarni  WATI"}},
        {"names": {"legal": "Lain"}, "nik": NIK},
        {"names": {"legal": "Lain"}, "phone": "081234567890"},
    ):
        with pytest.raises(LikelyDouble) as caught:
            add(secretary, branch, **values)
        assert caught.value.people == [first]
    second = add(secretary, branch, despite_doubles=True)
    assert second.pk != first.pk


def test_a_double_with_another_birth_date_is_another_person(branch, secretary):
    make_person(branch, "Sumarni Wati", born_on=date(1990, 8, 17))
    assert add(secretary, branch, born_on=date(1991, 8, 17)).pk


def test_doubles_out_of_reach_are_not_told(branch, other_branch, secretary):
    make_person(other_branch, "Sumarni Wati", nik=NIK)
    assert add(secretary, branch, nik=NIK).pk


def test_people_within_keeps_to_the_units_reached(nation, branch, other_branch, secretary, data_officer):
    here, there = make_person(branch, "Dewi Contoh"), make_person(other_branch, "Ratri Contoh")
    assert list(selectors.people_within(secretary)) == [here]
    assert list(selectors.people_within(data_officer)) == [here, there]
    assert list(selectors.people_within(ANONYMOUS)) == []
    programme = make_actor(Role.PROGRAMME_OFFICER, unit=nation)
    assert list(selectors.people_within(programme)) == []
    with pytest.raises(Missing):
        selectors.person_for(secretary, there.subject)
    with pytest.raises(Missing):
        selectors.person_for(secretary, uuid.uuid4())
    with pytest.raises(Denied):
        add(secretary, other_branch)


@pytest.mark.parametrize("words", ["sumar", "WATI", "wati sumarni", "0812 3456 7890", PHONE, NIK, "3216 0857 0890 0001"])
def test_find_people_by_name_phone_and_nik(branch, secretary, words):
    found = make_person(branch, "Sumarni Wati", nik=NIK, phone=PHONE)
    make_person(branch, "Lain Orang")
    assert list(selectors.find_people(secretary, words)) == [found]


def test_find_people_finds_nothing_for_what_fits_nobody(branch, secretary):
    make_person(branch, "Sumarni Wati", nik=NIK)
    for words in ("3216085708900002", "081299999999", "tidak ada", "'; DROP TABLE", "%", "\x00"):
        assert list(selectors.find_people(secretary, words)) == []


def test_an_alias_shows_everywhere_once_the_threat_is_high(branch, secretary, paralegal):
    person = make_person(branch, "Sumarni Wati", nik=NIK, phone=PHONE)
    with pytest.raises(AliasNeeded):
        protect_person(actor=paralegal, person=person, threat_level="high")
    protect_person(actor=paralegal, person=person, threat_level="high", alias="Melati")

    person.refresh_from_db()
    assert person.shown_as == "Melati"
    assert "Sumarni" not in str(list(Value.objects.values_list("value", flat=True)))
    assert list(selectors.find_people(secretary, "sumarni")) == []
    assert list(selectors.find_people(secretary, PHONE)) == []
    assert list(selectors.find_people(secretary, "melati")) == [person]
    assert list(selectors.find_people(paralegal, NIK)) == [person]

    protect_person(actor=paralegal, person=person, threat_level="none")
    assert Person.objects.get().shown_as == "Sumarni Wati"


def test_protect_person_refuses_unknown_words_and_those_without_the_role(branch, secretary, paralegal):
    person = make_person(branch)
    for values in ({"threat_level": "loud"}, {"threat_level": "none", "protections": ["rich"]}):
        with pytest.raises(Refused):
            protect_person(actor=paralegal, person=person, **values)
    with pytest.raises(Denied):
        protect_person(actor=secretary, person=person, threat_level="high", alias="Melati")


@pytest.mark.parametrize("protection", ["child", "trafficking", "sexual_violence"])
def test_a_protected_person_shows_by_alias_whatever_the_threat(branch, paralegal, protection):
    person = make_person(branch, alias="Melati", protections=(protection,))
    assert Person.objects.get(pk=person.pk).shown_as == "Melati"


def test_look_at_person_shows_all_and_leaves_an_entry_each_time(branch, secretary, operator):
    person = make_person(branch, nik=NIK, phone=PHONE, born_on=date(1990, 8, 17))
    full = look_at_person(actor=secretary, person=person)
    assert (full.nik, full.born_on, full.contact_points[0][2]) == (NIK, date(1990, 8, 17), PHONE)
    partly = look_at_person(actor=operator, person=person)
    assert (partly.nik, partly.born_on, partly.contact_points[0][2]) == ("", None, PHONE)
    assert Entry.objects.filter(action="people.person.looked_at").count() == 2
    chair = make_actor(Role.CHAIR, unit=branch)
    with pytest.raises(Denied):
        look_at_person(actor=chair, person=person)


def test_look_behind_an_alias_takes_a_second_person_and_lasts_some_hours(branch, paralegal, data_officer):
    person = make_person(branch, alias="Melati", threat_level="high", phone=PHONE)
    with pytest.raises(Refused):
        look_at_person(actor=paralegal, person=person)
    with pytest.raises(Refused) as caught:
        ask_reveal(actor=paralegal, person=person, reason=" ")
    assert caught.value.field == "reason"
    reveal = ask_reveal(actor=paralegal, person=person, reason="Menyiapkan gugatan")
    with pytest.raises(Denied):
        agree_to_reveal(actor=paralegal, reveal=reveal)
    agree_to_reveal(actor=data_officer, reveal=reveal)
    assert ("nama resmi", "Sumarni Wati") in look_at_person(actor=paralegal, person=person).names
    with pytest.raises(Refused):
        look_at_person(actor=data_officer, person=person)
    type(reveal).objects.update(until="2020-01-01T00:00:00Z")
    with pytest.raises(Refused):
        look_at_person(actor=paralegal, person=person)


def test_a_reveal_is_told_to_the_paralegals_of_the_unit_and_to_nobody_elsewhere(
    branch, other_branch, nation, paralegal, data_officer, secretary
):
    near, above = make_actor(Role.PARALEGAL, unit=branch), make_actor(Role.PARALEGAL, unit=nation)
    make_actor(Role.PARALEGAL, unit=other_branch)
    person = make_person(branch, "Sumarni Wati", alias="Melati", threat_level="high")
    reveal = ask_reveal(actor=paralegal, person=person, reason="Menyiapkan gugatan")
    asked = Notice.objects.all()
    assert {one.user_id for one in asked} == {near.user_id, above.user_id, data_officer.user_id}  # who may answer, in reach
    assert {(one.text, one.link) for one in asked} == {
        (f"{paralegal.name} meminta melihat siapa {person}. Anda dapat menyetujui.", "/meja/orang/kedua/")
    }
    Notice.objects.all().delete()
    agree_to_reveal(actor=data_officer, reveal=reveal)
    assert set(Notice.objects.values_list("user_id", flat=True)) == {near.user_id, above.user_id, paralegal.user_id}
    answer = Notice.objects.get(user_id=paralegal.user_id)
    assert answer.text == f"{data_officer.name} menyetujui: Anda boleh melihat siapa {person} selama 8 jam."
    notice = Notice.objects.get(user_id=near.user_id)
    assert notice.text == f"{paralegal.name} boleh melihat siapa {person} selama 8 jam; disetujui {data_officer.name}."
    assert notice.link == f"/meja/orang/{person.subject}/"
    assert not any(word in notice.text for word in ("Sumarni", "Melati"))


@pytest.mark.parametrize("answer", [agree_to_reveal, decline_reveal])
def test_whoever_was_asked_to_agree_is_asked_no_more_and_the_answer_stays_told(answer, branch, paralegal, data_officer):
    make_actor(Role.PARALEGAL, unit=branch)
    people = [make_person(branch, alias=alias, threat_level="high") for alias in ("Melati", "Kenanga")]
    first, _second = (ask_reveal(actor=paralegal, person=one, reason="Gugatan") for one in people)
    answer(actor=data_officer, reveal=first)
    waiting = Notice.objects.filter(read_at=None)
    assert [one.text for one in waiting.filter(user=data_officer.user_id)] == [
        f"{paralegal.name} meminta melihat siapa {people[1]}. Anda dapat menyetujui."
    ]
    assert [one.link for one in waiting.filter(user=paralegal.user_id)] == [f"/meja/orang/{people[0].subject}/"]


def test_a_reveal_is_told_to_a_data_officer_where_no_other_paralegal_is(branch, paralegal, data_officer):
    other = make_actor(Role.DATA_OFFICER, unit=branch)
    person = make_person(branch, alias="Melati", threat_level="high")
    reveal = ask_reveal(actor=paralegal, person=person, reason="Gugatan")
    Notice.objects.all().delete()
    agree_to_reveal(actor=data_officer, reveal=reveal)
    assert set(Notice.objects.values_list("user_id", flat=True)) == {other.user_id, paralegal.user_id}


def test_a_declined_reveal_is_told_to_the_asker_alone(branch, paralegal, data_officer):
    make_actor(Role.PARALEGAL, unit=branch)
    person = make_person(branch, alias="Melati", threat_level="high")
    reveal = ask_reveal(actor=paralegal, person=person, reason="Gugatan")
    Notice.objects.all().delete()
    decline_reveal(actor=data_officer, reveal=reveal)
    told = Notice.objects.get()
    assert (told.user_id, told.text) == (
        paralegal.user_id,
        f"{data_officer.name} menolak: nama samaran {person} tetap tertutup.",
    )


def test_correct_person_changes_names_and_keeps_what_is_not_given(branch, other_branch, secretary):
    person = make_person(branch, nik=NIK)
    correct_person(
        actor=secretary,
        person=person,
        unit=branch,
        names={"legal": "Sumarni Watiningsih", "called": "Marni"},
        shows="called",
    )
    person = Person.objects.get()
    assert (person.shown_as, person.nik) == ("Marni", NIK)
    correct_person(actor=secretary, person=person, unit=branch, names={"called": ""}, clear=("nik",))
    person = Person.objects.get()
    assert (person.shown_as, person.nik, person.nik_index) == ("Sumarni Watiningsih", "", "")
    with pytest.raises(NameNeeded):
        correct_person(actor=secretary, person=person, unit=branch, names={"legal": ""})
    with pytest.raises(Missing):
        correct_person(actor=secretary, person=person, unit=other_branch)


def test_a_restricted_person_is_left_alone_by_all_but_the_data_officer(branch, secretary, data_officer):
    person = make_person(branch)
    Person.objects.update(restricted_at="2026-11-20T00:00:00Z")
    person.refresh_from_db()
    with pytest.raises(Denied):
        look_at_person(actor=secretary, person=person)
    assert look_at_person(actor=data_officer, person=person).names


def test_link_person_takes_one_account_once(branch, data_officer):
    user = make_user()
    link_person(actor=data_officer, person=make_person(branch, "Satu Orang"), user=user)
    with pytest.raises(AccountTaken):
        link_person(actor=data_officer, person=make_person(branch, "Dua Orang"), user=user)


def test_people_within_takes_the_same_queries_for_one_and_three(branch, secretary, django_assert_num_queries):
    for count in (1, 3):
        while Person.objects.count() < count:
            make_person(branch)
        with django_assert_num_queries(1):
            assert len([(p.shown_as, p.unit.name) for p in selectors.people_within(secretary)]) == count
