"""An article as each channel can carry it: how a channel counts, what fits, and the words with which a draft begins. Values in, values out.

X counts as its documentation says (configuration 3 of twitter-text): after NFC, signs of the ranges U+0000-10FF, U+2000-200D, U+2010-201F and
U+2032-2037 are one, all others two; an emoji is two however many signs it is made of; every link is 23. Mastodon counts signs, and every link as 23.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from serikat.messaging.rules import sms
from serikat.messaging.rules.templates import LONGEST, filled, places_of
from serikat.outreach.rules.texts import BY_WORD


class Style(StrEnum):
    """How a channel is written for."""

    SMS = "sms"
    X = "x"
    MASTODON = "mastodon"
    PUSH = "push"
    MAIL = "mail"
    LONG = "long"  # WhatsApp, Telegram, Facebook, and whatever else takes a paragraph


X_MOST, MASTODON_MOST, LINK = 280, 500, 23
PUSH_MOST, LONG_MOST, SUBJECT_MOST = 160, 1000, 120
_ONE = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_URL = re.compile(r"https?://[^\s<>\"]+")
# What only looks like an address counts as one too, where that is more: X knows the ends of domains, this page does not.
_DOMAIN = re.compile(r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[^\s]*)?", re.IGNORECASE)
_TONE, _PICTURE = (
    "[\U0001f3fb-\U0001f3ff]",
    "[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25aa-\u27bf\u2934-\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]",
)
_ONE_PICTURE = f"(?:{_PICTURE}\ufe0f?{_TONE}?)"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE_PICTURE}(?:\u200d{_ONE_PICTURE})*[\U000e0020-\U000e007f]*"
)
_TURNS = re.compile(
    "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]"
)  # marks of direction, controls
_NO_TAG = re.compile(r"[^\w]+")


def x_length(text: str) -> int:
    """How much of X's 280 a text takes."""
    text = unicodedata.normalize("NFC", text)
    count, rest = 0, _URL.sub(" ", text)
    links = len(_URL.findall(text))
    count += links * LINK - links  # each left a space behind
    for looks in _DOMAIN.findall(rest):
        count += max(0, LINK - len(looks))
    emoji = _EMOJI.findall(rest)
    count += 2 * len(emoji)
    return count + sum(1 if any(low <= ord(sign) <= high for low, high in _ONE) else 2 for sign in _EMOJI.sub("", rest))


def mastodon_length(text: str) -> int:
    return len(_URL.sub("x" * LINK, text))


@dataclass(frozen=True, slots=True)
class Taken:
    """How much of the room a text takes; `parts` of an SMS."""

    used: int
    most: int
    parts: int = 0

    @property
    def fits(self) -> bool:
        return self.used <= self.most

    @property
    def left(self) -> int:
        return self.most - self.used


def style_of(kind: str, scheme: str) -> Style:
    """By the channel's kind where it has ways of its own, else by what addresses it speaks to."""
    if kind in ("x", "mastodon"):
        return Style(kind)
    if kind == "whatsapp":
        return Style.LONG
    return {"number": Style.SMS, "mail": Style.MAIL, "push": Style.PUSH}.get(scheme, Style.LONG)


def taken(style: Style, text: str, longest: int) -> Taken:
    """What a text takes of a channel whose provider allows `longest` signs at all."""
    if style is Style.SMS:
        measured = sms.measure(text)
        return Taken(measured.units, sms.ALONE[measured.coding], measured.count)
    if style is Style.X:
        return _stricter(Taken(x_length(text), X_MOST), len(text), longest)
    if style is Style.MASTODON:
        return _stricter(Taken(mastodon_length(text), MASTODON_MOST), len(text), longest)
    return Taken(len(text), min(longest, PUSH_MOST) if style is Style.PUSH else longest)


def _stricter(own: Taken, length: int, longest: int) -> Taken:
    return own if length <= longest else Taken(max(own.used, length), own.most)


@dataclass(frozen=True, slots=True)
class Story:
    """What a draft is made of. `mark` stands before the title: "Koreksi"."""

    title: str
    lead: str = ""
    place: str = ""
    tags: Sequence[str] = ()
    mark: str = ""

    @property
    def headline(self) -> str:
        return clean(f"{self.mark}: {self.title}" if self.mark else self.title)


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    subject: str = ""


