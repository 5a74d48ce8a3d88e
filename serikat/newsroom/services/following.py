"""What happens to an article's distributions when it changes or leaves: what has not gone out is stopped, what carried the error is put right."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM, who_may
from serikat.kernel.errors import Words
from serikat.kernel.jobs import enqueue
from serikat.messaging.models import Message
from serikat.messaging.models import State as Sending
from serikat.messaging.services import queueing
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, Redress, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.stories import GONE, put_right
from serikat.newsroom.selectors.subscribers import to_subscribers
from serikat.newsroom.services import delivering
from serikat.newsroom.services.drafting import draft, draft_variants
from serikat.newsroom.services.publishing import free_code
from serikat.newsroom.services.redress import corrected_since, moments_shown
from serikat.newsroom.services.spreading import tell_desk

State, Kind = Variant.State, Distribution.Kind
NEVER_LEFT = (Sending.CANCELLED, Sending.REFUSED, Sending.EXPIRED, Sending.STOPPED)


@inner("part of another action")
def article_changed(*, page_id: int) -> None:
    """A page was published or left: what has not gone out is stopped at once, what must be put right is drafted after the commit."""
    if not Variant.objects.filter(distribution__article=page_id).exists():
        return
    _stop(page_id, live=reads.is_live(page_id))
    enqueue("newsroom.follow_article", key=str(page_id), article_id=page_id)


def _stop(page_id: int, *, live: bool) -> None:
    news = Variant.objects.filter(distribution__article=page_id, distribution__kind=Kind.NEWS)
    for variant in news.filter(state__in=[*reads.OUT, State.FAILED]).select_related("distribution", "channel"):
        # of what ended, too, a provider's refusal may still come, and somebody press "once more"
        if not live or (corrected_since(variant=variant) and _may_still_go(variant)):
            delivering.take_back_variant(variant=variant)
    if not live:
        news.filter(state__in=reads.OPEN).update(state=State.WITHDRAWN)


def _may_still_go(variant: Variant) -> bool:
    """Of what went long ago nothing is left to take back, and its many messages are let be."""
    waits = Message.objects.filter(about=variant.ref, state__in=[*queueing.WAITING, Sending.DOUBT])
    return variant.state == State.SENDING or waits.exists()


@inner("machinery")
def follow_article(*, article_id: int) -> int:
    """Draft what must be put right on the channels that carried the error; returns how many distributions were begun."""
    article = Article.objects.filter(pk=article_id).select_related("unit", "place").first()
    if article is None:
        return 0
    with transaction.atomic(), override("id"):
        Article.objects.select_for_update(of=("self",)).get(pk=article_id)
        live = reads.is_live(article_id)
        _stop(article_id, live=live)  # once more: a yes may have been on its way in another transaction
        if live:
            _settle_cancelled(article, State.FAILED)
            _drop_unsaid(article)
            _drop_withdrawals(article)
            begun = sum(_correct(article, row) for row in put_right(article, Redress.Kind.CORRECTION))
            _draft_again(article)
            return begun
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
    return _begin(article, Kind.CORRECTION, row.at.isoformat())


def _drop_unsaid(article: Article) -> None:
    """A correction that the article shows no more tells nobody anything; what has left stays told."""
    open_ones = Variant.objects.filter(
        distribution__article=article, distribution__kind=Kind.CORRECTION, state__in=reads.OPEN
    )
    open_ones.exclude(distribution__about__in=moments_shown(article_id=article.pk)).update(state=State.DROPPED)


def _drop_withdrawals(article: Article) -> None:
    """It is back: what nobody was told is told nobody, and begins anew when it goes again."""
    for plan in article.distributions.filter(kind=Kind.WITHDRAWAL):
        plan.variants.filter(state__in=reads.OPEN).update(state=State.DROPPED)
        if not plan.variants.exclude(state=State.DROPPED).exists():
            plan.delete()


def _draft_again(article: Article) -> None:
    """What was submitted or approved before anybody knew of a correction, and has not gone out, or not to everybody, is read anew."""
    plan = article.distributions.filter(kind=Kind.NEWS).first()
    rows = plan.variants.select_related("distribution__article", "channel", "template") if plan else []
    begun = [_begin_anew(variant) for variant in rows if corrected_since(variant=variant) or _was_cut_short(variant)]
    if plan is not None and any(begun):
        _call_for_look(plan, _("Ada kabar yang belum keluar ketika beritanya dikoreksi. Baca lagi, lalu kirim: {title}"))


def _was_cut_short(variant: Variant) -> bool:
    """Some had it, others' messages were taken back; and what for is no more: the correction was removed, the article is back."""
    taken_back = Message.objects.filter(about=variant.ref, state=Sending.CANCELLED, meant=Sending.CANCELLED)
    return variant.state in (State.SENT, State.DOUBT) and to_subscribers(variant) and taken_back.exists()


def _begin_anew(variant: Variant) -> bool:
    """What reached nobody is a draft again. What reached some stays, and is put right with the rest; who had not got it gets a variant of their own."""
    same = Variant.objects.filter(pk=variant.pk, state=variant.state)
    now = timezone.now()
    if variant.state in (State.WAITING, State.APPROVED):
        return bool(same.update(state=State.DRAFT, held_at=now))
    if variant.state not in (State.FAILED, State.SENT, State.DOUBT):
        return False
    if variant.state == State.FAILED:
        queueing.cancel_about(about=variant.ref)
    if variant.state != State.FAILED or Message.objects.filter(about=variant.ref).exclude(state__in=NEVER_LEFT).exists():
        return _draft_for_the_rest(variant)
    done = same.update(
        state=State.DRAFT,
        held_at=now,
        problem="",
        message=None,
        sent_at=None,
        queued_at=None,
        receivers=0,
        approved_by=None,
        approved_at=None,
    )
    queueing.drop_cancelled(about=variant.ref)
    return bool(done)


def _draft_for_the_rest(variant: Variant) -> bool:
    """For those whose message was taken back in time, while it is news; it says what the article says now."""
    fresh = variant.sent_at is not None and variant.sent_at > timezone.now() - delivering.LASTS
    if not fresh or not to_subscribers(variant) or variant.channel.retired_at is not None:
        return False
    plan, part = variant.distribution, variant.part + 1
    if not queueing.drop_cancelled(about=variant.ref) or plan.variants.filter(channel=variant.channel, part=part).exists():
        return False
    rest = Variant(distribution=plan, channel=variant.channel, part=part, code=free_code(), english=variant.english)
    rest.held_at = timezone.now()
    draft(variant=rest, template=variant.template)
    rest.save()
    return True


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
    channels = {variant.channel_id: variant.channel for variant in carriers}  # each once, whatever parts carried it
    draft_variants(plan=plan, channels=list(channels.values()), by=None, english=english)
    _call_for_look(plan, _("Koreksi perlu disebar ke saluran yang membawa kesalahannya: {title}"))
    return True


def _draft_anew(plan: Distribution) -> None:
    """A draft that nobody has touched says what the correction says now: its words may have changed, or been written in English since."""
    untouched = plan.variants.filter(state=State.DRAFT, writers=None).select_related("channel", "template", "distribution")
    for variant in untouched:
        before = (variant.subject, variant.text, variant.values)
        draft(variant=variant, template=variant.template)
        if (variant.subject, variant.text, variant.values) != before:
            variant.save(update_fields=["subject", "text", "values"])


def _call_for_look(plan: Distribution, words: Words) -> None:
    known = set(get_user_model()._default_manager.filter(is_active=True).values_list("pk", flat=True))
    tell_desk(SYSTEM, known & set(who_may(permissions.may_distribute, plan)), plan, words)
