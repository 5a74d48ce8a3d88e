"""What stands in the walked house of consultations and public answers, and what their addresses name."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from serikat.helpdesk.models import Consultation, Conversation, PublicAnswer
from serikat.kernel.codes import make_code
from serikat.messaging.models import Address
from serikat.units.models import Unit


def pk(thing: Any) -> Any:
    return thing.pk


def of_consultations(west: Unit, channel: Any) -> dict[str, Any]:
    """A question that waits, an answered one that is drafted for everybody, a published answer, and a conversation."""
    now = timezone.now()

    def asked(key: str, **more: Any) -> Consultation:
        return Consultation.objects.create(
            unit=west,
            key=uuid.uuid4(),
            came="phone",
            question="Berapa lembur?",
            asked_at=now,
            promised_at=now,
            opinion_key=key,
            **more,
        )

    answered = asked("kunci-pendapat", state="answered", answer="Dua kali.", answered_at=now)
    words = {
        "unit": west,
        "consent_by": "asker",
        "consent_on": timezone.localdate(),
        "consent_words": "Boleh.",
        "made_at": now,
        "title": "Lembur",
    }
    address = Address.objects.create(scheme="code", index="0" * 64)
    return {
        "consultation": asked("kunci-lain"),
        "answered": answered,
        "public_draft": PublicAnswer.objects.create(code="DRAFTED2", consultation=answered, **words),
        "public_answer": PublicAnswer.objects.create(code=make_code(), state="published", published_at=now, **words),
        "helpdesk_conversation": Conversation.objects.create(
            channel=channel, address=address, unit=west, last_at=now, began_at=now
        ),
    }


ARGUMENTS: dict[str, dict[str, Any]] = {
    **{
        f"helpdesk_consultations:{verb}": {"pk": ("consultation", pk)}
        for verb in (
            "consultation",
            "take_consultation",
            "answer_consultation",
            "hand_over",
            "sort_consultation",
            "close_consultation",
            "guard_consultation",
            "show_reach",
            "show_number",
            "draft_public_answer",
        )
    },
    **{
        f"helpdesk_consultations:{verb}": {"pk": ("public_draft", pk)}
        for verb in (
            "public_answer",
            "change_draft",
            "decide_marks",
            "submit_public_answer",
            "publish_public_answer",
            "return_public_answer",
            "drop_public_answer",
            "withdraw_public_answer",
        )
    },
    "helpdesk_consultations:unguard_call": {"pk": ("public_draft", pk), "call": ("call", pk)},
    "helpdesk_consultations:from_conversation": {"pk": ("helpdesk_conversation", pk)},
    "helpdesk_consultations:skills_of": {"pk": ("account", pk)},
    "helpdesk_answers:answer": {"code": ("public_answer", lambda public: public.code)},
    "helpdesk_answers:opinion": {"key": ("answered", lambda asked: asked.opinion_key)},
}
