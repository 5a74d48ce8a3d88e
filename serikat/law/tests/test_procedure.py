"""What a table of cases cannot say of deadlines, limitation and forums: properties over all days, input that is not what it should be, other calendars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serikat.law import compute, the_law
from serikat.law import parameters as p
from serikat.law.shapes import DayOff
from serikat.law.tables import TABLES, table
from serikat.law.values import Dated
from serikat.law.words import Words

LAW = the_law()
STEPS = [name.removeprefix("procedure.step.") for name in LAW.names(p.STEPS)]
HELD = st.dates(date(2021, 6, 1), date(2027, 9, 1))
HONG_KONG = {"topic": "forum", "country": "hong_kong", "amount_each": 9000, "claimants": 1, "arose_on": "2026-03-01"}


def _due(step: str, start: date) -> dict[str, Any]:
    answer = compute(LAW, {"topic": "deadline", "step": step, "from": start.isoformat()})
    assert "error" not in answer, answer
    return answer


@given(step=st.sampled_from(STEPS), start=HELD)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_safe_day_is_never_after_the_late_one_and_no_holiday(step: str, start: date):
    answer = _due(step, start)
    safe, late = date.fromisoformat(answer["due_safe"]), date.fromisoformat(answer["due_late"])
    off = {day.on: day for day in LAW.on(p.CALENDAR, safe).value}
    assert safe <= late
    assert (safe < start) == answer["counted_back"]
    assert safe.weekday() < 5
    assert safe not in off or off[safe].leave


@given(step=st.sampled_from(STEPS), start=HELD)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_later_day_never_gives_an_earlier_deadline(step: str, start: date):
    one, two = _due(step, start), _due(step, start + timedelta(days=1))
    assert one["due_safe"] <= two["due_safe"]
    assert one["due_late"] <= two["due_late"]


@given(day=st.dates(date(2025, 9, 17), date(2198, 1, 1)))
@settings(deadline=None, derandomize=True)
def test_a_limitation_ends_on_the_same_day_a_year_later(day: date):
    answer = compute(LAW, {"topic": "limitation", "event": "mediation_or_conciliation_failed", "event_on": day.isoformat()})
    due = date.fromisoformat(answer["due_safe"])
    assert (due.year, due.month) == (day.year + 1, day.month)
    assert due.day == (28 if (day.month, day.day) == (2, 29) else day.day)
    assert answer["due_late"] == answer["due_safe"]


def test_every_step_is_answered_in_both_languages_with_one_mark():
    for step in STEPS:
        facts = {"topic": "deadline", "step": step, "from": "2026-07-01"}
        one, two = compute(LAW, facts, "en"), compute(LAW, facts, "id")
        assert one["mark"] == two["mark"]
        assert one["label"] != two["label"]
        assert {key: one[key] for key in ("due_safe", "due_late", "articles")} == {
            key: two[key] for key in ("due_safe", "due_late", "articles")
        }


def test_the_calendar_of_2026_has_the_days_that_the_decree_counts():
    days = LAW.on(p.CALENDAR, date(2026, 1, 1)).value
    assert (sum(not day.leave for day in days), sum(day.leave for day in days)) == (17, 8)


def test_each_year_of_the_calendar_names_its_decree_and_only_2027_is_estimated():
    values = LAW.held[p.CALENDAR.name]
    assert [value.since.year for value in values] == list(range(2021, 2028))
    assert [value.since.year for value in values if any(day.estimated for day in value.value)] == [2027]
    assert [value.since.year for value in values if not value.verified] == [2027]


def test_an_organisation_adds_a_year_of_days_off():
    new = Dated(
        p.CALENDAR.name,
        (DayOff(date(2028, 3, 2), Words("Libur", "Day off"), leave=True, estimated=False),),
        date(2028, 1, 1),
        date(2028, 12, 31),
        ("UU2/2004:3(2)",),
        (),
        False,
    )
    law = LAW.with_values([new])
    answer = compute(law, {"topic": "deadline", "step": "perjanjian_bersama_after_approval", "from": "2028-03-01"})
    # Thursday 2nd is leave: safe 2, 3, 6; late 3, 6, 7
    assert (answer["due_safe"], answer["due_late"], answer["verified"]) == ("2028-03-06", "2028-03-07", False)
    assert answer["rule_version"].startswith("1+")


def test_a_year_with_an_open_end_is_not_taken_for_the_next_one():
    new = Dated(
        p.CALENDAR.name,
        (DayOff(date(2028, 3, 2), Words("Libur", "Day off"), leave=False, estimated=False),),
        date(2028, 1, 1),
        None,
        ("UU2/2004:3(2)",),
        (),
        False,
    )
    law = LAW.with_values([new])
    asked = {"topic": "deadline", "step": "perjanjian_bersama_after_approval", "from": "2029-03-01"}
    answer = compute(law, asked)
    assert answer["error"]["field"] == "from"
    assert ", 2028." in answer["error"]["message"]


def test_an_added_year_replaces_the_one_that_is_held():
    held = LAW.on(p.CALENDAR, date(2026, 1, 1))
    free = Dated(held.name, held.value[:1], held.since, held.until, held.articles, (), False)
    answer = compute(LAW.with_values([free]), {"topic": "deadline", "step": "answer_to_anjuran", "from": "2026-05-11"})
    assert answer["due_late"] == "2026-05-25"


BAD_DAYS = [
    None,
    "",
    "2026-13-01",
    "11-05-2026",
    "2026-5-1",
    20260511,
    True,
    ["2026-05-11"],
    {},
    1.5,
    "1899-12-31",
    "2200-01-01",
]


@pytest.mark.parametrize("value", BAD_DAYS)
def test_a_day_that_is_none_is_refused(value: Any):
    for facts, field in (
        ({"topic": "deadline", "step": "answer_to_anjuran", "from": value}, "from"),
        ({"topic": "limitation", "event": "dismissal_notice", "event_on": value}, "event_on"),
        (HONG_KONG | {"arose_on": value}, "arose_on"),
    ):
        assert compute(LAW, facts)["error"]["field"] == field


@pytest.mark.parametrize("value", ["", "x", 3, True, None, ["answer_to_anjuran"], {"a": 1}])
def test_a_name_that_is_none_is_refused(value: Any):
    for facts, field in (
        ({"topic": "deadline", "step": value, "from": "2026-05-11"}, "step"),
        ({"topic": "limitation", "event": value, "event_on": "2026-05-11"}, "event"),
        (HONG_KONG | {"country": value}, "country"),
    ):
        assert compute(LAW, facts)["error"]["field"] == field


@pytest.mark.parametrize("value", [-1, 1.5, True, "9000", 9_000_000_000_000_001, float("nan"), [1]])
def test_an_amount_that_is_none_is_refused(value: Any):
    assert compute(LAW, HONG_KONG | {"amount_each": value})["error"]["field"] == "amount_each"
    assert compute(LAW, HONG_KONG | {"claimants": value})["error"]["field"] == "claimants"


def test_a_key_that_is_not_known_is_refused():
    for facts in ({"topic": "deadline", "step": "bipartit", "from": "2026-05-11"}, HONG_KONG):
        assert compute(LAW, facts | {"form": 1})["error"]["field"] == "form"


def test_every_table_has_rows_of_one_width_in_both_languages():
    for name in TABLES:
        for language in ("id", "en"):
            rows = [line.split("\t") for line in table(LAW, name, language)]
            assert len(rows) > 1
            assert {len(row) for row in rows} == {len(rows[0])}
