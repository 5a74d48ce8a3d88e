"""Consultations in a person's data: their copy, and its forgetting. Published pages stay, since they name nobody."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from serikat.helpdesk.models import Consultation
from serikat.helpdesk.services.forgetting_consultations import forget_in_consultations
from serikat.kernel.forgetting import Forgetting, Holder, register_holder

TABLES = ("helpdesk.consultation", "helpdesk.publicanswer", "helpdesk.skill")


def register() -> None:
    register_holder(Holder(name="helpdesk.consultations", copy=_copy, erase=_erase, own_tables=TABLES))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_consultations(forgetting=forgetting)


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    theirs = Consultation.objects.filter(person__subject__in=subjects).order_by("pk")
    return {
        "konsultasi": [
            {
                "ditanyakan": one.asked_at.isoformat(),
                "pokok masalah": str(one.get_topic_display()),
                "pertanyaan": one.question,
                "cara menghubungi": one.reach,
                "jawaban": one.answer,
                "pasal": one.cites,
                "dijawab": one.answered_at.isoformat() if one.answered_at else "",
                "pendapat": str(one.get_opinion_display()) if one.opinion else "",
                "kata": one.opinion_word,
            }
            for one in theirs
        ]
    }
