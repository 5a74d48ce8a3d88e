"""A pasted chat as who pasted it sees it before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from serikat.helpdesk.models import PastedChat, Report
from serikat.helpdesk.permissions import INBOX
from serikat.helpdesk.permissions.reports import may_take_report
from serikat.helpdesk.selectors.reports import OPEN, last_words, reports_with
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.messaging.rules.exports import By, Entry, Kind, Order, Unread, read
from serikat.ui.identity import identity

SHOWN, UNREAD_SHOWN = 8, 20


@dataclass(frozen=True, slots=True)
class Preview:
    senders: Mapping[str, int]
    first: list[Entry]
    messages: int
    media: int
    unread: list[Unread]
    unread_more: int
    day_first: bool
    unsure: bool
    likely_ours: list[str]


def chat_for(actor: Actor, pk: int) -> PastedChat:
    """One's own alone, and only as long as one works here."""
    found = (
        PastedChat.objects.filter(pk=pk, by_id=actor.user_id or 0)
        .select_related("unit", "conversation__unit", "conversation__address")
        .first()
    )
    if found is None or not actor.holds(*INBOX, at=found.unit.path):
        raise Missing
    return found


def led_to(actor: Actor, chat: PastedChat) -> tuple[Report | None, bool]:
    """The newest report of its conversation, and whether they wrote something since that no report has and the actor may make one of."""
    if chat.conversation is None:
        return None, False
    report = next(iter(reports_with(chat.conversation)), None)
    if report is None or report.state in OPEN or not may_take_report(actor, chat.conversation):
        return report, False
    return report, bool(last_words(chat.conversation, report.received_at))


def preview_of(chat: PastedChat, *, today: date) -> Preview:
    found = read(chat.text, today=today)
    said = [entry for entry in found.entries if entry.kind is not Kind.SYSTEM]
    us = {str(identity().name).casefold(), str(chat.by.name).casefold(), "anda", "saya", "you"}
    return Preview(
        senders=found.senders,
        first=said[:SHOWN],
        messages=len(said),
        media=sum(1 for entry in said if entry.media),
        unread=list(found.unread[:UNREAD_SHOWN]),
        unread_more=max(0, len(found.unread) - UNREAD_SHOWN),
        day_first=found.order is Order.DAY_FIRST,
        unsure=found.order_by is By.HABIT,
        likely_ours=[name for name in found.senders if name.casefold() in us],
    )
