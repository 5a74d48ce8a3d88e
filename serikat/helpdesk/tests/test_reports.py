"""Taking reports in: one is one, by whatever way; nothing of the story leaks; where it belongs and what is promised."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Entry, Value
from serikat.files.inspection import Checked
from serikat.helpdesk.models import AccessCode, Conversation, Report
from serikat.helpdesk.rules.access_codes import is_access_code
from serikat.helpdesk.rules.reports import MOST_PEOPLE, Verdict, read_people
from serikat.helpdesk.selectors import codes, inbox, reports
from serikat.helpdesk.services import codes as codes_services
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.services import reports as services
from serikat.helpdesk.tests.conftest import CONSOLE, region
from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.messaging.addresses import address_of
from serikat.messaging.models import Message, Purpose
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.queueing import queue_message
from serikat.messaging.services.routing import route_arrived
from serikat.people.models import Person
from serikat.places.models import Level

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def test_receive_report_gives_number_code_and_conversation(send, centre):
    report, code = send(secret="rahasia sekali")
    assert (report.number[:3], len(report.number), is_access_code(code)) == ("LP-", 13, True)
    assert (report.unit, report.state, report.anonymous) == (centre, "received", True)
    assert (report.conversation.channel.kind, report.conversation.address.value) == ("web", str(report.key))
    held = AccessCode.objects.get()
    assert (code in held.index, held.secret != "" and "rahasia" not in held.secret) == (False, True)
    assert codes.code_typed(f" {code[:4]}-{code[4:8]} {code[8:]} ").report == report


def test_a_report_that_nobody_wrote_about_fills_no_shelf_of_conversations(send, desk, centre):
    report, _code = send()
    assert [(row.name, shelf) for shelf in inbox.SHELVES for row in inbox_rows(desk, shelf)] == []
    codes_services.write_by_code(actor=ANONYMOUS, report=report, key=uuid.uuid4(), text="Ada kabar?")
    assert [(row.name, row.snippet) for row in inbox_rows(desk, "dijawab")] == [(report.number, "Ada kabar?")]
    assert inbox.address_shown(report.conversation) == ""


def inbox_rows(actor, shelf):
    route_arrived()
    return inbox.page_of(inbox.conversations_in_reach(actor).filter(inbox.shelf(actor, shelf))).rows


def test_receive_report_is_one_however_often_it_is_sent(send):
    key = uuid.uuid4()
    first, code = send(key=key)
    second, fresh = send(key=key)
    assert (first, Report.objects.count(), code != fresh) == (second, 1, True)
    with pytest.raises(Missing):  # the answer that got lost on the way told a code that opens nothing
        codes.code_typed(code)
    assert codes.code_typed(fresh).report == first
    AccessCode.objects.filter(ended_at=None).update(used_at=timezone.now())
    assert send(key=key) == (first, "")  # who used it has it


def test_the_trail_holds_no_word_of_the_story(send):
    _report, code = send(
        "Mandor bernama Gondrong memukul saya", against="PT Gelap", called="Sutiyem Wagirah", reach="0812 3456 7890"
    )
    words = " ".join(str(v.value) for v in Value.objects.all())
    assert [told in words for told in ("Gondrong", "Gelap", "Sutiyem", "7890", code, code[4:8])] == [False] * 6
    assert Entry.objects.filter(action="helpdesk.report.received").count() == 1


def test_no_report_is_refused_for_its_form(send):
    picture = Checked("foto.jpg", "image/jpeg", b"x", "0" * 64, ())
    for told in (
        {"story": "tolong"},
        {"story": "", "files": (picture,)},
        {"story": "", "where": "Gudang 3"},
        {"story": "🆘"},
    ):
        send(**told)
    assert Report.objects.count() == 4
    with pytest.raises(services.NothingTold) as refused:
        send(" \u200f\n ")
    assert refused.value.field == "story"


def test_strange_words_are_kept_and_cleaned(send):
    report, _code = send(
        "\u202eterbalik\u202c\0 👷🏽‍♀️ " + "a" * 200_000, happened="x" * 300, called="y\n" * 200, how_many=10**9
    )
    assert ("\u202e" in report.story, "\0" in report.story, "👷🏽‍♀️" in report.story) == (False, False, True)
    assert (len(report.happened), len(report.called) <= 120, report.how_many) == (80, True, 1_000_000)


def test_the_unit_is_that_of_the_place(send, centre, branch, bekasi, hongkong):

    village = region("32.16.08.2003", "Desa Karang", Level.VILLAGE, bekasi)
    assert [send(place=p)[0].unit for p in (bekasi, village, None)] == [branch, branch, centre]
    assert send(country=hongkong)[0].unit == centre


def test_a_promise_is_kept_by_the_clock_of_the_place(bekasi):
    papua = region("91.71", "Kota Jayapura", Level.REGENCY, region("91", "Papua", Level.PROVINCE))
    friday = datetime(2026, 11, 20, 17, 30, tzinfo=WIB)  # 19.30 in Jayapura, half an hour before its office closes

    assert reports.promise_for(friday, urgent=True, place=bekasi) == datetime(2026, 11, 20, 19, 30, tzinfo=WIB)
    assert reports.promise_for(friday, urgent=True, place=papua) == datetime(
        2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Jayapura")
    )
    assert reports.promise_for(friday, urgent=False) == datetime(2026, 11, 23, 17, 30, tzinfo=WIB)


def test_what_is_urgent_is_promised_sooner(send):
    calm, _c = send()
    urgent, _c = send(need="urgent")
    assert urgent.promised_at < calm.promised_at


def test_a_protected_report_shows_its_alias(send):
    report, _code = send(called="Sutiyem", alias="Melati", protections=("child", "nonsense"))
    assert (report.protections, report.shows_alias, report.is_careful) == (["child"], True, True)


# The desk


def test_the_desk_sees_the_reports_of_its_units(send, desk, holder, east, bekasi, branch):
    report, _code = send(place=bekasi)
    stranger = actor_of(holder("Wati", east))
    assert [r.pk for r in reports.on_shelf(desk, "baru")] == [report.pk]
    assert list(reports.on_shelf(stranger, "semua")) == []
    with pytest.raises(Missing):
        reports.report_for(stranger, report.pk)
    with pytest.raises(Denied):
        handling.move_report(actor=stranger, report=report, state="closed", words="x")


def test_shelves_show_what_they_say(send, desk):
    calm, _c = send()
    urgent, _c = send(need="urgent")
    late, _c = send()
    Report.objects.filter(pk=late.pk).update(promised_at=timezone.now() - timedelta(hours=1))
    handling.take_on_report(actor=desk, report=calm)
    found = {name: {r.pk for r in reports.on_shelf(desk, name)} for name in reports.SHELVES}
    assert found == {
        "baru": {urgent.pk, late.pk}, "mendesak": {urgent.pk}, "saya": {calm.pk}, "lewat": {late.pk},
        "semua": {calm.pk, urgent.pk, late.pk},
    }  # fmt: skip


def test_a_long_shelf_is_walked_page_by_page(send, desk, monkeypatch):
    made = [send(f"Cerita {n}")[0].pk for n in range(5)]
    soonest = send("Mendesak", need="urgent")[0].pk
    monkeypatch.setattr(reports, "PAGE", 2)

    def walked(shelf):
        seen, after = [], 0
        while True:
            rows, after = reports.page_of(reports.on_shelf(desk, shelf), after)
            seen += [r.pk for r in rows]
            if not after:
                return seen

    assert (walked("baru"), walked("semua")) == ([soonest, *made], [soonest, *made[::-1]])


def test_a_report_moves_with_words_for_who_reported(send, desk):
    report, _code = send()
    handling.take_on_report(actor=desk, report=report)
    assert (report.state, report.assigned_to_id) == ("read", desk.user_id)
    for state, words in (("theirs", ""), ("closed", " "), ("read", ""), ("lost", "x")):
        with pytest.raises(Refused):
            handling.move_report(actor=desk, report=report, state=state, words=words)
    handling.move_report(actor=desk, report=report, state="theirs", words="Boleh kirim slip upahnya?")
    assert (report.state, report.told, report.first_answer_at is not None) == ("theirs", "Boleh kirim slip upahnya?", True)
    handling.move_report(actor=desk, report=report, state="closed", words="Upah dibayar.")
    assert [(s.state, s.words) for s in report.steps.all()] == [
        ("received", ""), ("read", ""), ("theirs", "Boleh kirim slip upahnya?"), ("closed", "Upah dibayar."),
    ]  # fmt: skip


def test_guarding_goes_up_at_the_desk_and_down_by_a_paralegal(send, desk, paralegal):
    report, _code = send(called="Sutiyem")
    with pytest.raises(handling.AliasNeeded):
        handling.guard_report(actor=desk, report=report, threat_level="high")
    handling.guard_report(actor=desk, report=report, threat_level="high", alias="Melati")
    assert (report.shows_alias, report.alias) == (True, "Melati")
    with pytest.raises(handling.Unguarding):
        handling.guard_report(actor=desk, report=report, threat_level="none")
    handling.guard_report(actor=paralegal, report=report, threat_level="careful")
    assert report.threat_level == "careful"


def test_a_person_is_made_of_a_report_with_its_protection(send, desk):
    report, _code = send(called="Sutiyem Wagirah", alias="Melati", threat_level="high")
    person = handling.make_person_of_report(actor=desk, report=report)
    report.refresh_from_db()
    assert (report.person, report.called, person.threat_level) == (person, "", "high")
    assert Person.objects.get(pk=person.pk).shown_as == "Melati"
    with pytest.raises(handling.HasPerson):
        handling.make_person_of_report(actor=desk, report=report)


def test_assigning_tells_the_colleague_without_a_word_of_it(send, desk, paralegal, centre):

    report, _code = send("Rahasia besar")
    colleague = next(u for u in reports.colleagues(report) if u.pk == paralegal.user_id)
    handling.assign_report(actor=desk, report=report, colleague=colleague)
    notice = Notice.objects.get()
    assert (report.number in notice.text, "Rahasia" in notice.text, notice.user) == (True, False, colleague)


# From a conversation, of many people


def test_a_report_is_made_of_a_conversation_in_one_click(desk, centre, arrives, provider):

    sms = add_channel(actor=CONSOLE, unit=centre, kind="told", name="SMS", values={"folder": "x", "password": "y"})
    for n, words in enumerate(("Pak, saya mau cerita", "Paspor saya ditahan majikan")):
        arrives(sms, words, provider_id=f"m{n}")
    address = Message.objects.first().address
    now = timezone.now()
    conversation = Conversation.objects.create(channel=sms, address=address, unit=centre, last_at=now, began_at=now)
    taken = services.report_from_conversation(actor=desk, conversation=conversation)
    assert taken.report.story == "Pak, saya mau cerita\n\nPaspor saya ditahan majikan"
    assert (taken.report.conversation, taken.report.way) == (conversation, "message")
    again = services.report_from_conversation(actor=desk, conversation=conversation)
    assert (again.report, Report.objects.count()) == (taken.report, 1)


def test_a_report_tells_all_of_an_exchange_across_our_words_and_nothing_older(desk, centre, arrives, provider):
    sms = add_channel(actor=CONSOLE, unit=centre, kind="told", name="SMS", values={"folder": "x", "password": "y"})
    told = ("Terima kasih untuk Agustus", "Upah kami belum dibayar", "Ini slipnya")
    came = [arrives(sms, words, provider_id=f"m{n}")[0] for n, words in enumerate(told)]
    now, address = timezone.now(), came[0].address
    for message, ago in zip(came, (timedelta(days=60), timedelta(hours=50), timedelta(0)), strict=True):
        Message.objects.filter(pk=message.pk).update(at=now - ago)
    conversation = Conversation.objects.create(channel=sms, address=address, unit=centre, last_at=now, began_at=now)
    queue_message(actor=desk, channel=sms, address=address, text="Ada slipnya?", purpose=Purpose.REPLY, answers=came[1])
    arrives(sms, "Tolong ya Pak", provider_id="m9")
    first = services.report_from_conversation(actor=desk, conversation=conversation).report
    assert first.story == "Upah kami belum dibayar\n\nIni slipnya\n\nTolong ya Pak"
    handling.move_report(actor=desk, report=first, state="closed", words="Sudah dibayar.")
    arrives(sms, "Sekarang lembur", provider_id="m10")
    second = services.report_from_conversation(actor=desk, conversation=conversation).report
    assert (second.story, second == first) == ("Sekarang lembur", False)


def number_of(typed):
    return address_of("number", typed)


def test_a_list_out_of_a_spreadsheet_brings_its_numbers_and_headings_along():
    typed = (
        "No\tNama\tNo. HP\n1\tSiti\t0812 3456 7801\n2;Budi;0812 3456 7802\n3 Wati 0812 3456 7803\n4.Sari, 0812 3456 7804\n"
        "62 812 3456 7805\n100 orang lain\nNama"
    )
    found = read_people(typed, number_of)
    assert [(one.name, one.verdict) for one in found] == [
        ("No ; Nama ; No. HP", Verdict.HEADING), ("Siti", Verdict.FINE), ("Budi", Verdict.FINE), ("Wati", Verdict.FINE),
        ("Sari", Verdict.FINE), ("", Verdict.NO_NAME), ("100 orang lain", Verdict.NO_NUMBER), ("Nama", Verdict.NO_NUMBER),
    ]  # fmt: skip
    assert [one.kept for one in found] == [False, *[True] * 7]


def test_a_list_of_people_is_read_with_a_verdict_for_each_line():
    typed = "1. Sari, 0812-3456-7890, lini 3\nBudi\tTjahja\t08123456\n\n- Ani\nSari; +62 812 3456 7890\n0813 1111 2222\nJoko 081399998888\nRini, 12ab3456cd78"
    found = read_people(typed, number_of)
    assert [(one.line, one.name, one.number, one.verdict) for one in found] == [
        (1, "Sari", "+6281234567890", Verdict.FINE),
        (2, "Budi", number_of("08123456") or "08123456", Verdict.FINE if number_of("08123456") else Verdict.ODD_NUMBER),
        (4, "Ani", "", Verdict.NO_NUMBER),
        (5, "Sari", "+6281234567890", Verdict.TWICE),
        (6, "", "+6281311112222", Verdict.NO_NAME),
        (7, "Joko", "+6281399998888", Verdict.FINE),
        (8, "Rini", "12ab3456cd78", Verdict.ODD_NUMBER),
    ]
    assert found[0].note == "lini 3"


def test_a_line_that_begins_with_a_comma_has_no_name_and_a_shared_number_is_said():
    found = read_people(", 0812 0000 0605\nSari, 0813 1111 2222\nBudi, 0813-1111-2222\n;; |", number_of)
    assert [(one.name, one.number, one.verdict, one.same_as) for one in found] == [
        ("", "+6281200000605", Verdict.NO_NAME, 0),
        ("Sari", "+6281311112222", Verdict.FINE, 0),
        ("Budi", "+6281311112222", Verdict.SAME_NUMBER, 2),
    ]
    assert all(one.kept for one in found)


def test_a_group_without_a_story_is_told_so_before_and_after(client, tini):
    client.force_login(tini)
    people = "Sari, 0813 1111 2222\nBudi, 0813-1111-2222"
    page = client.post("/meja/laporan/kelompok/", {"people": people}).content.decode()
    assert ("nomornya sama dengan baris 1" in page, "Belum ada satu kata cerita" in page) == (True, True)
    page = client.post("/meja/laporan/kelompok/", {"people": people, "story": "Upah ditahan"}).content.decode()
    assert "Belum ada satu kata cerita" not in page
    client.post("/meja/laporan/kelompok/", {"people": people, "simpan": "1"})
    page = client.get(f"/meja/laporan/{Report.objects.get().pk}/").content.decode()
    assert ("hanya daftar orang" in page, "Lihat berkas atau percakapannya" in page) == (True, False)


def test_two_thousand_people_are_one_report(desk, centre):
    lines = read_people("\n".join(f"Orang {n}, 0812{n:08d}" for n in range(MOST_PEOPLE + 3)), number_of)
    assert [one.verdict for one in lines[-4:]] == [Verdict.FINE, *[Verdict.TOO_MANY] * 3]
    taken = services.receive_report(actor=desk, key=uuid.uuid4(), told=services.Told(people=lines), way="visit")
    assert (taken.report.people.count(), taken.report.how_many, AccessCode.objects.count()) == (MOST_PEOPLE, MOST_PEOPLE, 1)


def test_anybody_may_send_and_only_the_desk_may_read(send, centre, holder):
    report, _code = send()
    for actor in (ANONYMOUS, actor_of(holder("Redi", centre, Role.EDITOR))):
        with pytest.raises(Missing):
            reports.report_for(actor, report.pk)
