"""Reports: what somebody tells of what was done to them or others, by whatever way, and the code by which they come back to it."""

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


class Report(Guarded):
    """One report. It is never refused for its form: only that there is something to read is asked for."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("a report", "diterima")
        READ = "read", pgettext_lazy("a report", "sedang dibaca")
        HANDLED = "handled", pgettext_lazy("a report", "sedang ditangani")
        THEIRS = "theirs", _("menunggu keterangan Anda")
        CLOSED = "closed", pgettext_lazy("a report", "selesai")

    class Way(models.TextChoices):
        WEB = "web", _("situs")
        MESSAGE = "message", _("SMS atau chat")
        PHONE = "phone", _("telepon")
        VISIT = "visit", _("datang sendiri")
        PAPER = "paper", _("kertas")

    class Need(models.TextChoices):
        HELP = "help", _("didampingi menuntut hak")
        ADVICE = "advice", _("tahu hak saya dulu")
        NEWS = "news", _("diberitakan")
        RECORD = "record", _("dicatat saja")
        URGENT = "urgent", _("diselamatkan: ini mendesak")

    number = models.CharField(_("nomor"), max_length=20, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False, help_text="Made where it was written: sent twice, it is one report.")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    way = models.CharField(_("masuk lewat"), max_length=7, choices=Way)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.RECEIVED)
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, default=Subject.OTHER)
    need = models.CharField(_("yang dibutuhkan"), max_length=6, choices=Need, blank=True)
    story = EncryptedTextField(_("ceritanya"), blank=True)
    place = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tempat")
    )
    country = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("negara")
    )
    where = EncryptedTextField(_("di mana"), blank=True, help_text="In their own words: the factory, the street, the house.")
    against = EncryptedTextField(_("siapa pelakunya"), blank=True)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    how_many = models.PositiveIntegerField(_("berapa orang"), default=1)
    anonymous = models.BooleanField(_("tanpa nama"), default=False)
    reach = EncryptedTextField(_("cara menghubungi yang aman"), blank=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, blank=True, related_name="reports", help_text="Where answers go."
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditangani"),
    )
    told = EncryptedTextField(_("kabar untuk pelapor"), blank=True, help_text="What /kode/ says of the state, in words.")
    received_at = models.DateTimeField()
    promised_at = models.DateTimeField(_("dijawab paling lambat"), null=True)
    first_answer_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("laporan")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-received_at", "-id"], name="report_by_state"),
            models.Index(fields=["assigned_to", "state"], name="report_of"),
            models.Index(fields=["promised_at"], condition=Q(first_answer_at=None), name="report_promised"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_path(self) -> str:
        return self.unit.path


class ReportedPerson(models.Model):
    """One of the people of a group report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="people")
    name = EncryptedTextField(_("nama"))
    number = EncryptedTextField(_("nomor telepon"), blank=True)
    note = EncryptedTextField(_("catatan"), blank=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReportStep(models.Model):
    """A change of a report's state, with the desk's words for who reported: what /kode/ shows as a timeline."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=Report.State)
    words = EncryptedTextField(_("kabar untuk pelapor"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AccessCode(models.Model):
    """What opens a report's state and its two-way channel: a keyed hash of sixteen digits. The story opens with a second secret alone."""

    index = models.CharField(max_length=64, unique=True)
    secret = models.CharField(max_length=200, blank=True, help_text="A slow hash of the worker's own second secret.")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="codes")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    renewed = models.BooleanField(
        default=False, help_text="It took the place of a lost one: no secret that is set later opens the story."
    )
    secret_set_at = models.DateTimeField(
        null=True, help_text="When the second secret was chosen; with the report, it opens the story at once."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(
        _("alasan"), max_length=200, blank=True, help_text="Why it was renewed, and how the person was known."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report"], condition=Q(ended_at=None), name="one_code_a_report")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CodeRenewal(models.Model):
    """A lost code that somebody asks a new one for: how the person was known, and what a second person decided."""

    class State(models.TextChoices):
        ASKED = "asked", _("menunggu orang kedua")
        AGREED = "agreed", pgettext_lazy("a renewal", "disetujui")
        REFUSED = "refused", pgettext_lazy("a renewal", "ditolak")
        USED = "used", _("kode baru sudah dibuat")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="renewals")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    known_by = models.JSONField(default=list, help_text="Which questions they answered rightly.")
    words = EncryptedTextField(_("catatan"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(state="asked"), name="one_renewal_asked_a_report")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.report.unit.path
