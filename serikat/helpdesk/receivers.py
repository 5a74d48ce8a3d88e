"""What this room hears from others."""

from __future__ import annotations

from serikat.helpdesk.services.guarding import hide_person
from serikat.helpdesk.services.inbox import raise_unanswered
from serikat.helpdesk.services.report_words import blank_code
from serikat.kernel.events import on
from serikat.messaging.events import ChannelRetired, MessagesSettled
from serikat.people.events import ProtectionChanged
from serikat.people.selectors import family, person_of_subject


@on(MessagesSettled)
def code_was_sent(event: MessagesSettled) -> None:
    if event.about.startswith("helpdesk.code:"):
        blank_code(ids=event.message_ids)


@on(ChannelRetired)
def channel_was_retired(event: ChannelRetired) -> None:
    raise_unanswered(channel_id=event.channel_id)


@on(ProtectionChanged)
def person_was_hidden(event: ProtectionChanged) -> None:
    person = person_of_subject(event.subject) if event.shows_alias else None
    if person is not None:
        hide_person(people=family(person))
