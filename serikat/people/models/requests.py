"""Consent, and what people ask about their own data (UU 27/2022)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField
from serikat.people.models.persons import BYLINES, Person


class Purpose(models.TextChoices):
    """What a consent is for."""

    MEMBERSHIP = "membership", _("keanggotaan")
    CONTACT = "contact", _("dihubungi organisasi")
    LEGAL_AID = "legal_aid", _("bantuan hukum")
    PUBLIC_NAME = "public_name", _("nama dimuat di situs")
    PUBLIC_PICTURE = "public_picture", _("foto dimuat di situs")
    RESEARCH = "research", _("penelitian dan laporan")


class ConsentHow(models.TextChoices):
    """Consent is explicit, written or recorded (articles 20 to 22)."""

    PAPER = "paper", _("tertulis di kertas")
    RECORDED = "recorded", _("lisan, direkam")
    MESSAGE = "message", _("lewat pesan")
    FORM = "form", _("lewat formulir di situs")


class OfAPerson(models.Model):
    """What belongs to one person: it stands in their unit and speaks of them."""

    class Meta:
        abstract = True

    @property
    def subject(self) -> object:
        return self.person.subject  # type: ignore[attr-defined]

    @property
    def unit_path(self) -> str:
        path: str = self.person.unit.path  # type: ignore[attr-defined]
        return path


class Consent(OfAPerson):
    """What somebody agreed to, when and how, and when they took it back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("untuk apa"), max_length=14, choices=Purpose)
    given_on = models.DateField(_("tanggal"))
    how = models.CharField(_("bagaimana"), max_length=8, choices=ConsentHow)
    evidence = EncryptedTextField(_("bukti"), blank=True)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.person})"


class RightKind(models.TextChoices):
    COPY = "copy", _("salinan data")
    CORRECTION = "correction", _("perbaikan data")
    WITHDRAWAL = "withdrawal", _("penarikan persetujuan")
    RESTRICTION = "restriction", _("pembatasan pemrosesan")
    ERASURE = "erasure", _("penghapusan data")


class RequestState(models.TextChoices):
    OPEN = "open", _("menunggu jawaban")
    GRANTED = "granted", _("dipenuhi")
    REFUSED = "refused", _("ditolak")


class DataRequest(OfAPerson):
    """Somebody asks for a right over their data; a clock runs until it is answered."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("permintaan"), max_length=11, choices=RightKind)
    asked_at = models.DateTimeField(_("diminta pada"), default=timezone.now)
    due_at = models.DateTimeField(editable=False)
    words = EncryptedTextField(_("isi permintaan"), blank=True)
    byline = models.CharField(_("nama pada tulisan publik"), max_length=9, choices=BYLINES, blank=True)
    state = models.CharField(max_length=7, choices=RequestState, default=RequestState.OPEN)
    answer = EncryptedTextField(_("jawaban"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.person})"
