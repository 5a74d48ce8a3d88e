"""The one door for work that is done later: jobs by name, in the transaction of the data; a schedule; leases for work on many receivers.

In a room's `tasks.py`, thin: load by id, one service call.

    @every(seconds=20)
    @job("newsroom.publish_due")
    def publish_due() -> None: ...

A service calls `enqueue("newsroom.render_article", key=f"article:{pk}", article_id=pk)` inside its transaction: no commit, no job. A job runs
at least once (a worker that dies in the middle is replaced), so its service must bear being called twice; `atomic=True` puts the work and
the note that it is done into one transaction, for short work. A job that fails is tried again after a growing pause; after the last try it is
parked: `parked_jobs()` is what a person looks at, `retry_job()` and `drop_job()` what they can do.

Underneath stand django-tasks and its database backend; jobs that libraries put there (Wagtail does) are run by the same worker.
"""

from __future__ import annotations

import inspect
import json
import random
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from serikat.kernel.models import Job, Leasable, Mark

F = TypeVar("F", bound=Callable[..., None])
L = TypeVar("L", bound=Leasable)

# The lanes of a worker: slow work never holds up quick work, and a provider that does not answer holds up neither.
QUICK, SLOW, OUTSIDE = "default", "slow", "outside"
LANES = (QUICK, SLOW, OUTSIDE)
FOREIGN_RETRIES = 3
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a name: the function, how often it is tried, in which lane."""

    name: str
    run: Callable[..., None]
    retries: int
    pause: float
    lane: str
    atomic: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a scheduled job is due: each so many seconds, or each day at a time of the organisation's zone."""

    seconds: float = 0  # 0: daily
    at: time = time(0)

    def after(self, moment: datetime) -> datetime:
        """The next time it is due, strictly after `moment`."""
        if self.seconds:
            return moment + timedelta(seconds=self.seconds)
        zone = timezone.get_default_timezone()
        day = moment.astimezone(zone).date()
        due = datetime.combine(day, self.at, zone)
        return due if due > moment else datetime.combine(day + timedelta(days=1), self.at, zone)


_kinds: dict[str, Kind] = {}
_schedule: dict[str, Rhythm] = {}


def job(
    name: str, *, retries: int = 5, pause: float = 10, slow: bool = False, outside: bool = False, atomic: bool = False
) -> Callable[[F], F]:
    """Register a job by name ("room.verb_noun"). `retries`: further tries after the first; `pause`: seconds before the first of them, doubled
    each time. `slow`: minutes rather than seconds. `outside`: it waits for somebody else's server. `atomic`: the work commits together with the note that it is done."""

    def register(run: F) -> F:
        if name in _kinds:
            raise ValueError(f"The job {name} is registered twice.")
        _kinds[name] = Kind(name, run, retries, pause, OUTSIDE if outside else SLOW if slow else QUICK, atomic)
        run.job_name = name  # type: ignore[attr-defined]
        return run

    return register


def every(*, seconds: float) -> Callable[[F], F]:
    """Enqueue the job below this line each so many seconds. A job that still waits is not doubled."""
    return _scheduled(Rhythm(seconds=seconds))


def daily(*, at: str) -> Callable[[F], F]:
    """Enqueue the job below this line each day at "HH:MM", in the organisation's zone; once after a pause that missed it."""
    return _scheduled(Rhythm(at=time.fromisoformat(at)))


def _scheduled(rhythm: Rhythm) -> Callable[[F], F]:
    def register(run: F) -> F:
        _schedule[run.job_name] = rhythm  # type: ignore[attr-defined]
        return run

    return register


def kinds() -> dict[str, Kind]:
    return dict(sorted(_kinds.items()))


def schedule() -> dict[str, Rhythm]:
    return dict(sorted(_schedule.items()))


def kind_named(name: str) -> Kind:
    if name not in _kinds:
        raise LookupError(f"No job is called {name}.")
    return _kinds[name]


@task()
def run_job(name: str, values: dict[str, Any]) -> None:
    """The one task that the library knows of ours. Retries, leases and parking are the worker's."""
    kind_named(name).run(**values)


