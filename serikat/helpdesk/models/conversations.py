"""One thread for each address and channel. Its messages stand in `messaging`; here stands who it is, whose turn it is, and who looks after it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.models.guarding import Guarded
from serikat.helpdesk.models.subjects import Subject
from serikat.messaging.models import Address, Channel, Message

WAITS = Coalesce("waiting_since", "last_at")  # since when; an index holds it in these words


class Conversation(Guarded):
    """What an address and we say to one another on one channel."""

    class State(models.TextChoices):
        OPEN = "open", _("perlu dijawab")
        WAITING = "waiting", _("menunggu mereka")
        CLOSED = "closed", pgettext_lazy("a conversation", "selesai")

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("saluran"))
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+", verbose_name=_("alamat"))
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, blank=True)
    unread = models.PositiveIntegerField(default=0, help_text="Messages of theirs that nobody has opened.")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditangani"),
    )
    last = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField()
    last_in_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, help_text="When they wrote what nobody has answered yet.")
    told_at = models.DateTimeField(null=True, help_text="When the house last answered by itself that somebody will read it.")
    is_question = models.BooleanField(default=False, help_text="They asked by TANYA: an answer was promised.")
    promised_at = models.DateTimeField(_("dijawab paling lambat"), null=True)

    class Meta:
        verbose_name = _("percakapan")
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="one_conversation_a_channel")]
        indexes = [
            models.Index(fields=["state", "-last_at", "-id"], name="conversation_by_state"),
            models.Index("state", WAITS, "id", name="conversation_by_wait"),
            models.Index(
                fields=["state", "promised_at", "id"], condition=Q(promised_at__isnull=False), name="conversation_promised"
            ),
            models.Index(fields=["assigned_to", "state", "-last_at"], name="conversation_of"),
            models.Index(fields=["address"], name="conversation_address"),
            models.Index(fields=["-last_at", "-id"], name="conversation_newest"),
            models.Index(fields=["unit", "state", "-last_at", "-id"], name="conversation_in_unit"),
            models.Index(fields=["-last_at"], condition=Q(unread__gt=0), name="conversation_unread"),
            models.Index(fields=["alias"], condition=~Q(alias=""), name="conversation_alias"),
        ]

    def __str__(self) -> str:
        """Never a name or a number: this text stands in the trail."""
        return f"Percakapan #{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.unit.path


class QuickReply(models.Model):
    """An answer that is written often; {kode}, {nama} and {lembaga} are filled in."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("judul"), max_length=60)
    text = models.TextField(_("isi"), max_length=1000)
    topic = models.CharField(_("pokok masalah"), max_length=10, choices=Subject, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("balasan cepat")

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        return self.unit.path
