"""An article on its way to every channel: planned, edited, approved by a second person, sent at its time, put right when it was wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import SYSTEM, Actor, who_may
from serikat.kernel.errors import Conflict, Refused, Words
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Purpose
from serikat.messaging.models import State as Sending
from serikat.messaging.services import queueing, settling
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Distribution, Variant
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.editing import approval_required
from serikat.newsroom.selectors.stories import english_page
from serikat.newsroom.selectors.subscribers import topics_for
from serikat.newsroom.services import delivering
from serikat.newsroom.services.approval import OwnWork
from serikat.newsroom.services.drafting import (
    NotLive,
    can_go,
    draft_variants,
    keep_changed,
    locked,
    locked_to_change,
    worded,
)
from serikat.newsroom.services.redress import corrected_since, moments_shown
from serikat.outreach.models import Topic

logger = logging.getLogger(__name__)
State, Kind = Variant.State, Distribution.Kind
notes_say(channels=_("saluran"), variants=_("varian"), topics=_("topik"))
BATCH = 50


class NoChannels(Refused):
    message = _("Belum ada saluran yang dapat membawa berita. Minta admin memasangnya di Saluran pesan.")


class ReadAnew(Conflict):
    message = _("Ada yang berubah sejak halaman ini dibuka. Baca lagi, lalu putuskan.")


class ApprovedAlready(Conflict):
    message = _("Penyebaran ini sudah disetujui, jadi topiknya tetap.")


class NothingWaits(Conflict):
    message = _("Tidak ada varian yang menunggu.")


class Corrected(Conflict):
    message = _("Beritanya dikoreksi sejak varian ini disetujui, jadi tidak dikirim lagi seperti ini. Kirim koreksinya.")


class ReasonMissing(Refused):
    message = _("Tulis apa yang harus diperbaiki.")


@action(
    "newsroom.distribution.planned",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "menyusun penyebaran"),
    on="article",
)
def plan_distribution(*, actor: Actor, article: Article) -> Distribution:
    """A draft for each live channel of ours that has none yet; done twice, it is done once."""
    fresh = Article.objects.select_for_update(of=("self",)).select_related("unit", "place").get(pk=article.pk)
    if not reads.is_live(fresh.pk):
        raise NotLive
    plan, _made = Distribution.objects.get_or_create(article=fresh, kind=Kind.NEWS, about="")
    channels = reads.channels_of(fresh)
    if not channels:
        raise NoChannels
    taken = set(plan.variants.values_list("channel_id", flat=True))
    new = [channel for channel in channels if channel.pk not in taken]
    abroad = reads.english_channels(new) if english_page(fresh) is not None else set()
    draft_variants(plan=plan, channels=new, by=actor.user_id, english=abroad)
    note(channels=len(new))
    return plan


@action(
    "newsroom.variant.changed",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "menyunting varian penyebaran"),
    on="variant",
    fields=("state", "text", "values"),
)
def change_variant(
    *,
    actor: Actor,
    variant: Variant,
    text: str = "",
    values: Sequence[str] = (),
    subject: str = "",
    send_at: datetime | None = None,
) -> None:
    """New words, or values in its template, or another time. Whatever was approved waits for approval anew; who changed it does not give it."""
    fresh = locked_to_change(variant=variant)
    fresh.text, fresh.values = worded(variant=fresh, text=text, values=values)
    fresh.subject, fresh.send_at = subject.strip()[:300], send_at
    keep_changed(actor=actor, variant=fresh)
    variant.refresh_from_db()


@action(
    "newsroom.distribution.topics_chosen",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "memilih topik penyebaran"),
    on="distribution",
)
def choose_topics(*, actor: Actor, distribution: Distribution, topics: Iterable[Topic]) -> None:
    """Subscribers of other topics than the article speaks of. What waits for approval is a draft again; who chose does not approve it."""
    plan = Distribution.objects.select_for_update().get(pk=distribution.pk)
    variants = list(plan.variants.select_for_update(of=("self",)))
    if plan.kind != Kind.NEWS or not reads.topics_may_change(variants):
        raise ApprovedAlready
    if not reads.is_live(plan.article_id):
        raise NotLive
    chosen = [topic for topic in topics if topic.closed_at is None]
    keep_topics(distribution=plan, topics=chosen)
    open_ones = [variant for variant in variants if variant.state in reads.OPEN]
    Variant.objects.filter(pk__in=[variant.pk for variant in open_ones]).update(state=State.DRAFT)
    for variant in variants:
        if actor.user_id is not None:
            variant.writers.add(actor.user_id)
    note(topics=", ".join(topic.name for topic in chosen))


@inner("part of another action")
def keep_topics(*, distribution: Distribution, topics: Iterable[Topic]) -> None:
    """From now on these, whatever becomes of the article's rubrics and tags."""
    distribution.topics.set(topics)
    distribution.topics_kept = True
    distribution.save(update_fields=["topics_kept"])


