"""Calls and visits in a person's data: their copy, and their forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.helpdesk.models import Call
from serikat.helpdesk.services.forgetting_calls import forget_in_calls
from serikat.kernel.forgetting import Forgetting, Holder, register_holder


def register() -> None:
    register_holder(Holder(name="helpdesk.calls", copy=_copy, erase=_erase, own_tables=("helpdesk.call",)))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_calls(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    calls = Call.objects.filter(person__subject__in=subjects).order_by("pk")
    return {
        "telepon dan kunjungan": [
            {
                "lewat": str(call.get_way_display()),
                "arah": str(call.get_direction_display()),
                "mulai": call.began_at.isoformat(),
                "pokok masalah": str(call.get_topic_display()),
                "hasilnya": str(call.get_outcome_display()),
                "catatan": call.notes,
            }
            for call in calls
        ]
    }
