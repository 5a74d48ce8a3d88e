"""Ruang Buruh: what workers write under a name they choose, what must be settled with them before it shows, and what became news of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serikat.newsroom.models.safety import Aspect
from serikat.newsroom.rules.posts import LONGEST_TEXT, LONGEST_TITLE


class Post(models.Model):
    """A worker's own words. Nobody edits them but the writer; what a moderator hides of them is hidden in `html` alone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu dilihat")
        ASKED = "asked", _("menunggu jawaban penulis")
        SHOWN = "shown", _("tayang")
        REFUSED = "refused", _("tidak ditayangkan")
        WITHDRAWN = "withdrawn", _("ditarik penulisnya")

    class NamedAs(models.TextChoices):
        OWN = "own", _("nama saya")
        PEN = "pen", _("nama pena")
        NOBODY = "nobody", _("“seorang pekerja”, tanpa nama")

    code = models.CharField(max_length=12, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False, help_text="Made where it was written: sent twice, it is one post.")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("judul"), max_length=LONGEST_TITLE)
    text = models.TextField(_("cerita"), max_length=LONGEST_TEXT)
    place = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, related_name="+")
    named_as = models.CharField(_("nama yang tampil"), max_length=6, choices=NamedAs)
    name = models.CharField(max_length=120, help_text="The name that shows, settled when it was sent.")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=600, blank=True, help_text="What the moderator says to the writer.")
    shows_numbers = models.BooleanField(default=False, help_text="A moderator let telephone numbers in it show.")
    comments_closed = models.BooleanField(default=False)
    html = models.TextField(blank=True, help_text="What the public reads, written when it is shown.")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("tulisan pekerja")
        indexes = [
            models.Index(fields=["state", "sent_at"], name="post_by_state"),
            models.Index(fields=["writer", "-sent_at"], name="post_by_writer"),
            models.Index(fields=["-shown_at"], condition=Q(state="shown"), name="post_shown"),
        ]

    def __str__(self) -> str:
        return self.title


class PostFile(models.Model):
    """A picture or a voice note that came with a post. The file itself is private; a picture that shows has a public copy."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("gambar")
        SOUND = "sound", _("suara")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=7, choices=Kind)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(_("apa yang terlihat"), max_length=300, blank=True)
    left_out = models.BooleanField(default=False, help_text="A moderator keeps it from the public.")
    picture = models.ForeignKey("newsroom.Picture", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.position}"


class Concern(models.Model):
    """Something a post shows that may endanger somebody. Its writer decides on it, with whoever raised it, before it is shown."""

    Aspect = Aspect

    class Decision(models.TextChoices):
        SHOW = "show", _("boleh tampil")
        HIDE = "hide", _("jangan tampil")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="concerns")
    aspect = models.CharField(max_length=9, choices=Aspect)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    decision = models.CharField(max_length=4, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "aspect"], name="one_concern_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.aspect}"


class Lift(models.Model):
    """A post that an editor made news of. It goes live only as its writer said yes to it."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="lift")
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="lift")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    agreed_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content the writer said yes to.")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=600, blank=True)

    def __str__(self) -> str:
        return f"{self.post_id} → {self.page_id}"


class WriterRule(models.Model):
    """After how many shown posts a writer's next one shows at once: their own number, in place of the organisation's. 0: each is looked at."""

    writer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    trusted_after = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.writer_id}: {self.trusted_after}"
