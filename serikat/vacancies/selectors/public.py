"""Adverts as readers see them: those that are live and not over, by place, kind and words; one advert in whatever state it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from serikat.kernel.codes import clean_code, is_code
from serikat.kernel.text import fold
from serikat.places.models import Region
from serikat.places.rules import is_code as is_place
from serikat.vacancies.models import Advert

NEWEST, ENDING = "", "akhir"
MOST_WORDS = 8
WARN_DAYS = 90
WARNINGS = 3
FEED = 50
KINDS = Advert.Kind.choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; empty texts ask for nothing."""

    place: str = ""
    kind: str = ""
    words: str = ""
    order: str = NEWEST

    @property
    def is_narrow(self) -> bool:
        return bool(self.place or self.kind or self.words)


def wanted(given: Any) -> Wanted:
    """What stands in an address, without what cannot be meant."""
    place, kind = given.get("tempat", ""), given.get("jenis", "")
    return Wanted(
        place=place if is_place(place) else "",
        kind=kind if kind in Advert.Kind.values else "",
        words=" ".join(fold(given.get("q", "").replace("\0", " ")[:200]).split()[:MOST_WORDS]),
        order=ENDING if given.get("urut") == ENDING else NEWEST,
    )


def open_adverts() -> QuerySet[Advert]:
    """Live, and the end date has not passed: the query decides, no clock must have run."""
    live = Advert.objects.filter(state=Advert.State.LIVE, ends_on__gte=timezone.localdate())
    return live.select_related("place__parent", "country", "body")


def adverts_for(asked: Wanted) -> QuerySet[Advert]:
    found = open_adverts()
    if asked.place:
        found = found.filter(Q(place=asked.place) | Q(place__parent=asked.place))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    for word in asked.words.split():
        found = found.filter(words__contains=word)
    return found.order_by("ends_on", "-shown_at", "-pk") if asked.order == ENDING else found.order_by("-shown_at", "-pk")


def places_with_adverts() -> list[Region]:
    """Provinces and regencies in which something is open, each province before its regencies."""
    regencies = Region.objects.filter(pk__in=open_adverts().order_by().values("place")).select_related("parent")
    found: dict[str, Region] = {}
    for regency in regencies:
        if regency.parent is not None:
            found[regency.parent.pk] = regency.parent
        found[regency.pk] = regency
    return [found[code] for code in sorted(found)]


def proven_false_lately() -> list[Advert]:
    """The last that were proven false: a warning beside the list."""
    since = timezone.now() - timedelta(days=WARN_DAYS)
    return list(Advert.objects.filter(state=Advert.State.FALSE, decided_at__gte=since).order_by("-decided_at")[:WARNINGS])


def advert_with(code: str) -> Advert | None:
    """What has ever been public under this code."""
    cleaned = clean_code(code)
    if not is_code(cleaned):
        return None
    found = Advert.objects.select_related("place__parent", "country", "body", "unit")
    return found.exclude(shown_at=None).exclude(state=Advert.State.REFUSED).filter(code=cleaned).first()


def is_live(advert: Advert) -> bool:
    """It stands, whether its last day has passed or not."""
    return advert.state == Advert.State.LIVE


def others_of_firm(advert: Advert) -> list[Advert]:
    """What else is open at the same firm."""
    same = Q(body=advert.body_id) if advert.body_id else Q(firm_folded=advert.firm_folded)
    return list(open_adverts().filter(same).exclude(pk=advert.pk).order_by("-shown_at")[:5])


def newest_adverts() -> list[Advert]:
    return list(open_adverts().order_by("-shown_at", "-pk")[:FEED])


def paths_for_search_engines() -> list[tuple[str, Any]]:
    """(code, when it last changed) of all that is open."""
    return list(open_adverts().order_by("-shown_at", "-pk").values_list("code", "checked_at")[:5000])
