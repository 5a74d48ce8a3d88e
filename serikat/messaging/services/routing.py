"""Who answers what came: a key word's room, and after it whoever takes every message (helpdesk).

A message counts as routed in the same transaction in which it was answered: nobody is answered twice, and what fails is tried again with a pause, then
parked. A batch stands or falls together; one in which something fails is routed anew, each message for itself. A flood of one address is kept and
shown, and answered once.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from serikat.audit.action import inner
from serikat.kernel.access import SYSTEM
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue, give_back, lease_batch, pause_before
from serikat.kernel.together import part, together, write_now
from serikat.messaging import keywords
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Address, Direction, Message, State
from serikat.messaging.rules.flood import LONGEST, RATES, Treatment, treat
from serikat.messaging.rules.keywords import Command, Word, read
from serikat.messaging.rules.quoting import own_words
from serikat.messaging.services.queueing import queue_reply, waking_once

logger = logging.getLogger(__name__)

BATCH = 100
TURN = 400  # messages of one job
LEASE = 60.0
MOST_TRIES = 6
PAUSE = 5.0
MOST_LOOKED_AT = max(rate.answered for rate in RATES) + 1
FLOOD = "messaging.flood"  # what the one answer to a flood is about


class _Undone(Exception):
    """A room refused, and what it had begun to write is to be undone; its refusal is an answer too."""

    def __init__(self, ask: keywords.Answer, words: str) -> None:
        super().__init__(words)
        self.ask, self.words = ask, words


@inner("machinery")
def route_arrived() -> int:
    """Route what waits, the oldest first; returns how many. Goes on in a new job when more is left."""
    done = 0
    while done < TURN:
        leased = lease_batch(Message.objects.filter(direction=Direction.IN, state=State.NEW), size=BATCH, seconds=LEASE)
        if not leased:
            return done
        try:
            _route_together(leased)
        except Exception:  # noqa: BLE001 whatever it is: it is met again, and named, by the message whose it is
            _route_together(leased, careful=True)
        done += len(leased)
    enqueue("messaging.route_arrived", key="all")
    return done


def _route_together(leased: list[Message], *, careful: bool = False) -> None:
    """Those that are still ours: of a worker that slept too long others may have taken them."""
    with transaction.atomic(), waking_once():
        ours = Message.objects.filter(pk__in=[m.pk for m in leased], state=State.NEW, lease=leased[0].lease)
        ours = ours.select_for_update(of=("self",)).select_related("channel__unit", "address")
        batch = _sharing_addresses(list(ours.order_by("pk")))
        busy = _busy([m.address_id for m in batch if m.address_id])
        with together(batch, careful=careful):
            words = {word.name: word.reading for word in keywords.words()}
            route = _route if careful else _answer
            routed = [m.pk for m in batch if route(m, words, watched=m.address_id in busy)]
        settled = {"settled_at": timezone.now(), "lease": None, "lease_until": None}
        Message.objects.filter(pk__in=routed).update(state=State.ROUTED, **settled)


def _sharing_addresses(batch: list[Message]) -> list[Message]:
    """Who stops and begins again within a batch is one address, also in memory."""
    addresses: dict[int, Address] = {}
    for message in batch:
        if message.address is not None:
            message.address = addresses.setdefault(message.address.pk, message.address)
    return batch


def _busy(addresses: list[int]) -> set[int]:
    """Those of these addresses that sent enough today to be looked at more closely."""
    since = timezone.now() - timedelta(seconds=LONGEST)
    sent = Message.objects.filter(direction=Direction.IN, address__in=addresses, at__gte=since).order_by()
    counted = sent.values("address").annotate(n=Count("pk")).filter(n__gt=min(rate.answered for rate in RATES))
    return set(counted.values_list("address", flat=True))


def _route(message: Message, words: Mapping[str, Word], *, watched: bool) -> bool:
    """Whether it was answered. What one message breaks is undone, and the others go on."""
    refused: dict[keywords.Answer, str] = {}
    while True:
        try:
            with part():
                _answer(message, words, refused, watched=watched)
            return True
        except _Undone as undone:
            _read_anew(message)
            refused[undone.ask] = undone.words
        except Exception as error:
            _read_anew(message)
            logger.exception("A message could not be routed")
            if message.tries >= MOST_TRIES:
                Message.objects.filter(pk=message.pk).update(
                    state=State.PARKED, settled_at=timezone.now(), problem=type(error).__name__, lease=None, lease_until=None
                )
            else:
                give_back([message], after=pause_before(PAUSE, message.tries))
            return False


def _read_anew(message: Message) -> None:
    """What was undone in the database is undone in memory."""
    if message.address is not None:
        message.address.refresh_from_db()


def _answer(
    message: Message, words: Mapping[str, Word], refused: Mapping[keywords.Answer, str] | None = None, *, watched: bool
) -> bool:
    """Ask the room of the key word, then whoever takes the rest; what they say goes back the way the message came. `refused`: what was refused before,
    in which words."""

    def ask(answer: keywords.Answer, words: str) -> str | None:
        if refused and answer in refused:
            return refused[answer]
        try:
            return answer(message, words)
        except Refused as refusal:
            raise _Undone(answer, str(refusal)) from refusal

    command = _command(message, words)
    with override("id"):
        if command:
            said = ask(keywords.word_named(command.name).answer, command.rest)
        else:
            said = next((told for listener in keywords.listeners() if (told := ask(listener, message.text))), None)
        rest = keywords.rest()
        more = ask(rest, command.name if command and said is not None else "") if rest else None
        text = said or more
    if not text:
        return True
    treatment = _treatment(message) if watched else Treatment.ANSWER
    if treatment in (Treatment.ANSWER, Treatment.TELL):
        warned = treatment == Treatment.TELL
        queue_reply(
            actor=SYSTEM,
            answers=message,
            text=_("Pesan Anda banyak sekali: semuanya kami terima dan kami baca bersama.") if warned else text,
            about=FLOOD if warned else "",
        )
    return True


def _command(message: Message, words: Mapping[str, Word]) -> Command | None:
    """The key word in it. Who answers a mail leaves the whole letter below the one word, and some write it into the subject alone."""
    command = read(message.text, words) if message.text else None
    if command is None and message.channel.scheme == Scheme.MAIL and (own := own_words(message.text) or message.subject):
        command = read(own, words)
    return command


def _treatment(message: Message) -> Treatment:
    """Whether this sender is still answered one by one."""
    write_now()  # among it may be the one answer to this flood
    thread = Message.objects.filter(channel=message.channel, address=message.address)
    earlier = thread.filter(direction=Direction.IN, pk__lte=message.pk).order_by("-pk").values_list("at", flat=True)
    times = list(earlier[:MOST_LOOKED_AT])
    counts = {rate.seconds: sum((message.at - at).total_seconds() <= rate.seconds for at in times) for rate in RATES}
    if treat(counts, told=True) == Treatment.ANSWER:
        return Treatment.ANSWER
    told = thread.filter(about=FLOOD, at__gte=message.at - timedelta(seconds=LONGEST)).exists()
    return treat(counts, told=told)
