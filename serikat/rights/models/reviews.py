"""A lawyer's look at one value or one article of the law: who, when, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """What was found about `subject`: an article (`PP35/2021:40(2)`) or a value (`severance.pay_months@2021-02-02`). `digest` tells whether the
    rule is still the one that was looked at: a review of a rule that has changed since counts no more."""

    class Verdict(models.TextChoices):
        RIGHT = "right", _("sesuai sumber resmi")
        DOUBTFUL = "doubtful", _("meragukan")

    subject = models.CharField(_("aturan"), max_length=160, db_index=True)
    digest = models.CharField(max_length=16, editable=False)
    verdict = models.CharField(_("hasil"), max_length=8, choices=Verdict)
    note = models.CharField(
        _("catatan"), max_length=500, blank=True, help_text=_("Misalnya: dibandingkan dengan Lembaran Negara.")
    )
    source = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.verdict}"
