"""What a code opens and what it does not; guessing; the second secret; a lost code."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Value
from serikat.helpdesk.models import AccessCode, CodeRenewal
from serikat.helpdesk.rules.access_codes import make_access_code
from serikat.helpdesk.selectors import codes as reads
from serikat.helpdesk.services import codes as services
from serikat.helpdesk.services import handling_reports as handling
from serikat.kernel.access import ANONYMOUS, actor_of
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.opening import MOST_WRONG
from serikat.messaging.models import Message

pytestmark = pytest.mark.django_db
FIND, FOLLOW = "/kode/", "/kode/laporan/"


def opened(client, code):
    answer = client.post(FIND, {"code": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, FOLLOW)
    return client.get(FOLLOW).content.decode()


def test_a_code_opens_state_and_words_and_not_the_story(client, send, desk):
    report, code = send("Majikan menahan paspor saya", secret="mawar merah")
    handling.move_report(actor=desk, report=report, state="handled", words="Kami sudah menelepon agen.")
    handling.answer_report(actor=desk, report=report, text="Boleh kami datang Sabtu?")
    page = opened(client, f"{code[:4]} {code[4:8]}-{code[8:12]}.{code[12:]}")
    assert [words in page for words in (report.number, "Kami sudah menelepon agen.", "Boleh kami datang Sabtu?")] == [
        True
    ] * 3
    assert [words in page for words in ("Majikan menahan", code, code[4:8] + " " + code[8:12])] == [False] * 3
    assert client.get(FOLLOW)["Cache-Control"].count("no-store") == 1


def test_the_story_opens_with_the_second_secret_for_one_answer(client, send):
    report, code = send("Majikan menahan paspor saya", secret="mawar merah")
    opened(client, code)
    wrong = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "mawar putih"})
    assert (wrong.status_code, "Majikan menahan" in wrong.content.decode()) == (422, False)
    right = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "mawar merah"})
    assert (right.status_code, "Majikan menahan paspor saya" in right.content.decode()) == (200, True)
    assert "Majikan menahan" not in client.get(FOLLOW).content.decode()


def test_wrong_secrets_are_slowed_whoever_tries(client, send):
    report, code = send(secret="mawar merah")
    opened(client, code)
    given = [client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": f"salah {n}"}) for n in range(9)]
    assert [answer.status_code for answer in given] == [422] * 8 + [429]
    late = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "mawar merah"}, REMOTE_ADDR="10.9.9.9")
    assert (late.status_code, "Tunggu satu jam" in late.content.decode()) == (429, True)


def test_no_such_code_and_an_ended_one_answer_alike(client, send):
    _report, code = send()
    AccessCode.objects.update(ended_at=timezone.now())
    answers = [client.post(FIND, {"code": typed}) for typed in (code, make_access_code())]
    pages = [
        a.content.decode().replace(typed, "")
        for a, typed in zip(answers, (code, answers[1].context["form"]["code"].value()), strict=True)
    ]
    assert [a.status_code for a in answers] == [422, 422]
    assert "Kode ini tidak berlaku" in pages[0]
    assert pages[0][pages[0].index("<main") :].split("csrf")[0] == pages[1][pages[1].index("<main") :].split("csrf")[0]


def test_guessing_codes_is_slowed_and_others_go_on(client, send):
    _report, code = send()
    for _n in range(MOST_WRONG):
        assert client.post(FIND, {"code": make_access_code()}).status_code == 422
    assert client.post(FIND, {"code": code}).status_code == 429  # right or wrong
    assert client.post(FIND, {"code": code}, REMOTE_ADDR="10.0.0.7").status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Tulis enam belas angka"), ("halo", "Tulis enam belas angka"), ("1012 3456", "Angkanya kurang"),
        ("3216085708900001", "bukan kode akses"), ("1" * 5000, "paling banyak"), ("\u202e'; --", "Tulis enam belas angka"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_said_beside_the_field(client, send, typed, said):
    answer = client.post(FIND, {"code": typed})
    assert (answer.status_code, said.lower() in answer.content.decode().lower()) == (422, True)


def test_words_go_both_ways_and_once(client, send, desk):
    report, code = send()
    handling.move_report(actor=desk, report=report, state="theirs", words="Kapan terakhir dibayar?")
    opened(client, code)
    key = str(uuid.uuid4())
    for _n in range(2):
        assert (
            client.post(FOLLOW + "tulis/", {"which": report.number, "text": "Bulan Juni 🙏", "key": key}).status_code == 302
        )
    assert [m.text for m in Message.objects.filter(direction="in")] == ["Bulan Juni 🙏"]
    report.refresh_from_db()
    assert (report.state, "Bulan Juni" in client.get(FOLLOW).content.decode()) == ("handled", True)
    empty = client.post(FOLLOW + "tulis/", {"which": report.number, "text": " ", "key": str(uuid.uuid4())})
    assert (empty.status_code, "Tulis pesannya dulu" in empty.content.decode()) == (422, True)


def test_what_was_typed_survives_the_end_of_the_time(client, send):
    report, _code = send()
    late = client.post(FOLLOW + "tulis/", {"which": report.number, "text": "Panjang sekali", "key": str(uuid.uuid4())})
    assert (late.status_code, 'value="Panjang sekali"' in late.content.decode()) == (422, True)


def test_another_report_cannot_be_written_to(client, send):
    _mine, code = send()
    other, _code = send("Lain")
    opened(client, code)
    answer = client.post(FOLLOW + "tulis/", {"which": other.number, "text": "x", "key": str(uuid.uuid4())})
    assert (answer.status_code, Message.objects.count()) == (422, 0)


def test_a_secret_set_later_opens_the_story_a_day_after(client, send):
    report, code = send("Cerita lama")
    opened(client, code)
    assert client.post(FOLLOW + "sandi/", {"which": report.number, "pasang-secret": "abc"}).status_code == 422
    client.post(FOLLOW + "sandi/", {"which": report.number, "pasang-secret": "mawar merah"})
    page = client.get(FOLLOW).content.decode()
    assert ("Sandi kedua dipasang lewat halaman ini" in page, "sandi-secret" in page) == (True, False)
    early = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "mawar merah"})
    assert "Cerita lama" not in early.content.decode()
    AccessCode.objects.update(secret_set_at=timezone.now() - timedelta(hours=25))
    type(report).objects.update(received_at=timezone.now() - timedelta(days=3))
    again = client.post(FOLLOW + "sandi/", {"which": report.number, "pasang-secret": "lain sekali"})
    assert again.status_code == 422
    late = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "mawar merah"})
    assert "Cerita lama" in late.content.decode()


def test_closing_leaves_nothing_open(client, send):
    _report, code = send()
    opened(client, code)
    client.post(FOLLOW + "tutup/")
    assert client.get(FOLLOW).headers["Location"] == FIND
    assert "sessionid" not in client.cookies or client.cookies["sessionid"].value == ""


# A lost code

REACH = "SMS sesudah jam 7"


def renewed(report, desk, other, known=("way", "reach", "detail")):
    renewal = services.ask_new_code(actor=desk, report=report, known_by=known, words="Suaranya dikenal.")
    services.agree_new_code(actor=other, renewal=renewal)
    return services.renew_code(actor=desk, report=report)


def test_a_lost_code_takes_three_answers_and_two_people(send, desk, paralegal):
    report, old = send(reach=REACH)
    with pytest.raises(services.TooLittleKnown):
        services.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "nonsense"])
    with pytest.raises(services.NotAgreed):
        services.renew_code(actor=desk, report=report)
    renewal = services.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "detail"])
    with pytest.raises(services.AlreadyAsked):
        services.ask_new_code(actor=paralegal, report=report, known_by=["way", "reach", "detail"])
    with pytest.raises(Denied):
        services.agree_new_code(actor=desk, renewal=renewal)
    (asked,) = Notice.objects.all()
    assert (asked.user_id, asked.text) == (
        paralegal.user_id, f"Kode akses baru untuk laporan {report.number} menunggu persetujuan Anda."
    )  # fmt: skip
    services.agree_new_code(actor=paralegal, renewal=renewal)
    told = Notice.objects.exclude(pk=asked.pk).get()
    assert (told.user_id, told.text.endswith("Buat kodenya sekarang.")) == (desk.user_id, True)
    assert told.link == asked.link == f"/meja/laporan/{report.pk}/kode/ganti/"
    new = services.renew_code(actor=desk, report=report)
    assert reads.code_typed(new).report == report
    with pytest.raises(Missing):
        reads.code_typed(old)
    with pytest.raises(services.NotAgreed):  # one yes, one code
        services.renew_code(actor=desk, report=report)
    assert new not in " ".join(str(v.value) for v in Value.objects.all())


def test_a_refused_or_stale_renewal_makes_no_code(send, desk, paralegal):
    report, old = send(reach=REACH)
    renewal = services.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "detail"])
    services.refuse_new_code(actor=paralegal, renewal=renewal)
    with pytest.raises(services.NotAgreed):
        services.renew_code(actor=desk, report=report)
    renewal = services.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "detail"])
    services.agree_new_code(actor=paralegal, renewal=renewal)
    CodeRenewal.objects.filter(pk=renewal.pk).update(answered_at=timezone.now() - timedelta(days=2))
    with pytest.raises(services.NotAgreed):
        services.renew_code(actor=desk, report=report)
    assert reads.code_typed(old).report == report


def test_a_renewed_code_opens_no_story_to_a_stranger(client, send, desk, paralegal):
    report, _old = send("Cerita rahasia", reach=REACH)
    code = renewed(report, desk, paralegal)
    opened(client, code)
    client.post(FOLLOW + "sandi/", {"which": report.number, "pasang-secret": "sandi orang lain"})
    AccessCode.objects.filter(ended_at=None).update(secret_set_at=timezone.now() - timedelta(days=30))
    type(report).objects.update(received_at=timezone.now() - timedelta(days=60))
    answer = client.post(FOLLOW + "cerita/", {"which": report.number, "sandi-secret": "sandi orang lain"})
    assert "Cerita rahasia" not in answer.content.decode()


def test_the_second_secret_outlives_a_lost_code(send, desk, paralegal):
    report, _old = send(secret="mawar merah", reach=REACH)
    held = reads.code_typed(renewed(report, desk, paralegal))
    assert (reads.is_secret(held, "mawar merah"), reads.story_is_open(held)) == (True, True)


def test_a_stranger_renews_nothing(send, holder, east):
    report, _code = send(reach=REACH)
    stranger = actor_of(holder("Wati", east))
    for actor in (ANONYMOUS, stranger):
        with pytest.raises(Denied):
            services.ask_new_code(actor=actor, report=report, known_by=["way", "reach", "detail"])


def test_a_set_secret_is_checked_for_length(send):
    report, code = send(reach=REACH)
    with pytest.raises(Refused):
        services.set_second_secret(actor=ANONYMOUS, report=report, code=reads.code_typed(code), secret="12345")


def test_only_what_the_report_holds_can_be_asked(client, send, desk, tini):
    bare, _code = send("", where="Pabrik di Cikarang")
    assert set(services.questions_about(report=bare)) == {"way"}
    with pytest.raises(services.TooLittleKnown):
        services.ask_new_code(actor=desk, report=bare, known_by=["way", "against", "detail"])
    client.force_login(tini)
    page = client.get(f"/meja/laporan/{bare.pk}/kode/ganti/").content.decode()
    assert ("terlalu sedikit untuk mengenali" in page, "known_by" in page) == (True, False)
    full, _code = send(against="PT Rimba", reach=REACH)
    assert set(services.questions_about(report=full)) == {"way", "against", "detail", "reach"}
    page = client.get(f"/meja/laporan/{full.pk}/kode/ganti/").content.decode()
    assert ('value="reach"' in page, 'value="said"' in page) == (True, False)
    handling.answer_report(actor=desk, report=full, text="Slip gajinya ada?")
    assert "said" in services.questions_about(report=full)
