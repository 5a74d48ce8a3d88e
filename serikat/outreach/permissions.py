"""What may be done with audiences, broadcasts and subscriptions, in words. Scope is the unit, by mandate; nobody approves what they wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, anyone, holds, holds_at_top, machine, permission

WRITERS = (Role.EDITOR, Role.CHAIR, Role.SECRETARY)


def _another_hand(actor: Actor, broadcast: Any) -> bool:
    if actor.is_machine or broadcast is None:
        return True
    if actor.user_id in (broadcast.written_by_id, broadcast.changed_by_id):
        return False
    return not broadcast.writers.filter(pk=actor.user_id).exists()


may_keep_audience = permission(
    "outreach.may_keep_audience", holds(*WRITERS), _("menyusun khalayak dan memasukkan daftar nomor")
)
may_write_broadcast = permission(
    "outreach.may_write_broadcast", holds(*WRITERS), pgettext_lazy("a power", "menulis dan mengajukan siaran")
)
may_approve_broadcast = permission(
    "outreach.may_approve_broadcast",
    holds(*WRITERS) & Predicate(_another_hand, "none of those who wrote it"),
    _("menyetujui atau mengembalikan siaran tulisan orang lain"),
)
may_steer_broadcast = permission(
    "outreach.may_steer_broadcast", holds(*WRITERS), _("menjeda, melanjutkan, dan menghentikan siaran")
)
may_run_broadcast = permission("outreach.may_run_broadcast", machine, pgettext_lazy("a power", "menjalankan siaran"))
may_keep_topic = permission("outreach.may_keep_topic", holds_at_top(*WRITERS), _("mengatur topik langganan"))
may_subscribe = permission("outreach.may_subscribe", anyone, pgettext_lazy("a power", "berlangganan dan berhenti"))
