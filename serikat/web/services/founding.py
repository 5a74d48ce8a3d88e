"""The first day: the organisation is founded once, in one transaction, by whoever holds the token that the console printed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serikat.accounts.models import User
from serikat.accounts.services.accounts import create_account
from serikat.audit.action import action, inner
from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Conflict
from serikat.newsroom.services.site import found_site
from serikat.units.models import Kind, Unit
from serikat.units.services.mandates import appoint_user, draft_decree, sign_decree
from serikat.units.services.tree import found_root_unit, found_unit
from serikat.web.models import Identity
from serikat.web.permissions import may_found_organisation
from serikat.web.selectors import is_founded

TERM_DAYS = 3 * 365


class AlreadyFounded(Conflict):
    message = gettext_lazy("Organisasi ini sudah didirikan. Masuklah dengan akun Anda.")


@dataclass(frozen=True, slots=True)
class UnitSeed:
    """A first unit below the root: its kind (units.models.Kind) and name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Administrator:
    """The first account. `contact` may be empty."""

    name: str
    username: str
    password: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    identity: Identity
    root: Unit
    units: tuple[Unit, ...]
    administrator: User


def _hash_password(*, administrator: Administrator, **_others: Any) -> Mapping[str, Any]:
    return {"password_hash": make_password(administrator.password)}


@action(
    "web.organisation.founded",
    may=may_found_organisation,
    says=gettext_lazy("mendirikan organisasi"),
    prepare=_hash_password,
)
def found_organisation(
    *,
    actor: Actor,
    name: str,
    administrator: Administrator,
    tagline: str = "",
    english: bool = True,
    mark: Any = None,
    units: Sequence[UnitSeed] = (),
    password_hash: str = "",
) -> Founded:
    """Write the face, the tree, the site and the first administrator with a founding decree; all of it or nothing. Refused when founded."""
    if is_founded():
        raise AlreadyFounded
    today = timezone.localdate()
    identity = Identity.objects.create(name=name, tagline=tagline, english=english, mark=mark or "")
    root = found_root_unit(actor=actor, name=name, kind=Kind.NATIONAL, founded_on=today)
    below = tuple(found_unit(actor=actor, parent=root, name=seed.name, kind=seed.kind) for seed in units)
    user = create_account(
        actor=actor,
        name=administrator.name,
        username=administrator.username,
        email=administrator.email,
        phone=administrator.phone,
        with_link=False,
    )
    user.password = password_hash
    user.save(update_fields=["password"])
    decree = draft_decree(actor=actor, unit=root, number=_("1/PENDIRIAN"), about=_("Admin pertama"), decided_on=today)
    sign_decree(actor=actor, decree=decree)
    appoint_user(
        actor=actor,
        unit=root,
        user=user,
        role=Role.ADMINISTRATOR,
        decree=decree,
        starts_on=today,
        ends_on=today + timedelta(days=TERM_DAYS),
    )
    found_site(actor=actor, unit=root, name=name)
    forget_wizard_token()
    return Founded(identity, root, below, user)


def _token_file() -> Path:
    return Path(settings.SERIKAT_KEYS) / "wizard_token"


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@inner("machinery")
def make_wizard_token() -> str:
    """A new one-time token for the wizard; an older one stops working. Only its hash is kept, outside the data folder."""
    token = secrets.token_urlsafe(24)
    path = _token_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_mark(token), "utf-8")
    path.chmod(0o600)
    return token


@inner("machinery")
def use_wizard_token(*, token: str) -> bool:
    """Tell whether this is the token, and use it up: it opens the wizard for one browser."""
    path = _token_file()
    if is_founded() or not path.is_file() or not hmac.compare_digest(path.read_text("utf-8").strip(), _mark(token)):
        return False
    path.unlink()
    return True


@inner("machinery")
def forget_wizard_token() -> None:
    """No token opens the wizard any more."""
    _token_file().unlink(missing_ok=True)
