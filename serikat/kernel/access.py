"""Who acts, what they hold, and how a permission is asked.

An `Actor` is who stands behind a call: a signed-in user, nobody, the console, or the system itself. It carries `Grant`s: a role in a
unit and below, by a mandate. A `Predicate` answers "may this actor do this to that?" and names the grant that allowed it, so that
the trail can say under which mandate. Predicates combine with `&`, `|` and `~` and are registered by name with `permission()`:
`may_close_case = permission("casework.may_close_case", holds(Role.ADVOCATE) & is_open, _("menutup perkara"))`.

Authority itself lives in `units` (mandates); it fills the port with `fill_authority`. Default is deny: with no port filled nobody holds
anything. The console and the system hold every role, and the trail shows that it was them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Denied, Words


class Role(StrEnum):
    """The roles of the organisation. What each may do stands in the rooms' `permissions.py`."""

    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    MODERATOR = "moderator"
    OPERATOR = "operator"
    PARALEGAL = "paralegal"
    ADVOCATE = "advocate"
    MEDIATOR = "mediator"
    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    PROGRAMME_OFFICER = "programme_officer"
    DATA_OFFICER = "data_officer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Words:
        return ROLE_NAMES[self]


ROLE_NAMES: dict[Role, Words] = {
    Role.MEMBER: _("anggota"),
    Role.CONTRIBUTOR: _("jurnalis buruh"),
    Role.EDITOR: _("redaktur"),
    Role.MODERATOR: _("moderator"),
    Role.OPERATOR: _("operator"),
    Role.PARALEGAL: _("paralegal"),
    Role.ADVOCATE: _("advokat"),
    Role.MEDIATOR: _("mediator"),
    Role.CHAIR: _("ketua"),
    Role.SECRETARY: _("sekretaris"),
    Role.TREASURER: _("bendahara"),
    Role.SUPERVISOR: _("pengawas"),
    Role.TRAINER: _("pelatih"),
    Role.PROGRAMME_OFFICER: _("pengelola program"),
    Role.DATA_OFFICER: _("petugas data pribadi"),
    Role.ADMINISTRATOR: _("admin"),
}

# Roles that touch people's matters or money, or can hand out keys: they sleep until their holder has a second factor.
GUARDED_ROLES = frozenset(Role) - {Role.MEMBER, Role.CONTRIBUTOR}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a unit and all below it. `unit_path` is the unit's place in the tree: a lower unit's path begins with it."""

    role: Role
    unit_path: str
    mandate: str  # reference, "units.mandate:12"
    words: str  # "redaktur, Pusat Media Cikarang (SK 4/2026)"

    def reaches(self, unit_path: str) -> bool:
        return unit_path.startswith(self.unit_path)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands behind a call. `subject` is the opaque id under which their personal data is kept."""

    kind: Literal["anonymous", "user", "console", "system"]
    name: str = ""
    user_id: int | None = None
    subject: uuid.UUID | None = None
    grants: tuple[Grant, ...] = ()
    asleep: tuple[Grant, ...] = ()  # held, but without effect until a second factor is set up

    @property
    def ref(self) -> str:
        """A reference for the trail; never a name."""
        return f"accounts.user:{self.user_id}" if self.kind == "user" else self.kind

    @property
    def is_machine(self) -> bool:
        return self.kind in ("console", "system")

    def grants_of(self, *roles: Role) -> tuple[Grant, ...]:
        return tuple(g for g in self.grants if g.role in roles)

    def holds(self, *roles: Role, at: str | None = None) -> bool:
        """Tell whether one of these roles is held, anywhere or over the unit with path `at`."""
        return self.is_machine or any(at is None or g.reaches(at) for g in self.grants_of(*roles))

    def reach(self, *roles: Role) -> list[str]:
        """Unit paths where one of these roles is held; a selector keeps what begins with one of them. Machines reach all: `[""]`."""
        return [""] if self.is_machine else sorted({g.unit_path for g in self.grants_of(*roles)})


ANONYMOUS = Actor("anonymous")
SYSTEM = Actor("system", "sistem")


def console(name: str = "konsol") -> Actor:
    """The actor of a command line; `name` is who stands behind it."""
    return Actor("console", name)


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    grant: Grant | None = None

    def __bool__(self) -> bool:
        return self.allowed


