"""Public answers: a consultation that others can read, with everything that leads to somebody taken out by one person and looked at by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.models.consultations import Consultation
from serikat.helpdesk.models.subjects import Subject
from serikat.kernel.secrets import EncryptedTextField


class PublicAnswer(models.Model):
    """The texts as they came (`source_…`) stand sealed until it is published and are emptied then. What shows (`question`, `answer`) is written from
    them and from what was decided of each mark, never typed."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a public answer", "disiapkan")
        REVIEW = "review", pgettext_lazy("a public answer", "menunggu diperiksa")
        PUBLISHED = "published", pgettext_lazy("a public answer", "tayang")
        WITHDRAWN = "withdrawn", pgettext_lazy("a public answer", "ditarik")

    class Who(models.TextChoices):
        ASKER = "asker", _("penanya sendiri")
        FAMILY = "family", _("keluarganya")
        OTHER = "other", _("wakilnya")

    code = models.SlugField(max_length=12, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="public_answers"
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, default=Subject.OTHER)
    title = models.CharField(_("judul"), max_length=140, blank=True)
    title_en = models.CharField(_("judul dalam bahasa Inggris"), max_length=140, blank=True)
    source_question = EncryptedTextField(_("pertanyaan"), blank=True)
    source_answer = EncryptedTextField(_("jawaban"), blank=True)
    marks = EncryptedTextField(default="[]", help_text="JSON: each mark, and what was decided of it.")
    question = EncryptedTextField(blank=True)
    answer = EncryptedTextField(blank=True)
    cites = models.JSONField(_("pasal"), default=list, blank=True)
    consent_by = models.CharField(_("yang mengizinkan"), max_length=6, choices=Who)
    consent_on = models.DateField(_("tanggal izin"))
    consent_words = EncryptedTextField(_("kata-kata izinnya"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    returned_because = models.CharField(_("alasan dikembalikan"), max_length=600, blank=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(_("alasan ditarik"), max_length=600, blank=True)
    by_guard = models.BooleanField(default=False, help_text="Withdrawn because the asker is guarded.")

    class Meta:
        verbose_name = _("jawaban publik")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review"]) | Q(published_at__isnull=False),
                name="public_answer_was_published",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | Q(made_by=None) | ~Q(reviewed_by=models.F("made_by")),
                name="public_answer_seen_by_two",
            ),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(by_guard=False), name="one_public_answer_a_consultation"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="public_answer_by_state"),
            models.Index(fields=["state", "topic", "-published_at", "-id"], name="public_answer_by_topic"),
        ]

    def __str__(self) -> str:
        return f"Jawaban publik {self.code}"

    @property
    def unit_path(self) -> str:
        return self.unit.path
