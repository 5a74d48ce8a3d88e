"""Calls: who rings, as phone systems write it; when a ring is over; how long people wait. Plain Python."""

from __future__ import annotations

import re
from datetime import timedelta

RINGS_FOR = timedelta(minutes=3)  # a phone system that does not say when the caller gave up is not waited for longer
SAME_CALLER = timedelta(minutes=15)  # who rings again so soon is the same missed call
NAMELESS_AGAIN = timedelta(seconds=30)  # two rings without number and without id of the call
MOST_A_MINUTE = 60  # new callers on one line; what is more is counted alone
LONGEST_NOTES = 20_000
TELL_AGAIN = timedelta(minutes=5)

WITHHELD = frozenset(
    [
        "anonymous",
        "private",
        "unknown",
        "unavailable",
        "restricted",
        "withheld",
        "blocked",
        "hidden",
        "none",
        "null",
        "p",
        "o",
        "-1",
        "0",
        "disembunyikan",
        "nomorpribadi",
    ]
)
ENDED = frozenset(
    [
        "selesai",
        "putus",
        "berakhir",
        "hangup",
        "ended",
        "end",
        "idle",
        "disconnected",
        "completed",
        "missed",
        "cancel",
        "no-answer",
        "busy",
    ]
)
_REPORTS = {"phone": ("telepon",), "visit": ("datang", "kertas")}
_SIP = re.compile(r"(?:sips?|tel):([^@;>\s]+)", re.I)
_ANGLE = re.compile(r"<([^<>]*)>")


def report_ways(way: str) -> tuple[str, ...]:
    """How a report comes of a call, or of a visitor: who came in may have brought it on paper."""
    return _REPORTS.get(way, ())


def caller_of(text: str) -> str:
    """The number in what a phone system tells of its caller: "Budi" <0812…>, sip:0812…@gate, tel:+62…; "" when it is withheld."""
    text = text[:300]
    if re.fullmatch(r" 62[0-9 .\-]{7,20}", text):  # in an address a plus is read as a space
        return f"+{text.strip()}"
    text = text.strip()
    if (found := _SIP.search(text)) or (found := _ANGLE.search(text)):
        text = found[1]
    text = text.strip().strip("\"'")
    if re.fullmatch(r"00[1-9][0-9]{7,15}", text):  # the international prefix
        text = f"+{text[2:]}"
    return "" if re.sub(r"[\s_.]", "", text.lower()) in WITHHELD else text


def is_over(state: str) -> bool:
    """Whether a phone system says that the caller has gone."""
    return state.strip().lower() in ENDED


def share(part: int, whole: int) -> int | None:
    """In whole percent; None of nothing."""
    return round(100 * part / whole) if whole else None


def in_minutes(seconds: int | None) -> str:
    """1:05; a dash when there is none."""
    return "–" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"
