"""Whether the cases hold the rules: each value that a topic counts with is changed a little, and at least one case must then fail.

One month more or less in a row of a table, the row one year earlier or later, one factor, one day of a step, one flag. A change that no case notices names
itself: write the case that does. Days of the calendar are compared with their decree elsewhere; sentences are read by people.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from serikat.law import compute_many, parameters, shapes, the_law
from serikat.law.catalogue import TOPICS
from serikat.law.holding import Law
from serikat.law.tests.checking import problems_with
from serikat.law.tests.test_cases import CASES
from serikat.law.values import BadValue, Bands, Dated
from serikat.law.words import Words

WORDS_THAT_COUNT = {
    "acts": [shapes.PARTIES],
    "treated": [("illegal", "with_consent", "lawful"), ("returned", "may_fall_on_worker")],
}
"""Entries of a value in words that change an answer, with what they could be: who acts, how a deduction or a cost is treated."""

TOPICS_OF = {
    name: [topic for topic in parameters.USES if name in the_law().names_of(topic)]
    for topic in parameters.USES
    for name in the_law().names_of(topic)
    if not name.startswith("calendar.")
}


def changed(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Values that differ from `value` in one thing, each with what differs."""
    if isinstance(value, Words):
        return
    if isinstance(value, Bands):
        yield from changed_bands(value)
    elif isinstance(value, tuple):
        for at, entry in enumerate(value):
            yield from ((what, (*value[:at], other, *value[at + 1 :])) for what, other in changed(entry, f"{name}[{at}]"))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            for what, other in changed(getattr(value, field.name), f"{name}.{field.name}"):
                with contextlib.suppress(BadValue):  # what the reader refuses cannot be in the data
                    yield what, dataclasses.replace(value, **{field.name: other})
    else:
        yield from ((f"{name} {value} becomes {other}", other) for other in beside(value, name.rpartition(".")[2]))


def beside(value: Any, entry: str) -> list[Any]:
    """What a plain value could be by a slip; none for a sentence."""
    found: list[Any] = []
    if isinstance(value, bool):
        found = [not value]
    elif isinstance(value, int):
        found = [value - 1, value + 1] if value else [1]
    elif isinstance(value, Fraction):
        found = [value * Fraction(19, 20), value + Fraction(1, 20)] if value else [Fraction(1, 20)]
    elif isinstance(value, date):
        found = [value - timedelta(1), value + timedelta(1)]
    elif isinstance(value, str) and entry in WORDS_THAT_COUNT:
        found = [other for words in WORDS_THAT_COUNT[entry] if value in words for other in words if other != value][:2]
    return found


def changed_bands(table: Bands) -> Iterator[tuple[str, Bands]]:
    for what, values in changed(table.values, "row"):
        yield what, Bands(table.starts, values)
    for what, starts in changed(table.starts, "start of row"):
        if starts[0] == 0 and list(starts) == sorted(set(starts)):
            yield what, Bands(starts, table.values)


def mutants(law: Law, name: str) -> Iterator[tuple[str, Law]]:
    """The law with one value of a parameter changed in one thing."""
    values: tuple[Dated[Any], ...] = law.held[name]
    for at, dated in enumerate(values):
        for what, value in changed(dated.value):
            row = (*values[:at], dataclasses.replace(dated, value=value), *values[at + 1 :])
            yield f"{name} from {dated.since}: {what}", dataclasses.replace(law, held={**law.held, name: row})


def is_noticed(law: Law, cases: list[dict[str, Any]]) -> bool:
    answers = compute_many(law, [case["facts"] for case in cases])
    return any(problems_with(case, answer) for case, answer in zip(cases, answers, strict=True))


def cases_of(name: str) -> list[dict[str, Any]]:
    return [case for _, case in CASES if case["facts"].get("topic") in TOPICS_OF[name]]


def test_every_topic_has_cases():
    assert sorted(TOPICS) == sorted(parameters.USES)
    assert sorted(set(TOPICS) - {case["facts"].get("topic") for _, case in CASES}) == []


@pytest.mark.parametrize("name", TOPICS_OF)
def test_no_value_can_change_without_a_case_that_fails(name: str):
    cases = cases_of(name)
    assert not is_noticed(the_law(), cases), "the cases fail with the law as it is"
    assert [what for what, law in mutants(the_law(), name) if not is_noticed(law, cases)] == []


def test_a_ruling_a_day_earlier_or_later_is_noticed():
    for name in parameters.LATER:
        first, *rest = the_law().held[name]
        for days in (-1, 1):
            moved = dataclasses.replace(first, since=first.since + timedelta(days))
            law = dataclasses.replace(the_law(), held={**the_law().held, name: (moved, *rest)})
            assert is_noticed(law, cases_of(name)), f"{name} {days} days later"


def test_mutants_are_made_of_every_shape():
    made = [what for name in TOPICS_OF for what, _ in mutants(the_law(), name)]
    assert len(made) > 200
    assert len(set(made)) == len(made)
    assert "severance.pay_months from 2021-02-02: row[0] 1 becomes 2" in made
    assert "severance.reason.retirement from 2021-02-02: .pay 7/4 becomes 133/80" in made
