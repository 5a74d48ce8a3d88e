"""The calculators: short steps, nothing kept, every figure with its article."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from serikat.law import the_law

pytestmark = pytest.mark.django_db

ADDRESS = "/hitung/pesangon/"
ANSWERS = {
    "reason": "efficiency_loss",
    "hired": "2015-03-02",
    "terminated": "2025-03-01",
    "wage_kind": "monthly",
    "basic_wage": "4.000.000",
    "fixed_allowance": "500.000",
    "variable_allowance": "300.000",
}


def texts(response):
    return " ".join(response.content.decode().split())


def test_four_steps_lead_to_a_result_whose_lines_name_their_articles(client):
    page = client.get(ADDRESS)
    assert (page.status_code, "Langkah 1 dari 4" in texts(page)) == (200, True)
    kept: dict[str, str] = {}
    steps = [("reason",), ("hired", "terminated", "wage_kind"), ("basic_wage", "fixed_allowance", "variable_allowance")]
    for number, names in enumerate(steps):
        kept |= {name: ANSWERS[name] for name in names}
        page = client.post(ADDRESS, kept | {"langkah": str(number)})
        assert f"Langkah {number + 2} dari 4" in texts(page)
        assert dict(page.context["walk"].hidden).keys() == kept.keys()
    result = client.post(ADDRESS, kept | {"langkah": "3"})
    said = texts(result)
    assert result.status_code == 200
    assert result.context["told"][0].total.amount == 38_250_000
    assert all(
        part in said
        for part in ("Rp38.250.000", "tiga puluh delapan juta", "PP 35/2021 Pasal 40 ayat (2)", "9 × Rp4.500.000 × 0,5")
    )
    assert 'href="/aturan/pasal/pp35-2021/#pp35-2021-43-1"' in said


def test_nothing_is_kept_and_no_cookie_is_set():
    strict = Client(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as queries:
        result = strict.post(ADDRESS, ANSWERS | {"langkah": "3"})
    assert (result.status_code, len(result.cookies)) == (200, 0)
    assert "no-store" in result["Cache-Control"]
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_one_goes_back_and_finds_what_was_typed(client):
    back = client.post(ADDRESS, {"reason": "death", "hired": "salah", "langkah": "1", "kembali": "1"})
    assert back.status_code == 200
    assert '<option value="death" selected>' in texts(back)
    assert ("hired", "salah") in back.context["walk"].hidden


def test_a_wrong_answer_is_said_beside_its_field(client):
    page = client.post(
        ADDRESS, {"reason": "death", "hired": "2020-02-30", "terminated": "", "wage_kind": "hourly", "langkah": "1"}
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"hired", "terminated", "wage_kind"}


def test_what_the_law_refuses_is_said_beside_its_field_in_an_earlier_step(client):
    page = client.post(ADDRESS, ANSWERS | {"terminated": "2019-03-01", "langkah": "3"})
    assert (page.status_code, page.context["walk"].at) == (422, 1)
    assert "2 Februari 2021" in str(page.context["form"].errors["terminated"])
    assert dict(page.context["walk"].hidden)["basic_wage"] == "4.000.000"
    asked = client.post(ADDRESS, ANSWERS | {"unused_leave_days": "3", "langkah": "3"})
    assert (asked.status_code, set(asked.context["form"].errors)) == (422, {"leave_day_divisor"})


@pytest.mark.parametrize("field", ["reason", "hired", "basic_wage", "langkah", "ke", "clause"])
@pytest.mark.parametrize("value", ["", "x" * 5000, "<script>alert(1)</script>", "-1", "9" * 40, "\x00", "１２"])
def test_hostile_answers_are_answered(client, field, value):
    page = client.post(ADDRESS, ANSWERS | {"langkah": "3"} | {field: value})
    assert page.status_code in (200, 422)
    assert "<script>alert" not in page.content.decode()


def test_an_unknown_calculator_is_not_there(client):
    assert client.get("/hitung/gaji-presiden/").status_code == 404


def test_the_sheet_is_a_pdf_with_articles_and_words_and_without_a_name(client):
    sheet = client.post(f"{ADDRESS}lembar/", ANSWERS | {"langkah": "3"})
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "application/pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.content)).pages)
    said = " ".join(text.split())
    assert all(
        part in said
        for part in ("Rp38.250.000", "tiga puluh delapan juta dua ratus lima puluh ribu rupiah", "Pasal 43 ayat (1)")
    )
    assert client.get(f"{ADDRESS}lembar/").status_code == 405


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("pesangon", ANSWERS | {"langkah": "3"}),
        ("tenggat", {"step": "answer_to_anjuran", "from_day": "2026-05-11", "langkah": "1"}),
        ("upah-telat", {"wage": "5.000.000", "due_on": "2026-03-01", "paid_on": "2026-03-13", "langkah": "0"}),
    ],
)
def test_the_form_on_the_result_gives_the_sheet(client, slug, answers):
    said = client.post(f"/hitung/{slug}/", answers).content.decode()
    form = said[said.index(f'action="/hitung/{slug}/') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
    assert hidden.keys() == answers.keys()
    assert client.post(f"/hitung/{slug}/lembar/", hidden)["Content-Type"] == "application/pdf"


def test_the_fine_for_a_late_allowance_is_not_called_the_workers_on_the_sheet(client):
    answers = {"hired": "2025-09-01", "holiday": "2026-03-20", "paid": "same", "monthly_wage": "5.200.000", "late": "on"}
    sheet = client.post("/hitung/thr/lembar/", answers | {"langkah": "2"})
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(sheet.content)).pages]
    assert " ".join(pages).count("Paling sedikit, Anda berhak atas") == 1
    assert "Denda Rp130.000" in " ".join(pages)
    assert all("Tanda hitungan" in page for page in pages if "Tanda tangan pekerja" in page)


def test_articles_in_a_warning_are_spoken_and_can_be_opened(client):
    answers = {"start": "2026-01-01", "end": "2026-01-10", "monthly_wage": "5.000.000", "langkah": "0"}
    result = client.post("/hitung/kompensasi-kontrak/", answers)
    assert result.context["told"][0].total.amount == 0
    assert "uang kompensasi (PP 35/2021 Pasal 15 ayat (3))." in texts(result)
    assert 'href="/aturan/pasal/pp35-2021/#pp35-2021-15-3"' in texts(result)


def test_days_in_the_wrong_order_are_said_before_the_wage_is_asked(client):
    answers = {"reason": "death", "hired": "2026-01-02", "terminated": "2026-01-01", "wage_kind": "monthly", "langkah": "1"}
    page = client.post(ADDRESS, answers)
    assert (page.status_code, page.context["walk"].at, set(page.context["form"].errors)) == (422, 1, {"terminated"})


def test_a_year_without_calendar_is_said_beside_the_day(client):
    page = client.post("/hitung/tenggat/", {"step": "answer_to_anjuran", "from_day": "2035-05-11", "langkah": "1"})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"from_day"})


def test_in_english(client):
    result = client.post(f"/en{ADDRESS}", ANSWERS | {"langkah": "3"})
    assert all(part in texts(result) for part in ("Severance pay", the_law().articles["PP35/2021:43(1)"].says.en))


def test_the_list_leads_to_each_calculator(client):
    page = texts(client.get("/hitung/"))
    assert f'href="{reverse("rights:calculator", args=["pesangon"])}"' in page


def test_lines_of_overtime_say_their_day(client):
    answers = {"week": "6", "wage_kind": "monthly", "rounding": "exact", "basic_wage": "4.325.000", "langkah": "2"}
    answers |= {"date_0": "2026-03-02", "kind_0": "workday", "hours_0": "1", "kind_1": "rest", "hours_1": "2,5"}
    answers |= {f"kind_{row}": "workday" for row in range(2, 7)}  # what a browser sends of rows that nobody filled in
    told = client.post("/hitung/lembur/", answers).context["told"][0]
    assert [(line.note, line.amount.amount) for line in told.lines] == [("2 Maret 2026", 37_500), ("Hari ke-2", 125_000)]
    assert [value for name, value in client.post("/hitung/lembur/", answers).context["typed"] if name == "Jenis hari"] == [
        "hari kerja",
        "istirahat mingguan",
    ]
