"""Decisions about persons that need no database: what a NIK says, how a name or a number is brought to one form, what is masked, which clock runs.

NIK: 16 digits, PPKKCC DDMMYY SSSS: province, regency and district where it was first issued, birth date (women: day + 40), serial. Codes keep
their value after a region was split, so an odd code is a warning and never a refusal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

MASK = "•"


def folded(name: str) -> str:
    """A name in the form it is found by: lower case, no marks, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", plain.casefold()).split())


def digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")


class NikFlaw(StrEnum):
    """What does not fit in a NIK. The first two make it no NIK at all; the others are told as warnings."""

    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    REGION = "region"
    BIRTH_DATE = "birth_date"
    SERIAL = "serial"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_SEX = "other_sex"


def nik_flaws(nik: str, *, born_on: date | None = None, sex: str = "", today: date) -> list[NikFlaw]:
    """Look a NIK over. `sex` is "f", "m" or "". An empty list: plausible."""
    if not re.fullmatch(r"[0-9]+", nik):
        return [NikFlaw.NOT_DIGITS]
    if len(nik) != 16:
        return [NikFlaw.LENGTH]
    flaws = []
    if not 11 <= int(nik[:2]) <= 96 or nik[2:4] == "00" or nik[4:6] == "00":
        flaws.append(NikFlaw.REGION)
    if nik[12:] == "0000":
        flaws.append(NikFlaw.SERIAL)
    encoded = nik_birth_date(nik, today=today)
    if encoded is None:
        return [*flaws, NikFlaw.BIRTH_DATE]
    if born_on is not None and (born_on.day, born_on.month, born_on.year % 100) != (
        encoded.day,
        encoded.month,
        encoded.year % 100,
    ):
        flaws.append(NikFlaw.OTHER_BIRTH_DATE)
    if sex and sex != nik_sex(nik):
        flaws.append(NikFlaw.OTHER_SEX)
    return flaws


def nik_birth_date(nik: str, *, today: date) -> date | None:
    """The birth date in a NIK; None when there is none such. Two digits of a year mean the latest year that is not to come."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= 40 if day > 40 else 0
    for century in (today.year - today.year % 100, today.year - today.year % 100 - 100):
        try:
            found = date(century + year, month, day)
        except ValueError:
            continue  # 29 February may exist in one century only
        if found <= today:
            return found
    return None


def nik_sex(nik: str) -> str:
    return "f" if int(nik[6:8]) > 40 else "m"


def masked_nik(nik: str) -> str:
    """Only the serial shows: region and birth date would tell too much."""
    return f"{MASK * 12}{nik[-4:]}" if nik else ""


def masked_phone(phone: str) -> str:
    return f"{phone[:3]}{MASK * max(len(phone) - 6, 4)}{phone[-3:]}" if phone else ""


def masked_email(email: str) -> str:
    name, at, host = email.partition("@")
    return f"{name[:1]}{MASK * 5}{at}{host}" if email else ""


class Right(StrEnum):
    """The rights of UU 27/2022 that somebody may ask for at the desk."""

    COPY = "copy"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RESTRICTION = "restriction"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an answer may take. `verified` tells whether a source for the figure was found; else the desk shows that it was not."""

    hours: int
    article: str
    verified: bool


# 3 x 24 hours. For erasure the law names a duty but no hours: the organisation binds itself to the same term.
CLOCKS: dict[Right, Clock] = {
    Right.COPY: Clock(72, "Pasal 32 UU 27/2022", verified=False),
    Right.CORRECTION: Clock(72, "Pasal 30 UU 27/2022", verified=False),
    Right.WITHDRAWAL: Clock(72, "Pasal 40 UU 27/2022", verified=False),
    Right.RESTRICTION: Clock(72, "Pasal 41 UU 27/2022", verified=False),
    Right.ERASURE: Clock(72, "Pasal 43 UU 27/2022", verified=False),
}
BREACH_CLOCK = Clock(72, "Pasal 46 UU 27/2022", verified=True)


def due_at(asked_at: datetime, clock: Clock) -> datetime:
    """The moment an answer is due: hours run day and night."""
    return asked_at + timedelta(hours=clock.hours)


class Urgency(StrEnum):
    CALM = "calm"
    SOON = "soon"  # less than a day is left
    LATE = "late"


def urgency(due: datetime, now: datetime) -> Urgency:
    if now > due:
        return Urgency.LATE
    return Urgency.SOON if due - now < timedelta(hours=24) else Urgency.CALM


def hours_left(due: datetime, now: datetime) -> int:
    """Whole hours left, or (negative) hours late, the begun one counted."""
    seconds = int((due - now).total_seconds())
    return seconds // 3600 if now <= due else -(-seconds // 3600 + 1)
