"""Sessions: begun at sign-in, seen and ended by their owner; and what the trail says of coming and going."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serikat.accounts.models import Session, User
from serikat.accounts.permissions import may_end_session, may_sign_in
from serikat.audit.action import action, inner, note, notes_say, register
from serikat.audit.services import record
from serikat.kernel.access import ANONYMOUS, Actor, actor_of
from serikat.kernel.errors import Missing

notes_say(device=_("perangkat"), ended=_("sesi yang diakhiri"), how=_("caranya"))

register("accounts.session.started", may=may_sign_in, says=_("masuk"))
register("accounts.session.refused", may=may_sign_in, says=_("gagal masuk"))
register("accounts.session.left", may=may_sign_in, says=_("keluar"))
register("accounts.session.idled", may=may_sign_in, says=_("sesi di meja kerja berakhir karena lama tidak dipakai"))

SEEN_EVERY = timedelta(seconds=20)  # how often a busy session's row is written


def _forget_key(session_key: str) -> None:
    """Take the session out of the store: the browser that holds it is signed out at its next request."""
    import_module(settings.SESSION_ENGINE).SessionStore(session_key).delete()


def _one_line(user_agent: str) -> str:
    return user_agent.replace("\x00", "")[:300]


@inner("machinery")
def begin_session(*, user: User, session_key: str, user_agent: str) -> Session:
    """Write down a device that has just signed in. A row left over under the same key is replaced."""
    Session.objects.filter(session_key=session_key).delete()
    return Session.objects.create(user=user, session_key=session_key, user_agent=_one_line(user_agent))


@inner("machinery")
def touch_session(*, session: Session, session_key: str, user_agent: str, now: datetime, used: bool) -> None:
    """Note that a session was seen and, when a person used it, that it was used. Written at most every few seconds."""
    changed = []
    if session.session_key != session_key:  # a password change gives the session another key
        session.session_key = session_key
        changed.append("session_key")
    if user_agent and not session.user_agent:
        session.user_agent = _one_line(user_agent)
        changed.append("user_agent")
    if now - session.last_seen_at >= SEEN_EVERY:
        session.last_seen_at = now
        changed.append("last_seen_at")
    if used and now - session.last_active_at >= SEEN_EVERY:
        session.last_active_at = now
        changed.append("last_active_at")
    if changed:
        Session.objects.filter(pk=session.pk).update(**{name: getattr(session, name) for name in changed})


@inner("machinery")
def forget_session(*, pk: int) -> None:
    """Drop the row of a session that is over."""
    Session.objects.filter(pk=pk).delete()


@action("accounts.session.ended", may=may_end_session, says=_("mengakhiri sesi di satu perangkat"), on="user")
def end_session(*, actor: Actor, user: User, session: Session) -> None:
    """End one device's session, at once."""
    if session.user_id != user.pk:
        raise Missing
    note(device=session.device)
    _forget_key(session.session_key)
    session.delete()


@action("accounts.sessions.ended", may=may_end_session, says=_("mengakhiri sesi di semua perangkat lain"), on="user")
def end_other_sessions(*, actor: Actor, user: User, keep_id: int | None = None) -> int:
    """End every session of the user but this one; return how many."""
    ended = list(Session.objects.filter(user=user).exclude(pk=keep_id or 0))
    for session in ended:
        _forget_key(session.session_key)
    Session.objects.filter(pk__in=[s.pk for s in ended]).delete()
    note(ended=len(ended))
    return len(ended)


@inner("part of another action")
def note_sign_in(*, user: User, device: str, how: str) -> None:
    """Say in the trail that somebody signed in, on what and by what means."""
    record(actor=actor_of(user), name="accounts.session.started", thing=user, device=device, how=how)


@inner("part of another action")
def note_failed_sign_in(*, user: User | None) -> None:
    """Say in the trail that somebody tried to sign in and failed. For an unknown name an entry is written too, without the name (it may be
    a password typed into the wrong field): so a try takes the same time whether the account exists or not."""
    record(actor=ANONYMOUS, name="accounts.session.refused", thing=user)


@inner("part of another action")
def note_sign_out(*, user: Any, idle: bool) -> None:
    record(actor=actor_of(user), name="accounts.session.idled" if idle else "accounts.session.left", thing=user)
