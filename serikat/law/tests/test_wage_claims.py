"""What a table of cases cannot say of short wages, cuts, placement costs and wages by contract: a batch equals singles, sums hold, bad input is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serikat.law import compute, compute_many, the_law
from serikat.law import parameters as p

LAW = the_law()
MONEY = st.integers(0, 10**9)
DAYS = st.dates(min_value=date(2021, 2, 2), max_value=date(2026, 11, 22)).map(str)
CUTS = [name.rpartition(".")[2] for name in LAW.names(p.DEDUCTIONS)]
COSTS = [name.rpartition(".")[2] for name in LAW.names(p.PLACEMENT_COSTS)]
MONTH = "2026-03"


def _months(keys: dict[str, Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    month = st.builds(lambda year, number: f"{year}-{number:02}", st.integers(2021, 2026), st.integers(1, 12))
    entry = st.fixed_dictionaries({"month": month, "due": MONEY, "paid": MONEY}, optional=keys)
    return st.lists(entry, min_size=1, max_size=6, unique_by=lambda one: one["month"])


SHORT = st.fixed_dictionaries({"topic": st.just("short_wage"), "months": _months({"minimum": MONEY})})
ABROAD = st.fixed_dictionaries(
    {
        "topic": st.just("contract_wage"),
        "currency": st.sampled_from(["HKD", "TWD"]),
        "clause": st.sampled_from(["clause 1", "clause 2"]),
        "months": _months({"minimum": MONEY}),
    }
)
CUT = st.fixed_dictionaries(
    {"on": DAYS, "amount": MONEY, "kind": st.sampled_from([*CUTS, "parkir", "lain"])}, optional={"consent": st.booleans()}
)
CUT_FACTS = st.fixed_dictionaries({"topic": st.just("illegal_deduction"), "items": st.lists(CUT, min_size=1, max_size=6)})
CHARGE = st.fixed_dictionaries(
    {
        "on": DAYS,
        "amount": MONEY,
        "currency": st.sampled_from(["IDR", "HKD", "TWD"]),
        "kind": st.sampled_from([*COSTS, "kopi"]),
    }
)
CHARGED = st.fixed_dictionaries(
    {
        "topic": st.just("placement_cost"),
        "occupation": st.sampled_from(["domestic_worker", "cook", "welder"]),
        "charged": st.lists(CHARGE, min_size=1, max_size=6),
    }
)


@given(st.lists(st.one_of(SHORT, ABROAD, CUT_FACTS, CHARGED), min_size=1, max_size=8))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_batch_equals_singles(asked: list[dict[str, Any]]):
    assert compute_many(LAW, asked) == [compute(LAW, facts) for facts in asked]


@given(st.one_of(SHORT, ABROAD, CUT_FACTS, CHARGED))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_each_line_is_what_it_is_made_of_and_the_total_their_sum(facts: dict[str, Any]):
    answer = compute(LAW, facts)
    assert "error" not in answer
    for line in answer["lines"]:
        exact = line["base"] * Fraction(str(line["quantity"])) * Fraction(line["factor"])
        assert line["amount"] == (2 * exact + 1) // 2 > 0
        assert line["note"]
    if answer["total"] is not None:
        assert answer["total"] == sum(line["amount"] for line in answer["lines"])
    for currency, total in answer.get("totals", {}).items():
        assert total == sum(line["amount"] for line in answer["lines"] if line["currency"] == currency)


@given(SHORT)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_what_lacks_is_what_was_not_paid_of_the_higher_of_the_two(facts: dict[str, Any]):
    lacks = sum(max(0, max(month["due"], month.get("minimum", 0)) - month["paid"]) for month in facts["months"])
    assert compute(LAW, facts)["total"] == lacks


@given(CUT_FACTS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_cut_is_lost_without_a_word(facts: dict[str, Any]):
    answer = compute(LAW, facts)
    left = sum(item["amount"] for item in facts["items"]) - answer["total"]
    assert left == 0 or any("lawful and are not counted" in words for words in answer["warnings"])


def test_the_largest_amounts_are_exact():
    most = 9_000_000_000_000_000
    short = {"topic": "short_wage", "months": [{"month": MONTH, "due": most, "paid": 1}]}
    assert compute(LAW, short)["total"] == most - 1
    abroad = {"month": MONTH, "due": 0, "paid": 0, "overtime_hours": "0.01", "overtime_rate": most}
    asked = {"topic": "contract_wage", "currency": "HKD", "clause": "1", "months": [abroad]}
    assert compute(LAW, asked)["total"] == most // 100


def test_amounts_that_are_too_much_together_are_refused():
    most = 9_000_000_000_000_000
    months = [{"month": MONTH, "due": most, "paid": 0}, {"month": "2026-04", "due": 1, "paid": 0}]
    assert compute(LAW, {"topic": "short_wage", "months": months})["error"]["field"] == "months"
    cuts = [{"on": "2026-03-01", "amount": most, "kind": "deposit"}] * 2
    assert compute(LAW, {"topic": "illegal_deduction", "items": cuts})["error"]["field"] == "items"
    charged = [{"on": "2026-03-01", "amount": most, "currency": "IDR", "kind": "visa"}] * 2
    asked = {"topic": "placement_cost", "occupation": "cook", "charged": charged}
    assert compute(LAW, asked)["error"]["field"] == "charged"
    two = [charged[0], charged[1] | {"currency": "HKD"}]
    assert compute(LAW, asked | {"charged": two})["totals"] == {"HKD": most, "IDR": most}
    hours = {"month": MONTH, "due": 0, "paid": 0, "overtime_hours": 2, "overtime_rate": most}
    abroad = {"topic": "contract_wage", "currency": "HKD", "clause": "1", "months": [hours]}
    assert compute(LAW, abroad)["error"]["field"] == "months"


LISTS = [
    ({"topic": "short_wage"}, "months", {"month": MONTH, "due": 2, "paid": 1, "minimum": 1}),
    (
        {"topic": "contract_wage", "currency": "HKD", "clause": "1"},
        "months",
        {"month": MONTH, "due": 2, "paid": 1, "minimum": 1, "overtime_hours": 1, "overtime_rate": 1},
    ),
    ({"topic": "illegal_deduction"}, "items", {"on": "2026-03-01", "amount": 1, "kind": "fine", "consent": False}),
    (
        {"topic": "placement_cost", "occupation": "cook"},
        "charged",
        {"on": "2026-03-01", "amount": 1, "currency": "IDR", "kind": "visa"},
    ),
]
MAY_BE_MISSING = {"minimum", "consent"}


@pytest.mark.parametrize(("facts", "key", "entry"), LISTS)
@pytest.mark.parametrize("value", [None, [], {}, "x", 3, True, [3], ["x"], [None], [[]]])
def test_a_list_that_is_none_is_refused(facts: dict[str, Any], key: str, entry: dict[str, Any], value: Any):
    field = compute(LAW, facts | {key: value})["error"]["field"]
    assert field == (f"{key}[0]" if isinstance(value, list) and value else key)


@pytest.mark.parametrize(("facts", "key", "entry"), LISTS)
@pytest.mark.parametrize("value", [-1, 1.555, "x y z" * 30, [1], {"a": 1}, 10**17, float("nan"), float("inf")])
def test_each_field_of_an_entry_is_refused_by_its_name(facts: dict[str, Any], key: str, entry: dict[str, Any], value: Any):
    for field in entry:
        answer = compute(
            LAW,
            facts
            | {key: [entry, entry | {"month": "2026-04", field: value} if "month" in entry else entry | {field: value}]},
        )
        assert answer["error"]["field"] == f"{key}[1].{field}"


@pytest.mark.parametrize(("facts", "key", "entry"), LISTS)
def test_a_field_that_is_missing_is_asked_for_and_one_too_many_is_refused(
    facts: dict[str, Any], key: str, entry: dict[str, Any]
):
    for field in entry.keys() - MAY_BE_MISSING:
        answer = compute(LAW, facts | {key: [{name: value for name, value in entry.items() if name != field}]})
        assert answer["error"]["field"] == f"{key}[0].{field}"
    assert compute(LAW, facts | {key: [entry | {"amuont": 1}]})["error"]["field"] == f"{key}[0].amuont"
    assert compute(LAW, facts | {key: [entry]}).get("error") is None


def test_control_characters_are_no_words():
    for field, facts in (
        ("clause", LISTS[1][0] | {"months": [LISTS[1][2]], "clause": "a\nb"}),
        ("occupation", LISTS[3][0] | {"charged": [LISTS[3][2]], "occupation": "a\x00b"}),
    ):
        assert compute(LAW, facts)["error"]["field"] == field


def test_a_kind_is_known_by_its_name_in_either_language():
    for kind in ("fine", "denda", "Denda", "FINE"):
        asked = {"topic": "illegal_deduction", "items": [{"on": "2026-03-01", "amount": 5, "kind": kind}]}
        assert compute(LAW, asked)["lines"][0]["note"] == "2026-03-01 fine"


def test_the_law_of_another_day_may_be_asked_for():
    asked = {"topic": "placement_cost", "occupation": "cook", "charged": [LISTS[3][2]]}
    assert compute(LAW, asked | {"law_on": "2020-06-01"})["lines"][0]["article"] == "UU18/2017:30(1)"
    assert compute(LAW, asked | {"law_on": "2010-06-01"})["error"]["field"] == "law_on"
