"""The report in five steps as a browser without script sends it, and the desk's pages."""

from __future__ import annotations

import io
import re
import uuid
import wave
from html import unescape

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from serikat.files.models import StoredFile
from serikat.helpdesk.forms.reports import STEPS
from serikat.helpdesk.models import AccessCode, Report
from serikat.helpdesk.rules.access_codes import read_access_code
from serikat.kernel.secrets import decrypt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("opened_long_ago", "centre")]
SEND = "/lapor/"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Sender:
    """A browser without script: it sends what stands in the page, and what is typed."""

    def __init__(self, client, address=SEND):
        self.client, self.address = client, address
        self.read(client.get(address, follow=True))

    def read(self, answer):
        self.answer, self.page = answer, answer.content.decode()
        self.fields = {}
        for tag in re.findall(r"<input[^>]+>", self.page):
            given = {name: unescape(value) for name, value in re.findall(r' (name|value|type)="([^"]*)"', tag)}
            if given.get("type") in ("hidden", "text") or "checked" in tag:
                self.fields[given.get("name")] = given.get("value", "")
        for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', self.page):
            self.fields[name] = unescape(text.removeprefix("\n"))
        self.fields.pop("q", None)

    def send(self, **more):
        """Each step leads on to its own address; a report that was taken leads out of the form."""
        answer = self.client.post(self.address, {**self.fields, **more})
        assert answer.status_code == 302
        if answer["Location"] == "/lapor/terkirim/":
            self.answer = answer
        else:
            self.location = answer["Location"]
            self.read(self.client.get(self.location))
        return self

    @property
    def at(self):
        return self.fields["langkah"]


def test_a_report_is_sent_in_five_steps_without_script(client, bekasi, branch):
    sender = Sender(client)
    assert (sender.at, sender.answer["Cache-Control"].count("no-store")) == ("cerita", 1)
    sender.send(story="Upah <kami> belum dibayar 🙏", attached=SimpleUploadedFile("slip.png", PNG))
    assert (sender.at, sender.answer.status_code) == ("tempat", 200)
    sender.send(where="PT Rajut", **{"place-text": "Kabupaten Bekasi"}, happened="sejak Juni")
    sender.send(against="Bagian personalia", how_many="40", called="")
    sender.send(need="help", threat_level="careful")
    assert (sender.at, sender.fields["story"]) == ("hubungi", "Upah <kami> belum dibayar 🙏")
    sender.send(reach="SMS malam hari", secret="mawar merah")
    assert (sender.answer.status_code, sender.answer["Location"]) == (302, "/lapor/terkirim/")
    report = Report.objects.get()
    assert (report.story, report.unit, report.how_many, report.need, report.threat_level, report.anonymous) == (
        "Upah <kami> belum dibayar 🙏", branch, 40, "help", "careful", True,
    )  # fmt: skip
    assert [f.name for f in StoredFile.objects.filter(holder_ref=f"helpdesk.report:{report.pk}")] == ["slip.png"]
    shown = client.get("/lapor/terkirim/").content.decode()
    code = read_access_code(re.search(r'class="code"[^>]*>([\d ]+)<', shown)[1]).code
    assert (client.get("/lapor/terkirim/").status_code, report.number in shown) == (200, True)
    assert client.post("/lapor/terkirim/")["Location"] == "/kode/laporan/"
    assert code not in client.get("/lapor/terkirim/").content.decode()
    assert report.number in client.get("/kode/laporan/").content.decode()


def test_going_back_loses_nothing(client):
    sender = Sender(client).send(story="Satu").send(where="Dua", kembali="1")
    assert (sender.at, sender.fields["story"], sender.fields["where"]) == ("cerita", "Satu", "Dua")
    sender.send(story="Satu lagi").send()
    assert (sender.at, sender.fields["where"]) == ("siapa", "Dua")


