"""What is to go out: one message, or one text for many. Nothing is sent here.

A message to an address that has stopped is refused, unless it answers a message of theirs. What a channel cannot carry (too long, files, outside the
provider's window) is refused beside its field, before anybody waits for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import inner
from serikat.files.inspection import Checked
from serikat.files.services import keep_file
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.kernel.together import later
from serikat.messaging.adapters import Scheme, adapter_named, adapters
from serikat.messaging.addresses import address_of, address_to_reach, index_of, takes_texts
from serikat.messaging.models import Address, Channel, Direction, Message, Purpose, SharedText, State
from serikat.messaging.rules.sms import measure
from serikat.messaging.rules.windows import is_window_open
from serikat.messaging.selectors.channels import can_send, counts_parts, parts_of
from serikat.messaging.selectors.messages import holder_ref, last_heard, wrote_at
from serikat.messaging.services.receiving import addresses_of

BATCH = 1000
WAITING = (State.QUEUED, State.HAND, State.HELD, State.PARKED)


class Receiver(NamedTuple):
    """Who gets a shared text: nothing is sent before a moment, nor at night in a time zone, where they are named."""

    address_id: int
    not_before: datetime | None = None
    zone: str = ""


class ChannelGone(Refused):
    message = _("Saluran ini tidak dipakai lagi. Pilih saluran lain.")


class HasStopped(Refused):
    message = _("Penerima ini meminta tidak dikirimi lagi.")


class Empty(Refused):
    message = _("Pesannya masih kosong.")


class TooLong(Refused):
    message = _("Pesan ini terlalu panjang untuk saluran ini.")


class NoFiles(Refused):
    message = _("Saluran ini tidak dapat membawa berkas.")


class WindowClosed(Refused):
    message = _("Sudah lewat 24 jam sejak pesan terakhir mereka: WhatsApp hanya menerima pesan templat.")


class NoAddress(Refused):
    message = _("Nomor atau alamat ini tidak dapat dibaca.")


class NoSuchNumber(NoAddress):
    message = _("Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567.")


class TakesNoTexts(Refused):
    message = _("Nomor ini tidak menerima SMS: telepon rumah atau kantor, atau nomor layanan. Pakai nomor ponsel.")


@inner("reads only")
def readable(*, scheme: str, typed: str) -> bool:
    """Whether this can be an address of its kind."""
    return bool(address_of(scheme, typed))


@inner("part of another action")
def find_or_make_address(*, scheme: str, typed: str, called: str = "", heard: bool = False) -> Address:
    """The row of an address that we are to write to or call, by any of the ways it is written; refused when it is none. `heard`: it has reached us by
    itself, or is only to be left alone, so it may be a short number."""
    value = address_of(scheme, typed) if heard else address_to_reach(scheme, typed)
    if not value:
        raise (NoSuchNumber if scheme == Scheme.NUMBER else NoAddress)(field="address")
    index = index_of(scheme, value)
    return addresses_of(scheme=scheme, wanted={index: (value, called)})[index]


@inner("part of another action")
def queue_message(
    *,
    actor: Actor,
    channel: Channel,
    address: Address | None,
    text: str,
    purpose: Purpose,
    subject: str = "",
    answers: Message | None = None,
    about: str = "",
    files: Sequence[Checked] = (),
    template: Mapping[str, Any] | None = None,
    link: str = "",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    shared: SharedText | None = None,
) -> Message:
    """Put one message into the queue of its channel, in the transaction that is open; a channel without a provider waits for a person's phone.

    A reply names the message it answers: that alone reaches an address that has stopped. `address` is None on a wall. `template`: name, language and
    values of a text that the provider approved; the text is then what it says, for our own reading. `shared`: the same text with what goes along.
    """
    message = _message(
        actor=actor,
        channel=channel,
        address=address,
        text=text,
        purpose=purpose,
        subject=subject[:300],
        answers=answers,
        about=about,
        files=len(files),
        template=template,
        link=link,
        not_before=not_before,
        expires_at=expires_at,
        shared=shared,
    )
    message.save(force_insert=True)
    for checked in files:
        keep_file(actor=actor, checked=checked, holder_ref=holder_ref(message), unit=channel.unit)
    wake(channel=channel)
    return message


@inner("part of another action")
def queue_reply(*, actor: Actor, answers: Message, text: str, about: str = "") -> None:
    """Answer a message that is routed, the way it came; written down with the other answers of its batch. On a channel that was retired meanwhile,
    and to a service that wrote from a short number, nothing is said, and nothing else is undone for it: a person sees what came."""
    try:
        reply = _message(
            actor=actor,
            channel=answers.channel,
            address=answers.address,
            text=text,
            purpose=Purpose.REPLY,
            answers=answers,
            about=about,
        )
    except (ChannelGone, TakesNoTexts):
        return
    later(Message.objects.bulk_create, reply)
    wake(channel=answers.channel)


def _message(
    *,
    actor: Actor,
    channel: Channel,
    address: Address | None,
    text: str,
    purpose: Purpose,
    answers: Message | None,
    files: int = 0,
    template: Mapping[str, Any] | None = None,
    **more: Any,
) -> Message:
    """What is to be queued, not yet written; refused as `queue_message` says. `more`: columns as they are."""
    _fits(
        channel,
        address,
        text=text,
        files=bool(files),
        template=template,
        paused=purpose == Purpose.REPLY and not actor.user_id,
    )
    if (
        address is not None
        and address.stopped_at is not None
        and (purpose != Purpose.REPLY or not _answers_them(answers, address))
    ):
        raise HasStopped(field="text")
    if (
        address is not None
        and not reaches(channel=channel, address=address)
        and (not actor.user_id or not _answers_them(answers, address))
    ):
        raise TakesNoTexts(field="text")
    parts = parts_of(channel, text)
    return Message(
        direction=Direction.OUT,
        channel=channel,
        address=address,
        state=State.QUEUED if can_send(channel) else State.HAND,
        purpose=purpose,
        key=uuid.uuid4(),
        at=timezone.now(),
        text=text,
        template=dict(template) if template else None,
        files=files,
        answers=answers,
        by_id=actor.user_id,
        parts=parts,
        cost=parts * channel.price,
        **more,
    )


@inner("reads only")
def reaches(*, channel: Channel, address: Address) -> bool:
    """Whether a channel can bring something to this number. What has written to us from another is answered by a person alone."""
    if channel.scheme != Scheme.NUMBER or not address.value:
        return True
    return takes_texts(address.value) if counts_parts(channel) else address.value.startswith("+")


def _answers_them(answers: Message | None, address: Address) -> bool:
    return answers is not None and answers.direction == Direction.IN and answers.address_id == address.pk


def _fits(
    channel: Channel,
    address: Address | None,
    *,
    text: str,
    files: bool,
    template: Mapping[str, Any] | None,
    paused: bool = False,
) -> None:
    """`paused`: it may wait until the channel is on again."""
    if channel.retired_at is not None or not (channel.active or paused) or channel.kind not in adapters():
        raise ChannelGone
    limits = adapter_named(channel.kind).limits
    if not text.strip() and not files:
        raise Empty(field="text")
    check_length(channel=channel, text=text)
    if files and not limits.files:
        raise NoFiles(field="files")
    if limits.window_hours and template is None and address is not None:
        heard, window = last_heard(channel.pk, address.pk), timedelta(hours=limits.window_hours)
        if not is_window_open(timezone.now(), wrote_at(heard), window):
            raise WindowClosed(field="text")


@inner("reads only")
def check_length(*, channel: Channel, text: str) -> None:
    """Refused beside the text, when the channel would not bring all of it."""
    kind = adapters().get(channel.kind)
    if kind is None:
        return  # gone from this installation: nothing goes out there at all
    limits = kind.limits
    if len(text) > limits.longest:
        words = _("Terlalu panjang untuk saluran ini: %(length)d dari %(most)d huruf.")
        raise TooLong(words % {"length": len(text), "most": limits.longest}, field="text")
    if limits.most_parts and (parts := measure(text).count) > limits.most_parts:
        words = _("Terlalu panjang untuk saluran ini: %(parts)d SMS, paling banyak %(most)d.")
        raise TooLong(words % {"parts": parts, "most": limits.most_parts}, field="text")


@inner("part of another action")
def share_text(
    *,
    text: str,
    subject: str = "",
    link: str = "",
    template: Mapping[str, Any] | None = None,
    html: str = "",
    thread: str = "",
    picture: Mapping[str, str] | None = None,
) -> SharedText:
    """One text for many messages, and what goes along with it: a page for mail programs, a public picture."""
    return SharedText.objects.create(
        text=text,
        subject=subject[:300],
        link=link,
        template=dict(template) if template else None,
        html=html,
        thread=thread,
        picture=dict(picture) if picture else None,
    )


@inner("part of another action")
def queue_many(
    *,
    actor: Actor,
    channel: Channel,
    receivers: Iterable[Receiver | tuple[int, datetime | None]],
    shared: SharedText,
    purpose: Purpose = Purpose.BROADCAST,
    about: str,
    expires_at: datetime | None = None,
) -> int:
    """One shared text to many addresses. Those that have stopped are left out here, and again at sending. Who has a message of the same thing (`about`)
    gets no second one, however often this is called: what a dead worker began is simply begun again. Returns how many were queued."""
    _fits(channel, None, text=shared.text, files=False, template=shared.template)
    parts = parts_of(channel, shared.text)
    state, now, count = State.QUEUED if can_send(channel) else State.HAND, timezone.now(), 0
    left = iter(receivers)
    while batch := [Receiver(*one) for one in islice(left, BATCH)]:
        ids = [one.address_id for one in batch]
        without = set(Address.objects.filter(pk__in=ids, stopped_at__isnull=False).values_list("pk", flat=True))
        if purpose == Purpose.BROADCAST:
            known = Message.objects.filter(about=about, address__in=ids, purpose=purpose)
            without |= set(known.values_list("address_id", flat=True))
        taken = [one for one in {one.address_id: one for one in batch}.values() if one.address_id not in without]
        _insert(
            taken,
            Message(
                direction=Direction.OUT,
                channel=channel,
                state=state,
                purpose=purpose,
                at=now,
                expires_at=expires_at,
                shared=shared,
                about=about,
                by_id=actor.user_id,
                parts=parts,
                cost=parts * channel.price,
            ),
        )
        count += len(taken)
    wake(channel=channel)
    return count


def _insert(receivers: Sequence[Receiver], like: Message) -> None:
    """A row for each receiver, in all else like this one: written without making an object of each, five times as fast. Who has one is passed over."""
    fields = [field for field in Message._meta.concrete_fields if not field.primary_key]
    row = {f.column: f.get_db_prep_save(getattr(like, f.attname), connection) for f in fields}
    own = {f.name: f for f in fields if f.name in ("address", "not_before", "zone", "key")}
    rows = []
    for one in receivers:
        told = {"address": one.address_id, "not_before": one.not_before, "zone": one.zone, "key": uuid.uuid4()}
        rows.append([*(row | {own[n].column: own[n].get_db_prep_save(v, connection) for n, v in told.items()}).values()])
    quoted = connection.ops.quote_name
    columns, places = ", ".join(map(quoted, row)), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(Message._meta.db_table)} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 names of our own table
            rows,
        )


@inner("part of another action")
def cancel_about(*, about: str) -> int:
    """Take back what still waits of one thing above, and what was given up; what a provider has stays. What is in a worker's hands may leave with this
    try and with no other. Returns how many were taken back at once."""
    return take_back(rows=Message.objects.filter(about=about))


@inner("part of another action")
def take_back(*, rows: QuerySet[Message]) -> int:
    """As `cancel_about`, of any messages. All are marked before the free ones are cancelled: the mark locks them, so none slips between."""
    out = rows.filter(direction=Direction.OUT)
    out.filter(state__in=[*WAITING, State.DOUBT, State.SENT]).update(meant=State.CANCELLED)
    return out.filter(_free(), state__in=WAITING).update(state=State.CANCELLED, settled_at=timezone.now())


@inner("part of another action")
def drop_cancelled(*, about: str) -> int:
    """Leave no trace of what was taken back before it went, so that the same receivers may get it after all. Returns how many."""
    return Message.objects.filter(about=about, state=State.CANCELLED, provider_id="").delete()[0]


@inner("part of another action")
def hold_about(*, about: str) -> int:
    """Let what still waits of one thing above pause; what is in a worker's hands, after this try. Returns how many pause at once."""
    queue = Message.objects.filter(about=about, state=State.QUEUED)
    queue.filter(meant="").update(meant=State.HELD)
    return queue.filter(_free(), meant=State.HELD).update(state=State.HELD)


