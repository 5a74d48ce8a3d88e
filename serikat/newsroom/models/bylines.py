"""Rubrics, what they and tags are called in English, and the names under which articles appear."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    """A standing part of the paper ("Upah", "PHK"). The public address is /rubrik/<slug>/."""

    name = models.CharField(_("nama"), max_length=60, unique=True)
    slug = models.SlugField(_("alamat"), max_length=60, unique=True)
    about = models.CharField(_("tentang"), max_length=240, blank=True)
    name_en = models.CharField(
        _("nama dalam bahasa Inggris"), max_length=60, blank=True, help_text=_("Kosong: nama Indonesianya yang tampil.")
    )
    about_en = models.CharField(_("tentang, dalam bahasa Inggris"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=100)
    in_strip = models.BooleanField(_("tampil di kepala halaman"), default=False)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("rubrik")

    def __str__(self) -> str:
        return self.name


class EnglishTag(models.Model):
    """What a tag is called on English pages. Its address stays."""

    tag = models.OneToOneField("taggit.Tag", on_delete=models.CASCADE, primary_key=True, related_name="in_english")
    name = models.CharField(_("nama dalam bahasa Inggris"), max_length=60)

    def __str__(self) -> str:
        return self.name


class Byline(models.Model):
    """A name under which somebody writes. It need not be the legal one; who stands behind it is known by the opaque `subject` alone."""

    name = models.CharField(_("nama"), max_length=120)
    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    about = models.TextField(_("tentang"), max_length=600, blank=True)
    subject = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    external_key = models.CharField(
        max_length=120, blank=True, db_index=True, editable=False, help_text="Name in an imported archive."
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("penulis")

    def __str__(self) -> str:
        return self.name
