"""Who may do what with accounts. Nobody appoints anybody here: roles come from mandates alone.

An administrator of a branch makes accounts, since a new one has no role and opens nothing, and lets people of the branch in again like its
secretary; the list of all accounts, closing them and second factors belong to administrators of the whole organisation.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import (
    Actor,
    Predicate,
    Role,
    Verdict,
    actor_of,
    anyone,
    holds,
    is_root,
    machine,
    permission,
    signed_in,
)


def _own(actor: Actor, user: Any) -> bool:
    return actor.kind == "user" and user is not None and actor.user_id == user.pk


# Who keeps the accounts of their units: an administrator of a branch is a keeper there, not one of the whole organisation.
KEEPERS = (Role.SECRETARY, Role.ADMINISTRATOR)


def _reaches_everything_of(actor: Actor, user: Any) -> Verdict:
    """A keeper of the unit: every role that the holder of the account has lies in the keeper's units, and none is an administrator's."""
    if user is None:
        mine = actor.grants_of(*KEEPERS)
        return Verdict(bool(mine), mine[0] if mine else None)
    theirs = actor_of(user)
    held = (*theirs.grants, *theirs.asleep)
    if any(grant.role is Role.ADMINISTRATOR for grant in held):
        return Verdict(False)
    for mine_ in actor.grants_of(*KEEPERS):
        if all(mine_.reaches(grant.unit_path) for grant in held) and (held or is_root(mine_.unit_path)):
            return Verdict(True, mine_)
    return Verdict(False)


own_account = Predicate(_own, "own account")
somebody_else = Predicate(lambda actor, user: user is None or not _own(actor, user), "somebody else's account")
keeper_of_holder = Predicate(
    _reaches_everything_of, "secretary or administrator over every role of the holder", frozenset(KEEPERS)
)

may_list_accounts = permission("accounts.may_list_accounts", holds(Role.ADMINISTRATOR), _("melihat daftar akun"))
may_create_account = permission(
    "accounts.may_create_account", holds(Role.ADMINISTRATOR), pgettext_lazy("a power", "membuat akun")
)
may_close_account = permission(
    "accounts.may_close_account", holds(Role.ADMINISTRATOR) & somebody_else, _("menutup akun orang lain")
)
may_reopen_account = permission(
    "accounts.may_reopen_account",
    holds(Role.ADMINISTRATOR) & somebody_else,
    pgettext_lazy("a power", "membuka kembali akun"),
)
may_make_link = permission(
    "accounts.may_make_link",
    (holds(Role.ADMINISTRATOR) | keeper_of_holder) & somebody_else,
    _("membuat tautan masuk sekali pakai untuk orang lain"),
)
may_clear_factor = permission(
    "accounts.may_clear_factor",
    holds(Role.ADMINISTRATOR) & somebody_else,
    _("melepas faktor kedua orang lain yang kehilangan ponsel"),
)
may_use_link = permission("accounts.may_use_link", anyone, _("memakai tautan sekali pakai yang diterimanya"))
may_change_profile = permission("accounts.may_change_profile", own_account | machine, _("mengubah data akun sendiri"))
may_end_session = permission(
    "accounts.may_end_session", own_account | machine, _("mengakhiri sesi sendiri di perangkat mana pun")
)
may_sign_in = permission("accounts.may_sign_in", anyone, _("mencoba masuk"))
may_guard_account = permission("accounts.may_guard_account", signed_in, _("mengatur kata sandi dan faktor kedua sendiri"))
