"""Ports by which every room, on whichever floor, takes part in forgetting a person.

- A room that keeps something about persons registers a `Holder`: how to find its part for a person's copy of their data, and how to erase it.
  All holders run in one transaction (`people.services`); a holder that raises stops the whole.
- `passing_words(label, *fields)` names tables of passing words (notices, held forms, jobs) from which the cleaning job wipes every name.
- After a restore, `after_restore()` runs what rooms registered with `on_restore`: those who were forgotten since are forgotten again.

Nothing here knows a person: a data subject is an opaque id.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Byline(StrEnum):
    """What stays under public work of somebody who is forgotten, as they chose."""

    KEEP = "keep"  # the byline stays as it was
    ANONYMOUS = "anonymous"  # it becomes "seorang pekerja"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is to be erased. `subjects` are all opaque ids of one person (merged records, the account); `needles` are the texts that must not
    remain: full names, phone numbers, NIK, e-mail addresses. They live in memory, or encrypted, and only until the cleaning is done."""

    subjects: frozenset[uuid.UUID]
    needles: tuple[str, ...] = ()
    byline: Byline = Byline.ANONYMOUS


Copy = Callable[[frozenset[uuid.UUID]], Mapping[str, Any]]  # headings and plain values for JSON; files under "files"
Erase = Callable[[Forgetting], int]  # erases, returns how many rows it touched
Needles = Callable[[frozenset[uuid.UUID]], set[str]]  # the texts this room holds that name these subjects


@dataclass(frozen=True, slots=True)
class Holder:
    """A room's part in a person's data. `own_tables` are labels ("accounts.user") or app labels ("newsroom") that the room cleans by itself: the
    general sweep leaves them alone."""

    name: str
    copy: Copy
    erase: Erase
    needles: Needles | None = None
    own_tables: tuple[str, ...] = ()


_holders: dict[str, Holder] = {}
_passing: dict[str, tuple[str, ...]] = {}
_on_restore: list[Callable[[], Any]] = []


def register_holder(holder: Holder) -> None:
    """Take part. Twice the same name is refused."""
    if holder.name in _holders:
        raise ValueError(f"The holder {holder.name} is registered twice.")
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    return [_holders[name] for name in sorted(_holders)]


def passing_words(label: str, *fields: str) -> None:
    """Name text fields of a table ("accounts.notice") whose words pass by: any name found there as a whole word is wiped."""
    _passing[label.lower()] = fields


def tables_of_passing_words() -> dict[str, tuple[str, ...]]:
    return dict(sorted(_passing.items()))


def on_restore(fn: Callable[[], Any]) -> Callable[[], Any]:
    """Register what must run after a backup was restored, before anybody is let in."""
    if fn not in _on_restore:
        _on_restore.append(fn)
    return fn


def after_restore() -> dict[str, Any]:
    """Run all of it, in the order of registration; the restore command calls this once, outside a transaction. An error is not swallowed:
    a restore that could not forget again has failed."""
    return {f"{fn.__module__}.{fn.__name__}": fn() for fn in _on_restore}
