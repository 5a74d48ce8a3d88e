"""Notices: a line that some room leaves for a user, and its being read."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from serikat.accounts import rules
from serikat.accounts.models import Notice
from serikat.audit.action import inner, ref_of
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words

LONGEST = 500


@inner("part of another action")
def leave_notice(*, actor: Actor, user_id: int, text: Words, link: str = "", task: Model | None = None) -> Notice:
    """Leave a user a line, with an address of this site to look at. A lazy text is kept in each language of the house, for they may read in another than
    today's; a long one is cut. What is put into it must be lazy too, or an object that says itself when it is asked. `task`: the thing that waits
    for somebody to do something about it; without it the line only tells, and stays until it is read."""
    if link and not rules.is_local_address(link):
        raise ValueError(f"A notice leads to an address of this site, not to {link!r}.")
    said, english = (_in(language, text) for language in ("id", "en"))
    return Notice.objects.create(
        user_id=user_id, text=said, text_en=english if english != said else "", link=link, task=ref_of(task)
    )


def _in(language: str, text: Words) -> str:
    with override(language):
        said = str(text)
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


@inner("part of another action")
def settle_notices(*, actor: Actor, task: Model, users: Collection[int | None] | None = None) -> int:
    """What was waiting in `task` is done, by whomever: nobody (or none of `users`) is asked for it any more. Called before its next step is told. One
    statement, along the index of what waits; return how many were unread."""
    waiting = Notice.objects.filter(task=ref_of(task), read_at=None).exclude(task="")
    if users is not None:
        waiting = waiting.filter(user__in=users)
    return waiting.update(read_at=timezone.now())


@inner("machinery")
def read_notice(*, actor: Actor, notice: Notice) -> Notice:
    """Mark one of the actor's own notices as read; the first time counts."""
    if notice.user_id == actor.user_id and notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@inner("machinery")
def read_all_notices(*, actor: Actor) -> int:
    """Mark all of the actor's notices as read; return how many were not."""
    return Notice.objects.filter(user_id=actor.user_id or 0, read_at=None).update(read_at=timezone.now())
