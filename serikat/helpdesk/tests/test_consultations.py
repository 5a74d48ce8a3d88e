"""Questions: promised in office hours, taken once, answered with articles that exist, sent through their conversation, rated by a key."""

from __future__ import annotations

import re
import threading
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.helpdesk.forms.consultations import AskForm
from serikat.helpdesk.models import Consultation, Conversation, Skill
from serikat.helpdesk.rules.consultations import telling_words
from serikat.helpdesk.rules.promises import call_back_by, promised, tone
from serikat.helpdesk.selectors import citing
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.services import consultations as services
from serikat.helpdesk.services import questions
from serikat.helpdesk.tests.consulting import ANSWER, CITES, answered, asked, client_of, desk
from serikat.helpdesk.views import asking
from serikat.kernel.access import ANONYMOUS, Role
from serikat.kernel.errors import Denied, Refused
from serikat.messaging.models import Message
from serikat.messaging.tests.conftest import arrives, centre, provider, sms  # noqa: F401
from serikat.people.models.persons import ThreatLevel
from serikat.people.tests.factories import make_unit

pytestmark = pytest.mark.django_db
JAKARTA, ASK = ZoneInfo("Asia/Jakarta"), "/konsultasi/tanya/"


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def wahyu(centre):  # noqa: F811
    return desk(centre)


@pytest.fixture
def conversation(sms, arrives):  # noqa: F811
    """Two messages of one number, filed."""
    arrives(sms, "Pak saya mau tanya")
    message = arrives(sms, "Upah lembur hari Minggu berapa?")[0]
    now = timezone.now()
    return Conversation.objects.create(
        channel=sms, address=message.address, unit=sms.unit, topic="wages", last_at=now, began_at=now, last_in_at=now
    )


def at(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=JAKARTA)


def test_a_call_back_is_proposed_within_the_office_hours():
    nine = at(24, 9)
    quarters = {
        at(23, 10): at(23, 11),
        at(23, 19): at(23, 20),
        at(23, 23): at(24, 10),
        at(24, 3): at(24, 10),
        at(20, 22): at(23, 10),
    }
    assert {moment: call_back_by(moment) for moment in quarters} == quarters
    assert call_back_by(at(23, 19) + timedelta(minutes=31)) == nine + timedelta(minutes=45)
    assert call_back_by(at(23, 10) + timedelta(seconds=1)) == at(23, 11) + timedelta(minutes=15)
    assert call_back_by(at(23, 23), {at(24, 0).date()}) == at(25, 10)


def test_a_promise_counts_office_hours_alone():
    assert promised(at(23, 10), face=False) == at(24, 10)  # Monday: eleven hours of 09 to 20
    assert promised(at(20, 19), face=False) == at(23, 19)  # Friday evening: over the weekend
    assert promised(at(23, 10), face=True) == at(25, 10)  # sixteen hours of 09 to 17
    assert promised(at(23, 10), face=False, days_off={at(24, 0).date()}) == at(25, 10)


def test_the_clock_turns_amber_and_red():
    assert [tone(at(23, 12), at(23, hour)) for hour in (8, 9, 11, 12, 13)] == ["", "amber", "amber", "red", "red"]


def test_telling_words_leave_out_what_everybody_says():
    assert telling_words("Apakah saya dapat pesangon kalau pabrik tutup?") == ["pesangon", "tutup"]
    assert telling_words("Keselamatan: pengupahan, upahnya, dibayarkan, 12 jam") == ["keselamatan", "pengupahan", "jam"]


def test_asking_gives_a_code_and_the_same_form_the_same_code(wahyu):
    key = uuid.uuid4()
    given = {"actor": ANONYMOUS, "key": key, "topic": "wages", "question": "Lembur dibayar berapa?"}
    first, second = questions.ask_once(**given), questions.ask_once(**given)
    assert first == second
    assert Consultation.objects.count() == 1
    found = reads.consultation_of_code(f"kode saya {first[:4]} {first[4:8]}-{first[8:12]}.{first[12:]}")
    assert found.question == "Lembur dibayar berapa?"
    assert first not in (found.index, found.question, found.key.hex)
    notice = Notice.objects.get(user=wahyu.user_id)
    assert (notice.text, "upah" in notice.text_en, notice.text_en != "") == ("Konsultasi baru: upah dan lembur", False, True)


def test_violence_is_careful_from_the_beginning(centre):  # noqa: F811
    assert asked("Atasan memegang saya", topic="violence")[0].threat_level == ThreatLevel.CAREFUL


