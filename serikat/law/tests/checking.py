"""Whether an answer is what a case expects: read by the tests of cases and by the mutation check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def problems_with(case: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    """What differs, none where the answer is as expected. Only what the case names is looked at."""
    expected = dict(case["expected"])
    wanted_error, field = expected.pop("error", None), answer.get("error", {}).get("field")
    if wanted_error != field:
        return [f"error on {field}, expected {wanted_error}: {answer.get('error')}"]
    said = answer.get("warnings", [])
    found = [f"no warning with {part!r} in {said}" for part in _as_list(expected.pop("warns", [])) if not _in(part, said)]
    found += [
        f"a warning with {part!r} in {said}" for part in _as_list(expected.pop("says_nothing_of", [])) if _in(part, said)
    ]
    seen = dict(answer) | ({name: see(answer) for name, see in SEEN.items()} if "lines" in answer else {})
    return found + [
        f"{key} {seen.get(key)!r}, expected {value!r}" for key, value in expected.items() if seen.get(key) != value
    ]


def _heads(answer: Mapping[str, Any]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for line in answer["lines"]:
        heads[line["head"]] = heads.get(line["head"], 0) + line["amount"]
    return heads


SEEN = {
    "heads": _heads,
    "readings": lambda answer: {reading["reading"]: reading["total"] for reading in answer.get("readings", [])},
    "articles": lambda answer: [line["article"] for line in answer["lines"]],
    "quantities": lambda answer: [line["quantity"] for line in answer["lines"]],
    "factors": lambda answer: [line["factor"] for line in answer["lines"]],
}


def _in(part: str, said: list[str]) -> bool:
    return any(part in sentence for sentence in said)


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value
