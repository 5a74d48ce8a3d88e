"""A worker's post: numbers and addresses that belong to somebody, how it is shown, what an editor changed. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape, unescape

from serikat.kernel.text import MAIL, PHONE, clean_text

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000  # letters: about ten printed pages
MOST_PICTURES = 6
MOST_A_DAY = 20  # posts of one writer

# A telephone number, a NIK or another number of an identity card, an e-mail address.
_NIK = r"(?<!\w)\d{16}(?!\w)"
_PERSONAL = re.compile(f"{_NIK}|{PHONE}|{MAIL}")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th)>|<br\s*/?>")
_SPACES = re.compile(r"[^\S\n]+")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def personal_numbers(text: str) -> list[str]:
    """Telephone numbers, identity numbers and e-mail addresses in a text, in their order, each once."""
    return list(dict.fromkeys(match[0].strip() for match in _PERSONAL.finditer(text)))


def without_numbers(text: str, instead: str) -> str:
    """The text with every such number replaced."""
    return _PERSONAL.sub(instead, text)


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPHS.split(text) if part.strip()]


def paragraph_html(text: str) -> str:
    """One paragraph of plain text as HTML; a line end stays one."""
    return "<p>" + escape(text, quote=False).replace("\n", "<br>") + "</p>"


def shown_html(text: str) -> str:
    """A plain text as the public reads it."""
    return "\n".join(paragraph_html(part) for part in paragraphs(text))


def plain_words(html: str) -> str:
    """An article's body as plain text, a line for each of its parts: for comparing."""
    return clean_text(unescape(_TAG.sub("", _ENDS.sub("\n\n", html))))


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What became of a text, word by word, as (kind, words): kind is "same", "gone" or "new"; a paragraph's end stands as "\\n\\n" in the words."""
    old, new = _words(before), _words(after)
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i1:i2])
            continue
        if gone := "".join(old[i1:i2]):
            yield "gone", gone
        if fresh := "".join(new[j1:j2]):
            yield "new", fresh


def _words(text: str) -> list[str]:
    return re.findall(r"\S+|\n\s*\n|\s+", text)


def count_links(text: str) -> int:
    return len(_LINK.findall(text))


def is_trusted(shown: int, after: int) -> bool:
    """Whether a writer's next post shows at once: after this many that somebody looked at and let show; 0: never."""
    return after > 0 and shown >= after
