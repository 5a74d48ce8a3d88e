"""A public answer goes off the site for good: by somebody's decision, or because who asked is guarded now."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner
from serikat.helpdesk.models import PublicAnswer
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors.public_answers import INDEX
from serikat.kernel import fulltext, generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import one_line

State = PublicAnswer.State


class ReasonMissing(Refused):
    message = _("Tulis alasannya.")


class NotNow(Conflict):
    message = _("Jawaban publik ini sudah melewati langkah itu.")


@inner("part of another action")
def locked_answer(public: PublicAnswer, *states: str) -> PublicAnswer:
    row = (
        PublicAnswer.objects.select_for_update(of=("self",)).select_related("unit", "consultation__person").get(pk=public.pk)
    )
    if row.state not in states:
        raise NotNow
    return row


@action(
    "helpdesk.public_answer.withdrawn",
    may=permissions.may_withdraw_public_answer,
    says=_("menarik jawaban publik"),
    on="public",
    fields=("state",),
)
def withdraw_public_answer(*, actor: Actor, public: PublicAnswer, reason: str) -> None:
    """Taken off for good; its address says so. The texts go, the title stays for the desk."""
    row = locked_answer(public, State.PUBLISHED)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    row.state, row.withdrawn_at, row.withdrawn_because = State.WITHDRAWN, timezone.now(), one_line(reason)[:600]
    row.question = row.answer = ""
    row.save()
    fulltext.drop(INDEX, row.pk)
    generation.bump_on_commit()
    public.refresh_from_db()
