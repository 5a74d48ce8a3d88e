"""Addresses of the joined faces."""

from __future__ import annotations

from django.urls import path

from serikat.web.views import desk, sharing, wizard

app_name = "web"
urlpatterns = [
    path("mulai/organisasi/", wizard.wizard_face, name="wizard_face"),
    path("mulai/unit/", wizard.wizard_units, name="wizard_units"),
    path("mulai/admin/", wizard.wizard_administrator, name="wizard_administrator"),
    path("mulai/<str:token>/", wizard.open_wizard, name="open_wizard"),
    path("bagikan/", sharing.share, name="share"),
    path("meja/", desk.desk, name="desk"),
    path("meja/jejak/", desk.trail, name="trail"),
    path("meja/jejak/<str:ref>/", desk.trail_page, name="trail_page"),
    path("meja/pekerjaan/", desk.jobs, name="jobs"),
    path("meja/pekerjaan/<uuid:pk>/", desk.mend_job, name="mend_job"),
    path("meja/organisasi/", desk.change_identity_view, name="change_identity"),
]
