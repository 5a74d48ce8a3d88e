"""How often a page was read, as numbers alone: nobody who reads is known here."""

from __future__ import annotations

from django.db import models


class Reads(models.Model):
    """How often a page was given to a person within a span of time. Spans are hours; old ones are folded into days, and those into months."""

    class Span(models.IntegerChoices):
        HOUR = 1
        DAY = 24
        MONTH = 720

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="reads", db_index=False)
    span = models.PositiveSmallIntegerField(choices=Span, default=Span.HOUR)
    at = models.DateTimeField(help_text="When the span began, in the organisation's time.")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "span", "at"], name="one_count_a_span")]
        indexes = [
            models.Index(fields=["at", "page", "count"], name="reads_of_a_period"),
            models.Index(fields=["page", "at", "count"], name="reads_of_a_page"),  # sums of a long period, page after page
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.at:%Y-%m-%d %H} {self.count}"
