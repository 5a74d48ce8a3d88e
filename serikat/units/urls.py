"""Addresses of units: all at the desk."""

from django.urls import path

from serikat.units import views

app_name = "units"
urlpatterns = [
    path("meja/unit/", views.tree, name="tree"),
    path("meja/unit/wewenang/", views.powers, name="powers"),
    path("meja/unit/saya/", views.own, name="own"),
    path("meja/unit/<int:pk>/", views.unit, name="unit"),
    path("meja/unit/<int:pk>/baru/", views.found, name="found"),
    path("meja/unit/<int:pk>/nama/", views.rename, name="rename"),
    path("meja/unit/<int:pk>/pindah/", views.move, name="move"),
    path("meja/unit/<int:pk>/tutup/", views.close, name="close"),
    path("meja/unit/<int:pk>/riwayat/", views.history, name="history"),
    path("meja/unit/<int:pk>/surat-keputusan/", views.draft_decree, name="draft_decree"),
    path("meja/unit/<int:pk>/angkat/", views.appoint, name="appoint"),
    path("meja/unit/surat-keputusan/<int:pk>/sahkan/", views.sign_decree, name="sign_decree"),
    path("meja/unit/mandat/<int:pk>/akhiri/", views.end_mandate, name="end_mandate"),
    path("meja/unit/usul/<int:pk>/", views.decide, name="decide"),
]
