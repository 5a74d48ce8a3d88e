"""Notices in a browser: encrypted for it alone (RFC 8291, RFC 8188), signed with our key (RFC 8292), handed to its maker's push service (RFC 8030).

Where a browser is reached it tells us itself, so an address is a stranger's word: only services in the channel's list are called. What it tells
of, or else its own key, goes along as `Topic` and within the notice: the service keeps the later of two that wait, and the page's worker, which shows it
under that tag, puts it in the earlier one's place.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import Adapter, Health, Limits, Outcome, Parcel, Scheme, Setting, Sort, adapter
from serikat.messaging.adapters.calling import Answer, Caller, NotReached, Resting, Settled, deliver, judge

CURVE = ec.SECP256R1()
RECORD = 4096
LONGEST = 3993  # bytes that fit into the one record, which a service must take
LIVES = 12 * 3600  # seconds of a signature; a service may refuse more than a day
SERVICES = "fcm.googleapis.com updates.push.services.mozilla.com *.push.apple.com *.notify.windows.com"


def new_key() -> str:
    """A private key for a new channel."""
    return _text(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(32, "big"))


@adapter
class WebPush(Adapter):
    kind = "webpush"
    name = _("Pemberitahuan peramban")
    about = _(
        "Pembaca menyalakan pemberitahuan di situs; judul dan teras berita muncul di layarnya. Tanpa nomor dan tanpa akun."
    )
    needs = _("Tidak ada akun yang perlu dibuat; kuncinya kami buatkan. Situs harus memakai https. Gratis.")
    scheme = Scheme.PUSH
    repeats = True
    limits = Limits(longest=1000, a_second=50.0)
    settings = (
        Setting(
            "private_key",
            _("Kunci VAPID"),
            _("Kosongkan: kami buatkan. Jangan diganti: semua peramban yang berlangganan hilang bersamanya."),
            secret=True,
            make=new_key,
        ),
        Setting("contact", _("Alamat pengelola"), _("mailto:… atau https://…, untuk penyedia peramban.")),
        Setting("services", _("Layanan yang boleh dipanggil"), initial=SERVICES),
        Setting("ttl", _("Berapa detik pesan disimpan bila peramban mati"), kind="number", initial="86400"),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._caller = Caller("")
        self._signed: dict[str, str] = {}
        self._key: ec.EllipticCurvePrivateKey | None = None

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        endpoint, public, auth = self._subscription(parcel.to)
        title, body = (parcel.subject or parcel.text)[:120], parcel.text if parcel.subject else ""
        told = {"title": title, "body": body, "link": parcel.link, "key": parcel.thread or parcel.key}
        while len(plain := json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")) > LONGEST and told["body"]:
            told["body"] = told["body"][: len(told["body"]) * 3 // 4]
        if len(plain) > LONGEST:
            raise Settled(Sort.REFUSED, "The notice is too long for a browser.")
        try:
            content = encrypt(plain, public, auth)
        except ValueError:
            raise Settled(Sort.REFUSED, "The subscription has a broken key.") from None
        ttl = self.values.get("ttl", "")
        headers = {
            "authorization": self._authorization(endpoint),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": ttl if ttl.isascii() and ttl.isdigit() else "86400",
            "urgency": "normal",
            "topic": _text(hashlib.sha256((parcel.thread or parcel.key).encode()).digest()[:24]),
        }
        try:
            answer = self._caller.call("POST", endpoint, body=content, headers=headers)
        except NotReached as problem:  # its own service alone: the other browsers have others
            raise Settled(Sort.LATER, str(problem)) from None
        if answer.status in (200, 201, 202, 204):
            return Outcome(Sort.SENT, provider_id=answer.headers.get("location", "")[:200])
        if answer.status in (404, 410):
            return Outcome(Sort.REFUSED, problem="The browser has ended the subscription.", gone=True)
        raise _refusal(answer)

    def public_key(self) -> str:
        """What a page gives to the browser when somebody subscribes."""
        return public_key(self.values.get("private_key", ""))

    def knows(self, to: str) -> bool:
        """Whether this is a subscription of a browser at a service that we would call."""
        try:
            _endpoint, public, _auth = self._subscription(to)
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
        except (Settled, ValueError):
            return False
        return True

    def _subscription(self, to: str) -> tuple[str, bytes, bytes]:
        """Where and with which keys. Whoever subscribes could name any address: so only services that we know are called."""
        try:
            told = json.loads(to)
            endpoint, keys = str(told["endpoint"]), told["keys"]
            public, auth = _bytes(keys["p256dh"]), _bytes(keys["auth"])
            parts = urlsplit(endpoint)
            port = parts.port
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Settled(Sort.REFUSED, "This is no subscription of a browser.") from None
        if len(public) != 65 or len(auth) != 16 or parts.username or not parts.hostname:
            raise Settled(Sort.REFUSED, "This is no subscription of a browser.")
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        for known in (self.values.get("services") or SERVICES).lower().replace(",", " ").split():
            ours = (
                known == origin
                if "://" in known
                else _matches(parts.hostname, known) and parts.scheme == "https" and port in (None, 443)
            )
            if ours:
                return endpoint, public, auth
        raise Settled(Sort.REFUSED, "The subscription names a service that is not in this channel's list.")

    def _authorization(self, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._signed:
            if self._key is None:
                self._key = private_key(self.values.get("private_key", ""))
            claims = {"aud": origin, "exp": int(time.time()) + LIVES, "sub": self.values.get("contact", "")}
            self._signed[origin] = f"vapid t={_jwt(self._key, claims)}, k={_text(_point(self._key))}"
        return self._signed[origin]

    def check(self) -> Health:
        try:
            private_key(self.values.get("private_key", ""))
        except Settled as problem:
            return Health(False, str(problem))
        if not self.values.get("contact", "").startswith(("mailto:", "https://")):
            return Health(False, "The services want an address of ours that begins with mailto: or https://.")
        return Health(True, "The key is whole. Whether a browser is still there is known when something is sent to it.")

    def close(self) -> None:
        self._caller.close()


def public_key(private: str) -> str:
    """What a page gives to the browser when somebody subscribes."""
    return _text(_point(private_key(private)))


def private_key(words: str) -> ec.EllipticCurvePrivateKey:
    try:
        number = int.from_bytes(_bytes(words), "big")
        return ec.derive_private_key(number, CURVE)
    except ValueError:
        raise Resting(Sort.OFF, "The VAPID key in the settings is not a key.") from None


def encrypt(
    plain: bytes, public: bytes, auth: bytes, *, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """One record that only this browser reads. Key and salt are fresh each time; they are given where an example is checked."""
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public))
    ours = _point(own)
    first = _derived(auth, shared, b"WebPush: info\x00" + public + ours, 32)
    key = _derived(salt, first, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(salt, first, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return head + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _jwt(key: ec.EllipticCurvePrivateKey, claims: Mapping[str, object]) -> str:
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in ({"typ": "JWT", "alg": "ES256"}, claims)]
    signed = ".".join(map(_text, parts))
    one, two = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{_text(one.to_bytes(32, 'big') + two.to_bytes(32, 'big'))}"


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(words: object) -> bytes:
    if not isinstance(words, str) or len(words) > 200:
        raise ValueError
    return base64.urlsafe_b64decode(words.encode("ascii") + b"=" * (-len(words) % 4))


def _matches(host: str, known: str) -> bool:
    return host.endswith(known[1:]) if known.startswith("*.") else hmac.compare_digest(host.encode(), known.encode())


def _refusal(answer: Answer) -> Settled:
    """What is wrong with one browser does not stop the rest."""
    if answer.status in (401, 403):
        return Settled(
            Sort.REFUSED, f"The subscription was made for another key, or the service does not take ours ({answer.status})."
        )
    if answer.status == 413:
        return Settled(Sort.REFUSED, "The notice is too long for the service.")
    if answer.status == 429:
        return Settled(Sort.LATER, "The service wants a pause.", answer.again_after)
    told = judge(answer).outcome
    return Settled(Sort.REFUSED if told.sort == Sort.OFF else told.sort, told.problem, told.again_after)
