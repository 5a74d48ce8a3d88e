"""Where a phone's share menu leads: choose what becomes of what was shared."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.gate import public, told_offline
from serikat.ui import sharing


@csrf_exempt  # the phone's own share menu posts here and knows no token; nothing is written
@public
@told_offline
def share(request: HttpRequest) -> HttpResponse:
    """Nothing is kept here: what was shared stands in the links that lead on. Files wait on the phone, where the worker put them before this page was
    asked; where no worker stood between, they have come this far by POST, are dropped, and the page says so."""
    given = request.POST if request.method == "POST" else request.GET
    shared = sharing.shared(given.dict())
    waiting = request.GET.get(sharing.FILES, "")
    files = int(waiting) if waiting.isascii() and waiting.isdigit() and len(waiting) < 3 else 0
    ways = [(taker, _address(taker, shared, files)) for taker in sharing.takers(getattr(request, "actor", ANONYMOUS))]
    lost = bool(request.FILES) if request.method == "POST" else False
    return render(request, "web/share.html", {"shared": shared, "ways": ways, "files": files, "lost": lost})


def _address(taker: sharing.Taker, shared: dict[str, str], files: int) -> str:
    told: dict[str, str | int] = {**shared, sharing.FILES: files} if files and taker.files else {**shared}
    return reverse(taker.url_name) + (f"?{urlencode(told)}" if told else "")
