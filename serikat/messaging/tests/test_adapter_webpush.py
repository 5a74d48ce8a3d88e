"""Notices in a browser: the standard's own example, a browser that reads what it was sent, and subscriptions that are none."""

from __future__ import annotations

import base64
import json
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from serikat.messaging.adapters import Parcel, Sort, adapter_named
from serikat.messaging.adapters.webpush import CURVE, encrypt, new_key, private_key, public_key
from tests.parts.programs import free_port

AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
# RFC 8291, 5 and appendix A: what is sent, the keys of both sides, and what goes over the wire
PLAIN = b"When I grow up, I want to be a watermelon"
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
WIRE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def raw(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def text(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def made(standin, **more):
    return adapter_named("webpush")(
        {"private_key": OWN, "contact": "mailto:a@b.example", "services": standin.root, "ttl": "60", **more}
    )


def subscription(standin, public=PUBLIC, path="/abc", **more):
    return json.dumps({"endpoint": standin.base("push") + path, "keys": {"p256dh": public, "auth": AUTH}, **more})


def test_encrypt_gives_the_example_of_the_standard():
    assert text(encrypt(PLAIN, raw(PUBLIC), raw(AUTH), own=private_key(OWN), salt=raw(SALT))) == WIRE
    assert encrypt(PLAIN, raw(PUBLIC), raw(AUTH)) != encrypt(PLAIN, raw(PUBLIC), raw(AUTH))


def test_send_a_browser_reads_what_it_was_sent_and_the_service_our_signature(standin):
    browser = ec.generate_private_key(CURVE)
    public = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    adapter = made(standin)
    one = Parcel(
        "kunci", subscription(standin, text(public)), "Rapat 🙏 \u200fpukul 7", subject="Kabar", link="https://s.example/a"
    )
    assert next(adapter.send([one])).sort == Sort.SENT
    (call,) = standin.messages("push")

    salt, theirs, sealed = call.body[:16], call.body[21:86], call.body[86:]
    shared = browser.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    first = HKDF(hashes.SHA256(), 32, raw(AUTH), b"WebPush: info\0" + public + theirs).derive(shared)
    key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(first)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(first)
    plain = AESGCM(key).decrypt(nonce, sealed, None)
    assert plain[-1:] == b"\x02"
    assert json.loads(plain[:-1]) == {
        "title": "Kabar",
        "body": "Rapat 🙏 \u200fpukul 7",
        "link": "https://s.example/a",
        "key": "kunci",
    }

    token, known = call.headers["authorization"].removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert known == public_key(OWN)
    told = json.loads(raw(claims))
    assert (told["aud"], told["sub"]) == (standin.root, "mailto:a@b.example")
    assert 0 < told["exp"] - time.time() < 24 * 3600
    numbers = raw(signature)
    der = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    private_key(OWN).public_key().verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert (call.headers["ttl"], len(call.headers["topic"])) == ("60", 32)
    adapter.close()


def test_send_a_long_text_is_cut_and_a_gone_browser_does_not_stop_the_rest(standin):
    standin.unknown.add("pergi")
    adapter = made(standin)
    parcels = [
        Parcel("a", subscription(standin, path="/pergi"), "x"),
        Parcel("b", subscription(standin), "🙏" * 5000, subject="Panjang"),
    ]
    gone, long = adapter.send(parcels)
    assert (gone.sort, gone.problem, long.sort) == (Sort.REFUSED, "The browser has ended the subscription.", Sort.SENT)
    assert len(standin.messages("push")[0].body) <= 4096
    adapter.close()


@pytest.mark.parametrize(
    "to",
    ["", "{", "[]", "7", "null", "[" * 100_000, '{"endpoint": "x"}', '{"endpoint": 7, "keys": []}']
    + [
        json.dumps({"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": p, "auth": a}})
        for p, a in (("", AUTH), (PUBLIC, ""), ("é", AUTH), (PUBLIC[:-4], AUTH), (7, AUTH))
    ],
)
def test_send_to_what_is_no_subscription_is_refused(standin, to):
    assert next(made(standin).send([Parcel("k", to, "x")])).sort == Sort.REFUSED


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:1/x", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com@127.0.0.1/x", "https://a.fcm.googleapis.com/x",
     "https://push.apple.com.jahat.example/x", "https://notify.windows.com/x", "file:///etc/passwd", "https://[::1]/x", "https://fcm.googleapis.com:x/"],
)  # fmt: skip
def test_send_to_a_service_that_nobody_named_is_refused_unasked(standin, endpoint):
    adapter = adapter_named("webpush")({"private_key": OWN, "contact": "mailto:a@b.example"})
    to = json.dumps({"endpoint": endpoint, "keys": {"p256dh": PUBLIC, "auth": AUTH}})
    outcome = next(adapter.send([Parcel("k", to, "x")]))
    assert outcome.sort == Sort.REFUSED
    assert "service" in outcome.problem or "subscription" in outcome.problem


def test_check_knows_a_key_from_none(standin):
    assert made(standin, private_key=new_key()).check().well
    assert len(raw(public_key(new_key()))) == 65
    for key in ("", "x", "é", "A" * 43, text(b"\xff" * 32)):
        assert not made(standin, private_key=key).check().well
        assert next(made(standin, private_key=key).send([Parcel("k", subscription(standin), "x")])).sort == Sort.OFF
    assert not made(standin, contact="").check().well


def test_send_with_a_point_that_is_on_no_curve_is_refused(standin):
    broken = subscription(standin, text(b"\x04" + b"\x01" * 64))
    assert next(made(standin).send([Parcel("k", broken, "x")])).sort == Sort.REFUSED


@pytest.mark.parametrize("how", ["away", "no such way", "unpaid"])
def test_send_what_one_service_says_stops_nobody_elses_notice(standin, how):
    """A browser names its own address, and a stranger may name one at which its service says anything."""
    standin.fail("push", how)
    adapter = made(standin)
    one, other = adapter.send(
        [Parcel("a", subscription(standin, path="/jahat"), "x"), Parcel("b", subscription(standin), "y")]
    )
    assert (one.sort, other.sort) == (Sort.REFUSED, Sort.SENT)
    adapter.close()


def test_send_to_a_service_that_is_not_there_stops_nobody_elses_notice(standin):
    nowhere = f"http://127.0.0.1:{free_port()}"
    adapter = made(standin, services=f"{standin.root} {nowhere}")
    to = json.dumps({"endpoint": f"{nowhere}/x", "keys": {"p256dh": PUBLIC, "auth": AUTH}})
    one, other = adapter.send([Parcel("a", to, "x"), Parcel("b", subscription(standin), "y")])
    assert (one.sort, other.sort) == (Sort.LATER, Sort.SENT)
    adapter.close()
