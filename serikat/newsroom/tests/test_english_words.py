"""The singular of English words, as the search asks for it."""

from __future__ import annotations

import pytest

from serikat.newsroom.rules.english import singulars


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("wages", "wage"),
        ("Late Wages", "Late Wage"),
        ("companies", "company"),
        ("churches boxes dresses", "church box dress"),
        ("illness status analysis bus", "illness status analysis bus"),
        ('"paid wages" 2026', '"paid wage" 2026'),
        ("", ""),
    ],
)
def test_words_are_told_in_the_singular(typed, one):
    assert singulars(typed) == one
