"""The tree of units, decrees, and mandates: a decree gives a user a role in a unit for a term; a proposal waits for a second person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import ROLE_NAMES


class Kind(models.TextChoices):
    NATIONAL = "national", _("nasional")
    OVERSEAS = "overseas", _("luar negeri")
    PROVINCE = "province", _("provinsi")
    BRANCH = "branch", _("cabang")
    VILLAGE = "village", _("desa")
    FACTORY = "factory", _("pabrik")


class Unit(models.Model):
    """A part of the organisation. `path` is its place in the tree ("1/7/"): a lower unit's path begins with it."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, unique=True, editable=False)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=120)
    code = models.SlugField(_("kode"), max_length=30, unique=True)
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    founded_on = models.DateField(_("berdiri"), null=True, blank=True)
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="one_name_among_siblings")]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """A unit stands in itself."""
        return self.path


class Decree(models.Model):
    """The decision (surat keputusan) that mandates rest on."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decrees", verbose_name=_("unit"))
    number = models.CharField(_("nomor"), max_length=60)
    about = models.CharField(_("tentang"), max_length=200)
    decided_on = models.DateField(_("tanggal"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    signed_at = models.DateTimeField(_("disahkan"), null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_number_a_unit")]

    def __str__(self) -> str:
        return f"SK {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.signed_at is None


class Mandate(models.Model):
    """A role in a unit and below, for a term. It counts from `starts_on` through `ends_on` unless ended earlier."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("peran"), max_length=20, choices=[(r.value, n) for r, n in ROLE_NAMES.items()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mandates")
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="mandates")
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    ended_on = models.DateField(_("diakhiri"), null=True, blank=True)
    end_reason = models.CharField(_("alasan diakhiri"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["user", "role", "unit"], condition=Q(ended_on=None), name="one_open_mandate_a_role"
            ),
        ]
        # asked on every request of a signed-in user, and when somebody must be told
        indexes = [
            models.Index(fields=["user", "ends_on"], name="mandate_of_user"),
            models.Index(fields=["unit", "role", "ends_on"], name="mandate_in_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit} ({self.decree})"

    @property
    def subject(self) -> Any:
        """The data subject is the holder."""
        return self.user.subject


class Outcome(models.TextChoices):
    OPEN = "open", _("menunggu persetujuan")
    AGREED = "agreed", _("disetujui")
    REJECTED = "rejected", _("ditolak")


class Proposal(models.Model):
    """A mandate that waits for a second person: who proposed it, and who agreed or rejected."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("peran"), max_length=20, choices=[(r.value, n) for r, n in ROLE_NAMES.items()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="proposals")
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="proposals")
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("keputusan"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="proposed_term_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["user", "role", "unit"], condition=Q(outcome="open"), name="one_open_proposal_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit} ({self.decree})"

    @property
    def subject(self) -> Any:
        """The data subject is who would hold the role."""
        return self.user.subject
