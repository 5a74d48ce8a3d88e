"""Regions of Indonesia by official code, countries, and the stamp of what was loaded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.places.rules import Zone, spoken_line, zone_of_code


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
    folded = models.CharField(
        max_length=120, help_text="The name in small letters a to z without spaces: compares alike in every database."
    )
    line = models.CharField(max_length=255, help_text="All words of the name and of what it lies in, each after a space.")

    class Meta:
        indexes = [models.Index(fields=["level", "folded"], name="region_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def full(self) -> str:
        """The region and what it lies in. Load with `select_related("parent__parent__parent")`."""
        names: list[str] = []
        here: Region | None = self
        while here is not None:
            names.append(here.name)
            here = here.parent
        return spoken_line(names)

    @property
    def zone(self) -> Zone:
        return zone_of_code(self.code)


class NamePart(models.Model):
    """The end of a name from its second or a later word on: by "airbangis" one finds Nagari Air Bangis."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="parts")
    folded = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "region"], name="one_row_a_name_part")]

    def __str__(self) -> str:
        return f"{self.folded} {self.region_id}"


class Country(models.Model):
    """A country by its ISO 3166-1 alpha-2 code, with its Indonesian and English name."""

    code = models.CharField(max_length=2, primary_key=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["name_id"], name="country_by_name")]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Loaded(models.Model):
    """Which edition of the reference data stands in the tables, so that it is not loaded twice."""

    name = models.CharField(max_length=20, primary_key=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
