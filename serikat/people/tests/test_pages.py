"""The room's pages: who may enter, what is masked, how a form refuses, and the same number of queries for one row and for three."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry
from serikat.kernel.access import Role
from serikat.people.models import Body, Breach, DataRequest, MergeProposal, Person
from serikat.people.services.bodies import BodyShape, add_body
from serikat.people.services.breaches import BreachShape, record_breach
from serikat.people.services.consents import record_consent
from serikat.people.services.merging import propose_merge
from serikat.people.services.reveals import ask_reveal
from serikat.people.services.rights import ask_right
from serikat.people.tests.factories import make_actor, make_person, make_user

pytestmark = pytest.mark.django_db
NIK, PHONE = "3216085708900001", "+6281234567890"


@pytest.fixture
def enter(client):
    """The client, signed in as an actor."""

    def as_(actor):
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        return client

    return as_


def page(name, *args):
    return reverse(f"people:{name}", args=args)


def given(unit, **values):
    return {"legal": "Sumarni Wati", "unit": unit.pk, "place-text": "", "place": ""} | values


def test_index_lists_finds_and_keeps_to_the_scope(enter, branch, other_branch, secretary):
    make_person(branch, "Sumarni Wati", nik=NIK)
    make_person(other_branch, "Ratri Jauh")
    client = enter(secretary)
    shown = client.get(page("index")).content.decode()
    assert "Sumarni Wati" in shown
    assert "Ratri Jauh" not in shown
    assert "Sumarni Wati" in client.get(page("index"), {"q": NIK}).content.decode()
    assert "Tidak ada yang cocok" in client.get(page("index"), {"q": "<script>"}).content.decode()


def test_add_keeps_what_was_typed_and_asks_about_doubles(enter, branch, secretary):
    client = enter(secretary)
    assert client.get(page("add")).status_code == 200
    wrong = client.post(page("add"), given(branch, nik="12", phone="abc"))
    assert wrong.status_code == 422
    assert "Sumarni Wati" in wrong.content.decode()
    assert wrong.context["form"].errors["nik"]
    assert client.post(page("add"), given(branch, nik=NIK)).status_code == 302
    double = client.post(page("add"), given(branch))
    assert double.status_code == 422
    assert "Mungkin orang yang sama" in double.content.decode()
    assert client.post(page("add"), given(branch, despite_doubles="on")).status_code == 302
    assert Person.objects.count() == 2


def test_add_refuses_a_unit_out_of_reach(enter, other_branch, secretary):
    answer = enter(secretary).post(page("add"), given(other_branch))
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_an_odd_nik_is_told_and_saved(enter, branch, secretary):
    answer = enter(secretary).post(page("add"), given(branch, nik=NIK, sex="m"), follow=True)
    assert "Jenis kelamin berbeda" in answer.content.decode()
    assert Person.objects.get().nik == NIK


def test_see_masks_and_look_shows_and_is_recorded(enter, branch, secretary):
    person = make_person(branch, nik=NIK, phone=PHONE)
    client = enter(secretary)
    masked = client.get(page("see", person.subject)).content.decode()
    assert NIK not in masked
    assert PHONE not in masked
    looked = client.post(page("look", person.subject))
    assert NIK in looked.content.decode()
    assert PHONE in looked.content.decode()
    assert "no-store" in looked.headers["Cache-Control"]
    assert client.get(page("look", person.subject)).status_code == 405
    assert Entry.objects.filter(action="people.person.looked_at").count() == 1


def test_a_protected_person_shows_by_alias_on_every_page(enter, branch, paralegal):
    person = make_person(branch, "Sumarni Wati", alias="Melati", threat_level="high", nik=NIK, phone=PHONE)
    client = enter(paralegal)
    ask_right(actor=paralegal, person=person, kind="copy")
    names = ("see", "correct", "protect", "add_contact_point", "record_consent", "ask_right", "ask_reveal", "record")
    for address in [page("index"), *(page(name, person.subject) for name in names)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        words = answer.content.decode()
        assert "Sumarni" not in words
        assert NIK not in words
    assert re.search(r"<title>[^<]*Melati", client.get(page("see", person.subject)).content.decode())
    refused = client.post(page("look", person.subject), follow=True)
    assert "dilindungi" in refused.content.decode()
    assert "Sumarni" not in refused.content.decode()


def test_what_is_out_of_reach_answers_like_what_is_not_there(enter, client, other_branch, secretary, nation):
    there = make_person(other_branch)
    assert client.get(page("index")).status_code == 302
    entered = enter(secretary)
    for name in ("see", "record", "correct", "protect", "ask_right", "propose_merge"):
        assert entered.get(page(name, there.subject)).status_code == 404
    for name in ("requests", "breaches", "record_breach"):
        assert entered.get(page(name)).status_code == 404
    programme = make_actor(Role.PROGRAMME_OFFICER, unit=nation)
    assert enter(programme).get(page("index")).status_code == 404


def test_correct_contact_consent_and_protection_through_their_pages(enter, branch, paralegal):
    person = make_person(branch, nik=NIK)
    client = enter(paralegal)
    see = page("see", person.subject)
    changed = client.post(page("correct", person.subject), given(branch, called="Marni", shows="called"))
    assert (changed.status_code, changed.url) == (302, see)
    assert Person.objects.get().shown_as == "Marni"
    assert Person.objects.get().nik == NIK
    contact = page("add_contact_point", person.subject)
    assert client.post(contact, {"kind": "email", "value": "bukan"}).status_code == 422
    assert client.post(contact, {"kind": "email", "value": "Marni@Contoh.id"}).status_code == 302
    assert client.post(contact, {"kind": "email", "value": "marni@contoh.id"}).status_code == 422
    point = person.contact_points.get()
    client.post(page("prefer_contact_point", person.subject, point.pk))
    client.post(page("end_contact_point", person.subject, point.pk))
    assert client.post(page("end_contact_point", person.subject, point.pk)).status_code == 404
    consent = {"purpose": "contact", "given_on": "2026-05-01", "how": "paper"}
    assert client.post(page("record_consent", person.subject), consent).status_code == 302
    late = consent | {"given_on": "2999-01-01"}
    assert client.post(page("record_consent", person.subject), late).status_code == 422
    client.post(page("withdraw_consent", person.subject, person.consents.get().pk))
    assert person.consents.get().withdrawn_at is not None
    assert client.post(page("protect", person.subject), {"threat_level": "high"}).status_code == 422
    assert client.post(page("protect", person.subject), {"threat_level": "high", "alias": "Melati"}).status_code == 302


def test_a_merge_and_a_reveal_through_their_pages(enter, branch, paralegal, secretary, data_officer):
    kept, other = make_person(branch, "Satu Orang"), make_person(branch, "Dua Orang")
    client = enter(secretary)
    assert client.post(page("propose_merge", kept.subject), {"code": "0000-0000", "reason": "x"}).status_code == 422
    client.post(page("propose_merge", kept.subject), {"code": other.code, "reason": "NIK sama"})
    proposal = MergeProposal.objects.get()
    assert client.post(page("answer_merge", proposal.pk), {"do": "agree"}).status_code == 404
    hidden = make_person(branch, "Tiga Orang", alias="Melati", threat_level="high")
    enter(paralegal).post(page("ask_reveal", hidden.subject), {"reason": "Gugatan"})
    client = enter(data_officer)
    waiting = client.get(page("seconds")).content.decode()
    assert other.code in waiting
    assert "Melati" in waiting
    client.post(page("answer_merge", proposal.pk), {"do": "agree"})
    client.post(page("answer_reveal", hidden.reveals.get().pk), {"do": "agree"})
    followed = client.get(page("see", other.subject)).content.decode()
    assert "Satu Orang" in followed
    assert client.get(page("record", other.subject)).status_code == 200
    assert "Tiga Orang" in enter(paralegal).post(page("look", hidden.subject)).content.decode()


def test_rights_through_the_officers_pages(enter, branch, secretary, data_officer):
    person = make_person(branch)
    now = timezone.localtime()
    asked = {"kind": "erasure", "byline": "anonymous", "asked_at_0": f"{now:%Y-%m-%d}", "asked_at_1": "00:00"}
    assert enter(secretary).post(page("ask_right", person.subject), asked).status_code == 302
    row = DataRequest.objects.get()
    client = enter(data_officer)
    assert "sisa" in client.get(page("requests")).content.decode()
    shown = client.get(page("answer", row.pk)).content.decode()
    assert "Pasal 43 UU 27/2022" in shown
    copied = client.post(page("copy", person.subject))
    assert copied.headers["Content-Type"] == "application/zip"
    assert client.post(page("answer", row.pk), {"do": "grant"}).status_code == 422
    assert client.post(page("answer", row.pk), {"do": "refuse"}).status_code == 422
    assert not Person.objects.get().is_forgotten
    assert client.post(page("answer", row.pk), {"do": "grant", "sure": "on"}).status_code == 302
    assert Person.objects.get().is_forgotten
    assert client.get(page("see", person.subject)).status_code == 404
    assert client.get(page("answer", row.pk)).status_code == 200


def test_own_page_shows_asks_and_withdraws(enter, branch, client, data_officer):
    user = make_user()
    client.force_login(user)
    assert "Belum ada catatan" in client.get(page("own")).content.decode()
    person = make_person(branch, nik=NIK, user=user)
    consent = record_consent(
        actor=data_officer, person=person, purpose="contact", given_on=timezone.localdate(), how="paper"
    )
    shown = client.get(page("own")).content.decode()
    assert "Sumarni Wati" in shown
    assert NIK not in shown
    assert client.post(page("own"), {"kind": "correction"}).status_code == 422
    assert client.post(page("own"), {"kind": "copy"}).status_code == 302
    assert client.post(page("withdraw_own_consent", consent.pk)).status_code == 302
    stranger = make_user()
    client.force_login(stranger)
    assert client.post(page("withdraw_own_consent", consent.pk)).status_code == 404


def test_a_breach_through_its_pages(enter, nation, branch, data_officer):
    client = enter(data_officer)
    person = make_person(branch)
    now = timezone.localtime() - timedelta(hours=1)
    record = {
        "what": "Ponsel <b>hilang</b>",
        "data_kinds": "nama",
        "known_at_0": f"{now:%Y-%m-%d}",
        "known_at_1": f"{now:%H:%M}",
        "others_count": "3",
        "unit": nation.pk,
    }
    assert client.post(page("record_breach"), record | {"others_count": "-1"}).status_code == 422
    assert client.post(page("record_breach"), record).status_code == 302
    breach = Breach.objects.get()
    assert client.post(page("add_breached_person", breach.pk), {"code": "x"}).status_code == 422
    client.post(page("add_breached_person", breach.pk), {"code": person.code})
    for whom in ("orang", "lembaga"):
        letter = client.get(page("breach_letter", breach.pk, whom)).content.decode()
        assert "Ponsel &lt;b&gt;hilang&lt;/b&gt;" in letter
        assert "Pasal 46 UU 27/2022" in letter
    assert client.get(page("breach_letter", breach.pk, "pers")).status_code == 404
    client.post(page("tell_breach", breach.pk), {"whom": "persons"})
    assert "Belum dapat ditutup" in client.post(page("close_breach", breach.pk), follow=True).content.decode()
    assert client.post(page("correct_breach", breach.pk), record | {"measures": "Dikunci"}).status_code == 302
    client.post(page("tell_breach", breach.pk), {"whom": "authority"})
    client.post(page("close_breach", breach.pk))
    breach.refresh_from_db()
    assert breach.closed_at is not None
    assert client.get(page("breach", breach.pk)).status_code == 200


def test_bodies_are_added_found_and_corrected(enter, branch, secretary):
    client = enter(secretary)
    body = {"kind": "company", "name": "PT Contoh Jaya", "unit": branch.pk, "registrations": "NIB: 1234567890123"}
    assert client.post(page("add_body"), body | {"registrations": "tanpa titik dua"}).status_code == 422
    assert client.post(page("add_body"), body).status_code == 302
    assert client.post(page("add_body"), body).status_code == 422
    row = Body.objects.get()
    assert "PT Contoh Jaya" in client.get(page("bodies"), {"q": "contoh"}).content.decode()
    assert client.post(page("correct_body", row.pk), body | {"name": "PT Contoh Makmur"}).status_code == 302
    assert client.post(page("add_body_contact_point", row.pk), {"kind": "phone", "value": "0215551234"}).status_code == 302
    shown = client.get(page("body", row.pk)).content.decode()
    assert "PT Contoh Makmur" in shown
    assert "1234567890123" in shown
    assert "+62215551234" in shown


@pytest.mark.slow
def test_each_list_takes_the_same_queries_for_one_row_and_for_three(enter, nation, branch, data_officer, paralegal):
    def one_more():
        person = make_person(branch, f"Orang {timezone.now():%f}")
        ask_right(actor=data_officer, person=person, kind="copy")
        add_body(actor=data_officer, unit=branch, shape=BodyShape("company", f"PT {timezone.now():%f}"))
        shape = BreachShape("hilang", "nama", timezone.now() - timedelta(hours=1))
        record_breach(actor=data_officer, unit=nation, shape=shape)
        other = make_person(branch, f"Lain {timezone.now():%f}")
        propose_merge(actor=data_officer, kept=person, merged=other, reason="sama")
        hidden = make_person(branch, f"Samar {timezone.now():%f}", alias="Melati", threat_level="high")
        ask_reveal(actor=paralegal, person=hidden, reason="gugatan")

    counts: dict[str, list[int]] = {}
    client = enter(data_officer)
    one_more()
    client.get(page("index"))
    for round_ in range(2):
        for name in ("index", "requests", "bodies", "breaches", "seconds"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(page(name)).status_code == 200
            counts.setdefault(name, []).append(len(queries))
        if round_ == 0:
            one_more()
            one_more()
    assert {name: n[0] - n[1] for name, n in counts.items()} == dict.fromkeys(counts, 0)


def test_buttons_stand_only_before_who_may_answer(enter, branch, secretary, paralegal, data_officer):
    """A paralegal sees what waits; a merge is answered by others."""
    kept, other = make_person(branch, "Wening Asih"), make_person(branch, "Wening A.")
    propose_merge(actor=secretary, kept=kept, merged=other, reason="sama")
    for actor, may in ((secretary, False), (paralegal, False), (data_officer, True)):
        shown = enter(actor).get(page("seconds")).content.decode()
        assert "Wening" in shown
        assert ("Setujui" in shown) is may
        assert ("Bukan Anda yang menjawab" in shown) is not may


def test_what_is_hidden_is_offered_to_who_may_ask_and_said_to_wait(enter, branch, operator, paralegal):
    hidden = make_person(branch, "Melati Sari", alias="Kenanga", protections=("sexual_violence",))
    words = enter(operator).get(page("see", hidden.subject)).content.decode()
    assert ("Lihat data lengkap" in words, "Minta buka nama samaran" in words) == (False, False)
    assert "Paralegal, pengacara, atau petugas data" in words
    browser = enter(paralegal)
    assert "Minta buka nama samaran" in browser.get(page("see", hidden.subject)).content.decode()
    assert "Kirim permintaan" in browser.get(page("ask_reveal", hidden.subject)).content.decode()
    browser.post(page("ask_reveal", hidden.subject), {"reason": "Gugatan"})
    words = browser.get(page("see", hidden.subject)).content.decode()
    assert ("menunggu orang kedua" in words, "Minta buka nama samaran" in words) == (True, False)
    again = browser.post(page("ask_reveal", hidden.subject), {"reason": "Gugatan"})
    assert (again.status_code, "sudah terkirim" in again.content.decode()) == (422, True)
    open_person = make_person(branch, "Sari Terbuka")
    assert "Lihat data lengkap" in enter(operator).get(page("see", open_person.subject)).content.decode()
