"""Addresses of the telephone: the desk under /meja/telepon/, and where phone systems ring us: /sambung/telepon/<key>/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from serikat.helpdesk.views import calls, phone_lines

desk = [
    path("", calls.ringing, name="ringing"),
    path("tugas/", calls.change_duty, name="change_duty"),
    path("angkat/", calls.take_next, name="take_next"),
    path("nomor/", calls.number, name="number"),
    path("mulai/", calls.begin, name="begin"),
    path("kembali/", calls.call_backs, name="call_backs"),
    path("tamu/", calls.visitors, name="visitors"),
    path("papan/", phone_lines.wall, name="wall"),
    path("angka/", phone_lines.figures, name="figures"),
    path("angka/unduh/", phone_lines.figures_sheet, name="figures_sheet"),
    path("sambungan/", phone_lines.lines, name="lines"),
    path("sambungan/<int:pk>/alamat/", phone_lines.renew_key, name="renew_key"),
    path("sambungan/<int:pk>/tutup/", phone_lines.end_line, name="end_line"),
    path("<int:pk>/", calls.call, name="call"),
    path("<int:pk>/angkat/", calls.take, name="take"),
    path("<int:pk>/ketikan/", calls.keep_typed, name="keep_typed"),
    path("<int:pk>/tutup/", calls.close, name="close"),
    path("<int:pk>/lindungi/", calls.guard, name="guard"),
    path("<int:pk>/nomor/", calls.show_number, name="show_number"),
    path("<int:pk>/telepon/", calls.call_out, name="call_out"),
    path("<int:pk>/selesai/", calls.settle_back, name="settle_back"),
    path("<int:pk>/geser/", calls.move_back, name="move_back"),
]
systems = [path("sambung/telepon/<slug:key>/", phone_lines.rings, name="rings")]

call_patterns: list[URLPattern | URLResolver] = [path("meja/telepon/", include((desk, "helpdesk_calls")))]
call_address: list[URLPattern | URLResolver] = [path("", include((systems, "helpdesk_lines")))]