Question = Callable[[Actor, Any], "Verdict | bool"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question about an actor and a thing. Calling it gives a `Verdict`."""

    ask: Question
    words: str
    roles: frozenset[Role] = frozenset()  # roles it names: for the printed table and for `who_may`

    def __call__(self, actor: Actor, thing: Any = None) -> Verdict:
        answer = self.ask(actor, thing)
        return answer if isinstance(answer, Verdict) else Verdict(bool(answer))

    def __and__(self, other: Predicate) -> Predicate:
        def both(actor: Actor, thing: Any) -> Verdict:
            first = self(actor, thing)
            if not first:
                return first
            second = other(actor, thing)
            return Verdict(second.allowed, first.grant or second.grant)

        return Predicate(both, f"({self.words} & {other.words})", self.roles | other.roles)

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(
            lambda actor, thing: self(actor, thing) or other(actor, thing),
            f"({self.words} | {other.words})",
            self.roles | other.roles,
        )

    def __invert__(self) -> Predicate:
        return Predicate(lambda actor, thing: Verdict(not self(actor, thing).allowed), f"~{self.words}")


def unit_path_of(thing: Any) -> str | None:
    """Where a thing stands in the tree of units: its own `unit_path`, or its unit's path. None when it names no unit."""
    path = getattr(thing, "unit_path", None)
    if path is None and (unit := getattr(thing, "unit", None)) is not None:
        path = unit.path
    return path


def holds(*roles: Role) -> Predicate:
    """One of these roles, in the thing's unit or above. A thing that names no unit belongs to the whole organisation: only a role
    held at a root unit reaches it. Without a thing (a list, a menu) holding the role anywhere is enough."""

    def ask(actor: Actor, thing: Any) -> Verdict:
        if actor.is_machine:
            return Verdict(True)
        at = None if thing is None else (unit_path_of(thing) or "")
        for grant in actor.grants_of(*roles):
            if at is None or grant.reaches(at) or (at == "" and is_root(grant.unit_path)):
                return Verdict(True, grant)
        return Verdict(False)

    return Predicate(ask, " | ".join(roles), frozenset(roles))


def holds_at_top(*roles: Role) -> Predicate:
    """One of these roles at a root unit, for what belongs to the whole organisation: also where no thing is asked about."""
    question = holds(*roles)
    return Predicate(lambda actor, thing: question(actor, _EVERYTHING), f"top: {question.words}", question.roles)


_EVERYTHING = object()  # it names no unit
signed_in = Predicate(lambda actor, thing: actor.kind in ("user", "console", "system"), "signed in")
anyone = Predicate(lambda actor, thing: True, "anyone")
machine = Predicate(lambda actor, thing: actor.is_machine, "the console or the system")

_permissions: dict[str, tuple[Predicate, Words]] = {}


def permission(name: str, predicate: Predicate, words: Words) -> Predicate:
    """Register a permission by name ("room.may_verb_noun") with its words for the table that boards read. Twice the same name is refused."""
    if name in _permissions:
        raise ValueError(f"The permission {name} is defined twice.")
    _permissions[name] = (predicate, words)
    return predicate


def permissions() -> dict[str, tuple[Predicate, Words]]:
    return dict(sorted(_permissions.items()))


def permission_named(name: str) -> Predicate:
    """Look a permission up; an unknown name raises, so that a slip never opens or hides anything in silence."""
    if name not in _permissions:
        raise LookupError(f"No permission is called {name}.")
    return _permissions[name][0]


def require(predicate: Predicate, actor: Actor, thing: Any = None) -> Verdict:
    """Give the verdict, or raise `Denied`."""
    verdict = predicate(actor, thing)
    if not verdict:
        raise Denied
    return verdict


class Authority(Protocol):
    """What `units` gives: the grants of a user today, split in awake and asleep, and who holds a role over a unit."""

    def grants_of(self, user_id: int, *, second_factor: bool) -> tuple[tuple[Grant, ...], tuple[Grant, ...]]: ...

    def holders(self, roles: Iterable[Role], unit_path: str | None) -> list[int]: ...

    def is_root(self, unit_path: str) -> bool: ...


@dataclass
class _Port:
    authority: Authority | None = None
    second_factor_of: Callable[[Any], bool] = field(default=lambda user: False)


_port = _Port()


def fill_authority(authority: Authority) -> None:
    _port.authority = authority


def fill_second_factor(told: Callable[[Any], bool]) -> None:
    """`accounts` tells whether a user has a second factor set up."""
    _port.second_factor_of = told


def is_root(unit_path: str) -> bool:
    return _port.authority is not None and _port.authority.is_root(unit_path)


def actor_of(user: Any) -> Actor:
    """The actor behind a user object; anonymous for none, for an anonymous and for a closed account."""
    if user is None or not user.is_authenticated or not user.is_active:
        return ANONYMOUS
    awake: tuple[Grant, ...] = ()
    asleep: tuple[Grant, ...] = ()
    if _port.authority is not None:
        awake, asleep = _port.authority.grants_of(user.pk, second_factor=_port.second_factor_of(user))
    return Actor("user", str(user), user.pk, user.subject, awake, asleep)


def who_may(predicate: Predicate, thing: Any = None) -> list[int]:
    """Ids of users whose roles could allow this on the thing's unit: who must be told. Finer conditions are asked when they act.

    As in `holds`: a thing that names no unit is reached from a root alone; no thing at all, from anywhere."""
    if _port.authority is None:
        return []
    return _port.authority.holders(predicate.roles, None if thing is None else unit_path_of(thing) or "")


_library_permissions: dict[str, Predicate] = {}


def library_permission(name: str, predicate: Predicate) -> None:
    """Answer a permission that a library asks of a user ("wagtailadmin.access_admin") by one of ours. What nobody answers is refused."""
    _library_permissions[name] = predicate


def library_allows(user: Any, name: str) -> bool:
    """What `User.has_perm` says: groups, Django's own permissions and `is_superuser` give nothing."""
    predicate = _library_permissions.get(name)
    return predicate is not None and bool(predicate(actor_of(user)))
