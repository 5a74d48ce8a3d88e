"""Addresses: calculators at `/hitung/…`, the law at `/aturan/…`, the organisation's tables at the desk under /meja/aturan/."""

from __future__ import annotations

from django.urls import include, path

from serikat.rights.views import calculators, rules

reading = [
    path("hitung/", calculators.calculators, name="calculators"),
    path("hitung/<slug:slug>/", calculators.calculator, name="calculator"),
    path("hitung/<slug:slug>/lembar/", calculators.calculator_sheet, name="calculator_sheet"),
    path("aturan/", rules.rules, name="rules"),
    path("aturan/semua/", rules.whole_law, name="whole_law"),
    path("aturan/pasal/<slug:slug>/", rules.act, name="act"),
    path("aturan/<slug:slug>/", rules.area, name="area"),
]
urlpatterns = [path("", include((reading, "rights")))]
