"""Answers that cross: the same words twice, since who thinks that an answer failed opens the page anew and sends it again; and an answer to what has gone
on meanwhile, by a colleague or by who wrote to us. It is asked once whether it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.audit.action import inner
from serikat.files.inspection import Checked
from serikat.files.models import StoredFile
from serikat.helpdesk.models import Conversation
from serikat.helpdesk.selectors.crossing import NOT_SENT, crossing
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.messaging.models import Direction, Message, Purpose
from serikat.messaging.selectors.messages import holder_ref
from serikat.ui.components.words import clock

WITHIN = timedelta(minutes=10)


class SaidAlready(Refused):
    """`field` is where the words stand; the form offers to send them all the same."""

    code = "said_already"

    def __init__(self, before: Message) -> None:
        said = _("Jawaban yang sama sudah ditulis pukul %(clock)s. Kalau memang perlu sekali lagi, beri tanda di bawah ini.")
        super().__init__(said % {"clock": clock(before.at)}, field="text")


class Meanwhile(Refused):
    """The page comes back with what is new on it, and knows it from then on: sent again, it goes out."""

    code = "meanwhile"

    def __init__(self, newest: Message) -> None:
        said = _(
            "Sementara Anda menulis, datang pesan baru dari mereka. Baca dulu di atas, lalu kirim lagi bila masih perlu."
        )
        if newest.direction == Direction.OUT:
            said = _(
                "Sementara Anda menulis, %(who)s menjawab pukul %(clock)s. Baca dulu di atas, lalu kirim lagi bila masih perlu."
            )
            said %= {"who": newest.by.name if newest.by else "", "clock": clock(newest.at)}
        super().__init__(said, field="text")


@inner("part of another action")
def hold_answers(*, conversation: Conversation) -> None:
    """Of two who press at once, or one who presses twice, the second waits until the first stands."""
    Conversation.objects.select_for_update().filter(pk=conversation.pk).values_list("pk").first()


@inner("part of another action")
def refuse_meanwhile(*, actor: Actor, threads: Iterable[Q], seen: int) -> None:
    """`seen`: the newest message that there was on the page when the answer was written. `threads`: where something new matters."""
    if new := crossing(actor, threads, seen):
        raise Meanwhile(new[-1])


@inner("part of another action")
def refuse_same(*, conversation: Conversation, text: str, files: Sequence[Checked] = ()) -> None:
    """What went out in the last minutes, word for word and file for file."""
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
