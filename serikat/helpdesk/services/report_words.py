"""Reports by SMS and chat: LAPOR makes one of the text, STATUS tells where one stands, or a consultation. Every answer fits one SMS, and calls itself
what it is there."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from serikat.audit.action import inner
from serikat.helpdesk.models import Consultation, Conversation, Report
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.rules.access_codes import PAIR, grouped, read_access_code, without_codes
from serikat.helpdesk.selectors.codes import behind, code_ref, unread_at_code
from serikat.helpdesk.services import reports as services
from serikat.helpdesk.services.inbox import conversation_of, conversation_with
from serikat.kernel.access import SYSTEM
from serikat.kernel.errors import Missing
from serikat.kernel.opening import count_try, take_back_try
from serikat.kernel.text import clean_text
from serikat.kernel.together import batch, once
from serikat.messaging.models import Channel, Message, State
from serikat.messaging.selectors.channels import can_send, counts_parts
from serikat.messaging.services.queueing import queue_reply
from serikat.places.selectors import zone_of

MOST_WRONG, WRONG_FOR = 5, 3600  # wrong codes of one number
_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
LONGEST_ALONE = 80  # signs of a message that is a code and little else
MAY_STILL_GO = (State.QUEUED, State.HAND, State.HELD, State.PARKED, State.DOUBT)


@inner("reads only")
def by_when(report: Report) -> str:
    """The promise, short: "Sel 24/11 16.00"."""
    if report.promised_at is None:
        return ""
    return _short(report.promised_at, ZoneInfo(zone_of(report.place).tz) if report.place else None)


def _short(moment: datetime, zone: ZoneInfo | None = None) -> str:
    at = timezone.localtime(moment, zone)
    return f"{_DAYS[at.weekday()]} {at.day}/{at.month} {at:%H.%M}"


@inner("reads only")
def code_words(*, report: Report, code: str, channel: Channel) -> str:
    """The code by SMS or chat: told with the report's number, once, with the word to erase it."""
    check = "Cek: STATUS kode" if can_send(channel) else "Kabarnya di situs kami: Cek kode"
    return (
        f"Laporan {report.number} diterima. Kode: {grouped(code)}. Catat di kertas, lalu hapus {_it(channel)} ini. "
        f"Dijawab paling lambat {by_when(report)}. {check}"
    )


def _it(channel: Channel) -> str:
    """What a message is called where it is read; what leaves by somebody's phone may be either."""
    return "SMS" if counts_parts(channel) and can_send(channel) else "pesan"


def _begun_words(report: Report, code: str, it: str) -> str:
    return (
        f"Laporan {report.number} dimulai. Apa yang terjadi, di mana? Balas {it} ini. "
        f"Kode: {grouped(code)}. Catat di kertas, lalu hapus {it} ini"
    )


def _added_words(report: Report, it: str) -> str:
    promised = f"Dijawab paling lambat {by_when(report)}"
    return f"Ditambahkan ke laporan {report.number}. {promised}. Hapus {it} ini dan pesan Anda."


def _recent(conversation: Conversation) -> list[Report]:
    """Their open reports of a little while ago, the newest first."""
    addresses = {message.address_id for message in batch() if message.address_id}
    if conversation.address_id not in addresses:
        return list(_lately().filter(conversation=conversation)[: rules.MANY])
    found = once(_recent, lambda: _by_conversation(addresses))
    return found.setdefault(conversation.pk, [])


