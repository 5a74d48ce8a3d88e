"""How live articles are found without walking the page tree: listings, short links, old addresses."""

from __future__ import annotations

from django.db import models


class Listing(models.Model):
    """A live article stands in a list ("all", "tag:12", "rubric:3", "byline:7", "place:32.16"), newest first. Written when the article goes
    live, so that each list is one walk along one index, however many articles there are."""

    key = models.CharField(max_length=40)
    shown_at = models.DateTimeField()
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="listings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "article"], name="once_in_a_list")]
        indexes = [models.Index(fields=["key", "-shown_at", "-article"])]

    def __str__(self) -> str:
        return f"{self.key} {self.article_id}"


class ShortLink(models.Model):
    """/s/<code> leads to a page for as long as there is one."""

    code = models.CharField(max_length=12, primary_key=True)
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="short_link")

    def __str__(self) -> str:
        return self.code


class OldAddress(models.Model):
    """An address that an imported archive had ("/berita/2014/08/26/x.html", "/?p=12"), answered with a redirect."""

    path = models.CharField(max_length=400, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.path
