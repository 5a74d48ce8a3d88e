"""What readers find: news and standing pages, English versions, workers' posts, clips; and what search engines are told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from serikat.kernel import fulltext
from serikat.newsroom.models import LiveClip, LivePage, Post
from serikat.newsroom.rules.english import singulars
from serikat.newsroom.selectors.posts import shown_posts
from serikat.ui.language import neutral_path

PAGE_SIZE = 20
FEW = 3  # of what was not asked for first
SITEMAP_SIZE = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. `path` is without language."""

    path: str
    title: SafeString
    snippet: SafeString
    at: datetime | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Few:
    """The first answers of another place, and how many there are."""

    place: str
    found: list[Found]
    count: int


Shown = dict[int, tuple[str, datetime | None, str]]


def _pages(keys: list[int]) -> Shown:
    rows = LivePage.objects.filter(pk__in=keys).values_list("pk", "path", "shown_at", "card__place")
    return {pk: (path, at, place or "") for pk, path, at, place in rows}


def _posts(keys: list[int]) -> Shown:
    rows = shown_posts().filter(pk__in=keys)
    return {post.pk: (path_of_post(post.code), post.shown_at, post.name) for post in rows}


def _clips(keys: list[int]) -> Shown:
    return {live.pk: (live.path, live.shown_at, live.credit) for live in LiveClip.objects.filter(pk__in=keys)}


# Where readers look: the index, and what stands behind its keys now. What does not show any more is left out.
PLACES: dict[str, tuple[str, Callable[[list[int]], Shown]]] = {
    "berita": ("newsroom", _pages),
    "inggris": ("newsroom_english", _pages),
    "ruang-buruh": ("newsroom_posts", _posts),
    "klip": ("newsroom_clips", _clips),
}


def path_of_post(code: str) -> str:
    """The address of a worker's post, without language."""
    return neutral_path(reverse("newsroom:post", args=[code]))


def search(typed: str, number: int, place: str = "berita") -> tuple[PageOfList[Any], bool, bool]:
    """One page of what answers a question in one place, whether there is more than was counted, and whether it only comes near. Three queries, a few
    more where nothing holds every word."""
    found, answers = _answers(typed, place, number, PAGE_SIZE, near=True)
    counted: PageOfList[Any] = Paginator[Any](range(found.count), PAGE_SIZE).get_page(number)
    counted.object_list = answers
    return counted, found.more, found.near


def few(typed: str, places: Iterable[str]) -> list[Few]:
    """The first answers of each of these places that has any."""
    beside = []
    for place in places:
        found, answers = _answers(typed, place, 1, FEW)
        if answers:
            beside.append(Few(place, answers, found.count))
    return beside


def _answers(typed: str, place: str, number: int, size: int, *, near: bool = False) -> tuple[fulltext.Found, list[Found]]:
    index, load = PLACES[place]
    found = fulltext.find(index, typed, page=number, size=size, near=near)
    if (found.near or not found.count) and place == "inggris" and (one := singulars(typed)) != typed:
        exact = fulltext.find(index, one, page=number, size=size)
        found = exact if exact.count else found
    shown = load([hit.key for hit in found.hits])
    return found, [Found(shown[h.key][0], h.title, h.snippet, *shown[h.key][1:]) for h in found.hits if h.key in shown]


def articles_with(typed: str) -> list[LivePage]:
    """The first articles that answer a question, without their bodies."""
    index, _load = PLACES["berita"]
    keys = [hit.key for hit in fulltext.find(index, typed, page=1, size=PAGE_SIZE).hits]
    found = LivePage.objects.filter(kind=LivePage.Kind.ARTICLE).defer("html").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def sitemap_pages() -> int:
    """How many parts the sitemap has."""
    return max(1, sum(_parts_of(rows) for rows in _sitemap_sources()))


def sitemap_part(number: int) -> Iterator[tuple[str, datetime | None]] | None:
    """Address and last change of one part, in a steady order: pages, then posts, then clips. None: there is no such part."""
    if number < 1:
        return None
    for rows in _sitemap_sources():
        parts = _parts_of(rows)
        if number <= parts:
            start = (number - 1) * SITEMAP_SIZE
            return (_address_of(row) for row in rows[start : start + SITEMAP_SIZE].iterator())
        number -= parts
    return None


def _sitemap_sources() -> list[QuerySet[Any]]:
    return [
        LivePage.objects.order_by("pk").only("path", "changed_at"),
        Post.objects.filter(state=Post.State.SHOWN).order_by("pk").only("code", "shown_at"),
        LiveClip.objects.order_by("pk").only("kind", "slug", "changed_at"),
    ]


def _parts_of(rows: QuerySet[Any]) -> int:
    return -(-rows.count() // SITEMAP_SIZE)


def _address_of(row: Any) -> tuple[str, datetime | None]:
    return (path_of_post(row.code), row.shown_at) if isinstance(row, Post) else (row.path, row.changed_at)
