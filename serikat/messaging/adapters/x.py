"""X: one short post by API v2, in the name of our account (OAuth 1.0a, RFC 5849).

A picture is handed over before (POST /2/media/upload, as `tweet_image`) and described (POST /2/media/metadata, at most 1000 signs; docs.x.com/x-api/media):
neither is seen by anybody until the post names it, so both may be done again. A body in parts is not signed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, quote, urlsplit

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import Adapter, Attachment, Health, Limits, Outcome, Parcel, Scheme, Setting, Sort, adapter
from serikat.messaging.adapters.calling import (
    Answer,
    BrokenOff,
    Caller,
    NotReached,
    Resting,
    Settled,
    ask,
    deliver,
    judge,
    shown,
    words_at,
)

LONGEST_ALT = 1000
Parts = Sequence[tuple[str, str | tuple[str, bytes, str]]]


@adapter
class X(Adapter):
    kind = "x"
    name = _("X (Twitter)")
    about = _("Berita tampil sebagai tulisan pendek di akun X organisasi.")
    needs = _(
        "Di console.x.com: buat proyek dan aplikasi dengan izin baca dan tulis, lalu salin empat kuncinya. X menagih tiap tulisan dari kredit yang dibeli di muka; tulisan dengan tautan jauh lebih mahal. Lihat tarif di docs.x.com."
    )
    scheme = Scheme.WALL
    limits = Limits(longest=280, pictures=True, a_second=0.02)
    settings = (
        Setting("consumer_key", _("Kunci aplikasi (API key)")),
        Setting("consumer_secret", _("Rahasia aplikasi (API key secret)"), secret=True),
        Setting("token", _("Token akun (access token)"), _("Dengan izin menulis."), secret=True),
        Setting("token_secret", _("Rahasia token akun (access token secret)"), secret=True),
        Setting("base", _("Alamat penyedia"), kind="url", initial="https://api.x.com"),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._api = Caller(values.get("base", ""))

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        text = f"{parcel.text} {parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        said: dict[str, object] = {"text": text}
        if parcel.picture is not None:
            said["media"] = {"media_ids": [self._upload(parcel.picture)]}
        answer = self._call("POST", "/2/tweets", json=said)
        found = words_at(answer.json(), "data", "id")
        if answer.status != 201 or not found:
            raise self._refusal(answer)
        return Outcome(Sort.SENT, found[:200], f"https://x.com/i/status/{found}"[:500])

    def _upload(self, picture: Attachment) -> str:
        parts: list[tuple[str, str | tuple[str, bytes, str]]] = [
            ("media_category", "tweet_image"),
            ("media", (picture.name, picture.content, picture.mime)),
        ]
        try:
            answer = self._call("POST", "/2/media/upload", parts=parts, patience=60)
            found = words_at(answer.json(), "data", "id")
            if answer.status not in (200, 201) or not found:
                raise self._refusal(answer)
            if picture.alt:
                told = {"id": found, "metadata": {"alt_text": {"text": picture.alt[:LONGEST_ALT]}}}
                answer = self._call("POST", "/2/media/metadata", json=told)
                if answer.status not in (200, 201):
                    raise self._refusal(answer)
        except BrokenOff as problem:
            raise NotReached(str(problem)) from None
        return found

    def _call(
        self, method: str, path: str, *, json: object = None, parts: Parts | None = None, patience: float | None = None
    ) -> Answer:
        secret = (self.values.get("consumer_secret", ""), self.values.get("token_secret", ""))
        known = {"oauth_consumer_key": self.values.get("consumer_key", ""), "oauth_token": self.values.get("token", "")}
        signed = authorization(
            method, self._api.base + path, known, secret, nonce=secrets.token_hex(16), stamp=int(time.time())
        )
        return self._api.call(method, path, json=json, parts=parts, headers={"authorization": signed}, patience=patience)

    def _refusal(self, answer: Answer) -> Settled:
        told = answer.json()
        said = words_at(told, "detail") or words_at(told, "title")
        words = shown(said, *(self.values.get(s.name, "") for s in self.settings if s.secret))
        if answer.status == 403 and "duplicate" in said.lower():
            return Settled(Sort.REFUSED, "The same post was made just before.")
        if answer.status == 429:
            reset = answer.headers.get("x-rate-limit-reset", "")
            pause = (
                max(1.0, min(int(reset) - time.time(), 86_400.0))
                if reset.isdigit() and len(reset) < 12
                else answer.again_after
            )
            return Resting(Sort.LATER, "X wants a pause: its limit is reached.", pause)
        return judge(answer, words)

    def check(self) -> Health:
        return ask(self._question)

    def _question(self) -> str:
        answer = self._call("GET", "/2/users/me", patience=8)
        found = words_at(answer.json(), "data", "username")
        if answer.status != 200 or not found:
            raise self._refusal(answer)
        return f"X knows us as @{shown(found)}."

    def close(self) -> None:
        self._api.close()


def authorization(
    method: str, address: str, known: Mapping[str, str], secret: tuple[str, str], *, nonce: str, stamp: int
) -> str:
    """The head of a signed call (RFC 5849, 3.4 and 3.5.1). A body in JSON is not signed; what stands after the question mark is."""
    oauth = {
        **known,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(stamp),
        "oauth_version": "1.0",
    }
    parts = urlsplit(address)
    pairs = sorted((_safe(n), _safe(v)) for n, v in [*oauth.items(), *parse_qsl(parts.query, keep_blank_values=True)])
    base = "&".join(
        [
            method.upper(),
            _safe(f"{parts.scheme}://{parts.netloc}{parts.path}"),
            _safe("&".join(f"{n}={v}" for n, v in pairs)),
        ]
    )
    digest = hmac.new("&".join(map(_safe, secret)).encode(), base.encode(), hashlib.sha1).digest()
    oauth["oauth_signature"] = base64.b64encode(digest).decode()
    return "OAuth " + ", ".join(f'{_safe(n)}="{_safe(v)}"' for n, v in oauth.items())


def _safe(words: str) -> str:
    return quote(words, safe="-._~")
