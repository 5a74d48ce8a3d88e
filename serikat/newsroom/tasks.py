"""What the newsroom does by the clock."""

from __future__ import annotations

from serikat.kernel.jobs import every, job
from serikat.newsroom.services.editing import publish_due


@every(seconds=20)
@job("newsroom.publish_due")
def publish_due_pages() -> None:
    """Put live what is due; what was due while nothing ran goes live at the first turn."""
    publish_due()
