"""When a promise is over: hours are counted while the office answers, on working days alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

OPENS, CLOSES = 9, 20  # by message; face to face it closes at 17
ANSWER_HOURS, URGENT_HOURS = 11, 2  # one whole day of the office; two hours where somebody is in danger
FARTHEST = 60  # days that are looked ahead: a calendar that never works ends nothing


def promised(at: datetime, hours: int, works: Callable[[date], bool]) -> datetime:
    """The moment by which so many office hours have passed after `at`, which carries its own zone."""
    left, here = timedelta(hours=hours), at
    for _day in range(FARTHEST):
        opens, closes = (here.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in (OPENS, CLOSES))
        if works(here.date()) and here < closes:
            here = max(here, opens)
            if left <= closes - here:
                return here + left
            left -= closes - here
        here = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return here
