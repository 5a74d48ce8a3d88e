"""The weekly digest by mail, put together by the clock.

Each turn has one row, and each mail names it: a worker that dies is followed by one that goes on where it was, and nobody gets a turn's digest twice.
Who asked for nothing that was published gets no mail. After weeks in which nothing ran one digest tells of them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM
from serikat.messaging.leaving import LEAVE
from serikat.messaging.models import Channel, Message
from serikat.messaging.services import queueing
from serikat.newsroom.models import Digest
from serikat.newsroom.rules import digests as rules
from serikat.newsroom.selectors import digests as reads
from serikat.newsroom.selectors.digests import Piece
from serikat.newsroom.services.redress import moments_shown
from serikat.outreach.rules.texts import with_way_out
from serikat.outreach.selectors.reaching import HAVE_IT, Wish, weekly_wishes
from serikat.outreach.services.running import receivers_on

SETTLES = timedelta(minutes=5)  # what goes live in the very moment of the turn has been written by then
LASTS = timedelta(days=3)
MOST_SHOWN = 25


@inner("machinery")
def send_digest(*, now: datetime | None = None) -> int:
    """By the clock: begin the turn that has come, or go on with one that was not ended. Returns how many mails were put into the queue."""
    now = timezone.localtime(now)
    turn = rules.turn_before(now - SETTLES)
    last = Digest.objects.order_by("-until").first()
    if last is None or last.until < turn:
        after = last.until if last else turn - timedelta(days=7)
        last, _made = Digest.objects.get_or_create(until=turn, defaults={"after": after})
    return _queue(last) if last.done_at is None else 0


def _queue(digest: Digest) -> int:
    channels = {one.pk: one for one in reads.digest_channels()}
    with override("id"):
        news, right = reads.pieces_between(digest.after, digest.until), reads.put_right_since(digest)
        count = 0
        if channels and (news or right):
            had = _had(reads.receivers_of_earlier(digest)) if right else set()
            groups: dict[tuple[int, tuple[Piece, ...], tuple[Piece, ...]], list[Wish]] = {}
            for wish in weekly_wishes(channels=list(channels.values())):
                channel = channels[wish.way.channel_id]
                ours = tuple(one for one in news if one.concerns(wish, channel))
                wrong = tuple(one for one in right if one.concerns(wish, channel)) if wish.way.address_id in had else ()
                if ours or wrong:
                    groups.setdefault((channel.pk, ours, wrong), []).append(wish)
            for (channel_id, ours, wrong), wishes in groups.items():
                count += _queue_group(digest, channels[channel_id], ours, wrong, wishes)
    with transaction.atomic():
        _remember(digest, news, right)
    return count


def _had(refs: list[str]) -> set[int]:
    """Who got one of these."""
    rows = Message.objects.filter(about__in=refs, state__in=HAVE_IT, address__isnull=False)
    return set(rows.values_list("address", flat=True))  # type: ignore[arg-type]


@transaction.atomic
def _queue_group(
    digest: Digest, channel: Channel, news: tuple[Piece, ...], right: tuple[Piece, ...], wishes: list[Wish]
) -> int:
    """One mail for all who get the same."""
    meant = [wish.way.address_id for wish in wishes]
    known = set(Message.objects.filter(about=digest.ref, address__in=meant).values_list("address", flat=True))
    ways = [wish.way for wish in wishes if wish.way.address_id not in known]
    if not ways:
        return 0
    subject, text, html = _written(channel, news, right)
    return queueing.queue_many(
        actor=SYSTEM,
        channel=channel,
        receivers=receivers_on(ways=ways),
        shared=queueing.share_text(text=text, subject=subject, html=html),
        about=digest.ref,
        expires_at=timezone.now() + LASTS,
    )


def _written(channel: Channel, news: tuple[Piece, ...], right: tuple[Piece, ...]) -> tuple[str, str, str]:
    """Subject, words and page of one mail."""
    title = news[0].title if news else right[0].title
    more = len(news) + len(right) - 1
    subject = (
        title
        if not more
        else ngettext("%(title)s, dan %(n)d lagi", "%(title)s, dan %(n)d lagi", more) % {"title": title, "n": more}
    )
    told = {
        "news": news[:MOST_SHOWN],
        "more": max(0, len(news) - MOST_SHOWN),
        "right": right,
        "channel": channel,
        "leave": LEAVE,
    }
    text = render_to_string("newsroom/mail/digest.txt", told).strip()
    return subject[:300], with_way_out(text, channel.scheme), render_to_string("newsroom/mail/digest.html", told)


def _remember(digest: Digest, news: Iterable[Piece], right: Iterable[Piece]) -> None:
    """What this one told of, with the corrections that stood in it; what it put right is not told again."""
    carried: dict[str, list[str]] = {str(one.article_id): moments_shown(article_id=one.article_id) for one in news}
    for one in right:
        carried.setdefault(str(one.article_id), []).extend(one.moments)
    Digest.objects.filter(pk=digest.pk, done_at=None).update(carried=carried, done_at=timezone.now())
