"""What the newsroom tells others: ids only, sent when the transaction commits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSubmitted:
    """A revision waits for a second person; `may_approve` are the users who may."""

    page_id: int
    revision_id: int
    title: str
    may_approve: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageApproved:
    """A second person said yes; `touched_by` are those who wrote it."""

    page_id: int
    revision_id: int
    title: str
    touched_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageSentBack:
    """A second person asks for changes."""

    page_id: int
    revision_id: int
    title: str
    note: str
    touched_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PagesChanged:
    """What the public sees has changed: a page went live, changed, moved, or left. Whoever keeps copies of public pages forgets them."""
