"""The clock: moves the marks of the schedule and enqueues what is due. Any number may run; each due time is taken by one of them."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import close_old_connections, transaction
from django.utils import timezone

from serikat.kernel.jobs import enqueue, schedule
from serikat.kernel.models import Mark

logger = logging.getLogger(__name__)


def set_marks(now: datetime) -> None:
    """Give each schedule a mark, and pull in marks that a shortened rhythm left too far ahead. A new daily job waits for its hour."""
    known = {m.name: m.due_at for m in Mark.objects.all()}
    for name, rhythm in schedule().items():
        if name not in known:
            due = now if rhythm.seconds else rhythm.after(now)
            Mark.objects.bulk_create([Mark(name=name, due_at=due)], ignore_conflicts=True)
        elif known[name] > rhythm.after(now):
            Mark.objects.filter(name=name, due_at=known[name]).update(due_at=rhythm.after(now))


def tick(now: datetime | None = None) -> list[str]:
    """Enqueue what is due; return the names. The mark moves and the job is enqueued in one transaction."""
    now = now or timezone.now()
    rhythms = schedule()
    ran = []
    for mark in Mark.objects.filter(due_at__lte=now, name__in=list(rhythms)):
        with transaction.atomic():
            mine = Mark.objects.filter(name=mark.name, due_at=mark.due_at).update(
                due_at=rhythms[mark.name].after(now), ran_at=now
            )
            if mine:
                enqueue(mark.name, key="schedule")
                ran.append(mark.name)
    return ran


def run_clock(stop: threading.Event, *, interval: float = 1) -> None:
    """Tick until told to stop. An error (the database is away) is logged, and the clock goes on."""
    marked = False
    while not stop.is_set():
        try:
            close_old_connections()
            if not marked:
                set_marks(timezone.now())
                marked = True
            tick()
        except Exception:
            logger.exception("The clock missed a beat")
        stop.wait(interval)