def test_the_other_language_takes_along_what_was_typed(client):
    sender = Sender(client).send(story="Satu").send(where="Dua")
    button = re.search(
        r'<button type="submit" form="lapor" formaction="(/en/lapor/siapa/)" formnovalidate name="(tetap)"', sender.page
    )
    assert button
    sender.address = button[1]
    sender.send(against="Mandor", **{button[2]: "1"})
    assert (sender.at, sender.answer.status_code) == ("siapa", 200)
    assert (sender.fields["story"], sender.fields["where"], sender.fields["against"]) == ("Satu", "Dua", "Mandor")
    assert '<html lang="en">' in sender.page
    assert "errorlist" not in sender.page
    assert sender.send().at == "butuh"


def test_nothing_at_all_is_said_beside_the_story_before_anybody_goes_on(client):
    empty = Sender(client).send(story=" \u200b\n")
    assert (empty.at, empty.answer.status_code, Report.objects.count()) == ("cerita", 422, 0)
    beside = re.search(r'<textarea name="story"[^>]*aria-describedby="([^"]+)"', empty.page)[1].split()
    said = [re.search(rf'id="{name}"[^>]*>(.*?)</p>', empty.page, re.S)[1] for name in beside]
    assert any("Tulis satu kata saja" in one for one in said)
    assert (empty.send(story="tolong").at, empty.answer.status_code) == ("tempat", 200)


def test_whoever_empties_the_story_later_is_led_back_to_it_unless_something_else_tells(client):
    sender = Sender(client).send(story="tolong")
    sender.fields["story"] = ""
    assert (sender.send().at, sender.answer.status_code) == ("cerita", 422)
    sender.send(story="tolong").fields["story"] = ""
    assert sender.send(where="PT Rajut").at == "siapa"


def test_a_recording_is_a_story(client):
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    sender = Sender(client).send(attached=SimpleUploadedFile("suara.wav", held.getvalue()))
    assert (sender.at, sender.answer.status_code) == ("tempat", 200)
    sender.send(kembali="1")
    drop = re.search(r'name="buang" value="([^"]+)"', sender.page)[1]
    assert (sender.send(buang=drop).at, sender.answer.status_code) == ("cerita", 422)


def test_a_file_alone_is_enough(client):
    sender = Sender(client).send(attached=SimpleUploadedFile("foto.png", PNG))
    for _step in range(4):
        sender.send()
    assert (sender.answer.status_code, Report.objects.count()) == (302, 1)


def test_what_is_wrong_leads_to_its_step_and_keeps_the_rest(client):
    sender = Sender(client)
    sender.fields |= {"story": "x" * 50_000, "langkah": "hubungi", "how_many": "banyak"}
    sender.send()
    assert (sender.at, sender.answer.status_code, Report.objects.count()) == ("cerita", 422, 0)
    sender.send(story="pendek", langkah="hubungi")
    assert (sender.at, sender.fields["story"]) == ("siapa", "pendek")
    sender.send(how_many="12", langkah="hubungi", secret="abc")
    secret = re.search(r'<input[^>]* name="secret"[^>]*>', sender.page)[0]
    assert (sender.at, sender.answer.status_code, "value=" in secret) == ("hubungi", 422, False)


def test_a_place_that_nobody_knows_is_asked_about_once_where_it_stands_and_refuses_nothing(client):
    sender = Sender(client).send(story="Tolong").send(**{"place-text": "Antah Berantah Raya"})
    assert (sender.at, "Tempat ini tidak ada di daftar." in sender.page) == ("tempat", True)
    assert sender.send(**{"place-text": "Antah Berantah"}).at == "tempat"  # something else: asked again
    assert sender.send().at == "siapa"
    assert sender.send(kembali="1").at == "tempat"
    assert "Tempat ini tidak ada di daftar." not in sender.page
    for _step in range(4):
        sender.send()
    assert (sender.answer.status_code, Report.objects.get().where) == (302, "Antah Berantah")


def test_going_back_or_changing_the_language_asks_nothing_of_the_place(client):
    sender = Sender(client).send(story="Tolong").send(**{"place-text": "Antah Berantah"}, kembali="1")
    assert (sender.at, "Tempat ini tidak ada di daftar." in sender.page) == ("cerita", False)


def test_a_draft_that_sends_itself_is_asked_nothing(client):
    sender = Sender(client)
    told = {"story": "Dari draf", "place-text": "Antah Berantah", "langkah": "hubungi"}
    answer = client.post(SEND, sender.fields | told, headers={"X-Draft": "1"})
    assert (answer.status_code, Report.objects.get().where) == (200, "Antah Berantah")


