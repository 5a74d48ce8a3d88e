"""The desk's review of the law: every value and every article, what is unverified first, with the marks that were set on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing, Words
from serikat.law.holding import Law
from serikat.law.marks import digest_of, subject_of
from serikat.law.register import Article
from serikat.law.showing import in_words
from serikat.law.values import Dated
from serikat.rights import permissions
from serikat.rights.models import Review
from serikat.rights.rules.addresses import address_of_article, slug_of, spoken_article
from serikat.rights.selectors.choices import language
from serikat.rights.selectors.held import law
from serikat.rights.selectors.rules import AREAS, slug_of_area

REGISTER = "pasal"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One value or article as a lawyer looks at it. `mark` is the review that counts now; `stale` one that was set on other words."""

    subject: str
    digest: str
    title: str
    says: str
    note: str
    since: date
    until: date | None
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    verified: bool
    where: str
    mark: Review | None
    stale: Review | None


def marks_on(subjects: Iterable[str] | None = None) -> Mapping[str, list[Review]]:
    """The marks that stand, by rule, the newest first."""
    found: dict[str, list[Review]] = defaultdict(list)
    rows = Review.objects.filter(withdrawn_at=None).select_related("reviewer").order_by("-pk")
    for review in rows if subjects is None else rows.filter(subject__in=list(subjects)):
        found[review.subject].append(review)
    return found


def areas() -> list[tuple[str, Words]]:
    """The areas to choose from, by their addresses; the register of articles last."""
    held = law()
    known = [area for area in AREAS if area in held.reviewed] + sorted(set(held.reviewed) - set(AREAS))
    return [(slug_of_area(area), AREAS[area][1] if area in AREAS else area) for area in known]


def rules_in(actor: Actor, area: str = "") -> list[RuleRow]:
    """The rules of an area (`pasal`: the articles; nothing: all), doubtful and unverified ones first."""
    if not permissions.may_review_law(actor):
        raise Missing
    held, marks = law(), marks_on()
    rows = [
        _value(held, value, marks)
        for name, values in held.held.items()
        if not area or slug_of_area(held.areas.get(name, "")) == area
        for value in reversed(values)
    ]
    if area in ("", REGISTER):
        rows += [_article(one, marks) for one in held.articles.values()]
    return sorted(rows, key=lambda row: (row.verified, row.mark is not None))


def rule_for(actor: Actor, subject: str) -> RuleRow:
    """One rule."""
    found = next((row for row in rules_in(actor) if row.subject == subject), None)
    if found is None:
        raise Missing
    return found


def history_of(subject: str) -> list[Review]:
    """All marks on a rule, withdrawn ones too, the newest first."""
    return list(Review.objects.filter(subject=subject).select_related("reviewer").order_by("-pk"))


def review_for(actor: Actor, pk: int) -> Review:
    found = Review.objects.filter(pk=pk).first() if permissions.may_review_law(actor) else None
    if found is None:
        raise Missing
    return found


def _counts(marks: Iterable[Review], digest: str) -> tuple[Review | None, Review | None]:
    marks = list(marks)
    mark = next((one for one in marks if one.digest == digest), None)
    return mark, None if mark else next(iter(marks), None)


def _value(held: Law, value: Dated[Any], marks: Mapping[str, list[Review]]) -> RuleRow:
    subject, digest = subject_of(value), digest_of(value)
    mark, stale = _counts(marks.get(subject, ()), digest)
    return RuleRow(
        subject,
        digest,
        held.whats[value.name].said(language()),
        in_words(value.value).said(language()),
        value.note.said(language()) if value.note else "",
        value.since,
        value.until,
        tuple(spoken_article(article) for article in value.articles),
        value.sources,
        value.verified,
        f"{slug_of_area(held.areas[value.name])}/#{slug_of(value.name)}",
        mark,
        stale,
    )


def _article(one: Article, marks: Mapping[str, list[Review]]) -> RuleRow:
    digest = digest_of(one)
    mark, stale = _counts(marks.get(one.id, ()), digest)
    return RuleRow(
        one.id,
        digest,
        spoken_article(one.id),
        one.says.said(language()),
        "",
        one.since,
        one.until,
        (),
        one.sources,
        one.verified,
        address_of_article(one.id),
        mark,
        stale,
    )
