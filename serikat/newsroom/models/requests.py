"""What readers and the harmed ask of the newsroom about a page of its own: reply, correction, complaint, withdrawal; and what came of it in public.

UU 40/1999 on the press: art. 1(11) right of reply (hak jawab), 1(12) right of correction (hak koreksi, anybody's), 1(13) and 5(2), 5(3) the press
serves both, 18(2) a fine of up to Rp500,000,000 for who does not. Peraturan Dewan Pers 9/Peraturan-DP/X/2008 (Pedoman Hak Jawab) and the
Pedoman Pemberitaan Media Siber (Dewan Pers, 3 February 2012) say how; see `rules/requests.py`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField


class EditorialRequest(models.Model):
    """One request. Who sent it and what they say is kept encrypted; they follow it by a code of which the row holds a keyed mark alone."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Hak jawab")
        CORRECTION = "correction", _("Hak koreksi")
        COMPLAINT = "complaint", _("Keberatan")
        WITHDRAWAL = "withdrawal", _("Permintaan pencabutan")

    class State(models.TextChoices):
        OPEN = "open", _("menunggu jawaban redaksi")
        ASKED = "asked", _("menunggu jawaban pengirim")
        PROPOSED = "proposed", _("menunggu orang kedua")
        ACCEPTED = "accepted", _("dikabulkan")
        REFUSED = "refused", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik pengirimnya")

    class Ground(models.TextChoices):
        # why a request is refused
        TOO_LONG = "too_long", _("lebih panjang daripada tulisan yang dipersoalkan")
        UNRELATED = "unrelated", _("memuat hal yang tidak terkait dengan tulisan itu")
        UNLAWFUL = "unlawful", _("pemuatannya dapat melanggar hukum")
        THIRD_PARTY = "third_party", _("bertentangan dengan kepentingan orang lain yang harus dilindungi")
        NOT_FACT = "not_fact", _("yang ditanggapi pendapat, bukan fakta yang merugikan nama baik")
        LATE = "late", _("diajukan lebih dari dua bulan sesudah terbit")
        SERVED = "served", _("sudah pernah dilayani")
        ACCURATE = "accurate", _("yang ditulis benar dan ada buktinya")
        NO_EVIDENCE = "no_evidence", _("belum ada bukti yang cukup")
        NO_BREACH = "no_breach", _("tidak ditemukan pelanggaran")
        NO_REASON = "no_reason", _("bukan alasan pencabutan; berita tidak dicabut karena tekanan dari luar")
        # why a page is withdrawn
        GROUPS = "groups", _("menyangkut SARA")
        DECENCY = "decency", _("menyangkut kesusilaan")
        CHILD = "child", _("demi masa depan anak")
        TRAUMA = "trauma", _("demi korban yang trauma")
        PRESS_COUNCIL = "press_council", _("pertimbangan Dewan Pers")

    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    code_mark = models.CharField(max_length=64, unique=True, editable=False, help_text="Keyed hash of the sender's code.")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    article = models.ForeignKey("newsroom.Article", on_delete=models.SET_NULL, null=True, related_name="requests")
    post = models.ForeignKey("newsroom.Post", on_delete=models.SET_NULL, null=True, related_name="requests")
    clip = models.ForeignKey("newsroom.Clip", on_delete=models.SET_NULL, null=True, related_name="requests")
    title = models.CharField(max_length=255, help_text="Of the page it is about, or what the sender typed for it.")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)
    words = EncryptedTextField(blank=True)
    unnamed = models.BooleanField(default=False, help_text="The sender asks not to be named in public.")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, help_text="Since when the clock stands: the sender was asked something.")
    reminded = models.PositiveSmallIntegerField(default=0, help_text="1: told that time runs out; 2: told that it is over.")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    shown_words = EncryptedTextField(
        blank=True, help_text="What would stand on the page, where it is not the sender's words."
    )
    shown_words_en = EncryptedTextField(blank=True, help_text="The same in English, of a correction.")
    agreed_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the words the sender said yes to.")
    # the decision: proposed by one, decided by another where the rule asks for it
    accepted = models.BooleanField(null=True)
    ground = models.CharField(max_length=13, choices=Ground, blank=True)
    answer = EncryptedTextField(blank=True, help_text="What the sender reads.")
    announced = models.BooleanField(default=True, help_text="A withdrawal is announced with the page's title.")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    correction_at = models.DateTimeField(null=True, help_text="The moment that its correction carries on the page.")
    emptied_at = models.DateTimeField(null=True, help_text="Its words, name and files were erased.")

    class Meta:
        verbose_name = _("permintaan kepada redaksi")
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="one_request_a_number")]
        indexes = [
            models.Index(fields=["state", "due_at"], name="request_by_due"),
            models.Index(fields=["sent_at"], name="request_by_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"

    @property
    def about(self) -> Any:
        """The article, worker's post or clip it is about; None where it is about no page of ours."""
        return self.article or self.post or self.clip

    @property
    def label(self) -> str:
        """Its number as people say it: "7/2026"."""
        return f"{self.number}/{self.year}"


class RequestMessage(models.Model):
    """A word between the desk and the sender, or a note that stays at the desk."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("pertanyaan redaksi")
        ANSWER = "answer", _("jawaban pengirim")
        NOTE = "note", _("catatan meja redaksi")

    request = models.ForeignKey(EditorialRequest, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind)
    words = EncryptedTextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"


class Redress(models.Model):
    """What the newsroom put right in public: a reply that shows, a correction, a withdrawal. A row of the public list; replies, and corrections of a
    worker's post or a clip, are shown from here."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Hak jawab")
        CORRECTION = "correction", _("Koreksi")
        WITHDRAWAL = "withdrawal", _("Pencabutan")

    kind = models.CharField(max_length=10, choices=Kind)
    request = models.OneToOneField(EditorialRequest, on_delete=models.SET_NULL, null=True, related_name="redress")
    article = models.ForeignKey("newsroom.Article", on_delete=models.SET_NULL, null=True, related_name="redress")
    post = models.ForeignKey("newsroom.Post", on_delete=models.SET_NULL, null=True, related_name="redress")
    clip = models.ForeignKey("newsroom.Clip", on_delete=models.SET_NULL, null=True, related_name="redress")
    title = models.CharField(max_length=255, blank=True, help_text="Empty where naming it would harm again.")
    label = models.CharField(max_length=20, blank=True, help_text='Number of the request: "7/2026".')
    name = models.CharField(max_length=120, blank=True, help_text="Whose reply.")
    words = models.TextField(blank=True)
    words_en = models.TextField(blank=True, help_text="The words of a correction in English, where somebody wrote them.")
    ground = models.CharField(max_length=13, choices=EditorialRequest.Ground, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("catatan perbaikan")
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None, post=None) | Q(article=None, clip=None) | Q(post=None, clip=None),
                name="redress_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["article", "at"], condition=Q(kind="correction"), name="one_redress_a_correction"
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="redress_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"
