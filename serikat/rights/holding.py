"""The room's part in a person's data: the marks that they set on rules, and the forgetting of who set them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.rights.models import Review
from serikat.rights.services.forgetting import forget_in_rights


def register() -> None:
    register_holder(Holder(name="rights", copy=_copy, erase=_erase, own_tables=("rights",)))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_rights(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    marks = Review.objects.filter(reviewer__subject__in=subjects).order_by("pk")
    return {
        "tanda pada aturan": [
            {"aturan": m.subject, "hasil": m.verdict, "catatan": m.note, "pada": m.at.isoformat()} for m in marks
        ]
    }
