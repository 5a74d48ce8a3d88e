"""What libraries tell of signing in, second factors and passwords: each becomes a row or a line of the trail."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from serikat.accounts.services import (
    begin_session,
    end_other_sessions,
    forget_session,
    note_factor,
    note_sign_in,
    note_sign_out,
)
from serikat.accounts.services.accounts import note_sign_up
from serikat.kernel.access import ANONYMOUS, SYSTEM, actor_of

SESSION_ROW = "accounts_session"  # where the browser's session remembers its row


@receiver(user_logged_in, dispatch_uid="accounts.session")
def begin(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """By whichever door somebody came in: the device gets its row. The key was changed just before."""
    if not request.session.session_key:
        request.session.create()
    row = begin_session(
        user=user, session_key=request.session.session_key, user_agent=request.META.get("HTTP_USER_AGENT", "")
    )
    request.session[SESSION_ROW] = row.pk
    request.session_row = row


@receiver(user_logged_out, dispatch_uid="accounts.session")
def leave(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    row = request.session.get(SESSION_ROW)
    if row is not None:
        forget_session(pk=row)
    if user is not None and user.is_authenticated and row is not None:
        note_sign_out(user=user, idle=getattr(request, "idled_out", False))


@receiver(account_signals.user_logged_in, dispatch_uid="accounts.trail")
def signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    methods = [m["method"] for m in request.session.get("account_authentication_methods", [])]
    note_sign_in(user=user, device=str(request.session_row), how=" + ".join(methods))


@receiver(account_signals.user_signed_up, dispatch_uid="accounts.trail")
def signed_up(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    note_sign_up(user=user)


@receiver(account_signals.password_changed, dispatch_uid="accounts.trail")
@receiver(account_signals.password_set, dispatch_uid="accounts.trail.set")
def password_changed(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    note_factor(actor=actor_of(user), name="accounts.password.changed", user=user)
    end_other_sessions(actor=SYSTEM, user=user, keep_id=request.session.get(SESSION_ROW))


@receiver(account_signals.password_reset, dispatch_uid="accounts.trail")
def password_reset(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    note_factor(actor=actor_of(user), name="accounts.password.reset", user=user)
    end_other_sessions(actor=SYSTEM, user=user)


@receiver(mfa_signals.authenticator_added, dispatch_uid="accounts.trail")
def factor_added(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    name = "accounts.codes.renewed" if authenticator.type == "recovery_codes" else "accounts.factor.added"
    note_factor(actor=actor_of(user), name=name, user=user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_removed, dispatch_uid="accounts.trail")
def factor_removed(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type != "recovery_codes":
        note_factor(actor=actor_of(user), name="accounts.factor.removed", user=user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_reset, dispatch_uid="accounts.trail")
def codes_renewed(sender: Any, user: Any, **kwargs: Any) -> None:
    note_factor(actor=actor_of(user), name="accounts.codes.renewed", user=user)


@receiver(mfa_signals.authentication_failed, dispatch_uid="accounts.trail")
def factor_refused(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    note_factor(actor=ANONYMOUS, name="accounts.factor.refused", user=user, kind=authenticator.type)
