"""An answer half typed stays, whatever else is pressed on its page; and goes when it was sent."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from serikat.files.models import HeldFile, StoredFile
from serikat.helpdesk.models import Call, Consultation, Report
from serikat.helpdesk.services import calls
from serikat.helpdesk.tests.consulting import CITES, asked
from serikat.helpdesk.tests.test_calls import browser_of
from serikat.kernel.access import actor_of

TYPED = "Slip gajinya tolong difoto dulu ya"
BUTTONS = [
    ("ambil", {}),
    ("pokok", {"topic": "wages", "called": "Bu Tin"}),
    ("serahkan", {"to": "", "reason": "Dia lebih tahu"}),
    ("lindungi", {"threat_level": "high", "alias": "Kenari"}),
]


@pytest.mark.parametrize(("button", "more"), BUTTONS)
def test_a_button_of_the_conversation_keeps_what_is_typed(desk, talk, button, more):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    assert f'form="jawab" formaction="{page}{button}/"' in browser.get(page).content.decode()
    answer = browser.post(f"{page}{button}/", {"text": TYPED, **more})
    assert (answer.status_code, answer.url) == (302, page)
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    talk.refresh_from_db()
    if button == "pokok":
        assert (talk.topic, talk.called) == ("wages", "Bu Tin")
    assert TYPED not in browser_of(desk).get(page).content.decode()  # in this browser alone


def test_every_field_and_button_of_the_page_belongs_to_the_answer(desk, talk):
    words = browser_of(desk).get(f"/meja/percakapan/{talk.pk}/").content.decode()
    main = words[words.index("<main") : words.index("</main>")]
    assert main.count("<form") == 1
    for name in ("topic", "called", "to", "reason", "tutup-reason", "threat_level", "protections", "alias"):
        assert re.search(f'<(select|input)[^>]*name="{name}"[^>]*form="jawab"', main), name
    inside = main[main.index("<form") : main.index("</form>")]
    assert re.findall(r"<button(?![^>]*form=)[^>]*>", main) == re.findall(r"<button[^>]*>", inside)


def test_enter_in_a_small_form_decides_nothing_and_loses_nothing(desk, talk):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    words = browser.get(page).content.decode()
    first = re.search(r'<button[^>]*form="jawab"[^>]*>', words)[0]
    assert ('name="lakukan" value="simpan"' in first, f'formaction="{page}jawab/"' in first) == (True, True)
    typed = {"text": TYPED, "tutup-reason": "Sudah dibayar", "alias": "Kenari", "threat_level": "high", "called": "Tin"}
    answer = browser.post(f"{page}jawab/", {**typed, "lakukan": "simpan"})
    words = answer.content.decode()
    assert (answer.status_code, f"{TYPED}</textarea>" in words) == (200, True)
    for name, value in (("tutup-reason", "Sudah dibayar"), ("alias", "Kenari"), ("called", "Tin")):
        assert re.search(f'<input[^>]*name="{name}"[^>]*value="{value}"', words), name
    assert re.search(r'<input[^>]*name="threat_level" value="high"[^>]*checked', words)
    assert words.count('<details class="fold" open>') == 2  # what is half typed stands open
    talk.refresh_from_db()
    assert (talk.state, talk.threat_level, talk.called) == ("open", "none", "")


def test_what_is_typed_for_another_button_is_kept_too(desk, talk):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    browser.post(f"{page}ambil/", {"text": "", "reason": "Dia lebih tahu", "tutup-reason": "Sudah"})
    words = browser.get(page).content.decode()
    assert ("Dia lebih tahu" in words, 'value="Sudah"' in words) == (True, True)
    browser.post(f"{page}serahkan/", {"text": "", "to": "", "reason": "Dia lebih tahu", "tutup-reason": "Sudah"})
    words = browser.get(page).content.decode()
    assert ('value="Dia lebih tahu"' in words, 'value="Sudah"' in words) == (False, True)


def picture(name="slip.png"):
    dot = "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    return SimpleUploadedFile(name, bytes.fromhex(dot.replace(" ", "")), "image/png")


def test_a_chosen_file_waits_sealed_while_another_button_is_pressed(desk, talk):
    page = f"/meja/percakapan/{talk.pk}/"
    browser = browser_of(desk)
    key = re.search(r'name="key" value="([^"]+)"', browser.get(page).content.decode())[1]
    browser.post(f"{page}ambil/", {"text": TYPED, "key": key, "file": picture()})
    words = browser.get(page).content.decode()
    assert ("1 berkas sudah kami terima" in words, "Buang slip.png" in words) == (True, True)
    assert StoredFile.objects.count() == 0
    held = HeldFile.objects.get()
    assert browser.post(f"{page}jawab/", {"text": TYPED, "key": key, "disimpan": str(held.pk)}).status_code == 302
    assert [file.name for file in StoredFile.objects.all()] == ["slip.png"]
    assert "berkas sudah kami terima" not in browser.get(page).content.decode()


def test_a_file_that_was_held_is_thrown_away_by_its_tick_and_nobody_else_sees_it(desk, holder, centre, talk):
    page, browser = f"/meja/percakapan/{talk.pk}/", browser_of(desk)
    key = re.search(r'name="key" value="([^"]+)"', browser.get(page).content.decode())[1]
    browser.post(f"{page}ambil/", {"text": "", "key": key, "file": picture()})
    other = browser_of(actor_of(holder("Wati", centre)))
    assert "slip.png" not in other.get(page).content.decode()
    browser.post(f"{page}pokok/", {"text": "", "key": key, "topic": "wages", "buang": str(HeldFile.objects.get().pk)})
    assert "slip.png" not in browser.get(page).content.decode()


def test_a_file_that_is_not_taken_is_said_so(desk, talk):
    page, browser = f"/meja/percakapan/{talk.pk}/", browser_of(desk)
    key = re.search(r'name="key" value="([^"]+)"', browser.get(page).content.decode())[1]
    bad = SimpleUploadedFile("alat.exe", b"MZ" + b"\0" * 400)
    browser.post(f"{page}ambil/", {"text": TYPED, "key": key, "file": bad})
    words = browser.get(page).content.decode()
    assert ("Berkasnya tidak ikut disimpan." in words, f"{TYPED}</textarea>" in words) == (True, True)


def test_what_was_sent_or_rubbed_out_is_gone(desk, talk):
    browser, page = browser_of(desk), f"/meja/percakapan/{talk.pk}/"
    browser.post(f"{page}ambil/", {"text": TYPED})
    assert browser.post(f"{page}jawab/", {"text": TYPED}).status_code == 302
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()
    browser.post(f"{page}tutup/", {"text": TYPED})
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    browser.post(f"{page}tutup/", {"text": " "})
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()


def test_i_handle_it_keeps_the_answer_of_the_report(desk, send):
    report, _code = send()
    browser, page = browser_of(desk), f"/meja/laporan/{report.pk}/"
    words = browser.get(page).content.decode()
    assert f'form="jawab" formaction="{page}tangani/"' in words
    assert browser.post(f"{page}tangani/", {"text": TYPED}).url == page
    assert f"{TYPED}</textarea>" in browser.get(page).content.decode()
    report.refresh_from_db()
    assert report.assigned_to_id == desk.user_id
    browser.post(f"{page}jawab/", {"text": TYPED})
    assert f"{TYPED}</textarea>" not in browser.get(page).content.decode()


def test_the_desk_of_a_consultation_keeps_the_answer_with_its_articles(paralegal, centre):
    made, _code = asked()
    browser, page = browser_of(paralegal), f"/meja/konsultasi/{made.pk}/"
    typed = {"answer": TYPED, "told": "phone", "cites": CITES}
    for button, more in (
        ("ambil", {}),
        ("pokok", {"pokok-topic": "wages"}),
        ("samarkan", {"samar-threat_level": "careful", "samar-alias": "Kenari"}),
    ):
        assert f'form="jawab" formaction="{page}{button}/"' in browser.get(page).content.decode(), button
        assert browser.post(f"{page}{button}/", {**typed, **more}).status_code == 302
        words = browser.get(page).content.decode()
        assert f"{TYPED}</textarea>" in words, button
        assert re.search(r'name="told" value="phone"[^>]*checked', words), button
        assert [bool(re.search(f'value="{re.escape(one)}" checked', words)) for one in CITES] == [True, True]
    made.refresh_from_db()
    assert (made.topic, made.threat_level, made.state) == ("wages", "careful", "taken")
    assert browser.post(f"{page}jawab/", typed).status_code == 302
    assert Consultation.objects.get().answer == TYPED


def test_a_call_notes_what_is_typed_whatever_is_pressed(desk, centre):
    call = calls.begin_call(actor=desk, unit=centre, key=uuid.uuid4(), address=None, direction="in")
    browser, page = browser_of(desk), f"/meja/telepon/{call.pk}/"
    typed = {"notes": TYPED, "called": "Tin", "topic": "wages", "outcome": "back"}
    words = browser.get(page).content.decode()
    assert f'form="selesai" formaction="{page}lindungi/"' in words
    browser.post(f"{page}lindungi/", {**typed, "lindung-threat_level": "high", "lindung-alias": "Kenari"})
    call.refresh_from_db()
    assert (call.notes, call.called, call.topic, call.threat_level) == (TYPED, "Tin", "wages", "high")
    assert re.search(r'name="outcome" value="back"[^>]*checked', browser.get(page).content.decode())
    browser.post("/meja/telepon/angkat/", {"dari": call.pk, "notes": f"{TYPED}.", "topic": "wages"})
    assert Call.objects.get().notes == f"{TYPED}."
    answer = browser.post(f"{page}tutup/", {"notes": "Lagi", "topic": "wages", "lakukan": "simpan", "lindung-alias": "Nuri"})
    call.refresh_from_db()
    assert (answer.status_code, call.notes, call.ended_at, call.alias) == (200, "Lagi", None, "Kenari")
    assert 'value="Nuri"' in answer.content.decode()


def test_a_report_keeps_the_answer_and_the_words_of_its_small_forms(desk, send):
    report, _code = send()
    browser, page = browser_of(desk), f"/meja/laporan/{report.pk}/"
    browser.post(f"{page}lindungi/", {"text": TYPED, "words": "Sedang dibaca", "threat_level": "high", "alias": "Kenari"})
    words = browser.get(page).content.decode()
    assert (f"{TYPED}</textarea>" in words, "Sedang dibaca</textarea>" in words) == (True, True)
    report.refresh_from_db()
    assert report.alias == "Kenari"
    answer = browser.post(f"{page}jawab/", {"text": TYPED, "code": "3F2A", "lakukan": "simpan"})
    words = answer.content.decode()
    assert (answer.status_code, f"{TYPED}</textarea>" in words, 'value="3F2A"' in words) == (200, True, True)


def test_the_desk_that_copies_a_paper_keeps_its_scan_while_something_is_asked(desk, centre):
    browser, page = browser_of(desk), "/meja/laporan/kertas/"
    key = re.search(r'name="key" value="([^"]+)"', browser.get(page).content.decode())[1]
    typed = {"key": key, "story": TYPED, "place-text": "Antah Berantah"}
    answer = browser.post(page, {**typed, "attached": picture("kertas.png")})
    words = answer.content.decode()
    assert (answer.status_code, "Buang kertas.png" in words, StoredFile.objects.count()) == (422, True, 0)
    told = re.search(r'name="disimpan" value="([^"]+)"', words)[1]
    answer = browser.post(page, {**typed, "disimpan": told, "ragu-place": "Antah Berantah"})
    assert (answer.status_code, [file.name for file in StoredFile.objects.all()]) == (302, ["kertas.png"])


def test_a_list_of_colleagues_as_it_stands_is_nothing_half_typed(desk, holder, centre, send):
    report, _code = send()
    first, second = sorted([holder("Ani", centre), holder("Wati", centre)], key=lambda user: user.name)
    browser, address = browser_of(desk), f"/meja/laporan/{report.pk}/jawab/"

    def opens(user):
        words = browser.post(address, {"text": TYPED, "colleague": user.pk, "lakukan": "simpan"}).content.decode()
        return words.count('<details class="fold" open>')

    assert [opens(first), opens(second)] == [0, 1]
    Report.objects.update(assigned_to=second)
    assert [opens(second), opens(first)] == [0, 1]
