"""The law as it is held, made ready for reading: by area and by act, what is unverified first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.law.holding import Law
from serikat.law.marks import digest_of, subject_of
from serikat.law.register import Act, Article
from serikat.law.showing import in_words
from serikat.law.values import Dated
from serikat.rights.models import Review
from serikat.rights.rules.addresses import anchor_of, slug_of, spoken_act
from serikat.rights.selectors.choices import language
from serikat.rights.selectors.held import law
from serikat.rights.telling import ToldArticle, tell_article

AREAS: dict[str, tuple[str, Words]] = {
    "severance": ("pesangon", _("Pesangon dan hak saat berhenti")),
    "pkwt": ("kontrak", _("Kompensasi kontrak (PKWT)")),
    "overtime": ("lembur", _("Upah lembur")),
    "thr": ("thr", _("Tunjangan hari raya")),
    "late_wages": ("upah-telat", _("Upah terlambat")),
    "wages": ("upah", _("Upah kurang dan potongan")),
    "minimum_wages": ("upah-minimum", _("Upah minimum")),
    "migrants": ("buruh-migran", _("Buruh migran")),
    "procedure": ("perselisihan", _("Perselisihan hubungan industrial")),
    "court": ("gugatan", _("Gugatan dan persidangan")),
    "calendar": ("hari-kerja", _("Hari libur dan cuti bersama")),
    "forums": ("tempat-menuntut", _("Tempat menuntut di dalam dan luar negeri")),
    "benefits": ("jaminan-pmi", _("Manfaat jaminan sosial pekerja migran")),
    "restitution": ("restitusi", _("Restitusi korban perdagangan orang")),
}
"""What the areas of the law are called, and their addresses; an area that is not named here stands under its own name."""


@dataclass(frozen=True, slots=True)
class ToldMark:
    """What an advocate found, and when; the public reads the role, not the name."""

    right: bool
    note: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value with the days it holds."""

    subject: str
    since: date
    until: date | None
    words: str
    articles: tuple[ToldArticle, ...]
    sources: tuple[str, ...]
    verified: bool
    note: str
    mark: ToldMark | None = None


@dataclass(frozen=True, slots=True)
class ToldParameter:
    name: str
    anchor: str
    what: str
    values: tuple[ToldValue, ...]

    @property
    def verified(self) -> bool:
        return all(value.verified for value in self.values)


@dataclass(frozen=True, slots=True)
class ToldArea:
    area: str
    slug: str
    title: Words
    reviewed: date
    parameters: tuple[ToldParameter, ...]

    @property
    def unverified(self) -> tuple[ToldParameter, ...]:
        return tuple(one for one in self.parameters if not one.verified)

    @property
    def verified(self) -> tuple[ToldParameter, ...]:
        return tuple(one for one in self.parameters if one.verified)


@dataclass(frozen=True, slots=True)
class ToldRule:
    """One article, with the parameters that rest on it."""

    id: str
    anchor: str
    told: ToldArticle
    since: date
    until: date | None
    used_by: tuple[tuple[str, str], ...]
    mark: ToldMark | None = None


@dataclass(frozen=True, slots=True)
class ToldAct:
    id: str
    slug: str
    name: str
    title: str
    since: date
    until: date | None
    sources: tuple[str, ...]
    note: str
    rules: tuple[ToldRule, ...]

    @property
    def unverified(self) -> int:
        return sum(not rule.told.verified for rule in self.rules)


Marks = Mapping[tuple[str, str], ToldMark]


def standing_marks() -> Marks:
    """The advocates' marks by rule and by the words that they were set on; of two on one rule the later."""
    rows = Review.objects.filter(withdrawn_at=None).order_by("pk")
    return {
        (row.subject, row.digest): ToldMark(row.verdict == Review.Verdict.RIGHT, row.note, row.source, row.at)
        for row in rows
    }


def slug_of_area(area: str) -> str:
    return AREAS[area][0] if area in AREAS else slug_of(area)


def areas() -> list[ToldArea]:
    """All areas, in the order in which people look for them."""
    held, marks = law(), standing_marks()
    known = [area for area in AREAS if area in held.reviewed] + sorted(set(held.reviewed) - set(AREAS))
    return [_area(held, area, marks) for area in known]


def area_with(slug: str) -> ToldArea | None:
    held, marks = law(), standing_marks()
    return next((_area(held, area, marks) for area in held.reviewed if slug_of_area(area) == slug), None)


def _area(held: Law, area: str, marks: Marks) -> ToldArea:
    names = [name for name, where in held.areas.items() if where == area]
    title = AREAS[area][1] if area in AREAS else area
    return ToldArea(
        area, slug_of_area(area), title, held.reviewed[area], tuple(_parameter(held, name, marks) for name in names)
    )


def _parameter(held: Law, name: str, marks: Marks) -> ToldParameter:
    values = tuple(_value(held, value, marks) for value in reversed(held.held[name]))
    return ToldParameter(name, slug_of(name), held.whats[name].said(language()), values)


def _value(held: Law, value: Dated[object], marks: Marks) -> ToldValue:
    return ToldValue(
        subject_of(value),
        value.since,
        value.until,
        in_words(value.value).said(language()),
        tuple(tell_article(held, article, language()) for article in value.articles),
        value.sources,
        value.verified,
        value.note.said(language()) if value.note else "",
        marks.get((subject_of(value), digest_of(value))),
    )


def acts() -> list[ToldAct]:
    held, marks = law(), standing_marks()
    return [_act(held, act, marks) for act in sorted(held.acts.values(), key=lambda act: act.id)]


def act_with(slug: str) -> ToldAct | None:
    held, marks = law(), standing_marks()
    return next((_act(held, act, marks) for act in held.acts.values() if slug_of(act.id) == slug), None)


def _act(held: Law, act: Act, marks: Marks) -> ToldAct:
    articles = [article for article in held.articles.values() if article.act == act.id]
    return ToldAct(
        act.id,
        slug_of(act.id),
        spoken_act(act.id),
        act.title.said(language()),
        act.since,
        act.until,
        act.sources,
        act.note.said(language()) if act.note else "",
        tuple(_rule(held, article, marks) for article in articles),
    )


def _rule(held: Law, article: Article, marks: Marks) -> ToldRule:
    used = _users(held, article.id)
    return ToldRule(
        article.id,
        anchor_of(article.id),
        tell_article(held, article.id, language()),
        article.since,
        article.until,
        tuple((f"{slug_of_area(held.areas[name])}/#{slug_of(name)}", held.whats[name].said(language())) for name in used),
        marks.get((article.id, digest_of(article))),
    )


def _users(held: Law, article: str) -> Iterable[str]:
    return [
        name
        for name, values in held.held.items()
        if name in held.areas and any(article in value.articles for value in values)
    ]
