"""A person and their names.

Words (for the glossary): **threat level** (tingkat ancaman): how dangerous it is for somebody to be known here: none, careful (hati-hati), high
(tinggi). **Protected** (terlindungi): a child, somebody trafficked, or a survivor of sexual violence. With threat level high, or protected, only the
**alias** (nama samaran) shows, everywhere. **Subject**: the opaque id under which a person's data is kept in every room and in the trail.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.forgetting import Byline
from serikat.kernel.secrets import EncryptedDateField, EncryptedTextField


class Sex(models.TextChoices):
    FEMALE = "f", _("perempuan")
    MALE = "m", _("laki-laki")


class ThreatLevel(models.TextChoices):
    """How dangerous it is for this person to be known as who they are."""

    NONE = "none", _("tidak ada")
    CAREFUL = "careful", _("hati-hati")
    HIGH = "high", _("tinggi")


class Protection(models.TextChoices):
    """Why a person is protected whatever the threat."""

    CHILD = "child", _("anak")
    TRAFFICKING = "trafficking", _("perdagangan orang")
    SEXUAL_VIOLENCE = "sexual_violence", _("kekerasan seksual")


class NameKind(models.TextChoices):
    LEGAL = "legal", _("nama resmi")
    CALLED = "called", _("nama panggilan")
    ALIAS = "alias", _("nama samaran")


BYLINES = [(Byline.KEEP.value, _("nama tetap tampil")), (Byline.ANONYMOUS.value, _("menjadi “seorang pekerja”"))]


class Person(models.Model):
    """Somebody the organisation knows. Never deleted: merged (`merged_into`; reads follow it) or forgotten (an empty shell stays)."""

    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("akun"),
    )
    shown_as = models.CharField(
        _("tampil sebagai"), max_length=120, blank=True, help_text="The name that shows; kept by the services."
    )
    nik = EncryptedTextField(_("NIK"), blank=True)
    nik_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    born_on = EncryptedDateField(_("tanggal lahir"), null=True, blank=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex, blank=True)
    place = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tempat tinggal")
    )
    threat_level = models.CharField(_("tingkat ancaman"), max_length=7, choices=ThreatLevel, default=ThreatLevel.NONE)
    protections = models.JSONField(_("dilindungi karena"), default=list, blank=True)
    restricted_at = models.DateTimeField(_("pemrosesan dibatasi sejak"), null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    forgotten_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "shown_as"])]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="nobody_is_merged_into_themself"),
        ]

    def __str__(self) -> str:
        """A code, never a name: this text stands in the trail, where a name would outlive a threat level that is raised later."""
        return f"Orang {self.code}"

    @property
    def code(self) -> str:
        """Eight letters of the opaque id: enough to tell two records apart on paper."""
        text = self.subject.hex[:8].upper()
        return f"{text[:4]}-{text[4:]}"

    @property
    def shows_alias(self) -> bool:
        return self.threat_level == ThreatLevel.HIGH or bool(self.protections)

    @property
    def is_forgotten(self) -> bool:
        return self.forgotten_at is not None

    @property
    def protection_words(self) -> list[str]:
        return [str(Protection(p).label) for p in self.protections if p in Protection.values]


class PersonName(models.Model):
    """One of a person's names. Which of them shows is marked; for a protected person the alias shows whatever is marked."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("jenis nama"), max_length=6, choices=NameKind)
    text = models.CharField(_("nama"), max_length=120)
    folded = models.CharField(max_length=120, db_index=True, editable=False)
    shows = models.BooleanField(_("nama yang ditampilkan"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(shows=True), name="one_name_shows"),
            models.UniqueConstraint(fields=["person", "kind"], name="one_name_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.person})"
