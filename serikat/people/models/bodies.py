"""Bodies: companies, agencies, institutions. A body is no data subject; who works there is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    COMPANY = "company", _("perusahaan")
    AGENCY = "agency", _("perusahaan penempatan (P3MI/agen)")
    INSTITUTION = "institution", _("lembaga")


class Body(models.Model):
    """A company, a placement agency or an institution, by its name and registration numbers."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("dicatat oleh unit"))
    kind = models.CharField(_("jenis"), max_length=11, choices=BodyKind)
    name = models.CharField(_("nama"), max_length=160)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    other_names = models.JSONField(_("nama lain"), default=list, blank=True)
    registrations = models.JSONField(
        _("nomor pendaftaran"), default=list, blank=True, help_text="[[kind, number], …]: NIB, NPWP, SIP3MI."
    )
    place = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tempat")
    )
    country = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("negara")
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "name"])]

    def __str__(self) -> str:
        return self.name
