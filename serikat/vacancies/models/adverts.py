"""Adverts of jobs, what a checker answered of each, and the signs (numbers, addresses, links) by which the next one of the same hand is known."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.secrets import EncryptedTextField
from serikat.vacancies.rules.adverts import LONGEST_TEXT, LONGEST_TITLE


class Advert(models.Model):
    """One advert. The public sees it while it is live and its end date has not passed; nothing but the date ends it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu diperiksa")
        LIVE = "live", pgettext_lazy("an advert", "tayang")
        REFUSED = "refused", pgettext_lazy("an advert", "tidak ditayangkan")
        HELD = "held", _("dilaporkan, sedang diperiksa")
        FALSE = "false", _("terbukti palsu")
        WITHDRAWN = "withdrawn", pgettext_lazy("an advert", "ditarik")

    class Kind(models.TextChoices):
        PERMANENT = "permanent", _("tetap (PKWTT)")
        FIXED = "fixed", _("kontrak (PKWT)")
        DAILY = "daily", _("harian lepas")
        INTERN = "intern", _("magang")
        OVERSEAS = "overseas", _("luar negeri")

    class SenderIs(models.TextChoices):
        FIRM = "firm", _("perusahaan itu sendiri")
        WORKER = "worker", _("pekerja di sana")
        UNION = "union", _("serikat pekerja")
        OTHER = "other", _("orang lain")

    class Per(models.TextChoices):
        MONTH = "month", _("per bulan")
        DAY = "day", _("per hari")
        HOUR = "hour", _("per jam")

    code = models.CharField(max_length=12, unique=True, editable=False)
    mark = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="Keyed hash of the sender's code: sent twice, it is one advert.",
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sender_contact = EncryptedTextField(blank=True, help_text="Of who sent it without an account; forgotten after a term.")
    sender_is = models.CharField(max_length=6, choices=SenderIs, blank=True, help_text="As they say themselves.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    title = models.CharField(_("pekerjaan"), max_length=LONGEST_TITLE)
    kind = models.CharField(_("jenis"), max_length=9, choices=Kind)
    firm = models.CharField(_("perusahaan"), max_length=160)
    firm_folded = models.CharField(max_length=160, db_index=True, editable=False)
    body = models.ForeignKey("people.Body", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    licence = models.CharField(_("nomor izin P3MI"), max_length=60, blank=True)
    wage_low = models.PositiveBigIntegerField(_("upah paling rendah"), null=True)
    wage_high = models.PositiveBigIntegerField(_("upah paling tinggi"), null=True)
    wage_per = models.CharField(_("upah dihitung"), max_length=5, choices=Per, blank=True)
    wage_note = models.CharField(_("keterangan upah"), max_length=120, blank=True)
    work = models.TextField(_("tentang pekerjaannya"), max_length=LONGEST_TEXT)
    requirements = models.TextField(_("syarat"), max_length=LONGEST_TEXT, blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    mail = models.CharField(_("surel"), max_length=120, blank=True)
    link = models.CharField(_("tautan"), max_length=200, blank=True)
    ends_on = models.DateField(_("lamaran paling lambat"))

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    words = models.TextField(editable=False, help_text="Folded, for finding it and for knowing its copies.")
    sent_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True, help_text="Of the last step that took it from or kept it from the public.")
    answer = models.TextField(max_length=600, blank=True, help_text="Why, for who sent it.")
    told = models.TextField(max_length=600, blank=True, help_text="What the public reads about a false or withdrawn advert.")
    bad = models.BooleanField(default=False, help_text="A broker's or a fraud's: its signs are remembered.")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("lowongan")
        constraints = [
            models.CheckConstraint(
                condition=Q(wage_low=None) | Q(wage_high=None) | Q(wage_high__gte=F("wage_low")), name="advert_wage_in_order"
            )
        ]
        indexes = [
            models.Index(fields=["state", "sent_at"], name="advert_by_state"),
            models.Index(fields=["ends_on", "-shown_at"], condition=Q(state="live"), name="advert_live"),
            models.Index(fields=["sender", "-sent_at"], name="advert_by_sender"),
        ]

    def __str__(self) -> str:
        return self.title


class Point(models.TextChoices):
    """What a checker answers before an advert shows: the house's own questions, then each sign of a broker that was found in it."""

    CALLED = "called", _("Perusahaannya dihubungi, lewat nomor yang bukan dari iklan ini")
    EXISTS = "exists", _("Alamatnya ada")
    NOBODY_PAYS = "nobody_pays", _("Pelamar tidak membayar kepada siapa pun")
    LICENCE_SEEN = "licence_seen", _("Izin P3MI dilihat")
    REPORTS = "reports", _("Laporan pembaca ditindaklanjuti")

    MONEY = "money", _("Iklan ini seperti meminta uang")
    PAPERS = "papers", _("Iklan ini meminta surat asli")
    PROMISE = "promise", _("Iklan ini menjanjikan pasti diterima")
    UNEQUAL = "unequal", _("Iklan ini membedakan pelamar")
    NO_WAGE = "no_wage", _("Upah tidak disebut")
    ODD_WAGE = "odd_wage", _("Upahnya jauh dari yang biasa")
    PRIVATE_CONTACT = "private_contact", _("Hanya ada nomor ponsel atau surel pribadi")
    HIDDEN_LINK = "hidden_link", _("Tautannya menyembunyikan tujuan")
    NO_LICENCE = "no_licence", _("Kerja di luar negeri tanpa nomor izin P3MI")
    NO_WORK_VISA = "no_work_visa", _("Berangkat tanpa visa kerja atau perjanjian kerja")
    UNKNOWN_FIRM = "unknown_firm", _("Perusahaan ini belum ada di daftar kita")
    BAD_FIRM = "bad_firm", _("Nama perusahaan ini pernah dipakai iklan palsu atau calo")
    BAD_CONTACT = "bad_contact", _("Kontak ini pernah dipakai iklan palsu atau calo")
    OTHER_LICENCE = "other_licence", _("Nomor izin P3MI lain dari yang di daftar kita")
    COPY = "copy", _("Hampir sama dengan iklan lain")


class CheckAnswer(models.Model):
    """A checker's words on one point of one advert."""

    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="answers")
    point = models.CharField(max_length=16, choices=Point)
    words = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["advert", "point"], name="one_answer_a_point")]

    def __str__(self) -> str:
        return f"{self.advert_id} {self.point}"


class Sign(models.Model):
    """A number, an address of mail or a link in an advert, as a keyed hash: enough to know it again, and no number."""

    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="signs")
    index = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advert", "index"], name="one_sign_an_advert")]

    def __str__(self) -> str:
        return f"{self.advert_id} {self.index[:8]}"
