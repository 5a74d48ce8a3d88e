"""SMS by Kannel: its sendsms page takes what goes out; it calls us with what came and with delivery reports.

What came is told by `post-url`, because in the address (`get-url`) a text with emoji arrives as bytes of an alphabet that nobody names:

    post-url = "https://…/?secret=…&from=%p&to=%P&id=%I&at=%T"

Kannel gives no id of its own for what it takes; our key travels in the address that it calls with a report, and is all that names the message.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

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
from serikat.messaging.adapters.calling import Answer, BrokenOff, Caller, NotReached, Resting, Settled, deliver, judge, same
from serikat.messaging.rules.sms import Coding, coding_of, measure

WANTED_REPORTS = 1 + 2 + 16  # reached the phone, did not reach it, refused by the SMS centre
REPORTS = {"1": Report.DELIVERED, "2": Report.FAILED, "16": Report.REFUSED}
MOST_PARTS = 10  # Kannel's own `max-messages`: it takes what is longer, sends ten parts and throws the rest away
LONGEST_HEARD = 10_000  # characters of one SMS: Kannel joins parts, and 255 parts hold no more than this by far


@adapter
class Kannel(Adapter):
    kind = "kannel"
    name = _("SMS lewat Kannel")
    about = _("SMS dalam jumlah besar lewat gerbang Kannel milik sendiri, yang tersambung ke operator atau ke modem.")
    needs = _(
        "Kannel yang berjalan, pengguna sendsms, dan sambungan SMPP dari operator atau agregator SMS; nama pengirim didaftarkan di sana. Biaya per SMS menurut kontraknya."
    )
    scheme = Scheme.NUMBER
    hears = True
    limits = Limits(longest=1530, a_second=10.0, by_parts=True, most_parts=MOST_PARTS)
    settings = (
        Setting("base", _("Alamat smsbox"), _("Contoh: http://127.0.0.1:13013"), kind="url", initial="http://127.0.0.1:13013"),
        Setting("username", _("Nama pengguna sendsms")),
        Setting("password", _("Kata sandi sendsms"), secret=True),
        Setting("sender", _("Nomor atau nama pengirim"), _("Kosong: pengirim menurut pengaturan Kannel."), required=False),
        Setting("smsc", _("Pusat SMS (smsc-id)"), _("Kosong: Kannel yang memilih."), required=False),
        Setting("callback", _("Alamat kita untuk laporan kirim"), _("Alamat yang dipanggil Kannel. Kosong: tanpa laporan."), required=False, kind="url"),
        Setting("secret", _("Kata rahasia dalam panggilan Kannel"), _("Kannel mengirimnya sebagai secret= pada setiap panggilan."), secret=True),
        Setting("status", _("Alamat status bearerbox"), _("Kosong: kesehatan hanya dilihat dari smsbox."), required=False, kind="url"),
        Setting("status_password", _("Kata sandi status"), secret=True, required=False),
    )  # fmt: skip

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._gate = Caller(values.get("base", ""))

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        if measure(parcel.text).count > MOST_PARTS:
            raise Settled(Sort.REFUSED, "Kannel sends ten parts of an SMS at most, and this text has more.")
        query = {
            "username": self.values.get("username", ""),
            "password": self.values.get("password", ""),
            "to": parcel.to,
            "text": parcel.text.replace("\x00", ""),
            "charset": "UTF-8",
            "coding": "0" if coding_of(parcel.text) is Coding.GSM7 else "2",
            "from": self.values.get("sender", ""),
            "smsc": self.values.get("smsc", ""),
        }
        if callback := self.values.get("callback", ""):
            told = urlencode({"secret": self.values.get("secret", ""), "key": parcel.key})
            query |= {
                "dlr-mask": str(WANTED_REPORTS),
                "dlr-url": f"{callback}{'&' if '?' in callback else '?'}{told}&report=%d&answer=%A&at=%T",
            }
        answer = self._gate.call("GET", "/cgi-bin/sendsms", query={k: v for k, v in query.items() if v or k == "text"})
        if answer.status == 202:
            return Outcome(Sort.SENT)
        raise _refusal(answer)

    def check(self) -> Health:
        """A call without a receiver is refused for that alone when name and password are right; nothing goes out."""
        query = {name: self.values.get(name, "") for name in ("username", "password")}
        try:
            answer = self._gate.call("GET", "/cgi-bin/sendsms", query=query, patience=4)
            if answer.status != 400 or b"receiver" not in answer.body.lower():
                return Health(False, str(_refusal(answer)))
            return self._health_of_lines()
        except (NotReached, BrokenOff) as problem:
            return Health(False, str(problem))

    def _health_of_lines(self) -> Health:
        if not (status := self.values.get("status", "")):
            return Health(True, "Kannel's smsbox answers and knows us.")
        query = {"password": self.values.get("status_password", "")}
        answer = self._gate.call("GET", f"{status.rstrip('/')}/status.txt", query=query, patience=4)
        said = answer.body.decode("utf-8", "replace")
        if answer.status != 200 or "Status: running" not in said:
            return Health(False, "Kannel's bearerbox does not say that it runs: is the status password right?")
        lines = len(re.findall(r"\(online \d+s", said))
        return Health(bool(lines), f"Kannel runs, lines to SMS centres that are online: {lines}.")

    def hear(self, heard: Heard) -> Hearing:
        if not same(heard.query.get("secret", ""), self.values.get("secret", "")):
            raise Forged
        return Hearing([_delivery(heard.query) if "report" in heard.query else _arrived(heard)])

    def close(self) -> None:
        self._gate.close()


REFUSALS: tuple[tuple[int, str, Settled], ...] = (  # status, a word in its page, what it means
    (403, "not routable", Settled(Sort.REFUSED, "Kannel knows no way to this number.")),
    (403, "", Resting(Sort.OFF, "Kannel does not know this name and password, or refuses calls from this computer.")),
    (503, "", Resting(Sort.LATER, "Kannel takes nothing just now.")),
    (400, "sender missing", Resting(Sort.OFF, "Kannel wants a sender, and neither it nor this channel names one.")),
    (400, "denied", Settled(Sort.REFUSED, "Kannel's lists do not allow this number.")),
    (400, "", Settled(Sort.REFUSED, "Kannel cannot send this: the number or the text does not fit.")),
)


def _refusal(answer: Answer) -> Settled:
    """What a page of sendsms that is no 202 means. Its words are compared, not passed on: they may name the receiver."""
    said = answer.body[:300].decode("utf-8", "replace").lower()
    found = (end for status, word, end in REFUSALS if status == answer.status and word in said)
    return next(found, None) or judge(answer)


def _when(words: str) -> datetime | None:
    return datetime.fromtimestamp(int(words), UTC) if re.fullmatch(r"[0-9]{9,11}", words) else None


def _arrived(heard: Heard) -> Arrived:
    """An SMS by `post-url`, its text in the body in the alphabet that the head names; or by `get-url`, its text in the address."""
    query = heard.query
    sender, named = query.get("from", "").strip(), query.get("id", "").strip()
    text = _body(heard) if heard.method == "POST" else query.get("text")
    if not sender or text is None or not named:
        raise Unintelligible("An SMS needs from, text and id.")
    if max(len(sender), len(named)) > 100 or len(text) > LONGEST_HEARD:
        raise Unintelligible("No SMS is as long as this.")
    return Arrived(sender, text.replace("\x00", ""), named, _when(query.get("at", "")))


def _body(heard: Heard) -> str:
    found = re.search(r'charset="?([\w-]{1,20})', heard.headers.get("content-type", ""))
    try:
        return heard.body[: LONGEST_HEARD * 4].decode(found[1] if found else "utf-8", "replace")
    except LookupError:
        raise Unintelligible("The text is in an alphabet that we do not know.") from None


def _delivery(query: Mapping[str, str]) -> Delivery:
    report = REPORTS.get(query.get("report", ""))
    try:
        key = str(uuid.UUID(query.get("key", "")))
    except ValueError:
        raise Unintelligible("A report needs the key of the message.") from None
    if report is None:
        raise Unintelligible("This kind of report was not asked for.")
    problem = (
        ""
        if report is Report.DELIVERED
        else "The SMS centre refused it."
        if report is Report.REFUSED
        else "It did not reach the phone."
    )
    return Delivery(report, key=key, at=_when(query.get("at", "")), problem=problem)
