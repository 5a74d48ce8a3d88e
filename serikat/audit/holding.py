"""The trail's part in a person's data: what it says of them for their copy, and its words deleted when they are forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.audit import services
from serikat.audit.models import Value
from serikat.kernel.forgetting import Forgetting, Holder, register_holder


def register() -> None:
    register_holder(Holder(name="audit", copy=_copy, erase=_erase, own_tables=("audit",)))


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    """Every word of the trail that speaks of them: when, which action, what."""
    values = Value.objects.filter(subject__in=subjects).select_related("entry").order_by("entry__at", "position")
    return {
        "jejak": [
            {"pada": v.entry.at.isoformat(), "tindakan": v.entry.action, "isi": v.name, "nilai": v.value} for v in values
        ]
    }


def _erase(forgetting: Forgetting) -> int:
    count = sum(services.forget_values(subject=subject) for subject in forgetting.subjects)
    return count + services.forget_texts(needles=forgetting.strong_needles, pattern=forgetting.strong_pattern)
