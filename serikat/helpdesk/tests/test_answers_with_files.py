"""A file or a voice as the answer to a report: at its code's page, or said why it cannot go; it waits while another button is pressed."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from serikat.files.inspection import check_upload
from serikat.files.models import HeldFile, StoredFile
from serikat.helpdesk.models import Report
from serikat.helpdesk.selectors.codes import said_with
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.services import reports
from serikat.helpdesk.tests.test_calls import browser_of
from serikat.helpdesk.tests.test_codes import opened
from serikat.helpdesk.tests.test_typed_answers import picture
from serikat.messaging.models import Message


@pytest.fixture
def page(send, desk):
    report, _code = send()
    return f"/meja/laporan/{report.pk}/"


def key_on(browser, page):
    return re.search(r'name="key" value="([^"]+)"', browser.get(page).content.decode())[1]


def test_a_file_alone_answers_and_stands_at_the_code(desk, page):
    browser = browser_of(desk)
    answer = browser.post(f"{page}jawab/", {"text": "", "key": key_on(browser, page), "file": picture()})
    assert (answer.status_code, [file.name for file in StoredFile.objects.all()]) == (302, ["slip.png"])
    (said,) = [one for one in said_with(Report.objects.get()) if one.ours]
    assert [file.name for file in said.files] == ["slip.png"]
    assert "slip.png" in browser.get(page).content.decode()


def test_nothing_at_all_is_said_beside_the_words_and_a_bad_file_beside_its_field(desk, page):
    browser = browser_of(desk)
    empty = browser.post(f"{page}jawab/", {"text": " "})
    assert (empty.status_code, "Tulis jawabannya dulu." in empty.content.decode()) == (422, True)
    bad = SimpleUploadedFile("alat.exe", b"MZ" + b"\0" * 400)
    refused = browser.post(f"{page}jawab/", {"text": "", "key": key_on(browser, page), "file": bad})
    form = refused.context["answer_form"]
    assert (refused.status_code, set(form.errors)) == (422, {"file"})
    assert Message.objects.filter(direction="out").count() == 0


def test_the_file_waits_while_another_button_is_pressed(desk, page):
    browser = browser_of(desk)
    browser.post(f"{page}tangani/", {"text": "Kami dengar", "key": key_on(browser, page), "file": picture()})
    words = browser.get(page).content.decode()
    assert ("Buang slip.png" in words, "Kami dengar</textarea>" in words, StoredFile.objects.count()) == (True, True, 0)
    sent = browser.post(
        f"{page}jawab/", {"text": "Kami dengar", "key": key_on(browser, page), "disimpan": str(HeldFile.objects.get().pk)}
    )
    assert (sent.status_code, StoredFile.objects.count()) == (302, 1)
    assert "Buang slip.png" not in browser.get(page).content.decode()


def test_a_way_that_carries_none_says_so_and_nothing_is_lost(desk, sms, hears, monkeypatch):
    from serikat.messaging.tests.conftest import Told  # reason: only what it carries is the test's

    monkeypatch.setattr(Told, "limits", type(Told.limits)(longest=1000, a_second=1000, by_parts=True))
    talk = hears(sms, "Upah kami dua bulan belum dibayar")
    report = reports.report_from_conversation(actor=desk, conversation=talk).report
    browser, page = browser_of(desk), f"/meja/laporan/{report.pk}/"
    given = {"text": "Dengarkan ini", "key": key_on(browser, page), "file": picture(), "by": "channel"}
    refused = browser.post(f"{page}jawab/", given)
    words = refused.content.decode()
    assert (refused.status_code, list(refused.context["answer_form"].errors)) == (422, ["by"])
    assert ("tidak membawa berkas. Pilih “Halaman kode saja”." in words, "Buang slip.png" in words) == (True, True)
    again = {"text": "Dengarkan ini", "key": given["key"], "by": "web", "disimpan": str(HeldFile.objects.get().pk)}
    assert browser.post(f"{page}jawab/", again).status_code == 302
    assert [file.name for file in StoredFile.objects.all()] == ["slip.png"]


SOUND = b"#!AMR\n" + bytes(range(256)) * 1000  # several sealed pieces


@pytest.fixture
def answered(send, desk):
    """A report, its code, and the addresses of a voice and a picture with which it was answered."""
    report, code = send()
    files = [check_upload(io.BytesIO(SOUND), "suara.amr", public=False), check_upload(picture(), "slip.png", public=False)]
    handling.answer_report(actor=desk, report=report, text="Dengarkan ini", files=files)
    voice, slip = (f"/kode/laporan/suara/{StoredFile.objects.get(name=name).pk}/" for name in ("suara.amr", "slip.png"))
    return report, code, voice, slip


def test_a_voice_is_heard_in_the_page_while_the_code_is_open(answered, send, client):
    _report, code, voice, slip = answered
    assert client.get(voice).status_code == 404
    page = opened(client, code)
    assert (f'src="{voice}"' in page, slip in page) == (True, False)
    heard = client.get(voice)
    assert (heard.status_code, heard["Content-Type"], b"".join(heard.streaming_content)) == (200, "audio/amr", SOUND)
    assert ("no-store" in heard["Cache-Control"], heard["X-Content-Type-Options"]) == (True, "nosniff")
    assert client.get(slip).status_code == 404  # a picture is saved, not shown
    assert client.post(voice).status_code == 405
    _other, another = send("Lain sekali")
    opened(client, another)
    assert client.get(voice).status_code == 404  # of another report


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-1", 206, 0, 1),
        ("bytes=65530-131080", 206, 65530, 131080),
        ("bytes=256000-", 206, 256000, len(SOUND) - 1),
        ("bytes=-7", 206, len(SOUND) - 7, len(SOUND) - 1),
        ("bytes=0-9999999", 206, 0, len(SOUND) - 1),
        ("bytes=1-2,5-6", 200, 0, len(SOUND) - 1),
        ("baris=0-1", 200, 0, len(SOUND) - 1),
    ],
)
def test_a_player_gets_the_stretch_it_asks_for(answered, client, asked, status, first, last):
    _report, code, voice, _slip = answered
    opened(client, code)
    heard = client.get(voice, headers={"range": asked})
    assert (heard.status_code, b"".join(heard.streaming_content)) == (status, SOUND[first : last + 1])
    assert heard["Content-Length"] == str(last - first + 1)
    assert heard.get("Content-Range") == (f"bytes {first}-{last}/{len(SOUND)}" if status == 206 else None)


def test_a_stretch_outside_of_it_is_refused(answered, client):
    _report, code, voice, _slip = answered
    opened(client, code)
    refused = client.get(voice, headers={"range": "bytes=999999-"})
    assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{len(SOUND)}")


def test_a_voice_of_the_story_is_not_heard_with_the_first_code_alone(send, client):
    _report, code = send(files=[check_upload(io.BytesIO(SOUND), "cerita.amr", public=False)])
    voice = f"/kode/laporan/suara/{StoredFile.objects.get().pk}/"
    assert (voice in opened(client, code), client.get(voice).status_code) == (False, 404)
