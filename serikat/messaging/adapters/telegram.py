"""Telegram by its Bot API (core.telegram.org/bots/api): chats with people, by calls or by asking; and a channel of ours as a wall.

An article's picture goes with its words as one post: `sendPhoto`, whose caption holds 1024 signs; longer words go alone, and Telegram shows the picture of
the page they link to. The API takes no words for who does not see a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import (
    Adapter,
    Arrived,
    Attachment,
    ChannelDown,
    Forged,
    Health,
    Heard,
    Hearing,
    Limits,
    News,
    Outcome,
    Parcel,
    Scheme,
    Setting,
    Sort,
    Unintelligible,
    adapter,
)
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
    json_object,
    judge,
    list_at,
    readable,
    reworded,
    same,
    shown,
    words_at,
)

MOST_HEARD = 1_000_000
BATCH = 100
HEARD = ("message", "edited_message")
LONGEST_CAPTION = 1024  # units of UTF-16
PLAYED = ("audio/mpeg", "audio/mp4")  # in the chat; `sendVoice` would be refused by who takes no voice messages
MEDIA = ("document", "voice", "audio", "video", "video_note", "animation", "sticker")
BASE = Setting("base", _("Alamat penyedia"), kind="url", initial="https://api.telegram.org")
TOKEN = Setting("token", _("Token bot"), _("Dari @BotFather."), secret=True)


class _Bot(Adapter):
    """What a bot does in both cases: the token stands in the address, so no address is ever shown."""

    limits: ClassVar[Limits] = Limits(longest=4096, files=True, pictures=True, largest_file=50_000_000, a_second=25.0)

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._api = Caller(values.get("base", ""))

    def _call(self, method: str, **more: object) -> object:
        """The result of one method. Raises what the refusal means."""
        token = self.values.get("token", "")
        if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{10,100}", token):
            raise Resting(Sort.OFF, "The token is not one that Telegram gives.")
        answer = self._api.call("POST", f"/bot{token}/{method}", **more)  # type: ignore[arg-type]
        told = answer.json()
        if answer.status == 200 and at(told, "ok") is True and isinstance(told, dict):
            return told.get("result")
        raise self._refusal(answer)

    def _refusal(self, answer: Answer) -> Settled:
        told = answer.json()
        words = shown(at(told, "description"), self.values.get("token", ""))
        low, wait = words.lower(), at(told, "parameters", "retry_after")
        if answer.status < 300 or told is None:
            return judge(answer)
        if answer.status == 429:
            return Resting(
                Sort.LATER, "Telegram wants a pause.", float(wait) if isinstance(wait, int | float) else answer.again_after
            )
        if answer.status in (401, 404):
            return Resting(Sort.OFF, "Telegram does not know this token.")
        if answer.status == 409:
            return Resting(Sort.OFF, "Telegram is asked from two places, or calls a webhook: only one way works at a time.")
        if answer.status == 403 or "chat not found" in low or "user is deactivated" in low:
            return self._closed(low)
        return judge(answer, words)

    def _closed(self, words: str) -> Settled:
        return Settled(Sort.REFUSED, "They have blocked the bot, or never wrote to it.")

    def _post(self, chat: str, parcel: Parcel) -> Outcome:
        text = f"{parcel.text}\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
        result: object = None
        for method, more in self._steps(chat, text, parcel):
            try:
                result = self._call(method, **more)
            except (Settled, NotReached, BrokenOff) as problem:
                if result is None:
                    raise
                return Outcome(
                    Sort.DOUBT, self._id_of(result), problem=f"A part of it was sent, and then it stopped: {problem}"
                )
        if result is None:
            return Outcome(Sort.REFUSED, problem="There is nothing in this message.")
        name = words_at(result, "chat", "username")
        link = (
            f"https://t.me/{name}/{words_at(result, 'message_id')}"
            if name and words_at(result, "chat", "type") == "channel"
            else ""
        )
        return Outcome(Sort.SENT, self._id_of(result), link)

    def _steps(self, chat: str, text: str, parcel: Parcel) -> Iterator[tuple[str, dict[str, object]]]:
        head: dict[str, object] = {"chat_id": chat}
        answers = parcel.answers.rpartition(":")[2]
        if answers.isdigit():
            head["reply_parameters"] = {"message_id": int(answers), "allow_sending_without_reply": True}
        picture = parcel.picture
        if picture is not None and len(text.encode("utf-16-le", "replace")) // 2 <= LONGEST_CAPTION:
            shown = ("photo", (picture.name, picture.content, picture.mime))
            yield "sendPhoto", {"parts": [("chat_id", chat), ("caption", text), shown], "patience": 60.0}
        elif text.strip():
            yield "sendMessage", {"json": {**head, "text": text}}
        for file in parcel.files:
            method, part = ("sendAudio", "audio") if file.mime in PLAYED else ("sendDocument", "document")
            yield method, {"parts": [("chat_id", chat), (part, (file.name, file.content, file.mime))], "patience": 60.0}

    def _id_of(self, result: object) -> str:
        """A message's number counts within its chat alone."""
        return f"{words_at(result, 'chat', 'id')}:{words_at(result, 'message_id')}"[:200]

    def check(self) -> Health:
        return ask(lambda: f"Telegram knows us as @{shown(words_at(self._call('getMe', patience=8.0), 'username'))}.")

    def close(self) -> None:
        self._api.close()


