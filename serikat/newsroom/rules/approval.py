"""Who touched a revision, and so may not approve it. Plain Python: values in, answers out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved revision of a page. `restores` names the older revision whose text it brought back."""

    id: int
    user_id: int | None
    restores: int | None = None
    approved: bool = False


def touched_by(history: Sequence[Saved], *, revision: int, live: int | None) -> frozenset[int]:
    """Everybody who saved any revision after the one last live, up to this one; and who wrote what was brought back meanwhile.

    A revision older than the one that is live, or of a page that was never live, is counted from the page's beginning.
    """
    start = live if live is not None and live < revision else 0
    touched: set[int] = set()
    for saved in history:
        if not start < saved.id <= revision:
            continue
        if saved.user_id is not None:
            touched.add(saved.user_id)
        if saved.restores is not None and saved.restores < saved.id:
            before = [s.id for s in history if s.approved and s.id < saved.restores]
            touched |= touched_by(history, revision=saved.restores, live=max(before, default=None))
    return frozenset(touched)


def may_approve(user_id: int, touched: frozenset[int]) -> bool:
    """Another person is someone who touched none of it."""
    return user_id not in touched


def content_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a revision's content as the database holds it: what was approved is what goes live, to the byte."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
