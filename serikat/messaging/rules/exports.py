"""A chat that somebody pasted or shared, read back into messages: WhatsApp's export as Android and iOS write it at home and in the countries where
workers go, marked messages copied there or in Telegram, blocks of "Nama: teks", or a plain text, which is one message.

The first head in the text says which family it is of; a line of another family is part of a message, because people paste chats into chats.
Whether 3/4 is a day in April or in March is decided over the whole text: a number above twelve shows it; otherwise the order in which the messages
run backwards least; otherwise the habit of the phones that write so. `Chat.order_by` says which, so that a person can look before anything is filed.
Times are what the phone's clock showed: naive, in whatever zone it was.

Nothing is lost: each line belongs to an entry or stands among the `unread` with its number. Each line is looked at once and only its beginning can
be a head, so a text of one line or of 50,000 takes time in step with its length.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from serikat.messaging.rules.export_marks import Kind, Media, is_event, read_marks


class Form(StrEnum):
    ANDROID = "android"  # 22/11/26 09.15 - Nama: teks, 2026/11/22 下午9:15 - in Taiwan, 9:15 PTG in Malaysia
    BRACKETS = "brackets"  # [22/11/26 09.15.03] Nama: teks, of iOS, of the web and of copying
    TELEGRAM = "telegram"  # Nama, [22/11/2026 09:15], and the text below
    NAMED = "named"  # Nama: teks
    PLAIN = "plain"


class Order(StrEnum):
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class By(StrEnum):
    """What decided the order of day and month."""

    NUMBERS = "numbers"  # one above twelve
    SEQUENCE = "sequence"  # the other order would run backwards
    HABIT = "habit"  # nothing in the text shows it
    NEITHER = "neither"  # the text has both orders, or no such dates


class Trouble(StrEnum):
    BEFORE = "before"  # stands before the first head
    MOMENT = "moment"  # no such day or time; the entry is there, without a moment


@dataclass(frozen=True, slots=True)
class Entry:
    kind: Kind
    at: datetime | None
    sender: str  # "" where the app itself speaks
    text: str  # without the marks of the app
    lines: tuple[int, int]  # first and last, counted from 1
    media: tuple[Media, ...] = ()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    line: int
    text: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Chat:
    form: Form
    order: Order
    order_by: By
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]
    senders: Mapping[str, int]  # how many messages each wrote, most first


class Stamp(NamedTuple):
    """A moment as it was written. `numbers` holds the three numbers in their order, or year, month, day where a name or the length shows them."""

    numbers: tuple[int, int, int | None]
    known: bool
    time: tuple[int, int, int]
    american: bool = False


@dataclass(slots=True)
class Block:
    """A head with the lines that follow it. Without a stamp: what stands before the first."""

    line: int
    form: Form
    stamp: Stamp | None
    sender: str | None  # None: to be found in `rest`
    rest: str
    more: list[str] = field(default_factory=list)


_UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_MARKS = "".join(map(chr, _UNSEEN))
_MONTH_OF = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10,
    "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip
_DAY = r"(?P<a>\d{1,4})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?:(?P=sep)\s?(?P<c>\d{2,4}))?"
_WORDY = r"(?:(?P<d>\d{1,2})\s(?P<m>[^\W\d_]{3,9})\.?|(?P<m2>[^\W\d_]{3,9})\.?\s(?P<d2>\d{1,2})),?\s(?P<y>\d{4})"
_TIME = r"(?:(?:pukul|jam|at)\s)?(?:(?P<pre>[上下]午|凌晨|清晨|早上|中午|傍晚|晚上|午夜)\s?)?(?P<h>\d{1,2})[.:](?P<i>\d{2})(?:[.:](?P<s>\d{2}))?"
_TIME += r"(?:\s?(?P<half>[ap]\.?\s?m\.?|pagi|siang|sore|petang|malam|tengah hari|tengah malam|pt?g))?"
_STAMPS = [
    re.compile(pattern, re.I)
    for day in (_DAY, _WORDY)
    for pattern in (rf"{day},?\s{{1,2}}{_TIME}", rf"{_TIME},\s{{1,2}}{day}")
]
_BRACKETS = re.compile(r"\[([^\[\]]{8,40})\]\s{0,2}")
_DASH = re.compile(r"(\d[^\[\]]{7,40}?)\s{1,2}[-–—]\s{1,2}")
_COLON = re.compile(r":(?:\s|$)")
LONGEST_NAME = 120


def read(source: str | Iterable[str], *, today: date | None = None) -> Chat:
    """A chat out of a text or its lines. `today` gives the year to days that were copied without one."""
    lines = re.split(r"\r\n|\r|\n", source) if isinstance(source, str) else source
    found = list(blocks(lines))
    before = [block for block in found if block.stamp is None]
    dated = [block for block in found if block.stamp is not None]
    if not dated:
        return _without_heads([line for block in before for line in block.more])
    order, by = _order([block.stamp for block in dated if block.stamp])
    names = _names(dated)
    entries, unread = (
        [],
        [Unread(n, line, Trouble.BEFORE) for block in before for n, line in enumerate(block.more, 1) if line.strip()],
    )
    for block in dated:
        at = _moment(block.stamp, order, today)
        if at is None:
            unread.append(Unread(block.line, block.rest, Trouble.MOMENT))
        entries.append(_entry(block, at, names))
    return Chat(dated[0].form, order, by, tuple(entries), tuple(unread), _senders(entries))


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The lines under their heads, one block at a time."""
    current, family = Block(1, Form.PLAIN, None, None, ""), None
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        head = _head(line.lstrip(_MARKS) if line[:1] in _UNSEEN_SIGNS else line) if line else None
        if head is None or family not in (None, head[0]):
            current.more.append(line)
            continue
        if current.stamp or current.more:
            yield current
        family, stamp, sender, rest = head
        current = Block(number, family, stamp, sender, rest)
    if current.stamp or current.more:
        yield current


