"""Parts that are drawn once: what is remembered, what is told apart, and when it is forgotten."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

from serikat.kernel import generation
from serikat.ui import drawing, navigation
from serikat.ui.components.reading import Picture
from serikat.ui.drawing import draw
from serikat.ui.navigation import Item, bar_links, part_of_site

STORY = {"title": "Upah <b>", "url": "/berita/upah/", "kind": "plain", "tag": "h3"}


@pytest.fixture(autouse=True)
def _nothing_drawn():
    generation.bump()


def test_draw_gives_the_same_drawing_for_equal_values():
    first = draw("ui/c/story.html", dict(STORY))
    assert draw("ui/c/story.html", dict(STORY)) is first
    assert "Upah &lt;b&gt;" in first


def test_draw_tells_safe_words_from_unsafe_ones():
    assert "Upah &lt;b&gt;" in draw("ui/c/story.html", STORY)
    assert "Upah <b>" in draw("ui/c/story.html", {**STORY, "title": SafeString("Upah <b>")})


def test_draw_tells_pictures_and_languages_apart():
    small, large = (Picture("/a.webp", "", width, 100) for width in (90, 180))
    assert 'width="90"' in draw("ui/c/story.html", {**STORY, "kind": "side", "picture": small})
    assert 'width="180"' in draw("ui/c/story.html", {**STORY, "kind": "side", "picture": large})
    with override("id"):
        here = draw("ui/parts/strip.html", {"links": [navigation.Link("Upah", "/rubrik/upah/")]})
    with override("en"):
        there = draw("ui/parts/strip.html", {"links": [navigation.Link("Upah", "/rubrik/upah/")]})
    assert ('aria-label="Rubrik"' in here, 'aria-label="Rubrik"' in there) == (True, False)


def test_draw_does_not_remember_what_it_cannot_compare():
    values = {**STORY, "meta": "hari ini", "other": object()}
    first = draw("ui/c/story.html", values)
    assert "hari ini" in first
    assert draw("ui/c/story.html", values) is not first


def test_draw_forgets_when_something_changes():
    first = draw("ui/c/story.html", STORY)
    generation.bump()
    assert draw("ui/c/story.html", STORY) is not first


def test_draw_holds_a_bounded_number(monkeypatch):
    monkeypatch.setattr(drawing, "MOST", 3)
    for number in range(10):
        draw("ui/c/story.html", {**STORY, "title": str(number)})
    assert len(drawing._drawings) <= 3


@pytest.mark.django_db(transaction=True)
def test_the_bar_marks_where_one_is_whatever_was_drawn_before(rf, monkeypatch):
    monkeypatch.setattr(navigation, "_places", navigation._Registry())
    navigation.bar(Item("Galeri", "ui:gallery"))
    generation.bump()
    bar = Template("{% load ui %}{% public_bar %}")

    def drawn(path):
        return bar.render(Context({"request": rf.get(path)}))

    assert [link.url for link in bar_links("/")] == ["/ui/"]
    assert 'aria-current="page"' in drawn("/ui/")
    assert 'aria-current="true"' in drawn("/ui/x/")
    assert "aria-current" not in drawn("/berita/")
    assert 'aria-current="page"' in drawn("/ui/")
    assert [part_of_site(path) for path in ("/ui/", "/ui/x/", "/berita/")] == [("/ui/", "/ui/"), ("", "/ui/"), ("",)]


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_belongs_to_its_data_folder(settings, tmp_path):
    asked: list[int] = []
    read = generation.while_unchanged(lambda: asked.append(1) or len(asked))
    number = generation.current()
    assert (read(), read()) == (1, 1)
    settings.SERIKAT_DATA = tmp_path
    for _ in range(number):
        generation.bump()
    assert (generation.current(), read()) == (number, 2)
