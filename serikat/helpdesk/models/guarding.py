"""How dangerous it is for somebody to be known here, set at intake and carried along until a person's record carries it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField
from serikat.people.models import Person
from serikat.people.models.persons import Protection, ThreatLevel


class Guarded(models.Model):
    """With threat level high, or protected, only the alias shows: in lists, messages, exports and print. Who somebody is says their person's record."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("orang")
    )
    called = EncryptedTextField(_("nama"), blank=True, help_text="As they gave it, when there is no person's record.")
    alias = models.CharField(_("nama samaran"), max_length=60, blank=True)
    threat_level = models.CharField(_("tingkat ancaman"), max_length=7, choices=ThreatLevel, default=ThreatLevel.NONE)
    protections = models.JSONField(_("dilindungi karena"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def shows_alias(self) -> bool:
        if self.person_id and self.person and self.person.shows_alias:
            return True
        return self.threat_level == ThreatLevel.HIGH or bool(self.protections)

    @property
    def is_careful(self) -> bool:
        return self.shows_alias or self.threat_level == ThreatLevel.CAREFUL

    def lowered_by(self, threat_level: str, protections: Iterable[str]) -> bool:
        """Whether these would take away any of what guards it now."""
        levels = list(ThreatLevel.values)
        return levels.index(threat_level) < levels.index(self.threat_level) or not set(self.protections) <= set(protections)

    @property
    def guard_words(self) -> str:
        """What stands on it, in words; "" for nothing."""
        told = [str(Protection(one).label) for one in self.protections if one in Protection.values]
        if self.threat_level != ThreatLevel.NONE:
            told.insert(0, str(ThreatLevel(self.threat_level).label))
        if self.shows_alias and not told:
            told.append(str(_("lewat catatan orangnya")))
        return ", ".join(told)

    @property
    def subject(self) -> object:
        """The opaque id under which the person's data is kept, for the trail."""
        return self.person.subject if self.person_id and self.person else None
