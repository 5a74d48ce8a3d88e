"""Notices: a line that some room leaves for a user, and its being read."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import override

from serikat.accounts import rules
from serikat.accounts.models import Notice, User
from serikat.audit.action import inner
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words

LONGEST = 500


@inner("part of another action")
def leave_notice(*, actor: Actor, user_id: int, text: Words, link: str = "") -> Notice:
    """Leave a user a line, with an address of this site to look at. A lazy text is said in the user's own language, a long one is cut."""
    if link and not rules.is_local_address(link):
        raise ValueError(f"A notice leads to an address of this site, not to {link!r}.")
    language = User.objects.filter(pk=user_id).values_list("language", flat=True).get()
    with override(language):
        said = str(text)
    if len(said) > LONGEST:
        said = said[: LONGEST - 1].rstrip() + "…"
    return Notice.objects.create(user_id=user_id, text=said, link=link)


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
