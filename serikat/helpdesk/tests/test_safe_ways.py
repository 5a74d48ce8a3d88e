"""How somebody said that it is safe to reach them, beside every number where one calls or writes; who calls has read it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.helpdesk.models import Call, Conversation
from serikat.helpdesk.selectors.callers import safe_of
from serikat.helpdesk.services import calls
from serikat.helpdesk.tests.consulting import asked
from serikat.helpdesk.tests.test_calls import browser_of
from serikat.kernel.access import Role
from serikat.messaging.tests.conftest import CONSOLE, centre, sms  # noqa: F401
from serikat.people.services import contacts
from serikat.people.tests.factories import make_actor, make_person, make_unit

NUMBER, RULE = "0812 3456 7890", "hanya pesan, bukan telepon"


def person_with(unit, number=NUMBER, rule=RULE, kind="phone", **more):
    person = make_person(unit, **more)
    contacts.add_contact_point(actor=CONSOLE, owner=person, kind=kind, value=number, safe_when=rule)
    return person


@pytest.fixture
def operator(centre):  # noqa: F811
    return make_actor(Role.OPERATOR, unit=centre)


def called(operator, centre, number=NUMBER, **more):  # noqa: F811
    at = calls.number_typed(text=number)
    return calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=at, direction="in", **more)


def wants_a_call(call):
    now = timezone.now()
    Call.objects.filter(pk=call.pk).update(ended_at=now, call_back_at=now + timedelta(hours=1))
    return call


def test_a_typed_number_says_the_rule_and_calling_stands_behind_it(operator, centre):  # noqa: F811
    person_with(make_unit(name="Serikat lain"))  # kept where this operator does not reach: the rule is known all the same
    browser = browser_of(operator)
    browser.post("/meja/telepon/nomor/", {"number": NUMBER})
    page = browser.get("/meja/telepon/nomor/").content.decode()
    assert RULE in page
    assert page.index(RULE) < page.index("Sudah saya baca, tetap menelepon") < page.index("Saya menelepon")
    assert "Sumarni" not in page
    out = {"nomor": "ya", "arah": "out", "key": uuid.uuid4()}
    assert browser.post("/meja/telepon/mulai/", out).url == "/meja/telepon/nomor/"
    assert not Call.objects.exists()
    begun = browser.post("/meja/telepon/mulai/", {**out, "dibaca": "ya"})
    page = browser.get(begun.url).content.decode()
    assert page.index(RULE) < page.index("tetap menelepon") < page.index("tel:+6281234567890")
    assert page.count("tel:+6281234567890") == 1
    assert browser.post("/meja/telepon/mulai/", {**out, "key": uuid.uuid4(), "arah": "in"}).url != "/meja/telepon/nomor/"


def test_without_a_rule_calling_is_one_press(operator, centre):  # noqa: F811
    make_person(centre, phone=NUMBER)
    browser = browser_of(operator)
    browser.post("/meja/telepon/nomor/", {"number": NUMBER})
    page = browser.get("/meja/telepon/nomor/").content.decode()
    assert "Saya menelepon" in page
    assert "Cara yang aman" not in page
    assert browser.post("/meja/telepon/mulai/", {"nomor": "ya", "arah": "out"}).url != "/meja/telepon/nomor/"


def test_the_call_back_list_says_it_and_a_call_is_not_begun_unread(operator, centre):  # noqa: F811
    person_with(centre)
    call = wants_a_call(called(operator, centre))
    browser = browser_of(operator)
    page = browser.get("/meja/telepon/kembali/").content.decode()
    assert page.index(RULE) < page.index("Sudah saya baca, tetap menelepon")
    assert browser.post(f"/meja/telepon/{call.pk}/telepon/").url == f"/meja/telepon/{call.pk}/"
    assert Call.objects.count() == 1
    assert RULE in browser.get(f"/meja/telepon/{call.pk}/").content.decode()
    browser.post(f"/meja/telepon/{call.pk}/telepon/", {"dibaca": "ya"})
    assert Call.objects.count() == 2


def test_the_list_asks_the_same_for_one_and_three(operator, centre):  # noqa: F811
    browser = browser_of(operator)

    def more(n):
        person_with(centre, f"0812 3456 000{n}", f"aturan ke-{n}", name=f"Orang ke {n}")
        wants_a_call(called(operator, centre, f"0812 3456 000{n}"))

    def asked_for():
        with CaptureQueriesContext(connection) as found:
            page = browser.get("/meja/telepon/kembali/").content.decode()
        return len(found), page.count("aturan ke-")

    more(1)
    asked_for()
    one, seen = asked_for()
    more(2)
    more(3)
    assert (seen, asked_for()) == (1, (one, 3))


def test_conversation_report_and_consultation_say_it(operator, centre, sms, send):  # noqa: F811
    person = person_with(centre, "0813 9999 0000", "jangan ke rumah", kind="whatsapp")
    at, now = calls.number_typed(text=NUMBER), timezone.now()
    talk = Conversation.objects.create(channel=sms, address=at, unit=centre, person=person, last_at=now, began_at=now)
    person_with(centre, name="Melati Sari")
    browser = browser_of(make_actor(Role.OPERATOR, Role.PARALEGAL, unit=centre))
    page = browser.get(f"/meja/percakapan/{talk.pk}/").content.decode()
    assert (RULE in page, "jangan ke rumah" in page, "Melati" in page) == (True, True, False)
    report, _code = send(reach="SMS ke 0812-3456-7890 sesudah jam 7")
    assert RULE in browser.get(f"/meja/laporan/{report.pk}/").content.decode()
    question, _code = asked(reach="0812 3456 7890")
    assert RULE in browser.get(f"/meja/konsultasi/{question.pk}/").content.decode()


def test_a_shared_number_says_what_each_asked_for_and_what_ended_says_nothing(centre):  # noqa: F811
    person_with(centre, name="Satu Orang")
    other = person_with(centre, rule="sesudah pukul 20.00", name="Dua Orang")
    number = calls.number_typed(text=NUMBER)
    assert {one.says for one in safe_of(number)} == {RULE, "sesudah pukul 20.00"}
    assert all("3456 7" not in one.shown for one in safe_of(number))
    contacts.end_contact_point(actor=CONSOLE, contact_point=other.contact_points.get())
    assert [one.says for one in safe_of(number)] == [RULE]


def test_the_rule_of_a_merged_record_stands(centre):  # noqa: F811
    person, kept = person_with(centre, name="Melati Sari"), make_person(centre, "Melati S")
    type(person).objects.filter(pk=person.pk).update(merged_into=kept)
    assert [one.says for one in safe_of(None, person=kept.pk)] == [RULE]
