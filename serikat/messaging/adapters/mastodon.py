"""Mastodon: a post by the REST API of one's own server, which takes our key, so that the same post twice is one.

A picture is handed over first (POST /api/v2/media), with a `description` of at most 1500 signs for who does not see it (docs.joinmastodon.org/methods/media).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

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
    at,
    deliver,
    judge,
    shown,
    words_at,
)

MOST_FILES = 4
LONGEST_ALT = 1500
TRIES = 5  # how often we ask whether a file is ready

VISIBLE = (
    ("public", _("untuk semua")),
    ("unlisted", _("untuk semua, tidak di linimasa umum")),
    ("private", _("pengikut saja")),
)


@adapter
class Mastodon(Adapter):
    kind = "mastodon"
    name = _("Mastodon")
    about = _("Berita tampil di akun Mastodon organisasi, di server mana pun.")
    needs = _(
        "Akun di sebuah server. Di situ: Preferensi, Pengembangan, Aplikasi baru, dengan izin write:statuses dan write:media; salin token aksesnya. Gratis."
    )
    scheme = Scheme.WALL
    repeats = True
    limits = Limits(longest=500, files=True, pictures=True, largest_file=8_000_000, a_second=0.1)
    settings = (
        Setting("base", _("Alamat server"), _("Contoh: https://mastodon.social"), kind="url"),
        Setting("token", _("Token akses"), _("Dengan izin write:statuses dan write:media."), secret=True),
        Setting("visibility", _("Terlihat"), kind="choice", choices=VISIBLE, initial="public"),
        Setting("language", _("Bahasa"), initial="id", required=False),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._api = Caller(values.get("base", ""), {"authorization": f"Bearer {values.get('token', '')}"})

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        text = f"{parcel.text}\n\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        said: dict[str, object] = {
            "status": text,
            "visibility": self.values.get("visibility") or "public",
            "language": self.values.get("language") or "id",
        }
        files = [*([parcel.picture] if parcel.picture else []), *parcel.files]
        if media := [self._upload(file) for file in files[:MOST_FILES]]:
            said["media_ids"] = media
        answer = self._api.call("POST", "/api/v1/statuses", json=said, headers={"idempotency-key": parcel.key})
        found = words_at(answer.json(), "id")
        if answer.status != 200 or not found:
            raise self._refusal(answer)
        link = words_at(answer.json(), "url")
        return Outcome(Sort.SENT, found[:200], link[:500] if link.startswith(("https://", "http://")) else "")

    def _upload(self, file: Attachment) -> str:
        parts: list[tuple[str, str | tuple[str, bytes, str]]] = [("file", (file.name, file.content, file.mime))]
        if file.alt:
            parts.append(("description", file.alt[:LONGEST_ALT]))
        try:
            answer = self._api.call("POST", "/api/v2/media", parts=parts, patience=60)
            found = words_at(answer.json(), "id")
            if answer.status not in (200, 202) or not found:
                raise self._refusal(answer)
            for _try in range(TRIES if answer.status == 202 else 0):
                ready = self._api.call("GET", f"/api/v1/media/{found}")
                if ready.status == 200:
                    break
                if ready.status != 206:
                    raise self._refusal(ready)
                time.sleep(1)
        except BrokenOff as problem:  # a file alone is not seen by anybody: it may be handed over again
            raise NotReached(str(problem)) from None
        return found

    def _refusal(self, answer: Answer) -> Settled:
        if answer.status == 429:
            try:
                pause = max(
                    1.0, datetime.fromisoformat(answer.headers.get("x-ratelimit-reset", "")).timestamp() - time.time()
                )
            except ValueError:
                pause = answer.again_after or 300.0
            return Resting(Sort.LATER, "The server wants a pause.", min(pause, 86_400.0))
        return judge(answer, shown(at(answer.json(), "error"), self.values.get("token", "")))

    def check(self) -> Health:
        return ask(self._question)

    def _question(self) -> str:
        answer = self._api.call("GET", "/api/v1/accounts/verify_credentials", patience=8)
        found = words_at(answer.json(), "acct")
        if answer.status != 200 or not found:
            raise self._refusal(answer)
        return f"The server knows us as @{shown(found)}."

    def close(self) -> None:
        self._api.close()
