"""One conversation as its page shows it: what was said, what became of each answer, the files, who it is, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from serikat.audit.selectors import Line, trail_of
from serikat.files.models import StoredFile
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Consultation, Conversation, QuickReply, Report
from serikat.helpdesk.permissions.reports import may_handle_report, may_read_report, may_take_report
from serikat.helpdesk.rules.conversations import filled
from serikat.helpdesk.selectors.callers import Safe, safe_of
from serikat.helpdesk.selectors.consultations import OPEN as ASKED
from serikat.helpdesk.selectors.consultations import consultations_in_reach
from serikat.helpdesk.selectors.inbox import address_shown, conversations_in_reach, icon_of, name_of, units_in_reach
from serikat.helpdesk.selectors.reports import OPEN as TOLD
from serikat.helpdesk.selectors.reports import reports_with
from serikat.kernel.access import Actor, who_may
from serikat.kernel.errors import Missing
from serikat.messaging.adapters import Limits, adapter_named, adapters
from serikat.messaging.models import Channel, Direction, Message, State
from serikat.messaging.permissions import may_settle_message
from serikat.messaging.rules.sms import Coding, measure, plain
from serikat.messaging.rules.windows import is_window_open
from serikat.messaging.selectors.channels import channels_for, counts_parts
from serikat.messaging.selectors.messages import for_a_person, holder_ref, last_heard, thread, wrote_at
from serikat.ui.identity import identity
from serikat.units.models import Unit
from serikat.units.rules import paths_above

SHOWN = 50
MOST_FATES = 20  # answers of which a page that stays open asks what became of them
ENDED = (State.READ, State.REFUSED, State.STOPPED, State.CANCELLED, State.EXPIRED)
FROM_HERE = 5  # reports and consultations that were made of it
GONE_WRONG = (State.REFUSED, State.PARKED, State.DOUBT, State.STOPPED, State.EXPIRED)
ICONS = {
    State.QUEUED: "clock", State.HAND: "phone", State.SENT: "check", State.DELIVERED: "check", State.READ: "eye",
    State.REFUSED: "close", State.PARKED: "alert", State.DOUBT: "alert", State.STOPPED: "close", State.CANCELLED: "close",
    State.EXPIRED: "clock",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it stands in the thread."""

    message: Message
    ours: bool
    at: datetime
    who: str
    icon: str = ""
    wrong: bool = False
    in_doubt: bool = False
    failed: bool = False
    files: list[StoredFile] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counted:
    """What an answer costs as SMS."""

    units: int
    parts: int
    left: int
    cost: int
    small: bool
    forced_by: str
    plain: str
    plain_parts: int


@dataclass(frozen=True, slots=True)
class Look:
    """Everything the page of a conversation shows."""

    conversation: Conversation
    name: str
    address: str
    icon: str
    said: list[Said]
    older: int | None
    newest: int  # 0 on a page of older ones
    trail: list[Line]
    reports: list[tuple[Report, bool]]  # and whether the actor may open it
    consultations: list[Consultation]
    answerable: list[Report]  # open, of this conversation, and the actor's to answer
    may_report: bool
    may_consult: bool
    elsewhere: list[tuple[Conversation, str]]
    quick: list[QuickReply]
    limits: Limits
    by_parts: bool
    by_hand: bool
    open_window: bool
    gone: bool
    paused: bool
    may_settle: bool
    safe: list[Safe]

    @property
    def fates(self) -> str:
        """The last answers of ours that may still go another way, and how far they are: "12:sent,14:queued"."""
        going = [one.message for one in self.said if one.ours and one.message.state not in ENDED]
        return ",".join(f"{message.pk}:{message.state}" for message in going[-MOST_FATES:])

    @property
    def cannot_write(self) -> bool:
        """Free words do not go out here now."""
        return self.gone or not self.open_window

    @property
    def can_write(self) -> bool:
        return not self.cannot_write


