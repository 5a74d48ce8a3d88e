"""What holds for every person, not for an example: found by drawing many (hypothesis, the same ones each time)."""

from __future__ import annotations

import calendar
import math
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serikat.law import compute, compute_many, the_law
from serikat.law.dates import FIRST, LAST, completed_months, completed_years, months_and_days, months_later
from serikat.law.lines import MOST_MONEY, rounded_share
from serikat.law.plain import DATA
from serikat.law.severance import Columns, reason_names
from serikat.law.severance import compute as compute_columns
from serikat.law.tests.test_cases import CASES
from serikat.law.wages import MOST_A_DAY, Wages

settings.register_profile("law", settings.get_profile("serikat"), derandomize=True, max_examples=60)
drawn = settings(settings.get_profile("law"))

REASONS = reason_names(the_law())
money = st.integers(0, MOST_MONEY)
days = st.dates(FIRST, LAST)
held_days = st.dates(date(2021, 2, 2), date(2030, 12, 31))
BACK = "acquitted_before_6m"
AT_MOST = 400


@st.composite
def wages(draw: st.DrawFn, at_least: int = 0) -> dict[str, int]:
    kind = draw(st.sampled_from(("monthly", "daily", "piece")))
    if kind == "daily":
        return {"daily_wage": draw(st.integers(at_least, MOST_A_DAY))}
    if kind == "piece":
        return {"piece_rate_average": draw(st.integers(at_least, MOST_MONEY)), "minimum_wage": draw(money)}
    basic = draw(st.integers(at_least, MOST_MONEY))
    fixed = draw(st.integers(0, MOST_MONEY - basic))
    return {
        "basic_wage": basic,
        "fixed_allowance": fixed,
        "variable_allowance": draw(st.integers(0, MOST_MONEY - basic - fixed)),
    }


@st.composite
def severances(draw: st.DrawFn) -> dict[str, Any]:
    facts: dict[str, Any] = {"topic": "severance", "reason": draw(st.sampled_from(REASONS)), **draw(wages())}
    if draw(st.booleans()):
        facts["years_of_service"] = draw(st.integers(0, 80))
        if draw(st.booleans()):
            facts["law_on"] = draw(held_days).isoformat()
    else:
        terminated = draw(held_days)
        facts |= {"terminated": terminated.isoformat(), "hired": draw(st.dates(FIRST, terminated)).isoformat()}
    for key in ("return_travel", "other_rights", "separation_money", "pension_contributions"):
        if draw(st.integers(0, 3)) == 0:
            facts[key] = draw(money)
    if draw(st.integers(0, 3)) == 0:
        facts |= {"unused_leave_days": draw(st.integers(0, 500)), "leave_day_divisor": draw(st.integers(1, 31))}
    if draw(st.integers(0, 5)) == 0:
        facts |= {"firm": "micro_or_small", "agreed_amount": draw(money)}
    if draw(st.booleans()):
        facts["clause"] = "PKB pasal " + str(draw(st.integers(1, 99)))
    return facts


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "topic": "unused_leave", "days": draw(st.integers(0, 50_000)) / 100, "leave_day_divisor": draw(st.integers(1, 31)), **draw(wages())
    }  # fmt: skip


questions = st.one_of(severances(), leaves())


def half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def written(factor: str) -> Fraction:
    """A factor as a lawyer writes it: 0.5, 1/12, 1.5/173 or 0.75*2/173."""
    parts = [part.partition("/") for part in factor.split("*")]
    return math.prod((Fraction(above) / Fraction(below or 1) for above, _, below in parts), start=Fraction(1))


# Lines


def test_every_line_of_every_case_is_base_times_quantity_times_factor_rounded_half_up():
    lines = 0
    for answer in compute_many(the_law(), [case["facts"] for _, case in CASES]):
        for reading in answer.get("readings", [answer]):
            for line in reading.get("lines", []):
                lines += 1
                assert line["amount"] == half_up(
                    Fraction(line["base"]) * Fraction(line["quantity"]) * written(line["factor"])
                ), answer
                assert line["article"]
    assert lines > 300


def test_all_cases_in_one_batch_give_what_singles_give():
    facts = [case["facts"] for _, case in CASES]
    assert compute_many(the_law(), facts) == [compute(the_law(), one) for one in facts]


@drawn
@given(questions)
def test_every_line_is_base_times_quantity_times_factor_rounded_half_up(facts: dict[str, Any]):
    answer = compute(the_law(), facts)
    for line in answer["lines"]:
        assert line["amount"] == half_up(Fraction(line["base"]) * Fraction(line["quantity"]) * Fraction(line["factor"]))
        assert line["article"]
    assert answer["total"] == sum(line["amount"] for line in answer["lines"]) >= 0


