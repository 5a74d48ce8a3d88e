"""The measures of an advert: how long it may stand, what a wage may be, when two are the same, the telephone numbers and addresses in a text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from serikat.kernel.text import MAIL, PHONE

LONGEST_TITLE = 120
LONGEST_TEXT = 5000
LONGEST_DAYS = 183  # half a year: what stands longer is no vacancy but a net
MOST_RUPIAH = 1_000_000_000
ENDS_SOON_DAYS = 7
CONTACT_DAYS = 90  # how long a sender's or reporter's contact is kept after the advert ended
MOST_A_DAY = 10  # adverts of one account
MOST_WAITING = 100  # adverts without an account that wait
MOST_AN_HOUR = 30  # adverts without an account
MOST_REPORTS_HERE = 50  # unsettled, of one advert
MOST_REPORTS_AN_HOUR = 200
SAME_FROM = 0.75  # of what two texts hold in threes of words, from here on they are one

_PHONE = re.compile(PHONE)
_MAIL = re.compile(MAIL)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"']+|\b(?:bit\.ly|wa\.me|s\.id|t\.me)/[^\s<>\"']+", re.IGNORECASE)


def phones_in(text: str) -> list[str]:
    return list(dict.fromkeys(found[0] for found in _PHONE.finditer(text)))


def mails_in(text: str) -> list[str]:
    return list(dict.fromkeys(found[0].lower() for found in _MAIL.finditer(text)))


def links_in(text: str) -> list[str]:
    return list(dict.fromkeys(found[0].rstrip(".,;)") for found in _LINK.finditer(text)))


def bare_link(link: str) -> str:
    """Host and path in small letters: the same page however it is written."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.strip().lower()).split("?")[0].split("#")[0].rstrip("/")


def first_day_out(today: date) -> date:
    """The first day on which an advert cannot end any more."""
    return today + timedelta(days=LONGEST_DAYS + 1)


def is_over(ends_on: date, today: date) -> bool:
    """The end date is the last day on which one may apply."""
    return ends_on < today


def threes(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[n : n + 3]) for n in range(max(1, len(words) - 2)))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """How much of what both hold is in both: 0 to 1."""
    return len(one & other) / len(one | other) if one | other else 0.0


def is_same(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return likeness(one, other) >= SAME_FROM
