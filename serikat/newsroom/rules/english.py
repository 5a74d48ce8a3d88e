"""English words as far as the search knows them: it stems Indonesian, so of an English word it is told the singular too."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_KEPT = ("ss", "us", "is")


def singulars(typed: str) -> str:
    """What was typed with each word in the singular: "late wages" is "late wage", "companies" is "company"."""
    return _WORD.sub(lambda found: _singular(found[0]), typed)


def _singular(word: str) -> str:
    low = word.lower()
    if not low.endswith("s") or low.endswith(_KEPT):
        return word
    if low.endswith("ies"):
        return f"{word[:-3]}y"
    if low.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]
