"""Days off for the desk: a year as it stands here or is shipped, and what the library of holidays proposes for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import holidays

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.law import parameters as p
from serikat.law.shapes import DayOff as LawDay
from serikat.law.workdays import years_held
from serikat.rights import permissions
from serikat.rights.models import DayOff
from serikat.rights.selectors.held import law, shipped

FIRST_YEAR, LAST_YEAR = 2021, 2035


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day that would be entered."""

    on: date
    name_id: str
    name_en: str
    kind: str
    estimated: bool


def years(actor: Actor) -> list[int]:
    """The years that are held, and the one after them."""
    if not permissions.may_keep_law_tables(actor):
        raise Missing
    held = years_held(law())
    return sorted({*held, held[-1] + 1}, reverse=True)


def days_in(actor: Actor, year: int) -> list[DayOff]:
    """The days of a year that the organisation entered."""
    if not permissions.may_keep_law_tables(actor):
        raise Missing
    return list(DayOff.objects.filter(on__year=year))


def day_for(actor: Actor, pk: int) -> DayOff:
    found = DayOff.objects.filter(pk=pk).first() if permissions.may_keep_law_tables(actor) else None
    if found is None:
        raise Missing
    return found


def shipped_days(year: int) -> list[Proposed]:
    """The days of a year as they come with the program."""
    values = shipped().held.get(p.CALENDAR.name, ())
    found: tuple[LawDay, ...] = next((value.value for value in values if value.since.year == year), ())
    return [
        Proposed(day.on, day.name.id, day.name.en, DayOff.Kind.LEAVE if day.leave else DayOff.Kind.HOLIDAY, day.estimated)
        for day in found
    ]


ESTIMATED = {"id": " (perkiraan)", "en": " (estimated)"}


def proposed_days(year: int) -> list[Proposed]:
    """What the library of holidays knows of a year: national holidays, collective leave, and which feasts are still estimated."""
    public = _told(year, "public")
    leave = _told(year, "government")
    found = [_proposed(day, names, DayOff.Kind.HOLIDAY) for day, names in public.items()]
    found += [_proposed(day, names, DayOff.Kind.LEAVE) for day, names in leave.items() if day not in public]
    return sorted(found, key=lambda day: day.on)


def _told(year: int, category: str) -> dict[date, tuple[str, str]]:
    known = {
        language: holidays.country_holidays("ID", years=year, categories=category, language=language)
        for language in ("id", "en_US")
    }
    return {day: (name, str(known["en_US"].get(day, ""))) for day, name in known["id"].items()}


def _proposed(day: date, names: tuple[str, str], kind: str) -> Proposed:
    estimated = any(mark in name for mark, name in zip(ESTIMATED.values(), names, strict=True))
    plain_id, plain_en = (
        name.replace(mark, "").replace("; ", ", ") for mark, name in zip(ESTIMATED.values(), names, strict=True)
    )
    return Proposed(day, plain_id[:120], plain_en[:120], kind, estimated)
