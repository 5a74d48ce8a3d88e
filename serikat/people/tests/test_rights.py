"""Rights over one's own data, their clock and their answer; breaches and their letters."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone, translation

from serikat.audit.action import action
from serikat.audit.models import Entry
from serikat.files.inspection import check_upload
from serikat.files.services import keep_file
from serikat.kernel.access import SYSTEM, Role, actor_of, anyone
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.people import selectors
from serikat.people.models import DataRequest, Person
from serikat.people.services.breaches import (
    BreachShape,
    add_breached_person,
    close_breach,
    correct_breach,
    record_breach,
    tell_breach,
)
from serikat.people.services.persons import protect_person
from serikat.people.services.reveals import agree_to_reveal, ask_reveal
from serikat.people.services.rights import (
    AlreadyAnswered,
    AlreadyAsked,
    ask_right,
    copy_person,
    grant_right,
    lift_restriction,
    refuse_right,
)
from serikat.people.tests.factories import make_actor, make_person, make_user

pytestmark = pytest.mark.django_db


@action("people.letter.kept", may=anyone, says="menyimpan surat")
def keep_letter(*, actor, person, checked):
    """What a room above does: it keeps a file of a person."""
    return keep_file(actor=actor, checked=checked, holder_ref=f"people.person:{person.pk}", subject=person.subject)


NIK = "3216085708900001"


def test_ask_right_runs_three_days_from_when_it_was_asked(branch, secretary):
    asked_at = timezone.now() - timedelta(hours=5)
    asked = ask_right(actor=secretary, person=make_person(branch), kind="copy", asked_at=asked_at)
    assert asked.due_at == asked_at + timedelta(hours=72)
    with pytest.raises(AlreadyAsked):
        ask_right(actor=secretary, person=asked.person, kind="copy")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "loud"}, "kind"),
        ({"kind": "correction"}, "words"),
        ({"kind": "erasure"}, "byline"),
        ({"kind": "erasure", "byline": "loud"}, "byline"),
        ({"kind": "copy", "words": "x" * 4001}, "words"),
        ({"kind": "copy", "asked_at": timezone.now() + timedelta(days=9)}, "asked_at"),
    ],
)
def test_ask_right_refuses_what_cannot_be(branch, secretary, values, field):
    with pytest.raises(Refused) as caught:
        ask_right(actor=secretary, person=make_person(branch), **values)
    assert caught.value.field == field
    assert not DataRequest.objects.exists()


def test_a_person_asks_for_themselves_alone(branch, data_officer):
    person = make_person(branch, user=make_user())
    own = actor_of(person.user)
    assert ask_right(actor=own, person=person, kind="copy").kind == "copy"
    with pytest.raises(Denied):
        ask_right(actor=own, person=make_person(branch, "Lain Orang"), kind="copy")
    with pytest.raises(Denied):
        copy_person(actor=own, person=person)


def test_copy_person_holds_what_every_room_has(branch, data_officer):
    user = make_user("sumarni", name="Sumarni Wati", email="sumarni@contoh.id")
    person = make_person(branch, "Sumarni <b>Wati</b>", nik=NIK, phone="081234567890", user=user)
    with translation.override("en"):  # the officer's; the copy is Indonesian
        copy = copy_person(actor=data_officer, person=person)
    with zipfile.ZipFile(io.BytesIO(copy)) as packed:
        plain = json.loads(packed.read("data.json"))
        page = packed.read("data.html").decode()
    assert {"accounts", "audit", "people"} <= set(plain["data"])
    assert plain["data"]["people"]["catatan"][0]["NIK"] == NIK
    assert plain["data"]["people"]["catatan"][0]["kontak"][0]["isi"] == "+6281234567890"
    assert plain["data"]["accounts"]["akun"][0]["surel"] == "sumarni@contoh.id"
    assert "Sumarni &lt;b&gt;Wati&lt;/b&gt;" in page
    assert "<b>Wati" not in page
    assert "<h1>Salinan data pribadi</h1>" in page
    assert Entry.objects.filter(action="people.person.copied").count() == 1


def test_a_copy_of_somebody_protected_is_made_while_two_have_opened_the_alias(branch, data_officer, client):
    person = make_person(branch, "Sumarni Wati", nik=NIK, phone="081234567890")
    protect_person(actor=SYSTEM, person=person, threat_level="high", alias="Kenari")
    with pytest.raises(Refused):
        copy_person(actor=data_officer, person=person)
    client.force_login(get_user_model().objects.get(pk=data_officer.user_id))
    page = reverse("people:see", args=[person.subject])
    answer = client.post(reverse("people:copy", args=[person.subject]), follow=True)
    assert (answer.redirect_chain, "persetujuan orang kedua" in answer.content.decode()) == ([(page, 302)], True)
    assert reverse("people:copy", args=[person.subject]) not in client.get(page).content.decode()
    reveal = ask_reveal(actor=data_officer, person=person, reason="Orangnya meminta salinan.")
    agree_to_reveal(actor=make_actor(Role.PARALEGAL, unit=branch), reveal=reveal)
    with zipfile.ZipFile(io.BytesIO(copy_person(actor=data_officer, person=person))) as packed:
        assert NIK in packed.read("data.json").decode()
    assert reverse("people:copy", args=[person.subject]) in client.get(page).content.decode()


def test_a_restriction_granted_takes_effect_and_can_be_lifted(branch, secretary, data_officer):
    person = make_person(branch)
    asked = ask_right(actor=secretary, person=person, kind="restriction")
    grant_right(actor=data_officer, data_request=asked, answer="Dibatasi")
    assert Person.objects.get().restricted_at is not None
    with pytest.raises(AlreadyAnswered):
        refuse_right(actor=data_officer, data_request=asked, answer="tidak")
    lift_restriction(actor=data_officer, person=person)
    assert Person.objects.get().restricted_at is None


def test_an_erasure_granted_forgets_and_leaves_no_word(branch, secretary, data_officer):
    person = make_person(branch)
    asked = ask_right(actor=secretary, person=person, kind="erasure", byline="anonymous", words="Saya mau dihapus")
    answered = grant_right(actor=data_officer, data_request=asked, answer="Sudah dihapus")
    assert (answered.state, answered.words, answered.answer) == ("granted", "", "")
    assert Person.objects.get().is_forgotten
    assert list(selectors.people_within(data_officer)) == []


def test_refuse_right_needs_a_reason_and_the_office(branch, secretary, data_officer):
    asked = ask_right(actor=secretary, person=make_person(branch), kind="copy")
    with pytest.raises(Refused) as caught:
        refuse_right(actor=data_officer, data_request=asked, answer=" ")
    assert caught.value.field == "answer"
    with pytest.raises(Denied):
        refuse_right(actor=secretary, data_request=asked, answer="tidak")
    assert refuse_right(actor=data_officer, data_request=asked, answer="Pasal 15").state == "refused"


def shape(**values):
    given = {"what": "Ponsel hilang", "data_kinds": "nama, nomor", "known_at": timezone.now() - timedelta(hours=2)}
    return BreachShape(**(given | values))


def test_a_breach_runs_its_clock_and_closes_only_when_both_were_told(branch, nation, data_officer):
    breach = record_breach(actor=data_officer, unit=nation, shape=shape())
    assert breach.due_at - breach.known_at == timedelta(hours=72)
    person = make_person(branch)
    add_breached_person(actor=data_officer, breach=breach, person=person)
    add_breached_person(actor=data_officer, breach=breach, person=person)
    assert selectors.concerned_in(breach) == [person]
    for whom in ("persons", "authority"):
        with pytest.raises(Refused):
            close_breach(actor=data_officer, breach=breach)
        tell_breach(actor=data_officer, breach=breach, whom=whom)
    with pytest.raises(Refused) as caught:
        close_breach(actor=data_officer, breach=breach)
    assert caught.value.field == "measures"
    correct_breach(actor=data_officer, breach=breach, shape=shape(measures="Ponsel dikunci", known_at=breach.known_at))
    close_breach(actor=data_officer, breach=breach)
    with pytest.raises(Conflict):
        tell_breach(actor=data_officer, breach=breach, whom="persons")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"what": " "}, "what"),
        ({"data_kinds": ""}, "data_kinds"),
        ({"known_at": timezone.now() + timedelta(days=9)}, "known_at"),
        ({"happened_at": timezone.now()}, "happened_at"),
    ],
)
def test_record_breach_refuses_what_cannot_be(nation, data_officer, values, field):
    with pytest.raises(Refused) as caught:
        record_breach(actor=data_officer, unit=nation, shape=shape(**values))
    assert caught.value.field == field


def test_tell_breach_refuses_an_unknown_address_and_an_impossible_time(nation, data_officer, secretary):
    breach = record_breach(actor=data_officer, unit=nation, shape=shape())
    with pytest.raises(Refused):
        tell_breach(actor=data_officer, breach=breach, whom="press")
    for at in (timezone.now() + timedelta(hours=1), breach.known_at - timedelta(hours=1)):
        with pytest.raises(Refused):
            tell_breach(actor=data_officer, breach=breach, whom="persons", at=at)
    with pytest.raises(Denied):
        tell_breach(actor=secretary, breach=breach, whom="persons")


def test_the_copy_brings_the_persons_files(branch, data_officer):
    person = make_person(branch)
    checked = check_upload(io.BytesIO(b"%PDF-1.4\nisi surat\n%%EOF\n"), "surat kuasa.pdf", public=False)
    kept = keep_letter(actor=data_officer, person=person, checked=checked)
    with zipfile.ZipFile(io.BytesIO(copy_person(actor=data_officer, person=person))) as packed:
        (name,) = [n for n in packed.namelist() if n.startswith("berkas/")]
        assert packed.read(name) == checked.content
    assert str(kept.pk) in name
