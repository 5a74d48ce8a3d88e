"""What a search finds conversations by, and chats that an operator pasted and that are still being looked at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from serikat.helpdesk.models.conversations import Conversation
from serikat.kernel.secrets import EncryptedTextField


class Term(models.Model):
    """A word that stands somewhere in a conversation, or in the name its writer gave: half of a keyed hash of its root, once for each conversation.

    What this tells somebody who has stolen the database and not the key: which conversations have words in common, and how many conversations a
    word stands in; so very common words can be guessed from their frequency. Not which words (the root is hashed under the key), not how often, in
    which message or in what order. Stop words are left out. With the key, whoever guesses a word can test it, as with every keyed index.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="terms")
    term = models.BigIntegerField()
    of_name = models.BooleanField(default=False, help_text="Of a name: goes as soon as only an alias may show.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "conversation", "of_name"], name="one_term_a_conversation")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PastedChat(models.Model):
    """A chat from somebody's phone, kept until it has become a conversation or a day is over."""

    class State(models.TextChoices):
        LOOKED_AT = "look", _("sedang dilihat")
        FILING = "filing", _("sedang dimasukkan")
        FILED = "filed", _("sudah menjadi percakapan")

    MARK = "chat:"  # how the ids of the messages begin that came of one

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.LOOKED_AT)
    text = EncryptedTextField(blank=True)
    number = EncryptedTextField(blank=True, help_text="In its one form; empty when nobody knows it.")
    ours = EncryptedTextField(blank=True, help_text="JSON: the names under which we write.")
    added_at = models.DateTimeField()
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.PositiveIntegerField(default=0, help_text="Messages that were new.")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def unit_path(self) -> str:
        return self.unit.path
