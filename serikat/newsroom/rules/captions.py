"""Captions: read from WebVTT, SubRip or the plain lines that people type, written as clean WebVTT; and the transcript that they make.

Only times and words are kept. Tags, styles, places on the screen and notes are dropped, so nothing in a caption can act.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_SIGNS = 400_000
MOST_CUES = 4_000
LONGEST_CUE = 500  # signs
LONGEST_SHOWN = 7_000  # milliseconds a typed line stands when nobody said how long
LAST_MOMENT = 24 * 3_600_000
PAUSE = 2_000  # milliseconds of silence that begin a new paragraph of the transcript
LONG_PARAGRAPH = 420

TIME = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
ARROW = re.compile(rf"^\s*{TIME}\s*-->\s*{TIME}(?:\s.*)?$")
TYPED = re.compile(rf"^\s*{TIME}(?:\s*(?:-->|–|—|-|\s)\s*{TIME})?(?:\s+(.*))?$")
SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>|\{\\[^}]*\}")


class Wrong(StrEnum):
    """Why captions cannot be read."""

    TOO_LONG = "too long"
    TOO_MANY = "too many"
    NO_TIME = "no time"  # a line that says no time
    BACKWARDS = "backwards"  # ends before it begins
    LONG_CUE = "long cue"
    EMPTY = "empty"


class BadCaptions(ValueError):
    """Captions that cannot be read; `line` counts from 1, 0 speaks of the whole."""

    def __init__(self, wrong: Wrong, line: int = 0) -> None:
        self.wrong, self.line = wrong, line
        super().__init__(f"{wrong} in line {line}")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and when they stand on the screen, in milliseconds."""

    start: int
    end: int
    text: str


def read_file(text: str) -> list[Cue]:
    """WebVTT or SubRip, in the order of time. Raises `BadCaptions` for what is neither, or holds no cue at all."""
    if len(text) > MOST_SIGNS:
        raise BadCaptions(Wrong.TOO_LONG)
    lines = _lines(text)
    cues: list[Cue] = []
    at = 0
    while at < len(lines):
        found = ARROW.match(lines[at])
        if found is None:
            at += 1
            continue
        first, words = at + 1, []
        at += 1
        while at < len(lines) and lines[at].strip() and not ARROW.match(lines[at]):
            words.append(lines[at])
            at += 1
        _add(cues, _moment(found.groups()[:4]), _moment(found.groups()[4:]), " ".join(words), first)
    if not cues:
        raise BadCaptions(Wrong.NO_TIME, 1) if text.strip() else BadCaptions(Wrong.EMPTY)
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def read_typed(text: str) -> list[Cue]:
    """One line a cue: "0:05 0:08 Kata-kata". Without an end it stands until the next one begins. Nothing typed is no captions."""
    if len(text) > MOST_SIGNS:
        raise BadCaptions(Wrong.TOO_LONG)
    found: list[tuple[int, int | None, str, int]] = []
    for number, line in enumerate(_lines(text), 1):
        if not line.strip():
            continue
        match = TYPED.match(line)
        if match is None:
            raise BadCaptions(Wrong.NO_TIME, number)
        parts = match.groups()
        end = _moment(parts[4:8]) if parts[5] is not None else None
        found.append((_moment(parts[:4]), end, parts[8] or "", number))
    found.sort(key=lambda row: row[0])
    if len(found) > MOST_CUES:
        raise BadCaptions(Wrong.TOO_MANY)
    cues: list[Cue] = []
    following = LAST_MOMENT
    for place in range(len(found) - 1, -1, -1):
        start, told, words, number = found[place]
        if place + 1 < len(found) and found[place + 1][0] > start:
            following = found[place + 1][0]
        _add(cues, start, told if told is not None else min(following, start + LONGEST_SHOWN), words, number)
    return cues[::-1]


def write_typed(cues: Iterable[Cue]) -> str:
    """As people type it, to be changed beside the player."""
    return "\n".join(f"{clock(cue.start)} {clock(cue.end)} {cue.text}" for cue in cues)


def write_vtt(cues: Iterable[Cue]) -> str:
    """Clean WebVTT: nothing but times and escaped words."""
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{html.escape(cue.text, quote=False)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *blocks]) if blocks else ""


def transcript_of(cues: Iterable[Cue]) -> str:
    """The words of the captions as paragraphs: a new one after a silence, or when one grows long and a sentence ends."""
    paragraphs: list[str] = []
    end = 0
    for cue in cues:
        last = paragraphs[-1] if paragraphs else ""
        if not last or cue.start - end > PAUSE or (len(last) > LONG_PARAGRAPH and last.endswith((".", "?", "!"))):
            paragraphs.append(cue.text)
        else:
            paragraphs[-1] = f"{last} {cue.text}"
        end = cue.end
    return "\n\n".join(paragraphs)


def clock(moment: int) -> str:
    """1:02,5 or 1:00:02,5: as short as it can be said."""
    minutes, rest = divmod(moment, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds, thousandths = divmod(rest, 1000)
    tail = f",{thousandths:03d}".rstrip("0") if thousandths else ""
    return (f"{hours}:{minutes:02d}" if hours else str(minutes)) + f":{seconds:02d}{tail}"


def _add(cues: list[Cue], start: int, end: int, words: str, line: int) -> None:
    text = clean(words)
    if not text:
        return
    if end <= start or end > LAST_MOMENT:
        raise BadCaptions(Wrong.BACKWARDS, line)
    if len(text) > LONGEST_CUE:
        raise BadCaptions(Wrong.LONG_CUE, line)
    if len(cues) >= MOST_CUES:
        raise BadCaptions(Wrong.TOO_MANY)
    cues.append(Cue(start, end, text))


def clean(words: str) -> str:
    """The words alone. Who speaks stays as "Nama: ". Tags go before and after entities are read, since one may hide in the other."""
    text = SPEAKER.sub(lambda found: f"{found[1].strip()}: ", words)
    text = TAG.sub("", html.unescape(TAG.sub("", text)))
    text = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(text.replace("-->", "–").split())


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")


def _moment(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, tail = parts
    return (int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)) * 1000 + int((tail or "0").ljust(3, "0"))


def _stamp(moment: int) -> str:
    minutes, rest = divmod(moment, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
