"""What no table of cases can say of compensation, overtime, holiday allowance and fines: that many are counted as one, that lines multiply out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serikat.law import compute, compute_many, the_law
from serikat.law import parameters as p
from serikat.law.catalogue import TOPICS
from serikat.law.dates import months_and_days, months_later
from serikat.law.holding import Law
from serikat.law.lines import MOST_MONEY
from serikat.law.topics import Topic, day_of_law
from serikat.law.values import Parameter

RULES = settings(max_examples=60, deadline=None, derandomize=True)

DAYS = st.dates(date(2021, 2, 2), date(2027, 12, 31)).map(str)
MONEY = st.one_of(st.integers(0, 20_000_000), st.integers(0, MOST_MONEY))
HOURS = st.integers(0, 900).map(lambda hundredths: hundredths / 100)
WAGES = st.one_of(
    st.fixed_dictionaries(
        {"basic_wage": MONEY.map(lambda wage: wage // 3), "variable_allowance": st.integers(0, 9_000_000)}
    ),
    st.fixed_dictionaries({"daily_wage": st.integers(0, MOST_MONEY // 31)}),
    st.fixed_dictionaries({"piece_rate_average": MONEY, "minimum_wage": MONEY}),
)


@st.composite
def overtime(draw: Any) -> dict[str, Any]:
    week = draw(st.sampled_from([5, 6]))
    kinds = ["workday", "rest", "holiday"] + (["holiday_on_shortest_day"] if week == 6 else [])
    dates = draw(st.lists(st.none() | DAYS, min_size=1, max_size=12, unique_by=lambda day: day or object()))
    days = [{"kind": draw(st.sampled_from(kinds)), "hours": draw(HOURS)} | ({"date": day} if day else {}) for day in dates]
    rounding = draw(st.sampled_from(["exact", "hourly_down"]))
    return {"topic": "overtime", "week": week, "rounding": rounding, "days": days} | draw(WAGES)


@st.composite
def contract(draw: Any) -> dict[str, Any]:
    end = draw(st.dates(date(2021, 2, 2), date(2027, 12, 31)))
    start = end - timedelta(days=draw(st.integers(0, 3000)))
    term = draw(st.sampled_from([{"start": str(start), "end": str(end)}, {"months": draw(st.integers(0, 80))}]))
    return {"topic": "pkwt_compensation", "monthly_wage": draw(MONEY)} | term


@st.composite
def holiday(draw: Any) -> dict[str, Any]:
    on = draw(st.dates(date(2017, 1, 1), date(2027, 12, 31)))
    hired = on - timedelta(days=draw(st.integers(0, 800)))
    facts: dict[str, Any] = {"topic": "thr", "hired": str(hired), "holiday": str(on)}
    if draw(st.booleans()):
        left = max(hired, on - timedelta(days=draw(st.integers(-3, 40))))
        facts |= {"left": str(left), "contract": draw(st.sampled_from(["permanent", "fixed_term"]))}
    wages = draw(st.none() | st.lists(MONEY, min_size=12, max_size=12))
    return facts | ({"monthly_wages": wages} if wages else {"monthly_wage": draw(MONEY)})


FINES = st.fixed_dictionaries({"topic": st.just("late_wage_fine"), "wage": MONEY, "days_late": st.integers(0, 80)})
THR_FINES = st.fixed_dictionaries({"topic": st.just("late_thr_fine"), "thr": MONEY})
LAW_DAYS = st.sampled_from([None, "2022-05-05", "2025-06-30", "2025-07-01"])
FACTS = st.builds(
    lambda facts, law_on: facts | ({"law_on": law_on} if law_on else {}),
    st.one_of(overtime(), contract(), holiday(), FINES, THR_FINES),
    LAW_DAYS,
)


@pytest.fixture(scope="module")
def changing() -> Law:
    """A law whose rules become others on 1 July 2025: persons of one batch are then counted by different rules."""
    law = the_law()

    def later(parameter: Parameter[Any], value: Any) -> Any:
        return replace(law.held[parameter.name][-1], value=value, since=date(2025, 7, 1))

    return law.with_values(
        [
            later(p.PKWT_SHARE, Fraction(1, 10)),
            later(p.HOURLY_SHARE, Fraction(1, 160)),
            later(p.BASE_LEAST_SHARE, Fraction(4, 5)),
            later(p.MOST_A_DAY, 3),
            later(p.MOST_A_WEEK, 14),
            later(p.THR_FULL_MONTHS, 11),
            later(p.THR_LEFT_WITHIN, 20),
            later(p.THR_FINE, Fraction(1, 10)),
            later(p.LATE_A_DAY, Fraction(1, 25)),
            later(p.LATE_MOST, Fraction(1, 4)),
        ]
    )


@RULES
@given(st.lists(FACTS, min_size=1, max_size=8))
def test_many_are_answered_as_each_alone(asked: list[dict[str, Any]]):
    law = the_law()
    assert compute_many(law, asked) == [compute(law, facts) for facts in asked]


@RULES
@given(st.lists(FACTS, min_size=1, max_size=8))
def test_many_are_answered_as_each_alone_when_the_rules_change_between_them(changing: Law, asked: list[dict[str, Any]]):
    assert compute_many(changing, asked, "id") == [compute(changing, facts, "id") for facts in asked]


def worth(text: str) -> Fraction:
    """What a factor says, read as it is written: products of numbers and of quotients."""
    found = Fraction(1)
    for part in text.split("*"):
        over, _, under = part.partition("/")
        found *= Fraction(over) / Fraction(under or 1)
    return found


def half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


@RULES
@given(FACTS)
def test_each_line_is_base_times_quantity_times_factor_rounded_half_up(facts: dict[str, Any]):
    answer = compute(the_law(), facts)
    for reading in answer.get("readings", [answer]):
        for line in reading["lines"]:
            assert line["amount"] == half_up(line["base"] * Fraction(str(line["quantity"])) * worth(line["factor"]))
        assert reading["total"] == sum(line["amount"] for line in reading["lines"])
    assert all(reading["total"] <= answer["total"] for reading in answer.get("readings", []))


@RULES
@given(st.lists(FACTS, min_size=1, max_size=4), st.integers(0, 3))
def test_lines_that_are_asked_for_are_those_of_the_answer(asked: list[dict[str, Any]], place: int):
    law = the_law()
    person = place % len(asked)
    topic = TOPICS[asked[person]["topic"]]
    assert isinstance(topic, Topic)
    same = [facts for facts in asked if facts["topic"] == topic.name]
    days = [day_of_law(law, topic.name, facts, topic.event(facts)) for facts in same]
    result = topic.count(law, [topic.read(law, facts, day) for facts, day in zip(same, days, strict=True)], days)
    for number, answer in enumerate(compute_many(law, same)):
        lines = [line for line in result.lines(number) if line.amount]
        found = [(line.head, line.amount, line.base, line.factor, line.cited.article, line.note) for line in lines]
        told = [line for line in answer["lines"] if line["amount"]]
        assert found == [
            (line["head"], line["amount"], line["base"], line["factor"], line["article"], line.get("note", ""))
            for line in told
        ]
        assert int(result.total()[number]) == answer["total"]
        assert [words.en for words in result.warnings_for(number)] == [
            sentence for sentence in answer["warnings"] if sentence in {words.en for words, _ in result.warnings}
        ]


@RULES
@given(FACTS)
def test_nothing_is_answered_without_article_and_review(facts: dict[str, Any]):
    answer = compute(the_law(), facts)
    assert "error" not in answer
    assert answer["reviewed"] == "2026-11-22"
    assert all(line["article"] and line["source"] for line in answer["lines"] if line["verified"])


@RULES
@given(st.integers(0, 200), MONEY)
def test_more_months_of_contract_or_service_never_give_less(months: int, wage: int):
    law = the_law()

    def total(topic: str, service: int) -> int:
        found: int = compute(law, {"topic": topic, "months": service, "monthly_wage": wage})["total"]
        return found

    for topic in ("pkwt_compensation", "thr"):
        assert total(topic, months) <= total(topic, months + 1)


@RULES
@given(st.dates(date(2021, 2, 2), date(2023, 1, 1)), st.integers(0, 1500), MONEY)
def test_a_day_more_of_contract_never_gives_less(start: date, days: int, wage: int):
    def total(length: int) -> int:
        facts = {"start": str(start), "end": str(start + timedelta(days=length)), "monthly_wage": wage}
        found: int = compute(the_law(), {"topic": "pkwt_compensation", **facts})["total"]
        return found

    assert total(days) <= total(days + 1) + 1  # two lines, each rounded by half a rupiah at most


@RULES
@given(st.integers(0, 100), MONEY)
def test_a_day_later_never_costs_less_and_never_over_half(days: int, wage: int):
    today, tomorrow = compute_many(
        the_law(), [{"topic": "late_wage_fine", "wage": wage, "days_late": late} for late in (days, days + 1)]
    )
    assert today["total"] <= tomorrow["total"] <= wage // 2 + 1  # two lines, each rounded by half a rupiah at most


@RULES
@given(overtime(), st.integers(1, 100))
def test_more_hours_never_give_less(facts: dict[str, Any], more: int):
    facts = facts | {"days": [{**day, "hours": min(day["hours"], 7)} for day in facts["days"]]}
    longer = facts | {"days": [{**day, "hours": day["hours"] + more / 100} for day in facts["days"]]}
    longer = longer | {"days": [{**day, "hours": str(round(day["hours"], 2))} for day in longer["days"]]}
    assert compute(the_law(), facts)["total"] <= compute(the_law(), longer)["total"]


@RULES
@given(st.integers(0, MOST_MONEY), st.integers(1, 1100))
def test_an_hourly_wage_that_is_rounded_down_never_gives_a_rupiah_a_line_more(wage: int, hundredths: int):
    facts = {"topic": "overtime", "basic_wage": wage, "week": 6, "days": [{"kind": "rest", "hours": hundredths / 100}]}
    exact, down = compute_many(the_law(), [facts, facts | {"rounding": "hourly_down"}])
    assert down["total"] <= exact["total"]


def test_the_greatest_wage_is_counted_exactly():
    law = the_law()
    months = compute(law, {"topic": "pkwt_compensation", "months": 1199, "monthly_wage": MOST_MONEY})
    assert months["total"] == half_up(Fraction(MOST_MONEY * 1199, 12))
    days = [{"kind": "rest", "hours": 11, "date": str(date(2025, 1, 1) + timedelta(days=number))} for number in range(100)]
    answer = compute(law, {"topic": "overtime", "basic_wage": MOST_MONEY, "week": 6, "days": days})
    lines = [half_up(Fraction(MOST_MONEY * hours * times, 173)) for hours, times in ((7, 2), (1, 3), (3, 4))]
    assert answer["total"] == 100 * sum(lines)


def test_what_would_not_fit_is_refused():
    days = [{"kind": "workday", "hours": 24}] * 1200
    answer = compute(the_law(), {"topic": "overtime", "basic_wage": MOST_MONEY, "days": days})
    assert answer["error"]["field"] == "days"
    answer = compute(the_law(), {"topic": "overtime", "daily_wage": MOST_MONEY, "week": 5, "days": days[:1]})
    assert answer["error"]["field"] == "daily_wage"


def test_a_line_of_overtime_says_its_day():
    days = [{"kind": "workday", "hours": 2, "date": "2026-03-02"}, {"kind": "workday", "hours": 1}]
    answer = compute(the_law(), {"topic": "overtime", "basic_wage": 1730000, "days": days})
    assert [line["note"] for line in answer["lines"]] == ["2026-03-02", "2026-03-02", "days[1]"]


def test_a_contract_to_the_last_day_that_is_held_is_counted():
    facts = {"topic": "pkwt_compensation", "start": "2199-01-01", "end": "2199-12-31", "monthly_wage": 1200}
    assert compute(the_law(), facts)["total"] == 1200


@RULES
@given(st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.integers(0, 2000))
def test_the_months_of_a_contract_are_those_that_a_calendar_counts(start: date, length: int):
    end = start + timedelta(days=length)
    after, months = end + timedelta(days=1), 0
    while months_later(start, months + 1) <= after:
        months += 1
    assert months_and_days(start, end) == (months, (after - months_later(start, months)).days)
