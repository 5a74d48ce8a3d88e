"""Walls, our own gate, and what needs no network: X, Facebook, Mastodon, Apprise, http, hand, web."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import logging
import time
import uuid

import pytest
from oauthlib.oauth1 import Client

from serikat.messaging.adapters import (
    Attachment,
    Delivery,
    Forged,
    Heard,
    Parcel,
    Report,
    Scheme,
    Sort,
    Unintelligible,
    adapter_named,
)
from serikat.messaging.adapters.x import authorization

SECRET = "kunci-tanda-tangan"


@pytest.fixture
def spoken():
    """What reaches the log of the program. `caplog` hears loggers too that pass nothing on."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.setLevel(level)
    root.removeHandler(handler)


def parcel(text="Kabar baru", **more):
    return Parcel(str(uuid.uuid4()), "", text, **more)


@pytest.mark.parametrize("address", ["https://api.x.com/2/tweets", "https://api.x.com/2/users/me?b=1%202&a=%C3%A9&a="])
def test_authorization_is_what_another_library_signs(address):
    client = Client("app", "rahasia & kunci", "akun", "rahasia/akun", nonce="n0nce", timestamp="1795392332")
    _uri, headers, _body = client.sign(address, "POST")
    known = {"oauth_consumer_key": "app", "oauth_token": "akun"}
    ours = authorization("POST", address, known, ("rahasia & kunci", "rahasia/akun"), nonce="n0nce", stamp=1795392332)
    assert sorted(ours.removeprefix("OAuth ").split(", ")) == sorted(
        headers["Authorization"].removeprefix("OAuth ").split(", ")
    )


def test_send_to_x_the_same_post_is_refused_and_a_limit_names_its_end(standin):
    values = {"base": standin.base("x"), "consumer_key": "app", "consumer_secret": "a", "token": "akun", "token_secret": "b"}
    adapter = adapter_named("x")(values)
    outcomes = list(
        adapter.send([parcel(link="https://s.example/a"), parcel(link="https://s.example/a"), parcel("x" * 281)])
    )
    assert [o.sort for o in outcomes] == [Sort.SENT, Sort.REFUSED, Sort.REFUSED]
    assert outcomes[0].link == "https://x.com/i/status/181"
    assert standin.messages("x") == ["Kabar baru https://s.example/a"]
    standin.fail("x", "rate")
    assert 0 < next(adapter.send([parcel()])).again_after <= 900
    adapter.close()


def test_send_to_a_page_with_a_link_or_a_picture(standin):
    adapter = adapter_named("facebook")(
        {"base": standin.base("facebook"), "token": standin.token("facebook"), "page_id": "777"}
    )
    picture = Attachment("a.jpg", "image/jpeg", b"\xff\xd8gambar")
    outcomes = list(adapter.send([parcel(link="https://s.example/a"), parcel(files=(picture,), link="https://s.example/b")]))
    assert [o.link for o in outcomes] == ["https://www.facebook.com/777_1", "https://www.facebook.com/777_2"]
    post, photo = standin.messages("facebook")
    assert post == {"message": "Kabar baru", "link": "https://s.example/a"}
    assert b"gambar" in photo
    assert b"https://s.example/b" in photo
    adapter.close()


def test_send_to_mastodon_waits_until_a_file_is_ready(standin):
    adapter = adapter_named("mastodon")({"base": standin.base("mastodon"), "token": standin.token("mastodon")})
    outcome = next(adapter.send([parcel(files=(Attachment("a.jpg", "image/jpeg", b"x"),), link="https://s.example/a")]))
    assert outcome.link == "https://mastodon.example/@serikat/1"
    assert standin.messages("mastodon") == [
        {"status": "Kabar baru\n\nhttps://s.example/a", "visibility": "public", "language": "id", "media_ids": ["31"]}
    ]
    adapter.close()


COVER = Attachment("sampul.jpg", "image/jpeg", b"\xff\xd8sampul", alt="Gerbang pabrik saat mogok")


def test_a_cover_goes_along_with_words_for_who_does_not_see_it(standin):
    """Each provider's own place for the words; Telegram has none."""
    x = {"base": standin.base("x"), "consumer_key": "app", "consumer_secret": "a", "token": "akun", "token_secret": "b"}
    page = {"base": standin.base("facebook"), "token": standin.token("facebook"), "page_id": "777"}
    server = {"base": standin.base("mastodon"), "token": standin.token("mastodon")}
    bot = {"base": standin.base("telegram"), "token": standin.token("telegram"), "chat": "@serikat"}
    number = {"base": standin.base("whatsapp"), "token": standin.token("whatsapp"), "phone_id": "555"}
    for kind, values in (("x", x), ("facebook", page), ("mastodon", server), ("telegram_wall", bot), ("whatsapp", number)):
        adapter = adapter_named(kind)(values)
        assert adapter.limits.pictures
        one = Parcel(str(uuid.uuid4()), "+62811" if kind == "whatsapp" else "", "Upah dibayar", picture=COVER)
        assert next(adapter.send([one])).sort == Sort.SENT, kind
        adapter.close()
    assert standin.messages("x media") == [{"media_ids": ["901"]}]
    assert standin.messages("x described") == [{"id": "901", "metadata": {"alt_text": {"text": COVER.alt}}}]
    (photo,) = standin.messages("facebook")
    assert b'name="alt_text_custom"\r\n\r\nGerbang pabrik saat mogok' in photo
    assert standin.messages("mastodon")[0]["media_ids"] == ["31"]
    upload = next(call for call in standin.calls if call.path == "/api/v2/media")
    assert b'name="description"\r\n\r\nGerbang pabrik saat mogok' in upload.body
    (sent,) = standin.messages("telegram")
    assert b'name="photo"; filename="sampul.jpg"' in sent["document"]
    assert b'name="caption"\r\n\r\nUpah dibayar' in sent["document"]
    (said,) = standin.messages("whatsapp")
    assert said["image"] == {"id": "880001", "caption": "Upah dibayar"}


