"""How an article goes to where workers are: for each channel of ours a variant of it, and how often each variant's link was followed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Distribution(models.Model):
    """What goes out about one article: the news itself, once; then each correction, and its withdrawal, to whoever carried it."""

    class Kind(models.TextChoices):
        NEWS = "news", pgettext_lazy("a distribution", "kabar")
        CORRECTION = "correction", pgettext_lazy("a distribution", "koreksi")
        WITHDRAWAL = "withdrawal", pgettext_lazy("a distribution", "pencabutan")

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="distributions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    about = models.CharField(max_length=40, blank=True, help_text="Which correction or withdrawal, by its moment.")
    topics: Any = models.ManyToManyField("outreach.Topic", related_name="+", verbose_name=_("topik"))
    topics_kept = models.BooleanField(
        default=False,
        help_text="The topics above are meant: an editor chose them, or it was approved. Else those that the article speaks of.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, help_text="The last time; each variant keeps its own.")
    answer = models.CharField(max_length=600, blank=True, help_text="Why it was sent back.")

    class Meta:
        verbose_name = _("penyebaran")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "about"], name="one_distribution_a_matter"),
            models.CheckConstraint(condition=Q(kind="news", about="") | ~Q(kind="news"), name="news_is_about_itself"),
        ]

    def __str__(self) -> str:
        return self.article.title

    @property
    def unit_path(self) -> str:
        return str(self.article.unit.path)


class Variant(models.Model):
    """An article as one channel carries it, with a short link of its own."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a variant", "konsep")
        WAITING = "waiting", pgettext_lazy("a variant", "menunggu persetujuan")
        APPROVED = "approved", pgettext_lazy("a variant", "disetujui, menunggu waktunya")
        SENDING = "sending", pgettext_lazy("a variant", "sedang dikirim")
        SENT = "sent", pgettext_lazy("a variant", "terkirim")
        FAILED = "failed", pgettext_lazy("a variant", "gagal")
        DOUBT = "doubt", pgettext_lazy("a variant", "tidak pasti terkirim")
        DROPPED = "dropped", pgettext_lazy("a variant", "tidak disebar lewat sini")
        WITHDRAWN = "withdrawn", pgettext_lazy("a variant", "dibatalkan: beritanya turun")

    distribution = models.ForeignKey(Distribution, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey("messaging.Channel", on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(
        default=0,
        help_text="From 1 on: to those of the channel who had not got the one before when the article was corrected.",
    )
    code = models.CharField(
        max_length=12, unique=True, editable=False, help_text="/s/<code> leads to the article from here alone."
    )
    english = models.BooleanField(default=False, help_text="Words and link are the English version's.")
    subject = models.CharField(_("judul"), max_length=300, blank=True)
    text = models.TextField(_("teks"), help_text="With a template: as it arrives, its places filled.")
    template = models.ForeignKey(
        "messaging.ChannelTemplate", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    values: Any = models.JSONField(default=list, blank=True, help_text="What fills the template's places, in their order.")
    send_at = models.DateTimeField(_("kirim pada"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    writers: Any = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", help_text="They may not approve it.")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    known: Any = models.JSONField(default=list, help_text="Corrections that the article showed when this was approved.")
    message = models.ForeignKey("messaging.Message", on_delete=models.SET_NULL, null=True, related_name="+")
    receivers = models.PositiveIntegerField(default=0, help_text="How many subscribers it was queued for; a wall has none.")
    queued_at = models.DateTimeField(null=True, help_text="When all subscribers' messages stood in the queue.")
    link = models.CharField(max_length=300, blank=True, help_text="Where everybody sees it, as the provider told.")
    sent_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(
        null=True, help_text="When a correction of its article made a draft of it, to be read again."
    )
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("varian penyebaran")
        ordering = ["distribution", "channel__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["distribution", "channel", "part"], name="one_distributed_variant_a_channel_and_part"
            )
        ]
        indexes = [
            models.Index(fields=["send_at"], condition=Q(state="approved"), name="variant_due"),
            models.Index(fields=["distribution"], condition=Q(state="waiting"), name="variant_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id} {self.channel_id}"

    @property
    def ref(self) -> str:
        """How its messages name it."""
        return f"newsroom.variant:{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.distribution.unit_path


class VariantClicks(models.Model):
    """How often a variant's link was followed on a day. A number: nobody who followed it is known."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="clicks")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "day"], name="one_click_count_a_day")]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.day} {self.count}"