@adapter
class Telegram(_Bot):
    kind = "telegram"
    name = _("Telegram (bot)")
    about = _("Orang menulis kepada bot organisasi dan dijawab di Telegram. Bot tidak dapat menyapa lebih dulu.")
    needs = _("Token dari @BotFather di Telegram: kirim /newbot, ikuti langkahnya, salin tokennya. Gratis.")
    scheme = Scheme.TELEGRAM
    hears = True
    fetches = True
    settings = (
        TOKEN,
        Setting("ways", _("Cara menerima"), kind="choice", initial="ask", choices=(("ask", _("kita yang bertanya")), ("call", _("Telegram memanggil kita")))),
        Setting("secret", _("Token rahasia webhook (secret_token)"), _("Hanya bila Telegram memanggil kita."), secret=True, required=False),
        BASE,
    )  # fmt: skip

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, lambda parcel: self._post(parcel.to, parcel))

    def hear(self, heard: Heard) -> Hearing:
        given = heard.headers.get("x-telegram-bot-api-secret-token", "")
        if len(heard.body) > MOST_HEARD or not same(given, self.values.get("secret", "")):
            raise Forged
        told = json_object(heard.body)
        if told is None or not isinstance(at(told, "update_id"), int):
            raise Unintelligible("This is no update of Telegram's.")
        return Hearing([found for found in [_arrived(told)] if found is not None])

    def fetch(self, take: Callable[[Sequence[News]], None]) -> None:
        """What was taken is acknowledged by asking for what follows it."""
        if self.values.get("ways") == "call":
            return
        offset = 0
        while True:
            try:
                updates = self._call(
                    "getUpdates", json={"offset": offset, "limit": BATCH, "timeout": 0, "allowed_updates": list(HEARD)}
                )
            except (Settled, NotReached, BrokenOff) as problem:
                raise ChannelDown(str(problem)) from None
            if not isinstance(updates, list):
                raise ChannelDown("Telegram's answer makes no sense.")
            if not updates:
                return
            numbers = [n for item in updates if isinstance(n := at(item, "update_id"), int)]
            if not numbers or max(numbers) < offset:
                raise ChannelDown("Telegram's answer makes no sense.")
            with suppress(Unintelligible):  # else it would stand before all that follow
                take(readable((_arrived, updates))[0])
            offset = max(numbers) + 1

    def load(self, ref: str, most: int) -> bytes:
        try:
            path = words_at(self._call("getFile", json={"file_id": ref}), "file_path")
            if not re.fullmatch(r"[\w./-]{1,300}", path) or ".." in path:
                raise ChannelDown("Telegram does not have this file any more.")
            answer = self._api.call("GET", f"/file/bot{self.values.get('token', '')}/{path}", most=most, patience=60)
        except (Settled, NotReached, BrokenOff) as problem:
            raise ChannelDown(str(problem)) from None
        if answer.status != 200 or not answer.whole:
            raise ChannelDown("The file is larger than we take, or not there.")
        return answer.body


@adapter
class TelegramWall(_Bot):
    kind = "telegram_wall"
    name = _("Kanal Telegram")
    about = _("Berita tampil di kanal Telegram organisasi, untuk siapa pun yang mengikutinya.")
    needs = _(
        "Kanal yang sudah ada, token dari @BotFather, dan bot itu dijadikan pengurus kanal dengan hak mengirim. Gratis."
    )
    scheme = Scheme.WALL
    settings = (TOKEN, Setting("chat", _("Kanal"), _("@nama_kanal atau nomornya; bot harus menjadi pengurusnya.")), BASE)

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, lambda parcel: self._post(self.values.get("chat", ""), parcel))

    def _closed(self, words: str) -> Settled:
        return Resting(Sort.OFF, "The bot may not write into this channel, or it is not there.")


def _arrived(update: object) -> Arrived | None:
    """A message of a person in a chat of two, or what they made of one of theirs; groups are not for the desk."""
    edited = at(update, "edited_message")
    message = edited or at(update, "message")
    chat, number = words_at(message, "chat", "id"), words_at(message, "message_id")
    if message is None or words_at(message, "chat", "type") != "private":
        return None
    if not chat or not number:
        raise Unintelligible("A message lacks its chat or its number.")
    when = at(message, "date")
    name = " ".join(f"{words_at(message, 'from', 'first_name')} {words_at(message, 'from', 'last_name')}".split())[:100]
    answers = words_at(message, "reply_to_message", "message_id")
    if edited:
        text = reworded(words_at(edited, "text") or words_at(edited, "caption"))
        if not text:
            return None  # somebody walks about, and their place is told anew
        return Arrived(
            chat,
            text.replace("\x00", ""),
            f"{chat}:{number}:{words_at(edited, 'edit_date')}",
            name=name,
            answers=f"{chat}:{number}",
        )
    return Arrived(
        chat,
        _text(message).replace("\x00", ""),
        f"{chat}:{number}",
        datetime.fromtimestamp(when, UTC) if isinstance(when, int) and 0 < when < 10**11 else None,
        name=name,
        files=tuple(_files(message)),
        answers=f"{chat}:{answers}" if answers else "",
    )


def _text(message: object) -> str:
    if at(message, "contact") is not None:
        return " ".join(filter(None, (words_at(message, "contact", n) for n in ("first_name", "last_name", "phone_number"))))
    if at(message, "location") is not None:
        return "{},{}".format(*(at(message, "location", name) for name in ("latitude", "longitude")))
    return words_at(message, "text") or words_at(message, "caption")


def _files(message: object) -> Iterator[Attachment]:
    photos = list_at(message, "photo")
    if photos and (ref := words_at(photos[-1], "file_id")):  # the largest comes last
        yield Attachment("foto.jpg", "image/jpeg", ref=ref[:300])
    for sort in MEDIA:
        if ref := words_at(message, sort, "file_id"):
            mime = words_at(message, sort, "mime_type")[:100] or "application/octet-stream"
            yield Attachment(words_at(message, sort, "file_name")[:120] or sort, mime, ref=ref[:300])
            return
