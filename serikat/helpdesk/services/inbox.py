"""What comes is filed: each message finds or makes its conversation. Outgoing ones are noted there too.

A message that a key word answered to the end (STATUS, INFO) stays read and wakes nobody; every other one raises the conversation. Nothing here writes a
trail entry: that a message came stands in the trail of its channel.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.accounts.services import settle_notices
from serikat.audit.action import inner
from serikat.helpdesk.models import Conversation, Term
from serikat.helpdesk.rules.access_codes import without_codes
from serikat.helpdesk.rules.promises import promised
from serikat.helpdesk.selectors.callers import behind
from serikat.helpdesk.selectors.holidays import holidays_from
from serikat.helpdesk.selectors.terms import rows_of
from serikat.kernel.access import Actor
from serikat.kernel.together import batch, later, once, stands_whole
from serikat.messaging import keywords
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Address, Channel, Message
from serikat.messaging.models import State as Sending
from serikat.messaging.rules.sms import fit, plain
from serikat.messaging.rules.windows import BY_MESSAGE, is_open, next_opening
from serikat.messaging.selectors.channels import can_send
from serikat.ui.identity import identity
from serikat.units.models import Unit

State = Conversation.State
TOLD_AGAIN = timedelta(days=1)
SHORTEST_NUMBER = 7  # signs: what is shorter is a service, and answering it costs money


@inner("part of another action")
def conversation_with(*, channel: Channel, address: Address, unit: Unit | None = None) -> tuple[Conversation, bool]:
    """The conversation of an address on a channel, made where there is none (in the channel's unit, if in no other); and whether it was made."""
    found = conversation_of(channel=channel, address=address)
    if found is not None:
        return found, found.pk in _made_in_batch()
    fresh = _fresh(channel, address, unit)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # another worker filed the one before
        return _conversations().get(channel=channel, address=address), False
    once(conversation_of, _of_batch)[channel.pk, address.pk] = fresh
    find_by_name(conversation=fresh)
    return fresh, True


def _fresh(channel: Channel, address: Address, unit: Unit | None = None) -> Conversation:
    now, unit = timezone.now(), unit or channel.unit
    return Conversation(
        channel=channel,
        address=address,
        unit=unit,
        **behind(address, unit.path),
        began_at=now,
        last_at=now,
        state=State.CLOSED,  # until something is said in it
    )


@inner("part of another action")
def find_by_words(*, conversation_id: int, text: str) -> None:
    later(_write_terms, *rows_of(conversation_id, text))


@inner("part of another action")
def find_by_name(*, conversation: Conversation) -> None:
    """What they call themselves, and what we call them, of nobody guarded."""
    names = f"{conversation.called} {conversation.address.called}"
    if not conversation.shows_alias:
        later(_write_terms, *rows_of(conversation.pk, names, of_name=True))


def _write_terms(terms: list[Term]) -> None:
    Term.objects.bulk_create(terms, ignore_conflicts=True)


@inner("reads only")
def conversation_of(*, channel: Channel, address: Address) -> Conversation | None:
    """The one there is."""
    if batch():
        return once(conversation_of, _of_batch).get((channel.pk, address.pk))
    return _conversations().filter(channel=channel, address=address).first()


def _conversations() -> QuerySet[Conversation]:
    return Conversation.objects.select_related("unit", "channel", "person")


def _of_batch() -> dict[tuple[int, int], Conversation]:
    """Those of the messages that are routed together."""
    addresses = {message.address_id for message in batch() if message.address_id}
    found = _conversations().filter(address__in=addresses) if addresses else ()
    there = {(conversation.channel_id, conversation.address_id): conversation for conversation in found}
    return there | _made_for(there) if stands_whole() else there


def _made_for(there: Container[tuple[int, int]]) -> dict[tuple[int, int], Conversation]:
    """Each message that was routed stands in a conversation: those that are missing are made at once. Another worker that makes one of them too lets
    the batch begin again."""
    news = {(m.channel_id, m.address_id): m for m in batch() if m.address is not None}
    fresh = [_fresh(m.channel, m.address) for key, m in news.items() if key not in there]
    made = {(c.channel_id, c.address_id): c for c in Conversation.objects.bulk_create(fresh)}
    for conversation in made.values():
        find_by_name(conversation=conversation)
    _made_in_batch().update(conversation.pk for conversation in made.values())
    return made


def _made_in_batch() -> set[int]:
    """Of these nothing has been filed yet."""
    return once(_made_in_batch, set)


@inner("part of another action")
def file_message(message: Message, word: str) -> str | None:
    """Called for every message that was routed, with the key word that answered it. Gives the words by which a new conversation is answered."""
    if message.address is None:
        return None
    _hide_codes(message)
    conversation, made = conversation_with(channel=message.channel, address=message.address)
    _made_in_batch().discard(conversation.pk)
    now = timezone.now()
    quiet = bool(word) and not keywords.word_named(word).for_a_person
    begins = conversation.state == State.CLOSED
    words = None
    if not quiet and not word and begins and _may_be_told(conversation, message, now):
        words, conversation.told_at = reassurance(now=timezone.localtime(now), first=made), now
    conversation.last, conversation.last_at, conversation.last_in_at = message, now, now
    if not quiet:
        conversation.state, conversation.waiting_since = State.OPEN, conversation.waiting_since or now
    raised = None if quiet else now
    later(_note_heard, _Heard(conversation.pk, message.pk, now, raised, now if words is not None else None))
    find_by_words(conversation_id=conversation.pk, text=f"{message.subject} {message.text}")
    if not made:
        find_by_name(conversation=conversation)
    return words


def _hide_codes(message: Message) -> None:
    """A code that somebody wrote, or quoted in a mail, opens their report: it is in nothing that we keep, nor found by a search."""
    text, subject = without_codes(message.text), without_codes(message.subject)
    if (text, subject) != (message.text, message.subject):
        message.text, message.subject = text, subject
        Message.objects.filter(pk=message.pk).update(text=text, subject=subject)


class _Heard(NamedTuple):
    """What a message changes: `raised` and `told` are moments, None where it wakes nobody or nobody is told who reads it."""

    conversation_id: int
    message_id: int
    at: datetime
    raised: datetime | None
    told: datetime | None


def _note_heard(heard: list[_Heard]) -> None:
    """In the order in which they came; counted and kept by the database, since somebody may be reading the conversation at this moment."""
    moment = Conversation._meta.get_field("last_at")

    def row(one: _Heard) -> list[str | int | datetime | None]:
        at, raised, told = (moment.get_db_prep_save(value, connection) for value in (one.at, one.raised, one.told))
        state = None if one.raised is None else State.OPEN.value
        return [one.message_id, at, at, int(one.raised is not None), state, raised, told, one.conversation_id]

    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE helpdesk_conversation SET last_id = %s, last_at = %s, last_in_at = %s, unread = unread + %s, state = COALESCE(%s, state),"
            " waiting_since = COALESCE(waiting_since, %s), told_at = COALESCE(%s, told_at) WHERE id = %s",
            [row(one) for one in heard],
        )


