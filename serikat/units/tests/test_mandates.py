"""Decrees and mandates: drafted, signed, given, proposed and agreed, ended; and what an expired one is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from serikat.accounts.models import Notice
from serikat.audit.models import Entry
from serikat.audit.selectors import trail_of
from serikat.kernel import events
from serikat.kernel.access import Role, actor_of
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.units.events import MandateEnded, MandateGiven
from serikat.units.models import Mandate, Outcome, Proposal
from serikat.units.selectors import mandates_ending_soon, open_proposals
from serikat.units.services import (
    AlreadyDecided,
    AlreadyHolds,
    CannotHold,
    DecreeNotSigned,
    NeedsSecond,
    NumberTaken,
    RoleOfTheWhole,
    WrongTerm,
    agree_mandate,
    appoint_user,
    draft_decree,
    end_mandate,
    propose_mandate,
    reject_mandate,
    sign_decree,
    warn_of_endings,
)
from serikat.units.tests.conftest import CONSOLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
TODAY = timezone.localdate


def test_draft_decree_is_the_secretarys_but_not_to_sign(west, give, make_user, term):
    secretary, _ = give("Sekretaris", Role.SECRETARY, west)
    draft = draft_decree(actor=secretary, unit=west, number="7/2026", about="Pengurus", decided_on=TODAY())
    with pytest.raises(Denied):
        sign_decree(actor=secretary, decree=draft)
    with pytest.raises(DecreeNotSigned):
        appoint_user(actor=CONSOLE, unit=west, user=make_user("A"), role=Role.EDITOR, decree=draft, **term)
    chair, _ = give("Ketua", Role.CHAIR, west)
    assert sign_decree(actor=chair, decree=draft).signed_by_id == chair.user_id
    with pytest.raises(Conflict):
        sign_decree(actor=chair, decree=draft)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"number": "1/2026"}, NumberTaken, "number"),
        ({"number": " "}, Refused, "number"),
        ({"about": ""}, Refused, "about"),
        ({"about": "x" * 201}, Refused, "about"),
    ],
)
def test_draft_decree_refuses_what_cannot_be(centre, decree, changes, refusal, field):
    with pytest.raises(refusal) as caught:
        draft_decree(actor=CONSOLE, unit=centre, **{"number": "2", "about": "x", "decided_on": TODAY(), **changes})
    assert caught.value.field == field


def test_appoint_user_gives_the_powers_and_tells_the_rooms_above(
    west, village, east, decree, term, make_user, django_capture_on_commit_callbacks
):
    heard = []
    events.on(MandateGiven)(heard.append)
    user = make_user("Redaktur")
    with django_capture_on_commit_callbacks(execute=True):
        mandate = appoint_user(actor=CONSOLE, unit=west, user=user, role=Role.EDITOR, decree=decree, **term)
    events._receivers[MandateGiven].remove(heard.append)
    assert heard == [MandateGiven(mandate.pk, user.pk, "editor", west.pk)]
    actor = actor_of(user)
    assert [actor.holds(Role.EDITOR, at=u.path) for u in (west, village, east)] == [True, True, False]
    entry = Entry.objects.get(action="units.mandate.given")
    assert (entry.subject_ref, entry.unit_path) == (f"units.mandate:{mandate.pk}", west.path)


def test_appoint_user_refuses_oneself_whatever_the_role(centre, decree, term, give):
    for name, own in (("Admin", Role.ADMINISTRATOR), ("Ketua", Role.CHAIR)):
        actor, mandate = give(name, own, centre)
        for role in (Role.TREASURER, Role.EDITOR):
            with pytest.raises(NeedsSecond):
                appoint_user(actor=actor, unit=centre, user=mandate.user, role=role, decree=decree, **term)
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "changes", "refusal", "field"),
    [
        ("king", {}, Refused, "role"),
        (Role.ADMINISTRATOR, {}, RoleOfTheWhole, "role"),
        (Role.EDITOR, {"ends_on": date(2020, 1, 1)}, WrongTerm, "ends_on"),
        (Role.EDITOR, {"starts_on": date(2019, 1, 1), "ends_on": date(2020, 1, 1)}, WrongTerm, "ends_on"),
        (Role.EDITOR, {"ends_on": date(2206, 1, 1)}, WrongTerm, "ends_on"),
    ],
)
def test_appoint_user_refuses_what_cannot_be(west, decree, term, make_user, role, changes, refusal, field):
    with pytest.raises(refusal) as caught:
        appoint_user(actor=CONSOLE, unit=west, user=make_user("A"), role=role, decree=decree, **{**term, **changes})
    assert caught.value.field == field


def test_appoint_user_refuses_a_closed_account_and_a_decree_of_another_branch(west, east, term, make_user, decree):
    user = make_user("A")
    user.is_active = False
    user.save()
    with pytest.raises(CannotHold):
        appoint_user(actor=CONSOLE, unit=west, user=user, role=Role.EDITOR, decree=decree, **term)
    other = draft_decree(actor=CONSOLE, unit=east, number="3", about="x", decided_on=TODAY())
    sign_decree(actor=CONSOLE, decree=other)
    with pytest.raises(Refused) as caught:
        appoint_user(actor=CONSOLE, unit=west, user=make_user("B"), role=Role.EDITOR, decree=other, **term)
    assert caught.value.field == "decree"


def test_appoint_user_twice_is_refused_but_a_term_that_ran_out_can_be_renewed(west, decree, term, give):
    _, mandate = give("Redaktur", Role.EDITOR, west)
    again = {"unit": west, "user": mandate.user, "role": Role.EDITOR, "decree": decree, **term}
    with pytest.raises(AlreadyHolds):
        appoint_user(actor=CONSOLE, **again)
    yesterday = TODAY() - timedelta(days=1)
    Mandate.objects.filter(pk=mandate.pk).update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    assert appoint_user(actor=CONSOLE, **again).pk != mandate.pk
    mandate.refresh_from_db()
    assert mandate.ended_on == yesterday


def test_a_mandate_counts_from_its_first_through_its_last_day(west, give, monkeypatch):
    today = TODAY()
    _, mandate = give("Redaktur", Role.EDITOR, west, starts_on=today + timedelta(days=2), ends_on=today + timedelta(days=4))
    held = []
    for day in range(7):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: today + timedelta(days=day))
        held.append(actor_of(mandate.user).holds(Role.EDITOR))
    assert held == [False, False, True, True, True, False, False]


def test_propose_mandate_for_oneself_needs_another_who_may_appoint(centre, decree, term, give):
    admin, mandate = give("Admin", Role.ADMINISTRATOR, centre)
    proposal = propose_mandate(actor=admin, unit=centre, user=mandate.user, role=Role.TREASURER, decree=decree, **term)
    assert actor_of(mandate.user).holds(Role.TREASURER) is False
    with pytest.raises(Denied):
        agree_mandate(actor=admin, proposal=proposal)
    editor, _ = give("Redaktur", Role.EDITOR, centre)
    with pytest.raises(Denied):
        agree_mandate(actor=editor, proposal=proposal)

    chair, _ = give("Ketua", Role.CHAIR, centre)
    assert list(open_proposals(chair)) == [proposal]
    agree_mandate(actor=chair, proposal=proposal)
    assert actor_of(mandate.user).holds(Role.TREASURER) is True
    assert Proposal.objects.get().outcome == Outcome.AGREED
    with pytest.raises(AlreadyDecided):
        agree_mandate(actor=chair, proposal=Proposal.objects.get())
    groups = Entry.objects.filter(action__in=["units.mandate.agreed", "units.mandate.proposed"])
    assert sorted(e.actor_ref for e in groups) == sorted([admin.ref, chair.ref])


def test_agree_mandate_is_refused_to_who_would_receive_it(centre, decree, term, give):
    admin, _ = give("Admin", Role.ADMINISTRATOR, centre)
    chair, held = give("Ketua", Role.CHAIR, centre)
    proposal = propose_mandate(actor=admin, unit=centre, user=held.user, role=Role.TREASURER, decree=decree, **term)
    with pytest.raises(Denied):
        agree_mandate(actor=chair, proposal=proposal)


def test_propose_mandate_twice_is_refused_and_can_be_taken_back(centre, decree, term, give):
    admin, mandate = give("Admin", Role.ADMINISTRATOR, centre)
    what = {"unit": centre, "user": mandate.user, "role": Role.EDITOR, "decree": decree, **term}
    proposal = propose_mandate(actor=admin, **what)
    with pytest.raises(AlreadyHolds):
        propose_mandate(actor=admin, **what)
    reject_mandate(actor=admin, proposal=proposal)
    assert propose_mandate(actor=admin, **what).pk != proposal.pk
    assert Mandate.objects.filter(role=Role.EDITOR).count() == 0


def test_end_mandate_turns_the_powers_off_at_once(west, give, django_capture_on_commit_callbacks):
    _, mandate = give("Redaktur", Role.EDITOR, west)
    heard = []
    events.on(MandateEnded)(heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        end_mandate(actor=CONSOLE, mandate=mandate, reason="pindah kerja")
    events._receivers[MandateEnded].remove(heard.append)
    assert actor_of(mandate.user).holds(Role.EDITOR) is False
    assert heard == [MandateEnded(mandate.pk, mandate.user_id, "editor", west.pk)]
    with pytest.raises(Conflict):
        end_mandate(actor=CONSOLE, mandate=mandate, reason="lagi")


def test_end_mandate_is_open_to_the_holder_and_closed_to_colleagues(west, give):
    editor, mandate = give("Redaktur", Role.EDITOR, west)
    colleague, _ = give("Rekan", Role.EDITOR, west)
    with pytest.raises(Denied):
        end_mandate(actor=colleague, mandate=mandate, reason="x")
    with pytest.raises(Refused):
        end_mandate(actor=editor, mandate=mandate, reason=" ")
    assert end_mandate(actor=editor, mandate=mandate, reason="mundur").ended_on == TODAY()


def test_mandates_ending_soon_lists_the_nearest_first_in_the_own_scope(west, east, give):
    soon = TODAY() + timedelta(days=20)
    give("A", Role.EDITOR, west, ends_on=soon)
    give("B", Role.EDITOR, west, ends_on=soon - timedelta(days=5))
    give("C", Role.EDITOR, east, ends_on=soon)
    give("D", Role.EDITOR, west)
    chair, _ = give("Ketua", Role.CHAIR, west)
    assert [m.user.name for m in mandates_ending_soon(chair)] == ["B", "A"]


def test_the_database_itself_refuses_two_open_mandates_and_a_backward_term(west, decree, give):
    _, mandate = give("Redaktur", Role.EDITOR, west)
    for changes in ({}, {"role": "operator", "starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}):
        row = {
            "user": mandate.user,
            "role": "editor",
            "unit": west,
            "decree": decree,
            "starts_on": mandate.starts_on,
            "ends_on": mandate.ends_on,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.create(**{**row, **changes})


def notices_of(user_id):
    return list(Notice.objects.filter(user_id=user_id).order_by("pk").values_list("text", "link"))


def test_who_is_concerned_is_told(centre, west, decree, term, give):
    chair, _ = give("Ketua", Role.CHAIR, centre)
    admin, held = give("Admin", Role.ADMINISTRATOR, centre)
    propose_mandate(actor=admin, unit=centre, user=held.user, role=Role.TREASURER, decree=decree, **term)
    asked = ("Usul pengangkatan menunggu persetujuan Anda: bendahara, Serikat Contoh (SK 1/2026).", "/meja/unit/")
    given = ("Anda mendapat mandat: ketua, Serikat Contoh (SK 1/2026).", "/meja/unit/saya/")
    assert notices_of(chair.user_id) == [given, asked]
    assert len(notices_of(admin.user_id)) == 1


def test_warn_of_endings_tells_the_holder_and_who_appoints_there(centre, west, give):
    chair, _ = give("Ketua", Role.CHAIR, centre)
    _, mandate = give("Redaktur", Role.EDITOR, west, ends_on=TODAY() + timedelta(days=30))
    give("Operator", Role.OPERATOR, west, ends_on=TODAY() + timedelta(days=29))
    Notice.objects.all().delete()
    assert warn_of_endings() == 2
    words = "redaktur, Cabang Barat (SK 1/2026)."
    assert notices_of(mandate.user_id) == [(f"Mandat Anda segera berakhir: {words}", "/meja/unit/saya/")]
    assert notices_of(chair.user_id) == [(f"Mandat di unit Anda segera berakhir: {words}", f"/meja/unit/{west.pk}/")]


def test_the_trail_tells_a_mandate_in_the_readers_words(west, decree, term, make_user):
    mandate = appoint_user(actor=CONSOLE, unit=west, user=make_user("A"), role=Role.SECRETARY, decree=decree, **term)
    [line] = trail_of(f"units.mandate:{mandate.pk}")
    starts, ends = (date_format(term[name], "j F Y") for name in ("starts_on", "ends_on"))
    assert line.differences == [("sampai", None, ends), ("peran", None, "sekretaris"), ("mulai", None, starts)]
    with translation.override("en"):
        starts, ends = (date_format(term[name], "j F Y") for name in ("starts_on", "ends_on"))
        assert line.differences == [("until", None, ends), ("role", None, "secretary"), ("from", None, starts)]
