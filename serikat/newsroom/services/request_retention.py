"""What becomes of requests by the clock and when a person is forgotten: who may answer is reminded, what is over is emptied, a name is wiped."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import inner
from serikat.files.services import remove_file
from serikat.kernel.access import SYSTEM
from serikat.newsroom.models import EditorialRequest, RequestMessage
from serikat.newsroom.rules import requests as rules
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.services.requests import tell_desk

MONTH = timedelta(days=30)
SAID = {1: _("Waktunya hampir habis, {what}: {title}"), 2: _("Lewat waktu, {what}: {title}")}
Wipe = Callable[[str], str]


@inner("machinery")
def remind() -> int:
    """Tell who may answer that the time of a request is nearly over, and once more when it is; gives how many were told of."""
    now, count = timezone.now(), 0
    for request in reads.due_for_reminder(now + rules.NEAR):
        loud = rules.reminder(request.due_at, now)
        if loud > request.reminded:
            tell_desk(actor=SYSTEM, request=request, words=SAID[loud])
            EditorialRequest.objects.filter(pk=request.pk).update(reminded=loud)
            count += 1
    return count


@inner("machinery")
def empty_old_requests() -> int:
    """Erase who sent what once a request is long decided; its number, kind and decision stay. Gives how many."""
    old = list(reads.to_be_emptied(timezone.now() - MONTH * reads.rule().requests_kept_months))
    for request in old:
        _empty(request, "retention")
    return len(old)


def _empty(request: EditorialRequest, because: str) -> None:
    for file in reads.evidence(request):
        remove_file(actor=SYSTEM, file=file, reason=because)
    request.messages.all().delete()
    request.name = request.contact = request.words = request.answer = ""
    request.shown_words = request.shown_words_en = ""
    request.emptied_at = timezone.now()
    request.save(update_fields=["name", "contact", "words", "shown_words", "shown_words_en", "answer", "emptied_at"])


@inner("part of another action")
def forget_in_requests(*, pattern: re.Pattern[str], wipe: Wipe) -> int:
    """A person is forgotten: what they sent is emptied, and closed when it was still open; where others speak of them their name goes."""
    count = 0
    for request in EditorialRequest.objects.order_by("pk"):
        if pattern.search(request.name) or pattern.search(request.contact):
            if request.state in reads.WORKED_ON:
                request.state, request.decided_at = EditorialRequest.State.WITHDRAWN, timezone.now()
                request.save(update_fields=["state", "decided_at"])
            _empty(request, "forgotten")
            count += 1
        count += _wipe_row(request, ("title", "words", "shown_words", "shown_words_en", "answer"), wipe)
    for message in RequestMessage.objects.order_by("pk"):
        count += _wipe_row(message, ("words",), wipe)
    return count


def _wipe_row(row: EditorialRequest | RequestMessage, names: tuple[str, ...], wipe: Wipe) -> int:
    wiped = {name: wipe(getattr(row, name)) for name in names}
    changed = [name for name, words in wiped.items() if words != getattr(row, name)]
    for name in changed:
        setattr(row, name, wiped[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
