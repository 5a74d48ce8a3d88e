"""What Meta's Graph API has in common for WhatsApp and pages: its errors by code, its signatures, its question who knows me."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from serikat.messaging.adapters import Heard, Sort
from serikat.messaging.adapters.calling import Answer, Resting, Settled, at, judge, same, shown, words_at

LONG_PAUSE, PAIR_PAUSE = 3600.0, 60.0

# code: what it means, whether it stops the whole channel, in words that a person understands, the pause it asks for
CODES: Mapping[int, tuple[Sort, bool, str, float | None]] = {
    0: (Sort.OFF, True, "The token is not known", None),
    3: (Sort.OFF, True, "The app lacks the permission for this", None),
    10: (Sort.OFF, True, "The app lacks the permission for this", None),
    102: (Sort.OFF, True, "The session has ended: a new token is needed", None),
    190: (Sort.OFF, True, "The token has expired or was withdrawn", None),
    368: (Sort.OFF, True, "The account is blocked for a breach of rules", None),
    1: (Sort.LATER, False, "The provider has an unknown fault", None),
    2: (Sort.LATER, False, "The provider is down for the moment", None),
    4: (Sort.LATER, True, "The app called too often", LONG_PAUSE),
    17: (Sort.LATER, True, "The account called too often", LONG_PAUSE),
    32: (Sort.LATER, True, "The page called too often", LONG_PAUSE),
    341: (Sort.LATER, True, "The app reached a limit", LONG_PAUSE),
    613: (Sort.LATER, True, "The calls are limited", LONG_PAUSE),
    33: (Sort.OFF, True, "The number of the organisation is not there any more", None),
    100: (Sort.REFUSED, False, "A value does not fit", None),
    506: (Sort.REFUSED, False, "The same post was made just before", None),
    80007: (Sort.LATER, True, "The account called too often", LONG_PAUSE),
    130429: (Sort.LATER, True, "Too many messages a second", None),
    130472: (Sort.REFUSED, False, "The number takes part in an experiment of the provider and gets none", None),
    130497: (Sort.REFUSED, False, "The account may not write to this country", None),
    131000: (Sort.LATER, False, "The provider has an unknown fault", None),
    131005: (Sort.OFF, True, "The permission was withdrawn", None),
    131008: (Sort.REFUSED, False, "A value is missing", None),
    131009: (Sort.REFUSED, False, "A value does not fit", None),
    131016: (Sort.LATER, False, "The provider is down for the moment", None),
    131021: (Sort.REFUSED, False, "Nobody writes to themself", None),
    131026: (Sort.REFUSED, False, "The number has no WhatsApp, or does not take this", None),
    131031: (Sort.OFF, True, "The account is locked", None),
    131042: (Sort.OFF, True, "The account is not paid for", None),
    131045: (Sort.OFF, True, "The number is not registered rightly", None),
    131047: (Sort.REFUSED, False, "The last word from them is more than a day ago: only a template may be sent", None),
    131048: (Sort.LATER, True, "Too many were marked as unwanted: the number is held back", LONG_PAUSE),
    131049: (Sort.REFUSED, False, "The provider chose not to deliver it, so as not to tire the receiver", None),
    131050: (Sort.REFUSED, False, "The receiver wants no advertising from us", None),
    131051: (Sort.REFUSED, False, "This sort of message does not exist", None),
    131052: (Sort.LATER, False, "The file could not be fetched", None),
    131053: (Sort.REFUSED, False, "The file could not be taken", None),
    131056: (Sort.LATER, False, "Too many messages to the same number", PAIR_PAUSE),
    131057: (Sort.LATER, True, "The account is being looked after by the provider", LONG_PAUSE),
    132000: (Sort.REFUSED, False, "The template has another number of places", None),
    132001: (Sort.REFUSED, False, "The template does not exist in this language or is not approved", None),
    132005: (Sort.REFUSED, False, "The template with its values is too long", None),
    132007: (Sort.REFUSED, False, "The template breaks a rule of the provider", None),
    132012: (Sort.REFUSED, False, "A value does not fit the template", None),
    132015: (Sort.REFUSED, False, "The template is paused", None),
    132016: (Sort.REFUSED, False, "The template is switched off", None),
    133000: (Sort.OFF, True, "The number is not registered rightly", None),
    133010: (Sort.OFF, True, "The number is not registered", None),
}


def error_of(code: int, words: str = "", *, again_after: float | None = None) -> Settled:
    """An error by its code, told at once or by a report."""
    if 200 <= code <= 299:
        sort, stops, meaning, pause = Sort.OFF, True, "The app lacks the permission for this", None
    else:
        sort, stops, meaning, pause = CODES.get(code, (Sort.REFUSED, False, words or "The provider refused it", None))
    return (Resting if stops else Settled)(sort, f"{meaning} ({code}).", again_after or pause)


def refusal(answer: Answer, *hidden: str) -> Settled:
    """What an answer that was no yes means. The code counts; words only where the code is unknown."""
    told = answer.json()
    code, words = at(told, "error", "code"), shown(at(told, "error", "message"), *hidden)
    if not isinstance(code, int) or isinstance(code, bool) or answer.status < 300:
        return judge(answer)
    if code == 100 and at(told, "error", "error_subcode") == 33:
        return Resting(Sort.OFF, "The id in the settings is not known, or the token may not use it (100/33).")
    if code not in CODES and not 200 <= code <= 299 and (answer.status >= 500 or answer.status in (401, 429)):
        return judge(answer, words)
    return error_of(code, words, again_after=answer.again_after)


def signed(heard: Heard, secret: str) -> bool:
    """Whether the raw body carries the app's signature."""
    right = hmac.new(secret.encode(), heard.body, hashlib.sha256).hexdigest()
    return bool(secret) and same(heard.headers.get("x-hub-signature-256", ""), f"sha256={right}")


def named(answer: Answer, *names: str) -> str:
    """The first of these names in a good answer. Raises what a bad one means."""
    found = answer.json() if answer.status == 200 else None
    if found is None:
        raise refusal(answer)
    return shown(next((w for name in names if (w := words_at(found, name))), "")) or "somebody"
