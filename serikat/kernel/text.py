"""Words: what was typed made clean, folding for comparison, slugs, safe file names, numbers of persons. Plain Python, so that rules may use it."""

from __future__ import annotations

import re
import unicodedata

_WITHOUT_MARKS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
RESERVED_NAMES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def fold(text: str) -> str:
    """For comparing and finding: small letters without accents, one space between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_WITHOUT_MARKS)
    return " ".join(bare.split())


def slug(text: str, *, limit: int = 80, empty: str = "tanpa-judul") -> str:
    """For addresses: small latin letters, digits and single dashes, cut at a word."""
    whole = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", fold(text))).strip("-")
    if len(whole) > limit:
        cut = whole[: limit + 1].rpartition("-")[0]
        whole = cut if len(cut) >= limit // 2 else whole[:limit]
    return whole.strip("-") or empty


def safe_filename(name: str, *, limit: int = 100, empty: str = "berkas") -> str:
    """A file name that is safe on every system and in a header: no folders, no control signs, no leading dot, its ending kept."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = re.sub(r'[<>:"|?*;\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2066-\u2069]', "", base)
    base = " ".join(base.split()).strip(". ")
    stem, dot, ending = base.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = base, ""
    stem = stem.strip(". ")[: limit - len(ending) - 1].strip(". ") or empty
    if stem.lower() in RESERVED_NAMES:
        stem = f"{stem}_"
    return f"{stem}.{ending}" if ending else stem


# As people write them: a mobile or office number, an address of mail.
PHONE = r"(?<![\w+])(?:\+?62|0)[ .\-]?(?:\d[ .\-]?){7,12}\d(?!\w)"
MAIL = r"[\w.+-]+@[\w-]+\.[\w.-]*\w"
_JOINERS = "\u200d\ufe0f"  # nobody sees them, but they hold signs of several parts together


def clean_text(typed: str) -> str:
    """What was typed or pasted, with one kind of line end, without signs that nobody sees and without holes of empty lines."""
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable() or sign in _JOINERS)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in text.split("\n"))).strip()


def one_line(typed: str) -> str:
    """The same in one line."""
    return " ".join(clean_text(typed).split())
