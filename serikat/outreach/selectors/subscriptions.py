"""Topics, and what an address gets."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.messaging.adapters import Scheme, adapter_named
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Address, Channel
from serikat.messaging.selectors.channels import (
    Standing,
    can_send,
    counts_parts,
    live_channels,
    speaks_by_template,
    standing_of,
)
from serikat.messaging.selectors.messages import rehearsed_words
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
    """By what the site takes a subscription: only channels that were tried and work, and can bring a code to who never wrote. One of each kind; of
    several, each by its public address."""
    by_kind = dict[str, list[Channel]]()
    for channel in _working():
        if channel.scheme in OPEN_TO_ALL and not speaks_by_template(channel):
            by_kind.setdefault(public_kind(channel), []).append(channel)
    found = []
    for kind, channels in sorted(by_kind.items()):
        named = list({one.shown_address: one for one in reversed(channels) if one.shown_address}.values())[::-1]
        if len(named) > 1:
            found += [Offer(one, f"{kind}: {one.shown_address}") for one in named]
        else:
            found.append(Offer((named or channels)[0], kind))
    return found


@dataclass(frozen=True, slots=True)
class ByWord:
    """A channel that brings nothing to who has not written first: they subscribe by a key word. `link` opens it with the word, on a phone."""

    name: str
    address: str
    word: str
    link: str = ""


def by_word() -> list[ByWord]:
    """WhatsApp and Telegram, where they work and have a public address."""
    topic = open_topics().order_by("order", "pk").first()
    word = f"LANGGANAN {topic.word.upper()}" if topic is not None else "LANGGANAN"
    found = []
    for channel in _working():
        asks_first = speaks_by_template(channel) or channel.scheme == Scheme.TELEGRAM
        if not asks_first or not channel.shown_address:
            continue
        number = address_of(channel.scheme, channel.shown_address) if channel.kind == "whatsapp" else ""
        known = number and number.startswith("+") and not channel.rehearsed  # the demo's numbers are nobody's
        link = f"https://wa.me/{number[1:]}?text={quote(word)}" if known else ""
        found.append(ByWord(public_kind(channel), channel.shown_address, word, link))
    return found


def _working() -> list[Channel]:
    now = timezone.now()
    sending = [one for one in live_channels().order_by("name", "pk") if can_send(one)]
    return [one for one in sending if standing_of(one, now) is Standing.WORKS]


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


def code_rehearsed(pending: Pending) -> str:
    """In the demo: the message that nobody gets."""
    return rehearsed_words(pending.channel, pending.address, pending.until)


def pending(pk: str) -> Pending | None:
    return Pending.objects.select_related("address", "channel", "place").filter(pk=pk).first() if pk else None
