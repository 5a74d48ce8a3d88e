"""Days on which nobody reads: national holidays as the organisation's own tables have them. A year that is not held has none."""

from __future__ import annotations

import time
from datetime import date, timedelta
from functools import lru_cache

from serikat.law.workdays import Calendar, NoCalendar
from serikat.rights.selectors.held import law

KEPT = 300  # seconds
AHEAD = 14  # days: longer than any run of days off


def holidays_from(day: date) -> frozenset[date]:
    """The days off among the next two weeks. Asked for every message: what the desk changes counts some minutes later."""
    return _held(day, int(time.monotonic() / KEPT))


@lru_cache(maxsize=4)
def _held(day: date, _slot: int) -> frozenset[date]:
    calendar = Calendar(law())
    found = set()
    for n in range(AHEAD):
        try:
            if calendar.day_off(day + timedelta(days=n)) is not None:
                found.add(day + timedelta(days=n))
        except NoCalendar:
            break
    return frozenset(found)
