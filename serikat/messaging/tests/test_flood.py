"""When one sender is too many."""

from __future__ import annotations

import pytest

from serikat.messaging.rules.flood import RATES, Treatment, treat


@pytest.mark.parametrize(
    ("counts", "told", "expected"),
    [
        ({60: 1, 3600: 1, 86400: 1}, False, Treatment.ANSWER),
        ({60: 10, 3600: 60, 86400: 300}, False, Treatment.ANSWER),
        ({60: 11, 3600: 11, 86400: 11}, False, Treatment.TELL),
        ({60: 11, 3600: 11, 86400: 11}, True, Treatment.KEEP),
        ({60: 2, 3600: 61, 86400: 61}, False, Treatment.TELL),
        ({60: 2, 3600: 61, 86400: 61}, True, Treatment.KEEP),
        ({60: 1, 3600: 1, 86400: 301}, True, Treatment.KEEP),
        ({60: 61, 3600: 61, 86400: 61}, False, Treatment.BUNDLE),
        ({60: 1, 3600: 1, 86400: 1001}, True, Treatment.BUNDLE),
        ({}, False, Treatment.ANSWER),
    ],
)
def test_a_flood_is_kept_and_not_answered_one_by_one(counts, told, expected):
    assert treat(counts, told=told) is expected


def test_who_reports_for_a_group_may_send_more():
    assert treat({60: 50}, told=False, known=True) is Treatment.ANSWER
    assert treat({60: 51}, told=False, known=True) is Treatment.TELL


def test_more_messages_are_never_treated_better():
    order = [Treatment.ANSWER, Treatment.KEEP, Treatment.BUNDLE]
    for rate in RATES:
        seen = [order.index(treat({rate.seconds: n}, told=True)) for n in range(1, 1200)]
        assert seen == sorted(seen)
        assert seen[-1] == 2
