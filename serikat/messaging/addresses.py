"""Bringing an address to its one form, by its scheme, and the keyed index by which it is found again. The purposes are those of contact points, so
that a room above finds the person behind an address without anybody decrypting anything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from serikat.accounts.rules import normal_phone
from serikat.kernel.secrets import blind_index
from serikat.messaging.adapters import Scheme

NUMBER = "people.number"  # telephone, SMS and WhatsApp are found alike
EMAIL = "people.email"
LONGEST = 2000  # a browser's subscription is the longest of all
MASK = "•"
MOBILES = "+628"  # at home all of them begin so: told without asking the plan of numbers
_TYPES = phonenumbers.PhoneNumberType
WITHOUT_TEXTS = frozenset(
    {_TYPES.FIXED_LINE, _TYPES.PREMIUM_RATE, _TYPES.SHARED_COST, _TYPES.TOLL_FREE, _TYPES.UAN, _TYPES.VOICEMAIL}
)
_NAMED = re.compile(r"[\w.:+@-]{1,200}")  # a chat's id, a page-scoped id, the key of a report


def address_of(scheme: str, text: str) -> str:
    """The one form of who wrote or is known; "" when it cannot be an address of this scheme. A short number (three to six digits) stays as it is:
    services of SMS write from them. What somebody typed for us to write to or call goes through `address_to_reach`."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return ""
    return _READ.get(scheme, _named)(text)


def address_to_reach(scheme: str, typed: str) -> str:
    """The one form of what was typed for us to write to or call; "" too for a number that nobody can have, and for a short one: those are paid
    services, and a public page must not make us write to them."""
    value = address_of(scheme, typed)
    return value if scheme != Scheme.NUMBER or _is_whole(value) else ""


def takes_texts(value: str) -> bool:
    """Whether an SMS may arrive at this number: not where its beginning tells that it is a landline, a paid or a short number."""
    if value.startswith(MOBILES):
        return True
    if not _is_whole(value):
        return False
    number = phonenumbers.parse(value)
    may_be = phonenumbers.is_possible_number_for_type(number, _TYPES.MOBILE)
    return bool(may_be and phonenumbers.number_type(number) not in WITHOUT_TEXTS)


def _is_whole(value: str) -> bool:
    """With its country and of a length that this country has; a local number without its area is not."""
    if not value.startswith("+"):
        return False
    reason = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(value))
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE)


def _number(text: str) -> str:
    bare = re.sub(r"[\s().\-\u2010-\u2015\u2212\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    if re.fullmatch(r"[0-9]{3,6}", bare):
        return bare
    return normal_phone(f"+{bare}" if re.fullmatch(r"62[0-9]{8,13}", bare) else bare, settings.PHONE_REGION)


def _mail(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text.lower()


def _push(text: str) -> str:
    """Where and with which keys; what else a browser tells of its subscription may change from one time to the next."""
    try:
        told = json.loads(text)
        keys = {name: str(told["keys"][name]) for name in ("auth", "p256dh")}
        return json.dumps({"endpoint": str(told["endpoint"]), "keys": keys}, sort_keys=True, separators=(",", ":"))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def _named(text: str) -> str:
    return text if _NAMED.fullmatch(text) else ""


_READ: dict[str, Callable[[str], str]] = {
    Scheme.NUMBER: _number,
    Scheme.MAIL: _mail,
    Scheme.PUSH: _push,
    Scheme.WALL: lambda text: "",
}


def index_of(scheme: str, value: str) -> str:
    """The keyed index of an address in its one form."""
    if scheme == Scheme.NUMBER:
        return blind_index(value, NUMBER)
    return blind_index(value, EMAIL if scheme == Scheme.MAIL else f"messaging.{scheme}")


def masked(scheme: str, value: str) -> str:
    """Enough to tell two apart, too little to reach anybody."""
    if not value:
        return MASK * 6
    if scheme == Scheme.MAIL:
        name, at, host = value.partition("@")
        return f"{name[:1]}{MASK * 5}{at}{host}"
    if scheme == Scheme.NUMBER and len(value) > 6:
        return f"{value[:3]}{MASK * max(len(value) - 6, 4)}{value[-3:]}"
    return f"{MASK * 4}{value[-3:]}" if len(value) > 6 else value
