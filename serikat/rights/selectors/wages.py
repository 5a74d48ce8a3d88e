"""Minimum wages for the desk: what stands for each region, what is shipped, what is empty; and which region a row of a workbook means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.law import parameters as p
from serikat.law.holding import Law
from serikat.law.values import Dated
from serikat.places.models import Level, Region
from serikat.places.rules import folded, query_words
from serikat.places.selectors import region_by_code
from serikat.rights import permissions
from serikat.rights.models import MinimumWage
from serikat.rights.rules.wages import parameter_code, read_code, region_code
from serikat.rights.selectors.choices import language
from serikat.rights.selectors.held import law, shipped

REGENCY_TITLES = ("kabupaten", "kota", "kotaadministrasi", "kabupatenadministrasi", "administrasi")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region and the wage that holds in the year, with how many of its regencies have one of their own."""

    region: Region
    slug: str
    wage: Dated[int] | None
    own: bool
    regencies: int = 0
    filled: int = 0


def years_of(held: Law) -> list[int]:
    """The years for which some wage begins, the newest first."""
    return sorted({value.since.year for name in held.names(p.MINIMUM_WAGES) for value in held.held[name]}, reverse=True)


def _wage_in(held: Law, region: str, year: int) -> Dated[int] | None:
    """The wage that held last in a year."""
    found = held.held.get(p.MINIMUM_WAGES.named(parameter_code(region)).name, ())
    in_year = [one for one in found if one.since.year <= year and (one.until is None or one.until.year >= year)]
    return in_year[-1] if in_year else None


def _own_days(code: str = "") -> set[tuple[str, date]]:
    rows = MinimumWage.objects.filter(region__code__startswith=code)
    return set(rows.values_list("region_id", "from_day"))


def provinces(actor: Actor, year: int) -> list[RegionRow]:
    """All provinces, with how many of their regencies are filled."""
    if not permissions.may_keep_law_tables(actor):
        raise Missing
    held, own = law(), _own_days()
    inside: dict[str, list[str]] = defaultdict(list)
    for code in Region.objects.filter(level=Level.REGENCY).values_list("code", flat=True):
        inside[code[:2]].append(code)
    return [
        _row(held, own, region, year, inside[region.code])
        for region in Region.objects.filter(level=Level.PROVINCE).order_by("code")
    ]


def _row(held: Law, own: set[tuple[str, date]], region: Region, year: int, inside: list[str]) -> RegionRow:
    wage = _wage_in(held, region.code, year)
    filled = sum(_wage_in(held, code, year) is not None for code in inside)
    is_own = wage is not None and (region.code, wage.since) in own
    return RegionRow(region, parameter_code(region.code), wage, is_own, len(inside), filled)


def regencies(actor: Actor, province: Region, year: int) -> list[RegionRow]:
    """The regencies and cities of a province; none of a regency."""
    if not permissions.may_keep_law_tables(actor):
        raise Missing
    if province.level != Level.PROVINCE:
        return []
    held, own = law(), _own_days(province.code)
    found = Region.objects.filter(level=Level.REGENCY, parent=province).order_by("code")
    return [_row(held, own, region, year, []) for region in found]


def region_for(actor: Actor, slug: str) -> Region:
    """The province or regency of an address."""
    found = region_by_code(region_code(slug)) if permissions.may_keep_law_tables(actor) else None
    if found is None or found.level not in (Level.PROVINCE, Level.REGENCY) or parameter_code(found.code) != slug:
        raise Missing
    return found


def wages_of(region: Region) -> list[tuple[Dated[int], MinimumWage | None, str]]:
    """The wages of a region, the newest first, each with the row that the organisation entered (None for a shipped one) and its note."""
    own = {row.from_day: row for row in MinimumWage.objects.filter(region=region)}
    values = law().held.get(p.MINIMUM_WAGES.named(parameter_code(region.code)).name, ())
    told = language()
    return [(value, own.get(value.since), value.note.said(told) if value.note else "") for value in reversed(values)]


def shipped_before(region: str, day: date) -> int | None:
    """What is shipped for a region on a day or last before it."""
    values = shipped().held.get(p.MINIMUM_WAGES.named(parameter_code(region)).name, ())
    return next((value.value for value in reversed(values) if value.since <= day), None)


class Regions:
    """All provinces and regencies by code and by name, read once for a workbook. Short forms ("Jabar", "Kab.") are understood."""

    def __init__(self) -> None:
        rows = Region.objects.filter(level__in=[Level.PROVINCE, Level.REGENCY])
        self.by_code: Mapping[str, Region] = {region.code: region for region in rows}
        self.by_name: dict[str, list[Region]] = defaultdict(list)
        for region in self.by_code.values():
            for name in _names_of(region):
                self.by_name[name].append(region)

    def meant(self, cell: object) -> list[Region]:
        """The regions that a cell can mean: one when it is clear. "Jawa Barat" is the province, "Bekasi" fits two."""
        code = read_code(cell)
        if code is not None:
            return [self.by_code[code]] if code in self.by_code else []
        name = "".join(query_words(str(cell)))
        found = self.by_name.get(name) or self.by_name.get(folded(str(cell)), [])
        exact = [region for region in found if "".join(query_words(region.name)) == name]
        return exact if len(exact) == 1 else found


def _names_of(region: Region) -> set[str]:
    words = query_words(region.name)
    names = {"".join(words), folded(region.name)}
    if region.level == Level.REGENCY:
        while len(words) > 1 and words[0] in REGENCY_TITLES:
            words = words[1:]
        names.add("".join(words))
    return names
