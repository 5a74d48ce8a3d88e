"""The worker: claims jobs under a lease, keeps the lease alive while one runs, tries again or parks, and takes over from dead workers.

A worker has one thread for each lane, so that slow work (an import, a film) never holds up quick work. Its name says host, process and start
of the process: on the same host a lease that ran out is broken only when that process is gone, elsewhere when it ran out.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

import psutil
from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from serikat.kernel.jobs import FOREIGN_RETRIES, LANES, QUICK, Kind, kind_named, pause_before
from serikat.kernel.models import Job

logger = logging.getLogger(__name__)
Row = DBTaskResult[Any, Any]
OURS = "serikat.kernel.jobs.run_job"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try did not end well."""

    words: str
    kind: str = ""
    trace: str = ""

    @classmethod
    def of(cls, error: Exception) -> Failure:
        return cls(
            f"{type(error).__name__}: {error}"[:300],
            f"{type(error).__module__}.{type(error).__qualname__}",
            "".join(traceback.format_exception(error)),
        )


class LeaseLost(RuntimeError):
    """Another worker has this job now: nothing more may be written about it here."""


def own_name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{psutil.Process().create_time():.2f}"


def is_gone(worker: str) -> bool:
    """Tell whether a worker's process is surely not there. A worker on another host counts as gone: only its lease speaks for it."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:60]:
        return True
    try:
        return f"{psutil.Process(int(rest)).create_time():.2f}" != worker.rpartition(":")[2]
    except (psutil.NoSuchProcess, ValueError):
        return True


def kind_of(row: Row, name: str) -> Kind:
    """The kind of a job of ours; for a library's task a kind made on the spot."""
    if row.task_path == OURS:
        return kind_named(name)
    return Kind(name, row.task.func, FOREIGN_RETRIES, 10, QUICK, False)


