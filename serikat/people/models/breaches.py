"""The register of breaches: when personal data got out, was lost or was changed without right (article 46 of UU 27/2022)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.people.models.persons import Person


class Breach(models.Model):
    """One breach. The 3 x 24 hours run from when it was known until both the persons and the authority were told."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    what = models.TextField(_("apa yang terjadi"), max_length=4000)
    data_kinds = models.TextField(_("data apa saja"), max_length=2000)
    happened_at = models.DateTimeField(_("terjadi pada"), null=True, blank=True)
    known_at = models.DateTimeField(_("diketahui pada"))
    due_at = models.DateTimeField(editable=False)
    measures = models.TextField(_("penanganan dan pemulihan"), max_length=4000, blank=True)
    others_count = models.PositiveIntegerField(_("perkiraan jumlah orang lain yang datanya terkena"), default=0)
    persons_told_at = models.DateTimeField(_("orang yang terkena diberi tahu pada"), null=True, blank=True)
    authority_told_at = models.DateTimeField(_("lembaga diberi tahu pada"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_at=None) | Q(happened_at__lte=F("known_at")), name="known_after_it_happened"
            )
        ]

    def __str__(self) -> str:
        return f"Kebocoran {self.number}"

    @property
    def number(self) -> str:
        return f"{self.pk:03d}/{self.known_at:%Y}" if self.pk else ""

    @property
    def is_told(self) -> bool:
        return self.persons_told_at is not None and self.authority_told_at is not None


class BreachedPerson(models.Model):
    """Whose data it was."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="concerned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "person"], name="once_in_a_breach")]

    def __str__(self) -> str:
        return f"{self.person} ({self.breach})"
