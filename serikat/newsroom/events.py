"""What the newsroom tells others: ids only, sent when the transaction commits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagesChanged:
    """What the public sees has changed: a page went live, changed, moved, or left. Whoever keeps copies of public pages forgets them."""
