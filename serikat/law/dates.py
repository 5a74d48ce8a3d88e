"""Completed months and years between days, on columns.

A month is completed on the same day of a later month; where that month is too short, on its last day (as Regulation (EEC) 1182/71 article 3 counts, and
as calendars do): who was hired on 29 February completes a year on 28 February. The day on which something ends is not counted for service (a dismissal on
the last day before the anniversary leaves the year open), and is counted for a contract, whose last day is worked.
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
_FIRST = int(np.datetime64(FIRST, "D").astype(np.int64))


@cache
def _table() -> NDArray[np.int32]:
    """For each day from FIRST to LAST: its month since the year 0, the day in it, and whether the month ends there (month*64 + day*2 + ends).

    Looking a day up costs a tenth of taking a datetime64 apart.
    """
    days = np.arange(np.datetime64(FIRST, "D"), np.datetime64(LAST, "D") + 1)
    months = days.astype("datetime64[M]")
    day = (days - months).astype(np.int64) + 1
    ends = (days + 1).astype("datetime64[M]") != months
    table: NDArray[np.int32] = ((months.astype(np.int64) + 1970 * 12) * 64 + day * 2 + ends).astype(np.int32)
    table.flags.writeable = False
    return table


def completed_months(start: Days, end: Days) -> NDArray[np.int32]:
    """Whole months from `start` to `end`, `end` itself not counted. Both are datetime64[D] within 1900 to 2199, else IndexError."""
    table = _table()
    from_first, to_first = start.view(np.int64) - _FIRST, end.view(np.int64) - _FIRST
    if min(from_first.min(initial=0), to_first.min(initial=0)) < 0:  # a place below 0 would be counted from the end
        raise IndexError(f"a day before {FIRST}")
    one, two = table.take(from_first), table.take(to_first)
    # the day of the month is reached, or the month is over
    open_month = ((two & 62) < (one & 62)) & ((two & 1) == 0)
    found: NDArray[np.int32] = (two >> 6) - (one >> 6) - open_month
    return found


def completed_years(start: Days, end: Days) -> NDArray[np.int32]:
    found: NDArray[np.int32] = completed_months(start, end) // 12
    return found


def months_later(day: date, months: int) -> date:
    """The day on which `months` are completed."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    return months_later(day, 12 * years)


def terms(start: Days, end: Days) -> tuple[Ints, Ints]:
    """Whole months from `start` to `end`, `end` counted, and the days that remain. Any days: the one after `end` is looked up in no table."""
    after = end + 1
    first, last = start.astype("datetime64[M]"), after.astype("datetime64[M]")
    day = start - first
    length = (last + 1).astype("datetime64[D]") - last
    open_month = after - last < np.minimum(day, length - 1)
    months = (last - first).astype(np.int64) - open_month
    reached = first + months
    length = (reached + 1).astype("datetime64[D]") - reached
    remaining: Ints = (after - (reached + np.minimum(day, length - 1))).astype(np.int64)
    return months, remaining


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """`terms` of one contract.

    >>> months_and_days(date(2024, 1, 1), date(2024, 12, 31))
    (12, 0)
    """
    months, days = terms(np.array([start], "datetime64[D]"), np.array([end], "datetime64[D]"))
    return int(months[0]), int(days[0])
