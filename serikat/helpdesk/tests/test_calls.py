"""Calls and visitors: rings as phone systems tell them, the screen of a call, its end, call-backs, who sees what, figures, forgetting."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from serikat.accounts.models import Notice, User
from serikat.audit.models import Entry
from serikat.helpdesk import call_ways
from serikat.helpdesk.holding.calls import _copy, _erase
from serikat.helpdesk.models import Call, Conversation, PhoneLine, Report
from serikat.helpdesk.rules import calls as rules
from serikat.helpdesk.selectors import call_figures
from serikat.helpdesk.selectors import calls as reads
from serikat.helpdesk.services import calls, phone_lines, ringing
from serikat.kernel.access import Role
from serikat.kernel.errors import Denied, Missing
from serikat.kernel.forgetting import Forgetting
from serikat.messaging.models import Address
from serikat.messaging.tests.conftest import CONSOLE, centre, provider, sms  # noqa: F401
from serikat.people.tests.factories import make_actor, make_person, make_unit

WAYS = (
    "081234567890", "0812-3456-7890", "0812 3456 7890", "+6281234567890", "6281234567890", "+62 812-3456-7890",
    "(0812) 3456.7890", '"Budi" <081234567890>', "sip:+6281234567890@gerbang", "006281234567890", "tel:+62-812-3456-7890",
    " 6281234567890",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def operator(centre):  # noqa: F811
    return make_actor(Role.OPERATOR, unit=centre)


@pytest.fixture
def line(centre):  # noqa: F811
    made, key = phone_lines.add_line(actor=CONSOLE, unit=centre, name="Telepon kantor")
    made.secret = key
    return made


def browser_of(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def ring(line, number="0812 3456 7890", **more):
    return Client().get(f"/sambung/telepon/{line.secret}/", {"dari": number, **more})


def older(call, **ago):
    at = timezone.now() - timedelta(**ago)
    Call.objects.filter(pk=call.pk).update(began_at=at, rang_at=at)


# Who rings


def test_a_number_written_ten_ways_is_one_caller(line):
    for number in WAYS:
        assert ring(line, number).status_code == 200
    call = Call.objects.get()
    assert (call.address.value, call.rings) == ("+6281234567890", len(WAYS))


@pytest.mark.parametrize(
    "number", ["", "anonymous", "Private", "<unknown>", "sip:anonymous@x", "bukan nomor", "\x00\x01", "9" * 5000]
)
def test_a_withheld_or_unreadable_number_rings_without_a_number(line, number):
    assert ring(line, number).content == b"ok\n"
    assert Call.objects.get().address is None


def test_a_wrong_key_is_told_nothing_and_slowed(line):
    client = Client()
    for _try in range(10):
        assert client.get("/sambung/telepon/salah/", {"dari": "0812"}).status_code == 404
    assert client.get("/sambung/telepon/salah/").status_code == 429
    assert ring(line).status_code == 429
    assert Call.objects.count() == 0


def test_a_call_told_again_by_its_id_is_one_call(line):
    for _time in range(3):
        assert ring(line, "", id="171.5").content == b"ok\n"
    assert Call.objects.get().rings == 1
    ring(line, "", id="171.6")
    assert Call.objects.count() == 2


def test_it_rings_by_post_and_with_other_names(line):
    answer = Client(enforce_csrf_checks=True).post(
        f"/sambung/telepon/{line.secret}/", {"callerid": "0812 3456 7890", "uniqueid": "a"}
    )
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert Call.objects.get().address.value == "+6281234567890"


def test_a_caller_who_gave_up_is_to_be_called_back_and_rings_again_as_the_same(line):
    ring(line, id="a")
    ring(line, id="a", keadaan="selesai")
    call = Call.objects.get()
    assert (call.direction, call.call_back_at is not None) == ("missed", True)
    ring(line, id="b")
    call.refresh_from_db()
    assert (call.direction, call.rings, call.ended_at, call.call_back_at) == ("in", 2, None, None)


def test_a_ring_of_which_nothing_more_is_heard_is_missed(line, operator):
    ring(line)
    call = Call.objects.get()
    assert [one.pk for one in reads.ringing(operator)] == [call.pk]
    older(call, minutes=4)
    assert list(reads.ringing(operator)) == []
    assert ringing.end_old_rings() == 1
    call.refresh_from_db()
    assert call.direction == "missed"
    assert reads.call_backs_due(operator) == 1


def test_a_flood_is_slowed_and_counted(line):
    for n in range(rules.MOST_A_MINUTE):
        assert ring(line, f"0812 3400 {n:04d}").status_code == 200
    assert ring(line, "0813 9999 9999").status_code == 429
    assert Call.objects.count() == rules.MOST_A_MINUTE
    assert PhoneLine.objects.get().slowed == 1
    assert Entry.objects.filter(action="helpdesk.call.rang").count() == rules.MOST_A_MINUTE
    assert ring(line, "0812 3400 0001").status_code == 200


def test_who_is_on_duty_is_told_once_in_a_while_and_without_the_number(line, operator):
    ring(line, "0812 3456 0001")
    assert Notice.objects.count() == 0
    calls.change_duty(actor=operator, on_duty=True)
    ring(line, "0812 3456 0002")
    ring(line, "0812 3456 0003")
    notice = Notice.objects.get()
    assert (notice.user_id, notice.text, notice.link) == (operator.user_id, "Ada telepon masuk.", "/meja/telepon/")


def test_a_renewed_address_ends_the_old_one_and_the_key_is_not_kept(line, centre):  # noqa: F811
    administrator = make_actor(Role.ADMINISTRATOR, unit=centre)
    fresh = phone_lines.renew_line_key(actor=administrator, line=line)
    assert ring(line).status_code == 404
    assert Client().get(f"/sambung/telepon/{fresh}/").content == b"ok\n"
    assert fresh not in str(PhoneLine.objects.values())


# The screen


def test_the_list_shows_who_rings_and_a_hand_takes_it(line, operator, centre):  # noqa: F811
    ring(line)
    browser, call = browser_of(operator), Call.objects.get()
    assert "+6281234567890" in browser.get("/meja/telepon/").content.decode()
    assert "+6281234567890" in browser.get("/meja/telepon/?bagian=1").content.decode()
    assert browser.post("/meja/telepon/angkat/").url == f"/meja/telepon/{call.pk}/"
    assert browser.post(f"/meja/telepon/{call.pk}/angkat/").url == f"/meja/telepon/{call.pk}/"
    call.refresh_from_db()
    assert call.operator_id == operator.user_id
    with pytest.raises(calls.TakenMeanwhile):
        calls.take_call(actor=make_actor(Role.OPERATOR, unit=centre), call=call)


def test_a_protected_person_shows_by_alias_and_mask_alone(line, operator, centre):  # noqa: F811
    make_person(centre, "Wagiyem Larasati", alias="Melati", phone="0812 3456 7890", threat_level="high")
    ring(line)
    browser, call = browser_of(operator), Call.objects.get()
    calls.take_call(actor=operator, call=call)
    calls.close_call(actor=operator, call=call, outcome="back", call_back_at=timezone.now() + timedelta(hours=1))
    for address in ("", "kembali/", f"{call.pk}/"):
        words = browser.get(f"/meja/telepon/{address}").content.decode()
        assert "Melati" in words
        assert ("Wagiyem" in words, "+6281234567890" in words) == (False, False)
    browser.post("/meja/telepon/nomor/", {"number": "081234567890"})
    words = browser.get("/meja/telepon/nomor/").content.decode()
    assert ("Melati" in words, "+6281234567890" in words) == (True, False)
    shown = browser.post(f"/meja/telepon/{call.pk}/nomor/").content.decode()
    assert "+6281234567890" in shown
    assert Entry.objects.filter(action="helpdesk.call.number_shown").count() == 1


def test_what_is_open_for_the_number_stands_on_the_screen(sms, line, operator, centre):  # noqa: F811
    ring(line)
    call = Call.objects.get()
    now = timezone.now()
    talk = Conversation.objects.create(channel=sms, address=call.address, unit=centre, last_at=now, began_at=now)
    for number, state in (("L-1", "read"), ("L-2", "closed")):
        Report.objects.create(
            number=number, key=uuid.uuid4(), unit=centre, way="phone", state=state, conversation=talk, received_at=now
        )
    words = browser_of(operator).get(f"/meja/telepon/{call.pk}/").content.decode()
    assert ("Laporan L-1" in words, "Laporan L-2" in words, "Percakapan di SMS" in words) == (True, False, True)


def test_a_typed_number_stands_in_no_address(operator):
    browser = browser_of(operator)
    answer = browser.post("/meja/telepon/nomor/", {"number": "0812-3456-7890"})
    assert answer.url == "/meja/telepon/nomor/"
    assert "+6281234567890" in browser.get(answer.url).content.decode()
    key = uuid.uuid4()
    for _time in range(2):
        begun = browser.post("/meja/telepon/mulai/", {"nomor": "ya", "arah": "out", "key": key})
    call = Call.objects.get()
    assert (begun.url, call.direction, call.address.value) == (f"/meja/telepon/{call.pk}/", "out", "+6281234567890")
    assert 'href="tel:+6281234567890"' in browser.get(begun.url).content.decode()


def test_a_number_that_is_none_is_told_beside_its_field(operator):
    answer = browser_of(operator).post("/meja/telepon/nomor/", {"number": "halo"})
    assert answer.status_code == 422
    assert "Nomor ini tidak dapat dibaca" in answer.content.decode()


def test_ways_onward_are_offered(operator, line, monkeypatch):
    monkeypatch.setattr(call_ways, "_ways", [])
    call_ways.way_from_call(lambda actor, call: call_ways.Way("Buat laporan", "/meja/laporan/telepon/", "doc"))
    ring(line)
    browser, call = browser_of(operator), Call.objects.get()
    assert "Lanjutkan" not in browser.get(f"/meja/telepon/{call.pk}/").content.decode()  # nobody has spoken with them yet
    calls.take_call(actor=operator, call=call)
    html = browser.get(f"/meja/telepon/{call.pk}/").content.decode()
    for button in ('name="lanjut" value="/meja/laporan/telepon/"', 'name="lakukan" value="catat"'):
        assert f"{button} formnovalidate" in html  # no outcome is asked for yet
    for asked, leads in (
        ("/meja/laporan/telepon/", "/meja/laporan/telepon/"),
        ("https://lain.id/", f"/meja/telepon/{call.pk}/"),
    ):
        answer = browser.post(f"/meja/telepon/{call.pk}/tutup/", {"notes": "Upah belum dibayar", "lanjut": asked})
        call.refresh_from_db()
        assert (answer.url, call.notes, call.ended_at) == (leads, "Upah belum dibayar", None)


# Its end


def test_notes_are_kept_while_typing_and_never_over_a_closed_call(line, operator):
    ring(line)
    browser, call = browser_of(operator), Call.objects.get()
    calls.take_call(actor=operator, call=call)
    assert browser.post(f"/meja/telepon/{call.pk}/ketikan/", {"notes": "Upah Mei belum"}).status_code == 200
    call.refresh_from_db()
    assert call.notes == "Upah Mei belum"
    calls.close_call(actor=operator, call=call, outcome="answered", notes="Upah Mei belum dibayar")
    browser.post(f"/meja/telepon/{call.pk}/ketikan/", {"notes": ""})
    call.refresh_from_db()
    assert call.notes == "Upah Mei belum dibayar"


def test_closing_without_an_outcome_keeps_what_was_typed(line, operator):
    ring(line)
    browser, call = browser_of(operator), Call.objects.get()
    calls.take_call(actor=operator, call=call)
    address = f"/meja/telepon/{call.pk}/tutup/"
    answer = browser.post(address, {"notes": "Lembur tidak dibayar"})
    assert answer.status_code == 422
    assert "Lembur tidak dibayar" in answer.content.decode()
    answer = browser.post(address, {"notes": "x", "outcome": "back", "call_back_at_0": "", "call_back_at_1": ""})
    assert (answer.status_code, "Isi kapan mereka dihubungi lagi." in answer.content.decode()) == (422, True)
    assert browser.post(address, {"notes": "x", "outcome": "answered", "topic": "wages"}).status_code == 302
    call.refresh_from_db()
    assert (call.outcome, call.topic, call.ended_at is not None) == ("answered", "wages", True)


def test_who_was_spoken_with_needs_no_call_back_for_the_ring_in_vain(line, operator):
    ring(line, id="a")
    ring(line, id="a", state="hangup")
    missed = Call.objects.get()
    back = calls.begin_call(
        actor=operator, unit=missed.unit, key=uuid.uuid4(), address=missed.address, direction="out", after=missed
    )
    assert reads.call_backs_due(operator) == 1
    calls.close_call(actor=operator, call=back, outcome="silent")
    assert reads.call_backs_due(operator) == 1
    calls.close_call(actor=operator, call=back, outcome="answered")
    assert reads.call_backs_due(operator) == 0


def test_a_new_promise_to_call_takes_the_place_of_the_earlier_one(line, operator):
    soon, later = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(days=1)
    address = calls.number_typed(text="0812 3456 7890")
    about = {"actor": operator, "unit": line.unit, "address": address, "direction": "in"}
    first, second, third = (calls.begin_call(key=uuid.uuid4(), **about) for _n in range(3))
    calls.close_call(actor=operator, call=first, outcome="back", call_back_at=soon)
    calls.close_call(actor=operator, call=second, outcome="answered")
    assert list(reads.call_backs(operator)) == [first]
    calls.close_call(actor=operator, call=third, outcome="back", call_back_at=later)
    assert list(reads.call_backs(operator)) == [third]


def test_the_wall_leads_everybody_to_where_they_may_go(line, operator, centre):  # noqa: F811
    chair = make_actor(Role.CHAIR, unit=centre)
    assert 'href="/meja/telepon/"' in browser_of(operator).get("/meja/telepon/papan/").content.decode()
    page = browser_of(chair).get("/meja/telepon/papan/").content.decode()
    assert ('href="/meja/telepon/"' in page, 'href="/meja/telepon/angka/"' in page) == (False, True)
    assert 'href="/meja/telepon/papan/"' in browser_of(chair).get("/meja/telepon/angka/").content.decode()


def test_a_call_back_is_moved_and_settled_once(line, operator):
    ring(line, id="a")
    ring(line, id="a", state="hangup")
    browser, call = browser_of(operator), Call.objects.get()
    past = browser.post(f"/meja/telepon/{call.pk}/geser/", {"call_back_at_0": "2020-01-01", "call_back_at_1": "10:00"})
    assert (past.status_code, "Waktu ini sudah lewat." in past.content.decode()) == (422, True)
    later = timezone.localtime() + timedelta(days=1)
    browser.post(f"/meja/telepon/{call.pk}/geser/", {"call_back_at_0": f"{later:%Y-%m-%d}", "call_back_at_1": "10:00"})
    assert reads.call_backs_due(operator) == 0
    browser.post(f"/meja/telepon/{call.pk}/selesai/")
    with pytest.raises(calls.ClosedMeanwhile):
        calls.settle_call_back(actor=operator, call=call)


def test_a_guard_is_only_raised_and_carried_to_the_next_call(line, operator):
    ring(line)
    call = Call.objects.get()
    calls.guard_call(actor=operator, call=call, threat_level="high", protections=["child"], alias="Kenari")
    call.refresh_from_db()
    with pytest.raises(calls.LessSafe):
        calls.guard_call(actor=operator, call=call, threat_level="none", protections=["child"])
    older(call, hours=1)
    ring(line)
    fresh = Call.objects.latest("pk")
    assert (fresh.pk != call.pk, fresh.alias, fresh.shows_alias) == (True, "Kenari", True)


def test_a_report_is_linked(line, operator, centre):  # noqa: F811
    ring(line)
    call = calls.take_call(actor=operator, call=Call.objects.get())
    report = Report.objects.create(number="L-9", key=uuid.uuid4(), unit=centre, way="phone", received_at=timezone.now())
    calls.link_report(actor=operator, call=call, report=report)
    call.refresh_from_db()
    assert (call.report, call.outcome) == (report, "reported")


# Visitors, and who sees what


def test_a_visitor_sent_twice_is_one_and_stands_with_who_saw_them(operator, centre):  # noqa: F811
    paralegal = make_actor(Role.PARALEGAL, unit=centre)
    browser, key = browser_of(operator), uuid.uuid4()
    for _time in range(2):
        answer = browser.post(
            "/meja/telepon/tamu/", {"called": "Bu Tin", "topic": "dismissal", "seen_by": paralegal.user_id, "key": key}
        )
        assert answer.status_code == 302
    visit = Call.objects.get()
    assert (visit.way, visit.operator_id, visit.called) == ("visit", paralegal.user_id, "Bu Tin")
    assert browser.post("/meja/telepon/tamu/", {"key": uuid.uuid4()}).status_code == 422


def test_a_paralegal_reads_their_own_alone(line, operator, centre):  # noqa: F811
    paralegal = make_actor(Role.PARALEGAL, unit=centre)
    own = calls.receive_visitor(actor=paralegal, unit=centre, key=uuid.uuid4(), called="Bu Tin")
    ring(line)
    other = Call.objects.exclude(pk=own.pk).get()
    assert reads.call_for(paralegal, own.pk) == own
    with pytest.raises(Missing):
        reads.call_for(paralegal, other.pk)
    with pytest.raises(Denied):
        calls.take_call(actor=paralegal, call=other)
    calls.close_call(actor=paralegal, call=own, outcome="answered")


def test_an_operator_of_another_unit_sees_nothing(line, centre):  # noqa: F811
    ring(line)
    elsewhere = make_actor(Role.OPERATOR, unit=make_unit(centre))
    assert list(reads.ringing(elsewhere)) == []
    with pytest.raises(Denied):
        calls.take_call(actor=elsewhere, call=Call.objects.get())


# Figures


def test_the_wall_shows_numbers_and_nobody(line, operator, centre):  # noqa: F811
    make_person(centre, "Dadang Wirya", phone="0812 3456 7890")
    ring(line)
    calls.take_call(actor=operator, call=Call.objects.get())
    ring(line, "0812 3456 0002", id="b")
    ring(line, "0812 3456 0002", id="b", state="selesai")
    ring(line, "0812 3456 0003")
    found = call_figures.today(operator)
    assert (found.ringing, found.came, found.share, found.missed, found.backs) == (1, 3, 50, 1, 1)
    answer = browser_of(operator).get("/meja/telepon/papan/")
    words = answer.content.decode()
    assert ("Dadang" in words, "+62812" in words, 'hx-trigger="every 20s"' in words) == (False, False, True)


def test_figures_by_day_and_operator_come_as_a_workbook(line, operator, centre):  # noqa: F811
    User.objects.filter(pk=operator.user_id).update(name="=Sri()")
    ring(line)
    call = calls.take_call(actor=operator, call=Call.objects.get())
    calls.close_call(actor=operator, call=call, outcome="reported")
    calls.receive_visitor(actor=operator, unit=centre, key=uuid.uuid4(), called="Bu Tin")
    (row,) = call_figures.figures(operator, timezone.localdate(), timezone.localdate())
    assert (row.came, row.taken, row.visitors, row.reports, row.waited) == (1, 1, 1, 1, "0:00")
    browser = browser_of(operator)
    assert browser.get("/meja/telepon/angka/").status_code == 200
    assert browser.get("/meja/telepon/angka/?since=x&until=y").status_code == 422
    sheet = load_workbook(io.BytesIO(browser.get("/meja/telepon/angka/unduh/").content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["C2"].value) == ("=Sri()", "s", 1)


def test_figures_are_summed_by_day_and_all_together_without_who_rings_now(line, operator, centre):  # noqa: F811
    other = make_actor(Role.OPERATOR, unit=centre)
    for number, actor in (("0812 3456 0001", operator), ("0812 3456 0002", other), ("0812 3456 0003", operator)):
        ring(line, number, id=number[-4:])
        call = calls.take_call(actor=actor, call=Call.objects.latest("pk"))
        Call.objects.filter(pk=call.pk).update(answered_at=F("rang_at") + timedelta(seconds=30 if actor is operator else 90))
        calls.close_call(actor=actor, call=call, outcome="answered")
    Call.objects.filter(operator_id=other.user_id).update(began_at=timezone.now() - timedelta(days=1))
    ring(line, "0812 3456 0009", id="now")
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    days, together = call_figures.totals(operator, yesterday, today)
    assert {day: (one.came, one.taken, one.waited) for day, one in days.items()} == {
        today: (2, 2, "0:30"), yesterday: (1, 1, "1:30"),
    }  # fmt: skip
    assert (together.came, together.taken, together.waited) == (3, 3, "0:50")
    words = browser_of(operator).get("/meja/telepon/angka/").content.decode()
    assert ("<span>Semua</span>" in words, ">Jumlah</th>" in words) == (False, True)  # a line that is alone is its day's sum
    Call.objects.filter(operator_id=other.user_id).update(began_at=timezone.now())
    assert "<span>Semua</span>" in browser_of(operator).get("/meja/telepon/angka/").content.decode()


def test_pages_ask_the_same_with_one_and_three_calls(line, operator, sms, centre):  # noqa: F811
    browser = browser_of(operator)

    def asked():
        counts = []
        for address in ("", "kembali/", "tamu/", "papan/", "angka/"):
            with CaptureQueriesContext(connection) as found:
                assert browser.get(f"/meja/telepon/{address}").status_code == 200
            counts.append(len(found))
        return counts

    def more(n):
        ring(line, f"0812 3456 000{n}")
        ring(line, f"0812 3456 100{n}", id=f"b{n}")
        ring(line, f"0812 3456 100{n}", id=f"b{n}", state="selesai")
        calls.receive_visitor(actor=operator, unit=centre, key=uuid.uuid4(), called="Bu Tin")
        done = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=None, direction="in")
        calls.close_call(actor=operator, call=done, outcome="answered")

    more(0)
    asked()
    one = asked()
    more(1)
    more(2)
    assert asked() == one


# Forgetting


def test_a_forgotten_person_is_gone_from_calls(line, operator, centre):  # noqa: F811
    person = make_person(centre, "Dadang Wirya Sukmana", phone="0812 3456 7890")
    ring(line)
    call = calls.take_call(actor=operator, call=Call.objects.get())
    calls.close_call(actor=operator, call=call, outcome="answered", notes="Bicara lama", called="Dadang Wirya Sukmana")
    other = calls.receive_visitor(
        actor=operator, unit=centre, key=uuid.uuid4(), called="Bu Tin", notes="Teman Dadang Wirya Sukmana, 0812 3456 7890"
    )
    subjects = frozenset({person.subject})
    assert _copy(subjects)["telepon dan kunjungan"][0]["catatan"] == "Bicara lama"
    needles = ("Dadang Wirya Sukmana", "+6281234567890", "0812 3456 7890")
    assert _erase(Forgetting(subjects, needles=needles)) == 2
    call.refresh_from_db()
    other.refresh_from_db()
    assert (call.person, call.address, call.notes, call.called) == (None, None, "", "")
    assert ("Dadang" in other.notes, "0812 3456" in other.notes, other.called) == (False, False, "Bu Tin")
    assert Address.objects.count() == 1


@pytest.mark.parametrize("typed", ["0812", "112", "14041"])
def test_a_short_number_is_nobodys_to_call_and_rings_all_the_same(line, operator, typed):
    with pytest.raises(calls.NoNumber):
        calls.number_typed(text=typed)
    assert ring(line, typed) is not None
    assert str(Call.objects.get().address.value) == typed