@drawn
@given(st.lists(questions, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_a_batch_gives_what_singles_give_in_any_order(asked: list[dict[str, Any]], chance: random.Random):
    together = compute_many(the_law(), asked)
    assert together == [compute(the_law(), facts) for facts in asked]
    order = list(range(len(asked)))
    chance.shuffle(order)
    assert compute_many(the_law(), [asked[at] for at in order]) == [together[at] for at in order]


@pytest.mark.slow
def test_forty_thousand_mixed_rows_give_what_singles_give():
    """Over the size of a chunk of columns, of many periods and reasons."""
    chance = random.Random(4)
    first = date(2021, 2, 2).toordinal()
    asked = []
    for _ in range(40_000):
        ended = date.fromordinal(chance.randrange(first, first + 2500))
        asked.append({
            "topic": "severance", "reason": chance.choice(REASONS), "hired": (ended - timedelta(chance.randrange(12_000))).isoformat(),
            "terminated": ended.isoformat(), "basic_wage": chance.randrange(10**8),
        })  # fmt: skip
    answers = compute_many(the_law(), asked)
    for at in chance.sample(range(len(asked)), 400):
        assert answers[at] == compute(the_law(), asked[at])


@drawn
@given(severances())
def test_the_figures_of_columns_are_those_of_the_answer(facts: dict[str, Any]):
    wage = {key: facts.get(key, 0) for key in ("basic_wage", "fixed_allowance")}
    if "basic_wage" not in facts or "hired" not in facts:
        return
    plain = {"topic": "severance", **wage, **{key: facts[key] for key in ("reason", "hired", "terminated")}}
    columns = Columns(
        Wages(np.array([wage["basic_wage"]]), np.array([wage["fixed_allowance"]])),
        np.array([REASONS.index(facts["reason"])], np.int16),
        np.array([facts["hired"]], "datetime64[D]"),
        np.array([facts["terminated"]], "datetime64[D]"),
    )
    result, answer = compute_columns(the_law(), columns), compute(the_law(), plain)
    assert result.total().tolist() == [answer["total"]]
    assert [(line.head, line.amount, line.factor) for line in result.lines(0)] == [
        (line["head"], line["amount"], line["factor"]) for line in answer["lines"]
    ]


# More is never less


@drawn
@given(st.sampled_from(REASONS), wages(), held_days, st.data())
def test_more_service_never_gives_less(reason: str, wage: dict[str, int], ended: date, data: st.DataObject):
    one, two = sorted(data.draw(st.tuples(st.dates(FIRST, ended), st.dates(FIRST, ended))))
    usual = {"topic": "severance", "reason": reason, **wage, "terminated": ended.isoformat()}
    longer, shorter = compute_many(the_law(), [{**usual, "hired": day.isoformat()} for day in (one, two)])
    assert longer["total"] >= shorter["total"]


@pytest.mark.parametrize("reason", REASONS)
def test_more_years_never_give_less(reason: str):
    asked = [
        {"topic": "severance", "reason": reason, "basic_wage": 1_000_001, "years_of_service": years} for years in range(81)
    ]
    totals = [answer["total"] for answer in compute_many(the_law(), asked)]
    assert totals == sorted(totals)


@drawn
@given(severances(), st.integers(0, MOST_MONEY))
def test_a_higher_wage_never_gives_less(facts: dict[str, Any], more: int):
    key = next(key for key in ("basic_wage", "daily_wage", "piece_rate_average") if key in facts)
    room = (
        MOST_A_DAY - facts[key]
        if key == "daily_wage"
        else MOST_MONEY - sum(facts.get(one, 0) for one in (key, "fixed_allowance", "variable_allowance"))
    )
    higher = {**facts, key: facts[key] + min(more, room)}
    assert compute(the_law(), higher)["total"] >= compute(the_law(), facts)["total"]


@drawn
@given(severances(), st.sampled_from(("return_travel", "other_rights", "separation_money")), money)
def test_what_is_given_besides_never_takes_away(facts: dict[str, Any], key: str, amount: int):
    assert compute(the_law(), {**facts, key: amount})["total"] >= compute(the_law(), {**facts, key: 0})["total"]


@drawn
@given(severances(), money)
def test_pension_contributions_never_give_more_and_never_less_than_rights(facts: dict[str, Any], amount: int):
    without, counted = (
        compute(the_law(), {**facts, "pension_contributions": 0}),
        compute(the_law(), {**facts, "pension_contributions": amount}),
    )
    assert 0 <= counted["total"] <= without["total"]
    assert counted["total"] >= sum(line["amount"] for line in without["lines"] if line["head"] == "rights_pay")


# Marks


def test_the_same_facts_have_the_same_mark_in_a_fresh_process_with_other_hashes():
    facts = {
        "topic": "severance",
        "years_of_service": 5,
        "reason": "retirement",
        "basic_wage": 4_000_001,
        "other_rights": 7,
        "clause": "PKB é",
    }
    program = "import json, sys; from serikat.law import compute, the_law; print(json.dumps(compute(the_law(), json.load(sys.stdin))))"
    told = [
        subprocess.run(
            [sys.executable, "-c", program], input=orjson.dumps(facts), capture_output=True, check=True, cwd=DATA.parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(DATA.parents[2])},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told[0] == told[1]
    assert orjson.loads(told[0]) == compute(the_law(), facts)


@drawn
@given(questions, st.randoms(use_true_random=False))
def test_a_mark_hangs_on_the_facts_and_not_on_their_order_or_name(facts: dict[str, Any], chance: random.Random):
    keys = list(facts)
    chance.shuffle(keys)
    mark = compute(the_law(), facts)["mark"]
    assert compute(the_law(), {"id": "other", **{key: facts[key] for key in keys}})["mark"] == mark
    assert compute(the_law(), facts, "id")["mark"] == mark


def test_other_facts_have_another_mark():
    facts = {"topic": "severance", "years_of_service": 5, "reason": "retirement", "basic_wage": 4_000_001}
    others = [
        facts,
        {**facts, "years_of_service": 6},
        {**facts, "reason": "death"},
        {**facts, "clause": "a"},
        {**facts, "law_on": "2025-01-01"},
    ]
    assert len({compute(the_law(), one)["mark"] for one in others}) == len(others)


# Rounding


@settings(drawn, max_examples=400)
@given(st.lists(money, min_size=1, max_size=5), st.lists(st.integers(0, 1000), min_size=5, max_size=5), st.integers(1, 5000))
def test_a_share_is_exact_to_nine_quadrillion(base: list[int], times: list[int], over: int):
    found = rounded_share(np.array(base, np.int64), np.array(times[: len(base)], np.int64), over)
    assert found.tolist() == [half_up(Fraction(one * two, over)) for one, two in zip(base, times, strict=False)]


@pytest.mark.parametrize("over", [1, 2, 3, 4, 12, 173, 346])
@pytest.mark.parametrize("base", [0, 1, 2, 3, 172, 173, MOST_MONEY - 1, MOST_MONEY])
def test_half_a_rupiah_goes_up(base: int, over: int):
    for times in (0, 1, 3, 72, AT_MOST):
        assert rounded_share(np.array([base], np.int64), times, over).tolist() == [half_up(Fraction(base * times, over))]


# Days


def slow_months(start: date, end: date) -> int:
    """Months by walking: the same day of each later month, or its last day."""
    months = 0
    while True:
        year, month = divmod(start.year * 12 + start.month - 1 + months + 1, 12)
        reached = date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
        if reached > end:
            return months
        months += 1


def column(*days: date) -> np.ndarray:
    return np.array(days, "datetime64[D]")


@settings(drawn, max_examples=150)
@given(st.tuples(days, days).map(sorted))
def test_completed_months_are_those_of_walking(pair: list[date]):
    start, end = pair
    assert completed_months(column(start), column(end)).tolist() == [slow_months(start, end)]
    assert completed_years(column(start), column(end)).tolist() == [slow_months(start, end) // 12]


def test_completed_months_of_every_day_around_the_ends_of_months():
    starts = [date(2019, 12, 1) + timedelta(number) for number in range(100)] + [
        date(2000, 2, 29),
        date(1900, 1, 1),
        date(1904, 2, 29),
    ]
    ends = [start + timedelta(number) for start in starts for number in (*range(70), *range(360, 370), *range(1455, 1465))]
    all_starts = [start for start in starts for _ in range(90)]
    assert completed_months(column(*all_starts), column(*ends)).tolist() == list(map(slow_months, all_starts, ends))


@drawn
@given(days, st.integers(0, 1200))
def test_months_later_completes_just_these_months(start: date, months: int):
    end = months_later(start, months)
    if end > LAST:
        return
    assert slow_months(start, end) == months
    if months:
        assert slow_months(start, end - timedelta(1)) == months - 1


@drawn
@given(st.tuples(days, days).map(sorted))
def test_months_and_days_add_up(pair: list[date]):
    start, end = pair
    if end == LAST:
        return
    months, rest = months_and_days(start, end)
    assert months_later(start, months) + timedelta(rest) == end + timedelta(1)
    assert 0 <= rest < 31


@pytest.mark.parametrize("day", [FIRST - timedelta(1), LAST + timedelta(1), date.min, date.max])
def test_days_that_no_table_holds_are_refused(day: date):
    for pair in ((day, date(2025, 1, 1)), (date(2025, 1, 1), day)):
        with pytest.raises(IndexError):
            completed_months(column(pair[0]), column(pair[1]))
