"""Calls and visitors: who rang or came in, what was said, how it ended, and when they are to be called back. And the lines on which phone systems ring us."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.models.consultations import Consultation
from serikat.helpdesk.models.conversations import Conversation
from serikat.helpdesk.models.guarding import Guarded
from serikat.helpdesk.models.reports import Report
from serikat.helpdesk.models.subjects import Subject
from serikat.kernel.secrets import EncryptedTextField
from serikat.messaging.models import Address


class PhoneLine(models.Model):
    """A telephone line whose phone system tells us who rings. Of the key in its address only a keyed hash is kept."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("nama"), max_length=60)
    number = models.CharField(_("nomor untuk umum"), max_length=40, blank=True)
    key_index = models.CharField(max_length=64, unique=True, editable=False)
    key_at = models.DateTimeField(editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)
    slowed = models.PositiveIntegerField(default=0, editable=False, help_text="Rings that came too fast and were not noted.")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["ended_at", "name", "pk"]
        verbose_name = _("sambungan telepon")

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        return self.unit.path


class Call(Guarded):
    """One call or visit. Without an operator it rings; without an end somebody is on it."""

    class Way(models.TextChoices):
        PHONE = "phone", _("telepon")
        VISIT = "visit", _("datang sendiri")

    class Direction(models.TextChoices):
        IN = "in", pgettext_lazy("a call", "masuk")
        OUT = "out", pgettext_lazy("a call", "keluar")
        MISSED = "missed", _("tidak terangkat")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Sudah dijawab")
        REPORTED = "reported", _("Laporan dibuat")
        QUESTION = "question", _("Pertanyaan dijawab")
        BACK = "back", _("Dihubungi lagi nanti")
        WRONG = "wrong", _("Salah sambung")
        SILENT = "silent", _("Tidak bersuara")
        THREAT = "threat", _("Ancaman")
        ASKED = "asked", _("Konsultasi dibuat")

    key = models.UUIDField(unique=True, editable=False, help_text="Made where it was begun: sent twice, it is one call.")
    line = models.ForeignKey(PhoneLine, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    outside_id = models.CharField(
        max_length=64, blank=True, editable=False, help_text="A hash of the phone system's own id."
    )
    way = models.CharField(max_length=5, choices=Way, default=Way.PHONE)
    direction = models.CharField(max_length=6, choices=Direction, default=Direction.IN)
    address = models.ForeignKey(
        Address, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="None: the number is withheld."
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("petugas"),
    )
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, blank=True)
    notes = EncryptedTextField(_("catatan"), blank=True)
    outcome = models.CharField(_("hasilnya"), max_length=8, choices=Outcome, blank=True)
    rings = models.PositiveIntegerField(default=1, help_text="How often the same number rang before somebody answered.")
    began_at = models.DateTimeField()
    rang_at = models.DateTimeField(help_text="The last ring.")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    call_back_at = models.DateTimeField(_("dihubungi lagi"), null=True, blank=True)
    called_back_at = models.DateTimeField(null=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")
    consultation = models.ForeignKey(Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls")

    class Meta:
        verbose_name = pgettext_lazy("on the phone", "panggilan")
        indexes = [
            models.Index(fields=["-began_at", "-id"], name="call_by_time"),
            models.Index(fields=["rang_at"], condition=Q(operator=None, ended_at=None), name="call_ringing"),
            models.Index(
                fields=["call_back_at"], condition=Q(call_back_at__isnull=False, called_back_at=None), name="call_back_due"
            ),
            models.Index(fields=["address", "-began_at"], name="call_of_address"),
            models.Index(fields=["operator", "-began_at"], name="call_of_operator"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "outside_id"], condition=~Q(outside_id=""), name="one_call_an_id"),
        ]

    def __str__(self) -> str:
        """Never a name or a number: this text stands in the trail."""
        return f"Panggilan #{self.pk}" if self.way == self.Way.PHONE else f"Tamu #{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @property
    def rings_now(self) -> bool:
        return self.operator_id is None and self.ended_at is None


class Duty(models.Model):
    """Who sits at the telephone, until when."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.user_id}"
