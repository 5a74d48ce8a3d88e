"""Addresses: `/lapor/` and `/kode/` for everybody; at the desk the inbox under /meja/percakapan/ and reports under /meja/laporan/, the
telephone (`call_urls`) under /meja/telepon/; consultations (`consultation_urls`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from serikat.helpdesk.call_urls import call_address, call_patterns
from serikat.helpdesk.consultation_urls import consultation_addresses, consultation_patterns
from serikat.helpdesk.views import chats, codes, conversations, inbox, report_desk, report_intake, reports

conversation_patterns = [
    path("", inbox.inbox, name="inbox"),
    path("mulai/", chats.begin, name="begin"),
    path("tempel/", chats.paste, name="paste_chat"),
    path("tempel/<int:pk>/", chats.pasted, name="pasted"),
    path("perlu-diputuskan/", inbox.to_settle, name="to_settle"),
    path("pesan/<int:pk>/<slug:how>/", inbox.settle, name="settle"),
    path("balasan/", inbox.quick_replies, name="quick_replies"),
    path("balasan/tambah/", inbox.add_quick_reply, name="add_quick_reply"),
    path("balasan/<int:pk>/", inbox.change_quick_reply, name="change_quick_reply"),
    path("balasan/<int:pk>/buang/", inbox.drop_quick_reply, name="drop_quick_reply"),
    path("<int:pk>/", conversations.conversation, name="conversation"),
    path("<int:pk>/jawab/", conversations.answer, name="answer"),
    path("<int:pk>/templat/", conversations.send_template, name="send_template"),
    path("<int:pk>/ambil/", conversations.take, name="take"),
    path("<int:pk>/serahkan/", conversations.hand_over, name="hand_over"),
    path("<int:pk>/tutup/", conversations.close, name="close"),
    path("<int:pk>/buka-lagi/", conversations.reopen, name="reopen"),
    path("<int:pk>/pokok/", conversations.sort, name="sort"),
    path("<int:pk>/lindungi/", conversations.guard, name="guard"),
    path("<int:pk>/nomor/", conversations.show_address, name="show_address"),
    path("<int:pk>/sudah-saya-kirim/<int:message>/", conversations.note_handed, name="note_handed"),
    path("<int:pk>/orang/", conversations.person, name="person"),
    path("<int:pk>/orang/baru/", conversations.make_person, name="make_person"),
    path("<int:pk>/orang/lepas/", conversations.untie_person, name="untie_person"),
    path("<int:pk>/orang/<uuid:subject>/", conversations.tie_person, name="tie_person"),
]

report_desk_patterns = [
    path("", report_desk.shelves, name="shelves"),
    path("telepon/", report_intake.take_report, {"way": "telepon"}, name="take_call"),
    path("datang/", report_intake.take_report, {"way": "datang"}, name="take_visit"),
    path("kertas/", report_intake.take_report, {"way": "kertas"}, name="take_paper"),
    path("kelompok/", report_intake.take_group, name="take_group"),
    path("dari-percakapan/<int:pk>/", report_intake.from_conversation, name="from_conversation"),
    path("dari-panggilan/<int:pk>/<slug:way>/", report_intake.from_call, name="from_call"),
    path("<int:pk>/", report_desk.report, name="report"),
    path("<int:pk>/tangani/", report_desk.take_on, name="take_on"),
    path("<int:pk>/jawab/", report_desk.answer, name="answer"),
    path("<int:pk>/keadaan/", report_desk.move, name="move"),
    path("<int:pk>/bagi/", report_desk.assign, name="assign"),
    path("<int:pk>/pilah/", report_desk.sort, name="sort"),
    path("<int:pk>/lindungi/", report_desk.guard, name="guard"),
    path("<int:pk>/cara-menghubungi/", report_desk.show_reach, name="show_reach"),
    path("<int:pk>/orang/", report_desk.tie, name="tie"),
    path("<int:pk>/orang/baru/", report_desk.make_person, name="make_person"),
    path("<int:pk>/kode/", report_desk.new_code, name="new_code"),
    path("<int:pk>/kode/kirim/", report_desk.send_code, name="send_code"),
    path("<int:pk>/kode/ganti/", report_desk.renew, name="renew"),
    path("<int:pk>/kode/ganti/putuskan/", report_desk.answer_renewal, name="answer_renewal"),
    path("<int:pk>/kode/ganti/buat/", report_desk.make_code, name="make_code"),
]
report_patterns = [
    path("lapor/", reports.send_report, name="send_report"),
    path("lapor/formulir.pdf", reports.report_form, name="report_form"),
    path("lapor/terkirim/", reports.report_sent, name="report_sent"),
    path("lapor/<slug:step>/", reports.send_report, name="report_step"),
    path("kode/", codes.find_report, name="find_report"),
    path("kode/laporan/", codes.follow_report, name="follow_report"),
    path("kode/laporan/tulis/", codes.write, name="write"),
    path("kode/laporan/cerita/", codes.read_story, name="read_story"),
    path("kode/laporan/sandi/", codes.set_secret, name="set_secret"),
    path("kode/laporan/berkas/", codes.open_file, name="open_file"),
    path("kode/laporan/suara/<uuid:pk>/", codes.hear_file, name="hear_file"),
    path("kode/laporan/tutup/", codes.close_report, name="close_report"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("meja/percakapan/", include((conversation_patterns, "helpdesk_desk"))),
    path("meja/laporan/", include((report_desk_patterns, "helpdesk_reports"))),
    path("", include((report_patterns, "helpdesk_public"))),
    *call_patterns,
    *consultation_patterns,
]
one_address: list[URLPattern | URLResolver] = [*call_address, *consultation_addresses]
