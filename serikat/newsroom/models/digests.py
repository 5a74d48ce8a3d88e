"""The weekly digest of what was published, for who would rather have one mail a week than one for each article."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Digest(models.Model):
    """One week's turn: what went live after the turn before. Each receiver's mail is put together of what they asked for; nothing of that is kept."""

    after = models.DateTimeField()
    until = models.DateTimeField(unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    carried: Any = models.JSONField(
        default=dict,
        help_text="Articles it told of, each with the corrections that its receivers know of, by their moments.",
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-until"]
        constraints = [models.CheckConstraint(condition=Q(after__lt=F("until")), name="digest_covers_a_time")]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"

    @property
    def ref(self) -> str:
        """How its messages name it."""
        return f"newsroom.digest:{self.pk}"
