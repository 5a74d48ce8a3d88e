"""Addresses of the gallery, and of the mark where browsers ask for it by themselves."""

from __future__ import annotations

from django.urls import path

from serikat.ui import views

app_name = "ui"
one_address = [path("favicon.ico", views.favicon, name="favicon")]
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
]