def _by_conversation(addresses: set[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    for report in _lately().filter(conversation__address__in=addresses):
        found.setdefault(report.conversation_id or 0, []).append(report)
    return found


def _lately() -> QuerySet[Report]:
    since = timezone.now() - max(rules.MANY_WITHIN, rules.BEGUN_FOR)
    found = Report.objects.filter(way=Report.Way.MESSAGE, received_at__gte=since)
    return found.exclude(state=Report.State.CLOSED).select_related("unit", "place").order_by("-pk")


def _waiting(recent: list[Report]) -> Report | None:
    """One of them that was begun without a word and waits for its story."""
    since = timezone.now() - rules.BEGUN_FOR
    return next((report for report in recent if not report.story and report.received_at >= since), None)


@inner("part of another action")
def take_report_word(message: Message, text: str) -> str | None:
    """LAPOR: a report of the text; without text, one that waits for it. A flood of one number is added to its last report and not answered."""
    if message.channel.kind == "web" or message.address is None:
        return None
    conversation, _made = conversation_with(channel=message.channel, address=message.address)
    recent = _recent(conversation)
    words = without_codes(clean_text(text))
    if (begun := _waiting(recent)) is not None:
        it = _it(message.channel)
        return _continued(begun, words, it) if words or message.files else _begun_again(begun, it)
    since = timezone.now() - rules.MANY_WITHIN
    if sum(report.received_at >= since for report in recent) >= rules.MANY:
        services.continue_report(actor=SYSTEM, report=recent[0], text=words)
        return ""
    taken = services.receive_report(
        actor=SYSTEM,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"messaging.message:{message.pk}"),
        told=services.Told(
            story=words,
            topic=conversation.topic,
            called=conversation.called,
            alias=conversation.alias,
            threat_level=conversation.threat_level,
            protections=conversation.protections,
        ),
        way=Report.Way.MESSAGE,
        conversation=conversation,
        begun=not words,
        at=message.at,
    )
    recent.insert(0, taken.report)
    if message.files:
        services.keep_files_of(actor=SYSTEM, report=taken.report, messages=[message])
    if taken.code:
        said = (
            code_words(report=taken.report, code=taken.code, channel=message.channel)
            if words
            else _begun_words(taken.report, taken.code, _it(message.channel))
        )
        queue_reply(actor=SYSTEM, answers=message, text=said, about=code_ref(taken.report))
    return ""


def _continued(report: Report, words: str, it: str) -> str:
    services.continue_report(actor=SYSTEM, report=report, text=words)
    return _added_words(report, it)


def _begun_again(report: Report, it: str) -> str:
    return f"Laporan {report.number} sudah dimulai. Apa yang terjadi, di mana? Balas {it} ini dengan cerita Anda."


@inner("part of another action")
def complete_begun_report(message: Message, text: str) -> str | None:
    """A message without a key word: if a report of this number waits for its story, this is it."""
    if message.channel.kind == "web" or message.address is None or not message.text.strip():
        return None
    found = conversation_of(channel=message.channel, address=message.address)
    begun = _waiting(_recent(found)) if found is not None else None
    return _continued(begun, without_codes(message.text), _it(message.channel)) if begun is not None else None


@inner("part of another action")
def hear_code_alone(message: Message, text: str) -> str | None:
    """A code with next to nothing around it asks for the status, also without the word."""
    if len(text) <= LONGEST_ALONE and len(re.findall(r"[^\W\d_]+", text)) <= 4 and read_access_code(text).code:
        return tell_status(message, text)
    return None


@inner("part of another action")
def tell_status(message: Message, text: str) -> str | None:
    """STATUS: where a report stands, in words and with a date. The code is blanked out in what we keep of the message."""
    if message.channel.kind == "web":
        return None
    key = f"helpdesk.status:{message.address_id}"
    read = read_access_code(text)
    message.text = re.sub(r"\d", "•", message.text)  # one wrong digit is still nearly a code
    Message.objects.filter(pk=message.pk).update(text=message.text)
    if not count_try(key, seconds=WRONG_FOR, most=MOST_WRONG):
        return "Sudah beberapa kali salah. Tunggu satu jam, lalu kirim lagi: STATUS lalu 16 angka kode Anda."
    try:
        if not read.code:
            raise Missing
        code, asked = behind(read.code)
    except Missing:
        return f"Kode ini tidak berlaku. Kirim: STATUS lalu 16 angka kode Anda (mulai dengan {PAIR}). Kode hilang? Balas: BANTUAN"
    take_back_try(key)
    it = _it(message.channel)
    if asked is not None:
        return _asked_words(asked, it)
    return _status_words(code.report, it) if code is not None else None


def _status_words(report: Report, it: str) -> str:
    state = {
        Report.State.RECEIVED: "sudah diterima, belum dibaca",
        Report.State.READ: "sedang dibaca",
        Report.State.HANDLED: "sedang ditangani",
        Report.State.THEIRS: "menunggu keterangan Anda",
        Report.State.CLOSED: "selesai",
    }[Report.State(report.state)]
    promise = ""
    if report.first_answer_at is None and report.state != Report.State.CLOSED:
        promise = f" Dijawab paling lambat {by_when(report)}."
    words = " Ada kabar untuk Anda: buka halaman Cek kode di situs kami." if unread_at_code(report) else ""
    return f"Laporan {report.number}: {state}.{promise}{words} Hapus {it} ini"


def _asked_words(asked: Consultation, it: str) -> str:
    """Never what it is about, nor a word of the answer: whose phone this is nobody knows."""
    if asked.answer:
        return f"Konsultasi: sudah dijawab. Baca jawabannya di halaman Cek kode di situs kami. Hapus {it} ini"
    state = {
        Consultation.State.WAITING: "menunggu dijawab",
        Consultation.State.TAKEN: "sedang dijawab",
    }.get(Consultation.State(asked.state))
    if state is None:
        return f"Konsultasi: selesai. Keterangannya di halaman Cek kode di situs kami. Hapus {it} ini"
    return f"Konsultasi: {state}. Dijawab paling lambat {_short(asked.promised_at)}. Hapus {it} ini"


@inner("machinery")
def blank_code(*, ids: tuple[int, ...]) -> None:
    """A message with a code in it was sent, or never will be: our own copy loses the code."""
    for message in Message.objects.filter(pk__in=ids).exclude(state__in=MAY_STILL_GO):
        Message.objects.filter(pk=message.pk).update(text=without_codes(message.text))
