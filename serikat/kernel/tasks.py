"""The machinery's own housekeeping."""

from __future__ import annotations

from typing import Any

from serikat.kernel.events import deliver_again
from serikat.kernel.jobs import daily, every, job, prune_jobs
from serikat.kernel.opening import prune_tries
from serikat.kernel.progress import prune_progress


@daily(at="03:10")
@job("kernel.prune_jobs")
def prune_old_jobs() -> None:
    prune_jobs()
    prune_progress()


@job("kernel.deliver_event", retries=12)
def deliver_event(event: str, receiver: str, values: dict[str, Any]) -> None:
    deliver_again(event, receiver, values)


@every(seconds=900)
@job("kernel.prune_tries")
def prune_old_tries() -> None:
    prune_tries()
