"""Who may change what the organisation holds over the law."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Role, holds_at_top, permission

KEEPERS = (Role.ADVOCATE, Role.ADMINISTRATOR)

may_keep_law_tables = permission(
    "rights.may_keep_law_tables",
    holds_at_top(*KEEPERS),
    pgettext_lazy("a power", "mengisi tabel upah minimum, hari libur, dan cuti bersama"),
)
may_review_law = permission(
    "rights.may_review_law",
    holds_at_top(Role.ADVOCATE),
    pgettext_lazy("a power", "memeriksa aturan dan menandainya sesuai atau meragukan"),
)
