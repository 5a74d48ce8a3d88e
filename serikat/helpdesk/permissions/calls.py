"""What may be done with calls, visitors and telephone lines, in words. Scope is the unit of the call or line, by mandate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, holds, machine, permission

TELEPHONE = (Role.OPERATOR,)
SEES_OWN = (Role.PARALEGAL, Role.ADVOCATE)
CALL_FIGURES = (Role.OPERATOR, Role.CHAIR)


def _took_it(actor: Actor, call: Any) -> bool:
    return actor.user_id is not None and (call is None or call.operator_id == actor.user_id)


_own = holds(*SEES_OWN) & Predicate(_took_it, "who took the call or saw the visitor")

may_take_call = permission("helpdesk.may_take_call", holds(*TELEPHONE), _("mengangkat telepon dan menelepon"))
may_read_call = permission(
    "helpdesk.may_read_call",
    holds(*TELEPHONE) | _own,
    _("membaca catatan telepon dan tamu; paralegal: yang ditemuinya sendiri"),
)
may_note_call = permission(
    "helpdesk.may_note_call",
    holds(*TELEPHONE) | _own,
    _("mencatat dan menutup telepon dan tamu; paralegal: yang ditemuinya sendiri"),
)
may_receive_visitor = permission(
    "helpdesk.may_receive_visitor", holds(*TELEPHONE, *SEES_OWN), pgettext_lazy("a power", "mencatat tamu")
)
may_guard_call = permission(
    "helpdesk.may_guard_call", holds(*TELEPHONE) | _own, _("menyamarkan penelepon dan tamu; tidak dapat membukanya lagi")
)
may_unguard_call = permission(
    "helpdesk.may_unguard_call", holds(*SEES_OWN), _("menampilkan lagi nama penelepon dan tamu yang keliru disamarkan")
)
may_see_call_figures = permission(
    "helpdesk.may_see_call_figures", holds(*CALL_FIGURES), _("melihat angka telepon dan tamu, tanpa nama")
)
may_keep_line = permission(
    "helpdesk.may_keep_line", holds(Role.ADMINISTRATOR), _("memasang sambungan telepon dan mengganti alamat rahasianya")
)
may_ring = permission("helpdesk.may_ring", machine, pgettext_lazy("a power", "memberi tahu telepon yang masuk"))
