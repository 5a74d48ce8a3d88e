"""A lawyer's look at one rule: set, and withdrawn when it was wrong; never deleted."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.kernel.text import one_line
from serikat.rights import permissions
from serikat.rights.models import Review
from serikat.rights.selectors.held import entered


class NoReason(Refused):
    message = _("Tulis apa yang meragukan.")


class NotPointedOut(Refused):
    message = _("Tulis dengan apa aturan ini dibandingkan: catatan atau alamat sumbernya.")


class RuleChanged(Conflict):
    message = _("Aturan ini berubah sejak halaman dibuka. Baca lagi, lalu tandai.")


@action(
    "rights.review.set",
    may=permissions.may_review_law,
    says=_("menandai aturan"),
    makes=True,
    fields=("subject", "verdict", "note", "source"),
)
def review_rule(*, actor: Actor, subject: str, digest: str, verdict: str, note: str = "", source: str = "") -> Review:
    """Mark a rule. `digest` is that of the words the lawyer had before their eyes: other words are not marked by it."""
    now = entered().digest_of_rule(subject)
    if now is None:
        raise Missing
    if now != digest:
        raise RuleChanged
    note = one_line(note)
    if verdict == Review.Verdict.DOUBTFUL and not note:
        raise NoReason(field="note")
    if not note and not source:
        raise NotPointedOut(field="note")
    return Review.objects.create(
        subject=subject, digest=digest, verdict=verdict, note=note, source=source, reviewer_id=actor.user_id
    )


@action(
    "rights.review.withdrawn",
    may=permissions.may_review_law,
    says=_("mencabut tanda pada aturan"),
    on="review",
    fields=("withdrawn_at",),
)
def withdraw_review(*, actor: Actor, review: Review) -> None:
    """Take a mark back; it stays in the history."""
    fresh = Review.objects.select_for_update().get(pk=review.pk)
    if fresh.withdrawn_at is not None:
        raise Conflict
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    review.refresh_from_db()
