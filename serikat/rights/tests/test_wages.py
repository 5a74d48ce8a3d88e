"""Minimum wages at the desk: one by one and from a workbook."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, Role
from serikat.kernel.errors import Conflict, Denied
from serikat.law.minimum_wages import minimum_wage_of
from serikat.rights.models import MinimumWage
from serikat.rights.rules import wages as rules
from serikat.rights.selectors import workbook
from serikat.rights.selectors.held import law
from serikat.rights.services import wages as services

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
DECREE = "561.7/Kep.862-Kesra/2025"
HEADS = ["Kode wilayah", "Berlaku sejak", "Upah sebulan", "Nomor keputusan", "Alamat sumber"]


def enter(lawyer, region, amount=5_938_885, day=NEW_YEAR, decree=DECREE, source=""):
    return services.enter_wage(actor=lawyer, region=region, from_day=day, amount=amount, decree=decree, source=source)


def book(*rows, heads=HEADS):
    made = Workbook()
    for row in [heads, *rows] if heads else rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(where="32.16", day="2026-01-01", amount=5938885, decree=DECREE, source=""):
    return [where, day, amount, decree, source]


def told(*rows):
    return [(one.what, one.why) for one in workbook.verdicts_on(book(*rows))]


# One by one


def test_a_wage_of_a_regency_beats_its_province(lawyer, regions):
    enter(lawyer, regions["32.16"], source="https://contoh.go.id/sk")
    held = law()
    assert [minimum_wage_of(held, code, NEW_YEAR).value for code in ("32.16", "32.75")] == [5_938_885, 2_317_601]
    wage = minimum_wage_of(held, "32.16.08", NEW_YEAR)
    assert (wage.verified, held.articles[wage.articles[0]].says.id) == (True, "Upah minimum di Jawa Barat ditetapkan.")
    assert (held.areas[wage.name], held.whats[wage.name].en) == ("minimum_wages", "Minimum wage of Kabupaten Bekasi")


def test_a_wage_without_a_source_is_unverified(lawyer, regions):
    enter(lawyer, regions["32.16"])
    assert not minimum_wage_of(law(), "32.16", NEW_YEAR).verified


def test_a_new_wage_ends_the_one_before_and_is_ended_by_the_one_after(lawyer, regions):
    for day, amount in [(NEW_YEAR, 5_900_000), (date(2027, 1, 1), 6_300_000), (date(2026, 7, 1), 6_000_000)]:
        enter(lawyer, regions["32.16"], amount, day)
    assert list(MinimumWage.objects.values_list("from_day", "until_day", "amount")) == [
        (date(2026, 1, 1), date(2026, 6, 30), 5_900_000),
        (date(2026, 7, 1), date(2026, 12, 31), 6_000_000),
        (date(2027, 1, 1), None, 6_300_000),
    ]
    assert minimum_wage_of(law(), "32.16", date(2026, 12, 31)).value == 6_000_000


def test_a_shipped_wage_is_taken_the_place_of_and_stays_before(lawyer, regions):
    enter(lawyer, regions["32"], 2_400_000, date(2026, 7, 1))
    held = law()
    assert [minimum_wage_of(held, "32", day).value for day in (date(2026, 6, 30), date(2026, 7, 1))] == [
        2_317_601,
        2_400_000,
    ]


def test_a_slip_is_put_right_and_the_trail_keeps_it(lawyer, regions):
    wage = enter(lawyer, regions["32.16"])
    services.correct_wage(actor=lawyer, wage=wage, amount=5_938_886, decree=DECREE)
    entry = Entry.objects.filter(action="rights.wage.corrected").get()
    told = {value.name: value.value for value in entry.values.all()}
    assert (told["before.amount"], told["after.amount"]) == (5_938_885, 5_938_886)


@pytest.mark.parametrize(
    ("more", "refusal", "field"),
    [
        ({"amount": 593_888}, services.NotPlausible, "amount"),
        ({"amount": 59_388_850}, services.NotPlausible, "amount"),
        ({"decree": "  "}, services.NoDecree, "decree"),
        ({"day": date(1999, 1, 1)}, services.WrongDay, "from_day"),
    ],
)
def test_what_cannot_be_is_refused(lawyer, regions, more, refusal, field):
    with pytest.raises(refusal) as caught:
        enter(lawyer, regions["32.16"], **more)
    assert (caught.value.field, MinimumWage.objects.count()) == (field, 0)


def test_the_same_day_twice_and_a_district_are_refused(lawyer, regions):
    enter(lawyer, regions["32.16"])
    with pytest.raises(services.AlreadyThere):
        enter(lawyer, regions["32.16"], 5_000_000)
    with pytest.raises(services.WrongRegion):
        enter(lawyer, regions["32.16.08"])


def test_only_keepers_at_the_top_enter_wages(branch_lawyer, regions):
    for actor in (branch_lawyer, ANONYMOUS):
        with pytest.raises(Denied):
            enter(actor, regions["32.16"])


# What is read


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (5938885, 5938885), (5938885.0, 5938885), (2327386.07, 2327387), ("Rp5.938.885", 5938885), ("Rp. 5.938.885,-", 5938885),
        ("2.327.386,07", 2327387), ("5938885", 5938885), ("5938885,00", 5938885), (" 5.938.885 ", 5938885), ("Rp 5.938.885,00", 5938885),
    ],
)  # fmt: skip
def test_amounts_are_read(cell, amount):
    assert rules.read_amount(cell) == amount


@pytest.mark.parametrize(
    "cell", [None, "", "lima juta", "5,938,885", "5.93", "-5938885", True, "1e7", float("inf"), float("nan"), "٥"]
)
def test_what_is_no_amount_is_not_read(cell):
    with suppress(rules.NotRead):
        assert not rules.plausible(rules.read_amount(cell), None)


@pytest.mark.parametrize(
    "cell",
    [
        "1 Januari 2026",
        "1 jan 2026",
        "01/01/2026",
        "1-1-2026",
        "2026-01-01",
        "1.1.2026",
        datetime(2026, 1, 1, tzinfo=UTC),
        NEW_YEAR,
    ],
)
def test_days_are_read(cell):
    assert rules.read_day(cell) == NEW_YEAR


@pytest.mark.parametrize(
    "cell", ["", "2026", 46023, "31/02/2026", "1 Foo 2026", "awal 2026", None, "1/1/0001", date(1900, 1, 1)]
)
def test_what_is_no_day_is_not_read(cell):
    with pytest.raises(rules.NotRead):
        rules.read_day(cell)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("32.16", ["32.16"]), ("32-16", ["32.16"]), ("3216", ["32.16"]), (32.16, ["32.16"]), (32.1, ["32.10"]), (32, ["32"]), (32.0, ["32"]),
        ("Kabupaten Bekasi", ["32.16"]), ("KAB. BEKASI", ["32.16"]), ("Kota Bekasi", ["32.75"]), ("Majalengka", ["32.10"]),
        ("Bekasi", ["32.16", "32.75"]), ("Jabar", ["32"]), ("Provinsi Jawa Barat", ["32"]), ("Atlantis", []), ("99", []),
    ],
)  # fmt: skip
def test_a_region_is_found_by_code_and_name(regions, cell, codes):
    assert sorted(one.code for one in workbook.Regions().meant(cell)) == codes


# The workbook


def test_each_row_has_its_verdict(lawyer, regions):
    enter(lawyer, regions["32.16"])
    enter(lawyer, regions["32.75"], 5_990_000)
    rows = [
        row(), row("Kota Bekasi", amount=5_992_931), row("Majalengka", amount="Rp2.400.000"), row("Bekasi"), row("Atlantis"),
        row("31", decree=""), row("31", amount=573), row("31", day="awal tahun"), row("31", amount="=A1*2"), row("31", source="javascript:alert(1)"),
        row("75", amount=3_500_000), row("Gorontalo", amount=3_500_001),
    ]  # fmt: skip
    found = workbook.verdicts_on(book(*rows))
    assert [one.what for one in found] == ["same", "changed", "new", *["refused"] * 9]
    assert [one.before for one in found[1:3]] == [5_990_000, None]
    assert all(part in found[3].why for part in ("lebih dari satu wilayah", "32.16", "32.75"))
    assert all(one.why for one in found[3:])
    assert all("lebih dari sekali" in one.why for one in found[10:])


def test_heads_are_forgiven_and_may_stand_below_a_title(regions):
    heads = ["No", "KABUPATEN/KOTA", "UMK (Rp)", "No. SK", "Mulai berlaku:"]
    found = workbook.verdicts_on(
        book(["Daftar UMK 2026"], [], heads, [1, "Kota Bekasi", 5_992_931, DECREE, "1 Januari 2026"], heads=None)
    )
    assert [(one.what, one.line) for one in found] == [("new", 4)]


def test_a_wage_far_from_the_one_before_is_a_slip(regions):
    assert told(row("31", amount=11_900_000))[0][0] == "refused"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 broken", "tidak terbaca"),
        (book(heads=HEADS), "kosong"),
        (book(["a", "b"], heads=None), "Kolom ini tidak ditemukan"),
        (book(*[row()] * (workbook.MOST_ROWS + 1)), "terlalu panjang"),
    ],
)
def test_a_bad_workbook_is_refused_whole(regions, content, said):
    with pytest.raises(workbook.BadWorkbook, match=said):
        workbook.verdicts_on(content)


def test_a_workbook_with_broken_insides_is_refused(regions):
    for name, inside in [("xl/workbook.xml", b"<x"), ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c>")]:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book(row()))) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.namelist():
                new.writestr(entry, inside if entry == name else old.read(entry))
        with pytest.raises(workbook.BadWorkbook):
            workbook.verdicts_on(out.getvalue())


def read_rows(*rows):
    return [one.row for one in workbook.verdicts_on(book(*rows))]


def test_the_rows_that_were_shown_are_written_each_with_its_entry(lawyer, regions):
    assert services.import_wages(actor=lawyer, rows=read_rows(row(), row("Kota Bekasi", amount=5_992_931))) == 2
    assert MinimumWage.objects.count() == 2
    assert Entry.objects.filter(action="rights.wage.entered").count() == 2
    assert Entry.objects.get(action="rights.wages.imported").count == 2


def test_nothing_is_written_when_the_table_changed_meanwhile(lawyer, regions):
    rows = read_rows(row(), row("Kota Bekasi", amount=5_992_931))
    enter(lawyer, regions["32.16"])
    with pytest.raises(Conflict):
        services.import_wages(actor=lawyer, rows=rows)
    assert MinimumWage.objects.count() == 1


def test_two_years_of_a_region_in_one_workbook_follow_each_other(lawyer, regions):
    services.import_wages(actor=lawyer, rows=read_rows(row(day="2027-01-01", amount=6_200_000), row()))
    assert list(MinimumWage.objects.values_list("until_day", flat=True)) == [date(2026, 12, 31), None]


# Pages


def upload(content, name="upah.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_workbook_is_judged_and_then_written(at_desk, regions):
    page = at_desk.post("/meja/aturan/upah-minimum/impor/", upload(book(row(), row("Atlantis"))))
    assert (page.status_code, MinimumWage.objects.count()) == (200, 0)
    assert "ditolak" in page.content.decode()
    signed = page.context["form"].initial["rows"]
    answer = at_desk.post("/meja/aturan/upah-minimum/impor/", {"rows": signed})
    assert (answer.status_code, answer.url, MinimumWage.objects.get().amount) == (302, "/meja/aturan/upah-minimum/", 5938885)
    again = at_desk.post("/meja/aturan/upah-minimum/impor/", {"rows": signed}, follow=True)
    assert "berubah sejak berkas diperiksa" in again.content.decode()


def test_rows_of_another_hand_are_not_taken(at_desk, regions, holder):

    signed = at_desk.post("/meja/aturan/upah-minimum/impor/", upload(book(row()))).context["form"].initial["rows"]
    other = "B" if signed[5] == "A" else "A"  # in the middle: the last letter of a signature may say nothing
    for value in (signed[:5] + other + signed[6:], "x"):
        assert "Unggah" in at_desk.post("/meja/aturan/upah-minimum/impor/", {"rows": value}, follow=True).content.decode()
    at_desk.force_login(holder("Budi", Role.ADMINISTRATOR))
    at_desk.post("/meja/aturan/upah-minimum/impor/", {"rows": signed})
    assert MinimumWage.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"bukan excel", b"%PDF-1.4"])
def test_what_is_no_workbook_is_refused_beside_the_field(at_desk, regions, content):
    assert at_desk.post("/meja/aturan/upah-minimum/impor/", upload(content)).status_code == 422


def test_the_template_is_taken_back(at_desk, regions):
    answer = at_desk.get("/meja/aturan/upah-minimum/contoh/")
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 2
    assert [one.what for one in workbook.verdicts_on(answer.content)] == ["new"]


def test_a_wage_is_typed_and_a_slip_put_right(at_desk, regions):
    address = "/meja/aturan/upah-minimum/32-16/"
    typed = {"from_day": "2026-01-01", "amount": "5.938.885", "decree": DECREE, "source": ""}
    assert at_desk.post(address, typed | {"amount": "12"}).status_code == 422
    assert at_desk.post(address, typed).status_code == 302
    assert at_desk.post(address, typed).status_code == 422
    wage = MinimumWage.objects.get()
    assert at_desk.post(f"{address}?betulkan={wage.pk}", typed | {"amount": "5.938.886"}).status_code == 302
    wage.refresh_from_db()
    assert wage.amount == 5_938_886
    assert "diisi di sini" in at_desk.get("/meja/aturan/upah-minimum/32/?tahun=2026").content.decode()


@pytest.mark.parametrize("slug", ["99", "32.16", "32-16-08", "x", "3216"])
def test_what_is_no_region_is_not_there(at_desk, regions, slug):
    assert at_desk.get(f"/meja/aturan/upah-minimum/{slug}/").status_code == 404


def test_the_list_asks_as_often_for_one_wage_as_for_three(at_desk, lawyer, regions):

    counts = []
    for code in ("32.16", "32.75", "32.10"):
        enter(lawyer, regions[code], 2_500_000)
        for address in ("/meja/aturan/upah-minimum/", "/meja/aturan/upah-minimum/32/"):
            at_desk.get(address)
            with CaptureQueriesContext(connection) as seen:
                at_desk.get(address)
            counts.append((address, len(seen)))
    assert len(set(counts)) == 2


@pytest.mark.django_db(transaction=True)
def test_the_law_is_remembered_until_something_is_entered(lawyer, regions):
    before = law()
    assert law() is before
    enter(lawyer, regions["32.16"])
    assert minimum_wage_of(law(), "32.16", NEW_YEAR).value == 5_938_885
    assert law() is law()
