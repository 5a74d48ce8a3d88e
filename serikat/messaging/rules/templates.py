"""A text that a provider approved: its numbered places, what may stand in them, and the words as they arrive."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 1024  # signs of a template with its values
_PLACE = re.compile(r"\{\{\s*(\d{1,2})\s*\}\}")
_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u009f]")


def places_of(text: str) -> int:
    """How many values it takes."""
    return max((int(number) for number in _PLACE.findall(text)), default=0)


def clean(value: str) -> str:
    """In one line, without marks that turn what stands around them: providers refuse a value with a new line or a tab."""
    return " ".join(_UNSEEN.sub("", value).split())


def filled(text: str, values: Sequence[str]) -> str:
    """With its places filled; a place that nothing fills stays to be seen."""

    def value_of(found: re.Match[str]) -> str:
        number = int(found[1])
        return (values[number - 1] if 0 < number <= len(values) else "") or found[0]

    return _PLACE.sub(value_of, text)
