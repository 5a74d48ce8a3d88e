"""Readers' comments under an article."""

from __future__ import annotations

from django.db import models


class Comment(models.Model):
    """One comment. Shown only when approved; `external_key` is its identity in an imported archive."""

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField()
    approved = models.BooleanField(default=False)
    external_key = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}"
