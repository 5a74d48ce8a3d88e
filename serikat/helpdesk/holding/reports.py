"""The room's part in a person's data: their copy, and its forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.helpdesk.models import Report
from serikat.helpdesk.services.forgetting_reports import forget_in_reports
from serikat.kernel.forgetting import Forgetting, Holder, register_holder


def register() -> None:
    register_holder(Holder(name="helpdesk.reports", copy=_copy_reports, erase=_erase_reports, own_tables=_REPORTS))


# Reports

_REPORTS = (
    "helpdesk.report",
    "helpdesk.reportedperson",
    "helpdesk.reportstep",
    "helpdesk.accesscode",
    "helpdesk.coderenewal",
)


def _erase_reports(forgetting: Forgetting) -> int:
    return forget_in_reports(forgetting=forgetting)


def _copy_reports(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    theirs = Report.objects.filter(person__subject__in=subjects).select_related("place").order_by("pk")
    return {
        "laporan": [
            {
                "nomor": r.number,
                "diterima": r.received_at.isoformat(),
                "masuk lewat": str(r.get_way_display()),
                "keadaan": str(r.get_state_display()),
                "cerita": r.story,
                "di mana": r.where,
                "tempat": str(r.place or ""),
                "siapa pelakunya": r.against,
                "kapan": r.happened,
                "cara menghubungi": r.reach,
                "kabar": [{"pada": s.at.isoformat(), "kata": s.words} for s in r.steps.all()],
            }
            for r in theirs.prefetch_related("steps")
        ]
    }
