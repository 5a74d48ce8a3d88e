"""What came from which archive: the memory of imports, so that a second one makes no doubles and overwrites nobody's work."""

from __future__ import annotations

from django.db import models


class ArchiveItem(models.Model):
    """One post of an archive and the page it became. The page is gone when somebody deleted it here: then it is not imported again."""

    key = models.CharField(max_length=400, unique=True, help_text="The post's lasting identity in its archive.")
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="archive_item"
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was read.")
    revision = models.PositiveIntegerField(help_text="The revision that the import wrote; a newer one is somebody's work.")
    live = models.BooleanField(help_text="Whether the import put it live.")
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
