"""The questions that kernel.access asks: what somebody holds, whether they may do this to that, what they reach, and who may."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from serikat.kernel.access import ANONYMOUS, Role, actor_of, holds, who_may
from serikat.kernel.errors import Missing
from serikat.units.models import Unit
from serikat.units.selectors import MandateAuthority, mandate_for, tree_of, unit_for, units_within
from serikat.units.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db
is_editor = holds(Role.EDITOR)


def test_what_somebody_holds_is_asked_in_one_query(west, village, give, django_assert_num_queries):
    _, mandate = give("Redaktur", Role.CONTRIBUTOR, west)
    with django_assert_num_queries(1):
        awake, _asleep = MandateAuthority().grants_of(mandate.user_id, second_factor=False)
    assert [(g.role, g.unit_path, g.mandate) for g in awake] == [
        (Role.CONTRIBUTOR, west.path, f"units.mandate:{mandate.pk}")
    ]
    assert "SK 1/2026" in awake[0].words


def test_a_guarded_role_sleeps_without_a_second_factor(west, give):
    _, mandate = give("Redaktur", Role.EDITOR, west)
    authority = MandateAuthority()
    awake, asleep = authority.grants_of(mandate.user_id, second_factor=False)
    assert (len(awake), len(asleep)) == (0, 1)
    awake, asleep = authority.grants_of(mandate.user_id, second_factor=True)
    assert (len(awake), len(asleep)) == (1, 0)


def test_may_this_be_done_to_that_follows_the_tree(no_second_factor, centre, west, east, village, give):
    editor, _ = give("Redaktur", Role.EDITOR, west)
    head, _ = give("Kepala", Role.EDITOR, centre)
    nowhere = SimpleNamespace(unit=None)
    asked = [west, village, east, centre, nowhere, None]
    assert [is_editor(editor, thing).allowed for thing in asked] == [True, True, False, False, False, True]
    assert [is_editor(head, thing).allowed for thing in asked] == [True] * 6
    assert [is_editor(ANONYMOUS, thing).allowed for thing in asked] == [False] * 6


def test_a_closed_account_holds_nothing(no_second_factor, west, give):
    _, mandate = give("Redaktur", Role.EDITOR, west)
    mandate.user.is_active = False
    assert actor_of(mandate.user) == ANONYMOUS


def test_what_somebody_reaches_is_the_unit_and_below(no_second_factor, centre, west, east, village, give):
    editor, _ = give("Redaktur", Role.EDITOR, west)
    assert set(units_within(editor, Role.EDITOR)) == {west, village}
    assert set(units_within(editor, Role.CHAIR)) == set()
    assert set(units_within(CONSOLE, Role.EDITOR)) == set(Unit.objects.all())


def test_who_may_finds_the_holders_over_a_thing(no_second_factor, centre, west, east, village, give):
    local, _ = give("Redaktur", Role.EDITOR, west)
    head, _ = give("Kepala", Role.EDITOR, centre)
    give("Operator", Role.OPERATOR, west)
    assert who_may(is_editor, village) == [local.user_id, head.user_id]
    assert who_may(is_editor, east) == [head.user_id]
    assert who_may(is_editor, SimpleNamespace(unit=None)) == [head.user_id]
    assert who_may(is_editor) == [local.user_id, head.user_id]


def test_a_unit_out_of_reach_answers_as_if_it_were_not(no_second_factor, west, east, give):
    chair, mandate = give("Ketua", Role.CHAIR, west)
    assert unit_for(chair, west.pk) == west
    _, other = give("Ketua Timur", Role.CHAIR, east)
    for ask in (lambda: unit_for(chair, east.pk), lambda: unit_for(chair, 999), lambda: mandate_for(chair, other.pk)):
        with pytest.raises(Missing):
            ask()
    assert mandate_for(chair, mandate.pk) == mandate


def test_tree_of_nests_what_is_seen_and_counts_mandates(
    no_second_factor, centre, west, east, village, give, django_assert_num_queries
):
    chair, _ = give("Ketua", Role.CHAIR, west)
    head, _ = give("Kepala", Role.CHAIR, centre)

    def drawn(branches):
        return [(b.unit.name, b.held, drawn(b.below)) for b in branches]

    below = ("Cabang Barat", 1, [("Desa Sukamaju", 0, [])])
    assert drawn(tree_of(chair)) == [below]
    with django_assert_num_queries(2):
        tree = tree_of(head)
    assert drawn(tree) == [("Serikat Contoh", 1, [below, ("Cabang Timur", 0, [])])]
