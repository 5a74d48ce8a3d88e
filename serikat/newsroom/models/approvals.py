"""Who approved what may go live: a second person's yes to one revision, or one recorded yes to an imported batch."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Approval(models.Model):
    """A yes to exactly this revision. A batch (an import from the command line) carries the name of who approved it instead of a user."""

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="approval")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(by=None) | ~Q(batch=""), name="somebody_approved")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.by or self.batch}"