@inner("part of another action")
def release_about(*, about: str) -> int:
    """Let what pauses go on. Returns how many."""
    held = Message.objects.filter(about=about, state=State.HELD)
    channels = list(Channel.objects.filter(pk__in=held.order_by().values("channel")))
    Message.objects.filter(about=about, meant=State.HELD).update(meant="")
    count = held.update(state=State.QUEUED)
    for channel in channels:
        wake(channel=channel)
    return count


def _free() -> Q:
    """Nobody is at it: never taken, given back for another try, or left by a worker that died before it handed it over."""
    return Q(trying=False) & (Q(lease=None) | Q(lease_until=None) | Q(lease_until__lt=timezone.now()))


_asleep: ContextVar[set[int] | None] = ContextVar("channels_to_wake", default=None)


@inner("machinery")
def wake(*, channel: Channel) -> None:
    """Let a worker look at a channel's queue."""
    waiting = _asleep.get()
    if not can_send(channel):
        return
    if waiting is not None:
        waiting.add(channel.pk)
    else:
        enqueue("messaging.send_channel", key=f"channel:{channel.pk}", channel_id=channel.pk)


@inner("machinery")
@contextmanager
def waking_once() -> Iterator[None]:
    """Within: each channel that gets something is woken once, at the end, in the transaction that is open then."""
    channels: set[int] = set()
    token = _asleep.set(channels)
    try:
        yield
    finally:
        _asleep.reset(token)
    for pk in sorted(channels):
        enqueue("messaging.send_channel", key=f"channel:{pk}", channel_id=pk)
