"""What happens to an article's distributions when it changes or leaves: what has not gone out is stopped, what carried the error is put right."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM, who_may
from serikat.kernel.jobs import enqueue
from serikat.messaging.models import Message
from serikat.messaging.models import State as Sending
from serikat.messaging.services import queueing
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, Redress, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.stories import GONE, put_right
from serikat.newsroom.services import delivering
from serikat.newsroom.services.drafting import draft, draft_variants
from serikat.newsroom.services.spreading import tell_desk

State, Kind = Variant.State, Distribution.Kind
NEVER_LEFT = (Sending.CANCELLED, Sending.REFUSED, Sending.EXPIRED, Sending.STOPPED)


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
            return sum(_correct(article, row) for row in put_right(article, Redress.Kind.CORRECTION))
        _settle_cancelled(article, State.WITHDRAWN)
        return int(_withdraw(article))


def _settle_cancelled(article: Article, state: Variant.State) -> None:
    """What was still in a queue when the article left never reached anybody."""
    sending = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state=State.SENDING)
    for variant in sending.filter(message__state=Sending.CANCELLED):
        Variant.objects.filter(pk=variant.pk).update(state=state)


def _carriers(article: Article, about: str) -> list[Variant]:
    """What carries what was wrong then, on channels of ours that went on living."""
    carried = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state__in=reads.OUT)
    rows = carried.filter(channel__active=True, channel__retired_at=None).exclude(reads.TO_NOBODY).select_related("channel")
    return [variant for variant in rows if about not in variant.known]


def _correct(article: Article, row: Redress) -> bool:
    about = row.at.isoformat()
    approved = Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state=State.APPROVED)
    for variant in approved:
        if about not in variant.known:  # it was approved before anybody knew
            Variant.objects.filter(pk=variant.pk, state=State.APPROVED).update(state=State.DRAFT)
    for variant in Variant.objects.filter(distribution__article=article, distribution__kind=Kind.NEWS, state=State.FAILED):
        if about not in variant.known:  # nor is it tried again as it was
            _begin_anew(variant)
    return _begin(article, Kind.CORRECTION, about)


def _begin_anew(variant: Variant) -> None:
    """What reached nobody is a draft again; what did reach somebody stays, and is put right with the rest."""
    queueing.cancel_about(about=variant.ref)
    if Message.objects.filter(about=variant.ref).exclude(state__in=NEVER_LEFT).exists():
        return
    Variant.objects.filter(pk=variant.pk, state=State.FAILED).update(
        state=State.DRAFT, problem="", message=None, sent_at=None, approved_by=None, approved_at=None
    )
    queueing.drop_cancelled(about=variant.ref)


def _withdraw(article: Article) -> bool:
    """Off the site: those who carried it say so."""
    row = next(iter(reversed(put_right(article, Redress.Kind.WITHDRAWAL))), None)
    return _begin(article, Kind.WITHDRAWAL, row.at.isoformat() if row else GONE)


def _begin(article: Article, kind: Distribution.Kind, about: str) -> bool:
    """A draft for each channel that carries what was wrong, in the language in which it did."""
    carriers = _carriers(article, about)
    begun = Distribution.objects.filter(article=article, kind=kind, about=about).first()
    if begun is not None:
        _draft_anew(begun)
    if not carriers or begun is not None:
        return False
    plan = Distribution.objects.create(article=article, kind=kind, about=about)
    english = {variant.channel_id for variant in carriers if variant.english}
    draft_variants(plan=plan, channels=[variant.channel for variant in carriers], by=None, english=english)
    _call_for_look(plan)
    return True


def _draft_anew(plan: Distribution) -> None:
    """A draft that nobody has touched says what the correction says now: its words may have changed, or been written in English since."""
    untouched = plan.variants.filter(state=State.DRAFT, writers=None).select_related("channel", "template", "distribution")
    for variant in untouched:
        before = (variant.subject, variant.text, variant.values)
        draft(variant=variant, template=variant.template)
        if (variant.subject, variant.text, variant.values) != before:
            variant.save(update_fields=["subject", "text", "values"])


def _call_for_look(plan: Distribution) -> None:
    known = set(get_user_model()._default_manager.filter(is_active=True).values_list("pk", flat=True))
    words = _("Koreksi perlu disebar ke saluran yang membawa kesalahannya: {title}")
    tell_desk(SYSTEM, known & set(who_may(permissions.may_distribute, plan)), plan, words)
