"""What is decided without a database: which kind of name somebody signs in with, one form for a phone number, whether a session idles,
what counts as using it, what of a posted form may be kept, and which device a browser's line speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal
from unicodedata import category

import phonenumbers

LONGEST_LOGIN = 254
KEPT_MARK = "_kept"  # the hidden field of a kept form that is sent again: its id
SECRET_NAMES = ("password", "sandi", "csrfmiddlewaretoken", KEPT_MARK)
_PHONE = re.compile(r"^[+\d(][\d\s().\-]*$")
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)  # of messengers and word processors
_LONG_NUMBER = re.compile(r"(?:\d[\s().-]*){6}\d")


def as_dialled(text: str) -> str:
    """A number with the signs of a keyboard, and with "+" where it begins as one dials from abroad: 0062 812 …, 00852 …"""
    return re.sub(r"^00[\s-]?(?=[1-9])", "+", text.translate(_DASHES).strip())


def normal_phone(text: str, region: str = "ID") -> str:
    """The one form of a phone number, E.164: "0812-3456-7890" and "+62 812 3456 7890" are the same. Empty for what is no number."""
    text = as_dialled(text)
    if not _PHONE.match(text):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def login_key(text: str, region: str = "ID") -> tuple[Literal["email", "phone", "username"], str]:
    """Which column a typed name is looked up in, and in which form. User names hold a letter and no "@", so nothing is ambiguous."""
    text = text.strip()
    if "@" in text:
        return "email", text.lower()
    if phone := normal_phone(text, region):
        return "phone", phone
    return "username", text.lower()


def is_name(text: str) -> bool:
    """Whether a text may stand as somebody's name on pages and in the trail: it holds a letter, and no e-mail address, telephone number or
    hidden sign. A name that is a number could be read as somebody else's, and nobody would know who acted."""
    if "@" in text or not any(sign.isalpha() for sign in text) or any(category(sign)[0] == "C" for sign in text):
        return False
    return not _LONG_NUMBER.search(text)


def username_from(name: str, taken: Iterable[str]) -> str:
    """A free user name made of a person's name: "Sari Dewi" gives "saridewi", then "saridewi2"."""
    base = re.sub(r"[^a-z0-9]", "", name.lower())[:40]
    if not re.search(r"[a-z]", base) or len(base) < 3:
        base = "anggota"
    used = set(taken)
    number = 1
    while (candidate := base if number == 1 else f"{base}{number}") in used:
        number += 1
    return candidate


def is_idle(last_active: datetime, now: datetime, minutes: int) -> bool:
    return now - last_active > timedelta(minutes=minutes)


def is_desk(path: str, prefixes: Iterable[str]) -> bool:
    """Whether an address belongs to the desk, in whichever language it is asked for ("/en/meja/…")."""
    bare = re.sub(r"^/[a-z]{2}(?=/)", "", path)
    return any(p.startswith(prefix) for p in (path, bare) for prefix in prefixes)


def counts_as_use(method: str, path: str, headers: Mapping[str, str], background: Iterable[str]) -> bool:
    """Whether a request was made by a person rather than by the page itself. Sending something is use; loading counts when the browser
    says that it navigates, or says nothing at all (old phones). What a page fetches by itself never keeps a session alive."""
    if any(part in path for part in background) or headers.get("X-Background"):
        return False
    if method not in ("GET", "HEAD"):
        return True
    if headers.get("HX-Request") and not headers.get("HX-Boosted"):
        return False
    if headers.get("X-Requested-With") == "XMLHttpRequest":
        return False
    return headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def worth_keeping(fields: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The posted fields that may be kept: passwords and tokens never are."""
    return [(name, values) for name, values in fields if not any(s in name.lower() for s in SECRET_NAMES)]


def is_local_address(address: str) -> bool:
    """A path on this site: never another host, also not by tricks ("//host", a backslash, a line break)."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and not re.search(r"[\x00-\x1f\\]", address)


BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "Chromebook"), ("Mac OS X", "Mac"),
    ("Linux", "Linux"), ("KAIOS", "KaiOS"),
)  # fmt: skip


def device_of(user_agent: str) -> tuple[str, str]:
    """Browser and system in the words people know; empty where the line does not tell."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return browser, system
