"""Hours, promises and waiting: when somebody reads, by when an answer is promised, and when a wait has become long."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

OPENS, CLOSES = 9, 20  # answers by message; face to face the office closes at 17
SAME_DAY_UNTIL = 15  # what is asked later is promised for the next working day
NEXT_DAY_BY = 15
LONG, TOO_LONG = timedelta(hours=4), timedelta(hours=24)
TOLD_AGAIN = timedelta(days=1)


def is_working_day(day: date, holidays: frozenset[date] = frozenset()) -> bool:
    return day.weekday() < 5 and day not in holidays


def is_open(now: datetime, holidays: frozenset[date] = frozenset()) -> bool:
    """`now` in the organisation's own zone."""
    return is_working_day(now.date(), holidays) and OPENS <= now.hour < CLOSES


def next_working_day(day: date, holidays: frozenset[date] = frozenset()) -> date:
    following = day + timedelta(days=1)
    while not is_working_day(following, holidays):
        following += timedelta(days=1)
    return following


def _at(day: date, hour: int, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone)


def opens_next(now: datetime, holidays: frozenset[date] = frozenset()) -> datetime:
    """When somebody reads again, at the earliest now."""
    if is_open(now, holidays):
        return now
    today = is_working_day(now.date(), holidays) and now.hour < OPENS
    day = now.date() if today else next_working_day(now.date(), holidays)
    return _at(day, OPENS, now.tzinfo)


def promised_by(now: datetime, holidays: frozenset[date] = frozenset()) -> datetime:
    """By when a question is answered: today when it comes early on a working day, else in the afternoon of the next."""
    if is_working_day(now.date(), holidays) and now.hour < SAME_DAY_UNTIL:
        return _at(now.date(), CLOSES, now.tzinfo)
    return _at(next_working_day(now.date(), holidays), NEXT_DAY_BY, now.tzinfo)


def tone_of_wait(since: datetime | None, now: datetime, promised: datetime | None = None) -> str:
    """ "red" when it is too long or a promise is broken, "amber" when it is getting long, "" otherwise."""
    if promised is not None and now > promised:
        return "red"
    if since is None:
        return ""
    waited = now - since
    return "red" if waited >= TOO_LONG else "amber" if waited >= LONG else ""
