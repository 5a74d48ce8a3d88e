"""The tables that a lawyer writes: `cases/*.yaml`, each case with its arithmetic by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from serikat.law import compute, the_law
from serikat.law.loading import read_yaml_list
from serikat.law.tests.checking import problems_with

CASES = [
    (path.stem, case) for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")) for case in read_yaml_list(path)
]


@pytest.mark.parametrize(("file", "case"), [pytest.param(file, case, id=f"{file}: {case['name']}") for file, case in CASES])
def test_a_case_comes_out_as_it_was_counted_by_hand(file: str, case: dict[str, Any]):
    assert set(case) == {"name", "source", "facts", "expected", "why"}
    assert problems_with(case, compute(the_law(), case["facts"])) == []


def test_no_two_cases_have_one_name():
    assert [name for name, times in Counter(case["name"] for _, case in CASES).items() if times > 1] == []


def test_facts_are_plain_json():
    assert all(
        isinstance(value, str | int | bool | list | dict) and not isinstance(value, date)
        for _, case in CASES
        for value in case["facts"].values()
    )
