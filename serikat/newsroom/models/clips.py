"""Video and sound of our own: clips, the files made from them, what the public sees of them, series, and uploads that are under way."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from serikat.files.rules import human_size


def make_token() -> str:
    """The part of a file's address that nobody guesses: what is not shown yet is not found either."""
    return secrets.token_hex(8)


class Series(models.Model):
    """A programme: clips that belong together, with a page and a podcast feed of their own."""

    title = models.CharField(_("nama seri"), max_length=120)
    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    about = models.TextField(_("tentang seri ini"), max_length=1000, blank=True)
    cover = models.CharField(
        max_length=200, blank=True, editable=False, help_text="A square picture, in the public storage."
    )

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("seri")

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its public address, without language."""
        return f"/seri/{self.slug}/"


class Clip(models.Model):
    """A video or a sound at the desk. What the public sees is its `LiveClip`: changes here show there when somebody else publishes them."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        SOUND = "suara", _("Suara")

    class Work(models.TextChoices):
        WAITING = "waiting", _("menunggu diolah")
        READY = "ready", _("siap")
        PLAIN = "plain", _("belum diolah")
        REFUSED = "refused", _("tidak dapat dipakai")

    kind = models.CharField(_("jenis"), max_length=5, choices=Kind, default=Kind.VIDEO)
    work = models.CharField(_("pengolahan"), max_length=8, choices=Work, default=Work.WAITING)
    problem = models.CharField(max_length=300, blank=True, help_text="Why it cannot be used, in words for who uploaded it.")
    title = models.CharField(_("judul"), max_length=120)
    slug = models.SlugField(_("alamat"), max_length=140, unique=True)
    token = models.CharField(max_length=16, unique=True, default=make_token, editable=False)
    about = models.TextField(_("keterangan"), max_length=2000, blank=True)
    credit = models.CharField(_("pembuat"), max_length=120, blank=True)
    captions = models.TextField(_("takarir"), blank=True, help_text="WebVTT, written anew from what was handed in.")
    transcript = models.TextField(_("transkrip"), blank=True)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="clips", verbose_name=_("seri")
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    seconds = models.FloatField(default=0, editable=False)
    original = models.CharField(
        max_length=200, blank=True, help_text="As it was uploaded; erased once the files below stand."
    )
    poster = models.CharField(max_length=200, blank=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    touched = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Who worked on it since it was last published: none of them may.",
    )
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("klip")

    def __str__(self) -> str:
        return self.title

    @property
    def was_shown(self) -> bool:
        """Whether the public sees it, or once did: then it is the newsroom's, not its uploader's alone."""
        return self.withdrawn_at is not None or LiveClip.objects.filter(pk=self.pk).exists()

    @property
    def is_sound(self) -> bool:
        return self.kind == self.Kind.SOUND


class Rendition(models.Model):
    """A file made from a clip: 240p, 360p, sound alone, or the upload as it came."""

    class Name(models.TextChoices):
        SMALL = "240", "240p"
        LARGE = "360", "360p"
        SOUND = "suara", _("Suara saja")
        PLAIN = "asli", _("Berkas asli")

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=5, choices=Name)
    file = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["clip", "name"], name="one_rendition_of_a_name")]

    def __str__(self) -> str:
        return f"{self.clip_id} {self.name}"

    @property
    def human_size(self) -> str:
        return human_size(self.size)


class LiveClip(models.Model):
    """What the public sees of a published clip, written when it is published. What is not here does not exist for a reader."""

    clip = models.OneToOneField(Clip, on_delete=models.CASCADE, primary_key=True, related_name="shown")
    kind = models.CharField(max_length=5, choices=Clip.Kind)
    slug = models.SlugField(max_length=140, unique=True)
    token = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="shown")
    shown_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    about = models.TextField(blank=True)
    credit = models.CharField(max_length=120, blank=True)
    captions = models.TextField(blank=True)
    transcript = models.TextField(blank=True)
    seconds = models.FloatField(default=0)
    files = models.JSONField(
        default=list, help_text="name, file, type, size, width, height of each choice; the smallest first."
    )
    poster = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-shown_at", "-clip"]
        indexes = [
            models.Index(fields=["kind", "-shown_at"], name="clips_of_a_kind"),
            models.Index(fields=["series", "-shown_at"], name="clips_of_a_series"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its public address, without language."""
        return f"/{self.kind}/{self.slug}/"

    @property
    def sound(self) -> dict[str, Any] | None:
        """The file for a podcast: the sound alone, where there is one."""
        return next((f for f in self.files if f["name"] == Rendition.Name.SOUND), None)


class ClipUpload(models.Model):
    """An upload that is under way. How much has come is the size of its file in the scratch folder, and nothing else says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    began_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["began_at"]

    def __str__(self) -> str:
        return self.name
