"""The tables of the machinery: what a job needs beside the library's row, marks of the schedule, progress, counters; rows under lease."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """What our door knows of a job beside the library's row: its name, its tries, who is at it and until when, why it was parked."""

    result = models.OneToOneField(
        "django_tasks_database.DBTaskResult", on_delete=models.CASCADE, primary_key=True, related_name="job"
    )
    name = models.CharField(max_length=120, db_index=True)
    key = models.CharField(max_length=200, blank=True)
    waiting_key = models.CharField(  # noqa: DJ001 no value is not the empty key: only keys are unique
        max_length=200, null=True, unique=True, help_text="The key while the job waits: no second one may wait beside it."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True, help_text="host:process:start of the process")
    lease_until = models.DateTimeField(null=True, db_index=True)
    parked_at = models.DateTimeField(null=True, db_index=True)
    problem = models.CharField(max_length=300, blank=True, help_text="The last error, in one line.")

    def __str__(self) -> str:
        return f"{self.name} {self.key}".strip()


class Mark(models.Model):
    """When a scheduled job is due next. Whoever moves the mark enqueues the job, so that two clocks never run one twice."""

    name = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M:%S}"


class Progress(models.Model):
    """How far a long piece of work has come, for whoever looks."""

    key = models.CharField(max_length=200, unique=True)
    what = models.CharField(_("pekerjaan"), max_length=200)
    done = models.PositiveIntegerField(_("selesai"), default=0)
    total = models.PositiveIntegerField(_("seluruhnya"), null=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    failed = models.BooleanField(_("gagal"), default=False)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-moved_at"])]

    def __str__(self) -> str:
        return f"{self.what}: {self.done}/{self.total or '?'}"

    @property
    def percent(self) -> int | None:
        """Whole per cent; None while nobody knows how much there is."""
        return None if self.total is None else 100 if self.total == 0 else min(100, self.done * 100 // self.total)


class Counter(models.Model):
    """The last number given in a series without gaps."""

    name = models.CharField(max_length=120, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Tries(models.Model):
    """How often something was tried that may be tried a few times alone: by a name that tells nobody whose it is, and until when that is remembered."""

    name = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"


class Leasable(models.Model):
    """A row of work on one of many receivers: taken in batches by `kernel.jobs.lease_batch`, taken again when its worker died."""

    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
