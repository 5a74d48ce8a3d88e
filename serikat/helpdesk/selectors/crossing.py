"""What goes on while somebody writes an answer: what was written to us, and what colleagues said, since their page was opened."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from serikat.helpdesk.models import Conversation, Report
from serikat.helpdesk.selectors.codes import code_ref, ref_of
from serikat.helpdesk.selectors.inbox import conversations_in_reach
from serikat.helpdesk.selectors.reports import web_address
from serikat.kernel.access import Actor
from serikat.messaging.models import Direction, Message, Purpose, State

NOT_SENT = (State.REFUSED, State.STOPPED, State.CANCELLED, State.EXPIRED)
MOST = 20


def newest_anywhere() -> int:
    """What comes after this message came after now."""
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def thread_of(conversation: Conversation) -> Q:
    return Q(channel=conversation.channel_id, address=conversation.address_id)


def threads_of(actor: Actor, report: Report) -> list[Q]:
    """Where words about a report come and go: by any way from its page or the inbox, at /kode/, and in the conversation it came from, for who may read
    there; never what was sent with a code in it. Each is found along its own index."""
    threads = [Q(about=ref_of(report))]
    if (address := web_address(report)) is not None:
        threads.append(Q(address=address))
    talk = conversations_in_reach(actor).filter(pk=report.conversation_id or 0).first()
    return [*threads, thread_of(talk) & ~Q(about=code_ref(report))] if talk else threads


def crossing(actor: Actor, threads: Iterable[Q], seen: int) -> list[Message]:
    """What came after the message `seen` from others than the actor, the oldest first."""
    theirs = Q(direction=Direction.IN) | Q(direction=Direction.OUT, purpose=Purpose.REPLY) & ~Q(by=actor.user_id)
    new = Message.objects.filter(theirs, pk__gt=seen).exclude(state__in=NOT_SENT).select_related("by", "shared")
    found = {message.pk: message for thread in threads for message in new.filter(thread).order_by("-pk")[:MOST]}
    return [found[pk] for pk in sorted(found)[-MOST:]]