def test_a_form_sent_twice_is_one_report(client):
    sender = Sender(client)
    sender.fields |= {"story": "Sekali saja", "langkah": "hubungi"}
    for _n in range(2):
        assert client.post(SEND, sender.fields).status_code == 302
    assert (Report.objects.count(), AccessCode.objects.filter(ended_at=None).count()) == (1, 1)


def test_who_fills_the_trap_is_asked_once_more_and_never_thrown_away(client):
    sender = Sender(client)
    sender.fields |= {"story": "Saya manusia", "langkah": "hubungi"}
    sender.send(website="http://isi.otomatis")
    assert (sender.answer.status_code, "Kirim sekali lagi" in sender.page, Report.objects.count()) == (422, True, 0)
    assert (sender.fields["story"], sender.fields["website"]) == ("Saya manusia", "")
    sender.send()
    assert (sender.answer.status_code, Report.objects.count()) == (302, 1)


def test_ten_megabytes_are_refused_and_the_rest_goes_on(client):
    assert client.post(SEND, {"story": "a" * 10_000_000}).status_code in (400, 413)
    assert Sender(client).send(story="pendek").at == "tempat"


def test_a_script_that_sends_a_draft_is_told_where_to_go(client):
    sender = Sender(client)
    answer = client.post(SEND, sender.fields | {"story": "Dari draf", "langkah": "hubungi"}, headers={"X-Draft": "1"})
    assert (answer.status_code, answer["X-Next"]) == (200, "/lapor/terkirim/")


def test_the_first_page_sets_no_session(client):
    client.get(SEND, follow=True)
    assert set(client.cookies) <= {"csrftoken"}


def test_each_step_is_a_page_that_the_back_button_shows_again(client):
    sender = Sender(client).send(story="Rahasia besar").send(where="Pabrik benang")
    assert (sender.location, sender.answer["Cache-Control"].count("no-store")) == ("/lapor/siapa/", 1)
    before = Sender(client, "/lapor/tempat/")
    assert (before.at, before.fields["where"], before.fields["story"]) == ("tempat", "Pabrik benang", "Rahasia besar")
    assert Sender(client, "/lapor/cerita/").fields["story"] == "Rahasia besar"
    assert before.send(where="Pabrik kain").at == "siapa"
    assert before.fields["where"] == "Pabrik kain"


def test_what_waits_between_two_steps_is_noise_without_the_cookie_of_its_browser(client):
    Sender(client).send(story="Rahasia besar", secret="mawar merah")
    cookie = client.cookies["langkah"]
    assert (cookie["httponly"], cookie["max-age"], cookie["samesite"]) == (True, 900, "Lax")
    kept = decrypt(client.session["opened"]["steps.langkah"][0])
    assert "Rahasia" not in kept
    told = Fernet(cookie.value).decrypt(kept.encode()).decode()
    assert ("Rahasia besar" in told, "mawar" in told) == (True, False)
    del client.cookies["langkah"]
    assert client.get("/lapor/tempat/", follow=True).redirect_chain == [("/lapor/", 302), ("/lapor/cerita/", 302)]


@pytest.mark.parametrize("way_out", ["/keluar-cepat/", SEND])
def test_the_quick_exit_and_who_begins_anew_find_nothing_of_it(client, way_out):
    Sender(client).send(story="Rahasia besar").send(where="Pabrik benang")
    client.get(way_out)
    assert "sessionid" not in client.cookies or client.cookies["sessionid"].value == ""
    for step in ("tempat", "cerita"):
        assert Sender(client, f"/lapor/{step}/").fields["story"] == ""


def test_what_was_taken_does_not_wait_any_more(client):
    sender = Sender(client).send(story="Rahasia besar")
    for _step in range(4):
        sender.send()
    assert Report.objects.count() == 1
    assert Sender(client, "/lapor/siapa/").fields["story"] == ""


def test_a_step_that_is_none_is_nowhere(client):
    assert client.get("/lapor/upah/").status_code == 404


