"""An answer that somebody is writing, while they press another button of its page: it travels along, waits sealed in the session for its quarter of an
hour, and stands in the field again."""

from __future__ import annotations

from serikat.kernel.gate import Request
from serikat.kernel.opening import close, open_for, opened

LONGEST = 10_000


def keep_typed(request: Request, name: str) -> None:
    """What came along: by the form itself (`text`), or put there by the page (`ketikan`)."""
    if "ketikan" in request.POST or "text" in request.POST:
        typed = (request.POST.get("ketikan") or request.POST.get("text", ""))[:LONGEST]
        if typed.strip():
            open_for(request, name, typed)
        else:
            close(request, name)


def kept_typed(request: Request, name: str) -> str:
    return opened(request, name)


def drop_typed(request: Request, name: str) -> None:
    """It was sent."""
    close(request, name)
