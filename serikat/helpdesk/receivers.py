"""What this room hears from others."""

from __future__ import annotations

import uuid

from serikat.helpdesk.services.guarding import hide_person
from serikat.helpdesk.services.inbox import raise_unanswered
from serikat.helpdesk.services.report_words import blank_code
from serikat.kernel.events import on
from serikat.messaging.events import ChannelRetired, MessagesSettled
from serikat.people.events import PersonsMerged, ProtectionChanged
from serikat.people.selectors import family, person_of_subject


@on(MessagesSettled)
def code_was_sent(event: MessagesSettled) -> None:
    if event.about.startswith("helpdesk.code:"):
        blank_code(ids=event.message_ids)


@on(ChannelRetired)
def channel_was_retired(event: ChannelRetired) -> None:
    raise_unanswered(channel_id=event.channel_id)


@on(ProtectionChanged, lasting=True)
def person_was_hidden(event: ProtectionChanged) -> None:
    if event.shows_alias:
        _hide(event.subject)


@on(PersonsMerged, lasting=True)
def records_became_one(event: PersonsMerged) -> None:
    _hide(event.kept)


def _hide(subject: uuid.UUID) -> None:
    """As it stands by now: a guard that was taken back meanwhile hides nobody."""
    person = person_of_subject(subject)
    if person is not None:
        hide_person(people=family(person))
