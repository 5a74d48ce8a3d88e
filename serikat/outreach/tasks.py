"""Work for later: broadcasts that are due, their messages put into the queue."""

from __future__ import annotations

from serikat.kernel.jobs import daily, every, job
from serikat.outreach.services import running, sparing, subscribing


@every(seconds=20)
@job("outreach.start_due")
def start_due() -> None:
    running.start_due()


@every(seconds=20)
@job("outreach.spare_the_hidden")
def spare_the_hidden() -> None:
    """Also those who are guarded where they wrote, without a record: nobody tells of them."""
    sparing.spare_the_hidden()


@job("outreach.queue_broadcast")
def queue_broadcast(broadcast_id: int) -> None:
    running.queue_broadcast(broadcast_id=broadcast_id)


@daily(at="03:40")
@job("outreach.prune_pending")
def prune_pending() -> None:
    subscribing.prune_pending()
