"""Addresses of the gallery."""

from __future__ import annotations

from django.urls import path

from serikat.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
]
