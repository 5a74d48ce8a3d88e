"""Keeping what a second person answered before their yes: does it show a face, a name, a workplace, a live case?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import inner, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.newsroom.models import Approval, Aspect, Clip, SafetyCheck
from serikat.newsroom.rules import safety as rules
from serikat.newsroom.rules.safety import Answer

notes_say(shows=_("yang terlihat di dalamnya"))


class Unsettled(Refused):
    message = _("Jawab dulu keempat pertanyaan keselamatan: tidak, atau ya dengan alasannya.")


@inner("part of another action")
def require_answers(*, answers: Mapping[str, Answer]) -> None:
    """Refuse a yes that comes before the four answers."""
    if missing := rules.unsettled(Aspect.values, answers):
        raise Unsettled(field=missing[0])


@inner("part of another action")
def keep_answers(
    *, actor: Actor, answers: Mapping[str, Answer], digest: str, approval: Approval | None = None, clip: Clip | None = None
) -> SafetyCheck:
    """Keep the answers with the approval, or with what was published of a clip. The trail learns what shows, never why: reasons may name people."""
    require_answers(answers=answers)
    if approval is not None:
        SafetyCheck.objects.filter(approval=approval).delete()
    kept = SafetyCheck.objects.create(
        approval=approval,
        clip=clip,
        digest=digest,
        by_id=actor.user_id,
        at=timezone.now(),
        reasons=rules.reasons(Aspect.values, answers),
    )
    note(shows=", ".join(label for label, because in kept.lines if because) or _("tidak ada"))
    return kept
