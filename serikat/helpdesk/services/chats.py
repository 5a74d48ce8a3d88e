"""Conversations without any provider: begun with a number, or made of a chat that stood on somebody's phone. The same chat twice adds nothing."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Conversation, PastedChat, Term
from serikat.helpdesk.rules.access_codes import without_codes
from serikat.helpdesk.selectors.terms import rows_of
from serikat.helpdesk.services.inbox import conversation_with
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.kernel.jobs import enqueue
from serikat.kernel.progress import tracked
from serikat.kernel.secrets import blind_index
from serikat.messaging.addresses import address_to_reach, index_of
from serikat.messaging.models import Address, Channel, Direction, Message, Purpose, State
from serikat.messaging.rules.export_marks import Sort
from serikat.messaging.rules.exports import Entry, Kind, read
from serikat.messaging.selectors.messages import by_provider_id
from serikat.messaging.services.channels import built_in_channel
from serikat.messaging.services.queueing import NoAddress, find_or_make_address
from serikat.messaging.services.receiving import addresses_of
from serikat.people.services.persons import clean_name
from serikat.units.models import Unit

notes_say(messages=pgettext_lazy("in the trail", "pesan baru"))

HAND = "hand"
AT_ONCE = 500  # entries; what is longer is filed by a job, and a page shows how far it has come
BATCH = 500
MOST = 200_000
KEPT = timedelta(days=1)
SCHEME = "number"
MEDIA = {
    Sort.IMAGE: _("gambar"),
    Sort.VIDEO: _("video"),
    Sort.AUDIO: _("pesan suara"),
    Sort.STICKER: _("stiker"),
    Sort.DOCUMENT: _("dokumen"),
    Sort.CONTACT: _("kartu kontak"),
    Sort.FILE: _("berkas"),
}


class NothingThere(Refused):
    message = _("Di dalamnya tidak ada pesan yang dapat dibaca.")


class TooMuch(Refused):
    message = _("Chat ini terlalu panjang: paling banyak 200.000 pesan.")


class FiledMeanwhile(Conflict):
    message = _("Chat ini sudah dimasukkan.")


@inner("part of another action")
def hand_channel(unit: Unit) -> Channel:
    """The channel of the phones in a unit's hands. Each unit has its own: what it says to a number from its phones stands in a conversation of its own,
    whoever else in the house talks with the same number."""
    name = _("Ponsel petugas %(unit)s") % {"unit": unit.name}
    return built_in_channel(kind=HAND, name=name[:60], unit=unit, each_unit=True)


@action(
    "helpdesk.conversation.begun",
    may=permissions.may_begin_conversation,
    says=pgettext_lazy("an action", "memulai percakapan"),
    on="unit",
    makes=True,
)
def begin_conversation(*, actor: Actor, unit: Unit, number: str, called: str = "") -> Conversation:
    """With a number, from the operator's own phone. One that is known already is gone on with."""
    try:
        address = find_or_make_address(scheme=SCHEME, typed=number)
    except NoAddress as wrong:
        raise Refused(str(wrong), field="number") from None
    name = clean_name(called, field="called") if called.strip() else ""
    conversation, made = conversation_with(channel=hand_channel(unit), address=address, unit=unit)
    if made:
        Conversation.objects.filter(pk=conversation.pk).update(assigned_to=actor.user_id, state=Conversation.State.WAITING)
        _call(conversation, name)
        conversation.refresh_from_db()
    return conversation


def _call(conversation: Conversation, name: str) -> None:
    """A name that somebody of this unit knows them by: it stays in this conversation, since the address is the whole house's."""
    if name and name != conversation.called and not conversation.shows_alias:
        conversation.called = name
        conversation.save(update_fields=["called"])
        Term.objects.bulk_create(rows_of(conversation.pk, name, of_name=True), ignore_conflicts=True)


