"""Addresses: `/langganan/…` for everybody, the desk under /meja/siaran/, /meja/khalayak/ and /meja/langganan/; the way out has one address."""

from __future__ import annotations

from django.urls import include, path

from serikat.outreach.views import audiences, broadcasts, public, topics

desk = [
    path("siaran/", broadcasts.broadcasts, name="broadcasts"),
    path("siaran/baru/", broadcasts.begin, name="begin"),
    path("siaran/<int:pk>/", broadcasts.broadcast, name="broadcast"),
    path("siaran/<int:pk>/ubah/", broadcasts.change, name="change"),
    path("siaran/<int:pk>/saluran/<int:channel>/", broadcasts.write, name="write"),
    path("siaran/<int:pk>/saluran/<int:channel>/hapus/", broadcasts.remove, name="remove"),
    path("siaran/<int:pk>/saluran/<int:channel>/uji/", broadcasts.try_it, name="try_it"),
    path("siaran/<int:pk>/putuskan/", broadcasts.decide_on, name="decide_on"),
    path("khalayak/", audiences.audiences, name="audiences"),
    path("khalayak/baru/", audiences.make, name="make_audience"),
    path("khalayak/daftar/", audiences.import_list, name="import_list"),
    path("khalayak/<int:pk>/", audiences.audience, name="audience"),
    path("khalayak/<int:pk>/buang/<int:part>/", audiences.drop_part, name="drop_part"),
    path("langganan/", topics.topics, name="topics"),
    path("langganan/<int:pk>/", topics.topic, name="topic"),
]
everybody = [
    path("langganan/", public.subscribe, name="subscribe"),
    path("langganan/pemberitahuan/", public.notices, name="notices"),
    path("langganan/kode/", public.confirm, name="confirm"),
]
urlpatterns = [
    path("meja/", include((desk, "outreach_desk"))),
    path("", include((everybody, "outreach"))),
]
leaving = [path("langganan/berhenti/<slug:token>/", public.leave, name="leave")]
one_address = [path("", include((leaving, "outreach_leave")))]