@action(
    "newsroom.variant.dropped",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "tidak menyebarkan lewat satu saluran"),
    on="variant",
    fields=("state",),
)
def drop_variant(*, actor: Actor, variant: Variant) -> None:
    """Not through this channel; editing it brings it back."""
    fresh = locked(variant=variant, states=reads.OPEN)
    fresh.state = State.DROPPED
    fresh.save(update_fields=["state"])
    variant.refresh_from_db()


@action(
    "newsroom.distribution.submitted",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "mengirim penyebaran untuk diperiksa"),
    on="distribution",
)
def submit_distribution(*, actor: Actor, distribution: Distribution) -> None:
    """Every draft waits for a second person. Where the organisation lifted that rule, they go out at their time."""
    _hold_article(distribution)
    drafts = list(
        distribution.variants.select_for_update(of=("self",)).select_related("channel", "template").filter(state=State.DRAFT)
    )
    if not drafts:
        raise NothingWaits
    if distribution.kind == Kind.NEWS and not reads.is_live(distribution.article_id):
        raise NotLive
    can_go(variants=drafts)
    for variant in drafts:
        if actor.user_id is not None:
            variant.writers.add(actor.user_id)
    now = timezone.now()
    Variant.objects.filter(pk__in=[v.pk for v in drafts]).update(
        state=State.WAITING,
        submitted_by=actor.user_id,
        submitted_at=now,
        approved_by=None,
        approved_at=None,
        held_at=None,
        known=moments_shown(article_id=distribution.article_id),
    )
    Distribution.objects.filter(pk=distribution.pk).update(submitted_by=actor.user_id, submitted_at=now, answer="")
    note(variants=len(drafts))
    settle_notices(actor=actor, task=distribution)
    if not approval_required():
        _approve(actor, distribution, drafts)
        return
    wrote = reads.writers_of(reads.waiting_variants(distribution))
    others = (u for u in who_may(permissions.may_approve_distribution, distribution) if rules.may_approve(u, wrote))
    tell_desk(actor, others, distribution, _("Penyebaran menunggu persetujuan Anda: {title}"))


@action(
    "newsroom.distribution.approved",
    may=permissions.may_approve_distribution,
    says=pgettext_lazy("an action", "menyetujui penyebaran"),
    on="distribution",
)
def approve_distribution(*, actor: Actor, distribution: Distribution, seal: str) -> None:
    """Yes to exactly what was read. What has no time to come goes out at once; pressed twice, it goes once."""
    _hold_article(distribution)
    Distribution.objects.select_for_update().get(pk=distribution.pk)
    distribution.refresh_from_db()
    waiting = reads.waiting_variants(distribution, lock=True)
    if not waiting:
        raise NothingWaits
    if seal != reads.seal_of(waiting):
        raise ReadAnew
    if not rules.may_approve(actor.user_id, reads.writers_of(waiting)):
        raise OwnWork
    if distribution.kind == Kind.NEWS and not reads.is_live(distribution.article_id):
        raise NotLive
    can_go(variants=waiting)
    note(variants=len(waiting))
    _approve(actor, distribution, waiting)
    settle_notices(actor=actor, task=distribution)
    tell_desk(actor, reads.writers_of(waiting), distribution, _("Penyebaran disetujui: {title}"), asks=False)


