"""A number that is none and a place that we do not know are asked once and never refused; and what a code shows of what was told."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.helpdesk.forms.doubts import reaches_nobody
from serikat.helpdesk.models import AccessCode, Consultation, Report
from serikat.helpdesk.tests.conftest import region
from serikat.helpdesk.tests.consulting import QUESTION, asked
from serikat.helpdesk.tests.test_consultations import slowly  # noqa: F401
from serikat.messaging.tests.conftest import centre  # noqa: F401
from serikat.places.models import Level


@pytest.mark.parametrize(
    ("typed", "nobody"),
    [
        ("0812bukan", True), ("08abc", True), ("lewat teman", True), ("0812 3456 7890", False), ("+62 812-3456-7890", False),
        ("sri@contoh.id", False), ("WA 0812 3456 7890, malam saja", False), ("", False),
    ],
)  # fmt: skip
def test_what_reaches_nobody(typed, nobody):
    assert reaches_nobody(typed) is nobody


def test_a_bad_number_and_an_unknown_place_are_asked_once_and_kept(client, tini, bekasi):
    client.force_login(tini)
    given = {"story": "Upah ditahan", "number": "08abc", "place-text": "Karawanggg", "key": uuid.uuid4()}
    answer = client.post("/meja/laporan/kertas/", given)
    words = answer.content.decode()
    assert (answer.status_code, "Nomor ini tampak tidak lengkap" in words, "tidak ada di daftar" in words) == (
        422,
        True,
        True,
    )
    again = dict(re.findall(r'name="(ragu-[a-z]+)" value="([^"]*)"', words))
    assert again == {"ragu-number": "08abc", "ragu-place": "Karawanggg"}
    other = client.post("/meja/laporan/kertas/", {**given, **again, "number": "08xyz"})
    assert (other.status_code, Report.objects.count()) == (422, 0)  # another mistake is asked about too
    assert client.post("/meja/laporan/kertas/", {**given, **again}).status_code == 302
    report = Report.objects.get()
    assert (report.reach, report.where) == ("08abc", "Karawanggg")


def test_a_place_that_is_like_several_may_be_none_of_them(client, tini, bekasi):
    region("32.75", "Kabupaten Bekasih", Level.REGENCY, bekasi.parent)
    client.force_login(tini)
    given = {"story": "Upah ditahan", "place-text": "Kabupaten Bek", "key": uuid.uuid4()}
    answer = client.post("/meja/laporan/kertas/", given)
    words = answer.content.decode()
    assert (answer.status_code, "Pilih salah satu" in words, 'name="ragu-place" value="Kabupaten Bek"' in words) == (
        422,
        True,
        True,
    )
    assert client.post("/meja/laporan/kertas/", {**given, "ragu-place": "Kabupaten Bek"}).status_code == 302
    assert (Report.objects.get().place, Report.objects.get().where) == (None, "Kabupaten Bek")


def test_a_place_that_is_chosen_among_several_is_it(client, tini, bekasi):
    region("32.75", "Kabupaten Bekasih", Level.REGENCY, bekasi.parent)
    client.force_login(tini)
    given = {
        "story": "Upah ditahan",
        "place-text": "Kabupaten Bek",
        "place": "32.75",
        "ragu-place": "Kabupaten Bek",
        "key": uuid.uuid4(),
    }
    assert client.post("/meja/laporan/kertas/", given).status_code == 302
    assert Report.objects.get().place.pk == "32.75"


def test_a_right_number_is_not_asked_about(client, tini):
    client.force_login(tini)
    given = {"story": "Upah ditahan", "number": "0812 3456 7890", "key": uuid.uuid4()}
    assert client.post("/meja/laporan/kertas/", given).status_code == 302


def test_a_question_whose_way_back_is_none_is_asked_once(client, centre, slowly):  # noqa: F811
    page = client.get("/konsultasi/tanya/", follow=True).content.decode()
    given = dict(re.findall(r'name="(since|key)" value="([^"]*)"', page))
    given |= {"topic": "wages", "question": QUESTION, "reach": "0812bukan", "langkah": "jawaban"}
    answer = client.post("/konsultasi/tanya/", given, follow=True)
    assert (answer.status_code, "belum ada nomor atau surel" in answer.content.decode()) == (422, True)
    assert 'name="ragu-reach" value="0812bukan"' in answer.content.decode()
    answer = client.post("/konsultasi/tanya/", {**given, "ragu-reach": "0812bukan"})
    assert answer["Location"] == "/konsultasi/tanya/kode/"
    assert Consultation.objects.get().reach == "0812bukan"


def test_the_opened_story_is_whole(client, send):
    report, code = send(secret="mawar merah", happened="sejak Lebaran", how_many=12, need="advice")
    AccessCode.objects.update(secret_set_at=timezone.now() - timedelta(days=2))
    client.post("/kode/", {"code": code})
    words = client.post("/kode/laporan/cerita/", {"which": report.number, "sandi-secret": "mawar merah"}).content.decode()
    assert ("sejak Lebaran" in words, "<b>Berapa orang:</b> 12" in words, "<b>Yang dibutuhkan:</b>" in words) == (True,) * 3


def test_the_question_shows_to_who_types_the_code_once_more(client, centre):  # noqa: F811
    _made, code = asked()
    _other, another = asked("Soal lain.")
    client.post("/kode/", {"code": code})
    page = "/konsultasi/jawaban/saya/"
    assert "Wagimin" not in client.get(page).content.decode()
    wrong = client.post(page, {"code": another})
    assert (wrong.status_code, "Wagimin" in wrong.content.decode()) == (422, False)
    assert "Soal lain" not in wrong.content.decode()
    assert "Wagimin" in client.post(page, {"code": code}).content.decode()
    assert "Wagimin" not in client.get(page).content.decode()
