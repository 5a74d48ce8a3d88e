"""Topics that one can subscribe to, and addresses that have done so. Nobody subscribes a stranger: a code goes to the address first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from serikat.kernel.secrets import EncryptedTextField


class Topic(models.Model):
    """What somebody can ask to be told of. `word` is typed behind a key word: LANGGANAN UPAH."""

    name = models.CharField(_("nama"), max_length=60)
    name_en = models.CharField(_("nama Inggris"), max_length=60, blank=True)
    word = models.SlugField(_("kata kunci"), max_length=20)
    order = models.PositiveSmallIntegerField(_("urutan"), default=50)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(Upper("word"), name="one_topic_a_word")]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "id").startswith("en") else self.name


class How(models.TextChoices):
    WORD = "word", _("kata kunci")
    WEB = "web", _("situs")
    DESK = "desk", _("petugas")


class Subscriber(models.Model):
    """An address that registered: how it calls itself and where it lives. `choices` holds the villages of which one must still be named."""

    address = models.OneToOneField("messaging.Address", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField(blank=True)
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    choices = models.JSONField(default=list, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Subscription(models.Model):
    """One address wants one topic, or what concerns one place, through one channel."""

    address = models.ForeignKey("messaging.Address", on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey("messaging.Channel", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="subscriptions")
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=4, choices=How)
    weekly = models.BooleanField(default=False, help_text="Of articles a digest each week, in place of each by itself.")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, place__isnull=False) | Q(topic__isnull=False, place=None), name="topic_or_place"
            ),
            models.UniqueConstraint(
                fields=["address", "topic"], condition=Q(ended_at=None, place=None), name="one_open_subscription_a_topic"
            ),
            models.UniqueConstraint(
                fields=["address", "place"], condition=Q(ended_at=None, topic=None), name="one_open_subscription_a_place"
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "id"], condition=Q(ended_at=None), name="subscribed_topic"),
            models.Index(fields=["place", "id"], condition=Q(ended_at=None), name="subscribed_place"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Pending(models.Model):
    """What somebody asked for on the site, until the code that went to the address is typed there."""

    address = models.ForeignKey("messaging.Address", on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey("messaging.Channel", on_delete=models.PROTECT, related_name="+")
    topics = models.JSONField(default=list)
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    weekly = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "asked_at"], name="pending_of_address")]

    def __str__(self) -> str:
        return f"#{self.pk}"
