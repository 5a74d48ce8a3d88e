"""Who may change the tree, draft and sign decrees, and appoint.

A chair appoints in their unit and below; a secretary drafts; the administrator keeps accounts and so may appoint too. Moving or closing
a unit is decided above it. Nobody appoints themself without a second person: that is asked by the service, for every role.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, Verdict, holds, is_root, machine, permission
from serikat.units.rules import may_agree, stands_below

APPOINTING = (Role.CHAIR, Role.ADMINISTRATOR)
READING = (Role.CHAIR, Role.SECRETARY, Role.SUPERVISOR, Role.DATA_OFFICER, Role.ADMINISTRATOR)


def _holds_above(*roles: Role) -> Predicate:
    """One of these roles in a unit that stands above the thing's unit; at the root there is nobody above, so the root itself counts."""

    def ask(actor: Actor, thing: Any) -> Verdict:
        if actor.is_machine:
            return Verdict(True)
        path = getattr(thing, "path", "")
        for grant in actor.grants_of(*roles):
            if stands_below(path, grant.unit_path) or (path == grant.unit_path and is_root(path)):
                return Verdict(True, grant)
        return Verdict(False)

    return Predicate(ask, f"({' | '.join(roles)}) above the unit", frozenset(roles))


def _holds_at_root(*roles: Role) -> Predicate:
    """One of these roles for the whole organisation."""

    def ask(actor: Actor, thing: Any) -> Verdict:
        for grant in actor.grants_of(*roles):
            if is_root(grant.unit_path):
                return Verdict(True, grant)
        return Verdict(actor.is_machine)

    return Predicate(ask, f"({' | '.join(roles)}) at the root", frozenset(roles))


is_holder = Predicate(lambda actor, mandate: actor.user_id is not None and mandate.user_id == actor.user_id, "the holder")
is_second_person = Predicate(
    lambda actor, proposal: may_agree(actor.user_id, proposal.proposed_by_id, proposal.user_id),
    "neither proposer nor appointee",
)
is_proposer = Predicate(
    lambda actor, proposal: actor.user_id is not None and proposal.proposed_by_id == actor.user_id, "the proposer"
)

may_see_unit = permission("units.may_see_unit", holds(*READING), _("melihat unit dan siapa pemegang mandatnya"))
may_found_root_unit = permission(
    "units.may_found_root_unit",
    machine | _holds_at_root(Role.ADMINISTRATOR),
    pgettext_lazy("a power", "mendirikan unit puncak"),
)
may_found_unit = permission("units.may_found_unit", holds(*APPOINTING), _("mendirikan unit di bawah unitnya"))
may_rename_unit = permission("units.may_rename_unit", holds(*APPOINTING), pgettext_lazy("a power", "mengganti nama unit"))
may_move_unit = permission("units.may_move_unit", _holds_above(*APPOINTING), pgettext_lazy("a power", "memindahkan unit"))
may_close_unit = permission("units.may_close_unit", _holds_above(*APPOINTING), pgettext_lazy("a power", "menutup unit"))
may_draft_decree = permission(
    "units.may_draft_decree",
    holds(Role.CHAIR, Role.SECRETARY, Role.ADMINISTRATOR),
    pgettext_lazy("a power", "menyusun surat keputusan"),
)
may_sign_decree = permission(
    "units.may_sign_decree", holds(*APPOINTING), pgettext_lazy("a power", "mengesahkan surat keputusan")
)
may_appoint_user = permission("units.may_appoint_user", holds(*APPOINTING), _("mengangkat orang lain ke suatu peran"))
may_propose_mandate = permission(
    "units.may_propose_mandate", holds(*APPOINTING), _("mengusulkan pengangkatan, juga untuk diri sendiri")
)
may_agree_mandate = permission(
    "units.may_agree_mandate", holds(*APPOINTING) & is_second_person, _("menyetujui usul pengangkatan dari orang lain")
)
may_reject_mandate = permission(
    "units.may_reject_mandate", holds(*APPOINTING) | is_proposer, _("menolak atau menarik usul pengangkatan")
)
may_end_mandate = permission("units.may_end_mandate", holds(*APPOINTING) | is_holder, _("mengakhiri mandat, atau mundur"))
