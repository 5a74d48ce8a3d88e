"""Counting rights on a phone: from the front page through the steps to the result and its articles; every page at both widths."""

from __future__ import annotations

import pytest

from serikat.rights.calculators import CALCULATORS
from tests.journeys.browser import assert_accessible, assert_fits, assert_indonesian, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# What a worker types, step by step; a name ending in "!" is clicked.
WALKS = {
    "pesangon": [
        {"reason": "efficiency_prevent_loss"},
        {"hired": "2017-03-04", "terminated": "2026-11-20", "wage_kind": "monthly"},
        {"basic_wage": "4.850.000", "fixed_allowance": "350.000"},
        {"unused_leave_days": "7", "leave_day_divisor": "25", "return_travel": "450.000"},
    ],
    "lembur": [
        {"week": "6", "wage_kind": "monthly", "rounding": "exact"},
        {"basic_wage": "4.325.000", "fixed_allowance": "0"},
        {"date_0": "2026-03-02", "kind_0": "workday", "hours_0": "3", "kind_1": "rest", "hours_1": "8,5"},
    ],
    "thr": [
        {"hired": "2025-09-01", "holiday": "2026-03-20", "paid": "same"},
        {"monthly_wage": "5.200.000"},
        {"late": "on"},
    ],
    "kompensasi-kontrak": [{"start": "2025-01-01", "end": "2026-06-15", "monthly_wage": "5.200.000"}],
    "upah-telat": [{"wage": "5.000.000", "due_on": "2026-03-01", "paid_on": "2026-03-13"}],
    "tenggat": [{"step": "answer_to_anjuran"}, {"from_day": "2026-05-11"}],
}
# Counted by hand. Overtime: an hour is 4,325,000 / 173 = 25,000; 1.5 + 2 x 2 hours, then 7 x 2 + 1 x 3 + 0.5 x 4. THR: six whole months of twelve.
# Contract: 17 months and 15 days, the better reading with the days. Late wage: five days of 5 per cent and four of 1 per cent.
TOTALS = {
    "pesangon": "Rp69.506.000",
    "lembur": "Rp612.500",
    "thr": "Rp2.600.000",
    "kompensasi-kontrak": "Rp7.583.334",
    "upah-telat": "Rp1.450.000",
    "tenggat": "Selasa, 26 Mei 2026",
}


def fill(page, answers):
    for name, value in answers.items():
        field = page.locator(f"form.form [name={name}]").first
        kind = field.evaluate("field => field.type || field.tagName")
        if kind == "radio":
            page.locator(f'form.form [name={name}][value="{value}"]').check()
        elif kind.startswith("select"):
            field.select_option(value)
        elif kind == "checkbox":
            field.check()
        else:
            field.fill(value)


def look_at(page, name):
    shot(page, name)
    assert_indonesian(page)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("slug", WALKS)
def test_a_worker_counts_on_a_phone(page, slug):
    page.goto("/hitung/")
    page.click(f"main a[href='/hitung/{slug}/']")
    for number, answers in enumerate(WALKS[slug]):
        look_at(page, f"hitung-{slug}-{number + 1}")
        fill(page, answers)
        page.click("main .do .btn.main")
        page.wait_for_load_state()
    assert page.locator(".total").first.inner_text() == TOTALS[slug]
    look_at(page, f"hitung-{slug}-hasil")
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Unduh lembar perundingan").click()
    assert sheet.value.suggested_filename == f"hitungan-{slug}.pdf"
    page.locator("details.fold summary").first.click()
    page.locator("details.fold a").first.click()
    page.wait_for_url("**/aturan/pasal/**")
    assert page.evaluate("document.getElementById(location.hash.slice(1)).matches('.rule')")
    look_at(page, f"hitung-{slug}-pasal")


def test_every_calculator_is_walked():
    assert set(WALKS) == set(TOTALS) == set(CALCULATORS)