def clean(text: str) -> str:
    """In one line, without marks that turn what stands around them."""
    return " ".join(_TURNS.sub("", text).split())


def draft(style: Style, story: Story, link: str, longest: int) -> Draft:
    """The words with which an editor begins. They always fit and always hold the link."""

    def fits(text: str) -> bool:
        return taken(style, text, longest).fits

    title, lead, hashes = story.headline, clean(story.lead), " ".join(hashtags(story.tags))
    if style is Style.SMS:
        plain = sms.plain(title)
        end = f"{link}\n{BY_WORD}"
        return Draft(sms.fit(title if plain.dropped and not plain.text.strip(" .,!?-") else plain.text, end=end) or end)
    if style is Style.PUSH:
        return Draft(
            shorten(lead or title or link, lambda text: len(text) <= PUSH_MOST), shorten(title, lambda text: len(text) <= 60)
        )
    if style is Style.X:
        end = f"\n{hashes}\n{link}" if hashes and fits(f"{title}\n{hashes}\n{link}") else f"\n{link}"
        return Draft(shorten(title, lambda text: fits(text + end)) + end)
    room = min(longest, LONG_MOST)
    place = clean(story.place)
    head = f"{place}: {lead}" if place and lead else lead
    foot = f"\n\n{link}" if style is Style.MAIL or not hashes else f"\n\n{hashes}\n{link}"
    top = shorten(title, lambda text: fits(text + foot) and len(text + foot) <= room)
    if style is Style.MAIL:
        return Draft(f"{head or title}{foot}", shorten(title, lambda text: len(text) <= SUBJECT_MOST))
    below = (
        shorten(head, lambda text: fits(f"{top}\n\n{text}{foot}") and len(f"{top}\n\n{text}{foot}") <= room) if head else ""
    )
    return Draft(f"{top}\n\n{below}{foot}" if below else f"{top}{foot}")


def draft_values(text: str, story: Story, link: str) -> list[str]:
    """What fills the places of a provider's template: title and link, the lead between them where there is room for it; the rest stays open."""
    places, title, lead = places_of(text), story.headline, clean(story.lead)

    def values(title: str, lead: str) -> list[str]:
        found = {0: [], 1: [f"{title} {link}"], 2: [title, link]}.get(places, [title, lead, link])
        return found + [""] * (places - len(found))

    def fits(title: str, lead: str) -> bool:
        return len(filled(text, values(title, lead))) <= LONGEST

    title = shorten(title, lambda words: fits(words, ""))
    return values(title, shorten(lead, lambda words: fits(title, words)))


def _as_in_a_tag(word: str) -> str:
    """PHK and BPJS: a short word without a vowel is an abbreviation. Others begin with a capital."""
    if 1 < len(word) < 6 and word.isalpha() and not set("aiueo") & set(word.lower()):
        return word.upper()
    return word[:1].upper() + word[1:]


def hashtags(tags: Sequence[str], most: int = 3) -> list[str]:
    """Tags as walls know them: one word, begun with a number sign, no number alone."""
    found = []
    for tag in tags:
        words = [word for word in _NO_TAG.split(clean(tag).replace("_", " ")) if word]
        name = "".join(_as_in_a_tag(word) for word in words)
        if name and not name.isdigit() and len(name) <= 40:
            found.append(f"#{name}")
    return list(dict.fromkeys(found))[:most]


def shorten(text: str, fits: Callable[[str], bool]) -> str:
    """The text if it fits, else as much of it as fits with a mark of omission, broken at a word where there is one near."""
    if fits(text):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle] + "…"):
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", 0, low + 1)
    end = space if space >= low // 2 and space > 0 else low
    while 0 < end < len(text) and (
        unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f" or text[end - 1] == "\u200d"
    ):
        end -= 1
    return text[:end].rstrip(" ,;:-–—.") + "…" if end else ""


def may_approve(user_id: int | None, writers: frozenset[int]) -> bool:
    """Another person: somebody who wrote none of what waits."""
    return user_id is not None and user_id not in writers
