"""The doorway, on the tree of units: permission, one entry in the same transaction, before and after, nested calls, bulk."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from serikat.audit import action as doorway
from serikat.audit.models import Entry, Seal, TrailIsAppendOnly, Value
from serikat.audit.selectors import Line
from serikat.audit.services import forget_values, seal_entries, verify_trail
from serikat.kernel.access import ANONYMOUS, Actor, anyone, console, machine
from serikat.kernel.errors import Denied

pytestmark = pytest.mark.django_db
User = get_user_model()


@doorway.action("audit.thing.renamed", may=machine, says="mengganti nama", on="thing", fields=("name",))
def rename_thing(*, actor: Actor, thing: object, name: str, reason: str = "") -> object:
    thing.name = name
    thing.save()
    if name == "boom":
        raise RuntimeError
    return thing


@doorway.action("audit.things.renamed", may=anyone, says="mengganti banyak nama")
def rename_things(*, actor: Actor, things: list[object]) -> None:
    for thing in things:
        rename_thing(actor=console("t"), thing=thing, name="sama")
    doorway.counted(len(things), [t.pk for t in things])


@pytest.fixture
def thing(db):
    return User.objects.create(username="sari", name="Sari")


def values_of(entry):
    return {v.name: v.value for v in entry.values.all()}


def test_an_action_writes_one_entry_with_before_and_after(thing):
    rename_thing(actor=console("Wening"), thing=thing, name="Ratri", reason="salah tulis")

    entry = Entry.objects.get()
    assert (entry.action, entry.actor_ref, entry.subject_ref) == (
        "audit.thing.renamed",
        "console",
        f"accounts.user:{thing.pk}",
    )
    assert values_of(entry) == {
        "actor": "Wening",
        "subject": "Ratri",
        "before.name": "Sari",
        "after.name": "Ratri",
        "reason": "salah tulis",
    }


def test_an_action_refuses_who_may_not_and_writes_nothing(thing):
    with pytest.raises(Denied):
        rename_thing(actor=ANONYMOUS, thing=thing, name="Ratri")
    thing.refresh_from_db()
    assert (thing.name, Entry.objects.count()) == ("Sari", 0)


def test_an_action_that_fails_leaves_neither_change_nor_entry(thing):
    with pytest.raises(RuntimeError):
        rename_thing(actor=console(), thing=thing, name="boom")
    thing.refresh_from_db()
    assert (thing.name, Entry.objects.count()) == ("Sari", 0)


def test_nested_actions_share_a_group_and_bulk_keeps_a_count(thing):
    rename_things(actor=ANONYMOUS, things=[thing])
    outer, inner = Entry.objects.get(action="audit.things.renamed"), Entry.objects.get(action="audit.thing.renamed")
    assert outer.group == inner.group
    assert outer.count == 1
    assert values_of(outer)["ids"]["file"].startswith(str(outer.group))


def test_the_trail_refuses_change_and_deletion(thing):
    rename_thing(actor=console(), thing=thing, name="Ratri")
    entry = Entry.objects.get()
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(action="x.y.z")):
        with pytest.raises(TrailIsAppendOnly):
            attempt()


@pytest.mark.parametrize("column", ["action", "actor_ref", "subject_ref", "mac"])
def test_verify_trail_finds_one_changed_byte(thing, column):
    rename_thing(actor=console(), thing=thing, name="Ratri")
    assert seal_entries() == 1
    assert verify_trail().problems == []

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {column} = replace({column}, substr({column}, 1, 1), '~')")
    assert verify_trail().problems


def test_verify_trail_finds_a_changed_value_and_a_missing_entry(thing):
    for name in ("a", "b", "c"):
        rename_thing(actor=console(), thing=thing, name=name)
    seal_entries()
    Value.objects.filter(name="after.name", value="b").update(value="x")
    assert len(verify_trail().problems) == 1

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE number = 2")
    assert any("missing" in p for p in verify_trail().problems)
    assert Seal.objects.count() == 2


def test_forgetting_a_subject_keeps_the_chain_whole(thing):
    rename_thing(actor=console(), thing=thing, name="Ratri")
    seal_entries()
    assert forget_values(subject=thing.subject) == 3
    found = verify_trail()
    assert (found.problems, found.forgotten_values) == ([], 3)
    assert not Value.objects.filter(value="Ratri").exists()


def test_verify_trail_finds_a_value_that_vanished_without_a_forgetting(thing):
    rename_thing(actor=console(), thing=thing, name="Ratri")
    Value.objects.filter(name="after.name").delete()
    assert verify_trail().problems == ["1 values are missing that no forgetting explains"]


def test_verify_trail_finds_a_trail_cut_short(thing, django_capture_on_commit_callbacks):
    for name in ("a", "b", "c"):
        rename_thing(actor=console(), thing=thing, name=name)
    with django_capture_on_commit_callbacks(execute=True):
        seal_entries()
    assert verify_trail().problems == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE number = 3")
    assert verify_trail().problems == ["the trail was cut: seal 3 was noted outside the database and is gone or changed"]


def test_the_trail_shows_days_as_people_write_them_and_leaves_out_what_was_and_is_empty():
    changes = [("a", None, ""), ("b", None, []), ("c", "", "2026-11-22"), ("d", ["x"], []), ("e", False, True)]
    line = Line(timezone.now(), "Sari", "", "", "", "", changes, [], 1, "", "")
    assert line.differences == [("c", "", "22 November 2026"), ("d", "x", ""), ("e", "tidak", "ya")]
