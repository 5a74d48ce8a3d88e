"""Topics, and what an address gets."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.messaging.adapters import Scheme, adapter_named
from serikat.messaging.models import Address, Channel
from serikat.messaging.selectors.channels import Standing, can_send, counts_parts, live_channels, standing_of
from serikat.outreach.models import Pending, Subscription, Topic

OPEN_TO_ALL = (
    Scheme.NUMBER,
    Scheme.MAIL,
)  # addresses that somebody can type; notices in the browser have a page of their own


def open_topics() -> QuerySet[Topic]:
    return Topic.objects.filter(closed_at=None)


def topics_with_figures() -> QuerySet[Topic]:
    return Topic.objects.annotate(n=Count("subscriptions", Q(subscriptions__ended_at=None))).order_by(
        "closed_at", "order", "name"
    )


def topic(pk: int) -> Topic:
    found = Topic.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def figures() -> list[tuple[str, int]]:
    """Open subscriptions by channel."""
    rows = Subscription.objects.filter(ended_at=None).order_by().values("channel__name").annotate(n=Count("pk"))
    return [(row["channel__name"], row["n"]) for row in rows.order_by("-n")]


def topic_of_word(word: str) -> Topic | None:
    """By its key word or its name, as somebody types it."""
    word = word.strip().strip(".!#").strip()
    return open_topics().filter(Q(word__iexact=word) | Q(name__iexact=word)).first() if word else None


def topics_named_by(names: Iterable[str]) -> list[Topic]:
    """The open topics that these names (of rubrics, of tags) speak of: whose key word stands in one of them, or that are called the same."""
    whole = {" ".join(name.casefold().split()) for name in names}
    words = {word for name in whole for word in re.findall(r"[a-z0-9]+", name)}
    return [t for t in open_topics() if t.word.casefold() in words or {t.name.casefold(), t.name_en.casefold()} & whole]


@dataclass(frozen=True, slots=True)
class Offer:
    """A channel as the public knows it: by what it is, never by its name at the desk."""

    channel: Channel
    name: str


def public_kind(channel: Channel) -> str:
    if channel.scheme == Scheme.MAIL:
        return _("Surel")
    if counts_parts(channel):
        return "SMS"
    return "WhatsApp" if channel.kind == "whatsapp" else str(adapter_named(channel.kind).name)


def offers() -> list[Offer]:
    """By what the site takes a subscription: only channels that were tried and work. One of each kind; of several, each by its public address."""
    now, by_kind = timezone.now(), dict[str, list[Channel]]()
    for channel in live_channels().order_by("name", "pk"):
        if channel.scheme in OPEN_TO_ALL and can_send(channel) and standing_of(channel, now) is Standing.WORKS:
            by_kind.setdefault(public_kind(channel), []).append(channel)
    found = []
    for kind, channels in sorted(by_kind.items()):
        named = list({one.shown_address: one for one in reversed(channels) if one.shown_address}.values())[::-1]
        if len(named) > 1:
            found += [Offer(one, f"{kind}: {one.shown_address}") for one in named]
        else:
            found.append(Offer((named or channels)[0], kind))
    return found


def subscriptions_of(address: Address) -> QuerySet[Subscription]:
    return Subscription.objects.filter(address=address, ended_at=None).select_related("topic", "place").order_by("pk")


def subscription_of(address: Address, pk: str) -> Subscription | None:
    return subscriptions_of(address).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 12 else None


def leave_token(address: Address) -> str:
    """What opens an address's way out: its number and a keyed mark of it. It never ends: an old message must still work."""
    return f"{address.pk}-{blind_index(str(address.pk), 'outreach.leave')[:20]}"


def leave_link(address: Address) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('outreach_leave:leave', args=[leave_token(address)])}"


def address_of_token(token: str) -> Address:
    number, _dash, _mark = token.partition("-")
    found = Address.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 12 else None
    if found is None or not hmac.compare_digest(leave_token(found), token):
        raise Missing
    return found


def pending(pk: str) -> Pending | None:
    return Pending.objects.select_related("address", "channel", "place").filter(pk=pk).first() if pk else None
