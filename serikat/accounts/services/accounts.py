"""Accounts themselves: made, closed and opened again by an administrator."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serikat.accounts import rules
from serikat.accounts.events import AccountClosed, UserCreated
from serikat.accounts.models import User
from serikat.accounts.permissions import may_close_account, may_create_account, may_reopen_account, may_sign_in
from serikat.accounts.services.links import new_link, withdraw_links
from serikat.accounts.services.profile import clean_contacts, clean_name, save_user
from serikat.accounts.services.sessions import end_other_sessions
from serikat.audit.action import action, inner, note, notes_say, register
from serikat.audit.services import record
from serikat.kernel.access import ANONYMOUS, SYSTEM, Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.events import publish

notes_say(first_link=_("tautan pertama dibuat"))

register("accounts.account.opened", may=may_sign_in, says=_("membuat akunnya sendiri"))


class BadUsername(Refused):
    message = _("Nama pengguna ini tidak dapat dipakai.")


@action(
    "accounts.account.created",
    may=may_create_account,
    says=_("membuat akun"),
    makes=True,
    fields=("username", "name", "phone", "email"),
)
def create_account(
    *,
    actor: Actor,
    name: str,
    username: str = "",
    phone: str = "",
    email: str = "",
    language: str = "id",
    with_link: bool = True,
) -> User:
    """Make an account without a password, and (with_link) the first one-time link to it: `user.first_link_token`, known only now.
    Without a user name one is made of the name. Refuses a contact or user name that another account has,
    and a name that is a number or an address."""
    name = clean_name(name)
    username = username.strip().lower() or _free_username(name)
    phone, email = clean_contacts(None, phone, email)
    user = User(username=username, name=name, phone=phone, email=email, language=_known_language(language))
    user.set_unusable_password()
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadUsername(messages[0], field=field) from None
    save_user(user)
    if with_link:
        user.first_link_token = new_link(actor=actor, user=user).token
    note(first_link=with_link)
    publish(UserCreated(user.pk))
    return user


@inner("part of another action")
def note_sign_up(*, user: User) -> None:
    """Say in the trail that somebody made an account on their own, where the organisation allows it."""
    record(actor=ANONYMOUS, name="accounts.account.opened", thing=user)
    publish(UserCreated(user.pk))


def _free_username(name: str) -> str:
    base = rules.username_from(name, ())
    return rules.username_from(name, User.objects.filter(username__startswith=base).values_list("username", flat=True))


def _known_language(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@action("accounts.account.closed", may=may_close_account, says=_("menutup akun"), on="user", fields=("is_active",))
def close_account(*, actor: Actor, user: User, reason: str) -> User:
    """Close an account: its sessions end at once, its links are withdrawn, and it cannot be signed in to. Nothing is deleted."""
    if not user.is_active:
        raise Conflict(_("Akun ini sudah ditutup."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_other_sessions(actor=SYSTEM, user=user)
    withdraw_links(user=user)
    publish(AccountClosed(user.pk))
    return user


@action(
    "accounts.account.reopened", may=may_reopen_account, says=_("membuka kembali akun"), on="user", fields=("is_active",)
)
def reopen_account(*, actor: Actor, user: User, reason: str) -> User:
    """Open a closed account again. Its password and second factor are as they were."""
    if user.is_active:
        raise Conflict(_("Akun ini tidak sedang ditutup."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user