_UNSEEN_SIGNS = frozenset(_MARKS)


def _head(line: str) -> tuple[Form, Stamp, str | None, str] | None:
    first = line[:1]
    if first == "[":
        met = _BRACKETS.match(line)
        stamp = _stamp(met.group(1)) if met else None
        return (Form.BRACKETS, stamp, None, line[met.end() :]) if met and stamp else None
    if first.isdigit():
        met = _DASH.match(line)
        stamp = _stamp(met.group(1), year=True) if met else None
        if met and stamp:
            return Form.ANDROID, stamp, None, line[met.end() :]
    if "]" in line[-4:] and len(line) <= 2 * LONGEST_NAME and line.rstrip().endswith(("]", "]:")):
        sender, _comma, inner = line.rpartition(", [")
        stamp = _stamp(inner.rstrip().rstrip(":]")) if sender else None
        if stamp:
            return Form.TELEGRAM, stamp, _clean(sender), ""
    return None


@lru_cache(maxsize=10_000)  # many messages of a minute, and few of another
def _stamp(inner: str, *, year: bool = False) -> Stamp | None:
    inner = _seen(inner).strip()
    for pattern in _STAMPS:
        met = pattern.fullmatch(inner)
        if met:
            break
    else:
        return None
    said = met.groupdict()
    half = re.sub(r"[^\w]", "", (said["half"] or said["pre"] or "").lower())
    time = (_hour(int(said["h"]), half), int(said["i"]), int(said["s"] or 0))
    if "y" in said:
        month = _MONTH_OF.get((said["m"] or said["m2"])[:3].lower())
        return Stamp((int(said["y"]), month, int(said["d"] or said["d2"])), True, time) if month else None
    if said["c"] is None and year:
        return None
    a, b, c = int(said["a"]), int(said["b"]), int(said["c"]) if said["c"] else None
    if len(said["a"]) == 4 and c is not None:
        return Stamp((a, b, c), True, time)
    if len(said["a"]) > 2:
        return None
    return Stamp((a, b, c), False, time, american=half in ("am", "pm") and len(said["c"] or "") == 2 and said["sep"] == "/")


_AFTER_NOON = frozenset(("pm", "sore", "malam", "petang", "ptg", "下午", "傍晚", "晚上"))
_ABOUT_NOON = frozenset(("siang", "tengahhari", "中午"))  # of what begins before twelve, too
_AT_NIGHT = frozenset(
    ("am", "pagi", "malam", "tengahmalam", "pg", "上午", "凌晨", "清晨", "早上", "晚上", "午夜")
)  # twelve is none


def _hour(shown: int, half: str) -> int:
    """An hour of twelve by the half of the day that stands beside it, in Indonesian, English, Malay or Chinese."""
    if shown < 12 and (half in _AFTER_NOON or (half in _ABOUT_NOON and shown <= 6)):
        return shown + 12
    return 0 if shown == 12 and half in _AT_NIGHT else shown


def _order(stamps: list[Stamp]) -> tuple[Order, By]:
    """Day or month first, over the whole text, and what shows it."""
    open_ones = [stamp for stamp in stamps if not stamp.known]
    day_first = any(stamp.numbers[0] > 12 for stamp in open_ones)
    month_first = any(stamp.numbers[1] > 12 for stamp in open_ones)
    if day_first != month_first:
        return (Order.DAY_FIRST if day_first else Order.MONTH_FIRST), By.NUMBERS
    if not open_ones or day_first:
        return Order.DAY_FIRST, By.NEITHER
    backwards = {Order.DAY_FIRST: 0, Order.MONTH_FIRST: 0}
    for before, after in pairwise(open_ones):
        (a, b, c), (d, e, f) = before.numbers, after.numbers
        backwards[Order.DAY_FIRST] += (c or 0, b, a) > (f or 0, e, d)
        backwards[Order.MONTH_FIRST] += (c or 0, a, b) > (f or 0, d, e)
    if backwards[Order.DAY_FIRST] != backwards[Order.MONTH_FIRST]:
        return min(backwards, key=lambda order: backwards[order]), By.SEQUENCE
    return (Order.MONTH_FIRST if open_ones[0].american else Order.DAY_FIRST), By.HABIT


