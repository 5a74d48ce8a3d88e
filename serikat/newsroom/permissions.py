"""What may be done in the newsroom, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Predicate, Role, holds, holds_at_top, machine, permission

a_person = Predicate(lambda actor, thing: actor.kind == "user", "a person")

may_edit_page = permission("newsroom.may_edit_page", holds(Role.EDITOR), _("menulis dan menyunting halaman"))
may_publish_page = permission("newsroom.may_publish_page", holds(Role.EDITOR), _("menayangkan halaman yang sudah disetujui"))
may_approve_page = permission(
    "newsroom.may_approve_page", holds(Role.EDITOR) & a_person, _("menyetujui tulisan orang lain untuk tayang")
)
may_make_bulletin = permission("newsroom.may_make_bulletin", holds(Role.EDITOR), _("menyusun buletin dinding"))
may_keep_media = permission("newsroom.may_keep_media", holds(Role.EDITOR), _("mengelola gambar dan dokumen situs"))
may_keep_rubric = permission("newsroom.may_keep_rubric", holds_at_top(Role.EDITOR), _("mengelola rubrik"))
may_keep_byline = permission("newsroom.may_keep_byline", holds(Role.EDITOR), _("mengelola nama penulis"))
may_change_editing_rule = permission(
    "newsroom.may_change_editing_rule",
    holds_at_top(Role.ADMINISTRATOR),
    pgettext_lazy("a power", "mengubah aturan persetujuan dua orang"),
)
may_approve_batch = permission(
    "newsroom.may_approve_batch", machine, pgettext_lazy("a power", "mencatat persetujuan satu kiriman impor")
)
may_found_site = permission(
    "newsroom.may_found_site", holds(Role.ADMINISTRATOR), pgettext_lazy("a power", "mendirikan situs")
)
may_import_archive = permission("newsroom.may_import_archive", machine, pgettext_lazy("a power", "mengimpor arsip"))
