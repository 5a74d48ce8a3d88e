"""How a person or a body is reached, encrypted; found again by a keyed index."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField
from serikat.people.models.bodies import Body
from serikat.people.models.persons import Person


class ContactKind(models.TextChoices):
    PHONE = "phone", _("telepon")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("surel")
    ADDRESS = "address", _("alamat")


class ContactPoint(models.Model):
    """A phone or WhatsApp number (E.164), an e-mail or postal address. One that is no longer used is ended, not deleted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="contact_points")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, blank=True, related_name="contact_points")
    kind = models.CharField(_("jenis"), max_length=8, choices=ContactKind)
    value = EncryptedTextField(_("nomor atau alamat"))
    value_index = models.CharField(max_length=64, db_index=True, editable=False)
    preferred = models.BooleanField(_("paling disukai"), default=False)
    safe_when = EncryptedTextField(_("aman dihubungi kapan"), blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-preferred", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, body__isnull=False) | Q(person__isnull=False, body=None),
                name="contact_of_one_owner",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(preferred=True, ended_at=None), name="one_preferred_contact"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "value_index"], condition=Q(ended_at=None), name="one_contact_point_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.owner})"

    @property
    def owner(self) -> Person | Body:
        return self.person or self.body  # type: ignore[return-value]

    @property
    def subject(self) -> object:
        return self.person.subject if self.person else None

    @property
    def unit_path(self) -> str:
        return self.owner.unit.path
