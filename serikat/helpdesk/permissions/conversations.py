"""What may be done with conversations, in words. Scope is the conversation's unit, by mandate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.models import Conversation
from serikat.kernel.access import Actor, Predicate, Role, Verdict, holds, permission
from serikat.messaging.models import Message

INBOX = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE, Role.CHAIR)
MATTERS = (Role.PARALEGAL, Role.ADVOCATE, Role.DATA_OFFICER)

may_read_conversation = permission(
    "helpdesk.may_read_conversation", holds(*INBOX), pgettext_lazy("a power", "membaca percakapan")
)
may_answer_conversation = permission(
    "helpdesk.may_answer_conversation",
    holds(*INBOX),
    _("menjawab, mengambil, menyerahkan, dan menutup percakapan"),
)
may_begin_conversation = permission(
    "helpdesk.may_begin_conversation", holds(*INBOX), _("memulai percakapan dan memasukkan chat dari ponsel")
)
may_guard_conversation = permission(
    "helpdesk.may_guard_conversation", holds(*INBOX), _("menyamarkan orang dalam percakapan")
)
may_unguard_conversation = permission(
    "helpdesk.may_unguard_conversation", holds(*MATTERS), _("menampilkan lagi nama orang dalam percakapan")
)
may_tie_person = permission(
    "helpdesk.may_tie_person", holds(*INBOX), pgettext_lazy("a power", "menghubungkan percakapan dengan catatan orang")
)
may_keep_quick_reply = permission(
    "helpdesk.may_keep_quick_reply", holds(*INBOX), pgettext_lazy("a power", "menyimpan balasan cepat")
)


def _message_of(ref: str) -> Message | None:
    pk = ref.partition(":")[2]
    return Message.objects.filter(pk=pk).select_related("channel__unit").first() if pk.isdecimal() else None


def _of_message(actor: Actor, file: Any) -> Verdict:
    """A message's file opens to who reads the conversation that it stands in; on a channel without one, to who reads in the channel's unit."""
    message = _message_of(file.holder_ref) if file is not None else None
    if message is None:
        return Verdict(False)
    found = (
        Conversation.objects.filter(channel=message.channel_id, address=message.address_id).select_related("unit").first()
    )
    return holds(*INBOX)(actor, found or message)


may_open_message_file = Predicate(_of_message, "who may read the conversation")
nobody = Predicate(lambda actor, thing: False, "nobody")
