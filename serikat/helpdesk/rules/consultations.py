"""How much a question and its answer may hold, and which words of a question tell what it is about."""

from __future__ import annotations

import re

from serikat.kernel.indonesian import STOP, also_written, stem

LONGEST_QUESTION, LONGEST_ANSWER = 5000, 8000
MOST_CITES = 12
MOST_AN_HOUR, MOST_WAITING = 120, 2000  # of those that come without an account


# What people say in any question, whatever it is about: as words, since their roots carry other meanings ("selamat pagi", but "keselamatan") …
_SAID = """
    apakah bagaimana berapa kapan kenapa mengapa bekerja kerja pekerja karyawan perusahaan pabrik boleh tahun bulan hari
    mohon tolong terima kasih selamat siang pagi sore malam pak bapak ibu kalau kalo jika bila lalu lewat melalui menurut tanpa sesudah sebelum
    selama sejak mau ingin bilang katanya begitu begini punya sekarang kemarin besok
"""
# … and as roots, in whatever form: what is done with every right.
_DONE = "bayar hitung minta beri terima kata jawab tanya hak wajib uang orang atur cara perlu guna kena buat"
_ASKING, _OF_ANY = STOP | frozenset(_SAID.split()), frozenset(_DONE.split())


def telling_words(text: str, most: int | None = 8) -> list[str]:
    """The words of a question that are worth looking for, the longest first, each in one form."""
    words = dict.fromkeys(re.findall(r"[^\W\d_]{3,}", text[:LONGEST_ANSWER].lower()))
    by_root: dict[str, str] = {}
    for word in sorted(words, key=lambda word: -len(word)):
        if word not in _ASKING and (root := stem(word)) not in _OF_ANY:
            by_root.setdefault(root, word)
    return list(by_root.values())[:most]


def kinship(question: str, earlier: str, answer: str) -> int:
    """How many telling words a question shares with an earlier one and its answer, in any form; 0 where only the answer has one of them, by chance."""
    asked = [_ways(word) for word in telling_words(question)]
    then, said = (frozenset[str]().union(*map(_ways, telling_words(text, most=None))) for text in (earlier, answer))
    shared = sum(1 for ways in asked if ways & (then | said))
    return shared if shared > 1 or any(ways & then for ways in asked) else 0


def _ways(word: str) -> frozenset[str]:
    """The root of a word, and the single words that mean the same: who was dipecat had a PHK."""
    root = stem(word)
    return frozenset([root, *(form[0] for form in also_written(root) if len(form) == 1)])
