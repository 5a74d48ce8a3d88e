"""How much a question and its answer may hold, and which words of a question tell what it is about."""

from __future__ import annotations

import re

from serikat.kernel.indonesian import STOP, stem

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


def telling_words(text: str, most: int = 8) -> list[str]:
    """The words of a question that are worth looking for, the longest first, each in one form."""
    words = dict.fromkeys(re.findall(r"[^\W\d_]{3,}", text[:LONGEST_ANSWER].lower()))
    by_root: dict[str, str] = {}
    for word in sorted(words, key=lambda word: -len(word)):
        if word not in _ASKING and (root := stem(word)) not in _OF_ANY:
            by_root.setdefault(root, word)
    return list(by_root.values())[:most]
