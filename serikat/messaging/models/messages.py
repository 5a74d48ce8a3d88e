"""Addresses, and what came from them and goes to them. Texts and addresses are encrypted: a stolen database tells nobody who wrote what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.models import Leasable
from serikat.kernel.secrets import EncryptedTextField
from serikat.messaging.addresses import masked
from serikat.messaging.models.channels import Channel


class Address(models.Model):
    """Where somebody is reached. `stopped_at`: they want nothing more; that stays known, as a keyed hash, when the rest is forgotten."""

    scheme = models.CharField(max_length=10)
    index = models.CharField(max_length=64)
    value = EncryptedTextField(blank=True)
    called = EncryptedTextField(blank=True, help_text="What they call themselves at the provider: never trusted.")
    stopped_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "index"], name="one_address_once")]
        indexes = [models.Index(fields=["-stopped_at"], condition=Q(stopped_at__isnull=False), name="address_stopped")]

    def __str__(self) -> str:
        return masked(self.scheme, self.value)


class Direction(models.TextChoices):
    IN = "in", pgettext_lazy("a message", "masuk")
    OUT = "out", pgettext_lazy("a message", "keluar")


class State(models.TextChoices):
    """How far a message has come. The first two are of what came; HAND waits for a person with a phone; HELD belongs to something that pauses; DOUBT was
    perhaps sent and is never sent again by itself."""

    NEW = "new", pgettext_lazy("a message", "baru")
    ROUTED = "routed", pgettext_lazy("a message", "diterima")
    QUEUED = "queued", _("menunggu dikirim")
    HAND = "hand", _("menunggu dikirim dari ponsel")
    HELD = "held", pgettext_lazy("a message", "ditahan")
    SENT = "sent", pgettext_lazy("a message", "terkirim")
    DELIVERED = "delivered", pgettext_lazy("a message", "sampai")
    READ = "read", pgettext_lazy("a message", "dibaca")
    REFUSED = "refused", _("ditolak penyedia")
    PARKED = "parked", pgettext_lazy("a message", "gagal, perlu dilihat")
    DOUBT = "doubt", _("tidak pasti terkirim")
    STOPPED = "stopped", _("tidak dikirim: penerima berhenti")
    CANCELLED = "cancelled", pgettext_lazy("a message", "dibatalkan")
    EXPIRED = "expired", _("lewat waktunya")


class Purpose(models.IntegerChoices):
    """Why something goes out; the smaller goes first. An answer alone reaches somebody who has stopped everything else."""

    REPLY = 1, pgettext_lazy("a message", "jawaban")
    NOTICE = 3, _("pemberitahuan")
    BROADCAST = 5, _("siaran")


class SharedText(models.Model):
    """One text for many: written and encrypted once."""

    text = EncryptedTextField()
    subject = EncryptedTextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    template = models.JSONField(null=True, blank=True)
    html = EncryptedTextField(blank=True, help_text="The same for a mail program that shows more than letters.")
    thread = models.CharField(max_length=60, blank=True, help_text="What is told of: a later notice of it takes its place.")
    picture = models.JSONField(
        null=True, blank=True, help_text='A public picture that goes along: {"name" in the public storage, "mime", "alt"}.'
    )

    def __str__(self) -> str:
        return f"#{self.pk}"


class Message(Leasable):
    """One message, in or out. Files stand in the files room under this message."""

    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="messages")
    address = models.ForeignKey(
        Address, on_delete=models.PROTECT, null=True, related_name="messages", help_text="None on a wall."
    )
    state = models.CharField(max_length=9, choices=State)
    purpose = models.PositiveSmallIntegerField(choices=Purpose, null=True)
    key = models.UUIDField(null=True, unique=True, help_text="Ours, of what goes out: the same at every try.")
    provider_id = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(help_text="When it came to us, or was queued.")
    written_at = models.DateTimeField(null=True, help_text="When the sender sent it, as the provider says.")
    not_before = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    zone = models.CharField(
        max_length=40, blank=True, help_text="The time zone in whose night nothing is sent; empty: at any hour."
    )
    settled_at = models.DateTimeField(null=True)
    text = EncryptedTextField(blank=True)
    subject = EncryptedTextField(blank=True)
    shared = models.ForeignKey(SharedText, on_delete=models.PROTECT, null=True, related_name="+")
    template = models.JSONField(null=True, blank=True)
    link = models.CharField(max_length=300, blank=True)
    files = models.PositiveSmallIntegerField(default=0)
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=80, blank=True, help_text='What it belongs to above: "outreach.broadcast:7".')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    trying = models.BooleanField(default=False, help_text="Handed to a provider that knows no keys, and not yet noted.")
    meant = models.CharField(
        max_length=9,
        blank=True,
        default="",
        help_text="CANCELLED or HELD: a person said so, perhaps while a worker had it. It does not go out again, whatever becomes of that try.",
    )
    problem = models.CharField(max_length=300, blank=True)
    parts = models.PositiveSmallIntegerField(default=1)
    cost = models.PositiveIntegerField(default=0, help_text="Whole rupiah.")

    class Meta:
        verbose_name = _("pesan")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "direction", "provider_id"], condition=~Q(provider_id=""), name="one_message_once"
            ),
            models.CheckConstraint(
                condition=Q(direction="in", purpose=None) | Q(direction="out", purpose__isnull=False),
                name="what_goes_out_says_why",
            ),
            models.UniqueConstraint(
                fields=["about", "address"], condition=Q(purpose=Purpose.BROADCAST), name="one_broadcast_once_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["address", "channel", "-id"], name="message_thread"),
            models.Index(fields=["channel", "purpose", "id"], condition=Q(state="queued"), name="message_queue"),
            models.Index(fields=["id"], condition=Q(state="new"), name="message_to_route"),
            # whole: SQLite uses a partial index only where the question says its condition in the same words
            models.Index(fields=["state", "-id"], name="message_for_a_person"),
            models.Index(fields=["about", "state"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def words(self) -> str:
        """The text, its own or the shared one."""
        return self.shared.text if self.shared_id and self.shared else self.text

    @property
    def unit_path(self) -> str:
        return self.channel.unit.path


class EarlyReport(models.Model):
    """What a provider told by an id of its own that nobody here knows yet: the batch is still in a worker's hands. Applied as soon as the id is known,
    and forgotten after minutes: a provider tells of what others sent through the same number, too."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    provider_id = models.CharField(max_length=200)
    report = models.CharField(max_length=10)
    at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    cost = models.PositiveIntegerField(null=True)
    came_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk}"
