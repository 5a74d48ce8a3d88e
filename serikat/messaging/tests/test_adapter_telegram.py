"""Telegram by its Bot API, against a stand-in."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from serikat.messaging.adapters import Attachment, ChannelDown, Forged, Heard, Parcel, Sort, Unintelligible, adapter_named


def made(standin=None, kind="telegram", **more):
    values = {"secret": "rahasia-webhook", "ways": "ask", "chat": "@serikat", "token": "1:x", "base": "http://127.0.0.1:1"}
    if standin:
        values |= {"base": standin.base("telegram"), "token": standin.token("telegram")}
    return adapter_named(kind)({**values, **more})


def update(number=1, **more):
    chat = {"id": 42, "type": "private"}
    sent = {
        "message_id": 7,
        "date": 1795392332,
        "chat": chat,
        "from": {"first_name": "Budi", "last_name": "S"},
        "text": "LAPOR 🙏 \u202eupah",
    }
    return {"update_id": number, "message": {**sent, **more}}


def edited(number, **more):
    return {"update_id": number, "edited_message": {**update(**more)["message"], "edit_date": 1795392400 + number}}


def heard(told, secret="rahasia-webhook"):  # noqa: S107
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return Heard("POST", {}, {"x-telegram-bot-api-secret-token": secret}, body)


def fetched(adapter):
    found = []
    adapter.fetch(found.extend)
    return found


def test_send_texts_answers_and_files(standin):
    adapter = made(standin)
    one = Parcel("k", "42", "Jawaban", link="https://serikat.example/a", answers="42:7")
    two = Parcel("l", "42", "", files=(Attachment("a.pdf", "application/pdf", b"%PDF"),))
    outcomes = list(adapter.send([one, two, Parcel("m", "42", " ")]))
    assert [o.sort for o in outcomes] == [Sort.SENT, Sort.SENT, Sort.REFUSED]
    assert [o.provider_id for o in outcomes[:2]] == ["42:1", "42:2"]
    text, file = standin.messages("telegram")
    assert text["text"] == "Jawaban\nhttps://serikat.example/a"
    assert text["reply_parameters"]["message_id"] == 7
    assert b"%PDF" in file["document"]
    voice = Parcel("n", "42", "", files=(Attachment("suara.m4a", "audio/mp4", b"ftypM4A"),))
    assert next(adapter.send([voice])).sort == Sort.SENT
    assert b'name="audio"; filename="suara.m4a"' in standin.messages("telegram")[-1]["document"]
    adapter.close()


def test_send_somebody_who_blocked_us_does_not_stop_the_rest_and_a_flood_does(standin):
    standin.unknown.add("13")
    adapter = made(standin)
    parcels = [Parcel("a", "13", "x"), Parcel("b", "42", "x"), Parcel("c", "42", "x")]
    assert [o.sort for o in adapter.send(parcels)] == [Sort.REFUSED, Sort.SENT, Sort.SENT]
    standin.fail("telegram", "flood")
    outcomes = list(adapter.send(parcels))
    assert [(o.sort, o.again_after) for o in outcomes] == [(Sort.LATER, 33)] * 3
    adapter.close()


def test_send_to_a_channel_gives_a_link(standin):
    adapter = made(standin, "telegram_wall")
    assert next(adapter.send([Parcel("k", "", "Kabar")])).link == "https://t.me/serikat/1"
    adapter.close()


def test_fetch_takes_what_is_new_and_acknowledges_it_only_then(standin):
    standin.updates += [update(n, message_id=n) for n in range(1, 131)]
    adapter = made(standin)

    def breaks(news):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        adapter.fetch(breaks)
    assert len(standin.updates) == 130
    news = fetched(adapter)
    assert len({n.provider_id for n in news}) == 130
    assert (news[0].sender, news[0].text, news[0].name, news[0].provider_id) == (
        "42",
        "LAPOR 🙏 \u202eupah",
        "Budi S",
        "42:1",
    )
    assert news[0].at == datetime.fromtimestamp(1795392332, UTC)
    assert standin.updates == []
    assert fetched(adapter) == []
    adapter.close()


def test_fetch_what_makes_no_sense_does_not_stand_before_what_follows(standin):
    standin.updates += [update(1, message_id=None), update(2, message_id=8)]
    adapter = made(standin)
    assert [n.provider_id for n in fetched(adapter)] == ["42:8"]
    standin.updates += [update(3, message_id=None)]
    assert (fetched(adapter), standin.updates) == ([], [])
    adapter.close()


@pytest.mark.parametrize("how", ["token", "two places", "flood", "down", "nonsense", "break after", "list"])
def test_fetch_says_when_telegram_does_not_answer(standin, how):
    standin.fail("telegram", how)
    adapter = made(standin)
    with pytest.raises(ChannelDown) as told:
        fetched(adapter)
    assert standin.token("telegram") not in str(told.value)
    adapter.close()


def test_fetch_asks_nothing_when_telegram_calls(standin):
    assert fetched(made(standin, ways="call")) == []
    assert standin.calls == []


def test_hear_messages_of_people_alone():
    adapter = made()
    (news,) = adapter.hear(heard(update(reply_to_message={"message_id": 3}))).news
    assert (news.text, news.answers) == ("LAPOR 🙏 \u202eupah", "42:3")
    for nothing in (update(chat={"id": -1, "type": "group"}), {"update_id": 2, "edited_message": {}}, {"update_id": 3}):
        assert adapter.hear(heard(nothing)).news == []


def test_fetch_what_somebody_changed_arrives_too(standin):
    adapter = made(standin)
    standin.updates += [update(1), edited(2, text="LAPOR upah PT Lain"), edited(3, text="", caption="slip Mei")]
    standin.updates += [edited(4, text="", location={"latitude": -6.2, "longitude": 106.8})]  # of somebody on the way
    first, second, third = fetched(adapter)
    assert (second.text, second.answers) == ("Mengubah pesannya menjadi: LAPOR upah PT Lain", first.provider_id)
    assert third.text.endswith(": slip Mei")
    assert len({first.provider_id, second.provider_id, third.provider_id}) == 3
    adapter.close()


@pytest.mark.parametrize(
    ("more", "text", "file"),
    [
        (
            {"text": "", "caption": "slip", "photo": [{"file_id": "s"}, {"file_id": "L"}]},
            "slip",
            Attachment("foto.jpg", "image/jpeg", ref="L"),
        ),
        ({"text": "", "voice": {"file_id": "v", "mime_type": "audio/ogg"}}, "", Attachment("voice", "audio/ogg", ref="v")),
        (
            {"text": "", "document": {"file_id": "d", "file_name": "a.pdf"}},
            "",
            Attachment("a.pdf", "application/octet-stream", ref="d"),
        ),
        ({"text": "", "contact": {"first_name": "Ani", "phone_number": "+62811"}}, "Ani +62811", None),
        ({"text": "", "location": {"latitude": -6.2, "longitude": 106.8}}, "-6.2,106.8", None),
        ({"text": 7, "date": "x", "from": None, "photo": "x"}, "7", None),
    ],
)
def test_hear_other_sorts_of_messages(more, text, file):
    (news,) = made().hear(heard(update(**more))).news
    assert (news.text, news.files) == (text, (file,) if file else ())


@pytest.mark.parametrize("secret", ["", "lain", "rahasia-webhook ", "\ud83d"])
def test_hear_without_our_secret_is_forged(secret):
    with pytest.raises(Forged):
        made().hear(heard(update(), secret))
    with pytest.raises(Forged):
        made(secret="").hear(heard(update(), ""))
    with pytest.raises(Forged):
        made().hear(heard(b"x" * 10_000_000))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"update_id": "x"}', b"[" * 100_000, json.dumps(update(chat={"type": "private"})).encode()],
)
def test_hear_what_makes_no_sense_is_said(body):
    with pytest.raises(Unintelligible):
        made().hear(heard(body))


def test_load_a_file_in_two_steps(standin):
    standin.media |= {"foto/a.jpg": ("image/jpeg", b"x" * 500), "../x": ("", b"x")}
    adapter = made(standin)
    assert adapter.load("foto/a.jpg", 1000) == b"x" * 500
    for ref, most in (("foto/a.jpg", 100), ("hilang", 100), ("../x", 100)):
        with pytest.raises(ChannelDown):
            adapter.load(ref, most)
    adapter.close()
