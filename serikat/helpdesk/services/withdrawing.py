"""A public answer goes off the site for good: by somebody's decision, or because who asked is guarded now."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner
from serikat.helpdesk.models import PublicAnswer
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors.public_answers import INDEX
from serikat.kernel import fulltext, generation
from serikat.kernel.access import Actor, who_may
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
    row.withdrawn_because = one_line(reason)[:600]
    _off(row)
    public.refresh_from_db()


@action(
    "helpdesk.public_answer.taken_down",
    may=permissions.may_withdraw_public_answer,
    says=pgettext_lazy("an action", "menarik jawaban publik karena penanyanya dilindungi"),
    on="public",
    fields=("state",),
)
def take_down_public_answer(*, actor: Actor, public: PublicAnswer) -> None:
    """The asker is guarded now. Taken off for good like any other; whoever publishes in its unit (its maker and its checker among them, while they
    work there) is told, without title or name: that one and the guard together say more than the page did."""
    row = locked_answer(public, State.PUBLISHED)
    row.by_guard = True
    _off(row)
    for user_id in sorted(who_may(permissions.may_withdraw_public_answer, row)):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(_("{thing} ditarik dari situs karena perlindungan. Jangan sebarkan lagi."), thing=row),
            link=reverse("helpdesk_consultations:public_answer", args=[row.pk]),
        )
    public.refresh_from_db()


def _off(row: PublicAnswer) -> None:
    row.state, row.withdrawn_at = State.WITHDRAWN, timezone.now()
    row.question = row.answer = ""
    row.save()
    fulltext.drop(INDEX, row.pk)
    generation.bump_on_commit()
