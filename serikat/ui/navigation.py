"""What stands in the bars, the rail and the foot. A room puts its places here when it starts; this room draws them.

In a room's `AppConfig.ready`:

    navigation.bar(Item(_("Berita"), "newsroom:index", "news", order=20))
    navigation.rail(Group.PUBLISHING, Item(_("Naskah"), "newsroom:drafts", "news", who=[Role.EDITOR], count=drafts_waiting_for))

Public places are the same for everybody: they are drawn for nobody in particular, so an item with a narrower `who` never shows there.
Links that live in tables (rubrics, static pages) come from a source: `navigation.strip_from(rubric_links)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import ANONYMOUS, Actor, Predicate, Role, anyone, holds
from serikat.kernel.errors import Words
from serikat.kernel.generation import while_unchanged

BAR_HOLDS = 5  # what a thumb can tell apart at 360 px


class Group(Enum):
    """The parts of the desk's rail, from what is done daily to what is set once."""

    WORK = "work"
    PUBLISHING = "publishing"
    PEOPLE = "people"
    ORGANISATION = "organisation"
    SYSTEM = "system"
    SELF = "self"

    @property
    def label(self) -> Words:
        return GROUP_NAMES[self]


GROUP_NAMES: dict[Group, Words] = {
    Group.WORK: "",
    Group.PUBLISHING: _("Terbitan"),
    Group.PEOPLE: _("Orang"),
    Group.ORGANISATION: _("Organisasi"),
    Group.SYSTEM: _("Sistem"),
    Group.SELF: _("Akun Anda"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A place one can go to. `who` is a predicate or a list of roles; `main` is the one red item; `count` tells how many wait for the actor."""

    name: Words
    url_name: str
    icon: str = ""
    order: int = 50
    who: Predicate | Sequence[Role] = anyone
    count: Callable[[Actor], int] | None = None
    main: bool = False
    args: tuple[Any, ...] = ()
    exact: bool = False  # current on its own address alone, not below it (home)
    also: tuple[str, ...] = ()  # addresses elsewhere below which it is current too
    only: str = ""  # the one language in whose bars it stands; everywhere else another says the same

    def may_see(self, actor: Actor) -> bool:
        question = self.who if isinstance(self.who, Predicate) else holds(*self.who)
        return bool(question(actor))


@dataclass(frozen=True, slots=True)
class Link:
    """An item made ready for one page: address worked out, `current` is what `aria-current` says ("page", "true" or nothing)."""

    name: Words
    url: str
    icon: str = ""
    current: str = ""
    count: int = 0
    main: bool = False
    matched: int = field(default=0, compare=False)  # letters of the address that made it current
    lang: str = ""  # of its name, when it is another than the page's


Source = Callable[[], Iterable[tuple[Words, str] | tuple[Words, str, str]]]


@dataclass
class _Registry:
    bar: list[Item] = field(default_factory=list)
    utilities: list[Item] = field(default_factory=list)
    foot: list[Item] = field(default_factory=list)
    rail: dict[Group, list[Item]] = field(default_factory=lambda: {group: [] for group in Group})
    strip_sources: list[Source] = field(default_factory=list)
    foot_sources: list[Source] = field(default_factory=list)


_places = _Registry()


def _add(items: list[Item], item: Item) -> None:
    if any(known.url_name == item.url_name and known.args == item.args for known in items):
        raise ImproperlyConfigured(f"{item.url_name} stands in the navigation twice.")
    items.append(item)
    items.sort(key=lambda known: known.order)


def bar(item: Item) -> None:
    """Put an item in the public bar: under the thumb on a phone, in the head on a wide screen. It holds five."""
    if len(_places.bar) == BAR_HOLDS:
        raise ImproperlyConfigured(f"The public bar holds {BAR_HOLDS} items; {item.url_name} is one too many.")
    _add(_places.bar, item)


def utility(item: Item) -> None:
    """Put an item beside the nameplate (search)."""
    _add(_places.utilities, item)


def foot(item: Item) -> None:
    _add(_places.foot, item)


def rail(group: Group, item: Item) -> None:
    """Put an item in the desk's rail."""
    _add(_places.rail[group], item)


def strip_from(source: Source, *, first: bool = False) -> None:
    """Fill the strip under the nameplate (rubrics) with (name, address) pairs, asked at each page; a third part is
    the language of the name, where it is not the page's. `first`: before the others, where a narrow phone shows it."""
    _places.strip_sources.insert(0 if first else len(_places.strip_sources), source)


def foot_from(source: Source) -> None:
    """Add (name, address) pairs to the foot, asked at each page."""
    _places.foot_sources.append(source)


def _current(url: str, path: str, exact: bool) -> str:
    if path == url:
        return "page"
    return "true" if not exact and url.endswith("/") and path.startswith(url) else ""


@cache
def _address(url_name: str, args: tuple[Any, ...], urls: str | None, language: str | None) -> str:
    """Worked out once for each language: the bars stand on every page."""
    return reverse(url_name, args=args)


def _links(items: Iterable[Item], actor: Actor, path: str) -> list[Link]:
    links = []
    for item in items:
        if not item.may_see(actor) or item.only not in ("", get_language()):
            continue
        try:
            url = _address(item.url_name, item.args, get_urlconf(), get_language())
        except NoReverseMatch as error:
            raise ImproperlyConfigured(f"The navigation names {item.url_name}, which leads nowhere.") from error
        count = item.count(actor) if item.count else 0
        found = [(len(one), said) for one in (url, *item.also) if (said := _current(one, path, item.exact))]
        matched, current = max(found, default=(0, ""))
        links.append(Link(item.name, url, item.icon, current, count, item.main, matched))
    return _one_current(links)


def _one_current(links: list[Link]) -> list[Link]:
    """Only the longest matching address is current: /meja/orang/baru/ lights one item, not each of its parents."""
    best = max((link for link in links if link.current), key=lambda link: link.matched, default=None)
    return [link if link is best or not link.current else replace(link, current="") for link in links]


def _sourced(sources: Iterable[Source], path: str) -> list[Link]:
    return _one_current(
        [
            Link(name, url, current=_current(url, path, False), matched=len(url), lang="".join(lang))
            for source in sources
            for name, url, *lang in source()
        ]
    )


def bar_links(path: str) -> list[Link]:
    return _links(_places.bar, ANONYMOUS, path)


def utility_links(path: str) -> list[Link]:
    return _links(_places.utilities, ANONYMOUS, path)


def strip_links(path: str) -> list[Link]:
    return _sourced(_places.strip_sources, path)


def foot_links(path: str) -> list[Link]:
    return [*_sourced(_places.foot_sources, path), *_links(_places.foot, ANONYMOUS, path)]


@while_unchanged
def _public_addresses() -> dict[str, list[str]]:
    """Every address in the public places, by language; filled as languages are asked for."""
    return {}


def part_of_site(path: str) -> tuple[str, ...]:
    """The addresses of the public places that this path is at or below, the path's own first: two paths with the same answer have the same
    links with the same one current."""
    language = get_language() or ""
    known = _public_addresses()
    if language not in known:
        known[language] = [link.url for links in (bar_links(""), strip_links(""), foot_links("")) for link in links]
    return (path if path in known[language] else "", *(url for url in known[language] if path.startswith(url)))


def rail_links(actor: Actor, path: str) -> list[tuple[Group, list[Link]]]:
    """The rail as this actor sees it, without empty groups."""
    flat = [(group, item) for group in Group for item in _places.rail[group] if item.may_see(actor)]
    links = _links([item for _group, item in flat], actor, path)
    found: dict[Group, list[Link]] = {}
    for (group, _item), link in zip(flat, links, strict=True):
        found.setdefault(group, []).append(link)
    return list(found.items())
