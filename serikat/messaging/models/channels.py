"""Ways to reach people, with their settings and secrets, and texts that a provider has approved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField


class Channel(models.Model):
    """One way in and out: a modem's number, a WhatsApp number, a mailbox, a page. A retired one keeps its history and says what replaced it."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(
        _("jenis"), max_length=20, help_text="Which adapter speaks to the provider; a retired kind needs none."
    )
    scheme = models.CharField(max_length=10)
    name = models.CharField(_("nama"), max_length=60)
    shown_address = models.CharField(
        _("alamat untuk umum"), max_length=120, blank=True, help_text="What people write to: a number, an address, a name."
    )
    key = models.CharField(
        max_length=40, unique=True, editable=False, help_text="The part of the address at which the provider calls us."
    )
    settings = models.JSONField(default=dict, blank=True)
    secrets = EncryptedTextField(blank=True, help_text="JSON; written anew as a whole, never shown.")
    price = models.PositiveIntegerField(_("biaya per SMS atau pesan (rupiah)"), default=0)
    a_second = models.FloatField(_("pesan per detik"), default=1.0)
    active = models.BooleanField(_("dipakai"), default=True)
    rehearsed = models.BooleanField(
        default=False, editable=False, help_text="Of the demo: what goes out is noted as sent and leaves for nowhere."
    )
    rests_until = models.DateTimeField(
        null=True, editable=False, help_text="The provider refuses the channel; nothing is tried before."
    )
    next_slot = models.DateTimeField(
        null=True, editable=False, help_text="When the provider takes the next message at this channel's rate."
    )
    mark = models.CharField(
        max_length=100, blank=True, editable=False, help_text="Up to where its provider was asked for what is new."
    )
    heard_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=300, blank=True, editable=False)
    forged = models.PositiveIntegerField(default=0, editable=False, help_text="Calls that did not come from the provider.")
    retired_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("digantikan oleh")
    )
    farewell = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        ordering = ["retired_at", "name", "pk"]
        verbose_name = _("saluran")
        constraints = [
            models.CheckConstraint(condition=~Q(replaced_by=models.F("id")), name="no_channel_replaces_itself"),
            models.CheckConstraint(condition=Q(a_second__gt=0), name="channel_has_a_rate"),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelTemplate(models.Model):
    """A text that the provider approved: the only way to somebody who has not written for a day."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(_("nama di penyedia"), max_length=100)
    language = models.CharField(_("bahasa"), max_length=10, default="id")
    text = models.TextField(_("isi"), max_length=1024, help_text="{{1}}, {{2}} …")
    dropped_at = models.DateTimeField(
        null=True, editable=False, help_text="Not approved any more; it stays for what was written with it."
    )

    verdict = models.CharField(
        max_length=10, blank=True, editable=False, help_text="Why its provider does not carry it now; empty when it does."
    )
    verdict_reason = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        ordering = ["name", "language"]
        constraints = [models.UniqueConstraint(fields=["channel", "name", "language"], name="one_template_a_name")]

    def __str__(self) -> str:
        return self.name
