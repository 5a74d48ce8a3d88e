"""The weekly digest: when it is its turn, and which piece concerns whom. Values in, values out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

WEEKDAY, HOUR = 5, 7  # Saturday, seven in the morning of the organisation's zone


def turn_before(now: datetime) -> datetime:
    """The last turn at or before a moment of the organisation's zone."""
    days = (now.weekday() - WEEKDAY) % 7
    turn = (now - timedelta(days=days)).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return turn if turn <= now else turn - timedelta(days=7)


def near(one: str, other: str) -> bool:
    """Whether of two places, by their codes, one is the other or lies in it."""
    return bool(one and other) and (one == other or one.startswith(f"{other}.") or other.startswith(f"{one}."))


def concerns(topics: Collection[int], place: str, *, wanted: Collection[int], places: Collection[str]) -> bool:
    """Whether what speaks of these topics and this place is wanted by who asked for those."""
    return not set(topics).isdisjoint(wanted) or any(near(place, one) for one in places)
