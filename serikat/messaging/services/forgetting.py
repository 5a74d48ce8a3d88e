"""Somebody is forgotten: what went between us and their addresses is emptied. That they have stopped stays known, as a keyed hash alone."""

from __future__ import annotations

from collections.abc import Sequence

from serikat.audit.action import inner
from serikat.files.models import StoredFile
from serikat.files.services import remove_file
from serikat.kernel.access import SYSTEM
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.messaging.adapters import Scheme
from serikat.messaging.addresses import address_of, index_of
from serikat.messaging.models import Address, Message
from serikat.messaging.services.queueing import take_back

SOMEBODY = "(dilupakan)"


@inner("part of another action")
def forget_in_messaging(*, forgetting: Forgetting) -> int:
    """Messages of their own addresses lose every word and file; in messages of others their name and number are wiped."""
    return empty_addresses(addresses=addresses_named(needles=forgetting.strong_needles)) + _wipe_others(forgetting)


@inner("part of another action")
def empty_addresses(*, addresses: Sequence[Address]) -> int:
    """What went between us and these addresses loses its words and files, and they themselves their value; what waits for
    them is taken back. Rooms above know whose a chat is."""
    own = list(addresses)
    messages = Message.objects.filter(address__in=own)
    take_back(rows=messages)
    count = 0
    for pk in messages.filter(files__gt=0).values_list("pk", flat=True):
        for file in StoredFile.objects.filter(holder_ref=f"messaging.message:{pk}", removed_at=None):
            remove_file(actor=SYSTEM, file=file, reason="forgotten")
            count += 1
    count += messages.update(text="", subject="", problem="", shared=None, files=0)
    for address in own:
        Address.objects.filter(pk=address.pk).update(value="", called="")
    return count + len(own)


def _wipe_others(forgetting: Forgetting) -> int:
    """Texts are encrypted: each is read. Slow on a million messages, and a person is forgotten seldom."""
    pattern, count = forgetting.strong_pattern, 0
    if pattern is None:
        return 0
    for message in Message.objects.only("pk", "text").iterator(chunk_size=2000):
        fresh = str(wiped(message.text, pattern, SOMEBODY))
        if fresh != message.text:
            message.text = fresh
            message.save(update_fields=["text"])
            count += 1
    return count


@inner("reads only")
def addresses_named(*, needles: list[str]) -> list[Address]:
    """Rows whose address is one of these numbers or mail addresses."""
    indexes: dict[str, set[str]] = {Scheme.NUMBER: set(), Scheme.MAIL: set()}
    for needle in needles:
        for scheme, found in indexes.items():
            if value := address_of(scheme, needle):
                found.add(index_of(scheme, value))
    return [a for scheme, found in indexes.items() for a in Address.objects.filter(scheme=scheme, index__in=found)]
