"""What is promised of an answer, how near its end is, and which words of a question tell what it is about."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, datetime, timedelta

from serikat.messaging.rules.windows import BY_MESSAGE, FACE_TO_FACE, due

LONGEST_QUESTION, LONGEST_ANSWER = 5000, 8000
MOST_CITES = 12
BY_MESSAGE_WITHIN = timedelta(hours=11)  # one day of the office by message
FACE_WITHIN = timedelta(hours=16)  # two days of the office face to face
SOON = timedelta(hours=3)  # then the clock turns amber
MOST_AN_HOUR, MOST_WAITING = 120, 2000  # of those that come without an account


def promised(asked_at: datetime, *, face: bool, days_off: Container[date] = ()) -> datetime:
    """By when an answer stands, counted in the office's hours."""
    return due(asked_at, FACE_WITHIN if face else BY_MESSAGE_WITHIN, FACE_TO_FACE if face else BY_MESSAGE, days_off)


def tone(promised_at: datetime, now: datetime) -> str:
    """ "red" when the promise is broken, "amber" when it soon will be, "" otherwise."""
    if now >= promised_at:
        return "red"
    return "amber" if promised_at - now <= SOON else ""


_ASKING = frozenset(  # what people say in any question
    [
        "apakah",
        "bagaimana",
        "berapa",
        "kapan",
        "kenapa",
        "mengapa",
        "saya",
        "kami",
        "bekerja",
        "kerja",
        "perusahaan",
        "pabrik",
        "dapat",
        "boleh",
        "harus",
        "sudah",
        "belum",
        "tidak",
        "tahun",
        "bulan",
        "hari",
        "pekerja",
        "karyawan",
        "mohon",
        "tolong",
        "terima",
        "kasih",
        "selamat",
        "siang",
        "pagi",
        "sore",
        "malam",
        "pak",
        "bapak",
        "ibu",
    ]
)


def telling_words(text: str, most: int = 5) -> list[str]:
    """The words of a question that are worth looking for, the longest first."""
    words = dict.fromkeys(re.findall(r"[^\W\d_]{3,}", text[:LONGEST_ANSWER].lower()))
    return sorted((word for word in words if word not in _ASKING), key=lambda word: -len(word))[:most]
