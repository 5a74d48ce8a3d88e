"""What happens to an article's distributions when it changes or leaves: what has not gone out is stopped, what carried the error is put right."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM, who_may
from serikat.kernel.jobs import enqueue
from serikat.messaging.models import Channel
from serikat.messaging.models import State as Sending
from serikat.messaging.services import queueing
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, Redress, Variant
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import delivering
from serikat.newsroom.services.spreading import draft_variants, tell_desk

State, Kind = Variant.State, Distribution.Kind


@inner("part of another action")
def article_changed(*, page_id: int) -> None:
    """A page was published or left: what has not gone out is stopped at once, what must be put right is drafted after the commit."""
    variants = Variant.objects.filter(distribution__article=page_id)
    if not variants.exists():
        return
    if not reads.is_live(page_id):
        begun = variants.filter(state__in=[*reads.OUT, State.FAILED], distribution__kind=Kind.NEWS)
        for variant in begun:  # of what ended, too, a provider's refusal may still come, and somebody press "once more"
            queueing.cancel_about(about=variant.ref)
        for variant in variants.filter(state=State.SENDING, distribution__kind=Kind.NEWS):
            delivering.stop_variant(variant=variant)
        variants.filter(state__in=reads.OPEN, distribution__kind=Kind.NEWS).update(state=State.WITHDRAWN)
    enqueue("newsroom.follow_article", key=str(page_id), article_id=page_id)


@inner("machinery")
def follow_article(*, article_id: int) -> int:
    """Draft what must be put right on the channels that carried the error; returns how many distributions were begun."""
    article = Article.objects.filter(pk=article_id).select_related("unit", "place").first()
    if article is None:
        return 0
    with transaction.atomic(), override("id"):
        Article.objects.select_for_update(of=("self",)).get(pk=article_id)
        if reads.is_live(article_id):
            _settle_cancelled(article, State.FAILED)
            return sum(_correct(article, row) for row in _put_right(article, Redress.Kind.CORRECTION))
        _settle_cancelled(article, State.WITHDRAWN)
        return _withdraw(article)


def _settle_cancelled(article: Article, state: Variant.State) -> None:
    """What was still in a queue when the article left never reached anybody."""
    sending = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state=State.SENDING)
    for variant in sending.filter(message__state=Sending.CANCELLED):
        Variant.objects.filter(pk=variant.pk).update(state=state)


def _put_right(article: Article, kind: str) -> list[Redress]:
    return list(Redress.objects.filter(article=article, kind=kind).order_by("at"))


def _carriers(article: Article, about: str) -> list[Channel]:
    """Channels of ours that went on living and carry what was wrong then."""
    carried = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state__in=reads.OUT)
    rows = carried.filter(channel__active=True, channel__retired_at=None).exclude(reads.TO_NOBODY).select_related("channel")
    return [variant.channel for variant in rows if about not in variant.known]


def _correct(article: Article, row: Redress) -> bool:
    about = row.at.isoformat()
    approved = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state=State.APPROVED)
    for variant in approved:
        if about not in variant.known:  # it was approved before anybody knew
            Variant.objects.filter(pk=variant.pk).update(state=State.DRAFT)
    channels = _carriers(article, about)
    if not channels or Distribution.objects.filter(article=article, kind=Kind.CORRECTION, about=about).exists():
        return False
    plan = Distribution.objects.create(article=article, kind=Kind.CORRECTION, about=about)
    story = rules.Story(row.words, lead=_now("Tentang berita “%s”.") % article.title, mark=_now("Koreksi"))
    draft_variants(plan, story, channels, by=None)
    _call_for_look(plan)
    return True


def _withdraw(article: Article) -> int:
    """Off the site: those who carried it say so. Withdrawn without its title, the title is not said again."""
    row = next(iter(reversed(_put_right(article, Redress.Kind.WITHDRAWAL))), None)
    about = row.at.isoformat() if row else "turun"
    channels = _carriers(article, about)
    if not channels or Distribution.objects.filter(article=article, kind=Kind.WITHDRAWAL, about=about).exists():
        return 0
    plan = Distribution.objects.create(article=article, kind=Kind.WITHDRAWAL, about=about)
    named = row.title if row else article.title
    title = _now("berita “%s” kami cabut") % named if named else _now("satu berita yang kami sebar di sini sudah kami cabut")
    ground = f"{row.get_ground_display()}. " if row and row.ground and named else ""
    lead = ground[:1].upper() + ground[1:] + _now("Mohon tidak menyebarkannya lagi.")
    story = rules.Story(title, lead=lead, mark=_now("Pencabutan"))
    draft_variants(plan, story, channels, by=None, link=reads.redress_address())
    _call_for_look(plan)
    return 1


def _call_for_look(plan: Distribution) -> None:
    known = set(get_user_model()._default_manager.filter(is_active=True).values_list("pk", flat=True))
    words = _("Koreksi perlu disebar ke saluran yang membawa kesalahannya: {title}")
    tell_desk(SYSTEM, known & set(who_may(permissions.may_distribute, plan)), plan, words)
