"""The law as it is held: articles and values by date, asked for a day; what an organisation adds is put over it without touching it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from serikat.law import parameters
from serikat.law.marks import Mark, digest_of, subject_of
from serikat.law.register import Act, Article, Citation, short_form
from serikat.law.values import Dated, Family, Parameter
from serikat.law.words import BadLaw, Words

T = TypeVar("T")


class NotHeld(LookupError):
    """Asked for a day on which nothing is held. `since` is the first day on which something is, None when it ended before."""

    def __init__(self, name: str, day: date, since: date | None, until: date | None = None) -> None:
        super().__init__(f"{name} is not held for {day}")
        self.name, self.day, self.since, self.until = name, day, since, until


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a topic's rules: since when this program counts by them, the digest of their values, and what changed."""

    version: int
    on: date
    digest: str
    what: Words


@dataclass(frozen=True, eq=False)
class Law:
    """Everything that is held, read only. Made by `loading.load`, which checks it, or by `with_values` from another one. Two are the same if they are one."""

    acts: Mapping[str, Act]
    articles: Mapping[str, Article]
    held: Mapping[str, tuple[Dated[Any], ...]]
    whats: Mapping[str, Words]
    reviewed: Mapping[str, date]
    versions: Mapping[str, tuple[Version, ...]]
    areas: Mapping[str, str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()

    # Asking

    def on(self, parameter: Parameter[T], day: date) -> Dated[T]:
        """The value that holds on a day. Raises NotHeld."""
        values = self.held.get(parameter.name, ())
        for value in reversed(values):
            if value.since <= day:
                if value.until is not None and value.until < day:
                    raise NotHeld(parameter.name, day, None, value.until)
                return value
        raise NotHeld(parameter.name, day, values[0].since if values else None)

    def maybe(self, parameter: Parameter[T], day: date) -> Dated[T] | None:
        """The value that holds on a day, None where the law does not hold one then."""
        try:
            return self.on(parameter, day)
        except NotHeld:
            return None

    def family(self, family: Family[T], day: date) -> dict[str, Dated[T]]:
        """The values of a family that hold on a day, by the last part of their names, in the order of the file."""
        start = len(family.prefix) + 1
        found = ((name[start:], self.maybe(family.named(name[start:]), day)) for name in self.names(family))
        return {name: value for name, value in found if value is not None}

    def names(self, family: Family[Any]) -> list[str]:
        return [name for name in self.held if name.startswith(f"{family.prefix}.")]

    def since(self, topic: str) -> date:
        """The first day for which a topic can be counted: the day from which the values it cannot do without are held.

        A topic that has a family alone (steps, forums) can be asked from the first day of its earliest member.
        """
        needed = parameters.NEEDED[topic]
        if not needed:
            return min(self.held[name][0].since for name in self.names_of(topic))
        return max(self.held[name][0].since for name in needed)

    def until(self, topic: str) -> date | None:
        """The last day for which a topic can be counted, None where no end is known."""
        ends = [end for name in parameters.NEEDED[topic] if (end := self.held[name][-1].until)]
        return min(ends) if ends else None

    def periods(self, topic: str) -> list[date]:
        """The days on which what a topic cannot do without begins or ends to hold: between two of them its amounts are the same."""
        first = self.since(topic)
        values = [value for name in self.names_of(topic) if name not in parameters.LATER for value in self.held[name]]
        turns = {value.since for value in values} | {value.until + timedelta(days=1) for value in values if value.until}
        return [first, *sorted(day for day in turns if day > first)]

    def names_of(self, topic: str) -> list[str]:
        """The parameters that a topic counts with."""
        found: list[str] = []
        for handle in parameters.USES[topic]:
            found += self.names(handle) if isinstance(handle, Family) else [handle.name]
        return [name for name in found if name in self.held]

    def area_of(self, topic: str) -> str:
        """The file in which a topic's rules stand."""
        return parameters.AREAS[topic]

    def reviewed_for(self, topic: str) -> date:
        """The day on which all rules of a topic were looked at last."""
        return self.reviewed[parameters.AREAS[topic]]

    # Citing

    def cite(self, day: date, *what: str | Dated[Any], clause: str = "") -> Citation:
        """Name what a line rests on. Raises BadLaw for an article that is not in the register or not in force on the day."""
        articles: list[str] = []
        verified, source = True, None
        for entry in what:
            if isinstance(entry, Dated):
                articles += entry.articles
                verified = verified and entry.verified
                source = source or (entry.sources[0] if entry.sources else None)
            else:
                articles.append(entry)
                verified = verified and entry in self.articles and self.articles[entry].verified
        for name in articles:
            article = self.articles.get(name)
            if article is None:
                raise BadLaw(f"the article {name} is not in the register")
            if not article.in_force(day):
                raise BadLaw(f"the article {name} is not in force on {day}")
            source = source or (article.sources[0] if article.sources else None)
        if not articles:
            raise BadLaw("no line without an article")
        return Citation(short_form(tuple(articles)), tuple(articles), source, verified, clause)

    # Versions

    def digest_of(self, topic: str) -> str:
        """Sixteen signs that change when a value, a day, an article or a verified mark of a topic's rules does."""
        told = [
            [
                (repr(value.value), str(value.since), str(value.until), value.articles, value.verified)
                for value in self.held[name]
            ]
            for name in sorted(self.names_of(topic))
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()[:16]

    @cached_property
    def rule_versions(self) -> dict[str, str]:
        """The version of each topic's rules: its number, and behind it a sign of what the organisation put over them."""
        found = {}
        for topic in parameters.USES:
            version = str(self.versions[topic][-1].version) if self.versions.get(topic) else "0"
            over = self.added & set(self.names_of(topic))
            found[topic] = f"{version}+{self.digest_of(topic)[:6]}" if over else version
        return found

    # What an organisation adds

    def with_values(
        self, values: Iterable[Dated[Any]], whats: Mapping[str, Words] | None = None, areas: Mapping[str, str] | None = None
    ) -> Law:
        """A law in which these values stand instead of those of the same name that begin on the same day, or between them.

        The day before a later value begins ends the earlier one. Raises BadLaw for an article that is not in force on the value's days.
        `whats` and `areas` say of names that were not held before what they are and where they stand.
        """
        held = dict(self.held)
        names = set()
        for value in values:
            for name in value.articles:
                article = self.articles.get(name)
                if article is None or not article.in_force(value.since):
                    raise BadLaw(f"the article {name} is not in force on {value.since}")
            rows = sorted(
                [old for old in held.get(value.name, ()) if old.since != value.since] + [value], key=lambda row: row.since
            )
            held[value.name] = tuple(
                replace(row, until=following.since - timedelta(days=1))
                if following and (row.until is None or row.until >= following.since)
                else row
                for row, following in zip(rows, [*rows[1:], None], strict=True)
            )
            names.add(value.name)
        told = {**(whats or {}), **self.whats}
        placed = {**(areas or {}), **self.areas}
        return replace(self, held=held, added=self.added | names, whats=told, areas=placed)

    def with_marks(self, marks: Iterable[Mark]) -> Law:
        """A law with lawyers' marks over it. A mark counts while the rule is the one that was looked at, of two marks the later one.

        A value that rests on an article marked as doubtful is unverified whatever else was found: a line is as sure as its least sure part.
        """
        found = {mark.subject: mark.right for mark in marks if mark.digest == self.digest_of_rule(mark.subject)}
        if not found:
            return self
        articles = {
            name: replace(article, verified=found[name]) if name in found else article
            for name, article in self.articles.items()
        }
        doubtful = {name for name, right in found.items() if not right and name in articles}
        held, changed = {}, set()
        for name, values in self.held.items():
            marked = tuple(_marked(value, found, doubtful) for value in values)
            changed |= {name} if marked != values else set()
            held[name] = marked
        return replace(self, articles=articles, held=held, added=self.added | changed)

    def digest_of_rule(self, subject: str) -> str | None:
        """What a mark was set on: a sign of the article's or the value's words, None when there is no such rule."""
        article = self.articles.get(subject)
        if article is not None:
            return digest_of(article)
        name, _, day = subject.rpartition("@")
        return next((digest_of(value) for value in self.held.get(name, ()) if str(value.since) == day), None)

    def with_articles(self, acts: Iterable[Act], articles: Iterable[Article]) -> Law:
        """A law with more acts and articles: decrees that an organisation enters itself."""
        return replace(
            self,
            acts={**self.acts, **{act.id: act for act in acts}},
            articles={**self.articles, **{article.id: article for article in articles}},
        )


def _marked(value: Dated[Any], found: Mapping[str, bool], doubtful: set[str]) -> Dated[Any]:
    verified = found.get(subject_of(value), value.verified) and not doubtful.intersection(value.articles)
    return value if verified == value.verified else replace(value, verified=verified)
