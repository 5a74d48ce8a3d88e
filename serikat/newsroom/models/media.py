"""Public pictures and documents of the site. Private files never come here: they are kept by `files`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

# An editor's search is narrowed to the units of their mandates.
OF_A_UNIT = [index.FilterField("unit"), index.RelatedFields("unit", [index.FilterField("path")])]


class Picture(AbstractImage):
    """A picture with the words it needs: alternative text (Wagtail's `description`), caption and credit."""

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    caption = models.CharField(_("keterangan"), max_length=300, blank=True)
    credit = models.CharField(_("kredit"), max_length=120, blank=True)
    source_key = models.CharField(
        max_length=255, blank=True, db_index=True, editable=False, help_text="Path in an imported archive."
    )

    search_fields = [*AbstractImage.search_fields, *OF_A_UNIT]
    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "unit",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class NewsDocument(AbstractDocument):
    """A document for the public to download."""

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    source_key = models.CharField(max_length=255, blank=True, db_index=True, editable=False)

    search_fields = [*AbstractDocument.search_fields, *OF_A_UNIT]
    admin_form_fields = ("title", "file", "unit", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
