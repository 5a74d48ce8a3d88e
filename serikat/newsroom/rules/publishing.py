"""How an article becomes public: its address, its lists, its reading time, its short code. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

WORDS_A_MINUTE = 200
ARTICLES = "/berita/"
CODE_LENGTH = 6
# No letter or digit that looks like another, no vowel nor digit that stands for one; letter and digit take turns: no code spells a word.
LETTERS = "bcdfghjkmnpqrtvwxyz"
DIGITS = "256789"

# First parts of addresses that belong to the house: a standing page may not take them.
_RESERVED = (
    "akun aplikasi aturan bagikan berita cari cms en hak-jawab hitung id keluar-cepat kode komentar lapor lowongan media meja penulis ruang-buruh rubrik s simpanan static tag tanpa-jaringan"
    " tempat tulisan ui video suara seri klip mulai admin api sambung konsultasi langganan"
)
RESERVED = frozenset(_RESERVED.split())
_SPACES = re.compile(r"\s+")
_OPENING = re.compile(r"\s*<p>([^<\s].*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
OPENS_LONG = 170  # letters: three lines of print, so that a large first letter has words beside it


def is_reserved(slug: str) -> bool:
    """Tell whether a standing page at the top may not have this address."""
    return slug.casefold() in RESERVED


def reading_minutes(text: str) -> int:
    """Minutes an unhurried reader takes, at least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def opens_with_prose(html: str) -> bool:
    """Tell whether a body opens with a paragraph that carries a large first letter: long, and plain words first."""
    opening = _OPENING.match(html)
    return opening is not None and len(_TAG.sub("", opening[1])) >= OPENS_LONG


def short_code(choose: Callable[[str], str]) -> str:
    """A code for a short address; `choose` picks one character of a string."""
    return "".join(choose(DIGITS if i % 2 else LETTERS) for i in range(CODE_LENGTH))


def place_keys(code: str) -> list[str]:
    """The lists of a place: its province and its regency or city ("32", "32.16" of "32.16.08.2003")."""
    parts = code.split(".")
    return [f"place:{'.'.join(parts[:n])}" for n in (1, 2) if len(parts) >= n and code]


def place_shown(code: str) -> str:
    """The narrowest place with a list: the regency or city, else the province; empty for no place."""
    return place_keys(code)[-1].removeprefix("place:") if code else ""


def list_keys(*, tags: Iterable[int], rubrics: Iterable[int], bylines: Iterable[int], place: str) -> list[str]:
    """The names of all lists in which an article stands."""
    keys = ["all"]
    keys += [f"tag:{pk}" for pk in tags]
    keys += [f"rubric:{pk}" for pk in rubrics]
    keys += [f"byline:{pk}" for pk in bylines]
    return list(dict.fromkeys([*keys, *place_keys(place)]))


def shortened(text: str, most: int) -> str:
    """The text in one line, cut at a word when it is longer than `most` characters."""
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
