"""The register: acts, decrees and rulings, their articles, and the days on which each is in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from serikat.law.words import Words

ARTICLE = re.compile(r"^(?P<act>[A-Za-z0-9./-]+):(?P<place>[0-9]+[A-Z]?(?:\([0-9]+[a-z]?\))?[a-z]?(?:-[0-9]+)?|[a-z_]+)$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act, a regulation, a ruling or a decree."""

    id: str
    title: Words
    since: date
    until: date | None
    sources: tuple[str, ...]
    verified: bool
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One rule of an act, in one own sentence. `id` is `ACT:article(paragraph)letter`."""

    id: str
    act: str
    place: str
    says: Words
    since: date
    until: date | None
    sources: tuple[str, ...]
    verified: bool

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Citation:
    """The articles that a line or a date rests on, as `PP35/2021:43(1)+40(2)`. Made by `Law.cite` alone, which knows that they are in force."""

    article: str
    articles: tuple[str, ...]
    source: str | None
    verified: bool
    clause: str = ""


def short_form(articles: tuple[str, ...]) -> str:
    """Articles of one act are joined by "+" behind its name, acts by "; ".

    >>> short_form(("PP35/2021:43(1)", "PP35/2021:40(2)", "UU2/2004:58"))
    'PP35/2021:43(1)+40(2); UU2/2004:58'
    """
    groups: list[tuple[str, list[str]]] = []
    for article in articles:
        act, _, place = article.partition(":")
        if groups and groups[-1][0] == act:
            groups[-1][1].append(place)
        else:
            groups.append((act, [place]))
    return "; ".join(f"{act}:{'+'.join(places)}" for act, places in groups)
