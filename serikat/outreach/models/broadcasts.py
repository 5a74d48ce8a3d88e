"""Broadcasts: one word to many, said for each channel in its own way, seen by a second person before it goes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.secrets import EncryptedTextField
from serikat.messaging.models import Channel, ChannelTemplate, SharedText
from serikat.outreach.models.audiences import Audience


class Stage(models.TextChoices):
    """QUEUEING: a job puts the messages into the queue; SENDING: all are there."""

    DRAFT = "draft", _("draf")
    WAITING = "waiting", _("menunggu orang kedua")
    APPROVED = "approved", pgettext_lazy("a broadcast", "disetujui, menunggu waktunya")
    QUEUEING = "queueing", _("disiapkan")
    SENDING = "sending", _("sedang dikirim")
    PAUSED = "paused", _("dijeda")
    STOPPED = "stopped", pgettext_lazy("a broadcast", "dihentikan")
    DONE = "done", pgettext_lazy("a broadcast", "selesai")


class Broadcast(models.Model):
    """What is to be told, to whom and when. A yes counts for exactly what was seen (`approved_digest`): any change makes it void."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("judul, untuk meja kerja"), max_length=120)
    audiences = models.ManyToManyField(Audience, related_name="+", verbose_name=_("khalayak"))
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.DRAFT)
    send_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True)
    any_hour = models.BooleanField(_("juga malam hari"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    writers: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", help_text="All since the last approval: they may not approve it."
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text="Why a second person gave it back.")
    counts = models.JSONField(null=True, help_text="Receivers by channel and who is left out, as last counted.")
    counted_at = models.DateTimeField(null=True)
    all_queued = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("siaran")
        indexes = [models.Index(fields=["stage", "send_at"], name="broadcast_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")), name="broadcast_takes_two_people"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """How its messages name it."""
        return f"outreach.broadcast:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.stage in (Stage.DRAFT, Stage.WAITING, Stage.APPROVED)


class Variant(models.Model):
    """What a broadcast says on one channel. Of two that reach the same person, the one that stands first is used."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("subjek"), max_length=200, blank=True)
    text = EncryptedTextField(_("isi"), blank=True)
    template = models.ForeignKey(ChannelTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    values = models.JSONField(default=list, blank=True)
    shared = models.ForeignKey(SharedText, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["broadcast", "channel"], name="one_variant_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel}"
