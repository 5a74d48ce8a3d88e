"""What a report may hold, and how a list of people is read that somebody typed or pasted: one a line, "nama, nomor"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from serikat.kernel.text import fold, one_line

LONGEST_STORY = 40_000  # what one step of the form takes; what comes by message is cut by messaging alone
LONGEST_WORDS = 4000
LONGEST_LINE = 300
LONGEST_NAME = 120
LONGEST_REACH = 400
SHORTEST_SECRET, LONGEST_SECRET = 6, 100
MOST_FILES = 6
MOST_PEOPLE = 2000
MOST_TOGETHER = 1_000_000

BEGUN_FOR = timedelta(minutes=30)  # how long a report without a word waits for its story
MANY, MANY_WITHIN = 5, timedelta(minutes=10)  # reports of one number; more words are added to the last
SAME_FOR = timedelta(hours=24)  # a form that is sent again within this time is the same one
SECRET_WAITS = timedelta(hours=24)  # a second secret that was set later opens the story after this time
RENEWAL_LASTS = timedelta(hours=24)  # between the second person's yes and the new code


class Verdict(StrEnum):
    """What was found in one line of a list."""

    FINE = "fine"
    NO_NUMBER = "no_number"
    ODD_NUMBER = "odd_number"  # kept as it was written
    NO_NAME = "no_name"
    SAME_NUMBER = "same_number"  # as another of the list: kept, both may use it
    TWICE = "twice"
    TOO_MANY = "too_many"
    HEADING = "heading"  # of the columns, as they come along out of a spreadsheet


LEFT_OUT = frozenset({Verdict.TWICE, Verdict.TOO_MANY, Verdict.HEADING})


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: its number in the list, what was read in it, the verdict."""

    line: int
    name: str
    number: str
    note: str
    verdict: Verdict
    same_as: int = 0  # the line above that has the same number

    @property
    def kept(self) -> bool:
        return self.verdict not in LEFT_OUT


_BETWEEN = " ,;|"
_APART = re.compile(r"\s*[,;\t|]\s*")
# "12. Sari", "12.Sari", and a column of numbers out of a spreadsheet; never the beginning of a phone number
_NUMBERED = re.compile(r"^\s*(?:\d{1,4}[.)]\s+|[1-9]\d{0,3}(?:[.)](?=\D)|\s*[\t,;|])|[-*•]\s*)")
_COUNTED = re.compile(r"^\s*([1-9]\d{0,3})\s+(?=[^\W\d_])")  # "12 Sari", where it is the twelfth; "100 orang" are words
_NAMES = frozenset({"nama", "name"})
_HEADINGS = _NAMES | {
    "no", "nomor", "number", "lengkap", "pekerja", "buruh", "anggota", "hp", "telp", "telepon", "ponsel", "phone",
    "wa", "whatsapp", "keterangan", "ket", "bagian", "jabatan", "alamat",
}  # fmt: skip
_NUMBERLIKE = re.compile(r"[+(]?\d[\d\s().+-]{5,}\d")


def read_people(text: str, number_of: Callable[[str], str]) -> list[Listed]:
    """Every line that holds something, each with its verdict. `number_of` brings a number to its one form, "" for what is none."""
    found: list[Listed] = []
    met: set[tuple[str, str]] = set()
    numbers: dict[str, int] = {}
    kept = 0
    for at, line in enumerate(text.splitlines(), 1):
        if (counted := _COUNTED.match(line)) and int(counted[1]) in (at, kept + 1):
            line = line[counted.end() :]  # noqa: PLW2901
        if not (clean := one_line(_NUMBERED.sub("", line.replace("\t", " ; "))).strip(_BETWEEN)):
            continue
        if _is_heading(line):
            found.append(Listed(at, clean, "", "", Verdict.HEADING))
            continue
        name, number, note, verdict = _read(clean, number_of)
        same, same_as = (fold(name), number), 0
        if same in met:
            verdict = Verdict.TWICE
        elif kept >= MOST_PEOPLE:
            verdict = Verdict.TOO_MANY
        else:
            met.add(same)
            kept += 1
            same_as = numbers.setdefault(number, at) if number else 0
            if verdict is Verdict.FINE and same_as not in (0, at):
                verdict = Verdict.SAME_NUMBER
        found.append(Listed(at, name, number, note, verdict, same_as if verdict is Verdict.SAME_NUMBER else 0))
    return found


def _is_heading(line: str) -> bool:
    words = re.findall(r"\w+", fold(line))
    return len(words) > 1 and bool(_NAMES & set(words)) and set(words) <= _HEADINGS


def _read(line: str, number_of: Callable[[str], str]) -> tuple[str, str, str, Verdict]:
    parts = [part for part in _APART.split(line) if part]
    if len(parts) == 1 and (met := _NUMBERLIKE.search(line)):  # "Sari 0812…": no comma between
        parts = [part.strip(" :-") for part in (line[: met.start()], met.group(), line[met.end() :]) if part.strip(" :-")]
    at = next((n for n, part in enumerate(parts) if number_of(part)), None)
    odd = (
        next((n for n, part in enumerate(parts) if sum(sign.isdigit() for sign in part) >= 6), None) if at is None else None
    )
    digits = at if at is not None else odd
    words = [part for n, part in enumerate(parts) if n != digits]
    name = words[0][:LONGEST_NAME] if words else ""
    note = ", ".join(words[1:])[:LONGEST_LINE]
    number = number_of(parts[at]) if at is not None else parts[odd][:40] if odd is not None else ""
    if not name:
        return name, number, note, Verdict.NO_NAME
    if at is not None:
        return name, number, note, Verdict.FINE
    return name, number, note, Verdict.ODD_NUMBER if odd is not None else Verdict.NO_NUMBER
