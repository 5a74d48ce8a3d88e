"""Second factors: what the trail says of them, and taking one away from who lost it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from serikat.accounts.models import User
from serikat.accounts.permissions import may_clear_factor, may_guard_account, may_sign_in
from serikat.accounts.services.notices import leave_notice
from serikat.audit.action import action, inner, note, notes_say, register
from serikat.audit.services import record
from serikat.kernel.access import Actor

notes_say(kind=_("jenisnya"), count=_("banyaknya"))

register("accounts.factor.added", may=may_guard_account, says=_("memasang faktor kedua"))
register("accounts.factor.removed", may=may_guard_account, says=_("melepas faktor kedua"))
register("accounts.codes.renewed", may=may_guard_account, says=_("membuat kode cadangan baru"))
register("accounts.factor.refused", may=may_sign_in, says=_("faktor kedua ditolak"))
register("accounts.password.changed", may=may_guard_account, says=_("mengganti kata sandi"))
register("accounts.password.reset", may=may_guard_account, says=_("membuat kata sandi baru lewat surel"))

TOLD = {
    "accounts.factor.added": _("Faktor kedua dipasang pada akun Anda. Bila bukan Anda, hubungi pengurus."),
    "accounts.factor.removed": _("Faktor kedua dilepas dari akun Anda. Bila bukan Anda, hubungi pengurus."),
    "accounts.password.changed": _("Kata sandi Anda diganti. Bila bukan Anda, hubungi pengurus."),
    "accounts.password.reset": _("Kata sandi Anda diganti lewat surel. Bila bukan Anda, hubungi pengurus."),
}


@inner("part of another action")
def note_factor(*, actor: Actor, name: str, user: User, kind: str = "") -> None:
    """Say in the trail what happened to a factor or password, and tell the holder where it could have been somebody else."""
    values: dict[str, Any] = {"kind": kind} if kind else {}
    record(actor=actor, name=name, thing=user, **values)
    if name in TOLD:
        leave_notice(actor=actor, user_id=user.pk, text=TOLD[name])


@action("accounts.factor.cleared", may=may_clear_factor, says=_("menghapus faktor kedua yang hilang"), on="user")
def clear_factor(*, actor: Actor, user: User) -> int:
    """Remove every second factor and the recovery codes; return how many. Guarded roles sleep until a new one is set up."""
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    note(count=count)
    leave_notice(actor=actor, user_id=user.pk, text=TOLD["accounts.factor.removed"])
    return count
