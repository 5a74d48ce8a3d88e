"""Working days: Monday to Friday without national holidays. Whether a day of collective leave (cuti bersama) counts is unsettled, so it is asked for.

Days off come from the calendar of each year. A year whose calendar is not held is refused, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from serikat.law import parameters as p
from serikat.law.holding import Law, NotHeld
from serikat.law.shapes import DayOff
from serikat.law.values import Dated
from serikat.law.words import FieldError, Words

SATURDAY = 5
ONE_DAY = timedelta(days=1)

NO_YEAR = Words(
    "Kalender tahun {year} belum ada di sini. Yang ada: {years}. Dapat dihitung setelah hari libur tahun itu diisi.",
    "The calendar of {year} is not held here. Held are: {years}. It can be counted once the days off of that year are entered.",
)


class NoCalendar(LookupError):
    """The calendar of a year is not held."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar of {year}")
        self.year = year


def years_held(law: Law) -> list[int]:
    """The years whose calendar is held."""
    return sorted({value.value[0].on.year for value in law.held.get(p.CALENDAR.name, ())})


def no_year(law: Law, year: int, on: str) -> FieldError:
    """The refusal of a year, with the years that are held."""
    return FieldError(on, NO_YEAR.filled(year=year, years=", ".join(map(str, years_held(law)))))


@dataclass
class Calendar:
    """The days off of a law; it remembers which years were looked at (`seen`)."""

    law: Law
    seen: dict[int, Dated[tuple[DayOff, ...]]] = field(default_factory=dict)
    _days: dict[int, Mapping[date, DayOff]] = field(default_factory=dict)

    def day_off(self, day: date) -> DayOff | None:
        """The holiday or collective leave on a day. Raises NoCalendar."""
        if day.year not in self._days:
            try:
                value = self.law.on(p.CALENDAR, day)
            except NotHeld:
                raise NoCalendar(day.year) from None
            if value.value[0].on.year != day.year:  # an open end does not make a year's days those of the next
                raise NoCalendar(day.year)
            self.seen[day.year] = value
            self._days[day.year] = {off.on: off for off in value.value}
        return self._days[day.year].get(day)

    def works(self, day: date, leave_counts: bool) -> bool:
        """Whether a day is a working day; `leave_counts`: a day of collective leave is one. Raises NoCalendar."""
        off = self.day_off(day)
        return day.weekday() < SATURDAY and (off is None or (off.leave and leave_counts))

    def count(self, start: date, days: int, *, back: bool, leave_counts: bool) -> date:
        """The day on which so many working days are full, `start` itself not counted. Raises NoCalendar."""
        step, day, left = (-ONE_DAY if back else ONE_DAY), start, days
        while left:
            day += step
            left -= self.works(day, leave_counts)
        return day

    def last_open(self, day: date) -> date:
        """The day itself or the last one before it on which nobody has a day off. Raises NoCalendar."""
        while not self.works(day, leave_counts=False):
            day -= ONE_DAY
        return day

    def estimated(self) -> list[int]:
        """The years looked at whose feasts are still estimates."""
        return [year for year, value in sorted(self.seen.items()) if any(off.estimated for off in value.value)]
