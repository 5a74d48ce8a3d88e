"""Numbers in a series without gaps (of letters, of receipts): given in the transaction of what they number."""

from __future__ import annotations

from collections import Counter as Tally

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from serikat.kernel.models import Counter
from serikat.kernel.together import later, once, stands_whole


def next_number(series: str) -> int:
    """The next number of a series ("newsroom.letter:2026"), from 1. It must stand in the transaction that writes the numbered thing: a rollback
    gives the number back, and others who want one wait until the end of this transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A number is given only inside the transaction of what it numbers.")
    if not stands_whole():
        return _raised(series)
    given = once((next_number, series), list[int])  # the series is ours until the end: counted here, and noted once
    if given:
        later(_note, series)
    given.append(given[-1] + 1 if given else _raised(series))
    return given[-1]


def _raised(series: str) -> int:
    if not Counter.objects.filter(name=series).update(value=F("value") + 1):
        try:
            with transaction.atomic():
                Counter.objects.create(name=series, value=1)
        except IntegrityError:  # another transaction opened the series meanwhile
            Counter.objects.filter(name=series).update(value=F("value") + 1)
    return Counter.objects.get(name=series).value


def _note(series: list[str]) -> None:
    for name, given in Tally(series).items():
        Counter.objects.filter(name=name).update(value=F("value") + given)