@action(
    "helpdesk.chat.pasted",
    may=permissions.may_begin_conversation,
    says=pgettext_lazy("an action", "menempel chat dari ponsel"),
    on="unit",
    makes=True,
)
def paste_chat(*, actor: Actor, unit: Unit, text: str, number: str = "") -> PastedChat:
    """Kept for a day, sealed, while somebody says who is who."""
    text = text.replace("\0", "")
    chat = read(text, today=timezone.localdate())
    if not any(entry.kind is not Kind.SYSTEM and entry.text.strip() for entry in chat.entries):
        raise NothingThere(field="text")
    if len(chat.entries) > MOST:
        raise TooMuch(field="text")
    value = _number(number) or next((found for name in chat.senders if (found := address_to_reach(SCHEME, name))), "")
    if actor.user_id is None:
        raise Denied
    return PastedChat.objects.create(unit=unit, by_id=actor.user_id, text=text, number=value, added_at=timezone.now())


def _number(typed: str) -> str:
    if not typed.strip():
        return ""
    value = address_to_reach(SCHEME, typed)
    if not value:
        raise Refused(_("Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567."), field="number")
    return value


@action(
    "helpdesk.chat.filed",
    may=permissions.may_begin_conversation,
    says=_("menjadikan chat sebuah percakapan"),
    on="chat",
)
def file_chat(*, actor: Actor, chat: PastedChat, ours: Sequence[str], number: str = "") -> PastedChat:
    """Its messages become a conversation, in their order; a long one by a job."""
    value = _number(number)
    held = PastedChat.objects.select_for_update().filter(pk=chat.pk, state=PastedChat.State.LOOKED_AT).first()
    if held is None:
        raise FiledMeanwhile
    entries = read(held.text, today=timezone.localdate()).entries
    theirs = [name for name in dict.fromkeys(entry.sender for entry in entries if entry.sender) if name not in ours]
    if not theirs and any(entry.sender for entry in entries):
        raise Refused(_("Sisakan sedikitnya satu nama: yang menulis kepada kita."), field="ours")
    called = theirs[0][:100] if len(theirs) == 1 and not theirs[0].startswith("+") else ""
    address = find_or_make_address(scheme=SCHEME, typed=value) if value else _nobodys(theirs, held)
    conversation, made = conversation_with(channel=hand_channel(held.unit), address=address, unit=held.unit)
    if made:
        _call(conversation, called)
        Conversation.objects.filter(pk=conversation.pk).update(assigned_to=actor.user_id)
    held.conversation, held.number, held.ours = conversation, value, json.dumps(list(ours))
    held.state = PastedChat.State.FILING
    held.save(update_fields=["conversation", "number", "ours", "state"])
    if len(entries) > AT_ONCE:
        enqueue("helpdesk.file_pasted", key=str(held.pk), chat_id=held.pk)
    else:
        file_pasted(chat_id=held.pk)
        held.refresh_from_db()
        note(messages=held.made)
    return held


def _nobodys(theirs: Sequence[str], chat: PastedChat) -> Address:
    """Without a number: one that no message can be sent to, the same for the same name in the same unit."""
    named = uuid.uuid5(uuid.NAMESPACE_OID, f"{chat.unit_id}\0{'|'.join(sorted(theirs)) or chat.pk}")
    value = f"?{named.hex}"
    index = index_of(SCHEME, value)
    return addresses_of(scheme=SCHEME, wanted={index: (value, "")})[index]


@inner("machinery")
def file_pasted(*, chat_id: int) -> int:
    """Write what is new of a chat, batch by batch; a worker that dies in the middle is replaced, and nothing stands there twice."""
    chat = PastedChat.objects.select_related("conversation__channel", "conversation__address", "by").get(pk=chat_id)
    conversation = chat.conversation
    if chat.state != PastedChat.State.FILING or conversation is None:
        return 0
    entries = read(chat.text, today=timezone.localtime(chat.added_at).date()).entries
    made = 0
    with tracked(progress_key(chat_id=chat.pk), _("Memasukkan chat"), total=len(entries)) as progress:
        rows = _rows(chat, conversation, entries)
        while batch := list(islice(rows, BATCH)):
            made += _write(conversation, batch)
            progress.step(len(batch))
        progress.done = len(entries)
    _close(chat, conversation, made)
    return made


