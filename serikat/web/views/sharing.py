"""Where a phone's share menu leads: choose what becomes of what was shared."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from serikat.kernel.gate import public
from serikat.ui import sharing


@public
def share(request: HttpRequest) -> HttpResponse:
    """Nothing is kept here: what was shared stands in the links that lead on."""
    shared = sharing.shared(request.GET.dict())
    query = f"?{urlencode(shared)}" if shared else ""
    ways = [(taker, reverse(taker.url_name) + query) for taker in sharing.takers()]
    return render(request, "web/share.html", {"shared": shared, "ways": ways})
