"""How names of places are folded for finding, and which of the three time zones a province is in. Plain Python.

The zones are those of Keputusan Presiden 41/1987: Sumatra, Java, West and Central Kalimantan keep western time; Bali, Nusa Tenggara, the other
Kalimantan provinces and Sulawesi central time; Maluku and Papua eastern time. Provinces made since (North Kalimantan, Gorontalo, those of Papua)
keep the time of the province they were part of. Every regency keeps the time of its province.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST_QUERY = 80
MOST_WORDS = 5
JOINING = str.maketrans("", "", "'’‘`")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as people write it, with its name in the tz database."""

    label: str
    tz: str


WIB = Zone("WIB", "Asia/Jakarta")
WITA = Zone("WITA", "Asia/Makassar")
WIT = Zone("WIT", "Asia/Jayapura")

CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
EASTERN = {"81", "82", "91", "92", "93", "94", "95", "96", "97"}


def zone_of_code(code: str) -> Zone:
    """The zone of a region by its official code; its first two digits are the province."""
    province = code[:2]
    if province in CENTRAL:
        return WITA
    return WIT if province in EASTERN else WIB


# What people put before a name: said, but no part of it. "kota" and "kabupaten" stay: they tell two regencies of one name apart.
TITLES = {"ds", "desa", "kel", "kelurahan", "kec", "kecamatan", "prov", "provinsi", "propinsi"}
SHORT_FORMS = {
    "kab": "kabupaten",
    "kp": "kampung",
    "kpg": "kampung",
    "sei": "sungai",
    "tj": "tanjung",
    "tjg": "tanjung",
    "tg": "tanjung",
    "gn": "gunung",
    "gg": "gunung",
    "pd": "pondok",
    "jkt": "jakarta",
    "diy": "yogyakarta",
    "jogja": "yogyakarta",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "babel": "bangka belitung",
    "kepri": "kepulauan riau",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
}


def plain_words(text: str) -> list[str]:
    """The words of a name in lower case, without marks; an apostrophe inside a word joins it (Ra'as is "raas")."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", text.translate(JOINING))


def folded(name: str) -> str:
    """A name as one run of letters, without what stands before it: "Desa Suka Maju" and "Sukamaju" are both "sukamaju"."""
    words = plain_words(name)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return "".join(words)


def later_parts(name: str) -> list[str]:
    """The ends of a name from each word after the first that is no title: "Nagari Air Bangis" gives "airbangis" and "bangis"."""
    words = plain_words(name)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return ["".join(words[n:]) for n in range(1, len(words))]


def search_line(name: str) -> str:
    """The words of a name, each after a space, so that " bek" finds a word's beginning; lines of a region and of what it lies in are joined."""
    return "".join(f" {w}" for w in plain_words(name))


def query_words(text: str) -> list[str]:
    """What somebody typed, as words to find: short forms written out, titles dropped unless nothing else was typed."""
    words = [w for typed in plain_words(text[:LONGEST_QUERY]) for w in SHORT_FORMS.get(typed, typed).split()]
    named = [w for w in words if w not in TITLES]
    return (named or words)[:MOST_WORDS]


def readings(words: list[str]) -> list[tuple[str, list[str]]]:
    """The ways to read a query: which words are the beginning of the place's own name, and which say where it lies. Likeliest first.

    "suka maju bekasi" may be Sukamajubekasi, Sukamaju in Bekasi, or Suka… with the words maju and bekasi; the name may also come last.
    """
    found = [("".join(words[:n]), words[n:]) for n in range(len(words), 0, -1)]
    found += [("".join(words[n:]), words[:n]) for n in range(1, len(words))]
    return found


def shared_beginning(word: str, names: Iterable[str]) -> int:
    """How many letters of a word the nearest of these names begins with."""
    pairs = (takewhile(lambda letters: letters[0] == letters[1], zip(word, name, strict=False)) for name in names)
    return max((sum(1 for _letters in alike) for alike in pairs), default=0)


def one_slip_away(word: str, right: int | None = None) -> set[str]:
    """Every run of letters that one slip of a finger turns into this word: a letter missing, too many, wrong, or two swapped. `right`: how many
    letters of it some name begins with, so that the slip came no later."""
    cuts = [(word[:i], word[i:]) for i in range(min(len(word), right if right is not None else len(word)) + 1)]
    missing = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    wrong = {a + c + b[1:] for a, b in cuts if b for c in LETTERS}
    added = {a + c + b for a, b in cuts for c in LETTERS}
    return (missing | swapped | wrong | added) - {word, ""}


def is_code(text: str) -> bool:
    """Tell whether this has the shape of an official code."""
    return re.fullmatch(r"\d\d(\.\d\d){0,2}|\d\d(\.\d\d){2}\.\d{4}", text, re.ASCII) is not None


def parent_code(code: str) -> str | None:
    """The code of what a region lies in: "32.16" for "32.16.08"; None for a province."""
    return code.rpartition(".")[0] or None


def spoken_line(names: list[str]) -> str:
    """The region and what it lies in, from small to large: "Sukamaju, Kec. Cilodong, Kota Depok, Jawa Barat"."""
    parts = []
    for place, name in enumerate(names):
        from_top = len(names) - 1 - place
        if from_top == 2:
            parts.append(f"Kec. {name}")
        elif from_top == 1 and name.startswith("Kabupaten "):
            parts.append("Kab. " + name.removeprefix("Kabupaten "))
        else:
            parts.append(name)
    return ", ".join(parts)
