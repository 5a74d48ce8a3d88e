"""Ports by which every room, on whichever floor, takes part in forgetting a person.

- A room that keeps something about persons registers a `Holder`: how to find its part for a person's copy of their data, and how to erase it.
  All holders run in one transaction (`people.services`); a holder that raises stops the whole.
- `passing_words(label, *fields)` names tables of passing words (notices, held forms, jobs) from which the cleaning job wipes every name.
- After a restore, `after_restore()` runs what rooms registered with `on_restore`: those who were forgotten since are forgotten again.

Nothing here knows a person: a data subject is an opaque id.
"""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
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

    @property
    def strong_needles(self) -> list[str]:
        """Those that mean one person; a single name is many people's and would take their words too."""
        return [n for n in self.needles if is_strong(n)]

    @property
    def strong_pattern(self) -> re.Pattern[str] | None:
        return wiper(self.strong_needles)

    @property
    def pattern(self) -> re.Pattern[str] | None:
        return wiper(self.needles)


Copy = Callable[[frozenset[uuid.UUID]], Mapping[str, Any]]  # headings and plain values for JSON
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


# Needles: how a text that must not remain is recognised, in the ways people and machines write it.

_GAP = r"(?:\s|%20|[+_.-])+"
_LOOSE = r"(?:\s|%20|[().-])*"


def is_number(needle: str) -> bool:
    return bool(re.fullmatch(r"\+?[0-9]{8,}", needle))


def is_strong(needle: str) -> bool:
    """A needle that means one person: a number, an e-mail address, a name of two words or more. A single name is many people's."""
    return is_number(needle) or "@" in needle or len(re.sub(r"[\W_]+", " ", needle).split()) > 1


def needle_pattern(needle: str, *, bounded: bool = True) -> str:
    """A regular expression for the ways a needle is written: numbers with or without +62 and separators, names with any gap between words,
    in addresses (%20, -) too. Bounded: not inside a longer word or number."""
    if is_number(needle):
        local = needle.startswith("+62")
        lead = rf"(?:(?:\+|%2B)?62|0){_LOOSE}" if local else ""
        body = lead + _LOOSE.join(needle.removeprefix("+62") if local else needle.removeprefix("+"))
        return rf"(?<![0-9]){body}(?![0-9])" if bounded else body
    if "@" in needle:
        name, _, host = needle.partition("@")
        body = rf"{re.escape(name)}(?:@|%40){re.escape(host)}"
        return rf"(?<![\w.]){body}(?!\w)" if bounded else body
    ways = {needle, unicodedata.normalize("NFC", needle), unicodedata.normalize("NFD", needle), json.dumps(needle)[1:-1]}
    body = "|".join(_GAP.join(re.escape(w) for w in way.split()) for way in sorted(ways) if way.strip())
    return rf"(?<![^\W_])(?:{body})(?![^\W_])" if bounded else body


def wiper(needles: Iterable[str], *, bounded: bool = True) -> re.Pattern[str] | None:
    """One expression for all needles, longest first; None for none. A search of raw bytes is not bounded: columns stand there without a gap."""
    kept = sorted({n.strip() for n in needles if n.strip()}, key=len, reverse=True)
    return re.compile("|".join(f"(?:{needle_pattern(n, bounded=bounded)})" for n in kept), re.IGNORECASE) if kept else None


def first_tokens(needle: str) -> list[str]:
    """Plain texts that must all stand in a row for the needle to be there: what the database can ask for quickly."""
    if is_number(needle):
        return [needle[-2:]]  # a separator may stand anywhere between the digits
    if "@" in needle:
        return [needle.partition("@")[0]]
    return [w for w in needle.split() if w.isascii()]


def wiped(value: object, pattern: re.Pattern[str], words: str | Callable[[re.Match[str]], str]) -> object:
    """A text, or all texts in a JSON value, without the needles: `words` stand there instead, or what they say of each."""
    if isinstance(value, str):
        return pattern.sub(words, value)
    if isinstance(value, list):
        return [wiped(v, pattern, words) for v in value]
    if isinstance(value, dict):
        return {str(wiped(k, pattern, words)): wiped(v, pattern, words) for k, v in value.items()}
    return value
