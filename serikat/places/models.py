"""Regions of Indonesia by official code, and countries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    PROVINCE = 1, _("provinsi")
    REGENCY = 2, _("kabupaten/kota")
    DISTRICT = 3, _("kecamatan")
    VILLAGE = 4, _("desa/kelurahan")


class Region(models.Model):
    """A province, regency or city, district, or village. The code is the ministry's: "32", "32.16", "32.16.08", "32.16.08.2003"."""

    code = models.CharField(max_length=13, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField(choices=Level)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, help_text="The name in lower case without marks, for finding while typing.")

    class Meta:
        indexes = [models.Index(fields=["folded", "level"])]

    def __str__(self) -> str:
        return self.name


class Country(models.Model):
    """A country by its ISO 3166-1 alpha-2 code, with its Indonesian and English name."""

    code = models.CharField(max_length=2, primary_key=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name_id
