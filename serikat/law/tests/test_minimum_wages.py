"""The minimum wage of a place on a day, and lawyers' marks over the law."""

from __future__ import annotations

from datetime import date

import pytest

from serikat.law import compute, the_law
from serikat.law.marks import Mark, digest_of
from serikat.law.minimum_wages import minimum_wage_of, parts_of
from serikat.law.parameters import MINIMUM_WAGES
from serikat.law.values import Dated
from serikat.law.words import Words

NEW_YEAR = date(2026, 1, 1)
SEVERANCE = {
    "topic": "severance",
    "hired": "2015-03-02",
    "terminated": "2025-03-01",
    "reason": "efficiency_loss",
    "basic_wage": 4000000,
    "fixed_allowance": 0,
    "variable_allowance": 0,
}


def wage(code, amount, since=NEW_YEAR):
    return Dated(f"minimum_wage.{code}", amount, since, None, ("PP36/2021:27(1)",), (), True)


def test_every_province_has_both_years():
    law = the_law()
    assert len(law.names(MINIMUM_WAGES)) == 38
    assert all(
        minimum_wage_of(law, name[13:], date(year, 6, 1)) for name in law.names(MINIMUM_WAGES) for year in (2025, 2026)
    )


@pytest.mark.parametrize(
    ("code", "day", "amount"),
    [
        ("31", date(2025, 12, 31), 5396761),
        ("31", date(2026, 1, 1), 5729876),
        ("32.16.08.2003", date(2026, 5, 1), 2317601),
        ("33-74", date(2026, 5, 1), 2327387),
        ("94", date(2026, 5, 1), 4285848),
    ],
)
def test_the_wage_of_a_province_holds_where_no_regency_has_one(code, day, amount):
    assert minimum_wage_of(the_law(), code, day).value == amount


def test_a_regency_beats_its_province_from_its_day_on():
    law = the_law().with_values(
        [wage("32-16", 5_938_885)], {"minimum_wage.32-16": Words("Upah", "Wage")}, {"minimum_wage.32-16": "minimum_wages"}
    )
    assert [
        minimum_wage_of(law, code, day).value
        for code, day in [("32.16", NEW_YEAR), ("32.16", date(2025, 12, 31)), ("32.17", NEW_YEAR)]
    ] == [
        5_938_885,
        2_191_232,
        2_317_601,
    ]
    assert (law.areas["minimum_wage.32-16"], law.whats["minimum_wage.32-16"].id) == ("minimum_wages", "Upah")


@pytest.mark.parametrize(("code", "day"), [("32", date(2024, 12, 31)), ("32.16", date(2027, 1, 1)), ("99", NEW_YEAR)])
def test_a_year_that_is_not_held_is_not_guessed(code, day):
    assert minimum_wage_of(the_law(), code, day) is None


@pytest.mark.parametrize("code", ["", "3", "Jawa Barat", "3216", "32,16"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="not the code"):
        parts_of(code)


# Marks


def marked(subject, right, digest=None):
    law = the_law()
    return law.with_marks([Mark(subject, digest or law.digest_of_rule(subject), right)])


def lines(law):
    return {line["head"]: line["verified"] for line in compute(law, SEVERANCE)["lines"]}


@pytest.mark.parametrize("subject", ["severance.pay_months@2021-02-02", "PP35/2021:40(2)"])
def test_a_doubtful_rule_makes_the_lines_on_it_unverified(subject):
    assert lines(the_law()) == {"severance_pay": True, "service_pay": True}
    law = marked(subject, False)
    assert lines(law) == {"severance_pay": False, "service_pay": True}
    assert law.rule_versions["severance"].startswith("1+")
    assert law.rule_versions["thr"] == the_law().rule_versions["thr"]


def test_a_rule_found_right_is_verified():
    law = the_law()
    doubtful = marked("severance.pay_months@2021-02-02", False)
    value = next(v for v in doubtful.held["severance.pay_months"] if not v.verified)
    right = doubtful.with_marks(
        [Mark(f"{value.name}@{value.since}", law.digest_of_rule(f"{value.name}@{value.since}"), True)]
    )
    assert next(v for v in right.held[value.name] if v.since == value.since).verified
    wage = next(v for name in law.names(MINIMUM_WAGES) for v in law.held[name] if not v.verified)
    found = marked(f"{wage.name}@{wage.since}", True)
    assert next(v for v in found.held[wage.name] if v.since == wage.since).verified


def test_a_mark_on_other_words_counts_no_more():
    law = marked("severance.pay_months@2021-02-02", False, "0" * 16)
    assert lines(law) == {"severance_pay": True, "service_pay": True}
    assert law.rule_versions == the_law().rule_versions


def test_a_doubtful_article_is_not_outvoted_by_a_value_found_right():
    law = the_law()
    subjects = {"PP35/2021:40(2)": False, "severance.pay_months@2021-02-02": True}
    found = law.with_marks([Mark(subject, law.digest_of_rule(subject), right) for subject, right in subjects.items()])
    assert not lines(found)["severance_pay"]


def test_an_end_does_not_change_what_was_looked_at():
    law = the_law()
    later = law.with_values([wage("31", 6_000_000, date(2026, 7, 1))])
    assert later.digest_of_rule("minimum_wage.31@2026-01-01") == law.digest_of_rule("minimum_wage.31@2026-01-01")
    assert digest_of(wage("31", 1)) != digest_of(wage("31", 2))


def test_nothing_is_said_of_rules_that_are_not_there():
    assert [the_law().digest_of_rule(name) for name in ("X:1", "severance.pay_months@1999-01-01", "", "@")] == [None] * 4
