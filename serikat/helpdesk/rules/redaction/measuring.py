"""How good the marks are on texts that people marked by hand: found by kind, and how many of ours are wrong.

A mark is right when it is of the truth's family (a number is a number, a place or workplace a place), covers at least half of the truth's span and is
at most twice as long. What is found twice counts once; a mark that meets nothing is wrong, one on something that was named as harmless too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .finding import find_marks

_FAMILIES = {
    "phone": "number", "nik": "number", "passport": "number", "card": "number", "account": "number", "plate": "number",
    "email": "online", "handle": "online", "link": "online",
    "place": "where", "address": "where", "workplace": "where",
    "name": "name", "date": "date", "combination": "combination",
}  # fmt: skip
NUMBERS = ("phone", "nik", "passport", "card", "account", "plate")


@dataclass(slots=True)
class Figures:
    """What was there and found by kind, and what was marked rightly and wrongly."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: int = 0
    lures: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    false: list[tuple[str, str, str]] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        there = sum(self.there[kind] for kind in kinds)
        return sum(self.found[kind] for kind in kinds) / there if there else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    def lines(self) -> Iterable[str]:
        """For the console and the page of figures."""
        for kind in sorted(self.there):
            yield f"{kind:12} {self.found[kind]:4} of {self.there[kind]:4}  {self.recall(kind):6.1%}"
        yield f"{'numbers':12} {self.recall(*NUMBERS):6.1%}"
        yield f"{'marks right':12} {self.right:4} of {self.right + self.wrong:4}  {self.precision:6.1%}, on harmless words {self.lures}"


def _fits(a: int, b: int, start: int, end: int) -> bool:
    return 2 * (min(b, end) - max(a, start)) >= end - start and b - a <= 2 * (end - start)


def measure(texts: Path, harmless: Path | None = None, only: str = "") -> Figures:
    """Over a file of lines {id, text, marks: [{start, end, kind}]}; harmless words in the same lines or in a file beside, as `not_identifying`.
    `only`: "even" or "odd" takes half of the texts by the number in their id."""
    lures = {row["id"]: row["not_identifying"] for row in _rows(harmless)} if harmless and harmless.exists() else {}
    figures = Figures()
    for row in _rows(texts):
        number = int("".join(sign for sign in row["id"] if sign.isdigit()))
        if only and (number % 2 == 0) != (only == "even"):
            continue
        _count(figures, row, row.get("not_identifying") or lures.get(row["id"], []))
    return figures


def _rows(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _count(figures: Figures, row: dict, lures: list[dict]) -> None:  # type: ignore[type-arg]
    text: str = row["text"]
    marks = find_marks(text)
    truths = row["marks"]
    for truth in truths:
        figures.there[truth["kind"]] += 1
        if any(
            _FAMILIES[m.kind] == _FAMILIES[truth["kind"]] and _fits(m.start, m.end, truth["start"], truth["end"])
            for m in marks
        ):
            figures.found[truth["kind"]] += 1
        else:
            figures.missed.append((row["id"], truth["kind"], text[truth["start"] : truth["end"]]))
    for m in marks:
        ok = any(_FAMILIES[m.kind] == _FAMILIES[t["kind"]] and _fits(m.start, m.end, t["start"], t["end"]) for t in truths)
        figures.right += ok
        figures.wrong += not ok
        figures.lures += any(m.start < lure["end"] and lure["start"] < m.end for lure in lures) and not ok
        if not ok:
            figures.false.append((row["id"], f"{m.kind}/{m.why}", text[m.start : m.end]))
