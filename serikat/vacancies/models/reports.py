"""What readers say of an advert that is not what it says, and after how many of them it leaves the public until somebody looked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField


class Report(models.Model):
    """One reader's report: private, without account. `contact` only if they gave it, encrypted, forgotten after a term."""

    class What(models.TextChoices):
        MONEY = "money", _("Saya diminta uang")
        NOTHING_THERE = "nothing", _("Pekerjaan atau perusahaannya tidak ada")
        OTHER_TERMS = "terms", _("Upah atau syaratnya lain dari iklan")
        OTHER = "other", _("Hal lain")

    advert = models.ForeignKey("vacancies.Advert", on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(_("apa yang terjadi"), max_length=7, choices=What)
    amount = models.PositiveBigIntegerField(_("berapa"), null=True)
    words = models.TextField(_("ceritanya"), max_length=2000, blank=True)
    contact = EncryptedTextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(settled_at=None), name="advert_report_open")]

    def __str__(self) -> str:
        return f"{self.advert_id} {self.what}"


class VacancyRule(models.Model):
    """One row: after how many reports an advert is hidden by itself until somebody looked; 0: never by itself."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    hide_after = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_vacancy_rule")]

    def __str__(self) -> str:
        return str(self.hide_after)
