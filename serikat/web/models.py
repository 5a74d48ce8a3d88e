"""The organisation's face: its name, line, mark and languages. One row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Identity(models.Model):
    """Exactly one row, written when the organisation is founded."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("nama organisasi"), max_length=80)
    tagline = models.CharField(_("satu kalimat tentangnya"), max_length=120, blank=True)
    imprint = models.CharField(_("keterangan penerbit"), max_length=200, blank=True)
    hours = models.CharField(_("jam layanan"), max_length=200, blank=True)
    tagline_en = models.CharField(_("satu kalimat tentangnya, dalam bahasa Inggris"), max_length=120, blank=True)
    imprint_en = models.CharField(_("keterangan penerbit, dalam bahasa Inggris"), max_length=200, blank=True)
    hours_en = models.CharField(_("jam layanan, dalam bahasa Inggris"), max_length=200, blank=True)
    mark = models.ImageField(_("lambang"), upload_to="mark/", blank=True)
    english = models.BooleanField(_("situs juga dalam bahasa Inggris"), default=True)
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_identity")]

    def __str__(self) -> str:
        return self.name
