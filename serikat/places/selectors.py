"""Finding places while somebody types, walking from province to village, and telling the time there. Reference data: anybody may read it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format

from serikat.places import rules
from serikat.places.models import Country, Level, Region
from serikat.places.rules import Zone

LIMIT = 12
SHORTEST = 2  # letters, before anything is looked for
LONGEST_SLIP = 16  # letters of a name that is also tried with a slip
SLOWER = 3  # readings that are also tried with a slip of a finger


def find_villages(query: str, *, limit: int = LIMIT) -> list[Region]:
    """Villages for what was typed, the likeliest first: see `find_regions`."""
    return find_regions(query, level=Level.VILLAGE, limit=limit)


def find_regions(query: str, *, level: int = Level.VILLAGE, limit: int = LIMIT) -> list[Region]:
    """Regions of one level, each with what it lies in: those whose name begins as typed and that lie where the other words say. Only when there
    are none: those with it further inside their name, then those one slip of a finger away, then by the name alone wherever it lies.

    Every step is a range or a list of values on an index; see benchmarks/places.py."""
    readings = [r for r in rules.readings(rules.query_words(query)) if len(r[0]) >= SHORTEST]
    regions = Region.objects.filter(level=level).order_by("folded", "code")
    codes: list[str] = []
    for name, rest in readings:
        codes += _codes(regions.filter(**_beginning("folded", name)), rest, codes, limit)
    for name, rest in readings if not codes else ():
        codes += _codes(regions.filter(**_beginning("parts__folded", name)), rest, codes, limit)
    likely = [r for r in readings if SHORTEST < len(r[0]) <= LONGEST_SLIP][:SLOWER]
    for name, rest in likely if not codes else ():
        # unsorted: else PostgreSQL walks the whole index in order instead of looking each value up
        slips = regions.order_by().filter(folded__in=rules.one_slip_away(name, _right_so_far(regions, name)))
        codes += sorted(_codes(slips, rest, codes, limit))
    for name, _rest in likely if not codes else ():
        codes += _codes(regions.filter(**_beginning("folded", name)), [], codes, limit)
    found = {r.pk: r for r in Region.objects.filter(pk__in=codes).select_related("parent__parent__parent")}
    return [found[code] for code in codes]


def _right_so_far(regions: QuerySet[Region], name: str) -> int:
    """How many letters of a name some region begins with: the names before and after it in the alphabet share most."""
    before = regions.filter(folded__lt=name).order_by("-folded").values_list("folded", flat=True)[:1]
    after = regions.filter(folded__gte=name).order_by("folded").values_list("folded", flat=True)[:1]
    return rules.shared_beginning(name, [*before, *after])


def _beginning(column: str, name: str) -> dict[str, str]:
    """A run of letters a to z sorts alike in every collation, so a range is a beginning, and an index serves it."""
    return {f"{column}__gte": name, f"{column}__lte": name + "z" * 9}


def _codes(regions: QuerySet[Region], lying_in: list[str], known: list[str], limit: int) -> list[str]:
    """Codes not known yet, as many as are still wanted."""
    if len(known) >= limit:
        return []
    for word in lying_in:
        regions = regions.filter(line__contains=f" {word}")
    fresh = regions.exclude(pk__in=known).values_list("pk", flat=True)[: limit - len(known)]
    return list(dict.fromkeys(fresh))


def region_by_code(code: str) -> Region | None:
    """A region with what it lies in, or None; also for what cannot be a code."""
    if not rules.is_code(code):
        return None
    return Region.objects.filter(pk=code).select_related("parent__parent__parent").first()


def regions_in(code: str | None) -> QuerySet[Region]:
    """What lies directly in a region; the provinces for None."""
    return Region.objects.filter(parent=code).order_by("code")


def countries() -> list[Country]:
    """All countries by name in the reader's language."""
    return sorted(Country.objects.all(), key=lambda c: rules.plain_words(str(c)))


def zone_of(region: Region | str) -> Zone:
    """WIB, WITA or WIT, for a region or its code."""
    return rules.zone_of_code(region if isinstance(region, str) else region.code)


def local_time(at: datetime, region: Region | str) -> str:
    """A moment as the clock shows it there: "22 Mei 2026 14:30 WITA"."""
    zone = zone_of(region)
    return f"{date_format(at.astimezone(ZoneInfo(zone.tz)), 'j F Y H:i')} {zone.label}"
