"""Consultations: somebody asks what the law gives them, one of us answers by a promised time, with the articles that the answer rests on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.models.conversations import Conversation
from serikat.helpdesk.models.guarding import Guarded
from serikat.helpdesk.models.subjects import Subject
from serikat.kernel.secrets import EncryptedTextField


class Consultation(Guarded):
    """One question and its answer. It leaves by the conversation it came from; otherwise by the asker's code, by phone, or face to face."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a consultation", "menunggu")
        TAKEN = "taken", pgettext_lazy("a consultation", "sedang dijawab")
        ANSWERED = "answered", pgettext_lazy("a consultation", "sudah dijawab")
        CLOSED = "closed", pgettext_lazy("a consultation", "ditutup")

    class Way(models.TextChoices):
        """How they want the answer: the office is open longer for messages."""

        MESSAGE = "message", _("lewat pesan")
        FACE = "face", _("tatap muka")

    class Came(models.TextChoices):
        MESSAGE = "message", _("pesan")
        WEB = "web", _("situs")
        PHONE = "phone", _("telepon")
        VISIT = "visit", _("datang sendiri")

    class Told(models.TextChoices):
        """How the answer reached them."""

        CONVERSATION = "message", _("lewat percakapannya")
        CODE = "code", _("di halaman kode aksesnya")
        PHONE = "phone", _("dibacakan lewat telepon")
        FACE = "face", _("disampaikan langsung")

    class Opinion(models.TextChoices):
        GOOD = "good", _("membantu")
        BAD = "bad", _("tidak membantu")

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    key = models.UUIDField(unique=True, editable=False, help_text="Made where it was written: sent twice, it is one.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, default=Subject.OTHER)
    came = models.CharField(_("masuk lewat"), max_length=7, choices=Came)
    way = models.CharField(_("cara menjawab"), max_length=7, choices=Way, default=Way.MESSAGE)
    question = EncryptedTextField(_("pertanyaan"), blank=True)
    reach = EncryptedTextField(_("nomor telepon atau surel"), blank=True)
    call_back = models.BooleanField(
        _("boleh ditelepon lagi"), default=False, help_text="On the number of their call, which is copied nowhere."
    )
    index = models.CharField(max_length=64, blank=True, editable=False, help_text="A keyed hash of the asker's code.")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    appointment = models.DateTimeField(_("janji bertemu"), null=True, blank=True)
    asked_at = models.DateTimeField()
    promised_at = models.DateTimeField(_("dijawab paling lambat"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dijawab"),
    )
    answer = EncryptedTextField(_("jawaban"), blank=True)
    cites = models.JSONField(_("pasal"), default=list, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    told = models.CharField(_("disampaikan"), max_length=7, choices=Told, blank=True)
    opinion_key = models.CharField(max_length=40, unique=True, editable=False)
    opinion = models.CharField(_("pendapat penanya"), max_length=4, choices=Opinion, blank=True)
    opinion_word = EncryptedTextField(_("kata penanya"), blank=True)
    closed_at = models.DateTimeField(null=True)
    closing_word = EncryptedTextField(_("bagaimana akhirnya"), blank=True)

    class Meta:
        verbose_name = _("konsultasi")
        constraints = [
            models.UniqueConstraint(fields=["index"], condition=~Q(index=""), name="one_consultation_a_code"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=models.F("asked_at")), name="answered_after_it_was_asked"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "promised_at", "id"], name="consultation_queue"),
            models.Index(fields=["state", "topic", "promised_at"], name="consultation_by_topic"),
            models.Index(fields=["taken_by", "state", "promised_at"], name="consultation_of"),
            models.Index(fields=["answered_by", "topic", "-answered_at"], name="consultation_answered_by"),
            models.Index(fields=["state", "-answered_at", "-id"], name="consultation_answered"),
        ]

    def __str__(self) -> str:
        """Never a name: this text stands in the trail."""
        return f"Konsultasi #{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @property
    def who(self) -> str:
        """The name that may show, "" when none is known."""
        if self.shows_alias:
            return self.alias
        if self.person_id and self.person:
            return self.person.shown_as
        return self.called


class Skill(models.Model):
    """A topic that an account answers well; its questions come first in that account's queue."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=10, choices=Subject)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_skill_once")]

    def __str__(self) -> str:
        return str(self.get_topic_display())
