"""What the organisation enters itself, with decree and source: it goes into the law as values."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MinimumWage(models.Model):
    """The minimum wage of a province or a regency, a month, between two days. Nothing is overwritten: a new wage begins on a new day."""

    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    from_day = models.DateField(_("berlaku sejak"))
    until_day = models.DateField(_("sampai"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("rupiah sebulan"))
    decree = models.CharField(_("keputusan"), max_length=120, help_text=_("Nomor keputusan gubernur."))
    source = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["region__code", "from_day"]
        constraints = [
            models.UniqueConstraint(fields=["region", "from_day"], name="one_wage_a_region_and_day"),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")), name="wage_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="wage_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.from_day}"


class DayOff(models.Model):
    """A national holiday or a day of collective leave (cuti bersama). A year that stands here takes the place of the year that the law ships."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("hari libur nasional")
        LEAVE = "leave", _("cuti bersama")

    on = models.DateField(_("tanggal"), unique=True)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    name_id = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=120, blank=True)
    estimated = models.BooleanField(_("masih perkiraan"), default=False, help_text=_("Hari raya yang belum ditetapkan."))
    decree = models.CharField(_("keputusan"), max_length=120, help_text=_("Nomor keputusan bersama menteri."))
    source = models.URLField(_("alamat sumber"), max_length=500, blank=True)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name_id}"
