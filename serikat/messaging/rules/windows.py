"""When: quiet hours where the receiver lives, the hours in which a provider lets us answer, pauses before trying again, and office hours with the
moment by which an answer was promised. Moments are given, aware; what comes back is in the zone of what was given.

Spans are counted in UTC: two moments of one zone with summer time would otherwise be an hour off.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOME = "Asia/Jakarta"


def zone_named(name: str, otherwise: str = HOME) -> ZoneInfo:
    """The zone of an IANA name; of what is none, the one that most receivers live in."""
    try:
        return ZoneInfo(name or otherwise)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(otherwise)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nobody wants a message that they did not ask for. They may pass midnight; begin and end alike mean that there are none."""

    begins: time = time(20, 0)
    ends: time = time(7, 0)

    def holds(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def next_allowed(moment: datetime, zone: str, quiet: Quiet = Quiet()) -> datetime:  # noqa: B008 it cannot be changed
    """This moment, or the end of the quiet hours that it falls into where the receiver lives."""
    here = moment.astimezone(zone_named(zone))
    shown = time(here.hour, here.minute, here.second, here.microsecond)
    if not quiet.holds(shown):
        return moment
    end = datetime.combine(here.date(), quiet.ends, here.tzinfo)
    if shown >= quiet.ends:
        end = datetime.combine(here.date() + timedelta(days=1), quiet.ends, here.tzinfo)
    return max(end.astimezone(UTC), moment.astimezone(UTC)).astimezone(moment.tzinfo)


WINDOW = timedelta(
    hours=24
)  # WhatsApp: free words are taken for so long after the last word of theirs; after that templates alone
MARGIN = timedelta(minutes=5)  # what is queued now is sent a little later


def window_closes(last_word: datetime, window: timedelta = WINDOW) -> datetime:
    return (last_word.astimezone(UTC) + window).astimezone(last_word.tzinfo)


def is_window_open(
    moment: datetime, last_word: datetime | None, window: timedelta = WINDOW, margin: timedelta = MARGIN
) -> bool:
    """Whether free words queued now will still be taken. Without any word of theirs, no; a window of no length means that there is no such rule."""
    if not window:
        return True
    return last_word is not None and moment.astimezone(UTC) + margin < window_closes(last_word, window).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Hours in which somebody is there, on weekdays counted from Monday, 0."""

    opens: time
    closes: time
    weekdays: frozenset[int] = frozenset(range(5))
    zone: str = HOME

    def __post_init__(self) -> None:
        if self.opens >= self.closes or not self.weekdays & frozenset(range(7)):
            raise ValueError("An office opens before it closes, on one day of the week at least.")


FACE_TO_FACE = Office(time(9), time(17))
BY_MESSAGE = Office(time(9), time(20))
FARTHEST = 400  # days without an opening: then the calendar is wrong


def openings(moment: datetime, office: Office, days_off: Container[date] = ()) -> Iterator[tuple[datetime, datetime]]:
    """From when till when it is open, in UTC, beginning with the hours that are not over at this moment. Ends where there is none for a year."""
    zone = zone_named(office.zone)
    day, closed = moment.astimezone(zone).date(), 0
    while closed < FARTHEST and day < date.max - timedelta(days=2):
        if day.weekday() in office.weekdays and day not in days_off:
            opens, closes = (datetime.combine(day, at, zone).astimezone(UTC) for at in (office.opens, office.closes))
            if closes > moment:
                yield opens, closes
            closed = 0
        else:
            closed += 1
        day += timedelta(days=1)


class NeverOpen(ValueError):
    """The days off leave no day on which the office opens."""


def next_opening(moment: datetime, office: Office, days_off: Container[date] = ()) -> datetime:
    """This moment when it is open, otherwise when it opens. Raises NeverOpen."""
    for opens, _closes in openings(moment, office, days_off):
        return max(opens, moment.astimezone(UTC)).astimezone(moment.tzinfo)
    raise NeverOpen


def is_open(moment: datetime, office: Office, days_off: Container[date] = ()) -> bool:
    opens = next((opens for opens, _closes in openings(moment, office, days_off)), None)
    return opens is not None and opens <= moment


def due(moment: datetime, promised: timedelta, office: Office, days_off: Container[date] = ()) -> datetime:
    """By when an answer stands that was promised within so much office time. Raises NeverOpen."""
    left, since = promised, moment.astimezone(UTC)
    for opens, closes in openings(moment, office, days_off):
        begin = max(opens, since)
        if left <= closes - begin:
            return (begin + left).astimezone(moment.tzinfo)
        left -= closes - begin
    raise NeverOpen


def office_time(begin: datetime, end: datetime, office: Office, days_off: Container[date] = ()) -> timedelta:
    """How much office time lies between two moments: how long somebody really waited."""
    spent = timedelta()
    for opens, closes in openings(begin, office, days_off):
        if opens >= end:
            break
        spent += min(closes, end.astimezone(UTC)) - max(opens, begin.astimezone(UTC))
    return spent
