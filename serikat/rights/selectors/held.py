"""The law as this organisation holds it: what is shipped, its own tables over it, and its lawyers' marks over both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from serikat.kernel.generation import while_unchanged
from serikat.law import parameters as p
from serikat.law import the_law
from serikat.law.holding import Law
from serikat.law.marks import Mark
from serikat.law.register import Act, Article
from serikat.law.shapes import DayOff as LawDay
from serikat.law.values import Dated
from serikat.law.words import Words
from serikat.rights.models import DayOff, MinimumWage, Review
from serikat.rights.rules.addresses import slug_of
from serikat.rights.rules.wages import parameter_code

COMPILED = "law.json"
WAGES_AREA, CALENDAR_AREA = "minimum_wages", "calendar"


def shipped() -> Law:
    """The law as it comes with the program."""
    return the_law(Path(settings.SERIKAT_DATA) / COMPILED)


@while_unchanged
def law() -> Law:
    """The law with the organisation's values and its lawyers' marks over it."""
    return entered().with_marks(marks())


def entered() -> Law:
    """The law with the organisation's values over it, before any mark: what a lawyer looks at."""
    wages = list(MinimumWage.objects.select_related("region__parent"))
    days = list(DayOff.objects.all())
    if not wages and not days:
        return shipped()
    decrees = Decrees()
    values: list[Dated[Any]] = [*_wages(wages, decrees), *_years(days, decrees)]
    names = {f"{p.MINIMUM_WAGES.prefix}.{parameter_code(wage.region_id)}": wage.region.name for wage in wages}
    return (
        shipped()
        .with_articles(*decrees.registered())
        .with_values(
            values,
            {name: Words(f"Upah minimum {region}", f"Minimum wage of {region}") for name, region in names.items()},
            dict.fromkeys(names, WAGES_AREA),
        )
    )


def marks() -> Iterator[Mark]:
    """The marks that stand, the oldest first: of two on one rule the later one counts."""
    for review in Review.objects.filter(withdrawn_at=None).order_by("pk"):
        yield Mark(review.subject, review.digest, review.verdict == Review.Verdict.RIGHT)


@dataclass
class Decrees:
    """The decrees that the tables name, as acts with one article each. Two that are written alike in one province are one."""

    ids: dict[str, str] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    words: dict[str, tuple[Words, Words, str]] = field(default_factory=dict)
    sources: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def article(self, decree: str, of: str, place: str, *, title: Words, says: Words, since: date, source: str) -> str:
        """Note a decree and give the name of its article. `of` tells apart what two provinces number alike."""
        name = f"{decree.replace(':', '-')} ({of})"
        act = self.ids.setdefault(slug_of(name), name)
        self.since[act] = min(since, self.since.get(act, since))
        self.words.setdefault(act, (title, says, place))
        if source:
            self.sources[act][source] = None
        return f"{act}:{self.words[act][2]}"

    def registered(self) -> tuple[list[Act], list[Article]]:
        acts, articles = [], []
        for act, (title, says, place) in self.words.items():
            sources = tuple(self.sources[act])
            acts.append(Act(act, title, self.since[act], None, sources, bool(sources)))
            articles.append(Article(f"{act}:{place}", act, place, says, self.since[act], None, sources, bool(sources)))
        return acts, articles


def _wages(wages: Iterable[MinimumWage], decrees: Decrees) -> Iterator[Dated[int]]:
    for wage in wages:
        province = wage.region.parent or wage.region
        article = decrees.article(
            wage.decree,
            province.name,
            "upah",
            title=Words(f"Keputusan {wage.decree}, {province.name}", f"Decree {wage.decree}, {province.name}"),
            says=Words(f"Upah minimum di {province.name} ditetapkan.", f"The minimum wage in {province.name} is set."),
            since=wage.from_day,
            source=wage.source,
        )
        name = f"{p.MINIMUM_WAGES.prefix}.{parameter_code(wage.region_id)}"
        sources = (wage.source,) if wage.source else ()
        yield Dated(name, wage.amount, wage.from_day, wage.until_day, (article,), sources, bool(sources))


def _years(days: Iterable[DayOff], decrees: Decrees) -> Iterator[Dated[tuple[LawDay, ...]]]:
    """A value a year: the days that stand here, whole, in the place of the shipped year."""
    years: dict[int, list[DayOff]] = defaultdict(list)
    for day in days:
        years[day.on.year].append(day)
    for year, rows in years.items():
        since = date(year, 1, 1)
        articles = dict.fromkeys(
            decrees.article(
                row.decree,
                f"libur {year}",
                "hari",
                title=Words(f"Keputusan {row.decree}: hari libur {year}", f"Decree {row.decree}: days off {year}"),
                says=Words(
                    f"Hari libur nasional dan cuti bersama tahun {year}.",
                    f"National holidays and collective leave of {year}.",
                ),
                since=since,
                source=row.source,
            )
            for row in rows
        )
        sources = tuple(dict.fromkeys(row.source for row in rows if row.source))
        value = tuple(
            LawDay(row.on, Words(row.name_id, row.name_en or row.name_id), row.kind == DayOff.Kind.LEAVE, row.estimated)
            for row in sorted(rows, key=lambda row: row.on)
        )
        verified = all(row.source and not row.estimated for row in rows)
        yield Dated(p.CALENDAR.name, value, since, date(year, 12, 31), tuple(articles), sources, verified)
