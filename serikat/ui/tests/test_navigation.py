"""Navigation: only what was registered, only what the actor may see, one current item."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from serikat.kernel.access import ANONYMOUS, SYSTEM, Actor, Grant, Role, signed_in
from serikat.ui import navigation
from serikat.ui.navigation import Group, Item

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [
    path("satu/", lambda request: None, name="one"),
    path("dua/", lambda request: None, name="two"),
]

EDITOR = Actor("user", "Ayu", 1, None, (Grant(Role.EDITOR, "0001", "units.mandate:1", "redaktur"),))
READER = Actor("user", "Budi", 2)


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_places", navigation._Registry())


def names(links):
    return [str(link.name) for link in links]


def test_nothing_stands_where_nothing_was_registered():
    assert navigation.bar_links("/") == []
    assert navigation.rail_links(SYSTEM, "/meja/") == []


def test_items_stand_by_order_and_addresses_are_worked_out():
    navigation.foot_from(lambda: [("Tentang", "/tentang/")])
    navigation.foot(Item("Dua", "two", order=2))
    navigation.foot(Item("Satu", "one", order=1))
    assert names(navigation.foot_links("/")) == ["Tentang", "Satu", "Dua"]
    assert navigation.foot_links("/satu/")[1] == navigation.Link("Satu", "/satu/", current="page")


def test_same_item_twice_is_refused():
    navigation.foot(Item("Komponen", "one"))
    with pytest.raises(ImproperlyConfigured):
        navigation.foot(Item("Komponen", "one"))


def test_sixth_item_of_the_bar_is_refused():
    for n in range(navigation.BAR_HOLDS):
        navigation.bar(Item(str(n), f"room:{n}"))
    with pytest.raises(ImproperlyConfigured):
        navigation.bar(Item("enam", "room:6"))


def test_item_that_leads_nowhere_says_so():
    navigation.bar(Item("Hilang", "nowhere:index"))
    with pytest.raises(ImproperlyConfigured, match="nowhere:index"):
        navigation.bar_links("/")


def test_public_places_show_only_what_everybody_may_see():
    navigation.bar(Item("Semua", "one"))
    navigation.bar(Item("Masuk dulu", "two", who=signed_in))
    assert names(navigation.bar_links("/")) == ["Semua"]


def test_rail_shows_what_the_actor_may_see_with_counts():
    navigation.rail(Group.PUBLISHING, Item("Naskah", "one", who=[Role.EDITOR], count=lambda actor: actor.user_id + 6))
    assert navigation.rail_links(ANONYMOUS, "/") == []
    assert navigation.rail_links(READER, "/") == []
    ((group, (link,)),) = navigation.rail_links(EDITOR, "/")
    assert (group, link.count) == (Group.PUBLISHING, 7)


def test_longest_matching_address_alone_is_current():
    navigation.strip_from(lambda: [("Rubrik", "/rubrik/"), ("PHK", "/rubrik/phk/"), ("Beranda", "/")])
    assert [(link.name, link.current) for link in navigation.strip_links("/rubrik/phk/lama/")] == [
        ("Rubrik", ""),
        ("PHK", "true"),
        ("Beranda", ""),
    ]
    assert [link.current for link in navigation.strip_links("/rubrik/")] == ["page", "", ""]


def test_a_source_that_is_first_stands_before_those_that_came_earlier():
    navigation.strip_from(lambda: [("PHK", "/rubrik/phk/")])
    navigation.strip_from(lambda: [("Hitung hak", "/hitung/")], first=True)
    assert [link.name for link in navigation.strip_links("/")] == ["Hitung hak", "PHK"]


def test_an_item_is_current_at_its_other_addresses_too():
    navigation.rail(Group.PUBLISHING, Item("Meja", "one"))
    navigation.rail(Group.PUBLISHING, Item("Antrean", "two", also=("/satu/tulisan/",)))
    [(_group, links)] = navigation.rail_links(EDITOR, "/satu/tulisan/K7/")
    assert [link.current for link in links] == ["", "true"]
    [(_group, links)] = navigation.rail_links(EDITOR, "/satu/lain/")
    assert [link.current for link in links] == ["true", ""]
