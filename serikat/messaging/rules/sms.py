"""What a text costs as SMS: its alphabet, its parts, what made it dear, and how it is made plain or short.

The alphabets are those of 3GPP TS 23.038: the GSM 7 bit default alphabet (6.2.1) with its extension table (6.2.1.1), whose signs take two places,
and UCS-2, where each UTF-16 unit takes one and signs outside the basic plane two. One message holds 160 or 70 units; of a longer one each part
gives six octets to the header that joins them (TS 23.040, 9.2.3.24.1) and holds 153 or 67. A sign of two units is never split over two parts.
Language tables beyond the default are left out: the gates that Indonesian providers offer do not take them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_GSM = _BASIC | _EXTENDED

MOST_PARTS = 255  # the header counts parts in one octet


class Coding(StrEnum):
    GSM7 = "gsm7"
    UCS2 = "ucs2"


ALONE = {Coding.GSM7: 160, Coding.UCS2: 70}
JOINED = {Coding.GSM7: 153, Coding.UCS2: 67}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a text is as SMS. `forced_by` holds the signs, each once, for which the small alphabet does not do."""

    coding: Coding
    parts: tuple[str, ...]
    units: int
    left: int  # units that still fit into the last part
    forced_by: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.parts)

    @property
    def sendable(self) -> bool:
        return 0 < len(self.parts) <= MOST_PARTS


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in the small alphabet. `dropped` holds what it has no form for, each sign once: where it is words of another script, they are gone."""

    text: str
    dropped: tuple[str, ...]


def coding_of(text: str) -> Coding:
    return Coding.GSM7 if _GSM.issuperset(text) else Coding.UCS2


def measure(text: str) -> Measured:
    """The text in its parts. An empty text has none."""
    coding = coding_of(text)
    forced_by = tuple(dict.fromkeys(sign for sign in text if sign not in _GSM))
    units = sum(_units(sign, coding) for sign in text)
    if units <= ALONE[coding]:
        return Measured(coding, (text,) if text else (), units, ALONE[coding] - units, forced_by)
    parts, start, used = [], 0, 0
    for place, sign in enumerate(text):
        size = _units(sign, coding)
        if used + size > JOINED[coding]:
            parts.append(text[start:place])
            start, used = place, 0
        used += size
    parts.append(text[start:])
    return Measured(coding, tuple(parts), units, JOINED[coding] - used, forced_by)


def _units(sign: str, coding: Coding) -> int:
    if coding is Coding.GSM7:
        return 2 if sign in _EXTENDED else 1
    return 2 if ord(sign) > 0xFFFF else 1


# What stands for a sign that the small alphabet lacks. Letters with marks and wide letters are found by taking them apart.
_INSTEAD = {
    **dict.fromkeys("‘’‚‛′`´ʻʼʹˈ‹›", "'"),
    **dict.fromkeys("“”„‟″«»ˮ❝❞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣•·▪●◦‣∙■□◆►▶", "-"),
    **dict.fromkeys("\t\v\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2028\u2029", "\n"),
    "…": "...", "‥": "..", "⁄": "/", "∕": "/", "÷": "/", "×": "x", "✕": "x", "✖": "x", "≥": ">=", "≤": "<=", "≠": "<>", "≈": "~", "±": "+/-",
    "→": "->", "➡": "->", "⇒": "=>", "➜": "->", "←": "<-", "⬅": "<-", "↔": "<->", "°": " derajat", "µ": "u", "μ": "u", "©": "(c)", "®": "(r)",
    "¢": "c", "¦": "|", "¬": "-", "¶": "", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i",
    "✓": "v", "✔": "v", "✅": "v", "☑": "v", "❌": "x", "❎": "x", "⚠": "(!)", "❗": "!", "❕": "!", "‼": "!!", "❓": "?", "❔": "?",
    "📞": "Tel.", "☎": "Tel.", "📱": "Tel.", "👍": "(oke)", "👌": "(oke)", "❤": "<3", "♥": "<3",
    **dict.fromkeys("😀😃😄😁😊🙂☺😉😂🤣", ":)"),
    **dict.fromkeys("🙁☹😞😢😭😔😟", ":("),
}  # fmt: skip


def plain(text: str) -> Plain:
    """The text as it can be said in the small alphabet: quotes, dashes and spaces of the keyboard, letters without the marks that it lacks, signs
    of feeling in the old way. What has no such form is left out and named."""
    dropped: dict[str, None] = {}
    kept: list[str] = []
    gap = False  # something was left out just before
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        form = sign if sign in _GSM else _plain_form(sign, after_digit=bool(kept) and kept[-1][-1].isdigit())
        if form is None:
            if unicodedata.category(sign) not in _UNSEEN:
                dropped[sign] = None
            gap = True
            continue
        if not form or (gap and form == " " and (not kept or kept[-1].endswith((" ", "\n")))):
            continue
        kept.append(form)
        gap = False
    whole = "".join(kept)
    return Plain(whole.rstrip(" ") if gap else whole, tuple(dropped))


_UNSEEN = {
    "Cf",
    "Cc",
    "Mn",
    "Me",
    "Cn",
    "Co",
    "Cs",
}  # joiners, marks of direction, variants, tags: nothing is lost with them


def _plain_form(sign: str, *, after_digit: bool) -> str | None:
    if sign in _INSTEAD:
        return _INSTEAD[sign]
    apart = unicodedata.normalize("NFKD", sign)
    bare = "".join(_INSTEAD.get(piece, piece) for piece in apart if not unicodedata.combining(piece))
    if apart == sign or not bare or not _GSM.issuperset(bare):
        return None
    return f" {bare}" if after_digit and "/" in bare else bare  # 1½ is 1 1/2


def fit(text: str, segments: int = 1, *, tail: str = "…", end: str = "") -> str:
    """The text if it takes no more than so many parts; otherwise shortened at a word, with `tail` where it breaks off. `end` is never cut: a link, a
    number to call. In a text of the small alphabet the tail takes its plain form, because one "…" would cost more than half of the room."""
    text = text.strip()
    whole = _joined(text, "", end)
    if measure(whole).count <= segments:
        return whole
    low, high = 0, min(len(text), segments * ALONE[Coding.GSM7])
    while low < high:  # a longer beginning never takes fewer parts
        middle = (low + high + 1) // 2
        if measure(_joined(text[:middle], tail, end)).count <= segments:
            low = middle
        else:
            high = middle - 1
    cut = _joined(text[: _word_end(text, low)], tail, end)
    return cut if measure(cut).count <= segments else ""


def _joined(beginning: str, tail: str, end: str) -> str:
    beginning = beginning.rstrip(" \n,;:-–—") if tail else beginning
    if tail and coding_of(beginning + end) is Coding.GSM7:
        tail = plain(tail).text
    return " ".join(part for part in (beginning + tail if beginning else "", end) if part)


def _word_end(text: str, most: int) -> int:
    """Where to break off so that no word, link or sign of several parts is cut; within a word only where it takes up more than half of what fits."""
    if most >= len(text) or text[most].isspace():
        return most
    space = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    if space >= most // 2 or (space >= 0 and "://" in text[space : space + 12]):
        return space
    while most and (unicodedata.combining(text[most]) or text[most] in _BINDS or text[most - 1] == "\u200d"):
        most -= 1
    return most


_BINDS = frozenset("\u200d\ufe0e\ufe0f\u20e3" + "".join(chr(tone) for tone in range(0x1F3FB, 0x1F400)))