@inner("reads only")
def progress_key(*, chat_id: int) -> str:
    return f"helpdesk.chat:{chat_id}"


def _rows(chat: PastedChat, conversation: Conversation, entries: Sequence[Entry]) -> Iterator[Message]:
    ours, seen = set(json.loads(chat.ours or "[]")), Counter[str]()
    several = len({e.sender for e in entries if e.sender and e.sender not in ours}) > 1
    zone, now, here = timezone.get_current_timezone(), chat.added_at, timezone.now()
    for entry in entries:
        if entry.kind is Kind.SYSTEM:
            continue
        said = _words(entry)
        if not said.strip():
            continue
        out = entry.sender in ours
        written = timezone.make_aware(entry.at, zone) if entry.at else None
        text = f"{entry.sender}: {said}" if several and not out and entry.sender else said
        same = f"{conversation.address.index}\0{entry.at}\0{out}\0{text}"
        seen[same] += 1
        at: datetime = min(written, now) if written else now
        yield Message(
            direction=Direction.OUT if out else Direction.IN,
            channel=conversation.channel,
            address=conversation.address,
            state=State.SENT if out else State.ROUTED,
            purpose=Purpose.REPLY if out else None,
            provider_id=f"{PastedChat.MARK}{blind_index(f'{same}{seen[same]}', 'helpdesk.chat')}",
            at=at,
            written_at=written,
            settled_at=here,
            text=without_codes(text),  # what went by hand comes back with the chat
            by_id=chat.by_id if out else None,
            about=f"helpdesk.conversation:{conversation.pk}" if out else "",
        )


def _words(entry: Entry) -> str:
    left_out = [str(_("[tidak ikut: %(what)s]") % {"what": m.name or MEDIA[m.sort]}) for m in entry.media]
    special = {
        Kind.DELETED: _("[pesan ini dihapus]"),
        Kind.WAITING: _("[pesan ini belum sampai]"),
        Kind.CALL: _("[panggilan]"),
    }
    words = [str(special[entry.kind])] if entry.kind in special else []
    return " ".join([*words, entry.text, *left_out]).strip()


def _write(conversation: Conversation, batch: list[Message]) -> int:
    ids = [message.provider_id for message in batch]
    with transaction.atomic():
        here = by_provider_id(conversation.channel, ids)
        known = set(here.values_list("direction", "provider_id"))
        fresh = [m for m in batch if (m.direction, m.provider_id) not in known]
        Message.objects.bulk_create(fresh, ignore_conflicts=True)
        text = " ".join(message.text for message in fresh)
        Term.objects.bulk_create(
            [row for n in range(0, len(text), 4000) for row in rows_of(conversation.pk, text[n : n + 4000])],
            ignore_conflicts=True,
        )
    return len(fresh)


def _close(chat: PastedChat, conversation: Conversation, made: int) -> None:
    """The conversation stands as its last message left it, and as it stood when all that came is older; the pasted text is gone."""
    fresh = Message.objects.filter(
        channel=conversation.channel,
        address=conversation.address,
        provider_id__startswith=PastedChat.MARK,
        settled_at__gte=chat.added_at,
    )
    last, before = fresh.order_by("-at", "-pk").first(), conversation.last
    if last is not None and before is not None and last.at < before.at.replace(second=0, microsecond=0):
        last = None  # phones write the minute
    with transaction.atomic():
        if made and last is not None:
            theirs = last.direction == Direction.IN
            Conversation.objects.filter(pk=conversation.pk).update(
                last=last,
                last_at=last.at,
                last_in_at=last.at if theirs else conversation.last_in_at,
                state=Conversation.State.OPEN if theirs else Conversation.State.WAITING,
                waiting_since=last.at if theirs else None,
            )
        PastedChat.objects.filter(pk=chat.pk).update(state=PastedChat.State.FILED, made=made, text="", ours="", number="")


@inner("machinery")
def drop_old_chats() -> int:
    """What was pasted and never filed is gone after a day."""
    old = PastedChat.objects.filter(added_at__lt=timezone.now() - KEPT).exclude(state=PastedChat.State.FILING)
    return old.delete()[0]
