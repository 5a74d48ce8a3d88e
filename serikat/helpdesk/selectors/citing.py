"""Articles of the law for who answers: found by words, told in one sentence, led to; and when our rules about them were looked at last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.generation import while_unchanged
from serikat.kernel.text import fold
from serikat.rights.rules.addresses import address_of_article, spoken_article
from serikat.rights.selectors.choices import language
from serikat.rights.selectors.held import law

FOUND = 12


@dataclass(frozen=True, slots=True)
class Cited:
    """One article: its id, as people say it, its sentence, its address, whether its source was found."""

    id: str
    name: str
    says: str
    url: str
    verified: bool


def spoken(article: str) -> str:
    return spoken_article(article, _("Pasal"), _("ayat"), _("huruf"))


def is_article(article: str) -> bool:
    return article in law().articles


def cited(articles: Iterable[str]) -> list[Cited]:
    """These articles, in their order; one that the law no longer holds stays by its name alone."""
    held, lang, rules = law(), language(), reverse("rights:rules")
    told = []
    for name in articles:
        article = held.articles.get(name)
        url = rules + address_of_article(name) if article else ""
        told.append(
            Cited(name, spoken(name), article.says.said(lang) if article else "", url, bool(article and article.verified))
        )
    return told


def articles_about(typed: str, leave_out: Sequence[str] = ()) -> list[Cited]:
    """Articles in force today in whose name or sentence every typed word stands, those with the words in the name first."""
    words = fold(typed.replace("\0", " ")[:200]).split()[:8]
    if not words:
        return []
    today = timezone.localdate()
    hits = [
        (not all(word in name for word in words), number, article)
        for number, (article, name, text) in enumerate(_searched())
        if article not in leave_out and all(word in text for word in words)
    ]
    held = law().articles
    found = [article for _rank, _number, article in sorted(hits) if held[article].in_force(today)]
    return cited(found[:FOUND])


@while_unchanged
def _searched() -> list[tuple[str, str, str]]:
    """(id, its names, its names and sentences), each folded for searching."""
    rows = []
    for name, article in law().articles.items():
        names = fold(f"{name} {spoken_article(name)} {name.replace('/', ' ').replace(':', ' ')}")
        rows.append((name, names, f"{names} {fold(article.says.id)} {fold(article.says.en)}"))
    return rows


def reviewed_on(articles: Iterable[str]) -> date | None:
    """The oldest day on which the rules that rest on these articles were looked at; of all rules where none rests on them."""
    held, wanted = law(), set(articles)
    areas = {
        held.areas[name]
        for name, values in held.held.items()
        if name in held.areas and any(wanted.intersection(value.articles) for value in values)
    }
    days = [held.reviewed[area] for area in areas if area in held.reviewed] or list(held.reviewed.values())
    return min(days, default=None)
