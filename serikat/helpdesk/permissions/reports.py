"""What may be done with reports and access codes, in words. Scope is the report's unit, by mandate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Actor, Predicate, Role, anyone, holds, permission

DESK = (Role.OPERATOR, Role.PARALEGAL, Role.ADVOCATE)

# Reports and access codes


def _another(actor: Actor, renewal: Any) -> bool:
    return actor.is_machine or renewal is None or renewal.asked_by_id != actor.user_id


may_send_report = permission("helpdesk.may_send_report", anyone, pgettext_lazy("a power", "mengirim laporan"))
may_use_code = permission(
    "helpdesk.may_use_code", anyone, _("dengan kode akses: melihat keadaan laporannya, menulis, memasang sandi kedua")
)
may_read_report = permission("helpdesk.may_read_report", holds(*DESK), _("membaca laporan pekerja"))
may_take_report = permission(
    "helpdesk.may_take_report", holds(*DESK), _("mencatat laporan dari telepon, kertas, kunjungan, atau percakapan")
)
may_handle_report = permission(
    "helpdesk.may_handle_report",
    holds(*DESK),
    _("menjawab laporan, mengubah keadaan, pokok, dan pembagiannya, menghubungkannya dengan catatan orang"),
)
may_guard_report = permission(
    "helpdesk.may_guard_report", holds(*DESK), _("menaikkan tingkat ancaman dan perlindungan pada laporan")
)
may_unguard_report = permission(
    "helpdesk.may_unguard_report",
    holds(Role.PARALEGAL, Role.ADVOCATE),
    _("menurunkan tingkat ancaman dan perlindungan pada laporan"),
)
may_ask_new_code = permission("helpdesk.may_ask_new_code", holds(*DESK), _("meminta kode akses baru bagi pelapor"))
may_agree_new_code = permission(
    "helpdesk.may_agree_new_code",
    holds(*DESK) & Predicate(_another, "not who asked"),
    _("menyetujui kode akses baru yang diminta orang lain"),
)