def _may_be_told(conversation: Conversation, message: Message, now: datetime) -> bool:
    """Once a day at most, where the house itself can send, and never to the short number of a service."""
    if conversation.told_at is not None and conversation.told_at > now - TOLD_AGAIN:
        return False
    value = message.address.value if message.address else ""
    if not can_send(message.channel) or message.channel.scheme in (Scheme.CODE, Scheme.WALL) or value.startswith("?"):
        return False
    return message.channel.scheme != Scheme.NUMBER or len(value) >= SHORTEST_NUMBER


@inner("reads only")
def reassurance(*, now: datetime, first: bool = True) -> str:
    """What an unknown text is answered with, in one SMS: who reads it, and when."""
    holidays = holidays_from(now.date())
    name = once(identity, lambda: plain(str(identity().name)).text[:40])
    if is_open(now, BY_MESSAGE, holidays):
        text = _(
            "Pesan Anda sampai di %(name)s dan dibaca petugas hari ini sampai pukul 20.00. Kirim BANTUAN untuk petunjuk."
        )
        return fit(text % {"name": name})
    text = _("Pesan Anda sampai di %(name)s. Petugas membacanya %(day)s mulai pukul 09.00. Kirim BANTUAN untuk petunjuk.")
    return fit(text % {"name": name, "day": _day_in_words(next_opening(now, BY_MESSAGE, holidays), now)})


def _day_in_words(moment: datetime, now: datetime) -> str:
    away = (moment.date() - now.date()).days
    if away == 0:
        return _("hari ini")
    return _("besok") if away == 1 else date_format(moment, "l, j F")


@inner("part of another action")
def note_outgoing(*, actor: Actor, conversation: Conversation, message: Message) -> None:
    """Something went out in a conversation: it is the newest, and whose turn it is has changed."""
    Conversation.objects.filter(pk=conversation.pk).update(
        last=message,
        last_at=message.at,
        state=State.WAITING,
        unread=0,
        waiting_since=None,
        promised_at=None,
        is_question=False,
    )
    find_by_words(conversation_id=conversation.pk, text=f"{message.subject} {message.words}")
    settle_notices(actor=actor, task=conversation)
    conversation.refresh_from_db()


@inner("machinery")
def raise_unanswered(*, channel_id: int) -> None:
    """Its channel was retired before our last words went out: they wait for an answer as before, and somebody finds another way to them."""
    unsaid = Conversation.objects.filter(
        channel=channel_id,
        state=State.WAITING,
        last__state=Sending.CANCELLED,
        last__settled_at__gte=F("channel__retired_at"),
    )
    unsaid.update(state=State.OPEN, waiting_since=Coalesce("last_in_at", "last_at"))


@inner("part of another action")
def take_question(message: Message, words: str) -> str | None:
    """TANYA: the conversation is a question, and by when it is answered is said."""
    if message.address is None:
        return None
    if len(words.strip()) < 3:
        return _("Tulis pertanyaan Anda sesudah kata TANYA. Contoh: TANYA kontrak saya habis, apakah dapat uang kompensasi?")
    now = timezone.localtime()
    answered_by = promised(now, days_off=holidays_from(now.date()))
    conversation, _made = conversation_with(channel=message.channel, address=message.address)
    if conversation.promised_at is None or conversation.promised_at > answered_by:
        Conversation.objects.filter(pk=conversation.pk).update(is_question=True, promised_at=answered_by)
        conversation.is_question, conversation.promised_at = True, answered_by
    else:
        answered_by = timezone.localtime(conversation.promised_at)  # asked before: the first promise stands
    text = _(
        "Pertanyaan Anda kami terima. Kami jawab paling lambat %(day)s pukul %(hour)s. Tanpa biaya, dan tanpa menyebut nama Anda."
    )
    return fit(text % {"day": _day_in_words(answered_by, now), "hour": f"{answered_by:%H.%M}"})


@inner("reads only")
def list_words(message: Message, words: str) -> str | None:
    """BANTUAN: every key word that this house has, in one SMS."""
    return once(list_words, _all_words)


def _all_words() -> str:
    helps = [str(word.help) for word in keywords.words() if word.help and word.name != "BANTUAN"]
    text = plain(_("Kirim: ") + "; ".join(helps)).text
    return fit(text, end=_("Atau tulis saja: dibaca petugas."))