def _approve(actor: Actor, distribution: Distribution, waiting: list[Variant]) -> None:
    known = moments_shown(article_id=distribution.article_id)
    distribution.refresh_from_db(fields=["topics_kept"])
    if distribution.kind == Kind.NEWS and not distribution.topics_kept:
        keep_topics(distribution=distribution, topics=topics_for(distribution))
    ids = [variant.pk for variant in waiting]
    now = timezone.now()
    Variant.objects.filter(pk__in=ids, state=State.WAITING).update(
        state=State.APPROVED, known=known, approved_by=actor.user_id, approved_at=now
    )
    for variant in Variant.objects.filter(pk__in=ids).select_related("distribution"):
        if variant.send_at is None or variant.send_at <= now:
            send_variant(actor=actor, variant=variant)


@action(
    "newsroom.distribution.sent_back",
    may=permissions.may_approve_distribution,
    says=pgettext_lazy("an action", "mengembalikan penyebaran untuk diperbaiki"),
    on="distribution",
)
def send_back_distribution(*, actor: Actor, distribution: Distribution, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")
    Distribution.objects.select_for_update().get(pk=distribution.pk)
    waiting = reads.waiting_variants(distribution, lock=True)
    if not waiting:
        raise NothingWaits
    Variant.objects.filter(pk__in=[v.pk for v in waiting]).update(state=State.DRAFT)
    Distribution.objects.filter(pk=distribution.pk).update(answer=reason.strip()[:600])
    settle_notices(actor=actor, task=distribution)
    tell_desk(actor, reads.writers_of(waiting), distribution, _("Penyebaran dikembalikan dengan catatan: {title}"))


@inner("part of another action")
def tell_desk(actor: Actor, user_ids: Iterable[int], distribution: Distribution, words: Words, *, asks: bool = True) -> None:
    """`asks`: somebody is to do something about it, and once anybody has, the line counts as read."""
    link = reverse("newsroom_desk:distribute", args=[distribution.article_id])
    for user_id in sorted(set(user_ids) - {actor.user_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(words, title=distribution.article.title),
            link=link,
            task=distribution if asks else None,
        )


# Sending


def _hold_article(distribution: Distribution) -> None:
    """Its correction or withdrawal has come before, or waits until what begins here stands: it would miss what it must stop."""
    Article.objects.select_for_update(of=("self",)).filter(pk=distribution.article_id).values_list("pk").first()


@inner("part of another action")
def send_variant(*, actor: Actor, variant: Variant) -> None:
    """Into the channel's queue, once: only what is approved, and only while its article is live. What was approved before the article was corrected is
    read again, also when nobody has followed the correction yet. What cannot be queued says why."""
    _hold_article(variant.distribution)
    rows = Variant.objects.select_for_update(of=("self",)).select_related(
        "distribution__article__unit", "channel__unit", "template"
    )
    fresh = rows.filter(pk=variant.pk, state=State.APPROVED).first()
    if fresh is None:
        return
    if fresh.distribution.kind == Kind.NEWS and not reads.is_live(fresh.distribution.article_id):
        fresh.state = State.WITHDRAWN
    elif corrected_since(variant=fresh):
        fresh.state, fresh.held_at = State.DRAFT, timezone.now()
    else:
        _queue(actor, fresh)
    fresh.save()


def _queue(actor: Actor, variant: Variant) -> None:
    try:
        with transaction.atomic():
            can_go(variants=[variant])
            if variant.channel.scheme == Scheme.WALL:
                picture = reads.cover_for(variant)
                variant.message = queueing.queue_message(
                    actor=actor,
                    channel=variant.channel,
                    address=None,
                    text=variant.text,
                    subject=variant.subject,
                    purpose=Purpose.BROADCAST,
                    about=variant.ref,
                    link=reads.short_address(variant),
                    shared=queueing.share_text(text=variant.text, picture=picture) if picture else None,
                )
            else:
                variant.queued_at = None
                delivering.queue_for_subscribers(variant=variant)
        variant.state = State.SENDING
        variant.problem, variant.sent_at = "", timezone.now()
    except Refused as refused:
        variant.state, variant.problem = State.FAILED, str(refused)[:300]


@inner("machinery")
def send_due_variants() -> int:
    """By the clock: what was approved for this hour. Each by itself, so that one that fails keeps no other."""
    approved = Variant.objects.filter(state=State.APPROVED, send_at__lte=timezone.now()).select_related("distribution")
    due = list(approved.order_by("send_at", "pk")[:BATCH])
    for variant in due:
        try:
            with transaction.atomic():
                send_variant(actor=SYSTEM, variant=variant)
        except Exception:
            logger.exception("A variant could not be sent")
    return len(due)


ENDS = {
    Sending.SENT: State.SENT,
    Sending.DELIVERED: State.SENT,
    Sending.READ: State.SENT,
    Sending.DOUBT: State.DOUBT,
    Sending.REFUSED: State.FAILED,
    Sending.PARKED: State.FAILED,
    Sending.EXPIRED: State.FAILED,
    Sending.CANCELLED: State.FAILED,
    Sending.STOPPED: State.FAILED,
}


@inner("machinery")
def note_settled(*, about: str) -> None:
    """A provider took, refused or lost what was sent: on a wall that is the variant's own end, with the provider's link; to subscribers it is over
    when nothing waits any more."""
    pk = about.removeprefix("newsroom.variant:")
    variant = Variant.objects.select_related("message").filter(pk=int(pk) if pk.isdigit() else 0).first()
    if variant is None or variant.state == State.WITHDRAWN:
        return
    if variant.message is not None:
        end = ENDS.get(Sending(variant.message.state))
        if end is None:
            return
        link = variant.message.link if variant.message.link != reads.short_address(variant) else ""
        Variant.objects.filter(pk=variant.pk).update(
            state=end, link=link if end == State.SENT else "", problem=variant.message.problem if end != State.SENT else ""
        )
        if variant.message.state == Sending.CANCELLED:
            delivering.follow_again(variant=variant)
        return
    delivering.settle_variant(variant_id=variant.pk)


@action(
    "newsroom.variant.resent",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "mencoba lagi mengirim varian penyebaran"),
    on="variant",
    fields=("state",),
)
def resend_variant(*, actor: Actor, variant: Variant) -> None:
    """A person decided: once more. What a provider may have goes out under the same key."""
    _hold_article(variant.distribution)
    fresh = locked(variant=variant, states=(State.FAILED, State.DOUBT))
    if fresh.distribution.kind == Kind.NEWS and not reads.is_live(fresh.distribution.article_id):
        raise NotLive
    if corrected_since(variant=fresh):
        raise Corrected
    if fresh.message is not None and fresh.message.state in (Sending.PARKED, Sending.DOUBT):
        settling.resend_message(
            actor=SYSTEM, message=fresh.message
        )  # the editor is asked here; the operator's desk has its own door
        fresh.state, fresh.problem = State.SENDING, ""
    else:
        _queue(actor, fresh)
    fresh.save()
    variant.refresh_from_db()


@action(
    "newsroom.variant.counted",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "menetapkan varian penyebaran sebagai terkirim"),
    on="variant",
    fields=("state",),
)
def count_variant(*, actor: Actor, variant: Variant) -> None:
    """Somebody looked at the channel, and it stands there."""
    fresh = locked(variant=variant, states=(State.DOUBT,))
    if fresh.message is not None and fresh.message.state == Sending.DOUBT:
        settling.count_as_sent(actor=SYSTEM, message=fresh.message)
    fresh.state, fresh.problem = State.SENT, ""
    fresh.save(update_fields=["state", "problem"])
    variant.refresh_from_db()