def enqueue(name: str, *, key: str | None = None, run_after: datetime | None = None, **values: Any) -> uuid.UUID:
    """Put a job into the queue, in the transaction that is open; return its id. Values are plain (what JSON holds): ids, never objects.

    With a `key`, a job of that name and key that still waits is not doubled: its id is returned, and it does not start before the open
    transaction ends, so it sees what this transaction wrote.
    """
    kind = kind_named(name)
    inspect.signature(kind.run).bind(**values)  # a slip in the values fails here, in the service, not later in the worker
    if json.loads(json.dumps(values)) != values:
        raise TypeError(f"The values for {name} are not plain: {values!r}")
    with transaction.atomic():
        if key is None:
            return _insert(kind, "", None, run_after, values)
        waiting_key = f"{name} {key}"
        for _ in range(20):
            waiting = (
                DBTaskResult.objects.select_for_update(of=("self",))
                .select_related("job")
                .filter(job__waiting_key=waiting_key, status=TaskResultStatus.READY)
                .first()
            )
            if waiting is not None:
                wanted = run_after or timezone.now()
                if waiting.job.tries == 0 and wanted < waiting.run_after < get_date_max():  # a failed one keeps its pause
                    waiting.run_after = wanted
                    waiting.save(update_fields=["run_after"])
                return uuid.UUID(str(waiting.pk))
            try:
                with transaction.atomic():
                    return _insert(kind, key, waiting_key, run_after, values)
            except IntegrityError:
                continue  # somebody else enqueued it meanwhile, and perhaps it has already started: look again
        raise RuntimeError(f"The job {waiting_key} could not be enqueued.")


def _insert(kind: Kind, key: str, waiting_key: str | None, run_after: datetime | None, values: dict[str, Any]) -> uuid.UUID:
    lane = run_job.using(queue_name=kind.lane, run_after=run_after)
    result_id = uuid.UUID(str(lane.enqueue(kind.name, values).id))
    Job.objects.create(result_id=result_id, name=kind.name, key=key, waiting_key=waiting_key)
    return result_id


def pause_before(kind_pause: float, tries: int) -> timedelta:
    """How long to wait after so many failed tries: doubled each time, at most an hour, and spread so that jobs do not return together."""
    seconds = min(LONGEST_PAUSE.total_seconds(), kind_pause * 2 ** (tries - 1))
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 a spread, not a secret


@dataclass(frozen=True, slots=True)
class Parked:
    """A job that failed for the last time, as a person sees it."""

    id: uuid.UUID
    name: str
    key: str
    tries: int
    problem: str
    parked_at: datetime
    traceback: str


def parked_jobs(limit: int = 100) -> list[Parked]:
    """Jobs that nobody tries any more, latest first."""
    found = Job.objects.exclude(parked_at=None).select_related("result").order_by("-parked_at")[:limit]
    return [
        Parked(j.result_id, j.name, j.key, j.tries, j.problem, j.parked_at, j.result.traceback)
        for j in found
        if j.parked_at is not None
    ]


def count_parked() -> int:
    return Job.objects.exclude(parked_at=None).count()


def retry_job(job_id: uuid.UUID) -> bool:
    """Give a parked job its tries anew; False when it is not parked (any more)."""
    with transaction.atomic():
        changed = Job.objects.filter(pk=job_id).exclude(parked_at=None).update(parked_at=None, tries=0)
        if changed:
            DBTaskResult.objects.filter(pk=job_id).update(
                status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None
            )
    return bool(changed)


def drop_job(job_id: uuid.UUID) -> bool:
    """Remove a parked job for good; False when it is not parked (any more)."""
    deleted, _ = DBTaskResult.objects.filter(pk=job_id, job__parked_at__isnull=False).delete()
    return bool(deleted)


def prune_jobs(*, days: int = 1) -> int:
    """Remove jobs that ended well so many days ago, and marks of schedules that no longer exist. Parked jobs stay until a person decides."""
    before = timezone.now() - timedelta(days=days)
    old = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before).order_by()
    count = old.count()
    old.delete()
    Mark.objects.exclude(name__in=list(_schedule)).delete()
    return count


def lease_batch(rows: models.QuerySet[L], *, size: int, seconds: float) -> list[L]:
    """Take up to `size` rows that nobody holds, for so many seconds, each counted as one try. Two workers never hold the same row; rows of a
    dead worker are free again when the lease ends. Finish each with `give_back`, or by changing what `rows` filters on."""
    now = timezone.now()
    lease = uuid.uuid4()
    with transaction.atomic():
        free = rows.filter(models.Q(lease_until=None) | models.Q(lease_until__lt=now)).select_for_update(
            skip_locked=True, of=("self",)
        )
        ids = list(free.order_by("pk").values_list("pk", flat=True)[:size])
        rows.model._base_manager.filter(pk__in=ids).update(
            lease=lease, lease_until=now + timedelta(seconds=seconds), tries=models.F("tries") + 1
        )
    return list(rows.model._base_manager.filter(pk__in=ids, lease=lease).order_by("pk"))  # by key: no index knows leases


def give_back(held: Iterable[Leasable], *, after: timedelta | None = None) -> None:
    """End the lease of rows, at once or after a pause before the next try. A row that another worker took meanwhile is left to it."""
    until = timezone.now() + after if after else None
    for row in held:
        type(row)._base_manager.filter(pk=row.pk, lease=row.lease).update(lease=None, lease_until=until)
