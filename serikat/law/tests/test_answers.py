"""JSON lines as strangers write them: what cannot be counted is said in its own answer, and the other lines go on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest

from serikat.law import compute, compute_many, the_law
from serikat.law.answers import answer_lines
from serikat.law.catalogue import TOPICS
from serikat.law.tests.test_cases import CASES

GOOD: dict[str, Any] = {
    "id": "good",
    "topic": "severance",
    "years_of_service": 4,
    "reason": "takeover",
    "basic_wage": 1_000_000,
}
LEAVE: dict[str, Any] = {"topic": "unused_leave", "days": 2, "leave_day_divisor": 25, "basic_wage": 5_000_000}


def answered(*lines: bytes | str, language: str = "en") -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in answer_lines(the_law(), lines, language)]


def deep(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


BROKEN: list[tuple[bytes, str]] = [
    (b"{", ""),
    (b'{"topic": "severance"', ""),
    (b"nonsense", ""),
    (b"\xff\xfe{\x00}\x00", ""),
    (b'{"topic": "sever\xe9nce"}', ""),
    (b'{"topic": "\\ud800"}', ""),
    (b'{"basic_wage": NaN}', ""),
    (b'{"basic_wage": Infinity}', ""),
    (b"{'topic': 'severance'}", ""),
    (b'{"a": 1} {"b": 2}', ""),
    (b"[]", ""),
    (b"[1, 2]", ""),
    (b'"severance"', ""),
    (b"12", ""),
    (b"null", ""),
    (b"true", ""),
    (deep(100_000), ""),
    (deep(900), ""),
    (b"{}", "topic"),
    (b'{"topic": null}', "topic"),
    (b'{"topic": 7}', "topic"),
    (b'{"topic": ["severance"]}', "topic"),
    (b'{"topic": {"severance": 1}}', "topic"),
    (b'{"topic": "Severance"}', "topic"),
    (b'{"topic": "' + b"x" * 100_000 + b'"}', "topic"),
    (b'{"id": ' + deep(500) + b', "topic": "severance"}', "id"),
    (b'{"id": {"a": 1}, "topic": "severance"}', "id"),
    (b'{"topic": "severance", "' + b"k" * 100_000 + b'": 1}', "k" * 100_000),
    (b'{"topic": "severance", "": 1}', ""),
]


@pytest.mark.parametrize(("line", "field"), BROKEN, ids=[str(line[:30]) for line, _ in BROKEN])
def test_a_broken_line_is_answered_and_the_others_go_on(line: bytes, field: str):
    good = orjson.dumps(GOOD)
    first, broken, last = answered(good, line, good)
    assert first["total"] == last["total"] == 7_000_000
    assert set(broken) == {"id", "topic", "error"}
    assert broken["error"]["field"] == field
    assert broken["error"]["message"]


def test_empty_lines_line_ends_and_the_mark_of_a_file_are_passed_over():
    good = orjson.dumps(GOOD)
    lines = [b"\xef\xbb\xbf" + good + b"\r\n", b"\r\n", b"", b"   \n", b"\t", good + b"\n", good]
    assert [answer["total"] for answer in answered(*lines)] == [7_000_000] * 3


def test_lines_may_be_text():
    assert [
        answer.get("total")
        for answer in answered(orjson.dumps(GOOD).decode(), "\ufeff" + orjson.dumps(GOOD).decode(), "\udcff")
    ] == [7_000_000, 7_000_000, None]


def test_more_lines_than_are_counted_at_a_time_keep_their_order():
    lines = [orjson.dumps({**GOOD, "id": number, "years_of_service": number % 30}) for number in range(950)]
    told = [orjson.loads(line) for line in answer_lines(the_law(), lines, at_a_time=100)]
    assert [answer["id"] for answer in told] == list(range(950))
    assert told == answered(*lines)


HOSTILE: list[Any] = [
    None, True, False, "", " ", "x", "5", "1e5", "1e999999999", "1/2", "½", "٣", "5 ", "\x00", "\ud800", "a" * 100_000, "9" * 100_000, -1, -0.5, 0.5, 1e300,
    -1e300, math.nan, math.inf, 10**30, 10**5000, 2**63, -(2**63), [], [1], [[[]]], {}, {"a": {}}, (), b"5", date(2025, 1, 1), date.max, object(),
    "2025-13-01", "2025-02-30", "0000-00-00", "9999-12-31", "1899-12-31", "2200-01-01", "2025-01-01T00:00", "2025-W01-1",
]  # fmt: skip


def usual_facts(topic: str) -> list[dict[str, Any]]:
    """What is asked of a topic in its cases, once for each set of fields."""
    found = {
        frozenset(case["facts"]): case["facts"]
        for _, case in CASES
        if case["facts"].get("topic") == topic and "error" not in case["expected"]
    }
    return [LEAVE] if topic == LEAVE["topic"] else list(found.values())[:12]


def with_one_thing_else(facts: dict[str, Any], field: str) -> Iterator[dict[str, Any]]:
    """The facts with each hostile value in a field, or in the entries of its list."""
    yield from ({**facts, field: value} for value in HOSTILE)
    listed = facts.get(field)
    if isinstance(listed, list):
        yield from ({**facts, field: [value]} for value in HOSTILE)
        if isinstance(listed[0], dict):
            yield from ({**facts, field: [{**listed[0], entry: value}]} for entry in listed[0] for value in HOSTILE)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_nothing_that_is_typed_into_a_field_raises(topic: str):
    for usual in usual_facts(topic):
        for field in sorted(TOPICS[topic].keys | {"law_on", "clause"}):
            for facts in with_one_thing_else(usual, field):
                answer = compute(the_law(), facts)
                orjson.dumps(answer)
                if "error" in answer:
                    assert answer["error"]["field"], facts
                    assert answer["error"]["message"]
                elif isinstance(answer.get("total"), int):
                    assert answer["total"] == sum(line["amount"] for line in answer["lines"]) >= 0


@pytest.mark.parametrize(
    "field",
    [
        "basic_wage",
        "fixed_allowance",
        "variable_allowance",
        "minimum_wage",
        "return_travel",
        "other_rights",
        "separation_money",
        "pension_contributions",
    ],
)
@pytest.mark.parametrize("value", [True, False, 0.5, 1.0, "1000", "", [], {}, -1, 9_000_000_000_000_001, math.nan])
def test_what_is_no_money_is_refused_on_its_field(field: str, value: Any):
    answer = compute(the_law(), {**GOOD, field: value})
    assert answer["error"]["field"] == field
    assert "whole number" in answer["error"]["message"]


@pytest.mark.parametrize("field", ["fixed_allowance", "variable_allowance", "minimum_wage"])
@pytest.mark.parametrize("value", [True, False, "", [], -1])
def test_beside_a_daily_wage_nothing_goes_unread(field: str, value: Any):
    facts = {**GOOD, "daily_wage": 100_000, field: value}
    del facts["basic_wage"]
    assert compute(the_law(), facts)["error"]["field"] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("leave_day_divisor", "x"),
        ("leave_day_divisor", 0),
        ("clause", "a\nb"),
        ("clause", 5),
        ("clause", "x" * 301),
        ("firm", "small"),
        ("firm", True),
        ("agreed_amount", 5),
        ("law_on", "today"),
        ("unused_leave_days", 501),
        ("unused_leave_days", True),
    ],
)
def test_what_is_not_used_is_read_too(field: str, value: Any):
    assert compute(the_law(), {**GOOD, field: value})["error"]["field"] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("clause", 5),
        ("clause", [[]]),
        ("minimum_wage", 10**40),
        ("leave_day_divisor", 25.0),
        ("days", "1e400"),
        ("days", "1/3"),
        ("days", True),
    ],
)
def test_what_is_not_used_for_leave_is_read_too(field: str, value: Any):
    assert compute(the_law(), {**LEAVE, field: value})["error"]["field"] == field


def test_nothing_typed_is_as_good_as_left_out():
    empty = dict.fromkeys(TOPICS["severance"].keys - set(GOOD))
    one, two = compute(the_law(), GOOD), compute(the_law(), {**empty, **GOOD})
    assert {**one, "mark": ""} == {**two, "mark": ""}


def test_one_person_who_cannot_be_counted_does_not_stop_the_others():
    asked = [GOOD, {**GOOD, "basic_wage": -1}, 7, {**GOOD, "law_on": "2020-01-01"}, LEAVE, {}, GOOD]
    told = compute_many(the_law(), asked)
    assert [answer.get("total") for answer in told] == [7_000_000, None, None, None, 400_000, None, 7_000_000]


def test_refusals_are_in_the_language_that_is_asked():
    line = orjson.dumps({**GOOD, "reason": "x"})
    english, indonesian = answered(line)[0], answered(line, language="id")[0]
    assert english["error"]["message"].startswith("Choose one of: ")
    assert indonesian["error"]["message"].startswith("Pilih salah satu: ")


def test_an_answer_has_the_entries_that_are_promised():
    answer = compute(the_law(), {**GOOD, "return_travel": 5, "clause": "PKB 7"})
    assert list(answer) == ["id", "topic", "currency", "total", "lines", "warnings", "reviewed", "rule_version", "mark"]
    assert list(answer["lines"][0]) == ["head", "amount", "base", "quantity", "factor", "article", "source", "verified"]
    assert answer["lines"][-1]["clause"] == "PKB 7"
    assert answer["mark"].startswith("severance:1:")
    assert any("last reviewed on 2026-11-22" in warning for warning in answer["warnings"])
