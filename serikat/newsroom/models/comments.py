"""Comments below an article or a worker's post. Each waits until a moderator has looked at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Comment(models.Model):
    """One comment. Shown only when approved; waits while nobody decided. `external_key` is its identity in an imported archive."""

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, null=True, related_name="comments")
    post = models.ForeignKey("newsroom.Post", on_delete=models.CASCADE, null=True, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField()
    approved = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    external_key = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(article=None) ^ Q(post=None), name="comment_below_one_thing"),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(approved=False, decided_at=None), name="comment_waiting")]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}"


class ClosedComments(models.Model):
    """An article that takes no comments any more."""

    article = models.OneToOneField("newsroom.Article", on_delete=models.CASCADE, related_name="closed_comments")

    def __str__(self) -> str:
        return str(self.article_id)
