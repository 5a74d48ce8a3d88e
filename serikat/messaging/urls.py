"""Addresses: `/sambung/<key>/` where providers call; the desk of channels below `/meja/saluran/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from serikat.messaging.views import desk, providers

calls = [path("sambung/<slug:key>/", providers.called, name="called")]
desk_patterns = [
    path("", desk.channels, name="channels"),
    path("baru/", desk.choose_kind, name="choose_kind"),
    path("baru/isi/", desk.add_channel, name="add_channel"),
    path("berhenti/", desk.stops, name="stops"),
    path("<int:pk>/", desk.channel, name="channel"),
    path("<int:pk>/ubah/", desk.change_channel, name="change_channel"),
    path("<int:pk>/uji/", desk.check_channel, name="check_channel"),
    path("<int:pk>/pesan-uji/", desk.try_channel, name="try_channel"),
    path("<int:pk>/hentikan/", desk.pause_channel, name="pause_channel"),
    path("<int:pk>/jalankan/", desk.resume_channel, name="resume_channel"),
    path("<int:pk>/pensiun/", desk.retire_channel, name="retire_channel"),
    path("<int:pk>/templat/", desk.keep_template, name="keep_template"),
    path("<int:pk>/templat/<int:template>/hapus/", desk.drop_template, name="drop_template"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("meja/saluran/", include((desk_patterns, "messaging_desk")))]
one_address = [path("", include((calls, "messaging")))]
