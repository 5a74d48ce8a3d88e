"""What may be done in the newsroom, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.kernel.access import Predicate, Role, anyone, holds, holds_at_top, machine, permission

a_person = Predicate(lambda actor, thing: actor.kind == "user", "a person")

may_edit_page = permission("newsroom.may_edit_page", holds(Role.EDITOR), _("menulis dan menyunting halaman"))
may_publish_page = permission("newsroom.may_publish_page", holds(Role.EDITOR), _("menayangkan halaman yang sudah disetujui"))
may_approve_page = permission(
    "newsroom.may_approve_page", holds(Role.EDITOR) & a_person, _("menyetujui tulisan orang lain untuk tayang")
)
may_make_bulletin = permission("newsroom.may_make_bulletin", holds(Role.EDITOR), _("menyusun buletin dinding"))
its_own_draft = Predicate(
    lambda actor, clip: clip is None or (clip.uploaded_by_id == actor.user_id and not clip.was_shown),
    "their own, never shown",
)
may_upload_clip = permission(
    "newsroom.may_upload_clip", holds(Role.EDITOR, Role.CONTRIBUTOR) & a_person, _("mengunggah video dan suara")
)
may_change_clip = permission(
    "newsroom.may_change_clip",
    holds(Role.EDITOR) | (holds(Role.CONTRIBUTOR) & a_person & its_own_draft),
    _("menyunting video dan suara, jurnalis buruh miliknya sendiri sebelum tayang"),
)
may_publish_clip = permission(
    "newsroom.may_publish_clip", holds(Role.EDITOR), _("menayangkan video dan suara yang dikerjakan orang lain")
)
may_withdraw_clip = permission("newsroom.may_withdraw_clip", holds(Role.EDITOR), _("menarik video dan suara dari tayangan"))
may_keep_series = permission("newsroom.may_keep_series", holds_at_top(Role.EDITOR), _("mengelola seri video dan suara"))
may_keep_media = permission("newsroom.may_keep_media", holds(Role.EDITOR), _("mengelola gambar dan dokumen situs"))
may_keep_rubric = permission("newsroom.may_keep_rubric", holds_at_top(Role.EDITOR), _("mengelola rubrik"))
may_name_tag = permission(
    "newsroom.may_name_tag", holds_at_top(Role.EDITOR), pgettext_lazy("a power", "menamai tag dalam bahasa Inggris")
)
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
may_write_post = permission("newsroom.may_write_post", a_person, _("menulis di Ruang Buruh"))
may_own_post = permission(
    "newsroom.may_own_post",
    Predicate(lambda actor, post: actor.user_id is not None and post.writer_id == actor.user_id, "its writer"),
    _("mengubah dan menarik tulisan sendiri"),
)
may_moderate = permission(
    "newsroom.may_moderate", holds(Role.MODERATOR), _("melihat dan memutus tulisan pekerja dan komentar")
)
may_lift_post = permission(
    "newsroom.may_lift_post", holds(Role.EDITOR), pgettext_lazy("a power", "mengangkat tulisan pekerja menjadi berita")
)
may_comment = permission("newsroom.may_comment", anyone, pgettext_lazy("a power", "mengirim komentar"))
_sent_it = Predicate(lambda actor, file: actor.user_id is not None and file.uploaded_by_id == actor.user_id, "who sent it")
may_open_post_file = permission(
    "newsroom.may_open_post_file",
    holds(Role.MODERATOR, Role.EDITOR) | _sent_it,
    _("membuka gambar dan suara yang dikirim bersama tulisan"),
)
may_remove_post_file = permission(
    "newsroom.may_remove_post_file", holds(Role.MODERATOR), _("menarik gambar dan suara yang dikirim bersama tulisan")
)
may_send_request = permission(
    "newsroom.may_send_request", anyone, pgettext_lazy("a power", "meminta hak jawab, koreksi, atau pencabutan")
)
may_follow_request = permission("newsroom.may_follow_request", anyone, _("mengikuti permintaan sendiri, dengan kodenya"))
may_answer_request = permission(
    "newsroom.may_answer_request", holds(Role.EDITOR), _("menjawab permintaan hak jawab, koreksi, dan pencabutan")
)
may_open_request_file = permission(
    "newsroom.may_open_request_file", holds(Role.EDITOR), _("membuka bukti yang dikirim bersama permintaan")
)
may_distribute = permission(
    "newsroom.may_distribute", holds(Role.EDITOR), _("menyusun penyebaran berita ke saluran-saluran")
)
may_approve_distribution = permission(
    "newsroom.may_approve_distribution",
    holds(Role.EDITOR) & a_person,
    pgettext_lazy("a power", "menyetujui penyebaran yang disusun orang lain"),
)
