"""Days off at the desk, and the deadline that moves with them."""

from __future__ import annotations

from datetime import date

import pytest

from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Conflict, Denied
from serikat.law import compute
from serikat.law.parameters import CALENDAR
from serikat.rights.models import DayOff
from serikat.rights.selectors import days as reads
from serikat.rights.selectors.held import law, shipped
from serikat.rights.services import days as services

pytestmark = pytest.mark.django_db
DECREE = "933 Tahun 2025"
ASKED = {"topic": "deadline", "step": "answer_to_anjuran", "from": "2026-05-11"}


def fill(lawyer, year=2026, days=None, source="https://contoh.go.id/skb"):
    proposed = reads.shipped_days(year) if days is None else days
    return services.fill_year(actor=lawyer, year=year, days=proposed, decree=DECREE, source=source)


def add(lawyer, on, kind="holiday", name="Hari pilkada", **more):
    words = {"name_id": name, "name_en": "", "estimated": False, "decree": "Keppres 10/2026", "source": ""}
    return services.add_day(actor=lawyer, on=on, kind=kind, **{**words, **more})


def due():
    answer = compute(law(), ASKED)
    return answer["due_safe"], answer["due_late"]


def test_a_year_taken_over_as_shipped_changes_no_deadline(lawyer):
    before = due()
    fill(lawyer)
    assert due() == before == ("2026-05-26", "2026-05-29")
    assert law().rule_versions["deadline"].startswith("1+")


def test_a_changed_holiday_moves_the_deadline(lawyer):
    fill(lawyer)
    add(lawyer, date(2026, 5, 20))
    assert due()[1] != "2026-05-29"
    services.remove_day(actor=lawyer, day=DayOff.objects.get(on="2026-05-20"))
    assert due() == ("2026-05-26", "2026-05-29")


def test_a_day_is_put_right_and_the_deadline_with_it(lawyer):
    fill(lawyer)
    day = add(lawyer, date(2026, 5, 20))
    values = {name: getattr(day, name) for name in ("kind", "name_id", "name_en", "estimated", "decree", "source")}
    services.correct_day(actor=lawyer, day=day, on=date(2026, 11, 25), **values)
    assert due() == ("2026-05-26", "2026-05-29")
    with pytest.raises(services.WrongYear):
        services.correct_day(actor=lawyer, day=day, on=date(2027, 5, 20), **values)
    with pytest.raises(services.DayStands):
        services.correct_day(actor=lawyer, day=day, on=date(2026, 1, 1), **values)


def test_a_year_is_the_shipped_one_again_when_its_last_day_is_taken_out(lawyer):
    fill(lawyer)
    for day in DayOff.objects.all():
        services.remove_day(actor=lawyer, day=day)
    assert law().rule_versions["deadline"] == shipped().rule_versions["deadline"]
    assert Entry.objects.filter(action="rights.day.removed").count() == len(reads.shipped_days(2026))


def test_a_year_is_never_begun_with_one_day(lawyer):
    with pytest.raises(services.YearMissing) as caught:
        add(lawyer, date(2026, 5, 20))
    assert (caught.value.field, DayOff.objects.count()) == ("on", 0)


def test_a_year_that_nobody_ships_is_held_once_it_is_filled(lawyer):
    asked = ASKED | {"from": "2028-02-07"}
    assert "error" in compute(law(), asked)
    fill(lawyer, 2028, reads.proposed_days(2028))
    answer = compute(law(), asked)
    assert "due_safe" in answer
    assert [value.since.year for value in law().held[CALENDAR.name]][-1] == 2028


def test_the_library_tells_leave_from_holidays_and_keeps_estimates():
    found = {day.on: day for day in reads.proposed_days(2027)}
    assert (found[date(2027, 3, 9)].kind, found[date(2027, 8, 17)].kind) == ("leave", "holiday")
    assert (found[date(2027, 3, 10)].estimated, found[date(2027, 8, 17)].estimated) == (True, False)
    assert "perkiraan" not in found[date(2027, 3, 10)].name_id
    assert "estimated" not in found[date(2027, 3, 10)].name_en
    assert all(day.name_id and day.name_en for day in found.values())
    assert list(found) == sorted(found)


def test_the_library_agrees_with_the_shipped_year():
    assert {day.on for day in reads.proposed_days(2026)} >= {
        day.on for day in reads.shipped_days(2026) if day.kind == "holiday"
    }


@pytest.mark.parametrize(("year", "days"), [(2026, []), (2019, None), (2027, "2026")])
def test_what_is_no_year_is_refused(lawyer, year, days):
    days = reads.shipped_days(2026) if days == "2026" else days
    with pytest.raises((services.NothingProposed, services.WrongYear)):
        fill(lawyer, year, days)


def test_a_year_is_taken_over_once(lawyer):
    fill(lawyer)
    with pytest.raises(Conflict):
        fill(lawyer)


def test_a_year_without_a_source_or_with_estimates_is_unverified(lawyer):
    fill(lawyer, source="")
    assert not law().on(CALENDAR, date(2026, 6, 1)).verified


def test_only_keepers_at_the_top_keep_the_calendar(branch_lawyer):
    for actor in (branch_lawyer, ANONYMOUS):
        with pytest.raises(Denied):
            fill(actor)


# Pages


def test_a_year_is_filled_put_right_and_emptied(at_desk):
    assert "bawaan aplikasi" in at_desk.get("/meja/aturan/hari-libur/?tahun=2026").content.decode()
    address = "/meja/aturan/hari-libur/isi/2026/?dari=bawaan"
    assert at_desk.post(address, {"decree": " "}).status_code == 422
    assert at_desk.post(address, {"decree": DECREE}).url == "/meja/aturan/hari-libur/?tahun=2026"
    assert at_desk.post(address, {"decree": DECREE}).status_code == 422
    typed = {"on": "2026-12-09", "kind": "holiday", "name_id": "Pilkada", "decree": "Keppres 10/2026"}
    assert at_desk.post("/meja/aturan/hari-libur/tambah/", typed).status_code == 302
    assert at_desk.post("/meja/aturan/hari-libur/tambah/", typed).status_code == 422
    day = DayOff.objects.get(on="2026-12-09")
    assert at_desk.post(f"/meja/aturan/hari-libur/{day.pk}/", typed | {"name_id": "Pilkada serentak"}).status_code == 302
    assert "Pilkada serentak" in at_desk.get("/meja/aturan/hari-libur/?tahun=2026").content.decode()
    assert at_desk.get(f"/meja/aturan/hari-libur/{day.pk}/hapus/").status_code == 405
    assert at_desk.post(f"/meja/aturan/hari-libur/{day.pk}/hapus/").status_code == 302
    assert not DayOff.objects.filter(on="2026-12-09").exists()


@pytest.mark.parametrize("address", ["isi/2019/", "isi/2099/", "987654321/"])
def test_what_is_not_there_is_not_there(at_desk, address):
    assert at_desk.get(f"/meja/aturan/hari-libur/{address}").status_code == 404
