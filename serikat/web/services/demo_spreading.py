"""The demo's distributions: one that went out and is read, one that waits for a second person, a correction that is on its way.

Nothing of it is sent: the demo's channels have neither keys nor addresses of providers, so what went out is written down as it would be afterwards.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.messaging.models import Channel, Direction, Message, Purpose, State
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.queueing import share_text
from serikat.newsroom.models import Article, Distribution, Variant, VariantClicks
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import following
from serikat.newsroom.services.publishing import free_code
from serikat.outreach.models import Subscription

SENT = {
    "Mastodon": (31, 18, 7, 4), "Facebook": (142, 88, 51, 23), "X": (12, 9, 1, 0), "Kanal Telegram": (64, 22, 9, 3), "SMS kabar": (9, 2, 0, 0),
}  # clicks, the first day first  # fmt: skip
SHOWN_AT = {
    "Mastodon": "https://sosial.example/@buruhmuara/1", "Facebook": "https://halaman.example/muara/1", "Kanal Telegram": "https://kanal.example/muara/1",
}  # fmt: skip
RIGHTED = ("Mastodon", "Kanal Telegram")  # what the correction has left by; by the others it waits for a second person


@inner("part of another action")
def load_distributions(*, channels: dict[str, Channel]) -> None:
    """About the newest articles, and the one that carries a correction."""
    carried = [channels[name] for name in SENT]
    corrected = Article.objects.filter(live=True).exclude(corrections=None).order_by("-first_published_at").first()
    plain = Article.objects.filter(live=True, corrections=None).order_by("-first_published_at")
    editor = User.objects.get(username="redaktur")
    first, second = plain[0], plain[1]
    _went_out(first, carried, known=True)
    waiting = _plan(second, reads.channels_of(second))
    for variant in waiting.variants.all():
        variant.writers.add(editor)
    now = timezone.now()
    waiting.variants.update(state=Variant.State.WAITING, submitted_by=editor, submitted_at=now)
    Distribution.objects.filter(pk=waiting.pk).update(submitted_by=editor, submitted_at=now)
    if corrected is not None:
        _went_out(corrected, carried, known=False)
        following.follow_article(article_id=corrected.pk)
        _on_its_way(corrected, editor)


def _on_its_way(article: Article, editor: User) -> None:
    """The correction has left by some channels, and waits for a second person's yes to the others."""
    now = timezone.now()
    plan = Distribution.objects.get(article=article, kind=Distribution.Kind.CORRECTION)
    second, left = User.objects.get(username="redaktur2"), now - timedelta(minutes=20)
    plan.variants.update(submitted_by=editor, submitted_at=left)
    plan.variants.filter(channel__name__in=RIGHTED).update(
        state=Variant.State.SENT, sent_at=left, approved_by=second, approved_at=left
    )
    plan.variants.exclude(channel__name__in=RIGHTED).update(state=Variant.State.WAITING)
    for variant in plan.variants.all():
        variant.writers.add(editor)
    Distribution.objects.filter(pk=plan.pk).update(submitted_by=editor, submitted_at=now)


def _plan(article: Article, carriers: list[Channel]) -> Distribution:
    plan = Distribution.objects.create(article=article)
    tags = sorted(tag.name for tag in article.tags.all())
    story = rules.Story(article.title, article.lead, article.place.name if article.place else "", tags)
    for channel in carriers:
        variant = Variant(distribution=plan, channel=channel, code=free_code())
        style = reads.style_of(channel)
        words = rules.draft(style, story, reads.short_address(variant), reads.longest_of(channel))
        variant.text, variant.subject = words.text, words.subject[:300]
        variant.save()
    return plan


def _went_out(article: Article, carriers: list[Channel], *, known: bool) -> None:
    plan, now = _plan(article, carriers), timezone.now()
    editors = User.objects.in_bulk(["redaktur", "redaktur2"], field_name="username")
    at = now - timedelta(days=3)
    Distribution.objects.filter(pk=plan.pk).update(submitted_by=editors["redaktur"], submitted_at=at)
    plan.variants.update(submitted_by=editors["redaktur"], submitted_at=at, approved_by=editors["redaktur2"], approved_at=at)
    for variant in plan.variants.select_related("channel"):
        name = variant.channel.name
        Variant.objects.filter(pk=variant.pk).update(state=Variant.State.SENT, sent_at=at, link=SHOWN_AT.get(name, ""))
        _received(variant, at)
        variant.writers.add(editors["redaktur"])
        if known:
            for day, count in enumerate(SENT[name]):
                if count:
                    VariantClicks.objects.create(
                        variant=variant, day=timezone.localdate(at) + timedelta(days=day), count=count
                    )


def _received(variant: Variant, at: datetime) -> None:
    """To who subscribed on its channel; a wall has nobody."""
    channel = variant.channel
    addresses = list(
        Subscription.objects.filter(channel=channel, ended_at=None).order_by("pk").values_list("address_id", flat=True)
    )
    if not addresses:
        return
    shared, parts = share_text(text=reads.as_sent(variant)), measure(reads.as_sent(variant)).count
    Message.objects.bulk_create(
        Message(
            direction=Direction.OUT, channel=channel, address_id=address, state=State.DELIVERED, purpose=Purpose.BROADCAST, key=uuid.uuid4(),
            at=at, settled_at=at + timedelta(minutes=1), shared=shared, about=variant.ref, parts=parts, cost=parts * channel.price,
        )
        for address in addresses
    )  # fmt: skip
    Variant.objects.filter(pk=variant.pk).update(receivers=len(addresses), queued_at=at)


@inner("part of another action")
def clear_demo_distributions(*, channels: list[int]) -> None:
    """What was planned for the demo's channels, before they go."""
    Variant.objects.filter(channel__in=channels).delete()
    Distribution.objects.filter(variants=None).delete()
