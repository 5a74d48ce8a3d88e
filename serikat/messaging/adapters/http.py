"""A plain gate of one's own: JSON over HTTP, signed, with a key that makes the same message one.

Out: POST to the gate's address `{"key", "to", "text", "subject", "link", "answers"}` with `Idempotency-Key` and `Authorization: Bearer …`; it answers
2xx with `{"id"}`, 409 while the same key is being worked on, 422 with `{"error"}` when it refuses this one. In: the gate posts
`{"arrived": [{"id", "from", "text", "at"?, "name"?}], "reports": [{"id" or "key", "state", "at"?, "cost"?}]}` with `X-Signature: sha256=<hex>`, an
HMAC over `X-Timestamp`, a dot and the body, not older than five minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import (
    Adapter,
    Arrived,
    Delivery,
    Forged,
    Health,
    Heard,
    Hearing,
    Limits,
    Outcome,
    Parcel,
    Report,
    Scheme,
    Setting,
    Sort,
    Unintelligible,
    adapter,
)
from serikat.messaging.adapters.calling import (
    Caller,
    Settled,
    ask,
    at,
    deliver,
    json_object,
    judge,
    list_at,
    readable,
    same,
    shown,
    words_at,
)

OLDEST = 300  # seconds
MOST_HEARD = 1_000_000  # bytes of a call
REPORTS = {"delivered": Report.DELIVERED, "read": Report.READ, "failed": Report.FAILED, "refused": Report.REFUSED}


@adapter
class Gate(Adapter):
    kind = "http"
    name = _("Gerbang HTTP sendiri")
    about = _(
        "Penghubung ke sistem SMS yang belum ada di daftar ini: gerbang kecil buatan sendiri yang menerima dan mengirim JSON."
    )
    needs = _(
        "Seorang pemrogram yang memasang gerbangnya, menurut keterangan di adapters/http.py. Biaya menurut penyedia di baliknya."
    )
    scheme = Scheme.NUMBER
    repeats = True
    hears = True
    limits = Limits(longest=10_000, a_second=300.0, by_parts=True)
    settings = (
        Setting("base", _("Alamat gerbang"), kind="url"),
        Setting("token", _("Token"), secret=True),
        Setting("secret", _("Kunci tanda tangan panggilan"), secret=True, required=False),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._gate = Caller(values.get("base", ""), {"authorization": f"Bearer {values.get('token', '')}"})

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        told = {
            name: value for name in ("key", "to", "text", "subject", "link", "answers") if (value := getattr(parcel, name))
        }
        answer = self._gate.call("POST", "", json=told, headers={"idempotency-key": parcel.key})
        if 200 <= answer.status < 300 and (found := answer.json()) is not None:
            return Outcome(Sort.SENT, provider_id=words_at(found, "id")[:200], link=words_at(found, "link")[:500])
        if answer.status == 409:
            raise Settled(Sort.LATER, "The gate is still working on this message.", answer.again_after)
        raise judge(answer, shown(words_at(answer.json(), "error"), parcel.to, self.values.get("token", "")))

    def check(self) -> Health:
        return ask(self._question)

    def _question(self) -> str:
        answer = self._gate.call("GET", "", patience=8)
        if answer.status >= 300:
            raise judge(answer)
        return "The gate answers and knows us."

    def hear(self, heard: Heard) -> Hearing:
        stamp, signature = heard.headers.get("x-timestamp", ""), heard.headers.get("x-signature", "")
        if len(heard.body) > MOST_HEARD or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            raise Forged
        secret = self.values.get("secret", "")
        right = hmac.new(secret.encode(), f"{stamp}.".encode() + heard.body, hashlib.sha256).hexdigest()
        if not secret or not same(signature, f"sha256={right}") or abs(time.time() - int(stamp)) > OLDEST:
            raise Forged
        told = json_object(heard.body)
        if told is None:
            raise Unintelligible("The call is no JSON object.")
        news, problem = readable((_arrived, list_at(told, "arrived")), (_delivery, list_at(told, "reports")))
        return Hearing(news, problem=problem)

    def close(self) -> None:
        self._gate.close()


def _arrived(item: object) -> Arrived:
    sender, named, text = words_at(item, "from"), words_at(item, "id"), at(item, "text")
    if not sender or not named or not isinstance(text, str):
        raise Unintelligible("A message needs id, from and text.")
    return Arrived(sender[:100], text.replace("\x00", ""), named[:200], _when(at(item, "at")), words_at(item, "name")[:100])


def _delivery(item: object) -> Delivery:
    named, key, report, cost = (
        words_at(item, "id"),
        words_at(item, "key"),
        REPORTS.get(words_at(item, "state")),
        at(item, "cost"),
    )
    if not (named or key) or report is None:
        raise Unintelligible("A report needs id or key, and a state.")
    paid = cost if isinstance(cost, int) and not isinstance(cost, bool) and cost >= 0 else None
    return Delivery(report, provider_id=named[:200], key=key[:100], at=_when(at(item, "at")), cost=paid)


def _when(words: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else None