def test_titles_and_addresses_say_nothing(client, send):
    _report, code = send("Rahasia")
    client.post("/kode/", {"code": code})
    for address in (SEND, "/kode/", "/kode/laporan/", "/en/lapor/", "/en/kode/"):
        title = re.search(r"<title>([^<]*)", client.get(address, follow=True).content.decode())[1]
        assert title in ("Formulir", "Form")


def test_what_a_phone_shared_begins_the_story(client):
    answer = client.get(SEND, {"teks": "Teks dari grup"})
    assert answer["Location"] == "/lapor/cerita/"  # which does not hold it any more
    sender = Sender(client, answer["Location"])
    assert sender.fields["story"] == "Teks dari grup"
    assert sender.send().at == "tempat"


# The desk


@pytest.fixture
def at_desk(client, tini):
    client.force_login(tini)
    return client


def test_a_report_is_found_by_its_number_or_its_code(at_desk, send):
    report, code = send("Upah dua bulan")
    page = f"/meja/laporan/{report.pk}/"
    typed = [
        report.number,
        report.number.lower(),
        f" {report.number[8:].lstrip('0')} ",
        code,
        f"kode saya {code[:4]}-{code[4:]}",
    ]
    assert [at_desk.post("/meja/laporan/", {"typed": one}).headers.get("Location") for one in typed] == [page] * 5
    for wrong in ("", "LP-2026-99999", "halo", "1" * 300, "0", f"{code[:-1]}{(int(code[-1]) + 1) % 10}"):
        answer = at_desk.post("/meja/laporan/", {"typed": wrong})
        assert (answer.status_code, report.number in answer.content.decode().split("Rak laporan")[0]) == (422, False)


def test_a_report_of_another_unit_is_not_found(client, send, holder, east):
    report, code = send("Cerita")  # stands at the centre
    client.force_login(holder("Jauh", east))
    for typed in (report.number, code):
        assert client.post("/meja/laporan/", {"typed": typed}).status_code == 422