def _moment(stamp: Stamp | None, order: Order, today: date | None) -> datetime | None:
    if stamp is None:
        return None
    a, b, c = stamp.numbers
    if stamp.known:
        year, month, day = a, b, c or 0
    else:
        day, month = (a, b) if order is Order.DAY_FIRST else (b, a)
        if month > 12:  # this one line shows the other order
            day, month = month, day
        if c is None and today is None:
            return None
        year = c if c is not None else (today or date.min).year
        year += 2000 if year < 100 else 0
        if c is None and today and (month, day) > (today.month, today.day):
            year -= 1
    try:
        return datetime(year, month, day, *stamp.time)  # noqa: DTZ001 the phone's own clock
    except ValueError:
        return None


def _names(found: list[Block]) -> frozenset[str]:
    """Names that hold ": " themselves. Each message of theirs begins with the longer form, and nobody else's does: three of them at least, and none
    that begins with the shorter form alone. No name ends in a space, and no message is empty: "Siti: Kronologi:" is what Siti wrote."""
    longer: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for block in found:
        if block.sender is None:
            ends = [met.start() for met in _COLON.finditer(block.rest, 0, LONGEST_NAME)][:2]
            if ends:
                is_name = (
                    len(ends) > 1 and not block.rest[ends[1] - 1].isspace() and _seen(block.rest[ends[1] + 1 :]).strip()
                )
                longer[block.rest[: ends[0]]][block.rest[: ends[1]] if is_name else ""] += 1
    return frozenset(
        next(iter(forms)) for forms in longer.values() if len(forms) == 1 and "" not in forms and forms.total() >= 3
    )


def _seen(text: str) -> str:
    return text if text.isascii() else text.translate(_UNSEEN)


def _entry(block: Block, at: datetime | None, names: frozenset[str]) -> Entry:
    span = (block.line, block.line + len(block.more))
    sender, first = block.sender, block.rest
    if sender is None:
        ends = [met.start() for met in _COLON.finditer(first, 0, LONGEST_NAME)][:2]
        end = ends[-1] if len(ends) > 1 and first[: ends[-1]] in names else ends[0] if ends else -1
        sender, first = (
            (first[:end], first[end + 1 :].lstrip(" ")) if end >= 0 and not is_event(first[:end]) else ("", first)
        )
    shown = first[:1] in _UNSEEN_SIGNS
    text = _seen("\n".join([first, *block.more] if first or block.sender is None else block.more)).strip("\r\n ")
    if not sender:
        return Entry(Kind.SYSTEM, at, "", text, span)
    marks = read_marks(text, by_app=shown)
    return Entry(
        marks.kind, at, "" if marks.kind is Kind.SYSTEM else _clean(sender), marks.text, span, marks.media, marks.edited
    )


@lru_cache(maxsize=1000)
def _clean(name: str) -> str:
    """A name without signs that nobody sees, and without the "~" before one that its bearer chose."""
    return " ".join(_seen(name).split()).removeprefix("~").strip()


def _senders(entries: Iterable[Entry]) -> dict[str, int]:
    return dict(Counter(entry.sender for entry in entries if entry.sender).most_common())


_NAMED = re.compile(r"([^\W\d_][^:\n]{0,40}|\+?\d[\d \-]{6,20}):(?:\s|$)")
_LABEL_WORDS = (
    "nama name alamat no nomor hp wa tanggal tgl hari jam waktu tempat lokasi catatan perihal kepada dari hal jumlah pabrik perusahaan masalah kronologi "
    "kasus keluhan jabatan bagian umur usia desa kota nik email http https note nb ps"
)
_LABELS = frozenset(_LABEL_WORDS.split())


def _without_heads(lines: list[str]) -> Chat:
    """No dates anywhere: blocks of "Nama: teks" when they look like a talk and not like a form that somebody filled in; otherwise one message."""
    starts = [(n, met) for n, line in enumerate(lines) if line and (met := _NAMED.match(line.lstrip(_MARKS), 0, 60))]
    counts = Counter(_clean(met.group(1)) for _n, met in starts)
    said = [n for n, line in enumerate(lines) if line.strip()]
    talk = (
        len(starts) > 1
        and starts[0][0] == said[0]
        and 3 * len(starts) >= len(said)
        and not any(name.lower().split()[0] in _LABELS or len(name.split()) > 5 for name in counts)
        and (len(counts) == 2 or max(counts.values()) > 1)
    )
    entries = []
    if talk:
        for (n, met), following in zip(starts, [*(n for n, _met in starts[1:]), len(lines)], strict=True):
            text = "\n".join([lines[n].lstrip(_MARKS)[met.end() :], *lines[n + 1 : following]])
            text = _seen(text).strip()
            marks = read_marks(text, by_app=False)
            entries.append(
                Entry(marks.kind, None, _clean(met.group(1)), marks.text, (n + 1, following), marks.media, marks.edited)
            )
    elif said:
        entries = [Entry(Kind.TEXT, None, "", "\n".join(lines).translate(_UNSEEN).strip(), (1, len(lines)))]
    return Chat(Form.NAMED if talk else Form.PLAIN, Order.DAY_FIRST, By.NEITHER, tuple(entries), (), _senders(entries))
