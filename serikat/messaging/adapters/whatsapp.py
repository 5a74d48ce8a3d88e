"""WhatsApp by Meta's Cloud API: texts within a day of their last word, templates after; files; what came and what became of ours by signed calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import (
    ACCOUNT,
    AccountNamed,
    Adapter,
    Arrived,
    Attachment,
    ChannelDown,
    Delivery,
    Forged,
    Health,
    Heard,
    Hearing,
    Limits,
    News,
    Outcome,
    Parcel,
    Report,
    Scheme,
    Setting,
    Sort,
    TemplateJudged,
    Unintelligible,
    Verdict,
    adapter,
)
from serikat.messaging.adapters.calling import (
    BrokenOff,
    Caller,
    NotReached,
    Settled,
    ask,
    at,
    deliver,
    json_object,
    judge,
    list_at,
    readable,
    reworded,
    same,
    shown,
    words_at,
)
from serikat.messaging.adapters.graph import error_of, named, refusal, signed

LONGEST_CAPTION = 1024  # of a picture
MOST_HEARD = 3_000_000  # bytes of a call: the provider's own limit
MEDIA_HOSTS = "lookaside.fbsbx.com"
REPORTS = {"delivered": Report.DELIVERED, "read": Report.READ, "failed": Report.FAILED}
REPORTED = {Sort.LATER: Report.FAILED, Sort.OFF: Report.FAILED}  # everything else that failed would fail again
MEDIA = ("image", "audio", "video", "document", "sticker")
JUDGED = {
    "APPROVED": Verdict.APPROVED,
    "REINSTATED": Verdict.APPROVED,
    "UNPAUSED": Verdict.APPROVED,
    "PENDING": Verdict.PENDING,
    "IN_APPEAL": Verdict.PENDING,
    "PAUSED": Verdict.PAUSED,
    "REJECTED": Verdict.REJECTED,
    "DISABLED": Verdict.DISABLED,
    "DELETED": Verdict.DISABLED,
    "PENDING_DELETION": Verdict.DISABLED,
    "LIMIT_EXCEEDED": Verdict.DISABLED,
}  # a flag is a warning alone: the template goes on
SHOWN_AS = ("image", "audio", "video")  # by the first half of a file's kind; all others are documents


@adapter
class WhatsApp(Adapter):
    kind = "whatsapp"
    name = _("WhatsApp (Cloud API)")
    about = _(
        "Percakapan dari nomor organisasi langsung lewat Meta. Menjawab boleh dalam 24 jam sejak pesan terakhir mereka; sesudahnya hanya templat yang disetujui Meta."
    )
    needs = _(
        "Akun bisnis Meta dan nomor yang tidak dipakai di aplikasi WhatsApp. Di developers.facebook.com: buat aplikasi, tambah WhatsApp, ambil ID nomor di API Setup, token tetap dari pengguna sistem, dan rahasia aplikasi. Meta menagih per pesan menurut jenis dan negara; lihat daftar tarifnya."
    )
    scheme = Scheme.NUMBER
    hears = True
    limits = Limits(longest=4096, files=True, pictures=True, largest_file=16_000_000, a_second=40.0, window_hours=24)
    settings = (
        Setting("phone_id", _("ID nomor telepon"), _("Dari halaman API Setup di Meta; bukan nomornya sendiri.")),
        Setting(
            ACCOUNT,
            _("ID akun WhatsApp Business"),
            _(
                "Dari halaman API Setup di Meta. Boleh kosong: terisi sendiri begitu pesan pertama masuk. Templat milik akun, jadi putusan Meta "
                "atasnya berlaku untuk semua nomor dengan ID akun yang sama."
            ),
            kind="number",
            required=False,
        ),
        Setting("token", _("Token akses tetap"), secret=True),
        Setting(
            "app_secret", _("Rahasia aplikasi (app secret)"), _("Dengan ini panggilan WhatsApp diperiksa."), secret=True
        ),
        Setting(
            "verify_token",
            _("Token verifikasi webhook"),
            _("Kata buatan sendiri; isi juga di Meta. Di sana pilih bidang messages dan message_template_status_update."),
            secret=True,
        ),
        Setting("base", _("Alamat penyedia"), kind="url", initial="https://graph.facebook.com/v23.0"),
        Setting("media_hosts", _("Server berkas penyedia"), initial=MEDIA_HOSTS, required=False),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._graph = Caller(values.get("base", ""), {"authorization": f"Bearer {values.get('token', '')}"})

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        outcome = None
        for content in self._contents(parcel):
            said = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": parcel.to.lstrip("+"), **content}
            if parcel.answers:
                said["context"] = {"message_id": parcel.answers}
            try:
                outcome = self._post(said)
            except (Settled, NotReached, BrokenOff) as problem:
                if outcome is None:
                    raise
                why = f"A part of it was sent, and then it stopped: {problem}"
                return Outcome(Sort.DOUBT, outcome.provider_id, problem=why)
        return outcome or Outcome(Sort.REFUSED, problem="There is nothing in this message.")

    def _post(self, said: Mapping[str, Any]) -> Outcome:
        answer = self._graph.call("POST", f"/{self.values.get('phone_id', '')}/messages", json=said)
        if answer.status == 200 and (found := words_at(answer.json(), "messages", 0, "id")):
            return Outcome(Sort.SENT, provider_id=found[:200])
        raise refusal(answer, self.values.get("token", ""))

    def _contents(self, parcel: Parcel) -> Iterator[Mapping[str, Any]]:
        """What to post for it, one after another: a template, or a text with its files."""
        if parcel.template:
            given = [{"type": "text", "text": value} for value in parcel.template.values]
            parts = [{"type": "body", "parameters": given}] if given else []
            template = {"name": parcel.template.name, "language": {"code": parcel.template.language}, "components": parts}
            yield {"type": "template", "template": template}
            return
        text = f"{parcel.text}\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        media = [(file, self._upload(file)) for file in parcel.files]
        if parcel.picture is not None and len(text) <= LONGEST_CAPTION:
            yield {"type": "image", "image": {"id": self._upload(parcel.picture), "caption": text}}
        elif text.strip():
            yield {"type": "text", "text": {"body": text, "preview_url": bool(parcel.link)}}
        for file, ref in media:
            sort = file.mime.partition("/")[0]
            sort = sort if sort in SHOWN_AS else "document"
            yield {"type": sort, sort: {"id": ref} | ({"filename": file.name} if sort == "document" else {})}

    def _upload(self, file: Attachment) -> str:
        """Files are handed over before anything is sent: one that is refused leaves no half message."""
        parts: list[tuple[str, str | tuple[str, bytes, str]]] = [
            ("messaging_product", "whatsapp"),
            ("type", file.mime),
            ("file", (file.name, file.content, file.mime)),
        ]
        try:
            answer = self._graph.call("POST", f"/{self.values.get('phone_id', '')}/media", parts=parts, patience=60)
        except BrokenOff as problem:  # an upload reaches nobody: it may be done again
            raise NotReached(str(problem)) from None
        if answer.status == 200 and (found := words_at(answer.json(), "id")):
            return found
        raise refusal(answer, self.values.get("token", ""))

    def check(self) -> Health:
        return ask(self._question)

    def _question(self) -> str:
        answer = self._graph.call(
            "GET", f"/{self.values.get('phone_id', '')}", query={"fields": "verified_name,quality_rating"}, patience=8
        )
        return f"WhatsApp knows us as {named(answer, 'verified_name')}."

    def hear(self, heard: Heard) -> Hearing:
        if heard.method == "GET":
            return self._verified(heard.query)
        if len(heard.body) > MOST_HEARD or not signed(heard, self.values.get("app_secret", "")):
            raise Forged
        told = json_object(heard.body)
        if told is None or words_at(told, "object") != "whatsapp_business_account":
            raise Unintelligible("This is no call of WhatsApp's.")
        named: list[News] = []
        told_of: list[tuple[Callable[[Any], News | None], list[Any]]] = []
        for account, change in ((_account(e), change) for e in list_at(told, "entry") for change in list_at(e, "changes")):
            value = at(change, "value")
            if words_at(change, "field") == "message_template_status_update":
                told_of.append((partial(_judged, account=account), [value]))
                continue
            if number := words_at(value, "metadata", "phone_number_id"):
                if number != self.values.get("phone_id", ""):
                    continue  # one app may have several numbers, and each is a channel
                if account not in ("", self.values.get(ACCOUNT, "")):
                    named = [AccountNamed(account)]
            names = {words_at(c, "wa_id"): words_at(c, "profile", "name") for c in list_at(value, "contacts")}
            told_of.append((partial(_arrived, names=names), list_at(value, "messages")))
            told_of.append((_delivery, list_at(value, "statuses")))
        news, problem = readable(*told_of)
        return Hearing([*named, *news], problem=problem)

    def _verified(self, query: Mapping[str, str]) -> Hearing:
        """The provider asks once, when the address is told to it, whether it is ours."""
        right = same(query.get("hub.verify_token", ""), self.values.get("verify_token", ""))
        if query.get("hub.mode") != "subscribe" or not right:
            raise Forged
        challenge = query.get("hub.challenge", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", challenge):
            raise Unintelligible("There is no challenge to give back.")
        return Hearing(body=challenge)

    def load(self, ref: str, most: int) -> bytes:
        """In two steps: the name is exchanged for an address that lives for minutes. The token goes to the provider's own servers alone."""
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,200}", ref):
            raise ChannelDown("This is no name of a file.")
        try:
            answer = self._graph.call("GET", f"/{ref}", query={"phone_number_id": self.values.get("phone_id", "")})
            address = words_at(answer.json(), "url")
            if answer.status != 200 or not address:
                raise refusal(answer)
            if not self._is_theirs(address):
                raise ChannelDown("The file stands on a server that is not the provider's.")
            content = self._graph.call("GET", address, most=most, patience=60)
        except (NotReached, BrokenOff, Settled) as problem:
            raise ChannelDown(str(problem)) from None
        if content.status != 200:
            raise ChannelDown(str(judge(content)))
        if not content.whole:
            raise ChannelDown("The file is larger than we take.")
        return content.body

    def _is_theirs(self, address: str) -> bool:
        base, found = urlsplit(self.values.get("base", "")), urlsplit(address)
        if (found.scheme, found.netloc) == (base.scheme, base.netloc):
            return True
        hosts = (self.values.get("media_hosts") or MEDIA_HOSTS).replace(",", " ").split()
        return found.scheme == "https" and found.hostname in hosts and found.port in (None, 443) and not found.username

    def close(self) -> None:
        self._graph.close()


