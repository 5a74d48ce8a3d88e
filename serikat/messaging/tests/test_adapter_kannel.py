"""SMS by Kannel, against a real one: bearerbox, smsbox and its own test centre."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from serikat.messaging.adapters import Delivery, Forged, Heard, Parcel, Report, Sort, Unintelligible, adapter_named
from tests.parts.fixtures import SECRET
from tests.parts.kannel import PASSWORD, STATUS, USER
from tests.parts.programs import free_port, wait_for


def parcel(text="halo", to="+6281234567890"):
    return Parcel(str(uuid.uuid4()), to, text)


def made(gate, **more):
    values = {
        "base": gate.base,
        "username": USER,
        "password": PASSWORD,
        "secret": SECRET,
        "status": gate.status,
        "status_password": STATUS,
    }
    return adapter_named("kannel")({**values, **more})


def call(**query):
    return Heard("GET", query, {}, b"")


def test_send_texts_arrive_at_the_centre_in_the_alphabet_they_need(kannel):
    texts = [
        "Gaji Anda: Rp 2.500.000 [lihat] €5 & 10%+1",
        "Terima kasih 🙏 atas laporannya",
        "a\u200fb \u202etidak",
        "x" * 300,
        "baris\nbaru",
    ]
    adapter = made(kannel)
    assert [o.sort for o in adapter.send([parcel(t) for t in texts])] == [Sort.SENT] * 5
    assert kannel.wait_for_sent(5) == [("+6281234567890", text) for text in texts]
    adapter.close()


@pytest.mark.parametrize(
    ("text", "sort"), [("€" * 760, Sort.SENT), ("€" * 761, Sort.REFUSED), ("😀" + "a" * 700, Sort.REFUSED)]
)
def test_send_a_text_of_more_parts_than_kannel_sends_is_not_cut(kannel, text, sort):
    adapter = made(kannel)
    assert next(adapter.send([parcel(text)])).sort == sort
    expected = [text] * (sort == Sort.SENT)
    wait_for(lambda: [whole for _number, whole in kannel.sent()] == expected, words="It did not come whole.")
    adapter.close()


def test_send_a_report_of_delivery_comes_back_by_our_key(kannel, kannel_calls):
    sent = parcel()
    adapter = made(kannel, callback=kannel_calls.address + "?saluran=x")
    assert next(adapter.send([sent])).sort == Sort.SENT
    (heard,) = kannel_calls.wait(1)
    assert heard.query["saluran"] == "x"
    (news,) = adapter.hear(heard).news
    assert (news.report, news.key, news.provider_id) == (Report.DELIVERED, sent.key, "")
    assert abs(datetime.now(UTC) - news.at) < timedelta(minutes=5)
    adapter.close()


@pytest.mark.parametrize("text", ["LAPOR gaji + lembur & tip 100%", "Tolong 😀 saya\u200f", ""])
def test_hear_a_text_that_somebody_sent(kannel, kannel_calls, text):
    kannel.arrive("+628111222333", text or "x")
    (heard,) = kannel_calls.wait(1)
    (news,) = made(kannel).hear(heard).news
    assert (news.sender, news.text) == ("+628111222333", text or "x")
    assert len(news.provider_id) == 36
    assert abs(datetime.now(UTC) - news.at) < timedelta(minutes=5)


def test_hear_what_came_while_we_were_down_comes_when_we_are_back(kannel, kannel_calls):
    kannel_calls.status = 503
    kannel.arrive("+628111222333", "LAPOR sekali")
    wait_for(lambda: not kannel_calls.heard, seconds=1)
    kannel_calls.status = 200
    (heard,) = kannel_calls.wait(1)
    assert made(kannel).hear(heard).news[0].text == "LAPOR sekali"


@pytest.mark.parametrize(
    ("values", "to", "sort", "word"),
    [
        ({"password": "salah-sekali"}, "+62811", Sort.OFF, "password"),
        ({"username": "siapa"}, "+62811", Sort.OFF, "password"),
        ({}, "abc", Sort.REFUSED, "number"),
        ({}, "", Sort.REFUSED, "number"),
        ({"base": "http://127.0.0.1:1"}, "+62811", Sort.LATER, "connection"),
        ({"base": "bukan alamat"}, "+62811", Sort.LATER, "address"),
    ],
)
def test_send_what_kannel_refuses_is_told_apart(kannel, values, to, sort, word):
    adapter = made(kannel, **values)
    outcome = next(adapter.send([parcel(to=to)]))
    assert outcome.sort == sort
    assert word in outcome.problem
    assert "salah-sekali" not in outcome.problem
    adapter.close()


def test_send_the_rest_of_a_batch_is_not_tried_when_the_channel_is_refused(kannel):
    adapter = made(kannel, password="salah")
    assert [o.sort for o in adapter.send([parcel(), parcel(), parcel()])] == [Sort.OFF] * 3
    adapter.close()


def test_send_one_bad_number_does_not_stop_the_rest(kannel):
    adapter = made(kannel)
    assert [o.sort for o in adapter.send([parcel(), parcel(to="x"), parcel()])] == [Sort.SENT, Sort.REFUSED, Sort.SENT]
    kannel.wait_for_sent(2)
    adapter.close()


def test_check_says_what_is_wrong(kannel):
    assert made(kannel).check().well
    assert "password" in made(kannel, password="x").check().words
    assert not made(kannel, status_password="x").check().well
    assert made(kannel, status="").check().well
    assert not made(kannel, base=f"http://127.0.0.1:{free_port()}").check().well
    kannel.disconnect()
    wait_for(lambda: not made(kannel).check().well)


@pytest.mark.parametrize("secret", [None, "", "rahasia", SECRET + "x", "\ud83d\ude00"])
def test_hear_a_call_without_our_secret_is_forged(secret):
    adapter = adapter_named("kannel")({"secret": SECRET})
    query = {"from": "+62811", "text": "x", "id": "1"} | ({} if secret is None else {"secret": secret})
    with pytest.raises(Forged):
        adapter.hear(call(**query))
    with pytest.raises(Forged):
        adapter_named("kannel")({"secret": ""}).hear(call(secret="", text="x"))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from": "+62811", "text": "x"},
        {"text": "x", "id": "1"},
        {"from": "+62811", "id": "1"},
        {"from": "+62811", "id": "1", "text": "x" * 10_000_000},
        {"from": "1" * 200, "id": "1", "text": "x"},
        {"report": "1", "key": "bukan"},
        {"report": "8", "key": str(uuid.uuid4())},
        {"report": "", "key": str(uuid.uuid4())},
    ],
)
def test_hear_what_makes_no_sense_is_said(query):
    with pytest.raises(Unintelligible):
        adapter_named("kannel")({"secret": SECRET}).hear(call(secret=SECRET, **query))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x" * 10_000_000, 'text/plain; charset="UTF-8"'),
        (b"x", 'text/plain; charset="klingon"'),
    ],
)
def test_hear_a_body_that_makes_no_sense_is_said(body, kind):
    query = {"secret": SECRET, "from": "+62811", "id": "1"}
    with pytest.raises(Unintelligible):
        adapter_named("kannel")({"secret": SECRET}).hear(Heard("POST", query, {"content-type": kind}, body))


@pytest.mark.parametrize(("code", "report"), [("1", Report.DELIVERED), ("2", Report.FAILED), ("16", Report.REFUSED)])
def test_hear_reports_are_told_apart(code, report):
    key = str(uuid.uuid4())
    (news,) = adapter_named("kannel")({"secret": SECRET}).hear(call(secret=SECRET, report=code, key=key, at="%T")).news
    assert isinstance(news, Delivery)
    assert (news.report, news.key, news.at, bool(news.problem)) == (report, key, None, report is not Report.DELIVERED)
