"""Bad input: each field of compensation, overtime, holiday allowance and fines with what it cannot be; the field is named, nothing raises."""

from __future__ import annotations

from typing import Any

import pytest

from serikat.law import compute, compute_many, the_law
from serikat.law.lines import MOST_MONEY

NAN, ENDLESS = float("nan"), float("inf")
NO_MONEY = [-1, 1.5, NAN, ENDLESS, "5000000", True, MOST_MONEY + 1, [], {}, [1]]
NO_DAY = [
    "2026-02-30",
    "2026-2-3",
    "20260203",
    "kemarin",
    20260203,
    1.0,
    True,
    [],
    {},
    "1899-12-31",
    "2200-01-01",
    "2026-02-03T00:00:00",
]
NO_COUNT = [-1, 1.5, NAN, "3", True, 10**9, [], {}]
NO_HOURS = [-1, -0.5, 1.005, NAN, ENDLESS, True, "", "1,5", "1/2", "1e1", "1e999999999", "１", [], {}, 10**30, 1e30, "-0"]

GOOD: dict[str, dict[str, Any]] = {
    "contract": {"topic": "pkwt_compensation", "start": "2025-01-01", "end": "2025-12-31", "monthly_wage": 5000000},
    "months": {"topic": "pkwt_compensation", "months": 12, "monthly_wage": 5000000},
    "thr": {"topic": "thr", "hired": "2025-01-01", "holiday": "2026-03-20", "monthly_wage": 5000000},
    "left": {"topic": "thr", "hired": "2025-01-01", "holiday": "2026-03-20", "left": "2026-03-10", "contract": "permanent", "monthly_wage": 1},
    "averaged": {"topic": "thr", "months": 3, "monthly_wages": [1, 2, 3]},
    "late_thr_fine": {"topic": "late_thr_fine", "thr": 5000000},
    "late_wage_fine": {"topic": "late_wage_fine", "wage": 5000000, "days_late": 9},
    "overtime": {"topic": "overtime", "basic_wage": 5000000, "fixed_allowance": 1, "variable_allowance": 1, "week": 6, "rounding": "exact", "days": [{"kind": "rest", "hours": 7}]},
    "daily": {"topic": "overtime", "daily_wage": 200000, "week": 5, "days": [{"kind": "workday", "hours": 1}]},
    "piece": {"topic": "overtime", "piece_rate_average": 5, "minimum_wage": 6, "days": [{"kind": "workday", "hours": 1}]},
}  # fmt: skip
WRONG: dict[tuple[str, str], list[Any]] = {
    ("contract", "start"): NO_DAY,
    ("contract", "end"): NO_DAY,
    ("contract", "monthly_wage"): NO_MONEY,
    ("months", "months"): NO_COUNT,
    ("thr", "hired"): NO_DAY,
    ("thr", "holiday"): NO_DAY,
    ("thr", "monthly_wage"): NO_MONEY,
    ("left", "left"): NO_DAY,
    ("left", "contract"): ["tetap", 1, True, [], {}],
    ("averaged", "months"): NO_COUNT,
    ("averaged", "monthly_wages"): [[], "1", 1, {}, [1] * 1201, True],
    ("late_thr_fine", "thr"): NO_MONEY,
    ("late_wage_fine", "wage"): NO_MONEY,
    ("late_wage_fine", "days_late"): NO_COUNT,
    ("overtime", "basic_wage"): NO_MONEY,
    ("overtime", "fixed_allowance"): NO_MONEY,
    ("overtime", "variable_allowance"): NO_MONEY,
    ("overtime", "week"): [4, 7, 5.0, "5", True, [], {}],
    ("overtime", "rounding"): ["half", 1, True, [], {}],
    ("overtime", "days"): [[], "rest", 1, {}, True, [{"kind": "workday", "hours": 1}] * 5001],
    ("daily", "daily_wage"): NO_MONEY,
    ("piece", "piece_rate_average"): NO_MONEY,
    ("piece", "minimum_wage"): NO_MONEY,
}
CASES = [
    pytest.param(GOOD[good] | {field: value}, field, id=f"{good} {field} {str(value)[:20]}")
    for (good, field), values in WRONG.items()
    for value in values
]


@pytest.mark.parametrize(("facts", "field"), CASES)
def test_a_wrong_value_is_refused_on_its_field(facts: dict[str, Any], field: str):
    answer = compute(the_law(), facts)
    assert answer["error"]["field"] == field
    assert answer["error"]["message"]
    assert compute(the_law(), facts, "id")["error"]["message"] != answer["error"]["message"]


