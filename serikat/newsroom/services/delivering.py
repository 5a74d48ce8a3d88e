"""A variant on its way to subscribers: a job puts a message for each into the queue, batch by batch.

The job may die at any moment and be begun again: who is reached is asked anew, and who has a message of this variant gets no second one. Before each batch
it looks whether the variant is still wanted.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.messaging.models import Message, SharedText
from serikat.messaging.models import State as Sending
from serikat.messaging.selectors.channels import as_sent
from serikat.messaging.selectors.messages import outcomes_of
from serikat.messaging.services import queueing
from serikat.newsroom.models import Distribution, Variant
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors import subscribers
from serikat.newsroom.services.drafting import can_go
from serikat.newsroom.services.redress import corrected_since
from serikat.outreach.selectors.reaching import in_batches
from serikat.outreach.services.running import receivers_on

State = Variant.State
BATCH = 1000
LASTS = timedelta(days=3)  # what could not be sent by then is no news any more


@inner("part of another action")
def queue_for_subscribers(*, variant: Variant) -> None:
    """Begin: the rest is the job's, for there may be very many."""
    enqueue("newsroom.queue_variant", key=f"variant:{variant.pk}", variant_id=variant.pk)


@inner("machinery")
def queue_variant(*, variant_id: int) -> None:
    rows = Variant.objects.select_related("distribution__article__rubric", "channel__unit", "template")
    found = rows.filter(pk=variant_id).first()
    if found is None or found.state != State.SENDING or found.queued_at is not None:
        return
    about = found.ref
    queueing.drop_cancelled(about=about)  # it came back after it was taken off
    ways, shared = subscribers.ways_of(found), None
    for _channel, batch in in_batches(ways, BATCH):
        with transaction.atomic():
            if not _still_goes(found):
                return
            if _says_what_was(found):  # its yes and a correction crossed
                take_back_variant(variant=found)
                return
            try:
                shared = shared or _shared(found, about)
                queueing.queue_many(
                    actor=SYSTEM,
                    channel=found.channel,
                    receivers=receivers_on(ways=batch),
                    shared=shared,
                    about=about,
                    expires_at=(found.sent_at or timezone.now()) + LASTS,
                )
            except Refused as refused:
                Variant.objects.filter(pk=found.pk).update(state=State.FAILED, problem=str(refused)[:300])
                return
    with transaction.atomic():
        if _still_goes(found):
            _end_queueing(found)


def _still_goes(variant: Variant) -> bool:
    """Whether this sending is still on, and not a later one of other words; nobody ends it until the transaction does."""
    rows = Variant.objects.select_for_update(of=("self",))
    return rows.filter(pk=variant.pk, state=State.SENDING, queued_at=None, sent_at=variant.sent_at).exists()


def _says_what_was(variant: Variant) -> bool:
    plan = variant.distribution
    return plan.kind == Distribution.Kind.NEWS and (not reads.is_live(plan.article_id) or corrected_since(variant=variant))


@inner("part of another action")
def take_back_variant(*, variant: Variant) -> None:
    """Its article left or was corrected: nothing more is put into the queue, and what waits there, or was given up, goes no more. Queueing is stopped
    first, for a batch may be on its way."""
    to_subscribers = subscribers.to_subscribers(variant)
    if to_subscribers:
        Variant.objects.filter(pk=variant.pk, state=State.SENDING, queued_at=None).update(queued_at=timezone.now())
    queueing.cancel_about(about=variant.ref)
    if to_subscribers and variant.state == State.SENDING:
        _end_queueing(variant)


@inner("part of another action")
def follow_again(*, variant: Variant) -> None:
    """It ended after its article was corrected: who got nothing may get it as it is now."""
    if corrected_since(variant=variant):
        article = variant.distribution.article_id
        enqueue("newsroom.follow_article", key=str(article), article_id=article)


def _end_queueing(variant: Variant) -> None:
    messages = Message.objects.filter(about=variant.ref).exclude(state=Sending.CANCELLED)
    waiting = Variant.objects.filter(pk=variant.pk, state=State.SENDING)
    waiting.update(receivers=messages.count(), queued_at=timezone.now())
    settle_variant(variant_id=variant.pk)


def _shared(variant: Variant, about: str) -> SharedText:
    """One text for all; what a dead worker wrote is used on, while it says the same."""
    can_go(variants=[variant])
    told: dict[str, Any] = {
        "text": reads.as_sent(variant),
        "subject": variant.subject,
        "link": reads.short_address(variant),
        "thread": f"berita-{variant.distribution.article_id}",  # a correction takes the place of the notice that was wrong
        "picture": reads.cover_for(variant),
        "template": as_sent(variant.template, variant.values) if variant.template else None,
    }
    last = Message.objects.filter(about=about, shared__isnull=False).select_related("shared").order_by("-pk").first()
    held = last.shared if last is not None else None
    if held is not None and all(getattr(held, name) == value for name, value in told.items()):
        return held
    return queueing.share_text(**told)


@inner("machinery")
def settle_variants() -> None:
    """By the clock: of whose end nobody told, because the last who waited have stopped."""
    for pk in Variant.objects.filter(state=State.SENDING, queued_at__isnull=False).values_list("pk", flat=True):
        settle_variant(variant_id=pk)


@inner("machinery")
def settle_variant(*, variant_id: int) -> None:
    """Over when all stand in the queue and none waits there any more: sent when one arrived, in doubt when perhaps one did. To nobody is sent, too (who has
    stopped wants nothing); taken back before anybody got it, it is withdrawn."""
    found = (
        Variant.objects.filter(pk=variant_id, state=State.SENDING, queued_at__isnull=False)
        .select_related("distribution", "channel")
        .first()
    )
    if found is None:
        return
    left = outcomes_of(found.ref)
    if left.get(Sending.QUEUED, 0) or left.get(Sending.HELD, 0):
        return
    taken_back, _stopped = left.pop(Sending.CANCELLED, 0), left.pop(Sending.STOPPED, 0)
    if subscribers.went_well(left):
        end = State.SENT
    elif left:
        end = State.DOUBT if left.get(Sending.DOUBT, 0) else State.FAILED
    else:
        end = _end_of_none(found, taken_back)
    problem = _why(found) if end == State.FAILED else ""
    Variant.objects.filter(pk=found.pk, state=State.SENDING).update(state=end, problem=problem)
    follow_again(variant=found)


def _end_of_none(variant: Variant, taken_back: int) -> Variant.State:
    """Nobody got it and nobody may have: by its article, for a correction's job makes a draft of what failed."""
    plan = variant.distribution
    if plan.kind == Distribution.Kind.NEWS and not reads.is_live(plan.article_id):
        return State.WITHDRAWN
    if corrected_since(variant=variant):
        return State.FAILED
    return State.WITHDRAWN if taken_back else State.SENT


def _why(variant: Variant) -> str:
    """What the provider said of the last that it did not take."""
    told = Message.objects.filter(about=variant.ref).exclude(problem="").order_by("-pk").values_list("problem", flat=True)
    return told.first() or ""
