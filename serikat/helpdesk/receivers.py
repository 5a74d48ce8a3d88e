"""What this room hears from others."""

from __future__ import annotations

from serikat.helpdesk.services.report_words import blank_code
from serikat.kernel.events import on
from serikat.messaging.events import MessagesSettled


@on(MessagesSettled)
def code_was_sent(event: MessagesSettled) -> None:
    if event.about.startswith("helpdesk.code:"):
        blank_code(ids=event.message_ids)
