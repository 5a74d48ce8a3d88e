"""Addresses of places."""

from django.urls import path

from serikat.places import views

app_name = "places"
urlpatterns = [path("tempat/cari.json", views.find, name="find")]
