"""The word lists, read once when first asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


def set_of(words: str) -> frozenset[str]:
    """A few words, written in one string."""
    return frozenset(words.split())


SHORT_NAMES = set_of("adi edi eko eva evi ira ita nur rio uli umi yos")
NO_WARES = set_of(
    "jalan kampung desa dusun lantai ruko perumahan komplek pasar guru dokter bidan perawat dosen notaris pengacara kurator"
)
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words can be. A word may stand in several lists; `sure_names` holds those that are nothing but names."""

    names: frozenset[str]
    sure_names: frozenset[str]
    stop: frozenset[str]
    plain: frozenset[str]
    firm: frozenset[str]
    roles: frozenset[str]
    cities: frozenset[str]
    districts: frozenset[str]
    bodies: frozenset[str]
    wares: frozenset[str]  # everyday words with which firms' names begin
    english: frozenset[str]

    def is_word(self, low: str) -> bool:
        """An everyday word, also with its ending."""
        return self._plainly(low) or (len(low) > 5 and low.endswith(ENDINGS) and self._plainly(_stem(low)))

    def _plainly(self, low: str) -> bool:
        return low in self.stop or low in self.plain or low in self.roles or low in self.english

    def looks_like_name(self, low: str) -> bool:
        """In the lists, or unknown with an ending that names of Java, Sunda and the Muslim world have."""
        return low in self.names or (
            len(low) > 5 and low.endswith(NAME_ENDINGS) and not self.is_word(low) and not low.startswith(VERBS)
        )

    def ends_a_name(self, low: str) -> bool:
        return low in self.stop or (len(low) > 5 and low.endswith("nya") and low not in self.names) or low.startswith(VERBS)


NAME_ENDINGS = tuple(
    set_of(
        "iyem inem ijem yanti yanto yono yani wati wan ningsih asih anto arto arno arti arni iyah uddin udin ullah syah atun tini rini iman ijan imin inah irah mini diah nto niati"
    )
)
ENDINGS = ("nya", "ku", "mu", "lah", "kah", "kan", "an", "2")
VERBS = ("meng", "meny", "memp", "memb", "diper", "dike", "nge")


def _stem(low: str) -> str:
    return next(low[: -len(ending)] for ending in ENDINGS if low.endswith(ending))


def _lines(name: str) -> Iterator[str]:
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            if (bare := line.strip()) and not bare.startswith("#"):
                yield bare


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


@functools.cache
def lexicon() -> Lexicon:
    names, double = _words("names.txt"), _words("names_words.txt")
    stop, plain, firm, roles = (
        _words("words_stop.txt"),
        _words("words_plain.txt"),
        _words("firm_words.txt"),
        _words("roles.txt"),
    )
    cities, districts, bodies = frozenset(_lines("cities.txt")), _words("districts.txt"), frozenset(_lines("bodies.txt"))
    english = _words("words_english.txt") - names - double
    sure = frozenset(
        n for n in names - double - stop - plain - firm - roles - cities - bodies if len(n) > 3 or n in SHORT_NAMES
    )
    return Lexicon(
        names | double, sure, stop, plain, firm, roles, cities, districts, bodies, plain - roles - stop - NO_WARES, english
    )
