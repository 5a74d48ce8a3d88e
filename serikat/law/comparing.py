"""Which answers change when a parameter does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from serikat.law.answers import Answer, compute_many, read_lines
from serikat.law.holding import Law

_SAID = ("rule_version", "mark", "reviewed", "warnings")


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose answer is another one: `difference` of the totals, None where a side has none."""

    place: int
    asked: Mapping[str, Any]
    before: Answer
    after: Answer

    @property
    def difference(self) -> int | None:
        one, two = self.before.get("total"), self.after.get("total")
        return two - one if isinstance(one, int) and isinstance(two, int) else None


def compare(before: Law, after: Law, asked: Sequence[Mapping[str, Any]], language: str = "en") -> list[Change]:
    """The questions whose figures, days or articles are others under `after`. Versions and marks alone make no change."""
    pairs = zip(asked, compute_many(before, asked, language), compute_many(after, asked, language), strict=True)
    return [
        Change(place, facts, one, two) for place, (facts, one, two) in enumerate(pairs) if _figures(one) != _figures(two)
    ]


def _figures(answer: Answer) -> Answer:
    return {key: value for key, value in answer.items() if key not in _SAID}


def compare_lines(before: Law, after: Law, lines: Iterable[bytes], language: str) -> Iterator[str]:
    """One sentence for each question that changes, and one that counts them."""
    asked = list(read_lines(lines))
    changes = compare(before, after, asked, language)
    for change in changes:
        name = change.asked.get("id") or f"line {change.place + 1}"
        yield f"{name}: {change.before.get('topic')} {_outcome(change.before)} becomes {_outcome(change.after)}"
    yield f"{len(changes)} of {len(asked)} answers change."


def _outcome(answer: Answer) -> str:
    if "error" in answer:
        return f"refused ({answer['error']['field']})"
    return str(answer.get("total", answer.get("due_safe", answer.get("forum"))))
