"""A question asked on the telephone or at the desk: written in one screen, promised, its code read out, guarded as the call was, in the queue."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from serikat.audit.models import Entry
from serikat.helpdesk.holding.calls import _erase
from serikat.helpdesk.models import Call, Consultation
from serikat.helpdesk.selectors import calls as call_reads
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.services import calls
from serikat.helpdesk.services import consultations as services
from serikat.helpdesk.services.caller_questions import consultation_from_call
from serikat.helpdesk.tests.consulting import client_of, desk
from serikat.kernel.access import Role
from serikat.kernel.errors import Denied
from serikat.kernel.forgetting import Forgetting
from serikat.messaging.tests.conftest import centre  # noqa: F401
from serikat.people.tests.factories import make_actor, make_person, make_unit

pytestmark = pytest.mark.django_db
NUMBER = "+6281234567890"


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def operator(centre):  # noqa: F811
    return make_actor(Role.OPERATOR, unit=centre)


@pytest.fixture
def call(operator, centre):  # noqa: F811
    address = calls.number_typed(text="0812 3456 7890")
    return calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=address, direction="in")


def page_of(call):
    return f"/meja/konsultasi/dari-telepon/{call.pk}/"


def form(**more):
    return {
        "question": "Lembur hari Minggu berapa?", "topic": "wages", "back": "number", "reach": "", "called": "Bu Tin",
        "key": str(uuid.uuid4()), **more,
    }  # fmt: skip


def test_a_caller_with_a_question_leaves_with_a_promise_and_a_code(client, operator, call):
    client_of(client, operator)
    here = f"/meja/telepon/{call.pk}/"
    assert f'value="{page_of(call)}"' in client.get(here).content.decode()
    noted = client.post(f"{here}tutup/", {"notes": "Lembur hari Minggu?", "topic": "wages", "lanjut": page_of(call)})
    begun = client.get(noted.url).content.decode()
    assert ("Lembur hari Minggu?" in begun, NUMBER in begun) == (True, True)

    told = client.post(page_of(call), form())
    made = Consultation.objects.get()
    page = client.get(told.url).content.decode()
    promise = timezone.localtime(made.promised_at)
    for said in (date_format(promise, "j F Y"), f"{promise:%H.%M}", "Kami menelepon ke nomor ini", "satu nol"):
        assert said in page
    code = page.split("big-code")[1].split(">")[1].split("<")[0]
    assert reads.consultation_of_code(code) == made
    assert (made.came, made.topic, made.called, made.call_back, made.reach) == ("phone", "wages", "Bu Tin", True, "")
    assert list(reads.consultations_on(operator, "antrean")) == [made]

    assert client.post(told.url).url == here
    assert client.get(told.url).url == here  # said once
    call.refresh_from_db()
    assert (call.consultation, call.outcome) == (made, "asked")
    screen = client.get(here).content.decode()
    assert (f"Konsultasi nomor {made.pk}" in screen, "dari telepon ini" in screen) == (True, True)
    assert "Buat konsultasi" not in screen
    shown = client.get(f"/meja/konsultasi/{made.pk}/").content.decode()
    assert (f"tel:{NUMBER}" in shown, f"Panggilan #{call.pk}" in shown) == (True, True)


def test_the_same_form_twice_is_one_question_with_one_code(operator, call):
    given = {"key": uuid.uuid4(), "topic": "wages", "question": "Berapa?", "back": "number"}
    first, again = (consultation_from_call(actor=operator, call=call, **given) for _n in range(2))
    other = consultation_from_call(actor=operator, call=call, **(given | {"key": uuid.uuid4()}))
    assert first == again
    assert (other.consultation, other.code) == (first.consultation, "")
    assert Consultation.objects.count() == 1


def test_what_guards_a_caller_goes_along_and_the_number_is_not_copied(client, operator, call, centre):  # noqa: F811
    call.called = "Sutiyem"
    call.save()
    calls.guard_call(actor=operator, call=call, threat_level="high", protections=["child"], alias="Melati")
    page = client_of(client, operator).get(page_of(call)).content.decode()
    assert (NUMBER in page, "3456 7890" in page, "Sutiyem" in page, "Nama panggilan" in page) == (False, False, False, False)
    client.post(page_of(call), form())
    made = Consultation.objects.get()
    assert (made.threat_level, made.protections, made.alias, made.called) == ("high", ["child"], "Melati", "")
    assert (made.reach, made.shows_alias) == ("", True)

    answers = desk(centre)  # a paralegal who did not take the call
    client_of(client, answers)
    here = f"/meja/konsultasi/{made.pk}/"
    page = client.get(here).content.decode()
    assert (NUMBER in page, "Lihat nomornya" in page, f"Panggilan #{call.pk}" in page) == (False, True, False)
    assert NUMBER in client.post(f"{here}nomor/").content.decode()
    assert Entry.objects.filter(action="helpdesk.consultation.number_shown").count() == 1
    assert NUMBER not in client.get(here).content.decode()


def test_a_guard_that_comes_later_hides_the_number_too(client, operator, call):
    made = consultation_from_call(
        actor=operator, call=call, key=uuid.uuid4(), topic="wages", question="Berapa?", back="number"
    ).consultation
    services.guard_consultation(actor=operator, consultation=made, threat_level="high", protections=[], alias="Melati")
    assert reads.number_to_ring(made)[1] is True
    assert NUMBER not in client_of(client, operator).get(f"/meja/konsultasi/{made.pk}/").content.decode()


def test_violence_is_careful_and_a_call_is_never_lowered(operator, call):
    calls.guard_call(actor=operator, call=call, threat_level="high", protections=[], alias="Melati")
    made = consultation_from_call(
        actor=operator, call=call, key=uuid.uuid4(), topic="violence", question="?", back="code"
    ).consultation
    assert made.threat_level == "high"


def test_who_must_not_be_rung_is_not(client, operator, call):
    client_of(client, operator).post(page_of(call), form(back="code"))
    made = Consultation.objects.get()
    assert (made.call_back, reads.number_to_ring(made)) == (False, ("", False))
    assert NUMBER not in client.get(f"/meja/konsultasi/{made.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"question": "  "}, "Tulis pertanyaannya."),
        ({"back": "other"}, "Tulis nomor, surel, atau cara menghubunginya."),
        ({"back": "burung"}, "bukan salah satu"),
        ({"question": "x" * 5001}, "5000"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(client, operator, call, wrong, words):
    answer = client_of(client, operator).post(page_of(call), form(called="Bu Tin Sekali", **wrong))
    page = answer.content.decode()
    assert (answer.status_code, words in page, "Bu Tin Sekali" in page) == (422, True, True)
    assert Consultation.objects.count() == 0


def test_a_withheld_number_is_not_offered(client, operator, centre):  # noqa: F811
    hidden = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=None, direction="in")
    page = client_of(client, operator).get(page_of(hidden)).content.decode()
    assert "Ditelepon lagi" not in page
    assert client.post(page_of(hidden), form()).status_code == 422
    client.post(page_of(hidden), form(back="other", reach="surel tin@contoh.id"))
    assert Consultation.objects.get().reach == "surel tin@contoh.id"


def test_a_visitor_s_question_came_by_a_visit_and_is_the_person_s(operator, centre):  # noqa: F811
    person = make_person(centre, "Tin Suhartini", phone="0812 3456 7890")
    visit = calls.receive_visitor(actor=operator, unit=centre, key=uuid.uuid4(), called="Bu Tin", number="0812 3456 7890")
    made = consultation_from_call(
        actor=operator, call=visit, key=uuid.uuid4(), topic="leave", question="Cuti?", back="number"
    ).consultation
    assert (made.came, made.person) == ("visit", person)


def test_an_open_question_is_on_the_screen_of_the_next_call(operator, call, centre):  # noqa: F811
    made = consultation_from_call(
        actor=operator, call=call, key=uuid.uuid4(), topic="leave", question="Cuti?", back="number"
    ).consultation
    back = calls.begin_call(actor=operator, unit=centre, key=uuid.uuid4(), address=call.address, direction="in")
    assert (back.consultation, call_reads.screen_of(operator, back).questions) == (None, [made])
    services.close_consultation(actor=operator, consultation=made, word="Sudah.")
    assert call_reads.screen_of(operator, back).questions == []


def test_nobody_else_takes_it(client, operator, call):
    far = make_actor(Role.OPERATOR, unit=make_unit(None, name="Cabang Jauh"))
    assert client_of(client, far).get(page_of(call)).status_code == 404
    with pytest.raises(Denied):
        consultation_from_call(actor=far, call=call, key=uuid.uuid4(), topic="leave", question="Cuti?", back="number")


def test_who_is_forgotten_leaves_no_question(operator, call, centre):  # noqa: F811
    made = consultation_from_call(
        actor=operator, call=call, key=uuid.uuid4(), topic="leave", question="Saya Tin", back="number", called="Tin"
    ).consultation
    _erase(Forgetting(frozenset({uuid.uuid4()}), needles=("Tin Suhartini", NUMBER)))
    made.refresh_from_db()
    assert (made.question, made.called, made.index, made.call_back) == ("", "", "", False)
    assert Call.objects.get().address is None
