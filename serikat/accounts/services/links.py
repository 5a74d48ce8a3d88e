"""One-time links: made at the desk for who lost the password, used once by who received it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.models import OneTimeLink, User
from serikat.accounts.permissions import may_clear_factor, may_make_link, may_use_link
from serikat.accounts.selectors import administrators_besides, token_hash
from serikat.accounts.services.factors import clear_factor
from serikat.accounts.services.notices import leave_notice
from serikat.accounts.services.sessions import end_other_sessions
from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import SYSTEM, Actor, require
from serikat.kernel.errors import Conflict, Refused

notes_say(clears_factor=_("juga melepas faktor kedua"))


class LinkSpent(Refused):
    """Unknown, used, withdrawn or expired: nobody is told which."""

    message = _("Tautan ini tidak berlaku lagi. Minta tautan baru kepada pengurus.")
    http_status = 404


@action("accounts.link.made", may=may_make_link, says=_("membuat tautan masuk sekali pakai"), on="user")
def make_link(*, actor: Actor, user: User, clears_factor: bool = False, reason: str = "") -> OneTimeLink:
    """Make a link that lets the holder set a new password once; earlier open links are withdrawn. `link.token` is known only now.

    `clears_factor` (administrators alone): using it also removes the second factor, for who lost the phone and the recovery codes; the other
    administrators are told, because who holds both could sign in as the holder. Without it the second factor is still asked.
    """
    if not user.is_active:
        raise Conflict(_("Akun ini ditutup. Buka kembali dahulu."))
    if clears_factor:
        require(may_clear_factor, actor, user)
    note(clears_factor=clears_factor)
    link = new_link(actor=actor, user=user, clears_factor=clears_factor)
    if clears_factor:
        for pk in administrators_besides({user.pk, actor.user_id or 0}):
            leave_notice(
                actor=actor,
                user_id=pk,
                text=format_lazy(
                    _(
                        "{maker} membuat tautan untuk {user} yang juga melepas faktor kedua. Pastikan {user} memintanya sendiri."
                    ),
                    maker=actor.name,
                    user=str(user),
                ),
                link=reverse("accounts:account", args=[user.pk]),
            )
    return link


@inner("part of another action")
def new_link(*, actor: Actor, user: User, clears_factor: bool = False) -> OneTimeLink:
    """Make the link itself, in place of those that are open, and tell the holder."""
    withdraw_links(user=user)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        user=user,
        token_hash=token_hash(token),
        clears_factor=clears_factor,
        made_by_id=actor.user_id,
        expires_at=timezone.now() + timedelta(hours=settings.LINK_HOURS),
    )
    link.token = token
    leave_notice(
        actor=actor,
        user_id=user.pk,
        text=format_lazy(
            _("{maker} membuat tautan masuk untuk akun Anda. Bila Anda tidak memintanya, hubungi pengurus."),
            maker=actor.name,
        ),
    )
    return link


@inner("part of another action")
def withdraw_links(*, user: User) -> int:
    """Take back every link to the account that could still be used; return how many."""
    return OneTimeLink.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _hash_password(*, password: str, **_others: Any) -> Mapping[str, Any]:
    return {"hashed": make_password(password)}


@action(
    "accounts.link.used",
    may=may_use_link,
    says=_("memakai tautan sekali pakai dan membuat kata sandi baru"),
    on="user",
    prepare=_hash_password,
)
def use_link(*, actor: Actor, user: User, link: OneTimeLink, password: str, hashed: str = "") -> User:
    """Set a new password by a link, once. Two who use it in the same moment: the second is refused. All other sessions end."""
    used = OneTimeLink.objects.filter(
        pk=link.pk, user=user, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now(), user__is_active=True
    ).update(used_at=timezone.now())
    if not used:
        raise LinkSpent
    user.password = hashed
    user.save(update_fields=["password"])
    withdraw_links(user=user)
    if link.clears_factor:
        clear_factor(actor=SYSTEM, user=user)
    end_other_sessions(actor=SYSTEM, user=user)
    leave_notice(
        actor=actor,
        user_id=user.pk,
        text=_("Kata sandi Anda diganti lewat tautan sekali pakai. Bila bukan Anda, hubungi pengurus."),
    )
    return user
