"""Founding, renaming, moving and closing units."""

from __future__ import annotations

import pytest

from serikat.audit.models import Entry
from serikat.kernel import events
from serikat.kernel.access import ANONYMOUS, Role
from serikat.kernel.errors import Denied, Refused
from serikat.units import rules
from serikat.units.events import UnitMoved
from serikat.units.models import Mandate, Unit
from serikat.units.services import (
    CannotMove,
    CodeTaken,
    NameTaken,
    OneRootOnly,
    StillOpenBelow,
    UnitIsClosed,
    close_unit,
    found_root_unit,
    found_unit,
    move_unit,
    rename_unit,
)
from serikat.units.tests.conftest import CONSOLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_found_unit_writes_the_path_from_the_root(centre, west, village):
    assert (centre.path, west.path, village.path) == (
        f"{centre.pk}/",
        f"{centre.pk}/{west.pk}/",
        f"{centre.pk}/{west.pk}/{village.pk}/",
    )
    assert (west.code, village.code) == ("cabang-barat", "desa-sukamaju")


def test_found_root_unit_refuses_a_second_root(centre, settings):
    with pytest.raises(OneRootOnly):
        found_root_unit(actor=CONSOLE, name="Lain")
    settings.SEVERAL_ROOT_UNITS = True
    assert found_root_unit(actor=CONSOLE, name="Lain").parent is None


def test_found_root_unit_is_refused_to_a_chair(centre, give, settings):
    settings.SEVERAL_ROOT_UNITS = True
    chair, _ = give("Ketua", Role.CHAIR, centre)
    with pytest.raises(Denied):
        found_root_unit(actor=chair, name="Lain")


def test_found_unit_is_refused_outside_the_own_branch(west, east, give):
    chair, _ = give("Ketua", Role.CHAIR, west)
    assert found_unit(actor=chair, parent=west, name="Desa A", kind="village").parent == west
    for actor in (chair, ANONYMOUS):
        with pytest.raises(Denied):
            found_unit(actor=actor, parent=east, name="Desa A", kind="village")


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"name": "  "}, Refused, "name"),
        ({"name": "x" * 121}, Refused, "name"),
        ({"name": " Cabang   Barat "}, NameTaken, "name"),
        ({"code": "pusat"}, CodeTaken, "code"),
        ({"kind": "kingdom"}, Refused, "kind"),
    ],
)
def test_found_unit_refuses_what_cannot_be(centre, west, changes, refusal, field):
    with pytest.raises(refusal) as caught:
        found_unit(actor=CONSOLE, parent=centre, **{"name": "Baru", "kind": "branch", **changes})
    assert caught.value.field == field


def test_found_unit_makes_a_free_code_of_a_name_that_is_taken(west, east):
    first = found_unit(actor=CONSOLE, parent=west, name="Desa Makmur", kind="village")
    second = found_unit(actor=CONSOLE, parent=east, name="Desa Makmur", kind="village")
    assert (first.code, second.code) == ("desa-makmur", "desa-makmur-2")


def test_rename_unit_leaves_one_entry_with_both_names(west):
    rename_unit(actor=CONSOLE, unit=west, name="Cabang Banten")
    entry = Entry.objects.get(action="units.unit.renamed")
    values = {v.name: v.value for v in entry.values.all()}
    assert (values["before.name"], values["after.name"]) == ("Cabang Barat", "Cabang Banten")


def test_move_unit_takes_everything_below_along(west, east, village, django_capture_on_commit_callbacks):
    heard = []
    events.on(UnitMoved)(heard.append)
    old = west.path
    with django_capture_on_commit_callbacks(execute=True):
        move_unit(actor=CONSOLE, unit=west, parent=east)
    events._receivers[UnitMoved].remove(heard.append)
    west.refresh_from_db()
    village.refresh_from_db()
    assert west.path == f"{east.path}{west.pk}/"
    assert village.path == f"{west.path}{village.pk}/"
    assert heard == [UnitMoved(west.pk, old, west.path)]


@pytest.mark.parametrize("target", ["west", "village"])
def test_move_unit_refuses_a_circle(west, village, target):
    parent = {"west": west, "village": village}[target]
    with pytest.raises(CannotMove):
        move_unit(actor=CONSOLE, unit=west, parent=parent)


def test_move_unit_is_decided_above_it_and_only_where_the_actor_reaches(centre, west, east, village, give):
    chair, _ = give("Ketua", Role.CHAIR, west)
    with pytest.raises(Denied):
        move_unit(actor=chair, unit=west, parent=east)
    with pytest.raises(CannotMove):
        move_unit(actor=chair, unit=village, parent=east)
    head, _ = give("Pusat", Role.CHAIR, centre)
    assert move_unit(actor=head, unit=village, parent=east).parent == east


def test_close_unit_ends_its_mandates_and_takes_no_new_units(west, village, give):
    with pytest.raises(StillOpenBelow):
        close_unit(actor=CONSOLE, unit=west, reason="digabung")
    _, mandate = give("Ketua", Role.CHAIR, village)
    close_unit(actor=CONSOLE, unit=village, reason="digabung")
    mandate.refresh_from_db()
    assert (mandate.ended_on, mandate.end_reason) == (village.closed_on, "digabung")
    with pytest.raises(UnitIsClosed):
        found_unit(actor=CONSOLE, parent=village, name="RT 1", kind="village")
    with pytest.raises(UnitIsClosed):
        close_unit(actor=CONSOLE, unit=village, reason="lagi")
    assert (Unit.objects.count(), Mandate.objects.count()) == (3, 1)


def test_close_unit_is_refused_to_its_own_chair(village, give):
    chair, _ = give("Ketua", Role.CHAIR, village)
    with pytest.raises(Denied):
        close_unit(actor=chair, unit=village, reason="lelah")


def test_a_path_is_rewritten_only_from_its_own_top():
    assert rules.moved_path("1/2/3/", "1/2/", "1/9/2/") == "1/9/2/3/"
    with pytest.raises(ValueError, match="does not stand in"):
        rules.moved_path("1/22/", "1/2/", "1/9/2/")
    assert rules.stands_in("1/22/", "1/2/") is False
