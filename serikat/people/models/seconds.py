"""What takes a second person (merging two records, seeing behind an alias), and the list of who was forgotten."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField
from serikat.people.models.persons import BYLINES, Person
from serikat.people.models.requests import OfAPerson


class Answer(models.TextChoices):
    WAITING = "waiting", _("menunggu orang kedua")
    AGREED = "agreed", _("disetujui")
    DECLINED = "declined", _("ditolak")
    UNDONE = "undone", _("dipisahkan lagi")


class MergeProposal(models.Model):
    """Two records are said to be one person. Another person than the proposer agrees or declines."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("catatan yang dipakai"))
    merged = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("catatan yang digabungkan")
    )
    reason = EncryptedTextField(_("alasan"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=models.F("merged")), name="merge_takes_two_records"),
            models.UniqueConstraint(fields=["merged"], condition=Q(answer="waiting"), name="one_open_merge_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"

    @property
    def subject(self) -> object:
        return self.kept.subject

    @property
    def unit_path(self) -> str:
        return self.kept.unit.path


class Reveal(OfAPerson):
    """Somebody asks to see who stands behind an alias; another person agrees; it lasts some hours."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reveals")
    reason = EncryptedTextField(_("alasan"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "asked_by", "until"])]

    def __str__(self) -> str:
        return f"Buka nama samaran ({self.person})"


class Forgotten(models.Model):
    """A subject who was forgotten. The same list stands in a file beside the keys, so that a restored backup can be told.

    `needles` holds, encrypted, what the cleaning still has to wipe; it is emptied when the cleaning is done."""

    subject = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    byline = models.CharField(max_length=9, choices=BYLINES)
    needles = EncryptedTextField(blank=True)
    cleaned_at = models.DateTimeField(null=True, blank=True)
    leftovers = models.JSONField(
        default=list, blank=True, help_text="Places where the last cleaning still found something; never what."
    )

    class Meta:
        verbose_name = _("orang yang dilupakan")

    def __str__(self) -> str:
        return f"{self.subject}"
