"""What a person decides: a message in doubt or given up is sent once more, counted as sent, or left; one for a phone in the hand was sent."""

from __future__ import annotations

import uuid

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict
from serikat.kernel.events import publish
from serikat.messaging import permissions
from serikat.messaging.events import MessagesSettled
from serikat.messaging.models import Channel, Direction, Message, State
from serikat.messaging.selectors.channels import can_send
from serikat.messaging.services.channels import Retired
from serikat.messaging.services.queueing import wake


class SettledMeanwhile(Conflict):
    message = _("Pesan ini sudah diputuskan orang lain.")


class TakenBack(Conflict):
    message = _("Pesan ini sudah ditarik kembali, jadi tidak dikirim lagi.")


def _locked(message: Message, *states: State) -> Message:
    fresh = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk, state__in=states).first()
    if fresh is None:
        raise SettledMeanwhile
    return fresh


@action(
    "messaging.message.resent",
    may=permissions.may_settle_message,
    says=_("mengirim sekali lagi pesan yang gagal atau tidak pasti"),
    on="message",
    fields=("state",),
)
def resend_message(*, actor: Actor, message: Message) -> None:
    """Back into its queue with its tries anew; of one that came, routed anew. What a provider had and could not deliver goes under a new key: under the
    old one it would only say that it has it."""
    fresh = _locked(message, State.PARKED, State.DOUBT, State.CANCELLED)
    if State.CANCELLED in (fresh.state, fresh.meant):
        raise TakenBack
    channel = Channel.objects.get(pk=fresh.channel_id)
    if fresh.direction == Direction.OUT and channel.retired_at is not None:
        raise Retired
    again = State.QUEUED if can_send(channel) else State.HAND
    fresh.state = State.NEW if fresh.direction == Direction.IN else again
    fresh.tries, fresh.lease, fresh.lease_until, fresh.trying, fresh.not_before = 0, None, None, False, None
    fresh.settled_at, fresh.problem = None, ""
    if fresh.direction == Direction.OUT and fresh.provider_id:
        fresh.key, fresh.provider_id = uuid.uuid4(), ""
    anew = ["tries", "lease", "lease_until", "trying", "not_before", "settled_at", "problem", "key", "provider_id"]
    fresh.save(update_fields=["state", *anew])
    wake(channel=channel)
    message.refresh_from_db(fields=["state"])


@action(
    "messaging.message.counted",
    may=permissions.may_settle_message,
    says=_("menetapkan pesan yang tidak pasti sebagai terkirim"),
    on="message",
    fields=("state",),
)
def count_as_sent(*, actor: Actor, message: Message) -> None:
    _end(message, State.SENT, State.DOUBT)


@action(
    "messaging.message.dropped",
    may=permissions.may_settle_message,
    says=_("membiarkan pesan yang gagal"),
    on="message",
    fields=("state",),
)
def drop_message(*, actor: Actor, message: Message) -> None:
    _end(message, State.CANCELLED, State.PARKED, State.DOUBT)


@action(
    "messaging.message.handed",
    may=permissions.may_settle_message,
    says=pgettext_lazy("an action", "mengirim pesan dari ponsel sendiri"),
    on="message",
    fields=("state",),
)
def note_sent_by_hand(*, actor: Actor, message: Message) -> None:
    """The operator sent it from a phone, by the wa.me or sms: link."""
    _end(message, State.SENT, State.HAND)


def _end(message: Message, state: State, *before: State) -> None:
    fresh = _locked(message, *before)
    fresh.state, fresh.settled_at = state, timezone.now()
    fresh.save(update_fields=["state", "settled_at"])
    if fresh.about:
        publish(MessagesSettled(fresh.about, (fresh.pk,)))
    message.refresh_from_db(fields=["state", "settled_at"])
