"""Audiences: saved questions whose answer is computed when something is sent, and lists of addresses that somebody brought."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import ROLE_NAMES
from serikat.outreach.models.subscriptions import Topic


class Audience(models.Model):
    """Who is meant: the parts together, each person and each address once."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("nama"), max_length=100)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("khalayak")

    def __str__(self) -> str:
        return self.name


class ImportedList(models.Model):
    """Addresses that somebody brought in a table. Who asked these people whether they want messages, when and how, stands here; the file does not."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("nama daftar"), max_length=100)
    asked_by = models.CharField(_("siapa yang meminta persetujuan"), max_length=120)
    asked_on = models.DateField(_("kapan"))
    asked_how = models.CharField(_("bagaimana"), max_length=300)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False, help_text="Of the form: sent again, it is the same list.")

    class Meta:
        ordering = ["-brought_at", "-pk"]
        verbose_name = _("daftar impor")

    def __str__(self) -> str:
        return self.name


class ListEntry(models.Model):
    """An address on an imported list."""

    imported = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="entries")
    address = models.ForeignKey("messaging.Address", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "address"], name="once_on_a_list")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PartKind(models.TextChoices):
    MEMBERS = "members", _("orang di sebuah unit dan di bawahnya")
    ROLE = "role", _("pemegang peran")
    PLACE = "place", _("tempat")
    TOPIC = "topic", _("pelanggan topik")
    LIST = "list", _("daftar impor")
    PERSON = "person", _("satu orang, dipilih namanya")


class AudiencePart(models.Model):
    """One condition of an audience."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(_("siapa"), max_length=8, choices=PartKind)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True, choices=[(r.value, n) for r, n in ROLE_NAMES.items()])
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    imported = models.ForeignKey(ImportedList, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="members", unit__isnull=False)
                | (Q(kind="role", unit__isnull=False) & ~Q(role=""))
                | Q(kind="place", place__isnull=False)
                | Q(kind="topic", topic__isnull=False)
                | Q(kind="list", imported__isnull=False)
                | Q(kind="person", person__isnull=False),
                name="part_says_whom",
            )
        ]

    def __str__(self) -> str:
        what = {"members": self.unit, "place": self.place, "topic": self.topic, "list": self.imported, "person": self.person}
        if self.kind == PartKind.ROLE:
            return f"{self.get_role_display()}, {self.unit}"
        return f"{self.get_kind_display()}: {what[self.kind]}"