@pytest.mark.parametrize("good", GOOD)
def test_what_is_left_out_is_asked_for_or_not_needed(good: str):
    free = {"fixed_allowance", "variable_allowance", "rounding", "left", "contract", "topic"}
    left_out = {field: compute(the_law(), {k: v for k, v in GOOD[good].items() if k != field}) for field in GOOD[good]}
    # without whole months or a list the other way of saying it is asked for
    others = {
        "months": {"start", "hired"},
        "monthly_wages": {"monthly_wage"},
        "daily_wage": {"basic_wage"},
        "piece_rate_average": {"basic_wage"},
    }
    if good == "left":
        left_out.pop("contract")
    assert "error" not in compute(the_law(), GOOD[good])
    for field, answer in left_out.items():
        if field not in free:
            assert answer["error"]["field"] in {field} | others.get(field, set())
    assert all("error" not in left_out[field] for field in free & set(left_out) - {"topic"})


@pytest.mark.parametrize("good", GOOD)
def test_nothing_at_all_is_what_is_left_out(good: str):
    for field in GOOD[good]:
        with_none = compute(the_law(), GOOD[good] | {field: None})
        without = compute(the_law(), {k: v for k, v in GOOD[good].items() if k != field})
        assert with_none.get("error", {}).get("field") == without.get("error", {}).get("field")


@pytest.mark.parametrize("good", GOOD)
def test_a_field_that_is_not_known_is_refused(good: str):
    assert compute(the_law(), GOOD[good] | {"monthly_wge": 1})["error"]["field"] == "monthly_wge"


@pytest.mark.parametrize("hours", NO_HOURS, ids=str)
def test_wrong_hours_are_refused_at_their_day(hours: Any):
    days = [{"kind": "rest", "hours": 1}, {"kind": "rest", "hours": hours}]
    assert compute(the_law(), GOOD["overtime"] | {"days": days})["error"]["field"] == "days[1].hours"


@pytest.mark.parametrize("hours", [1.5, "1.5", "1.50", "1.500", "01.5"])
def test_hours_are_read_as_they_may_come(hours: Any):
    days = [{"kind": "workday", "hours": hours}]
    assert compute(the_law(), GOOD["overtime"] | {"days": days})["lines"][1]["quantity"] == "0.5"


@pytest.mark.parametrize(("entry", "field"), [
    ({"kind": "rest"}, "days[0].hours"),
    ({"hours": 1}, "days[0].kind"),
    ({"kind": "libur", "hours": 1}, "days[0].kind"),
    ({"kind": ["rest"], "hours": 1}, "days[0].kind"),
    ({"kind": "rest", "hours": 1, "hour": 1}, "days[0].hour"),
    ({"kind": "rest", "hours": 1, "date": "2026-02-30"}, "days[0].date"),
    ({"kind": "rest", "hours": 1, "date": 5}, "days[0].date"),
    ({"kind": "rest", "hours": 1, "date": {}}, "days[0].date"),
    ("rest", "days[0]"), (None, "days[0]"), (["rest", 1], "days[0]"),
])  # fmt: skip
def test_a_wrong_day_is_refused_at_its_place(entry: Any, field: str):
    assert compute(the_law(), GOOD["overtime"] | {"days": [entry]})["error"]["field"] == field


@pytest.mark.parametrize("wage", [*NO_MONEY, None], ids=str)
def test_a_wrong_wage_of_a_list_is_refused_at_its_place(wage: Any):
    assert compute(the_law(), GOOD["averaged"] | {"monthly_wages": [1, wage]})["error"]["field"] == "monthly_wages[1]"


def test_wages_of_two_kinds_are_refused():
    facts = {"topic": "overtime", "days": [{"kind": "workday", "hours": 1}], "daily_wage": 1, "week": 5}
    assert compute(the_law(), facts | {"basic_wage": 1})["error"]["field"] == "daily_wage"
    assert compute(the_law(), facts | {"variable_allowance": 1})["error"]["field"] == "variable_allowance"


def test_the_others_go_on():
    answers = compute_many(
        the_law(), [GOOD["thr"], GOOD["thr"] | {"holiday": "?"}, GOOD["overtime"], 5, GOOD["late_thr_fine"]]
    )
    assert ["error" in answer for answer in answers] == [False, True, False, True, False]


def test_a_wage_of_another_kind_that_is_left_empty_is_not_asked_for():
    facts = {
        "topic": "overtime",
        "basic_wage": 1730000,
        "daily_wage": None,
        "piece_rate_average": None,
        "days": [{"kind": "workday", "hours": 1}],
    }
    assert compute(the_law(), facts)["total"] == 15000
