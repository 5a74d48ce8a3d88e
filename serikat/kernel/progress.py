"""How far long work has come, kept in a table so that a page can show it and whoever left the page finds it again.

    with tracked("newsroom.import:3", "Mengimpor 107 tulisan", total=107) as progress:
        for post in posts:
            …
            progress.step(note=post.title)

Writes go out at once, twice a second at most: call `step` outside a long transaction, or nobody sees it before the commit. The end, good or
bad, is always written. A page asks `progress_of(key)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from serikat.kernel.errors import Words
from serikat.kernel.models import Progress

PAUSE = 0.5


class Tracker:
    """The writing end; `done` counts here even between two writes."""

    def __init__(self, key: str, total: int | None) -> None:
        self.key, self.done, self.total = key, 0, total
        self._note = ""
        self._written = monotonic()

    def step(self, by: int = 1, *, note: str = "") -> None:
        self.done += by
        self._note = note[:300] or self._note
        if monotonic() - self._written >= PAUSE:
            self.write()

    def expect(self, total: int) -> None:
        """Say how much there is, once that is known."""
        self.total = total
        self.write()

    def write(self) -> None:
        self._written = monotonic()
        Progress.objects.filter(key=self.key).update(
            done=self.done, total=self.total, note=self._note, moved_at=timezone.now()
        )


@contextmanager
def tracked(key: str, what: Words, *, total: int | None = None) -> Iterator[Tracker]:
    """Show the work inside as `what` under `key`; work of the same key starts anew. An error marks it failed and goes on its way."""
    now = timezone.now()
    fresh = {"what": str(what)[:200], "done": 0, "total": total, "note": "", "failed": False}
    Progress.objects.update_or_create(key=key, defaults={**fresh, "started_at": now, "moved_at": now, "ended_at": None})
    tracker = Tracker(key, total)
    failure = ""
    try:
        yield tracker
    except BaseException as error:
        failure = str(error)[:300] or type(error).__name__
        raise
    finally:
        # inside a transaction that failed nothing can be written any more; its rollback takes the row away anyhow
        if not (transaction.get_connection().in_atomic_block and transaction.get_connection().needs_rollback):
            end = timezone.now()
            Progress.objects.filter(key=key).update(
                done=tracker.done,
                total=tracker.total,
                note=failure or tracker._note,
                failed=bool(failure),
                moved_at=end,
                ended_at=end,
            )


def progress_of(key: str) -> Progress | None:
    return Progress.objects.filter(key=key).first()


def works_under_way(*, within: timedelta = timedelta(hours=24)) -> list[Progress]:
    """What moved lately, latest first: for the desk."""
    return list(Progress.objects.filter(moved_at__gte=timezone.now() - within).order_by("-moved_at")[:50])


def prune_progress(*, days: int = 30) -> int:
    """Remove what has not moved for so many days; return how many."""
    count, _ = Progress.objects.filter(moved_at__lt=timezone.now() - timedelta(days=days)).delete()
    return count
