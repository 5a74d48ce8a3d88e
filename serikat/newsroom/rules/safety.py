"""The safety check before something goes live: every question has its answer, and what shows has its reason. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something shows, and if so why it may: it was agreed, or it harms nobody."""

    shows: bool
    because: str = ""

    @property
    def is_settled(self) -> bool:
        return not self.shows or bool(self.because.strip())


def unsettled(aspects: Iterable[str], answers: Mapping[str, Answer]) -> list[str]:
    """The aspects that nobody answered, or that show without a reason."""
    return [aspect for aspect in aspects if aspect not in answers or not answers[aspect].is_settled]


def reasons(aspects: Iterable[str], answers: Mapping[str, Answer]) -> dict[str, str]:
    """What is kept: for each aspect why it may show, nothing where it does not show."""
    return {
        aspect: " ".join(answers[aspect].because.split())[:LONGEST_REASON] if answers[aspect].shows else ""
        for aspect in aspects
    }