def _arrived(item: object, names: Mapping[str, str]) -> Arrived | None:
    sender, found, sort = words_at(item, "from"), words_at(item, "id"), words_at(item, "type")
    if not sender or not found:
        raise Unintelligible("A message lacks its sender or its id.")
    fresh = at(item, "edit", "message")
    text = reworded(_text(fresh, words_at(fresh, "type"))) if sort == "edit" else _text(item, sort)
    if sort in ("reaction", "system", "revoke") or (sort == "edit" and not text):
        return None  # "revoke": what they deleted on their phone is not asked about
    files: tuple[Attachment, ...] = ()
    if sort in MEDIA and (ref := words_at(item, sort, "id")):
        mime = words_at(item, sort, "mime_type").partition(";")[0].strip()[:100]
        files = (
            Attachment(words_at(item, sort, "filename")[:120] or sort, mime or "application/octet-stream", ref=ref[:200]),
        )
    return Arrived(
        f"+{sender}" if sender.isdigit() else sender[:100],
        text.replace("\x00", ""),
        found[:200],
        _when(words_at(item, "timestamp")),
        name=" ".join(names.get(sender, "").split())[:100],
        files=files,
        answers=(words_at(item, "context", "id") or words_at(item, "edit", "original_message_id"))[:200],
    )