class Worker:
    """`lease` is how many seconds a job stays this worker's without a sign of life; `grace` how many a running job has when it must stop."""

    def __init__(self, *, lease: float = 60, grace: float = 10) -> None:
        self.name = own_name()
        self.grace = grace
        self.lease = timedelta(seconds=lease)
        self.stop = threading.Event()
        self.held: dict[str, tuple[Any, int]] = {}  # lane → job and its try, for heartbeat and farewell

    def run(self, *, interval: float = 0.5) -> None:
        """Work until `stop` is set; after the grace every lane has ended or its job was given back."""
        lanes = [threading.Thread(target=self._lane, args=(lane, interval), name=lane, daemon=True) for lane in LANES]
        for lane in lanes:
            lane.start()
        pause = self.lease.total_seconds() / 4
        while not self.stop.wait(pause):
            self._safely(self.beat)
            self._safely(self.take_over)
        until = monotonic() + self.grace
        for lane in lanes:
            lane.join(max(0.0, until - monotonic()))
        self._safely(self.let_go)

    def work_off(self, *, limit: int = 10_000) -> int:
        """Run what is due in this thread, all lanes, until nothing is left; return how many ran. For tests and `worker --batch`."""
        ran = 0
        while ran < limit and self.run_one(LANES):
            ran += 1
        return ran

    def _lane(self, lane: str, interval: float) -> None:
        while not self.stop.is_set():
            if not self._safely(lambda: self.run_one((lane,))):
                self.stop.wait(interval)
        connection.close()

    def _safely(self, step: Any) -> Any:
        """A database that is locked or away is waited for; the worker goes on."""
        try:
            close_old_connections()
            return step()
        except OperationalError as error:
            logger.warning("The database does not answer: %s", error)
        except Exception:
            logger.exception("The worker stumbled")
        return None

    def run_one(self, lanes: tuple[str, ...]) -> bool:
        """Claim and run the next due job; False when there is none."""
        claimed = self.claim(lanes)
        if claimed is None:
            return False
        row, job = claimed
        lane = threading.current_thread().name
        self.held[lane] = (row.pk, job.tries)
        try:
            self._run(row, job)
        except LeaseLost:
            logger.warning("The job %s was taken over by another worker while it ran here", job)
        finally:
            self.held.pop(lane, None)
        return True

    def claim(self, lanes: tuple[str, ...]) -> tuple[Row, Job] | None:
        due = DBTaskResult.objects.ready().filter(backend_name="default")
        # a queue that a library named itself is quick work
        due = due.exclude(queue_name__in=set(LANES) - set(lanes)) if QUICK in lanes else due.filter(queue_name__in=lanes)
        if not due.order_by().exists():  # a look that takes no lock
            return None
        with transaction.atomic():
            row = due.get_locked()
            if row is None:
                return None
            job = Job.objects.filter(pk=row.pk).first() or Job(result=row, name=row.task_path[:120])
            job.waiting_key = None
            job.worker = self.name
            job.tries += 1
            job.lease_until = timezone.now() + self.lease
            job.save()
            row.claim(self.name[:64])
        return row, job

    def _run(self, row: Row, job: Job) -> None:
        try:
            kind = kind_of(row, job.name)
            if kind.atomic:
                with transaction.atomic():
                    self._call(row, kind)
                    self._note_done(row, job)
            else:
                self._call(row, kind)
                with transaction.atomic():
                    self._note_done(row, job)
        except LeaseLost:
            raise
        except Exception as error:
            self._note_failed(row, job, error)

    def _call(self, row: Row, kind: Kind) -> None:
        if row.task_path == OURS:
            kind.run(**row.args_kwargs["args"][1])
        else:
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])

    @contextmanager
    def _still_mine(self, row: Row, job: Job) -> Any:
        """Lock the job and make sure that this try is still the one that counts."""
        found = Job.objects.select_for_update().filter(pk=row.pk, worker=self.name, tries=job.tries, parked_at=None)
        mine = found.exclude(lease_until=None).first()
        if mine is None:
            raise LeaseLost
        yield mine

    def _note_done(self, row: Row, job: Job) -> None:
        with self._still_mine(row, job):
            Job.objects.filter(pk=row.pk).update(lease_until=None, problem="")
            DBTaskResult.objects.filter(pk=row.pk).update(
                status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), exception_class_path="", traceback=""
            )

    def _note_failed(self, row: Row, job: Job, error: Exception) -> None:
        try:
            kind: Kind | None = kind_of(row, job.name)
        except (LookupError, ImportError):
            kind = None  # the code no longer has such a job: a person decides
        with transaction.atomic(), self._still_mine(row, job) as mine:
            self._again_or_park(row, mine, kind, Failure.of(error))

    def _again_or_park(self, row: Row, job: Job, kind: Kind | None, failure: Failure) -> None:
        now = timezone.now()
        again = kind is not None and job.tries <= kind.retries
        logger.warning(
            "The job %s failed (try %s, %s): %s", job, job.tries, "again later" if again else "parked", failure.words
        )
        job.lease_until, job.problem = None, failure.words
        if again and kind is not None:
            row.status, row.run_after = TaskResultStatus.READY, now + pause_before(kind.pause, job.tries)
        else:
            row.status, row.finished_at, job.parked_at = TaskResultStatus.FAILED, now, now
            if job.key:  # the same work parked once more replaces the older one
                DBTaskResult.objects.filter(job__name=job.name, job__key=job.key, job__parked_at__isnull=False).delete()
        row.exception_class_path, row.traceback = failure.kind, failure.trace
        row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])
        job.save(update_fields=["lease_until", "problem", "parked_at"])
        if again and job.key:
            try:
                with transaction.atomic():
                    Job.objects.filter(pk=job.pk).update(waiting_key=f"{job.name} {job.key}")
            except IntegrityError:
                pass  # another one of this key waits already

    def beat(self) -> None:
        """Prolong the leases of what runs here."""
        for job_id, tries in list(self.held.values()):
            Job.objects.filter(pk=job_id, worker=self.name, tries=tries).exclude(lease_until=None).update(
                lease_until=timezone.now() + self.lease
            )

    def take_over(self) -> int:
        """Give jobs of dead workers back to the queue, or park them when their tries are used up; return how many."""
        now = timezone.now()
        dead = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, job__lease_until__lt=now).select_related("job")
        gone = [row.pk for row in dead if is_gone(row.job.worker)]  # type: ignore[attr-defined]
        count = 0
        for job_id in gone:
            with transaction.atomic():
                locked = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id, lease_until__lt=now)
                job = locked.select_related("result").first()
                if job is not None and job.result.status == TaskResultStatus.RUNNING:
                    try:
                        kind: Kind | None = kind_of(job.result, job.name)
                    except (LookupError, ImportError):
                        kind = None
                    self._again_or_park(job.result, job, kind, Failure(f"The worker {job.worker} died"))
                    DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.READY).update(run_after=now)
                    count += 1
        return count

    def let_go(self) -> None:
        """Hand back what is still running when the worker must leave: ready again, this try not counted."""
        for job_id, tries in list(self.held.values()):
            with transaction.atomic():
                mine = Q(pk=job_id, worker=self.name, tries=tries)
                if Job.objects.filter(mine).exclude(lease_until=None).update(lease_until=None, tries=tries - 1):
                    DBTaskResult.objects.filter(pk=job_id).update(status=TaskResultStatus.READY, run_after=get_date_max())
