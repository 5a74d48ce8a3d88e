"""Sending, checking, keeping: who may, what is refused, what is remembered."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.people.models import Body
from serikat.vacancies.models import Advert, CheckAnswer, Sign
from serikat.vacancies.rules import adverts as measures
from serikat.vacancies.selectors import desk, memory, own
from serikat.vacancies.services import checking, keeping, reporting, sending
from serikat.vacancies.tests.conftest import answers_to

pytestmark = pytest.mark.django_db


def test_an_advert_waits_where_its_place_is_and_its_checkers_are_told(send, rini, branch):
    advert = send(contact="0812 3333 4444")
    assert (advert.state, advert.unit, advert.sender_contact) == ("waiting", branch, "0812 3333 4444")
    assert [notice.text for notice in Notice.objects.filter(user=rini)] == ["Lowongan menunggu diperiksa: Operator jahit"]
    assert Entry.objects.filter(action="vacancies.advert.sent").count() == 1


def test_an_advert_without_a_unit_of_its_place_waits_at_the_top(send, root, taiwan):
    assert send(kind="overseas", place=None, country=taiwan, licence="SIP3MI 1/2026").unit == root


def test_sent_twice_it_is_one(send):
    key = uuid.uuid4()
    assert send(key=key).pk == send(key=key).pk
    assert send(key=key, title="Tukang las").pk != send(key=key).pk  # somebody's else key is no key


def test_a_sender_with_an_account_leaves_no_contact(send, user):
    advert = send(actor_of(user("Arum")), contact="0812 3333 4444")
    assert (advert.sender.name, advert.sender_contact) == ("Arum", "")


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("address", {"address": "", "phone": ""}),
        ("phone", {"phone": "12"}),
        ("mail", {"mail": "bukan surel"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "https://hrd@contoh.id"}),
        ("wage_high", {"wage_high": 100_000}),
        ("wage_per", {"wage_per": ""}),
        ("wage_per", {"wage_per": "decade"}),
        ("place", {"place": None}),
        ("country", {"kind": "overseas"}),
        ("kind", {"kind": "apa saja"}),
        ("title", {"title": " a "}),
        ("work", {"work": "Kerja"}),
        ("firm", {"firm": ""}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(send, field, more):
    with pytest.raises(Refused) as refused:
        send(**more)
    assert (refused.value.field, Advert.objects.count()) == (field, 0)


@pytest.mark.parametrize("days", [-1, 184])
def test_an_advert_that_is_over_or_stays_too_long_is_refused(send, days):
    with pytest.raises(Refused) as refused:
        send(ends_on=timezone.localdate() + timedelta(days=days))
    assert (refused.value.field, Advert.objects.count()) == ("ends_on", 0)


def test_the_last_and_the_first_day_are_taken(send):
    today = timezone.localdate()
    assert [send(ends_on=day).ends_on for day in (today, today + timedelta(days=183))] == [
        today,
        today + timedelta(days=183),
    ]


def test_a_flood_is_held_back(send, user, monkeypatch):
    monkeypatch.setattr(measures, "MOST_AN_HOUR", 2)
    monkeypatch.setattr(measures, "MOST_A_DAY", 1)
    arum = actor_of(user("Arum"))
    send(), send(), send(arum)
    for actor, why in ((ANONYMOUS, sending.TooManyWaiting), (arum, sending.TooManyAdverts)):
        with pytest.raises(why):
            send(actor)
    assert Advert.objects.count() == 3


# The check


def test_it_shows_when_every_point_is_answered(send, rini):
    advert = send()
    answers = answers_to(advert)
    assert list(answers) == ["unknown_firm", "called", "exists", "nobody_pays"]
    for missing, wrong in (("called", ""), ("unknown_firm", "  x ")):
        with pytest.raises(checking.NotAnswered) as refused:
            checking.show_advert(actor=actor_of(rini), advert=advert, answers={**answers, missing: wrong})
        assert refused.value.field == missing
    checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers)
    assert (advert.state, advert.checked_by, advert.shown_at == advert.checked_at) == ("live", rini, True)
    assert {a.point: a.words for a in CheckAnswer.objects.all()} == answers


def test_a_sign_that_came_up_meanwhile_is_asked(send, rini):
    advert = send()
    answers = answers_to(advert)
    Advert.objects.filter(pk=advert.pk).update(requirements="Biaya administrasi Rp300.000")
    with pytest.raises(checking.ChangedMeanwhile):
        checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers)


def test_overseas_asks_for_the_licence(send, taiwan):
    advert = send(kind="overseas", country=taiwan, licence="")
    assert {"no_licence", "licence_seen"} <= set(answers_to(advert))
    assert {"no_licence", "licence_seen"} & set(answers_to(send(title="Tukang las"))) == set()


def test_nobody_checks_what_they_sent_or_changed(send, shape, rini, holder, branch):
    mine, theirs = send(actor_of(rini)), send(title="Tukang las")
    keeping.edit_advert(actor=actor_of(rini), advert=theirs, shape=shape(title="Tukang las listrik"))
    sari = holder("Sari", branch, Role.EDITOR)
    for advert in (mine, theirs):
        with pytest.raises(Denied):
            checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers_to(advert))
        checking.show_advert(actor=actor_of(sari), advert=advert, answers=answers_to(advert))
    assert set(Advert.objects.values_list("state", flat=True)) == {"live"}


def test_another_branch_sees_and_decides_nothing(send, holder, east):
    advert, far = send(), actor_of(holder("Jauh", east))
    assert desk.adverts_on(far, "antrean").count() == 0
    with pytest.raises(Missing):
        desk.advert_for(far, advert.code)
    with pytest.raises(Denied):
        checking.refuse_advert(actor=far, advert=advert, reason="Tidak")


def test_what_ended_while_it_waited_does_not_show(send, rini):
    advert = send()
    Advert.objects.filter(pk=advert.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused):
        checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers_to(advert))


def test_the_sender_reads_why_it_was_refused(send, user, rini):
    arum = user("Arum")
    advert = send(actor_of(arum))
    with pytest.raises(checking.ReasonMissing):
        checking.refuse_advert(actor=actor_of(rini), advert=advert, reason=" ")
    checking.refuse_advert(actor=actor_of(rini), advert=advert, reason="Alamatnya tidak ada.")
    assert own.own_advert(actor_of(arum), advert.code).answer == "Alamatnya tidak ada."
    assert [n.text for n in Notice.objects.filter(user=arum)] == ["Lowongan Anda tidak ditayangkan: Operator jahit"]
    with pytest.raises(sending.NotChangeable):
        checking.refuse_advert(actor=actor_of(rini), advert=advert, reason="Lagi")


# What is remembered


@pytest.mark.parametrize(
    "way",
    [
        {"phone": "021-8900001"},
        {"requirements": "Tanya +62 21 890 0001 saja"},
        {"mail": "hrd@sandang.example", "phone": ""},
        {"link": "https://www.Sandang.example/karir/?a=1", "phone": ""},
    ],
)
def test_the_next_advert_with_the_same_contact_is_marked(send, rini, way):
    first = send(mail="hrd@sandang.example", link="http://sandang.example/karir")
    checking.refuse_advert(actor=actor_of(rini), advert=first, reason="Calo", remember=True)
    known = memory.known_about(send(firm="CV Lain Sekali", **way))
    assert (known.bad_contact, known.bad_firm) == (first.code, "")


def test_what_was_refused_for_another_reason_marks_nobody(send, rini):
    checking.refuse_advert(actor=actor_of(rini), advert=send(), reason="Sudah terisi")
    known = memory.known_about(send())
    assert (known.bad_contact, known.bad_firm) == ("", "")


def test_the_next_advert_of_a_false_firm_is_marked(send, live, rini):
    first = live()
    keeping.prove_false(actor=actor_of(rini), advert=first, told="Meminta uang seragam.")
    assert memory.known_about(send(firm="P.T. SANDANG MUARA  KARYA", phone="", mail="a@b.example")).bad_firm == ""
    assert memory.known_about(send(firm="pt sandang muara karya", phone="", mail="a@b.example")).bad_firm == first.code


def test_a_live_advert_shows_the_signs_that_came_up_since(send, live, rini):
    stands, other = live(), live(title="Tukang las", firm="CV Lain")
    assert [one.point for one in desk.look_at(stands).findings] == []
    keeping.prove_false(actor=actor_of(rini), advert=other, told="Meminta uang.")
    assert [one.point.value for one in desk.look_at(stands).findings] == ["bad_contact"]


def test_a_copy_is_known(send):
    first = send()
    assert memory.known_about(send(title="Operator jahit cepat", phone="")).copy_of == first.code
    assert (
        memory.known_about(send(title="Sopir", work="Mengantar barang ke toko-toko.", requirements="SIM B1")).copy_of == ""
    )


def test_only_hashes_of_contacts_are_remembered(send):
    send()
    kept = [sign.index for sign in Sign.objects.all()]
    assert kept
    assert all(re.fullmatch("[0-9a-f]{64}", index) for index in kept)
    plainly = {sha256(number.encode()).hexdigest() for number in ("021-8900001", "0218900001", "218900001", "+62218900001")}
    assert plainly.isdisjoint(kept)  # a hash without a key is undone by trying every number


# The firm


def test_the_firm_is_joined_to_the_register_or_added(send, rini, branch):
    body = Body.objects.create(unit=branch, kind="company", name="Sandang Muara Karya", folded="sandang muara karya")
    advert = send()
    assert desk.look_at(advert).bodies == [body]
    checking.join_firm(actor=actor_of(rini), advert=advert, body=body)
    assert (advert.body, "unknown_firm" in answers_to(advert)) == (body, False)
    other = send(firm="CV Baru Sekali")
    made = checking.add_firm(actor=actor_of(rini), advert=other)
    assert (made.name, made.kind, made.place, Advert.objects.get(pk=other.pk).body) == (
        "CV Baru Sekali", "company", other.place, made,
    )  # fmt: skip


def test_who_changes_the_firm_loses_the_body(send, shape, rini, branch):
    advert = send()
    checking.add_firm(actor=actor_of(rini), advert=advert)
    keeping.edit_advert(actor=actor_of(rini), advert=advert, shape=shape(firm="PT Lain"))
    assert advert.body is None


# What stands


def test_an_edit_of_a_live_advert_is_looked_at_again(live, shape, rini, holder, branch):
    advert, sari = live(), holder("Sari", branch)
    keeping.edit_advert(actor=actor_of(sari), advert=advert, shape=shape(wage_low=5_700_000))
    assert (advert.state, advert.shown_at is None, advert.answers.count()) == ("waiting", False, 0)
    assert Notice.objects.filter(user=rini, text__startswith="Lowongan diubah").count() == 1
    checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers_to(advert))
    assert advert.state == "live"


def test_who_shows_an_edited_advert_answers_for_its_reports(live, shape, rini, holder, branch):
    advert = live()
    reporting.report_advert(actor=ANONYMOUS, advert=advert, what="terms", words="Upahnya lain")
    keeping.edit_advert(actor=actor_of(holder("Sari", branch)), advert=advert, shape=shape(wage_low=5_000_000))
    assert "reports" in answers_to(advert)
    checking.show_advert(actor=actor_of(rini), advert=advert, answers=answers_to(advert))
    assert (advert.state, advert.reports.filter(settled_at=None).count()) == ("live", 0)


def test_a_licence_that_is_not_the_firms_is_marked(send, branch, taiwan, rini):
    body = Body.objects.create(
        unit=branch, kind="agency", name="PT Bina", folded="pt bina", registrations=[["SIP3MI", "117/2025"]]
    )
    found = []
    for licence in ("SIP3MI 117/2025", "SIP3MI 9/2020"):
        advert = send(kind="overseas", country=taiwan, licence=licence, title=f"Perawat {licence}")
        checking.join_firm(actor=actor_of(rini), advert=advert, body=body)
        found.append("other_licence" in answers_to(advert))
    assert found == [False, True]


def test_extending_keeps_it_live_unless_it_was_over(live, rini):
    later = timezone.localdate() + timedelta(days=60)
    stands, over = live(), live(title="Tukang las", over=True)
    for advert, state in ((stands, "live"), (over, "waiting")):
        keeping.extend_advert(actor=actor_of(rini), advert=advert, ends_on=later)
        assert (advert.ends_on, advert.state) == (later, state)
    with pytest.raises(Refused):
        keeping.extend_advert(actor=actor_of(rini), advert=stands, ends_on=later + timedelta(days=200))


def test_a_withdrawn_advert_says_why(live, rini):
    advert = live()
    keeping.withdraw_advert(actor=actor_of(rini), advert=advert, reason="Sudah terisi.")
    assert (advert.state, advert.told) == ("withdrawn", "Sudah terisi.")


def test_a_sender_changes_what_waits_and_takes_it_back(send, shape, user, show):
    arum = actor_of(user("Arum"))
    advert = send(arum)
    sending.change_own_advert(actor=arum, advert=advert, shape=shape(title="Operator obras"))
    assert advert.title == "Operator obras"
    with pytest.raises(Denied):
        sending.change_own_advert(actor=actor_of(user("Lain")), advert=advert, shape=shape())
    show(advert)
    with pytest.raises(sending.NotChangeable):
        sending.change_own_advert(actor=arum, advert=advert, shape=shape())
    sending.take_back_advert(actor=arum, advert=advert)
    assert advert.state == "withdrawn"


@pytest.mark.parametrize(
    ("link", "bare"),
    [("https://www.Contoh.id/Karir/", "contoh.id/karir"), ("contoh.id?utm=1#a", "contoh.id"), ("http://a.id/b?c", "a.id/b")],
)
def test_links_are_one_however_written(link, bare):
    assert measures.bare_link(link) == bare


def test_the_same_form_sent_twice_at_the_same_moment_is_one_advert(shape, branch, monkeypatch):
    real = sending.send_advert

    def also_elsewhere(**given):
        """Another process sends it after this one has looked."""
        real(**given)
        return real(**given)

    monkeypatch.setattr(sending, "send_advert", also_elsewhere)
    made, code = sending.send_advert_once(actor=ANONYMOUS, key=uuid.uuid4(), shape=shape(), contact="0812")
    assert (Advert.objects.get(), made.mark) == (made, own.mark_of(code))
