"""Who approved what may go live: a second person's yes to one revision, or one recorded yes to an imported batch; and what waits for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from serikat.newsroom.rules.requests import ANSWER_DAYS, COMPLAINT_HOURS, KEPT_MONTHS


class Approval(models.Model):
    """A yes to exactly this revision. A batch (an import from the command line) carries the name of who approved it instead of a user."""

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="approval")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content that was approved.")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(by=None) | ~Q(batch=""), name="somebody_approved")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.by or self.batch}"


class Submission(models.Model):
    """A revision that waits for a second person. Answered by an approval, or sent back with a note."""

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="submission")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(max_length=600, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=600, blank=True)

    def __str__(self) -> str:
        return f"{self.revision_id} {self.at:%Y-%m-%d %H:%M}"


class EditingRule(models.Model):
    """The organisation's rules, one row: whether a second person must approve what goes live (no row means yes), and after how many shown posts a
    worker's next one shows at once (0: each is looked at); within what time a request is answered, and how long it is kept once it is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    approval_required = models.BooleanField(default=True)
    posts_trusted_after = models.PositiveSmallIntegerField(default=0)
    complaint_hours = models.PositiveSmallIntegerField(default=COMPLAINT_HOURS)
    answer_days = models.PositiveSmallIntegerField(default=ANSWER_DAYS)
    requests_kept_months = models.PositiveSmallIntegerField(default=KEPT_MONTHS)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_editing_rule")]

    def __str__(self) -> str:
        return "a second person approves" if self.approval_required else "no approval needed"
