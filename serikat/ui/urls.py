"""Addresses of the gallery, of reading without network, and of what browsers ask for by themselves."""

from __future__ import annotations

from django.urls import path

from serikat.ui import views

app_name = "ui"
one_address = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("apple-touch-icon.png", views.touch_icon, name="touch_icon"),
    path("keluar-cepat/", views.leave, name="leave"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("aplikasi/", views.app, name="app"),
    path("simpanan/", views.saved, name="saved"),
    path("simpanan/terbaru.json", views.newest, name="newest"),
    path("simpanan/kosong/", views.emptied, name="emptied"),
    path("tanpa-jaringan/", views.offline, name="offline"),
]
