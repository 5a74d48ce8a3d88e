"""The text with what a person decided about its marks, and what of a marked thing still shows in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .marks import Kind, Mark
from .words import set_of

_WORDS = {
    Kind.PHONE: "[nomor telepon]",
    Kind.MAIL: "[alamat surel]",
    Kind.NIK: "[NIK]",
    Kind.PASSPORT: "[nomor paspor]",
    Kind.CARD: "[nomor kartu]",
    Kind.ACCOUNT: "[nomor rekening]",
    Kind.ADDRESS: "[alamat]",
    Kind.NAME: "[nama]",
    Kind.PLACE: "[tempat]",
    Kind.WORKPLACE: "[tempat kerja]",
    Kind.DATE: "[tanggal]",
    Kind.HANDLE: "[akun]",
    Kind.LINK: "[tautan]",
    Kind.PLATE: "[nomor kendaraan]",
    Kind.COMBINATION: "[ciri-ciri]",
}
_DIGITS = frozenset({Kind.PHONE, Kind.NIK, Kind.PASSPORT, Kind.CARD, Kind.ACCOUNT, Kind.PLATE})


def standing(kind: Kind) -> str:
    """What stands in place of a mark when nobody wrote something better."""
    return _WORDS[kind]


def apply(text: str, marks: Sequence[Mark], choices: Mapping[Mark, str | None]) -> tuple[str, list[tuple[int, int]]]:
    """The redacted text, and where the replacements stand in it. A choice is what to write instead; None leaves the words as they are; without a
    choice the standing word of the kind is written. Of marks that overlap the one that begins first and reaches furthest is written; if it is left
    as it is, those inside stand for themselves; what only half overlaps is taken out to its end."""
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"a mark from {mark.start} to {mark.end} in a text of {len(text)}")
        words = choices.get(mark, standing(mark.kind))
        if words is None:
            continue
        if kept and mark.start < kept[-1][1]:
            start, end, before = kept[-1]
            kept[-1] = (start, max(end, mark.end), before)
        else:
            kept.append((mark.start, mark.end, words))
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at, length = 0, 0
    for start, end, words in kept:
        pieces += (text[at:start], words)
        length += start - at
        places.append((length, length + len(words)))
        length += len(words)
        at = end
    return "".join([*pieces, text[at:]]), places


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was taken out and shows in the text all the same."""

    mark: Mark
    start: int
    end: int


def left_over(original: str, marks: Iterable[Mark], redacted: str) -> list[Left]:
    """Where the redacted text still shows what the marks say of the original: in any case, with other spaces or signs between the digits, with the
    country's number before a phone number, and of a name each of its words. Give only the marks that were to be taken out."""
    words, numbers = _Words(redacted), _Numbers(redacted)
    found: list[Left] = []
    for mark in marks:
        said = original[mark.start : mark.end]
        spans = numbers.find(said) if mark.kind in _DIGITS else words.find(said)
        if mark.kind is Kind.NAME:
            for part in re.findall(r"[^\W\d_]{3,}", said):
                if part.lower() not in _COMMON:
                    spans += words.find(part)
        found += [Left(mark, start, end) for start, end in sorted(set(spans))]
    return sorted(found, key=lambda left: (left.start, left.end))


_COMMON = set_of(
    """
    bapak ibu pak mas mbak mba bang kak kakak adik mami mama papa bos tuan nyonya haji mister mrs miss saudara om tante teh kang
    mang ustad ustadz dan bin binti sri tri nur
    """
)


class _Words:
    """The text as words in small letters without the signs between them, to be searched for a row of words."""

    def __init__(self, text: str) -> None:
        self.spans = [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+", text)]
        self.at: dict[str, list[int]] = {}
        self.words = [text[start:end].lower() for start, end in self.spans]
        for i, word in enumerate(self.words):
            self.at.setdefault(word, []).append(i)

    def find(self, said: str) -> list[tuple[int, int]]:
        row = [word.lower() for word in re.findall(r"[^\W_]+", said)]
        if not row:
            return []
        return [
            (self.spans[i][0], self.spans[i + len(row) - 1][1])
            for i in self.at.get(row[0], ())
            if self.words[i : i + len(row)] == row
        ]


class _Numbers:
    """The letters and digits of the text in one row, to be searched whatever stands between them."""

    def __init__(self, text: str) -> None:
        kept = [(i, sign) for i, sign in enumerate(text) if sign.isalnum()]
        self.places = [i for i, _ in kept]
        self.row = "".join(sign.upper() if len(sign.upper()) == 1 else "?" for _, sign in kept)

    def find(self, said: str) -> list[tuple[int, int]]:
        row = re.sub(r"[\W_]", "", said.upper())
        if not row.isdigit() and sum(sign.isdigit() for sign in row) >= 7:
            row = row.replace("O", "0") if re.fullmatch(r"[O\d]+", row) else row
        tail = re.sub(r"^(?:0062|62|0)(?=8)", "", row) if row.isdigit() else row
        if len(tail) < 3:
            return []
        spans, at = [], self.row.find(tail)
        while at >= 0:
            spans.append((self.places[at], self.places[at + len(tail) - 1] + 1))
            at = self.row.find(tail, at + len(tail))
        return spans
