"""The demo's distributions: one that went out and is read, one that waits for a second person, a correction that somebody must look at.

Nothing of it is sent: the demo's walls have no keys, so what went out is written down as it would be afterwards.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.messaging.models import Channel
from serikat.newsroom.models import Article, Distribution, Variant, VariantClicks
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import following
from serikat.newsroom.services.publishing import free_code

SENT = {"Mastodon": (31, 18, 7, 4), "Facebook": (142, 88, 51, 23), "X": (12, 9, 1, 0)}  # clicks, the first day first
SHOWN_AT = {"Mastodon": "https://sosial.example/@buruhmuara/1", "Facebook": "https://halaman.example/muara/1", "X": ""}


@inner("part of another action")
def load_distributions(*, channels: dict[str, Channel]) -> None:
    """About the newest articles, and the one that carries a correction."""
    walls = [channels[name] for name in SENT]
    corrected = Article.objects.filter(live=True).exclude(corrections=None).order_by("-first_published_at").first()
    plain = Article.objects.filter(live=True, corrections=None).order_by("-first_published_at")
    editor = User.objects.get(username="redaktur")
    first, second = plain[0], plain[1]
    _went_out(first, walls, known=True)
    waiting = _plan(second, walls)
    for variant in waiting.variants.all():
        variant.writers.add(editor)
    now = timezone.now()
    waiting.variants.update(state=Variant.State.WAITING, submitted_by=editor, submitted_at=now)
    Distribution.objects.filter(pk=waiting.pk).update(submitted_by=editor, submitted_at=now)
    if corrected is not None:
        _went_out(corrected, walls, known=False)
        following.follow_article(article_id=corrected.pk)


def _plan(article: Article, walls: list[Channel]) -> Distribution:
    plan = Distribution.objects.create(article=article)
    tags = sorted(tag.name for tag in article.tags.all())
    story = rules.Story(article.title, article.lead, article.place.name if article.place else "", tags)
    for channel in walls:
        variant = Variant(distribution=plan, channel=channel, code=free_code())
        style = reads.style_of(channel)
        variant.text = rules.draft(style, story, reads.short_address(variant), reads.longest_of(channel)).text
        variant.save()
    return plan


def _went_out(article: Article, walls: list[Channel], *, known: bool) -> None:
    plan, now = _plan(article, walls), timezone.now()
    editors = User.objects.in_bulk(["redaktur", "redaktur2"], field_name="username")
    at = now - timedelta(days=3)
    Distribution.objects.filter(pk=plan.pk).update(submitted_by=editors["redaktur"], submitted_at=at)
    plan.variants.update(submitted_by=editors["redaktur"], submitted_at=at, approved_by=editors["redaktur2"], approved_at=at)
    for variant in plan.variants.select_related("channel"):
        name = variant.channel.name
        Variant.objects.filter(pk=variant.pk).update(state=Variant.State.SENT, sent_at=at, link=SHOWN_AT[name])
        variant.writers.add(editors["redaktur"])
        if known:
            for day, count in enumerate(SENT[name]):
                if count:
                    VariantClicks.objects.create(
                        variant=variant, day=timezone.localdate(at) + timedelta(days=day), count=count
                    )


@inner("part of another action")
def clear_demo_distributions(*, channels: list[int]) -> None:
    """What was planned for the demo's channels, before they go."""
    Variant.objects.filter(channel__in=channels).delete()
    Distribution.objects.filter(variants=None).delete()