def test_those_who_know_the_topic_are_told_alone(centre, wahyu):  # noqa: F811
    other = desk(centre)
    Skill.objects.create(user_id=other.user_id, topic="dismissal")
    asked()
    assert list(Notice.objects.values_list("user", flat=True)) == [other.user_id]


def test_the_queue_has_own_topics_first(centre, wahyu):  # noqa: F811
    first, second = asked(topic="wages")[0], asked(topic="leave")[0]
    assert list(reads.consultations_on(wahyu, "antrean")) == [first, second]
    Skill.objects.create(user_id=wahyu.user_id, topic="leave")
    assert list(reads.consultations_on(wahyu, "antrean")) == [second, first]
    assert list(reads.consultations_on(wahyu, "antrean", topic="wages")) == [first]


def test_another_branch_reaches_nothing(centre):  # noqa: F811
    made = asked()[0]
    far = desk(make_unit(centre))
    assert list(reads.consultations_in_reach(far)) == []
    with pytest.raises(Denied):
        services.take_consultation(actor=far, consultation=made)


def test_what_one_took_another_does_not_answer(centre, wahyu):  # noqa: F811
    made = asked()[0]
    services.take_consultation(actor=wahyu, consultation=made)
    other = desk(centre)
    with pytest.raises(services.TakenMeanwhile):
        services.answer_consultation(actor=other, consultation=made, answer="x", cites=[], told="phone")
    services.hand_over(actor=wahyu, consultation=made, to=_user(other))
    services.answer_consultation(actor=other, consultation=made, answer="Ya.", cites=[], told="phone")
    assert (made.state, made.answered_by_id, made.taken_by_id) == ("answered", other.user_id, other.user_id)
    with pytest.raises(services.NotOpen):
        services.answer_consultation(actor=other, consultation=made, answer="Tidak.", cites=[], told="phone")


def _user(actor):
    from django.contrib.auth import get_user_model  # reason: beside its use

    return get_user_model().objects.get(pk=actor.user_id)


def test_only_who_answers_here_is_handed_one(centre, wahyu):  # noqa: F811
    made = asked()[0]
    for nobody in (desk(centre, Role.EDITOR), desk(make_unit(centre))):
        with pytest.raises(services.NotOfThisDesk):
            services.hand_over(actor=wahyu, consultation=made, to=_user(nobody))


@pytest.mark.parametrize("cites", [["PP35/2021:999"], [""], ["' OR 1=1"], [f"PP35/2021:{n}" for n in range(20)]])
def test_an_article_that_is_not_held_is_refused(wahyu, cites):
    made = asked()[0]
    with pytest.raises(Refused) as refused:
        services.answer_consultation(actor=wahyu, consultation=made, answer="Ya.", cites=cites, told="phone")
    assert refused.value.field == "cites"
    made.refresh_from_db()
    assert made.state == "waiting"


def test_articles_are_found_by_words_and_names():
    assert "PP35/2021:40(2)" in [one.id for one in citing.articles_about("uang pesangon masa kerja", [])]
    found = citing.articles_about("PP 35/2021 pasal 40 ayat (2)")
    assert found[0].id == "PP35/2021:40(2)"
    assert found[0].url == "/aturan/pasal/pp35-2021/#pp35-2021-40-2"
    assert citing.articles_about("xyzzy") == citing.articles_about("") == []


def test_an_answer_leaves_through_its_conversation(wahyu, conversation, provider):  # noqa: F811
    made = questions.make_from_conversation(actor=wahyu, conversation=conversation)
    assert made.question == "Pak saya mau tanya\nUpah lembur hari Minggu berapa?"
    assert questions.make_from_conversation(actor=wahyu, conversation=conversation) == made
    services.answer_consultation(
        actor=wahyu, consultation=made, answer="Dua kali upah sejam.", cites=["PP35/2021:31(3)"], told="message"
    )
    sent = Message.objects.get(direction="out")
    assert sent.text.startswith("Dua kali upah sejam.\n\nDasar: PP 35/2021 Pasal 31 ayat (3)\n\nMembantu? http")
    assert sent.text.endswith(f"/konsultasi/pendapat/{made.opinion_key}/")
    conversation.refresh_from_db()
    assert (conversation.state, conversation.last_id) == ("waiting", sent.pk)


def test_an_answer_too_long_for_the_channel_keeps_what_was_typed(wahyu, conversation, client):
    made = questions.make_from_conversation(actor=wahyu, conversation=conversation)
    page = client_of(client, wahyu).post(
        f"/meja/konsultasi/{made.pk}/jawab/", {"answer": "panjang " * 200, "told": "message", "cites": CITES}
    )
    words = page.content.decode()
    assert page.status_code == 422
    assert "Terlalu panjang untuk saluran ini" in words
    assert "panjang panjang" in words
    assert len(re.findall(r'name="cites" value="[^"]+" checked', words)) == 2
    assert Message.objects.filter(direction="out").count() == 0


