"""The trail's tables. Append-only: the ORM refuses to change or delete an entry or a seal; values go only by forgetting.

An `Entry` holds references and hashes, never a name. Its words (who, what, before, after, why) stand in `Value` rows, each with a salt
of its own and the opaque id of the person it speaks of; the entry keeps the salted hash of each. Deleting the values of one person
leaves every hash, and so the chain, whole. `Seal` numbers the entries and chains them after commit, so that writers do not queue up.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q


class TrailIsAppendOnly(TypeError):
    """Somebody tried to change what the trail holds."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise TrailIsAppendOnly("The trail is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("The trail is never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TrailIsAppendOnly("The trail is never changed.")


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TrailIsAppendOnly("The trail is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("The trail is never deleted.")


class Entry(AppendOnly):
    """One thing done: by whom, under which mandate, to what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    actor_ref = models.CharField(max_length=60)
    mandate_ref = models.CharField(max_length=60, blank=True)
    subject_ref = models.CharField(max_length=80, blank=True)
    unit_path = models.CharField(max_length=255, blank=True)
    group = models.UUIDField(help_text="Entries of one call, nested ones too, share it.")
    count = models.PositiveIntegerField(default=1, help_text="How many things a bulk action touched.")
    hashes = models.JSONField(default=list, help_text="Salted SHA-256 of each value, in the order of their position.")
    mac = models.CharField(max_length=64, help_text="HMAC-SHA-256 of this row under the trail key.")

    class Meta:
        indexes = [
            models.Index(fields=["subject_ref", "at"]),
            models.Index(fields=["actor_ref", "at"]),
            models.Index(fields=["at"]),
            models.Index(fields=["group"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class Value(models.Model):
    """A text of an entry. Removed only when the person it speaks of is forgotten."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="values")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, help_text="actor, mandate, subject, reason, or before.<field> and after.<field>")
    subject = models.UUIDField(null=True, db_index=True, help_text="The data subject it speaks of.")
    salt = models.CharField(max_length=32)
    value = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="one_value_a_position")]

    def __str__(self) -> str:
        return f"{self.name} of {self.entry_id}"


class Seal(AppendOnly):
    """An entry's number in the trail and its link to the one before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    chain = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="seals_count_from_one")]

    def __str__(self) -> str:
        return f"{self.number}"
