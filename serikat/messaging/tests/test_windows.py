"""Quiet hours, windows, pauses and office hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.messaging.rules.windows import (
    BY_MESSAGE,
    FACE_TO_FACE,
    NeverOpen,
    Office,
    Quiet,
    due,
    is_open,
    is_window_open,
    next_allowed,
    next_opening,
    office_time,
    window_closes,
    zone_named,
)

WIB = ZoneInfo("Asia/Jakarta")
ZONES = [
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Hong_Kong",
    "Asia/Riyadh",
    "Europe/Amsterdam",
    "America/New_York",
]
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside


def wib(text):
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Asia/Jakarta", "2026-11-23 19:59", "2026-11-23 19:59"),
        ("Asia/Jakarta", "2026-11-23 20:00", "2026-11-24 07:00"),
        ("Asia/Jakarta", "2026-11-23 06:59", "2026-11-23 07:00"),
        ("Asia/Jakarta", "2026-11-23 07:00", "2026-11-23 07:00"),
        ("Asia/Makassar", "2026-11-23 19:00", "2026-11-24 06:00"),
        ("Asia/Jayapura", "2026-11-23 05:00", "2026-11-23 05:00"),
        ("Asia/Jayapura", "2026-11-23 18:30", "2026-11-24 05:00"),
        ("Asia/Hong_Kong", "2026-11-23 19:30", "2026-11-24 06:00"),
        ("Asia/Riyadh", "2026-11-23 22:00", "2026-11-23 22:00"),
        ("Asia/Riyadh", "2026-11-24 08:00", "2026-11-24 11:00"),
        ("no such zone", "2026-11-23 20:00", "2026-11-24 07:00"),
        ("", "2026-11-23 20:00", "2026-11-24 07:00"),
    ],
)
def test_quiet_hours_are_those_of_the_receiver(zone, moment, expected):
    assert next_allowed(wib(moment), zone) == wib(expected)


def test_quiet_hours_may_lie_within_a_day_or_not_be():
    noon = Quiet(time(12), time(13))
    assert next_allowed(wib("2026-11-23 12:30"), "Asia/Jakarta", noon) == wib("2026-11-23 13:00")
    assert next_allowed(wib("2026-11-23 02:30"), "Asia/Jakarta", noon) == wib("2026-11-23 02:30")
    assert next_allowed(wib("2026-11-23 02:30"), "Asia/Jakarta", Quiet(time(0), time(0))) == wib("2026-11-23 02:30")


@given(MOMENTS, st.sampled_from(ZONES), st.times(), st.times())
def test_what_is_allowed_is_never_quiet_nor_earlier(moment, zone, begins, ends):
    quiet = Quiet(begins.replace(microsecond=0, fold=0), ends.replace(microsecond=0, fold=0))
    found = next_allowed(moment, zone, quiet)
    assert moment <= found <= moment + timedelta(hours=25)
    assert (
        next_allowed(found, zone, quiet) == found or zone in ZONES[-2:]
    )  # in an hour that the clock goes back over, once more


def test_the_window_is_open_for_a_day_less_a_margin():
    last = wib("2026-11-22 09:00")
    assert is_window_open(wib("2026-11-23 08:54"), last)
    assert not is_window_open(wib("2026-11-23 08:55"), last)
    assert not is_window_open(wib("2026-11-23 08:00"), None)
    assert is_window_open(wib("2026-11-23 08:00"), None, window=timedelta())
    assert window_closes(last) == wib("2026-11-23 09:00")


def test_a_window_is_a_day_of_hours_also_when_the_clock_is_changed():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    last = datetime(2026, 10, 24, 12, 0, tzinfo=amsterdam)
    assert window_closes(last) == datetime(2026, 10, 25, 11, 0, tzinfo=amsterdam)


OFF = {date(2026, 12, 25)}  # a Friday


@pytest.mark.parametrize(
    ("asked", "hours", "by"),
    [
        ("2026-11-23 09:00", 4, "2026-11-23 13:00"),
        ("2026-11-23 09:00", 8, "2026-11-23 17:00"),
        ("2026-11-23 16:00", 4, "2026-11-24 12:00"),
        ("2026-11-23 18:00", 4, "2026-11-24 13:00"),
        ("2026-11-23 03:00", 1, "2026-11-23 10:00"),
        ("2026-11-27 16:30", 1, "2026-11-30 09:30"),
        ("2026-11-28 10:00", 1, "2026-11-30 10:00"),
        ("2026-12-24 16:00", 2, "2026-12-28 10:00"),
        ("2026-12-25 10:00", 16, "2026-12-29 17:00"),
    ],
)
def test_an_answer_is_due_after_its_office_hours(asked, hours, by):
    assert due(wib(asked), timedelta(hours=hours), FACE_TO_FACE, OFF) == wib(by)


def test_messages_are_answered_longer_than_visits():
    evening = wib("2026-11-23 18:00")
    assert is_open(evening, BY_MESSAGE)
    assert not is_open(evening, FACE_TO_FACE)
    assert not is_open(wib("2026-11-23 20:00"), BY_MESSAGE)
    assert is_open(wib("2026-11-23 09:00"), BY_MESSAGE)
    assert not is_open(wib("2026-12-25 10:00"), BY_MESSAGE, OFF)
    assert next_opening(evening, FACE_TO_FACE) == wib("2026-11-24 09:00")
    assert next_opening(evening, BY_MESSAGE) == evening


def test_an_office_that_never_opens_is_told_and_not_sought_for_ever():
    class Always:
        def __contains__(self, day):
            return True

    with pytest.raises(NeverOpen):
        due(wib("2026-11-23 09:00"), timedelta(hours=1), FACE_TO_FACE, Always())
    with pytest.raises(NeverOpen):
        next_opening(wib("2026-11-23 09:00"), FACE_TO_FACE, Always())
    with pytest.raises(ValueError, match="opens before it closes"):
        Office(time(17), time(9))


@given(MOMENTS, st.integers(0, 100 * 60), st.sampled_from(ZONES), st.sets(st.integers(0, 6), min_size=1))
def test_the_time_until_it_is_due_is_what_was_promised(moment, minutes, zone, weekdays):
    office = Office(time(9), time(17), frozenset(weekdays), zone)
    promised = timedelta(minutes=minutes)
    by = due(moment, promised, office, OFF)
    assert by >= moment
    assert office_time(moment, by, office, OFF) == promised
    if promised:
        assert time(9) < by.astimezone(zone_named(zone)).time() <= time(17)
