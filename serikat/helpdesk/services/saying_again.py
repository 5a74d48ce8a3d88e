"""The same words twice: whoever thinks that an answer failed opens the page anew and sends it again. It is asked once whether that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.audit.action import inner
from serikat.files.inspection import Checked
from serikat.files.models import StoredFile
from serikat.helpdesk.models import Conversation
from serikat.kernel.errors import Refused
from serikat.messaging.models import Direction, Message, Purpose, State
from serikat.messaging.selectors.messages import holder_ref
from serikat.ui.components.words import clock

WITHIN = timedelta(minutes=10)
NOT_SENT = (State.REFUSED, State.STOPPED, State.CANCELLED, State.EXPIRED)


class SaidAlready(Refused):
    """`field` is where the words stand; the form offers to send them all the same."""

    code = "said_already"

    def __init__(self, before: Message) -> None:
        said = _("Jawaban yang sama sudah ditulis pukul %(clock)s. Kalau memang perlu sekali lagi, beri tanda di bawah ini.")
        super().__init__(said % {"clock": clock(before.at)}, field="text")


@inner("part of another action")
def refuse_same(*, conversation: Conversation, text: str, files: Sequence[Checked] = ()) -> None:
    """Of two who press at once, or one who presses twice, the second is asked: the conversation's row is held until the first stands."""
    Conversation.objects.select_for_update().filter(pk=conversation.pk).values_list("pk").first()
    words, sums = text.split(), sorted(one.sha256 for one in files)
    lately = Message.objects.filter(
        channel=conversation.channel_id,
        address=conversation.address_id,
        direction=Direction.OUT,
        purpose=Purpose.REPLY,
        at__gte=timezone.now() - WITHIN,
    ).exclude(state__in=NOT_SENT)
    for before in lately.order_by("-pk")[:50]:
        if before.files == len(files) and before.text.split() == words and _sums(before) == sums:
            raise SaidAlready(before)


def _sums(message: Message) -> list[str]:
    held = StoredFile.objects.filter(holder_ref=holder_ref(message)) if message.files else StoredFile.objects.none()
    return sorted(held.values_list("sha256", flat=True))
