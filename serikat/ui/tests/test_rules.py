"""Days, times, money and pages in words."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.ui import rules

DAY = dt.date(2026, 5, 22)


def test_write_day_says_weekday_in_both_languages():
    assert rules.write_day(DAY, "id") == "Jumat, 22 Mei 2026"
    assert rules.write_day(DAY, "en") == "Friday, 22 May 2026"
    assert rules.write_day(DAY, "id", weekday=False) == "22 Mei 2026"
    assert rules.write_day_short(DAY, "id") == "Jum, 22 Mei 2026"


@pytest.mark.parametrize(("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")])
def test_write_moment_names_the_zone(zone, name):
    moment = dt.datetime(2026, 5, 22, 9, 15, tzinfo=ZoneInfo(zone))
    assert rules.write_moment(moment, "id") == f"Jumat, 22 Mei 2026, 09.15 {name}"
    assert rules.write_moment(moment, "en") == f"Friday, 22 May 2026, 09:15 {name}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "hari ini, 09.15 WIB"),
        (1, "besok, 09.15 WIB"),
        (-1, "kemarin, 09.15 WIB"),
        (-4, "Sen, 18 Mei, 09.15 WIB"),
        (-365, "Kam, 22 Mei 2025, 09.15 WIB"),
    ],
)
def test_write_near_names_the_day_only_when_it_is_far(days, words):
    moment = dt.datetime(2026, 5, 22, 9, 15, tzinfo=ZoneInfo("Asia/Jakarta")) + dt.timedelta(days)
    assert rules.write_near(moment, DAY, "id") == words
    if days == 0:
        assert rules.write_near(moment, DAY, "en") == "today, 09:15 WIB"


def test_write_rupiah_groups_by_dots_and_keeps_the_sign():
    assert rules.write_rupiah(12345678, "id") == "Rp12.345.678"
    assert rules.write_rupiah(-500, "en") == "−Rp500"
    assert rules.write_rupiah(0, "id") == "Rp0"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "hari ini"), (1, "besok"), (-1, "kemarin"), (3, "3 hari lagi"), (-20, "20 hari lalu")]
)
def test_write_distance_in_calendar_days(days, words):
    assert rules.write_distance(DAY + dt.timedelta(days), DAY, "id") == words


@pytest.mark.parametrize(("size", "words"), [(12, "12 B"), (842_000, "842 kB"), (1_420_000, "1,4 MB")])
def test_write_size(size, words):
    assert rules.write_size(size, "id") == words


@pytest.mark.parametrize(
    ("number", "count", "window"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (9, 18, [1, None, 8, 9, 10, None, 18]),
        (3, 18, [1, 2, 3, 4, None, 18]),
        (18, 18, [1, None, 17, 18]),
    ],
)
def test_page_window_names_ends_and_neighbours(number, count, window):
    assert rules.page_window(number, count) == window


@given(count=st.integers(1, 500), data=st.data())
def test_page_window_is_short_ordered_and_never_hides_a_single_page(count, data):
    window = rules.page_window(data.draw(st.integers(1, count)), count)
    numbers = [n for n in window if n]
    assert numbers == sorted(set(numbers))
    assert len(window) <= 9
    for before, gap, after in zip(window, window[1:], window[2:], strict=False):
        if gap is None:
            assert after - before > 2
