"""A report that is not finished: between its steps it waits sealed, so that each step is a page of its own, which the phone's back button shows again.

A step that is answered by POST itself stays in the browser's history as what was sent: Chromium shows an error page instead of it, and sends the story
once more on "reload", after the quick exit too (measured in 2026, without JavaScript). So each step leads on to an address, and what was typed lies in
the session, sealed under a key that only a cookie of this browser holds, for a quarter of an hour after the last step. The quick exit takes both away,
and with the session's cookie the pages that the browser holds in memory. Who opens the form by its own address begins anew, whoever wrote before.
What a browser remembers of a field by itself, for its own back button, is not in our hands: with JavaScript the quick exit empties the fields."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from serikat.kernel.opening import MINUTES, close, open_for, opened

DRAFT, COOKIE = "helpdesk.draft", "langkah"


class Draft(NamedTuple):
    data: QueryDict
    step: str  # that was shown when it was kept, with what was found wrong there
    errors: dict[str, list[str]]
    lost: bool  # a file came in that could not be held


def keep_draft(
    request: HttpRequest,
    answer: HttpResponse,
    *,
    data: dict[str, list[str]],
    step: str,
    errors: dict[str, list[str]],
    lost: bool = False,
) -> None:
    """Under a fresh key, which goes into the cookie of this answer."""
    key = Fernet.generate_key()
    open_for(request, DRAFT, Fernet(key).encrypt(json.dumps([data, step, errors, lost]).encode()).decode())
    answer.set_cookie(
        COOKIE,
        key.decode(),
        max_age=MINUTES * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def draft_of(request: HttpRequest) -> Draft | None:
    sealed, key = opened(request, DRAFT), request.COOKIES.get(COOKIE, "")
    try:
        told: Any = json.loads(Fernet(key).decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        return None
    data = QueryDict(mutable=True)
    for name, values in told[0].items():
        data.setlist(name, values)
    return Draft(data, *told[1:])


def drop_draft(request: HttpRequest) -> None:
    close(request, DRAFT)
