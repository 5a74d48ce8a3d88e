"""NIK, masks, clocks and needles: tables that can be read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from serikat.kernel.forgetting import is_strong, wiper
from serikat.people import rules
from serikat.people.rules import NikFlaw, Urgency

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("nik", "born_on", "sex", "flaws"),
    [
        ("3216081708900001", date(1990, 8, 17), "m", []),
        ("3216085708900001", date(1990, 8, 17), "f", []),
        ("3216085708900001", None, "", []),
        ("3216085708900001", date(1990, 8, 17), "m", [NikFlaw.OTHER_SEX]),
        ("3216081708900001", date(1990, 8, 18), "", [NikFlaw.OTHER_BIRTH_DATE]),
        ("3216082902000001", date(2000, 2, 29), "m", []),
        ("3216082902010001", None, "", [NikFlaw.BIRTH_DATE]),
        ("3216083213900001", None, "", [NikFlaw.BIRTH_DATE]),
        ("3216087208900001", None, "", [NikFlaw.BIRTH_DATE]),
        ("0016081708900001", None, "", [NikFlaw.REGION]),
        ("9916081708900001", None, "", [NikFlaw.REGION]),
        ("3216081708900000", None, "", [NikFlaw.SERIAL]),
        ("321608170890000", None, "", [NikFlaw.LENGTH]),
        ("32160817089000011", None, "", [NikFlaw.LENGTH]),
        ("321608170890000a", None, "", [NikFlaw.NOT_DIGITS]),
        ("３２１６０８１７０８９００００１", None, "", [NikFlaw.NOT_DIGITS]),
    ],
)
def test_nik_flaws_are_told_one_by_one(nik, born_on, sex, flaws):
    assert rules.nik_flaws(nik, born_on=born_on, sex=sex, today=TODAY) == flaws


def test_nik_birth_date_takes_the_latest_year_that_is_past():
    assert rules.nik_birth_date("3216080101260001", today=TODAY) == date(2026, 1, 1)
    assert rules.nik_birth_date("3216080112260001", today=TODAY) == date(1926, 12, 1)


def test_masks_show_only_an_end():
    assert rules.masked_nik("3216081708900001") == "••••••••••••0001"
    assert rules.masked_phone("+6281234567890") == "+62••••••••890"
    assert rules.masked_email("sumarni@contoh.id") == "s•••••@contoh.id"
    assert (rules.masked_nik(""), rules.masked_phone(""), rules.masked_email("")) == ("", "", "")


def test_a_clock_runs_day_and_night():
    asked = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    due = rules.due_at(asked, rules.CLOCKS[rules.Right.COPY])
    assert due == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert rules.hours_left(due, asked) == 72
    assert rules.hours_left(due, due + timedelta(minutes=61)) == -2
    assert [rules.urgency(due, due - timedelta(hours=h)) for h in (72, 23, 0, -1)] == [
        Urgency.CALM,
        Urgency.SOON,
        Urgency.SOON,
        Urgency.LATE,
    ]
    assert set(rules.CLOCKS) == set(rules.Right)


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("Sumarni Wati", "Ibu SUMARNI  WATI datang", True),
        ("Sumarni Wati", "/penulis/sumarni-wati/?q=Sumarni%20Wati", True),
        ("Sumarni Wati", "Sumarni Watiningsih", False),
        ("Sumarni", "Sumarni.", True),
        ("Sumarni", "Sumarnida", False),
        ("+6281234567890", "0812-3456-7890", True),
        ("+6281234567890", "tel:+62 812 3456 7890", True),
        ("+6281234567890", "%2B6281234567890", True),
        ("+6281234567890", "081234567890", True),
        ("+6281234567890", "0812345678901", False),
        ("3216081708900001", "NIK 3216 0817 0890 0001", True),
        ("sumarni@contoh.id", "SUMARNI%40contoh.id", True),
        ("sumarni@contoh.id", "ibusumarni@contoh.id", False),
        ("Renée Été", '"Ren\\u00e9e \\u00c9t\\u00e9"', True),
    ],
)
def test_needles_are_found_in_the_ways_they_are_written(needle, text, found):
    assert bool(wiper([needle]).search(text)) is found


def test_strong_needles_mean_one_person():
    assert [is_strong(n) for n in ("Sumarni", "Sumarni Wati", "+6281234567890", "a@b.id", "sumarni.wati")] == [
        False,
        True,
        True,
        True,
        True,
    ]
    assert wiper([]) is None
