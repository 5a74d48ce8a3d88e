"""Channels as the desk sees them, and as adapters are made of them. Secrets leave this module in an adapter alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing, Words
from serikat.messaging import permissions
from serikat.messaging.adapters import ACCOUNT, Adapter, Verdict, adapter_named, adapters
from serikat.messaging.adapters.rehearsal import Rehearsal
from serikat.messaging.models import Channel, ChannelTemplate, Message, State
from serikat.messaging.rules.sms import measure

ALLOWED = _("disetujui penyedia")
VERDICTS: Mapping[str, Words] = {
    Verdict.PENDING: _("masih diperiksa penyedia"),
    Verdict.PAUSED: _("dijeda penyedia"),
    Verdict.REJECTED: _("ditolak penyedia"),
    Verdict.DISABLED: _("dimatikan penyedia"),
}


def adapter_of(channel: Channel) -> Adapter:
    """The adapter of a channel with its settings and secrets; LookupError for a retired kind. This is the one place where adapters are made, so no
    channel of the demo ever speaks to a provider."""
    kind = adapter_named(channel.kind)
    if channel.rehearsed:
        return Rehearsal({})
    return kind({s.name: s.initial for s in kind.settings} | values_of(channel))


def values_of(channel: Channel) -> dict[str, str]:
    secrets: Mapping[str, str] = json.loads(channel.secrets or "{}")
    return {**channel.settings, **secrets}


def can_send(channel: Channel) -> bool:
    """By itself: not by a person's hand."""
    return channel.kind in adapters() and adapter_named(channel.kind).sends


def counts_parts(channel: Channel) -> bool:
    """Whether what goes out is counted and paid in parts of SMS. A phone in the hand is, where somebody said what an SMS costs: without a price its
    answers leave by a messenger."""
    if channel.kind not in adapters() or not adapter_named(channel.kind).limits.by_parts:
        return False
    return can_send(channel) or channel.price > 0


def parts_of(channel: Channel, text: str) -> int:
    """How often the channel's price is paid for this text."""
    return measure(text).count if counts_parts(channel) else 1


def channels_for(actor: Actor) -> QuerySet[Channel]:
    """Those whose unit the actor reaches; retired ones last."""
    reach = actor.reach(*permissions.DESK)
    within = Q()
    for path in reach:
        within |= Q(unit__path__startswith=path)
    found = Channel.objects.select_related("unit", "replaced_by")
    return found.filter(within) if reach else found.none()


