"""WhatsApp by the Cloud API, against a stand-in; calls signed as Meta signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime

import pytest

from serikat.messaging.adapters import (
    Arrived,
    Attachment,
    ChannelDown,
    Delivery,
    Forged,
    Heard,
    Parcel,
    Report,
    Sort,
    Template,
    TemplateJudged,
    Unintelligible,
    Verdict,
    adapter_named,
)
from serikat.messaging.rules.keywords import read
from serikat.messaging.rules.words import WORDS

SECRET = "rahasia-aplikasi"


def made(standin=None, **more):
    values = {s.name: s.initial for s in adapter_named("whatsapp").settings}
    values |= {"phone_id": "555", "account_id": "1", "app_secret": SECRET, "verify_token": "kata-verifikasi"}
    if standin:
        values |= {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")}
    return adapter_named("whatsapp")({**values, **more})


def parcel(text="halo", **more):
    return Parcel(str(uuid.uuid4()), "+6281234567890", text, **more)


def call(told, *, secret=SECRET, signature=None):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    right = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Heard("POST", {}, {"x-hub-signature-256": right if signature is None else signature}, body)


def told(phone="555", **value):
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": phone}, **value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


def message(**more):
    return {
        "from": "6281234567890",
        "id": "wamid.A",
        "timestamp": "1795392332",
        "type": "text",
        "text": {"body": "LAPOR 🙏 \u202eupah"},
        **more,
    }


def test_send_a_text_an_answer_a_template_and_files(standin):
    adapter = made(standin)
    files = (Attachment("slip.pdf", "application/pdf", b"%PDF"), Attachment("foto.jpg", "image/jpeg", b"\xff\xd8"))
    parcels = [
        parcel("Ini jawaban", link="https://serikat.example/a", answers="wamid.X"),
        parcel("", template=Template("kabar_baru", "id", ("Budi", "Senin"))),
        parcel("dengan berkas", files=files),
    ]
    assert [o.sort for o in adapter.send(parcels)] == [Sort.SENT] * 3
    text, template, *three = standin.messages("whatsapp")
    assert (text["to"], text["context"]) == ("6281234567890", {"message_id": "wamid.X"})
    assert text["text"] == {"body": "Ini jawaban\nhttps://serikat.example/a", "preview_url": True}
    assert template["template"]["components"][0]["parameters"] == [
        {"type": "text", "text": "Budi"},
        {"type": "text", "text": "Senin"},
    ]
    assert [m["type"] for m in three] == ["text", "document", "image"]
    assert three[1]["document"] == {"id": "880001", "filename": "slip.pdf"}
    adapter.close()


def test_send_what_stopped_half_way_is_in_doubt_and_a_refused_file_sends_nothing(standin):
    adapter = made(standin)
    whole = parcel("teks", files=(Attachment("a.pdf", "application/pdf", b"x"),))
    standin.fail("whatsapp", "media")
    assert next(adapter.send([whole])).sort == Sort.REFUSED
    assert standin.messages("whatsapp") == []
    for how in ("", "", "fault"):  # the file is handed over, the text is sent, the file is not
        standin.fail("whatsapp", how)
    outcome = next(adapter.send([whole]))
    assert (outcome.sort, outcome.provider_id) == (Sort.DOUBT, "wamid.whatsapp.1")
    assert next(adapter.send([parcel("")])).sort == Sort.REFUSED
    adapter.close()


def test_send_one_unknown_number_does_not_stop_the_rest(standin):
    standin.unknown.add("62811")
    adapter = made(standin)
    parcels = [parcel(), Parcel("k", "+62811", "x"), parcel()]
    assert [o.sort for o in adapter.send(parcels)] == [Sort.SENT, Sort.REFUSED, Sort.SENT]
    adapter.close()


def test_hear_texts_files_and_answers():
    messages = [
        message(context={"id": "wamid.OURS"}),
        message(id="wamid.B", type="image", image={"id": "m1", "mime_type": "image/jpeg", "caption": "slip"}),
        message(id="wamid.C", type="audio", audio={"id": "m2", "mime_type": "audio/ogg; codecs=opus", "voice": True}),
        message(id="wamid.D", type="document", document={"id": "m3", "mime_type": "application/pdf", "filename": "a.pdf"}),
        message(id="wamid.E", type="location", location={"latitude": -6.2, "longitude": 106.8, "name": "Pabrik"}),
        message(id="wamid.F", type="button", button={"text": "Ya", "payload": "x"}),
        message(
            id="wamid.G", type="interactive", interactive={"type": "list_reply", "list_reply": {"id": "1", "title": "Upah"}}
        ),
        message(
            id="wamid.H", type="contacts", contacts=[{"name": {"formatted_name": "Ani"}, "phones": [{"phone": "0811"}]}]
        ),
        message(id="wamid.I", type="reaction", reaction={"emoji": "👍"}),
        message(id="wamid.J", type="unsupported", errors=[{"code": 131051}]),  # a picture to be seen once, a poll
    ]
    news = (
        made()
        .hear(call(told(contacts=[{"wa_id": "6281234567890", "profile": {"name": "Budi\n S"}}], messages=messages)))
        .news
    )
    said = ["LAPOR 🙏 \u202eupah", "slip", "", "", "Pabrik\n-6.2,106.8", "Ya", "Upah", "Ani 0811", ""]
    assert [n.text for n in news] == said
    assert (news[0].sender, news[0].name, news[0].answers) == ("+6281234567890", "Budi S", "wamid.OURS")
    assert news[0].at == datetime.fromtimestamp(1795392332, UTC)
    assert [n.files[0] for n in news if n.files] == [
        Attachment("image", "image/jpeg", ref="m1"),
        Attachment("audio", "audio/ogg", ref="m2"),
        Attachment("a.pdf", "application/pdf", ref="m3"),
    ]


def test_hear_what_they_changed_and_nothing_of_what_they_deleted():
    changed = {"original_message_id": "wamid.A", "message": {"type": "text", "text": {"body": "LAPOR upah PT Lain"}}}
    picture = {"original_message_id": "wamid.B", "message": {"type": "image", "image": {"id": "m1"}}}
    messages = [
        message(id="wamid.K", type="edit", edit=changed, text=None),
        message(id="wamid.L", type="edit", edit=picture, text=None),
        message(id="wamid.M", type="edit", edit={"message": {"type": "edit"}}, text=None),
        message(id="wamid.N", type="revoke", revoke={"original_message_id": "wamid.A"}, text=None),
    ]
    (news,) = made().hear(call(told(messages=messages))).news
    assert (news.text, news.provider_id, news.answers, news.files) == (
        "Mengubah pesannya menjadi: LAPOR upah PT Lain",
        "wamid.K",
        "wamid.A",
        (),
    )
    assert read(news.text, WORDS) is None  # it was answered once


@pytest.mark.parametrize(
    ("status", "more", "report", "cost"),
    [
        ("sent", {}, None, None),
        ("delivered", {"pricing": {"billable": False, "category": "service"}}, Report.DELIVERED, 0),
        ("delivered", {"pricing": {"billable": True, "category": "utility"}}, Report.DELIVERED, None),
        ("read", {}, Report.READ, None),
        ("failed", {"errors": [{"code": 131026, "title": "Message undeliverable to 6281234567890"}]}, Report.REFUSED, None),
        ("failed", {"errors": [{"code": 131000, "title": "Something went wrong"}]}, Report.FAILED, None),
        ("failed", {}, Report.REFUSED, None),
        ("baru", {}, None, None),
    ],
)
def test_hear_what_became_of_ours(status, more, report, cost):
    item = {"id": "wamid.X", "status": status, "timestamp": "1795392332", "recipient_id": "6281234567890", **more}
    news = made().hear(call(told(statuses=[item]))).news
    if report is None:
        assert news == []
        return
    (delivery,) = news
    assert isinstance(delivery, Delivery)
    assert (delivery.report, delivery.provider_id, delivery.cost) == (report, "wamid.X", cost)
    assert "6281234567890" not in delivery.problem


def judged(event, **more):
    value = {
        "event": event,
        "message_template_id": 7,
        "message_template_name": "rapat",
        "message_template_language": "id",
        **more,
    }
    entry = {"id": "1", "changes": [{"field": "message_template_status_update", "value": value}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


@pytest.mark.parametrize(
    ("event", "reason", "verdict", "why"),
    [
        ("APPROVED", "NONE", Verdict.APPROVED, ""),
        ("REJECTED", "TAG_CONTENT_MISMATCH", Verdict.REJECTED, "TAG_CONTENT_MISMATCH"),
        ("PAUSED", None, Verdict.PAUSED, ""),
        ("DISABLED", {"a": 1}, Verdict.DISABLED, ""),
    ],
)
def test_hear_what_became_of_a_template(event, reason, verdict, why):
    assert made().hear(call(judged(event, reason=reason))).news == [TemplateJudged("rapat", "id", verdict, why, "1")]


def test_hear_a_warning_or_a_new_word_of_a_template_changes_nothing():
    assert [made().hear(call(judged(event))).news for event in ("FLAGGED", "BARU", "")] == [[], [], []]
    with pytest.raises(Unintelligible):
        made().hear(call(judged("PAUSED", message_template_name=None)))


def test_hear_what_is_for_another_number_of_the_app_is_left():
    assert made().hear(call(told("556", messages=[message()]))).news == []


@pytest.mark.parametrize("signature", ["", "sha256=", "sha1=abc", "sha256=" + "0" * 64, "\ud83d"])
def test_hear_a_wrong_signature_is_forged(signature):
    with pytest.raises(Forged):
        made().hear(call(told(messages=[message()]), signature=signature))


def test_hear_a_forged_call_in_all_other_ways():
    heard = call(told(messages=[message()]))
    for forged in (
        Heard("POST", {}, {}, heard.body),
        Heard("POST", {}, heard.headers, heard.body.replace(b"LAPOR", b"HAPUS")),
        call(told(messages=[message()]), secret="lain"),
        call(b"x" * 10_000_000),
    ):
        with pytest.raises(Forged):
            made().hear(forged)
    with pytest.raises(Forged):
        made(app_secret="").hear(call(told(messages=[message()]), secret=""))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"object": "page"}', b"\xff\xfe"]
    + [json.dumps(told(messages=[m])).encode() for m in ({"id": "x"}, {"from": "1"}, None, 7)]
    + [json.dumps(told(statuses=[{"status": "read"}])).encode()],
)
def test_hear_what_makes_no_sense_is_said(body):
    with pytest.raises(Unintelligible):
        made().hear(call(body))


def test_hear_what_makes_no_sense_takes_nothing_along_with_it():
    """Meta tells of several at once, and of somebody who hides their number without it."""
    hearing = made().hear(call(told(messages=[{"id": "x", "type": "text"}, message()], statuses=[{"status": "read"}])))
    assert [one.text for one in hearing.news] == ["LAPOR 🙏 \u202eupah"]
    assert hearing.problem == "A report lacks the id of its message."


@pytest.mark.parametrize("strange", [{"entry": None}, {"entry": [{"changes": {}}]}, {"entry": "x"}, {"entry": [7, None]}])
def test_hear_an_empty_call_is_nothing(strange):
    assert made().hear(call({"object": "whatsapp_business_account", **strange})).news == []


@pytest.mark.parametrize("field", ["text", "context", "timestamp"])
@pytest.mark.parametrize("strange", [None, 7, [], {"body": []}, "x", {"body": None}])
def test_hear_a_message_with_a_strange_field_does_not_break(field, strange):
    (news,) = made().hear(call(told(messages=[message(**{field: strange})]))).news
    assert isinstance(news, Arrived)


def test_hear_the_question_whether_the_address_is_ours():
    right = {"hub.mode": "subscribe", "hub.verify_token": "kata-verifikasi", "hub.challenge": "1158201444"}
    assert made().hear(Heard("GET", right, {}, b"")).body == "1158201444"
    for wrong in ({}, {"hub.verify_token": "lain"}, {"hub.mode": "lain"}, {"hub.verify_token": ""}):
        with pytest.raises(Forged):
            made().hear(Heard("GET", {**right, **wrong} if wrong else {}, {}, b""))
    with pytest.raises(Unintelligible):
        made().hear(Heard("GET", {**right, "hub.challenge": "<script>"}, {}, b""))


def test_load_a_file_in_two_steps_and_give_the_token_to_nobody_else(standin):
    standin.media["m1"] = ("image/jpeg", b"\xff\xd8" * 1000)
    adapter = made(standin)
    assert adapter.load("m1", 10_000) == b"\xff\xd8" * 1000
    for ref, most in (("m1", 100), ("m2", 10_000), ("../x", 10)):
        with pytest.raises(ChannelDown):
            adapter.load(ref, most)
    standin.moved_media = standin.root.replace("127.0.0.1", "localhost") + "/hook"
    with pytest.raises(ChannelDown, match="not the provider's"):
        adapter.load("m1", 10_000)
    assert [c for c in standin.calls if c.provider == "hook"] == []
    adapter.close()


def test_check_says_whom_it_asked_and_what_is_wrong(standin):
    assert made(standin).check().words == "WhatsApp knows us as Serikat Pekerja."
    assert "id in the settings" in made(standin, phone_id="556").check().words
