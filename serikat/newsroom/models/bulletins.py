"""Wall bulletins: articles put on paper for those who are not online."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Bulletin(models.Model):
    """A numbered sheet of articles. It holds what goes on it, in order; the paper is drawn from that, and drawn anew when somebody on it was forgotten
    or an article was taken down."""

    class Paper(models.TextChoices):
        A4 = "a4", _("A4, dibagikan atau ditempel")
        A3 = "a3", _("A3, ditempel di dinding")

    class Pictures(models.TextChoices):
        NONE = "none", _("tanpa gambar")
        FIRST = "first", _("pada berita utama")
        ALL = "all", _("pada setiap berita")

    number = models.PositiveIntegerField(_("nomor"), unique=True, editable=False)
    title = models.CharField(_("nama buletin"), max_length=60)
    motto = models.CharField(_("semboyan"), max_length=120, blank=True)
    day = models.DateField(_("tanggal"))
    paper = models.CharField(_("kertas"), max_length=2, choices=Paper, default=Paper.A4)
    columns = models.PositiveSmallIntegerField(_("kolom"), default=2)
    pictures = models.CharField(_("gambar"), max_length=5, choices=Pictures, default=Pictures.FIRST)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    pdf = models.BinaryField(null=True, editable=False)
    recalled = models.PositiveIntegerField(default=0, editable=False, help_text="How often its sheet was called back.")

    class Meta:
        ordering = ["-number"]
        verbose_name = _("buletin dinding")
        constraints = [models.CheckConstraint(condition=models.Q(columns__in=[1, 2, 3]), name="bulletin_of_few_columns")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class BulletinStory(models.Model):
    """An article on a bulletin, at its place; gone with the article."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="stories")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "page"], name="once_on_a_bulletin")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.position}"