def channel_for(actor: Actor, pk: int) -> Channel:
    found = channels_for(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def channel_called_at(key: str) -> Channel:
    """The channel at whose address a provider calls."""
    found = Channel.objects.select_related("unit").filter(key=key, active=True, retired_at=None).first()
    if found is None or found.kind not in adapters():
        raise Missing
    return found


def of_account(kind: str, account: str) -> QuerySet[Channel]:
    """The channels of one account at a provider, those that rest or stand still too: their templates are the same."""
    return Channel.objects.filter(kind=kind, retired_at=None, **{f"settings__{ACCOUNT}": account})


def judged_with(channel: Channel, account: str) -> QuerySet[Channel]:
    """For whom holds what the provider told at this channel's address: all of the account. The channel itself as long as nobody knows of which it is."""
    if not account:
        return Channel.objects.filter(pk=channel.pk)
    found = of_account(channel.kind, account)
    return found if channel.settings.get(ACCOUNT) else found | Channel.objects.filter(pk=channel.pk)


def live_channels(*, scheme: str | None = None) -> QuerySet[Channel]:
    found = Channel.objects.filter(active=True, retired_at=None).select_related("unit")
    return found.filter(scheme=scheme) if scheme else found


def with_figures(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """With what waits (`waiting`) and what needs a person (`for_a_person`): each counted along an index of those alone, however much was sent."""

    def counted(*states: State) -> Coalesce:
        rows = Message.objects.filter(channel=OuterRef("pk"), state__in=states).order_by().values("channel")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    return channels.annotate(waiting=counted(State.QUEUED), for_a_person=counted(State.PARKED, State.DOUBT))


class Standing(StrEnum):
    """How a channel stands, as a person says it."""

    WORKS = "works"
    UNTRIED = "untried"
    RESTS = "rests"  # the provider refuses it; it is tried again by itself
    PROBLEM = "problem"
    PAUSED = "paused"
    NO_KIND = "no kind"  # its adapter is gone from this installation
    RETIRED = "retired"

    @property
    def label(self) -> Words:
        return STANDINGS[self][0]

    @property
    def level(self) -> str:
        return STANDINGS[self][1]


STANDINGS: dict[Standing, tuple[Words, str]] = {
    Standing.WORKS: (pgettext_lazy("a channel", "Berfungsi"), "teal"),
    Standing.UNTRIED: (pgettext_lazy("a channel", "Belum diuji"), "amber"),
    Standing.RESTS: (_("Ditolak penyedia, beristirahat sebentar"), "red"),
    Standing.PROBLEM: (pgettext_lazy("a channel", "Bermasalah"), "red"),
    Standing.PAUSED: (pgettext_lazy("a channel", "Dihentikan sementara"), ""),
    Standing.NO_KIND: (_("Jenisnya tidak ada lagi di sini"), "red"),
    Standing.RETIRED: (pgettext_lazy("a channel", "Pensiun"), ""),
}


def standing_of(channel: Channel, now: datetime) -> Standing:
    if channel.retired_at is not None:
        return Standing.RETIRED
    if channel.kind not in adapters():
        return Standing.NO_KIND
    if not channel.active:
        return Standing.PAUSED
    if channel.rests_until is not None and channel.rests_until > now:
        return Standing.RESTS
    if channel.problem:
        return Standing.PROBLEM
    # a rehearsed channel was tried by whoever wrote its stand-in: it takes everything
    tried = channel.rehearsed or channel.checked_at or channel.heard_at or not adapter_named(channel.kind).settings
    return Standing.WORKS if tried else Standing.UNTRIED


def channels_with_problem(actor: Actor) -> list[Channel]:
    """Those that somebody should look at now."""
    now, bad = timezone.now(), (Standing.RESTS, Standing.PROBLEM, Standing.NO_KIND)
    return [channel for channel in channels_for(actor).filter(retired_at=None) if standing_of(channel, now) in bad]


def successors(actor: Actor, channel: Channel) -> QuerySet[Channel]:
    """What may stand in a retired channel's place."""
    return channels_for(actor).filter(retired_at=None).exclude(pk=channel.pk)


def trial_ref(channel: Channel) -> str:
    """What test messages belong to."""
    return f"messaging.channel:{channel.pk}"


def trials_of(channel: Channel) -> list[Message]:
    """The last test messages and what became of them."""
    return list(Message.objects.filter(about=trial_ref(channel)).select_related("address", "by").order_by("-pk")[:3])


def kept_templates(channel: Channel) -> QuerySet[ChannelTemplate]:
    """Those of its page, also what the provider does not carry now."""
    return ChannelTemplate.objects.filter(channel=channel, dropped_at=None)


def usable_templates() -> QuerySet[ChannelTemplate]:
    """Of all channels what is neither dropped here nor held up by its provider."""
    return ChannelTemplate.objects.filter(dropped_at=None, verdict="")


def templates_of(channel: Channel) -> QuerySet[ChannelTemplate]:
    """Those that may be chosen."""
    return usable_templates().filter(channel=channel)


def as_sent(template: ChannelTemplate, values: Sequence[str]) -> dict[str, Any]:
    """A template with what fills its places, as the queue takes it."""
    return {"name": template.name, "language": template.language, "values": list(values)}


def template_of(channel: Channel, pk: int) -> ChannelTemplate:
    found = kept_templates(channel).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def judged_elsewhere(channel: Channel, name: str, language: str) -> dict[str, str]:
    """What holds up this template on another channel of the same account."""
    account = channel.settings.get(ACCOUNT)
    if not account:
        return {}
    same = ChannelTemplate.objects.filter(channel__in=of_account(channel.kind, account), name=name, language=language)
    held = same.exclude(verdict="").first()
    return {"verdict": held.verdict, "verdict_reason": held.verdict_reason} if held is not None else {}


def verdict_words(template: ChannelTemplate) -> Words:
    """What the provider says of it, "" while it is carried."""
    return VERDICTS.get(template.verdict, "")


def speaks_by_template(channel: Channel) -> bool:
    """Whether its provider asks for approved texts at times."""
    return channel.kind in adapters() and adapter_named(channel.kind).limits.window_hours > 0