def test_the_other_button_searches_and_sends_nothing(wahyu, client):
    made = asked()[0]
    given = {"answer": "Belum jadi", "cites": CITES[:1], "cari_pasal": "istirahat mingguan", "cari": "1"}
    page = client_of(client, wahyu).post(f"/meja/konsultasi/{made.pk}/jawab/", given)
    words = page.content.decode()
    assert page.status_code == 200
    assert "Belum jadi" in words
    assert 'value="PP35/2021:44(2)" checked' in words
    assert 'value="PP35/2021:31(3)">' in words
    made.refresh_from_db()
    assert (made.state, made.answer) == ("waiting", "")


def test_the_pieces_of_the_answers_page(wahyu, client):
    client_of(client, wahyu)
    words = client.get("/meja/konsultasi/pasal/", {"cari_pasal": "THR", "cites": CITES}).content.decode()
    assert words.count(" checked") == 2
    assert "PMK6/2016:2(1)" in words
    assert client.post("/meja/konsultasi/mirip/", {"answer": "pesangon"}).status_code == 200
    assert client.get("/meja/konsultasi/mirip/").status_code == 405


def test_the_asker_rates_by_the_key_and_takes_it_back(wahyu, client):
    made = answered(wahyu)
    address = f"/konsultasi/pendapat/{made.opinion_key}/"
    assert client.get("/konsultasi/pendapat/tidak-ada/").status_code == 404
    page = client.get(address)
    assert "pesangon" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for given, kept in (("bad", "bad"), ("good", "good")):
        assert client.post(address, {"opinion": given}).status_code == 302
        made.refresh_from_db()
        assert made.opinion == kept
    client.post(address, {"opinion": "good", "word": "Jelas, terima kasih."})
    made.refresh_from_db()
    assert made.opinion_word == "Jelas, terima kasih."
    assert client.post(address, {"opinion": "salah"}).status_code == 404


def test_no_opinion_before_an_answer(wahyu, client):
    assert client.get(f"/konsultasi/pendapat/{asked()[0].opinion_key}/").status_code == 404


# On the site


def steps(client, **more):
    since = signing.TimestampSigner(salt=AskForm.salt)
    return {
        "langkah": "pertanyaan", "topic": "wages", "question": "Upah saya dipotong, boleh?", "key": str(uuid.uuid4()),
        "since": since.sign("x"), **more,
    }  # fmt: skip


@pytest.fixture
def slowly(monkeypatch):
    """Forms filled by people who took their time."""
    old = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda signer: signing.b62_encode(signing.b62_decode(old(signer)) - 60)
    )


def test_asking_in_two_steps_shows_the_code_once(client, wahyu, slowly):
    page = client.get("/konsultasi/tanya/", follow=True)
    assert page.redirect_chain == [("/konsultasi/tanya/pertanyaan/", 302)]
    assert "no-store" in page["Cache-Control"]
    assert "keluar-cepat" in page.content.decode()
    given = steps(client)
    second = client.post("/konsultasi/tanya/", given, follow=True).content.decode()
    assert 'name="reach"' in second
    assert "Upah saya dipotong" in second
    assert "errorlist" not in second
    page = client.post("/konsultasi/tanya/", {**given, "langkah": "jawaban"}, follow=True)
    code = re.search(r"10\d\d \d{4} \d{4} \d{4}", page.content.decode()).group()
    assert client.post("/konsultasi/tanya/kode/", follow=True).redirect_chain == [("/konsultasi/jawaban/saya/", 302)]
    client.post("/konsultasi/jawaban/saya/")
    assert client.get("/konsultasi/jawaban/saya/").status_code == 302
    made = Consultation.objects.get()
    services.answer_consultation(actor=wahyu, consultation=made, answer=ANSWER, cites=CITES, told="code")
    page = client.post("/kode/", {"code": code}, follow=True)
    words = page.content.decode()
    assert "satu kali tabel" in words
    assert "PP 35/2021 Pasal 44 ayat (2)" in words
    assert code not in words
    assert "Upah saya dipotong" not in words


