"""Decisions about the tree and about terms. Values in, answers out: no clock, no database.

A path is the way from a root to a unit by their numbers: "1/7/". A lower unit's path begins with the path of each unit above it, so that
"the unit and all below" is one comparison of beginnings.
"""

from __future__ import annotations

from datetime import date, timedelta

# A term longer than this is a slip of the pen (a year 2206), not a decision.
LONGEST_TERM_YEARS = 10


def path_below(parent_path: str, number: int) -> str:
    """The path of unit `number` under a parent; under nobody it is a root."""
    return f"{parent_path}{number}/"


def stands_in(path: str, above: str) -> bool:
    """Tell whether a unit is that unit or below it."""
    return path.startswith(above)


def stands_below(path: str, above: str) -> bool:
    """Tell whether a unit is really below, and not that unit itself."""
    return path != above and path.startswith(above)


def moved_path(path: str, old_top: str, new_top: str) -> str:
    """The path of a unit in a subtree whose top moved from one path to another."""
    if not path.startswith(old_top):
        raise ValueError(f"{path} does not stand in {old_top}")
    return new_top + path[len(old_top) :]


def paths_above(path: str) -> list[str]:
    """The paths from the root down to the unit itself: "1/7/" gives "1/" and "1/7/"."""
    return [path[: i + 1] for i, c in enumerate(path) if c == "/"]


def needs_second(actor_user: int | None, appointee: int) -> bool:
    """Nobody gives a role to themself: another person must agree. The console has no user and is not meant here."""
    return actor_user is not None and actor_user == appointee


def may_agree(agreeing: int | None, proposed_by: int | None, appointee: int) -> bool:
    """The second person is neither who proposed nor who would receive the role."""
    return agreeing not in {proposed_by, appointee}


def term_is_backwards(starts_on: date, ends_on: date) -> bool:
    return ends_on < starts_on


def term_is_too_long(starts_on: date, ends_on: date) -> bool:
    return ends_on - starts_on > timedelta(days=LONGEST_TERM_YEARS * 366)


def term_is_over(ends_on: date, today: date) -> bool:
    return ends_on < today
