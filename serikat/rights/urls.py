"""Addresses: calculators at `/hitung/…`, the law at `/aturan/…`, the organisation's tables at the desk under /meja/aturan/."""

from __future__ import annotations

from django.urls import include, path

from serikat.rights.views import calculators, days, reviews, rules, wages

reading = [
    path("hitung/", calculators.calculators, name="calculators"),
    path("hitung/<slug:slug>/", calculators.calculator, name="calculator"),
    path("hitung/<slug:slug>/lembar/", calculators.calculator_sheet, name="calculator_sheet"),
    path("aturan/", rules.rules, name="rules"),
    path("aturan/semua/", rules.whole_law, name="whole_law"),
    path("aturan/pasal/<slug:slug>/", rules.act, name="act"),
    path("aturan/<slug:slug>/", rules.area, name="area"),
]
desk = [
    path("", wages.tables, name="tables"),
    path("upah-minimum/", wages.wages, name="wages"),
    path("upah-minimum/impor/", wages.import_wages, name="import_wages"),
    path("upah-minimum/contoh/", wages.template, name="template"),
    path("upah-minimum/<slug:slug>/", wages.region, name="region"),
    path("hari-libur/", days.days, name="days"),
    path("hari-libur/isi/<int:year>/", days.fill_year, name="fill_year"),
    path("hari-libur/tambah/", days.add_day, name="add_day"),
    path("hari-libur/<int:pk>/", days.day, name="day"),
    path("hari-libur/<int:pk>/hapus/", days.remove_day, name="remove_day"),
    path("tinjauan/", reviews.reviews, name="reviews"),
    path("tinjauan/aturan/", reviews.review, name="review"),
    path("tinjauan/<int:pk>/cabut/", reviews.withdraw_review, name="withdraw_review"),
]
urlpatterns = [
    path("meja/aturan/", include((desk, "rights_desk"))),
    path("", include((reading, "rights"))),
]