def test_wrong_codes_are_slowed_down(client, wahyu):
    answers = [client.post("/kode/", {"code": "1012 3456 7890 1234"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_asking_forgives_the_order_of_the_steps(client, wahyu, slowly):
    given = steps(client, question="")
    words = client.post(ASK, {**given, "langkah": "jawaban", "called": "Sri"}, follow=True).content.decode()
    assert "Tulis pertanyaannya." in words
    assert 'name="called" value="Sri"' in words


def test_who_fills_the_trap_of_a_question_is_asked_once_more_and_loses_nothing(client, wahyu, slowly):
    given = {**steps(client), "langkah": "jawaban", "reach": "0812 3456 7890"}
    page = client.post(ASK, {**given, "website": "https://isi.otomatis"}, follow=True)
    words = page.content.decode()
    assert (page.status_code, "Kirim sekali lagi" in words, "isi.otomatis" in words) == (422, True, False)
    assert ("Upah saya dipotong, boleh?" in words, "0812 3456 7890" in words) == (True, True)
    assert Consultation.objects.count() == 0
    assert client.post(ASK, given, follow=True).redirect_chain == [("/konsultasi/tanya/kode/", 302)]


def test_each_step_of_a_question_is_a_page_that_the_back_button_shows_again(client, wahyu, slowly):
    client.post(ASK, steps(client))
    assert "Upah saya dipotong, boleh?" in client.get(f"{ASK}pertanyaan/").content.decode()
    assert 'name="reach"' in client.get(f"{ASK}jawaban/").content.decode()
    assert client.get(f"{ASK}lain/").status_code == 404
    client.get("/keluar-cepat/")
    assert client.get(f"{ASK}jawaban/", follow=True).redirect_chain == [(ASK, 302), (f"{ASK}pertanyaan/", 302)]
    assert "Upah saya" not in client.get(f"{ASK}pertanyaan/").content.decode()


def test_a_report_and_a_question_wait_beside_each_other(client, wahyu, slowly):
    client.post("/lapor/", {"langkah": "cerita", "story": "Rahasia besar", "key": str(uuid.uuid4())})
    client.post(ASK, steps(client))
    assert "Rahasia besar" in client.get("/lapor/cerita/").content.decode()
    assert "Upah saya dipotong, boleh?" in client.get(f"{ASK}pertanyaan/").content.decode()


def test_the_other_language_takes_the_question_along(client, wahyu, slowly):
    client.post(ASK, steps(client))
    page = client.get(f"{ASK}jawaban/").content.decode()
    button = re.search(r'form="tanya" formaction="(/en/[^"]+)" formnovalidate name="(tetap)"', page)
    told = {**steps(client), "langkah": "jawaban", "called": "Sri", button[2]: "1"}
    words = client.post(button[1], told, follow=True).content.decode()
    assert '<html lang="en">' in words
    assert all(kept in words for kept in ('name="called" value="Sri"', "Upah saya dipotong, boleh?"))
    assert "errorlist" not in words


def test_a_flood_of_questions_is_told_to_wait(client, wahyu, slowly, monkeypatch):
    monkeypatch.setattr(services.rules, "MOST_AN_HOUR", 2)
    asked(), asked()
    page = client.post("/konsultasi/tanya/", {**steps(client), "langkah": "jawaban"}, follow=True)
    assert page.status_code == 422
    assert "Banyak pertanyaan sedang masuk" in page.content.decode()


def test_a_flood_from_one_network_holds_up_that_one_alone_and_loses_nothing(client, wahyu, slowly, monkeypatch):
    monkeypatch.setattr(asking, "MOST_SENT", 2)
    for _n in range(2):
        answer = client.post(ASK, {**steps(client), "langkah": "jawaban"})
        assert (answer.status_code, answer["Location"]) == (302, "/konsultasi/tanya/kode/")
    given = {**steps(client), "langkah": "jawaban", "called": "Sri"}
    page = client.post(ASK, given, follow=True)
    words = page.content.decode()
    assert page.status_code == 422
    assert "Dari jaringan ini baru saja masuk banyak pertanyaan" in words
    assert all(f'value="{kept}"' in words for kept in ("Upah saya dipotong, boleh?", "Sri", given["key"]))
    assert client.post(ASK, given, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Consultation.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_is_one_consultation(wahyu):
    key, codes, together = uuid.uuid4(), [], threading.Barrier(6)

    def send():
        together.wait()
        try:
            codes.append(questions.ask_once(actor=ANONYMOUS, key=key, topic="wages", question="Upah saya dipotong, boleh?"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [questions.code_of_key(key=key)] * 6
    assert Consultation.objects.count() == 1


# The desk


def test_a_callers_question_is_noted(client, wahyu, centre):  # noqa: F811
    given = {
        "topic": "leave", "question": "THR saya belum dibayar", "came": "phone", "way": "face", "unit": centre.pk,
        "appointment_0": "2026-12-01", "appointment_1": "10:00", "called": "Bu Ratna", "reach": "0812 0000 0101",
    }  # fmt: skip
    page = client_of(client, wahyu).post("/meja/konsultasi/baru/", given)
    made = Consultation.objects.get()
    assert page["Location"] == f"/meja/konsultasi/{made.pk}/"
    assert (made.way, made.called, made.appointment.astimezone(JAKARTA).hour) == ("face", "Bu Ratna", 10)
    words = client.get(page["Location"]).content.decode()
    assert "Bu Ratna" in words
    assert "janji bertemu" in words


def test_a_guarded_asker_shows_the_alias_alone(client, wahyu):
    made = asked(called="Sulastri Wening")[0]
    client_of(client, wahyu)
    given = {"samar-threat_level": "high", "samar-alias": ""}
    assert "Tulis nama samarannya." in client.post(f"/meja/konsultasi/{made.pk}/samarkan/", given).content.decode()
    client.post(f"/meja/konsultasi/{made.pk}/samarkan/", {**given, "samar-alias": "Melati"})
    for address in ("/meja/konsultasi/", f"/meja/konsultasi/{made.pk}/", "/meja/"):
        words = client.get(address).content.decode()
        assert "Sulastri" not in words
    assert "Melati" in client.get("/meja/konsultasi/").content.decode()


def test_an_operator_raises_but_does_not_lower(centre):  # noqa: F811
    made = asked()[0]
    operator = desk(centre, Role.OPERATOR)
    high = {"threat_level": "high", "protections": ["child"], "alias": "Melati"}
    services.guard_consultation(actor=operator, consultation=made, **high)
    with pytest.raises(Refused):
        services.guard_consultation(actor=operator, consultation=made, threat_level="none", protections=["child"], alias="M")
    services.guard_consultation(actor=desk(centre), consultation=made, threat_level="none", protections=[], alias="")
    assert made.shows_alias is False


def test_closing_without_an_answer_says_why(wahyu):
    made = asked()[0]
    with pytest.raises(Refused):
        services.close_consultation(actor=wahyu, consultation=made)
    services.close_consultation(actor=wahyu, consultation=made, word="Sudah tidak perlu.")
    assert (made.state, list(reads.consultations_on(wahyu, "ditutup"))) == ("closed", [made])


def test_skills_are_set_by_oneself_or_the_chair(client, centre, wahyu):  # noqa: F811
    client_of(client, wahyu).post("/meja/konsultasi/keahlian/", {"topics": ["wages", "leave"]})
    assert sorted(reads.skills_of(wahyu.user_id)) == ["leave", "wages"]
    other = desk(centre)
    assert client.get(f"/meja/konsultasi/keahlian/{other.user_id}/").status_code == 404
    chair = desk(centre, Role.CHAIR)
    client_of(client, chair).post(f"/meja/konsultasi/keahlian/{other.user_id}/", {"topics": ["union"]})
    assert reads.skills_of(other.user_id) == ["union"]
    assert "serikat dihalangi" in client.get("/meja/konsultasi/keahlian/").content.decode()


@pytest.mark.parametrize("address", ["/meja/konsultasi/", "/meja/konsultasi/?rak=dijawab", "/konsultasi/", "/meja/"])
def test_lists_ask_the_same_number_of_questions(client, wahyu, address):
    client_of(client, wahyu)
    asked(), answered(wahyu)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        asked(), answered(wahyu)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three)


def test_one_page_asks_the_same_number_of_questions(client, wahyu):
    client_of(client, wahyu)
    made = asked()[0]
    client.get(f"/meja/konsultasi/{made.pk}/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/meja/konsultasi/{made.pk}/")
    for _ in range(3):
        answered(wahyu)
    with CaptureQueriesContext(connection) as three:
        client.get(f"/meja/konsultasi/{made.pk}/")
    assert len(one) == len(three)


def test_taking_what_a_colleague_took_says_so_on_the_page(client, wahyu, centre):  # noqa: F811
    made, colleague = asked()[0], desk(centre)
    services.take_consultation(actor=colleague, consultation=made)
    page = client_of(client, wahyu).post(f"/meja/konsultasi/{made.pk}/ambil/", follow=True)
    assert "Orang lain sudah mengambil konsultasi ini." in page.content.decode()
    services.close_consultation(actor=colleague, consultation=made, word="Sudah selesai")
    page = client_of(client, wahyu).post(f"/meja/konsultasi/{made.pk}/ambil/", follow=True)
    assert "Konsultasi ini sudah ditutup." in page.content.decode()
