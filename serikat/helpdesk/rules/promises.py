"""By when an answer is promised, counted in the office's hours; how near the end of a promise or how long a wait is."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date, datetime, timedelta

from serikat.messaging.rules.windows import BY_MESSAGE, FACE_TO_FACE, due

ANSWER_WITHIN = timedelta(hours=11)  # one day of the office by message
FACE_WITHIN = timedelta(hours=16)  # two days of the office face to face
URGENT_WITHIN = timedelta(hours=2)  # where somebody is in danger
BACK_AFTER = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
SOON = timedelta(hours=3)  # then the clock of a promise turns amber
LONG, TOO_LONG = timedelta(hours=4), timedelta(hours=24)  # of a wait that nobody promised an end of


def promised(
    at: datetime, *, face: bool = False, urgent: bool = False, zone: str = "", days_off: Container[date] = ()
) -> datetime:
    """By when an answer stands; `zone` is where the office is whose hours count, where it is not the organisation's own."""
    office = FACE_TO_FACE if face else BY_MESSAGE
    within = URGENT_WITHIN if urgent else FACE_WITHIN if face else ANSWER_WITHIN
    return due(at, within, replace(office, zone=zone) if zone else office, days_off)


def call_back_by(at: datetime, days_off: Container[date] = ()) -> datetime:
    """When somebody is called back whom nobody asked when: in an hour of the office, on a whole quarter; never at night or on a day off."""
    back = due(at, BACK_AFTER, BY_MESSAGE, days_off)
    over = timedelta(minutes=back.minute % 15, seconds=back.second, microseconds=back.microsecond)
    return back + (QUARTER - over if over else over)


def tone(promised_at: datetime, now: datetime) -> str:
    """ "red" when the promise is broken, "amber" when it soon will be, "" otherwise."""
    if now >= promised_at:
        return "red"
    return "amber" if promised_at - now <= SOON else ""


def tone_of_wait(since: datetime | None, now: datetime, promised: datetime | None = None) -> str:
    """ "red" when it is too long or a promise is broken, "amber" when it is getting long, "" otherwise."""
    if promised is not None and now > promised:
        return "red"
    if since is None:
        return ""
    waited = now - since
    return "red" if waited >= TOO_LONG else "amber" if waited >= LONG else ""
