"""What the room tells rooms above, when the transaction has committed. Opaque ids only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonsMerged:
    """Reads of `merged` follow to `kept` from now on."""

    kept: uuid.UUID
    merged: uuid.UUID


@dataclass(frozen=True, slots=True)
class PersonsSeparated:
    """The merge was a mistake: each record is read as itself again."""

    kept: uuid.UUID
    separated: uuid.UUID


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Somebody was forgotten. `byline` is what they chose for public work: "keep" or "anonymous" ("seorang pekerja")."""

    subject: uuid.UUID
    subjects: tuple[uuid.UUID, ...]
    user_ids: tuple[int, ...]
    byline: str


@dataclass(frozen=True, slots=True)
class ProtectionChanged:
    """A threat level or protection was set, or somebody hidden got one more number: whether the alias must show everywhere now."""

    subject: uuid.UUID
    shows_alias: bool


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """Somebody took back what they had agreed to. A consent of another day to the same may stand."""

    subject: uuid.UUID
    purpose: str
