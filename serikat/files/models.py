"""Stored files: what is known of each; the bytes lie in a storage, sealed when private. And files that wait for their form to be sent again."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.files.rules import human_size
from serikat.kernel.secrets import EncryptedTextField


class StoredFile(models.Model):
    """A file that somebody handed in. `holder_ref` says what it belongs to ("people.person:7"); `subject` whose data it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nama berkas"), max_length=130)
    kind = models.CharField(_("jenis"), max_length=100, help_text="Media type, found from the bytes.")
    size = models.PositiveBigIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64, help_text="Of the bytes as they were kept, before sealing.")
    flags = models.JSONField(default=list, help_text="active, locked, macros: what the desk is warned of.")
    private = models.BooleanField(default=True)
    holder_ref = models.CharField(max_length=80, db_index=True)
    subject = models.UUIDField(null=True, db_index=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)
    storage_name = models.CharField(max_length=200, blank=True)
    key_id = models.CharField(max_length=16, blank=True, help_text="Which key of the house wraps this file's own key.")
    wrapped_key = models.BinaryField(default=b"", help_text="Without it the sealed bytes are noise.")
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder_ref", "sha256", "private"], condition=Q(removed_at=None), name="one_copy_a_holder"
            )
        ]
        indexes = [models.Index(fields=["key_id"], name="file_by_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sound(self) -> bool:
        return str(self.kind).startswith("audio/")

    @property
    def human_size(self) -> str:
        return human_size(self.size)


class HeldFile(models.Model):
    """A file of a form that came back to its sender: it waits, sealed, until the form is sent again or its hour is over. Nobody can fetch it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(max_length=64, db_index=True, help_text="Keyed hash of the form, its sender and its key.")
    field = models.CharField(max_length=40)
    about = EncryptedTextField(help_text="Name, kind, hash and flags.")
    size = models.PositiveBigIntegerField()
    subject = models.UUIDField(null=True, db_index=True)
    storage_name = models.CharField(max_length=200, blank=True, help_text="Empty once it went along with its form.")
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()
    held_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["held_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
