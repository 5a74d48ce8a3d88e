"""What the clock does for calls."""

from __future__ import annotations

from serikat.helpdesk.services import ringing
from serikat.kernel.jobs import every, job


@every(seconds=60)
@job("helpdesk.end_old_rings", atomic=True)
def end_old_rings() -> None:
    """Rings of which nothing more was heard are missed, and their number is to be called back."""
    ringing.end_old_rings()
