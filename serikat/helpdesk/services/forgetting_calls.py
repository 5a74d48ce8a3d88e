"""Somebody is forgotten: their calls and visits keep that they were, and nothing of who or what."""

from __future__ import annotations

from django.db.models import Q

from serikat.audit.action import inner
from serikat.helpdesk.models import Call
from serikat.helpdesk.services.forgetting_consultations import empty_consultations
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.messaging.services.forgetting import addresses_named

SOMEBODY = "(dilupakan)"


@inner("part of another action")
def forget_in_calls(*, forgetting: Forgetting) -> int:
    """Calls of their own number or record are emptied; in notes of others their name and number are wiped."""
    addresses = addresses_named(needles=forgetting.strong_needles)
    own = Call.objects.filter(Q(address__in=addresses) | Q(person__subject__in=forgetting.subjects))
    asked = own.filter(consultation__isnull=False).values_list("consultation", flat=True)
    count = empty_consultations(pks=list(asked)) + own.update(
        person=None, address=None, called="", alias="", notes="", call_back_at=None, outside_id=""
    )
    pattern = forgetting.strong_pattern
    if pattern is None:
        return count
    # Notes are encrypted: each is read. Somebody is forgotten seldom.
    for call in Call.objects.only("pk", "notes", "called").iterator(chunk_size=2000):
        fresh = {name: str(wiped(getattr(call, name), pattern, SOMEBODY)) for name in ("notes", "called")}
        changed = [name for name, value in fresh.items() if value != getattr(call, name)]
        for name in changed:
            setattr(call, name, fresh[name])
        if changed:
            call.save(update_fields=changed)
            count += 1
    return count
