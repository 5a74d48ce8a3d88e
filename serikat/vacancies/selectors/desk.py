"""Adverts as who checks them sees them: what waits, what stands, what was reported, what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.people.models import Body
from serikat.people.selectors import likely_bodies
from serikat.places.models import Region
from serikat.units.models import Unit
from serikat.vacancies.models import Advert, CheckAnswer, Point, Report, VacancyRule
from serikat.vacancies.permissions import DESK
from serikat.vacancies.rules.adverts import ENDS_SOON_DAYS
from serikat.vacancies.rules.brokers import Finding
from serikat.vacancies.selectors.memory import findings_about

HOUSE_POINTS = (Point.CALLED, Point.EXISTS, Point.NOBODY_PAYS)
SHELVES = ("antrean", "dilaporkan", "tayang", "segera", "berakhir", "palsu", "selesai")


def adverts_in_reach(actor: Actor) -> QuerySet[Advert]:
    scope = Q(pk__in=[])
    for path in actor.reach(*DESK):
        scope |= Q(unit__path__startswith=path)
    return Advert.objects.filter(scope).select_related("unit", "place__parent", "country", "body")


def _shelf(shelf: str, today: date) -> Q:
    live = Q(state=Advert.State.LIVE)
    open_reports = Q(pk__in=Report.objects.filter(settled_at=None).values("advert"))
    return {
        "antrean": Q(state=Advert.State.WAITING),
        "dilaporkan": Q(state=Advert.State.HELD) | (live & open_reports),
        "tayang": live & Q(ends_on__gte=today),
        "segera": live & Q(ends_on__gte=today, ends_on__lte=today + timedelta(days=ENDS_SOON_DAYS)),
        "berakhir": live & Q(ends_on__lt=today),
        "palsu": Q(state=Advert.State.FALSE),
        "selesai": Q(state__in=[Advert.State.REFUSED, Advert.State.WITHDRAWN]),
    }[shelf]


ORDERS = {
    "antrean": ("sent_at", "pk"),
    "segera": ("ends_on", "pk"),
    "tayang": ("-shown_at", "-pk"),
    "berakhir": ("-ends_on", "-pk"),
}


def adverts_on(actor: Actor, shelf: str) -> QuerySet[Any]:
    """One shelf of the desk, with how many reports of each are open."""
    found = adverts_in_reach(actor).filter(_shelf(shelf, timezone.localdate()))
    counted = found.annotate(open_reports=Count("reports", filter=Q(reports__settled_at=None)))
    return counted.order_by(*ORDERS.get(shelf, ("-decided_at", "-sent_at", "-pk")))


def counts(actor: Actor) -> dict[str, int]:
    """How many stand on each shelf: one question."""
    today = timezone.localdate()
    return adverts_in_reach(actor).aggregate(**{shelf: Count("pk", filter=_shelf(shelf, today)) for shelf in SHELVES})


def to_do(actor: Actor) -> int:
    """How many wait to be checked or looked at because of reports."""
    today = timezone.localdate()
    return adverts_in_reach(actor).filter(_shelf("antrean", today) | _shelf("dilaporkan", today)).count()


def advert_for(actor: Actor, code: str) -> Advert:
    found = adverts_in_reach(actor).select_related("sender", "checked_by").filter(code=code).first()
    if found is None:
        raise Missing
    return found


def advert_row(actor: Actor, pk: int) -> Advert | None:
    """For the trail's page."""
    return adverts_in_reach(actor).filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Asked:
    """One point that a checker answers: its sentence, what was found, the words given before."""

    point: Point
    found: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """An advert with everything a decision needs."""

    advert: Advert
    asked: list[Asked]
    findings: list[Asked]
    answered: list[CheckAnswer]
    reports: list[Report]
    bodies: list[Body]


def points_of(advert: Advert, found: list[Finding], *, reported: bool) -> list[tuple[Point, str]]:
    """What must be answered before it shows, in order."""
    own = list(HOUSE_POINTS)
    if advert.kind == Advert.Kind.OVERSEAS:
        own.append(Point.LICENCE_SEEN)
    if reported:
        own.append(Point.REPORTS)
    return [*((Point(finding.flag.value), finding.found) for finding in found), *((point, "") for point in own)]


def look_at(advert: Advert) -> Look:
    """A fixed number of questions to the database."""
    answered = list(advert.answers.select_related("by"))
    before = {answer.point: answer.words for answer in answered}
    reports = list(advert.reports.all())
    points = points_of(advert, findings_about(advert), reported=any(report.settled_at is None for report in reports))
    asked = [Asked(point, found, before.get(point.value, "")) for point, found in points]
    waits = advert.state == Advert.State.WAITING  # what stands shows the signs that came up since it was checked
    house = {*HOUSE_POINTS, Point.LICENCE_SEEN, Point.REPORTS}
    return Look(
        advert=advert,
        asked=asked,
        findings=[one for one in asked if one.point not in house and (waits or not one.words)],
        answered=answered,
        reports=reports,
        bodies=[] if advert.body_id else likely_bodies(advert.firm),
    )


def hide_after() -> int:
    """After how many open reports an advert is hidden by itself; 0: never."""
    rule = VacancyRule.objects.first() or VacancyRule()
    return rule.hide_after


def unit_for(place: Region | None, actor: Actor) -> Unit:
    """Who looks at an advert: the deepest unit of its regency or province, else where the sender holds something, else the organisation."""
    standing = Unit.objects.filter(closed_on=None)
    codes = [code for code in (place.pk, place.parent_id) if code] if place is not None else []
    for code in codes:
        found = standing.filter(region=code).order_by("path").first()
        if found is not None:
            return found
    paths = sorted((grant.unit_path for grant in (*actor.grants, *actor.asleep)), key=len, reverse=True)
    own = standing.filter(path=paths[0]).first() if paths else None
    root = own or Unit.objects.order_by("path").first()
    if root is None:
        raise Missing
    return root
