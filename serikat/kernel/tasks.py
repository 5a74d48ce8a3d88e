"""The machinery's own housekeeping."""

from __future__ import annotations

from serikat.kernel.jobs import daily, every, job, prune_jobs
from serikat.kernel.opening import prune_tries
from serikat.kernel.progress import prune_progress


@daily(at="03:10")
@job("kernel.prune_jobs")
def prune_old_jobs() -> None:
    prune_jobs()
    prune_progress()


@every(seconds=900)
@job("kernel.prune_tries")
def prune_old_tries() -> None:
    prune_tries()
