"""Conversations in a person's copy, and their forgetting. The words themselves are emptied by `messaging`; here goes by what they were found and who it was."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.services.forgetting_conversations import forget_in_conversations
from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.messaging.selectors.messages import thread

MOST = 2000  # messages of one conversation in a copy


def register() -> None:
    tables = ("helpdesk.conversation", "helpdesk.term", "helpdesk.pastedchat")
    register_holder(Holder(name="helpdesk.conversations", copy=_copy, erase=_erase, own_tables=tables))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_conversations(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    """What went between us and them, where it is known that it was them."""
    found = Conversation.objects.filter(person__subject__in=subjects).select_related("channel", "address").order_by("pk")
    return {
        "percakapan": [
            {
                "saluran": talk.channel.name,
                "alamat": talk.address.value,
                "pesan": [
                    {"pada": (m.written_at or m.at).isoformat(), "arah": m.get_direction_display(), "isi": m.words}
                    for m in list(thread(talk.channel_id, talk.address_id)[:MOST])[::-1]
                ],
            }
            for talk in found
        ]
    }
