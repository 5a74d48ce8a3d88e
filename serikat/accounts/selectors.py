"""Reading accounts, sessions, notices, links and kept forms, scoped to who asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from serikat.accounts import rules
from serikat.accounts.models import HeldForm, Notice, OneTimeLink, Session, User
from serikat.accounts.permissions import may_list_accounts, may_make_link
from serikat.kernel.access import Actor, Grant, Role, actor_of, holds, require, who_may
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import decrypt
from serikat.ui import today
from serikat.ui.components.words import near
from serikat.ui.today import Row

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def user_signing_in(typed: str) -> User | None:
    """Whose account a typed phone number, e-mail address or user name means. One query, whichever it is."""
    column, value = rules.login_key(typed[: rules.LONGEST_LOGIN].replace("\x00", ""), settings.PHONE_REGION)
    return User.objects.filter(**{column if column == "phone" else f"{column}__iexact": value}).first() if value else None


def own_user(actor: Actor) -> User:
    """The signed-in user behind an actor."""
    return User.objects.get(pk=actor.user_id or 0)


def has_second_factor(user: Any) -> bool:
    """Whether a second factor is set up; recovery codes alone are none. One query."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def _with_factor(users: QuerySet[User]) -> QuerySet[User]:
    return users.annotate(guarded=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)))


def accounts_for(actor: Actor, *, query: str = "", closed: bool | None = None) -> QuerySet[User]:
    """The accounts an administrator of the whole organisation sees, found by a part of name, user name, e-mail or phone."""
    require(may_list_accounts, actor, User())
    users = _with_factor(User.objects.all()).order_by("name", "username", "pk")
    if closed is not None:
        users = users.filter(is_active=not closed)
    query = query.strip().replace("\x00", "")[: rules.LONGEST_LOGIN]
    if query:
        found = Q(name__icontains=query) | Q(username__icontains=query.lower()) | Q(email__icontains=query)
        digits = rules.normal_phone(query, settings.PHONE_REGION) or query
        users = users.filter(found | Q(phone__icontains=digits))
    return users


def may_list(actor: Actor) -> bool:
    return bool(may_list_accounts(actor, User()))


def account_named(actor: Actor, typed: str) -> User | None:
    """Who a keeper of a branch means by a full phone number, e-mail address or user name, when they may let them in again; nobody else."""
    user = user_signing_in(typed)
    return user if user is not None and may_make_link(actor, user) else None


def account_for(actor: Actor, pk: int) -> User:
    """An account that the actor may manage or make a link for; else `Missing`."""
    user = _with_factor(User.objects.filter(pk=pk)).first()
    if user is None or not (may_list_accounts(actor, user) or may_make_link(actor, user)):
        raise Missing
    return user


def roles_of(user: User) -> list[Grant]:
    """What the holder of an account may do, by mandate, asleep or not."""
    actor = actor_of(user)
    return [*actor.grants, *actor.asleep]


def administrators_besides(user_ids: set[int]) -> list[int]:
    """Who else looks after accounts: they are told of what could hide a take-over."""
    return [pk for pk in who_may(holds(Role.ADMINISTRATOR)) if pk not in user_ids]


def sessions_of(actor: Actor) -> QuerySet[Session]:
    """The devices where the actor is signed in."""
    return Session.objects.filter(user_id=actor.user_id or 0)


def session_for(actor: Actor, pk: int) -> Session:
    session = sessions_of(actor).filter(pk=pk).first()
    if session is None:
        raise Missing
    return session


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, the newest first."""
    return Notice.objects.filter(user_id=actor.user_id or 0)


def notice_for(actor: Actor, pk: int) -> Notice:
    notice = notices_for(actor).filter(pk=pk).first()
    if notice is None:
        raise Missing
    return notice


def unread_notices(actor: Actor) -> int:
    """How many notices wait: the number beside the bell."""
    return notices_for(actor).filter(read_at=None).count() if actor.kind == "user" else 0


def unread_rows(actor: Actor) -> list[Row]:
    """Unread notices for the desk's first page. Opening one marks it as read."""
    if actor.kind != "user":
        return []
    unread = notices_for(actor).filter(read_at=None)[: today.COUNTED]
    return [Row(n.said, reverse("accounts:open_notice", args=[n.pk]), near(n.made_at)) for n in unread]


def user_with_trail(actor: Actor, pk: str) -> User:
    """The account whose trail is asked for: an administrator's matter, as on the account's own page."""
    user = account_for(actor, int(pk))
    if not may_list_accounts(actor, user):
        raise Missing
    return user


def token_hash(token: str) -> str:
    """What is kept of a link's token. It holds 256 random bits, so a plain hash hides it well enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_with(token: str) -> OneTimeLink | None:
    """A link that can still be used; None for one that is unknown, used, withdrawn or expired: nobody is told which."""
    return (
        OneTimeLink.objects.filter(
            token_hash=token_hash(token),
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .select_related("user")
        .first()
    )


def open_links_of(user: User) -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(
        user=user, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).select_related("made_by")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A kept form, opened: where it was going, what stood in it, and which files could not be kept."""

    id: UUID
    path: str
    fields: list[tuple[str, list[str]]]
    files: list[str]
    made_at: Any

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every value with its name, in the order it was posted: what the button sends again."""
        return [(name, value) for name, values in self.fields for value in values]

    @property
    def texts(self) -> list[str]:
        """What a person typed, for reading: the empty and the very short aside."""
        return [value for _name, value in self.pairs if len(value.strip()) > 2]


def held_forms_of(actor: Actor) -> QuerySet[HeldForm]:
    return HeldForm.objects.filter(user_id=actor.user_id or 0, expires_at__gt=timezone.now())


def held_form_for(actor: Actor, pk: UUID) -> HeldForm:
    """A kept form of the actor's own; another's, an old or an unknown one is `Missing`."""
    held = held_forms_of(actor).filter(pk=pk).first()
    if held is None:
        raise Missing
    return held


def opened(held: HeldForm) -> KeptForm:
    """Open a kept form. What was sealed for another user is refused, also if a row was moved by hand."""
    content = json.loads(decrypt(held.sealed))
    if content["user"] != held.user_id:
        raise Missing
    fields = [(name, list(values)) for name, values in content["fields"]]
    return KeptForm(held.pk, content["path"], fields, content["files"], held.made_at)