def conversation_for(actor: Actor, pk: int) -> Conversation:
    found = conversations_in_reach(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def came_since(conversation: Conversation, pk: int) -> bool:
    """Whether anything was said, to or fro, after this message."""
    return thread(conversation.channel_id, conversation.address_id).filter(pk__gt=pk).order_by().exists()


def moved_since(conversation: Conversation, fates: dict[int, str]) -> bool:
    """Whether an answer is in another state than a page shows."""
    here = thread(conversation.channel_id, conversation.address_id).filter(pk__in=fates).order_by()
    return any(fates[pk] != state for pk, state in here.values_list("pk", "state"))


def conversation_row(actor: Actor, pk: int) -> Conversation | None:
    """For the trail's page."""
    return conversations_in_reach(actor).filter(pk=pk).first()


def counted(channel: Channel, text: str) -> Counted:
    found, bare = measure(text), plain(text)
    simple = measure(bare.text)
    small = found.coding is Coding.GSM7
    return Counted(
        found.units,
        found.count,
        found.left,
        found.count * channel.price,
        small,
        " ".join(found.forced_by[:8]) if not small else "",
        "" if small or bare.dropped else bare.text,
        simple.count,
    )


def look_at(actor: Actor, conversation: Conversation, *, before: int | None = None, number: str = "") -> Look:
    """A fixed number of questions. `number`: what was asked for to answer somebody guarded from a phone."""
    channel, address = conversation.channel, conversation.address
    found = thread(channel.pk, address.pk).select_related("shared", "by")
    rows = list((found.filter(pk__lt=before) if before else found)[: SHOWN + 1])
    older = rows[SHOWN - 1].pk if len(rows) > SHOWN else None
    newest = rows[0].pk if rows and not before else 0
    rows = rows[:SHOWN][::-1]
    files: dict[str, list[StoredFile]] = {}
    refs = [holder_ref(message) for message in rows if message.files]
    for file in StoredFile.objects.filter(holder_ref__in=refs, removed_at=None).order_by("kept_at") if refs else []:
        files.setdefault(file.holder_ref, []).append(file)
    known = channel.kind in adapters()
    limits = adapter_named(channel.kind).limits if known else Limits()
    name = name_of(conversation)
    reports = reports_with(conversation)
    asked = list(consultations_in_reach(actor).filter(conversation=conversation).order_by("-pk")[:FROM_HERE])
    reachable = number or (address_shown(conversation) if not conversation.shows_alias else "")
    return Look(
        conversation=conversation,
        name=name,
        address=number or address_shown(conversation),
        icon=icon_of(channel),
        said=[_said(m, name, files.get(holder_ref(m), []), reachable) for m in rows],
        older=older,
        newest=newest,
        trail=trail_of(f"helpdesk.conversation:{conversation.pk}", limit=30),
        reports=[(report, bool(may_read_report(actor, report))) for report in reports[:FROM_HERE]],
        consultations=asked,
        answerable=[] if channel.kind == "web" else [r for r in reports if r.state in TOLD and may_handle_report(actor, r)],
        may_report=channel.kind != "web"
        and conversation.last_in_at is not None
        and not any(report.state in TOLD for report in reports)
        and bool(may_take_report(actor, conversation)),
        may_consult=not any(one.state in ASKED for one in asked)
        and bool(permissions.may_add_consultation(actor, conversation)),
        elsewhere=[(c, icon_of(c.channel)) for c in _elsewhere(actor, conversation)],
        quick=list(quick_replies_above(conversation.unit)),
        limits=limits,
        by_parts=counts_parts(channel),
        by_hand=known and not adapter_named(channel.kind).sends,
        open_window=_window_is_open(conversation, limits),
        gone=not known or channel.retired_at is not None or not channel.active,
        paused=known and channel.retired_at is None and not channel.active,
        may_settle=bool(may_settle_message(actor, channel)),
        safe=safe_of(address, person=conversation.person_id),
    )


def _said(message: Message, name: str, files: list[StoredFile], number: str) -> Said:
    ours = message.direction == Direction.OUT
    state = State(message.state)
    who = (str(message.by.name) if message.by else "") if ours else name
    return Said(
        message,
        ours,
        message.written_at or message.at,
        who,
        icon=ICONS.get(state, "") if ours else "",
        wrong=ours and state in GONE_WRONG,
        in_doubt=state == State.DOUBT,
        failed=state == State.PARKED,
        files=files,
        links=hand_links(number, message.words) if state == State.HAND else [],
    )


def hand_links(number: str, text: str) -> list[tuple[str, str]]:
    """Addresses under which the operator's own phone writes this to that number."""
    if not number.startswith("+"):
        return []
    said = quote(text, safe="")
    return [("WhatsApp", f"https://wa.me/{number[1:]}?text={said}"), ("SMS", f"sms:{number}?body={said}")]


def _window_is_open(conversation: Conversation, limits: Limits) -> bool:
    if not limits.window_hours:
        return True
    heard = wrote_at(last_heard(conversation.channel_id, conversation.address_id))
    return is_window_open(timezone.now(), heard, timedelta(hours=limits.window_hours))


def _elsewhere(actor: Actor, conversation: Conversation) -> QuerySet[Conversation]:
    """The same person or address on other channels."""
    same = Q(address=conversation.address)
    if conversation.person_id:
        same |= Q(person=conversation.person_id)
    return conversations_in_reach(actor).filter(same).exclude(pk=conversation.pk).order_by("-last_at")[:5]


def quick_replies_above(unit: Unit) -> QuerySet[QuickReply]:
    """Those of this unit and of the units above it."""
    return QuickReply.objects.filter(unit__path__in=paths_above(unit.path)).order_by("title", "pk")


def quick_replies_kept(actor: Actor) -> QuerySet[QuickReply]:
    """Those that the actor may change."""
    return (
        QuickReply.objects.filter(units_in_reach(actor)).select_related("unit")
        if actor.reach(*permissions.INBOX)
        else QuickReply.objects.none()
    )


def quick_reply_for(actor: Actor, pk: int) -> QuickReply:
    found = quick_replies_kept(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def quick_text(look: Look, pk: str) -> str:
    """A quick reply with its places filled for this conversation. {kode} is the report's number: the access code itself nobody knows again."""
    reply = next((one for one in look.quick if str(one.pk) == pk), None)
    if reply is None:
        return ""
    known = look.conversation.person is not None or look.conversation.called or look.conversation.shows_alias
    values = {
        "kode": look.reports[0][0].number if look.reports else "",
        "nama": look.name if known else "",
        "lembaga": str(identity().name),
    }
    return filled(reply.text, values)


def colleagues(conversation: Conversation) -> list[Any]:
    """Who can look after it."""
    return list(
        get_user_model()
        .objects.filter(pk__in=who_may(permissions.may_answer_conversation, conversation))
        .order_by("name", "pk")
    )


def to_settle(actor: Actor) -> QuerySet[Message]:
    """Messages that failed for good or were perhaps sent."""
    return for_a_person(actor)


def waiting_for_a_phone(actor: Actor, *, most: int) -> list[tuple[Conversation, datetime]]:
    """Conversations in reach with an answer that still waits for the operator's phone, and since when; the longest waiting first. Two questions, whoever
    asks: what waits is walked along its index, and only what stands in such a conversation counts."""
    if not actor.reach(*permissions.INBOX):
        return []
    same = Conversation.objects.filter(units_in_reach(actor), channel=OuterRef("channel"), address=OuterRef("address"))
    hand = Message.objects.filter(state=State.HAND).order_by().annotate(talk=Subquery(same.order_by().values("pk")[:1]))
    waits = hand.filter(talk__isnull=False).values("talk").annotate(first=Min("pk"), since=Min("at")).order_by("first")
    rows = list(waits.values_list("talk", "since")[:most])
    found = conversations_in_reach(actor).in_bulk([pk for pk, _since in rows])
    return [(found[pk], since) for pk, since in rows if pk in found]


def settling_count(actor: Actor) -> int:
    """For the rail: along the index of those alone."""
    return for_a_person(actor).order_by()[:100].count() if channels_for(actor).exists() else 0


def conversation_of(message: Message) -> Conversation | None:
    return conversations_of([message]).get(message.pk)


def conversations_of(messages: Sequence[Message]) -> dict[int, Conversation]:
    """By message, where it stands in one: one question for all."""
    pairs = {(message.channel_id, message.address_id) for message in messages if message.address_id}
    wanted = Q(pk__in=[])
    for channel_id, address_id in pairs:
        wanted |= Q(channel=channel_id, address=address_id)
    found = (
        Conversation.objects.filter(wanted)
        .select_related("channel", "address", "person", "unit")
        .prefetch_related("reports")
    )
    talks: dict[tuple[int, int | None], Conversation] = {(t.channel_id, t.address_id): t for t in found} if pairs else {}
    return {m.pk: talks[m.channel_id, m.address_id] for m in messages if (m.channel_id, m.address_id) in talks}


def message_in(conversation: Conversation, pk: int) -> Message:
    found = Message.objects.filter(pk=pk, channel=conversation.channel_id, address=conversation.address_id).first()
    if found is None:
        raise Missing
    return found
