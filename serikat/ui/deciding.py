"""One decision at a desk: its form, the service behind it, and the answer: onward with what happened, or the page again with what is wrong.

Every page of decisions (an advert, an editorial request, a worker's post) has several forms of which one is sent. A view says which; the rest is
the same everywhere and stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from serikat.kernel.errors import Conflict, Denied, Refused, Words
from serikat.kernel.gate import Request
from serikat.ui.forms import refuse


def decide(
    request: Request,
    form: Any,
    *,
    act: Callable[..., Any],
    words: Words,
    here: str,
    onward: str = "",
    again: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """`act` gets the actor and what was typed. Done: on to `onward`, or to the page's own address `here`, which says `words`. Refused: `again` draws
    the page with the form. What somebody else decided meanwhile concerns no field: the page is loaded anew and says so."""
    if not form.is_valid():
        return again(form)
    try:
        act(actor=request.actor, **form.cleaned_data)
    except Denied:
        raise
    except Refused as refused:
        if isinstance(refused, Conflict) and refused.field is None:
            messages.error(request, str(refused))
            return redirect(here)
        refuse(form, refused)
        return again(form)
    messages.success(request, str(words))
    return redirect(onward or here)


def press(request: Request, *, act: Callable[..., Any], words: Words, here: str) -> HttpResponse:
    """A decision that is a button alone: done, or already somebody else's, and on to `here` either way."""
    try:
        act(actor=request.actor)
    except Conflict as meanwhile:
        messages.error(request, str(meanwhile))
    else:
        messages.success(request, str(words))
    return redirect(here)