def test_shelves_ask_the_same_number_of_questions(at_desk, send, django_assert_num_queries):
    counted = []
    for more in (1, 2):
        for n in range(more):
            send(f"Cerita {n}")
        at_desk.get("/meja/laporan/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = at_desk.get("/meja/laporan/").content.decode()
        counted.append(len(queries))
    assert (counted[0], page.count('<p class="h"><a')) == (counted[1], 3)
    assert "Cerita 0" not in page


def test_a_call_is_typed_and_its_code_is_read_out(at_desk):
    form = {"story": "Suara di telepon", "number": "0812 3456 7890", "topic": "papers", "threat_level": "high",
            "alias": "Melati", "protections": ["trafficking"], "key": str(uuid.uuid4())}  # fmt: skip
    answer = at_desk.post("/meja/laporan/telepon/", form)
    report = Report.objects.get()
    assert (report.way, report.reach, report.alias, report.protections) == (
        "phone",
        "0812 3456 7890",
        "Melati",
        ["trafficking"],
    )
    page = at_desk.get(answer["Location"]).content.decode()
    assert ("satu nol" in page, bool(re.search(r"big-code[^>]*>10\d\d \d{4} \d{4} \d{4}<", page))) == (True, True)
    at_desk.post(answer["Location"])
    assert at_desk.get(answer["Location"]).status_code == 302
    for way in ("datang", "kertas"):
        assert at_desk.get(f"/meja/laporan/{way}/").status_code == 200


def test_who_took_a_report_for_another_unit_sees_its_code_and_nothing_else(client, holder, branch, east):
    client.force_login(holder("Wati", east))
    form = {"story": "Suara di telepon", "place": "32.16", "place-text": "Kabupaten Bekasi", "key": str(uuid.uuid4())}
    answer = client.post("/meja/laporan/telepon/", form)
    report = Report.objects.get()
    assert report.unit == branch
    page = client.get(answer["Location"]).content.decode()
    assert ("big-code" in page, "Cabang Bekasi" in page, "Suara di telepon" in page) == (True, True, False)
    assert client.post(answer["Location"])["Location"] == "/meja/laporan/"
    assert client.get(answer["Location"])["Location"] == "/meja/laporan/"
    assert client.get(f"/meja/laporan/{report.pk}/").status_code == 404


def test_a_group_is_looked_through_before_it_is_kept(at_desk):
    form = {
        "story": "Semua belum digaji",
        "people": "Sari, 0812 3456 7890\nSari, 081234567890\nBudi",
        "key": str(uuid.uuid4()),
    }
    page = at_desk.post("/meja/laporan/kelompok/", form).content.decode()
    assert ("sudah ada di atas" in page, "Simpan dengan 2 orang" in page, Report.objects.count()) == (True, True, 0)
    assert at_desk.post("/meja/laporan/kelompok/", form | {"simpan": "1"}).status_code == 302
    assert Report.objects.get().people.count() == 2
    assert at_desk.post("/meja/laporan/kelompok/", {"people": " \n"}).status_code == 422


def test_a_group_in_danger_is_urgent_and_hidden_from_the_first_moment(at_desk):
    form = {
        "story": "Dikunci di mes", "people": "Sari Wagirah, 0812 3456 7890\nBudi", "key": str(uuid.uuid4()),
        "called": "Sari Wagirah", "need": "urgent", "threat_level": "high", "protections": ["trafficking"], "alias": "Kenari",
        "simpan": "1",
    }  # fmt: skip
    assert at_desk.post("/meja/laporan/kelompok/", form).status_code == 302
    report = Report.objects.get()
    assert (report.need, report.threat_level, report.protections, report.alias) == (
        "urgent",
        "high",
        ["trafficking"],
        "Kenari",
    )
    page = at_desk.get(f"/meja/laporan/{report.pk}/").content.decode()
    assert ("Kenari" in page, "Wagirah" in page, "Daftarnya tertutup" in page) == (True, False, True)


def test_the_page_of_a_protected_report_shows_no_name(at_desk, send):
    report, _code = send(called="Sutiyem Wagirah", alias="Melati", threat_level="high")
    page = at_desk.get(f"/meja/laporan/{report.pk}/").content.decode()
    assert ("Melati" in page, "Sutiyem" in page) == (True, False)
    assert "Sutiyem" not in at_desk.get("/meja/laporan/?rak=mendesak").content.decode()


def test_every_decision_of_a_report_answers(at_desk, send):
    report, _code = send()

    def post(name, **form):
        return at_desk.post(reverse(f"helpdesk_reports:{name}", args=[report.pk]), form)

    assert post("take_on").status_code == 302
    assert [post("answer", text="").status_code, post("answer", text="Baik").status_code] == [422, 302]
    assert [post("move", state="theirs").status_code, post("move", state="theirs", words="Kapan?").status_code] == [422, 302]
    assert post("sort", topic="wages", need="urgent", how_many="3").status_code == 302
    assert [
        post("guard", threat_level="high").status_code,
        post("guard", threat_level="high", alias="Melati").status_code,
    ] == [422, 302]
    assert post("assign", colleague="999").status_code == 422
    assert post("tie", code="AAAA-BBBB").status_code == 422
    assert post("make_person").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.topic, report.alias, report.person.shown_as) == ("theirs", "wages", "Melati", "Melati")
    renew = reverse("helpdesk_reports:renew", args=[report.pk])
    assert at_desk.get(renew).status_code == 200
    assert at_desk.post(renew, {"known_by": ["way"]}).status_code == 422
    assert at_desk.post(renew, {"known_by": ["way", "said", "detail"]}).status_code == 302
    assert post("answer_renewal", setuju="1").status_code == 404  # by who asked
    assert post("make_code").status_code == 302
    assert AccessCode.objects.count() == 1


@pytest.mark.parametrize(("prefix", "said"), [("", "Ceritakan dengan kata-kata Anda"), ("/en", "Tell it in your own words")])
def test_the_form_on_paper_is_one_sheet_with_the_same_questions(client, prefix, said):
    page = client.get(f"{prefix}/lapor/", follow=True)
    address = f"{prefix}/lapor/formulir.pdf"
    assert address in page.content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 2
    assert all(str(step.title) in text for step in STEPS) if not prefix else said in text
    assert said in text
    assert client.get(address).content == answer.content
