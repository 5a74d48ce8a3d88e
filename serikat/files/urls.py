"""Addresses of files."""

from django.urls import path

from serikat.files import views

app_name = "files"
urlpatterns = [path("meja/berkas/<uuid:pk>/", views.download, name="download")]
