"""House rule: every component stands in the gallery, and every state of it is drawn in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from serikat.ui.components import register
from serikat.ui.gallery import Chapter, Entry, State, chapters
from serikat.ui.templatetags import ui as library

# The frame of every page and the inside of forms are seen on the gallery page itself, not as entries.
FRAME = {
    "brand",
    "public_bar",
    "utilities",
    "strip",
    "foot",
    "rail",
    "alternates",
    "messages",
    "page_head",
    "desk_head",
    "home_url",
}
FORMS = {"field_kind", "field_widget", "field_anchor", "field_file", "password_toggle", "error_summary"}


def entries() -> list[Entry]:
    return [entry for chapter in chapters() for entry in chapter.entries]


def states() -> list[tuple[str, State]]:
    return [(entry.key, state) for entry in entries() for state in entry.states]


def test_every_component_has_its_entry_and_every_entry_its_component():
    assert library.register is register
    assert {entry.key for entry in entries()} == (set(register.tags) | set(register.filters)) - FRAME - FORMS


def test_exempted_names_are_real():
    assert (set(register.tags) | set(register.filters)) >= FRAME | FORMS


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("key", "state"), states(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_state_is_drawn(key, state, lang):
    with translation.override(lang):
        drawn = state.render()
    assert drawn.strip()
    assert "style=" not in drawn
    assert " onclick=" not in drawn


def test_every_entry_says_what_it_is_and_what_its_arguments_mean():
    assert [entry.key for entry in entries() if not entry.what or not entry.explained] == []


def test_page_shows_each_entry_once(client, db):
    page = client.get("/en/ui/").content.decode()
    assert [entry.key for entry in entries() if page.count(f'id="c-{entry.key}"') != 1] == []


def test_chapters_have_ids_of_their_own():
    ids = [chapter.id for chapter in chapters()]
    assert all(isinstance(chapter, Chapter) for chapter in chapters())
    assert len(ids) == len(set(ids))
