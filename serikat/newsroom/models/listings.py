"""What the public sees, and how it is found without walking the page tree: live pages, listings, short links, old addresses."""

from __future__ import annotations

from typing import Any

from django.db import models


class LivePage(models.Model):
    """What the public sees of a page, written when it goes live and gone when it does not. Public views read this table and no page
    table, so that nothing unpublished can slip out of them."""

    class Kind(models.TextChoices):
        HOME = "home"
        INDEX = "index"
        ARTICLE = "article"
        PAGE = "page"
        ENGLISH = "english", "English version"

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="shown")
    kind = models.CharField(max_length=10, choices=Kind)
    path = models.CharField(
        max_length=500,
        unique=True,
        help_text='Address without language: "/berita/judul/"; an English version has that of its original, in English: "/en/berita/judul/".',
    )
    title = models.CharField(max_length=255)
    shown_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    in_footer = models.BooleanField(default=False)
    card: Any = models.JSONField(default=dict, help_text="What a list draws of it.")
    head: Any = models.JSONField(default=dict, help_text="What its own page draws beside the body.")
    html = models.TextField(blank=True, help_text="The body, rendered.")
    listed_in: str  # set by reads that look into several lists at once: the key of the one it was found in

    class Meta:
        indexes = [
            models.Index(fields=["kind", "page"]),
            models.Index(fields=["-changed_at"], name="live_pages_by_change"),
            models.Index(fields=["-shown_at", "-page"], condition=models.Q(kind="english"), name="english_newest"),
            models.Index(fields=["title"], condition=models.Q(in_footer=True), name="named_in_the_foot"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def slug(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2]


class Listing(models.Model):
    """A live article stands in a list ("all", "tag:12", "rubric:3", "byline:7", "place:32.16"), newest first. Written when the article goes
    live, so that each list is one walk along one index, however many articles there are."""

    key = models.CharField(max_length=40)
    shown_at = models.DateTimeField()
    article = models.ForeignKey(LivePage, on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "article"], name="once_in_a_list")]
        indexes = [
            models.Index(fields=["key", "-shown_at", "-article"]),
            models.Index(fields=["article", "key"], name="lists_of_an_article"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.article_id}"


class ShortLink(models.Model):
    """/s/<code> leads to a page for as long as there is one."""

    code = models.CharField(max_length=12, primary_key=True)
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="short_link")

    def __str__(self) -> str:
        return self.code


class OldAddress(models.Model):
    """An address that once led to a page: in an imported archive ("/berita/2014/08/26/x.html", "/?p=12"), or before the page moved or left
    the site. Answered with a redirect while the page is live, else with "gone"."""

    path = models.CharField(max_length=500, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.path
