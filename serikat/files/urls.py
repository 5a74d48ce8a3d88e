"""Addresses of files."""

from django.urls import path

from serikat.files import views

app_name = "files"
one_address = [path("media/<path:name>", views.public_file, name="public_file")]
urlpatterns = [path("meja/berkas/<uuid:pk>/", views.download, name="download")]
