"""Somebody is forgotten: their addresses subscribe to nothing, stand on no list, and their name goes from texts."""

from __future__ import annotations

from serikat.audit.action import inner
from serikat.kernel.forgetting import Forgetting, wiped
from serikat.messaging.services.forgetting import SOMEBODY, addresses_named
from serikat.outreach.models import AudiencePart, Broadcast, ListEntry, Pending, Subscriber, Subscription, Variant


@inner("part of another action")
def forget_in_outreach(*, forgetting: Forgetting) -> int:
    own = addresses_named(needles=forgetting.strong_needles)
    count = sum(
        model.objects.filter(address__in=own).delete()[0] for model in (Subscription, Subscriber, Pending, ListEntry)
    )
    count += AudiencePart.objects.filter(person__subject__in=forgetting.subjects).delete()[0]
    pattern = forgetting.strong_pattern
    if pattern is None:
        return count
    for variant in Variant.objects.only("pk", "text", "subject"):
        fresh = (str(wiped(variant.text, pattern, SOMEBODY)), str(wiped(variant.subject, pattern, SOMEBODY)))
        if fresh != (variant.text, variant.subject):
            variant.text, variant.subject = fresh[0], fresh[1][:200]
            variant.save(update_fields=["text", "subject"])
            count += 1
    for row in Broadcast.objects.only("pk", "title"):
        title = str(wiped(row.title, pattern, SOMEBODY))[:120]
        if title != row.title:
            Broadcast.objects.filter(pk=row.pk).update(title=title)
            count += 1
    return count
