"""The room's part in a person's data: what they sent under their account, and its forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.vacancies.models import Advert
from serikat.vacancies.services.forgetting import forget_in_vacancies


def register() -> None:
    register_holder(Holder(name="vacancies", copy=_copy, erase=_erase, own_tables=("vacancies",)))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_vacancies(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    sent = Advert.objects.filter(sender__subject__in=subjects).order_by("pk")
    return {
        "lowongan yang dikirim": [
            {
                "pekerjaan": a.title,
                "perusahaan": a.firm,
                "dikirim": a.sent_at.isoformat(),
                "keadaan": a.state,
                "jawaban": a.answer,
            }
            for a in sent
        ]
    }