def _text(item: object, sort: str) -> str:
    if sort == "text":
        return words_at(item, "text", "body")
    if sort == "button":
        return words_at(item, "button", "text")
    if sort == "interactive":
        return words_at(item, sort, "button_reply", "title") or words_at(item, sort, "list_reply", "title")
    if sort == "location":
        place = [words_at(item, sort, name) for name in ("name", "address")]
        where = "{},{}".format(*(at(item, sort, name) for name in ("latitude", "longitude")))
        return "\n".join(filter(None, [*place, where]))
    if sort == "contacts":
        return "\n".join(
            " ".join([words_at(c, "name", "formatted_name"), *(words_at(p, "phone") for p in list_at(c, "phones"))])
            for c in list_at(item, sort)
        )
    return words_at(item, sort, "caption")


def _delivery(item: object) -> Delivery | None:
    """What became of one of ours. That it was sent is known; prices come as a category, without an amount."""
    found, report = words_at(item, "id"), REPORTS.get(words_at(item, "status"))
    if not found:
        raise Unintelligible("A report lacks the id of its message.")
    if report is None:
        return None
    problem = ""
    if report is Report.FAILED:
        code = at(item, "errors", 0, "code")
        end = error_of(
            code if isinstance(code, int) else -1, shown(at(item, "errors", 0, "title"), words_at(item, "recipient_id"))
        ).outcome
        report, problem = REPORTED.get(end.sort, Report.REFUSED), end.problem
    cost = 0 if at(item, "pricing", "billable") is False else None
    return Delivery(report, provider_id=found[:200], at=_when(words_at(item, "timestamp")), problem=problem, cost=cost)


def _account(entry: object) -> str:
    """An entry of a call is named after the account that it is of."""
    found = words_at(entry, "id")
    return found if re.fullmatch(r"[0-9]{1,18}", found) else ""


def _judged(value: object, account: str) -> TemplateJudged | None:
    """It names an account, and no number: a template belongs to all numbers of it."""
    name, verdict = words_at(value, "message_template_name"), JUDGED.get(words_at(value, "event"))
    if not name:
        raise Unintelligible("What is said of a template lacks its name.")
    if verdict is None:
        return None
    reason = words_at(value, "reason")
    language = words_at(value, "message_template_language")
    return TemplateJudged(name[:100], language[:10], verdict, "" if reason == "NONE" else shown(reason)[:60], account)


def _when(words: str) -> datetime | None:
    return datetime.fromtimestamp(int(words), UTC) if re.fullmatch(r"[0-9]{9,11}", words) else None