def test_words_too_long_for_a_caption_go_alone(standin):
    bot = {"base": standin.base("telegram"), "token": standin.token("telegram"), "chat": "@serikat"}
    adapter = adapter_named("telegram_wall")(bot)
    for text in ("x" * 1024, "x" * 1025, "🙏" * 513):
        assert next(adapter.send([parcel(text, picture=COVER)])).sort == Sort.SENT
    assert [call.path.rpartition("/")[2] for call in standin.calls] == ["sendPhoto", "sendMessage", "sendMessage"]
    adapter.close()


def test_a_picture_that_x_does_not_take_leaves_no_half_post(standin):
    values = {"base": standin.base("x"), "consumer_key": "app", "consumer_secret": "a", "token": "lain", "token_secret": "b"}
    adapter = adapter_named("x")(values)
    assert next(adapter.send([parcel(picture=COVER)])).sort == Sort.OFF
    assert standin.messages("x") == []
    adapter.close()


@pytest.mark.parametrize(
    ("how", "sort"),
    [
        ("", Sort.SENT),
        ("token", Sort.OFF),
        ("bad", Sort.REFUSED),
        ("too many", Sort.LATER),
        ("down", Sort.LATER),
        ("break after", Sort.DOUBT),
    ],
)
def test_send_by_apprise_says_what_it_can(standin, how, sort, spoken):
    address = standin.base("hook").replace("http://", "json://petugas:sandi-rahasia@")
    if how:
        standin.fail("hook", how)
    outcome = next(
        adapter_named("apprise")({"address": address}).send([parcel(subject="Judul", link="https://s.example/a")])
    )
    assert outcome.sort == sort
    assert "sandi-rahasia" not in outcome.problem + spoken.getvalue()
    if not how:
        (told,) = standin.messages("hook")
        assert (told["title"], told["message"]) == ("Judul", "Kabar baru\nhttps://s.example/a")


@pytest.mark.parametrize("address", ["", "bukan alamat", "xyz://sandi-rahasia@a", "http://"])
def test_apprise_says_when_an_address_is_none(address, spoken):
    adapter = adapter_named("apprise")({"address": address})
    assert not adapter.check().well
    assert next(adapter.send([parcel()])).sort == Sort.OFF
    assert "sandi-rahasia" not in spoken.getvalue()
    assert adapter_named("apprise")({"address": "json://127.0.0.1/"}).check().well


def call(told, *, stamp=None, secret=SECRET):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    stamp = str(int(time.time())) if stamp is None else stamp
    signature = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return Heard("POST", {}, {"x-timestamp": stamp, "x-signature": f"sha256={signature}"}, body)


def gate():
    return adapter_named("http")({"base": "http://127.0.0.1:1", "token": "t", "secret": SECRET})


def test_hear_our_gate():
    arrived = {"id": "1", "from": "0812", "text": "LAPOR 🙏", "at": "2026-11-22T09:15:00+07:00", "name": "Budi"}
    one, two = gate().hear(call({"arrived": [arrived], "reports": [{"key": "k", "state": "delivered", "cost": 350}]})).news
    assert (one.sender, one.text, one.at.isoformat(), one.name) == ("0812", "LAPOR 🙏", "2026-11-22T09:15:00+07:00", "Budi")
    assert two == Delivery(Report.DELIVERED, key="k", cost=350)


@pytest.mark.parametrize("forged", [call({}, stamp="1"), call({}, stamp=""), call({}, stamp="x"), call({}, stamp="٣"), call({}, secret="lain"), call({}, secret=""), Heard("POST", {}, {}, b"{}"), call(b"x" * 10_000_000)])  # fmt: skip
def test_hear_a_forged_call_of_a_gate(forged):
    with pytest.raises(Forged):
        gate().hear(forged)


@pytest.mark.parametrize("told", [b"{", b"[]", {"arrived": [{}]}, {"arrived": [{"id": "1", "from": "0", "text": 7}]}, {"reports": [{"id": "1", "state": "x"}]}, {"reports": [7]}])  # fmt: skip
def test_hear_what_makes_no_sense_of_a_gate(told):
    with pytest.raises(Unintelligible):
        gate().hear(call(told))


def test_hand_and_web_need_nothing():
    hand, web = adapter_named("hand")({}), adapter_named("web")({})
    assert (hand.scheme, hand.sends, web.scheme, web.repeats) == (Scheme.NUMBER, False, Scheme.CODE, True)
    assert next(hand.send([parcel()])).sort == Sort.REFUSED
    assert [o.sort for o in web.send([parcel(), parcel()])] == [Sort.SENT, Sort.SENT]
    assert hand.check().well
    assert web.check().well
    for adapter in (hand, web):
        with pytest.raises(Forged):
            adapter.hear(Heard("POST", {}, {}, b""))
