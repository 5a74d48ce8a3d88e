"""What this room does by itself: delete what is past its time."""

from __future__ import annotations

from serikat.accounts.services import prune_accounts
from serikat.kernel.jobs import daily, job


@daily(at="03:40")
@job("accounts.prune")
def prune() -> None:
    """Old kept forms, spent links, and sessions that nobody can use any more."""
    prune_accounts()
