"""Filling in quick replies, and the words by which a conversation is found."""

from __future__ import annotations

import re
from collections.abc import Mapping

from serikat.kernel.indonesian import STOP, fold, stem, words_in

MOST_TERMS = 300  # of one message: more than a page
SHORTEST = 2
FLOWERS = (
    "Melati", "Kenanga", "Cempaka", "Mawar", "Anggrek", "Teratai", "Kamboja", "Seroja", "Dahlia", "Flamboyan", "Wijaya", "Sedap Malam",
)  # fmt: skip
_PLACE = re.compile(r"\{(kode|nama|lembaga)\}")
_ANY_PLACE = re.compile(r"\{[^{}\n]{0,40}\}")


def roots_of(text: str) -> list[str]:
    """The roots of the telling words of a text, each once, in their order."""
    found: dict[str, None] = {}
    for _start, _end, word in words_in(text):
        if fold(word) in STOP or len(word) < SHORTEST:
            continue
        found[stem(word)] = None
        if len(found) == MOST_TERMS:
            break
    return list(found)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A quick reply with its places filled; one for which nothing is known stays as it stands, so that the operator sees it."""
    return _PLACE.sub(lambda found: values.get(found[1]) or found[0], text)


def places_left(text: str) -> list[str]:
    """The places of a quick reply that still stand open in an answer, each once: nobody is sent "{nama}"."""
    return list(dict.fromkeys(found[0] for found in _PLACE.finditer(text)))


def unknown_places(text: str) -> list[str]:
    """What looks like a place of a quick reply and is none."""
    return list(dict.fromkeys(found[0] for found in _ANY_PLACE.finditer(text) if not _PLACE.fullmatch(found[0])))


def alias_for(number: int) -> str:
    """A name for somebody whose own must not show: a flower and a number."""
    return f"{FLOWERS[number % len(FLOWERS)]} {number}"
