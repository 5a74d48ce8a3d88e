"""Access codes: 16 digits in four groups that open the status of a report, made so that they can be written down, typed on any phone and read out.

    10RR RRRR RRRR RRRC      R: 13 random digits, 43.2 bits; C: check digit

**The pair 10** opens each code, because nothing else that people here have in hand begins so:

- no NIK and no family card: their first two digits are the province's official code, and those run from 11 (Aceh) to 96 (Southwest Papua); within a
  group of islands new ones are added upwards, so that 97, 37 or 20 could be a province one day and 10 could not;
- no phone number as it is typed in digits: an Indonesian one begins with 0, 62 or 8; of the numbers that countries give out, none after country code 1
  begins with 0 (area codes there begin with 2 to 9), and in Hong Kong and Singapore, where numbers have no area code and 97, 98 and 99 are mobiles, 1 leads
  short services only. No phone number has 16 digits either: fifteen is the most (ITU-T E.164);
- no bank card: what begins with 1 there belongs to airlines, and has 15 digits.

**The check digit** is Damm's (H. M. Damm, 2004): it finds every single wrong digit and every swap of two neighbours. What is mistyped in another way
passes once in ten times, and then meets no code: of ten million million, few exist. Guessing is slowed down elsewhere; a code of 43 bits alone is no
password, and the story behind it needs a second secret.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import log2

PAIR = "10"
LENGTH = 16
GROUP = 4
RANDOM_DIGITS = LENGTH - len(PAIR) - 1
ENTROPY_BITS = RANDOM_DIGITS * log2(10)

# A totally anti-symmetric quasigroup of order ten with zeros on its diagonal, from Damm's thesis: what two neighbours give depends on their order.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def make_access_code(choose: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code. `choose` gives a number below the one it is given, each equally likely and none to be foretold."""
    body = PAIR + f"{choose(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    between = 0
    for digit in body:
        between = _TABLE[between][int(digit)]
    return str(between)


def is_access_code(code: str) -> bool:
    """Whether 16 plain digits are one of ours as far as its form shows."""
    return bool(re.fullmatch(rf"{PAIR}[0-9]{{{LENGTH - len(PAIR)}}}", code)) and check_digit(code) == "0"


class Flaw(StrEnum):
    """Why no code was read."""

    NOTHING = "nothing"  # no number that could be one
    SHORT = "short"
    LONG = "long"
    SLIP = "slip"  # 16 digits, but a digit is wrong or two changed places
    OTHER = "other"  # a long number, but none of ours: a NIK, a phone number


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `digits` are those of a number that is nearly a code, to show back to who typed it; never those of another number."""

    code: str = ""
    flaw: Flaw | None = None
    digits: str = ""


BLANK = "•••• •••• •••• ••••"
_IN_TEXT = re.compile(rf"(?<!\d){PAIR}\d\d(?:[^\w]{{0,6}}\d{{4}}){{3}}(?!\d)")


def without_codes(text: str) -> str:
    """A text in which no code can be read any more: whatever could be one is blanked, also with a digit wrong, since that is nearly one."""
    return _IN_TEXT.sub(BLANK, text)


LOOKED_AT = 2000  # signs of a text
_LIKE_DIGITS = str.maketrans("OoIiLl", "001111")
_PIECE = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.,:;#|·•*_/\\()\[\]'\"–—−‐‑-]{0,6}")


def read_access_code(text: str) -> Reading:
    """The code in what was typed, with words around it, spaces, dashes and dots in it, the letters O, I and l for digits, and digits of any script."""
    plain = _plain(text[:LOOKED_AT])
    runs = list(_runs(plain))
    for run in [*runs, *_runs(plain.replace("|", "1"))]:  # a stroke parts groups, or is a one
        code = next((found for found in _windows(run) if is_access_code(found)), None)
        if code:
            return Reading(code)
    return min(
        (_flaw(run) for run in runs), key=lambda reading: _LIKELIEST.index(reading.flaw), default=Reading(flaw=Flaw.NOTHING)
    )


_LIKELIEST = (Flaw.SLIP, Flaw.SHORT, Flaw.LONG, Flaw.OTHER, Flaw.NOTHING, None)


def _plain(text: str) -> str:
    """Digits of every script as 0 to 9, wide letters as plain ones, and no signs that nobody sees."""
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in signs)


def _runs(text: str) -> Iterator[list[str]]:
    """Groups of digits that follow one another with nothing but separators in between."""
    run: list[str] = []
    end = 0
    for met in _PIECE.finditer(text):
        piece, apart = met.group(), not _BETWEEN.fullmatch(text, end, met.start())
        digits, opens, closes = _digits(piece, within=bool(run) and not apart)
        if run and (apart or opens or not digits):
            yield run
            run = []
        if digits:
            run.append(digits)
            if closes:
                yield run
                run = []
        end = met.end()
    if run:
        yield run


def _digits(piece: str, *, within: bool) -> tuple[str, bool, bool]:
    """The digits that a piece stands for ("lO12"), and whether a word runs into them ("STATUS1012") or out of them ("1234ya")."""
    if re.fullmatch(r"[\dOoIiLl]+", piece):
        digits = piece.translate(_LIKE_DIGITS)
        letters_only = not any(sign.isdigit() for sign in piece)
        if not letters_only or (len(piece) % GROUP == 0 and (within or digits.startswith(PAIR))):
            return digits, False, False
    if met := re.fullmatch(r"[^\W\d_]+(\d[\dOoIiLl]*)", piece):
        return met.group(1).translate(_LIKE_DIGITS), True, False
    if met := re.fullmatch(r"(\d+)[^\W\d_]+", piece):
        return met.group(1), False, True
    return "", False, False


def _windows(run: list[str]) -> Iterator[str]:
    """Every 16 digits that whole neighbouring groups make."""
    for start in range(len(run)):
        joined = ""
        for group in run[start:]:
            joined += group
            if len(joined) == LENGTH:
                yield joined
            if len(joined) >= LENGTH:
                break


def _flaw(run: list[str]) -> Reading:
    for window in _windows(run):
        if window.startswith(PAIR):
            return Reading(flaw=Flaw.SLIP, digits=window)
    whole = "".join(run)
    if whole.startswith(PAIR) and len(whole) >= LENGTH // 2:
        return Reading(flaw=Flaw.SHORT if len(whole) < LENGTH else Flaw.LONG, digits=whole[: 2 * LENGTH])
    return Reading(flaw=Flaw.OTHER if len(whole) >= LENGTH // 2 else Flaw.NOTHING)


def grouped(code: str, between: str = " ") -> str:
    """For reading: 1012 3456 7890 1234."""
    return between.join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


_SAID = {
    "id": ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}


def spoken(code: str, language: str = "id") -> str:
    """For reading out over a phone: digit by digit, with a pause between groups."""
    words = _SAID.get(language, _SAID["id"])
    return ", ".join(" ".join(words[int(digit)] for digit in group) for group in grouped(code).split(" ") if group)
