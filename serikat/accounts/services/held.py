"""Forms that came after their session had idled out: kept for their sender, and only for a while."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session as StoredSession
from django.core.exceptions import ValidationError
from django.utils import timezone

from serikat.accounts import rules
from serikat.accounts.models import HeldForm, OneTimeLink, Session
from serikat.audit.action import inner
from serikat.kernel.access import Actor
from serikat.kernel.secrets import encrypt

MOST_A_USER = 10
LINKS_KEPT = timedelta(days=90)


@inner("machinery")
def keep_form(*, actor: Actor, path: str, fields: list[tuple[str, list[str]]], files: list[str]) -> HeldForm | None:
    """Keep what the actor sent, encrypted and bound to them; None when nothing worth keeping was in it. Passwords are never kept."""
    kept = rules.worth_keeping(fields)
    if not kept or actor.user_id is None:
        return None
    content = {"user": actor.user_id, "path": path, "fields": kept, "files": files}
    now = timezone.now()
    held = HeldForm.objects.create(
        user_id=actor.user_id,
        sealed=encrypt(json.dumps(content, ensure_ascii=False)),
        made_at=now,
        expires_at=now + timedelta(hours=settings.HELD_FORM_HOURS),
    )
    HeldForm.objects.filter(expires_at__lte=now).delete()
    newest = HeldForm.objects.filter(user_id=actor.user_id).order_by("-made_at").values_list("pk", flat=True)[:MOST_A_USER]
    HeldForm.objects.filter(user_id=actor.user_id).exclude(pk__in=list(newest)).delete()
    return held


@inner("machinery")
def drop_form(*, actor: Actor, pk: str) -> None:
    """Drop a kept form of the actor's own: it was sent again, or is not wanted. An unknown id is nothing to drop."""
    with suppress(ValidationError):
        HeldForm.objects.filter(pk=pk, user_id=actor.user_id or 0).delete()


@inner("machinery")
def prune_accounts() -> dict[str, int]:
    """Delete what is past its time: kept forms, old links, sessions that nobody can use any more. Run daily."""
    now = timezone.now()
    oldest = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return {
        "held_forms": HeldForm.objects.filter(expires_at__lte=now).delete()[0],
        "links": OneTimeLink.objects.filter(expires_at__lte=now - LINKS_KEPT).delete()[0],
        "sessions": Session.objects.filter(last_seen_at__lte=oldest).delete()[0],
        "stored_sessions": StoredSession.objects.filter(expire_date__lt=now).delete()[0],
    }
