"""The safety check: the four things that may endanger somebody when they show, and what a second person answered about each before a yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Aspect(models.TextChoices):
    """What is asked of everything that goes live: of a worker's post by a moderator, of an article or a clip by who approves it."""

    FACE = "face", _("wajah orang")
    NAME = "name", _("nama orang")
    WORKPLACE = "workplace", _("tempat kerja")
    CASE = "case", _("perkara yang masih berjalan")


class SafetyCheck(models.Model):
    """What somebody answered before they approved a revision or published a clip. It goes with the approval that it belongs to."""

    approval = models.OneToOneField("newsroom.Approval", on_delete=models.CASCADE, null=True, related_name="safety")
    clip = models.ForeignKey("newsroom.Clip", on_delete=models.CASCADE, null=True, related_name="safety")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was looked at.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reasons = models.JSONField(
        default=dict, help_text="For each aspect why it may show; empty where it does not show. Only the desk reads it."
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approval=None, clip__isnull=False) | Q(approval__isnull=False, clip=None),
                name="check_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.approval_id or self.clip_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each aspect with why it may show, or nothing."""
        return [(str(aspect.label), self.reasons.get(aspect.value, "")) for aspect in Aspect]
