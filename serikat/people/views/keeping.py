"""How every form of the room is answered: one service call, then on; a refusal stands beside its field and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request
from serikat.ui.forms import refuse


def keep(
    request: Request,
    form: Any,
    save: Callable[[], Any],
    *,
    back: str,
    words: str,
    page: dict[str, Any],
    template: str = "people/form.html",
) -> HttpResponse:
    """`page` holds title and the label of the button; `back` is where it goes on, and where "cancel" leads."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
            page["people"] = getattr(refused, "people", [])
        else:
            messages.success(request, words)
            return redirect(back)
    return render(request, template, {"form": form, "back": back, **page}, status=422 if form.errors else 200)


def act(request: Request, do: Callable[[], Any], *, back: str, words: str) -> HttpResponse:
    """A button without a form. A refusal is told on the page it came from."""
    try:
        do()
    except Denied:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect(back)
