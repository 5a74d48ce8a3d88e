"""How much a question and its answer may hold, and which words of a question tell what it is about."""

from __future__ import annotations

import re

LONGEST_QUESTION, LONGEST_ANSWER = 5000, 8000
MOST_CITES = 12
MOST_AN_HOUR, MOST_WAITING = 120, 2000  # of those that come without an account


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
