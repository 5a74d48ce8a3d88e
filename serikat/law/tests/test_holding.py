"""The law as it changes: later acts, ended acts, values of an organisation. What was counted before stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from serikat.law import compute, compute_many, parameters, the_law
from serikat.law.comparing import compare
from serikat.law.holding import Law, NotHeld
from serikat.law.register import Act, Article
from serikat.law.shapes import Reason
from serikat.law.values import Dated
from serikat.law.words import BadLaw, Words

NEW_ACT = date(2027, 1, 1)
WORDS = Words("Undang-undang baru", "A new act")
LAW = the_law().with_articles(
    [Act("UU9/2026", WORDS, NEW_ACT, None, (), False)],
    [Article("UU9/2026:1", "UU9/2026", "1", WORDS, NEW_ACT, None, (), False)],
)


def value(name: str, what: Any, since: date = NEW_ACT) -> Dated[Any]:
    return Dated(name, what, since, None, ("UU9/2026:1",), (), False)


def asked(ended: str, **more: Any) -> dict[str, Any]:
    return {
        "topic": "severance",
        "hired": "2019-01-01",
        "terminated": ended,
        "reason": "retirement",
        "basic_wage": 1_000_000,
        **more,
    }


def ended_with(law: Law, last: date) -> Law:
    held = {
        name: (*values[:-1], replace(values[-1], until=last))
        if values[-1].until is None and values[-1].since <= last
        else values
        for name, values in law.held.items()
    }
    return replace(law, held=held)


RETIRES_FOR_TWO = value(
    "severance.reason.retirement", replace(the_law().held["severance.reason.retirement"][0].value, pay=Fraction(2))
)


def test_a_later_value_counts_from_its_day_and_not_before():
    law = LAW.with_values([RETIRES_FOR_TWO])
    before, after = compute_many(law, [asked("2026-12-31"), asked("2027-01-01")])
    assert before["total"] == 8 * 1_750_000 + 3_000_000
    assert after["total"] == 9 * 2_000_000 + 3_000_000
    assert after["lines"][0]["article"] == "UU9/2026:1; PP35/2021:40(2)"
    assert before["lines"] == compute(the_law(), asked("2026-12-31"))["lines"]


def test_a_value_that_is_put_over_is_seen_in_the_version_and_in_a_comparison():
    law = LAW.with_values([RETIRES_FOR_TWO])
    assert compute(law, asked("2025-01-01"))["rule_version"].startswith("1+")
    changes = compare(the_law(), law, [asked("2026-12-31"), asked("2027-01-01")])
    assert [(change.place, change.difference) for change in changes] == [(1, 9 * 250_000)]


def test_a_reason_of_a_later_act_does_not_stop_those_before():
    new = Reason(WORDS, Fraction(3), Fraction(1), rights=True, separation=False)
    law = LAW.with_values([value("severance.reason.robots", new)])
    told = compute_many(
        law,
        [
            asked("2026-12-31"),
            asked("2026-12-31", reason="robots"),
            asked("2027-01-01", reason="robots"),
            asked("2027-01-01"),
        ],
    )
    assert told[0]["lines"] == compute(the_law(), asked("2026-12-31"))["lines"]
    assert told[1]["error"]["field"] == "reason"
    assert told[2]["total"] == 9 * 3_000_000 + 3_000_000
    assert told[3]["total"] == 9 * 1_750_000 + 3_000_000


def test_an_act_that_ended_is_refused_after_its_last_day_and_counts_before_it():
    law = ended_with(the_law(), date(2026, 12, 31))
    before, after, other = compute_many(law, [asked("2026-12-31"), asked("2027-01-01"), asked("2025-01-01")])
    assert before["total"] == 17_000_000
    assert after["error"] == {"field": "terminated", "message": "The rules held here end on 2026-12-31."}
    assert "total" in other


def test_a_ruling_that_is_taken_back_warns_no_more():
    law = LAW.with_values([value("severance.least", False), value("severance.final_decision", False)])
    before, after = (compute(law, asked(day, reason="takeover"))["warnings"] for day in ("2026-12-31", "2027-01-01"))
    for part in ("This is the least", "final decision"):
        assert any(part in warning for warning in before)
        assert not any(part in warning for warning in after)


def test_a_gap_that_an_organisation_leaves_stops_only_who_falls_into_it():
    first = the_law().held["severance.daily_to_month"][0]
    law = replace(
        the_law(),
        held={
            **the_law().held,
            "severance.daily_to_month": (replace(first, until=date(2023, 12, 31)), replace(first, since=date(2025, 1, 1))),
        },
    )
    told = compute_many(law, [asked("2023-12-31"), asked("2024-06-01"), asked("2025-01-01")])
    assert ["error" in answer for answer in told] == [False, True, False]


def test_a_value_of_a_day_before_its_article_is_refused():
    with pytest.raises(BadLaw, match="UU9/2026:1 is not in force on 2026-12-31"):
        LAW.with_values([value("severance.least", True, NEW_ACT - timedelta(1))])
    with pytest.raises(BadLaw, match="is not in force"):
        the_law().with_values([RETIRES_FOR_TWO])


def test_the_law_that_others_hold_is_not_touched():
    before = dict(the_law().held)
    LAW.with_values([RETIRES_FOR_TWO])
    assert dict(the_law().held) == before
    assert "UU9/2026" not in the_law().acts


def test_no_line_can_cite_what_is_not_registered_or_not_in_force():
    for articles, message in (
        (("X1/2020:1",), "not in the register"),
        (("UU9/2026:1",), "not in force"),
        ((), "without an article"),
    ):
        with pytest.raises(BadLaw, match=message):
            LAW.cite(date(2026, 12, 31), *articles)


def test_a_day_before_the_rules_names_the_first_day():
    with pytest.raises(NotHeld) as refused:
        the_law().on(parameters.PAY_MONTHS, date(2021, 2, 1))
    assert refused.value.since == date(2021, 2, 2)
    assert compute(the_law(), asked("2021-02-01"))["error"]["message"].startswith(
        "The rules held here are in force from 2021-02-02."
    )
