"""The room's part in a person's data: what their numbers and mail addresses subscribed to, and its forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.messaging.models import Address
from serikat.outreach.models import Subscriber, Subscription
from serikat.outreach.services.forgetting import forget_in_outreach
from serikat.people.models import ContactPoint


def register() -> None:
    register_holder(Holder(name="outreach", copy=_copy, erase=_erase, own_tables=("outreach",)))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_outreach(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    """By the contacts that the person has."""
    indexes = ContactPoint.objects.filter(person__subject__in=subjects, ended_at=None).values("value_index")
    own = Address.objects.filter(index__in=indexes)
    found = Subscription.objects.filter(address__in=own).select_related("topic", "place").order_by("pk")
    return {
        "langganan": [
            {
                "apa": str(one.topic or one.place),
                "mulai": one.began_at.isoformat(),
                "berhenti": one.ended_at.isoformat() if one.ended_at else "",
            }
            for one in found
        ],
        "pendaftaran": [
            {"nama": one.name, "tempat": str(one.place or ""), "tanggal": one.registered_at.isoformat()}
            for one in Subscriber.objects.filter(address__in=own).select_related("place")
        ],
    }
