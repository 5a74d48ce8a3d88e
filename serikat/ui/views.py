"""The gallery: every component in every state, for everybody to see and discuss."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from serikat.kernel.gate import public


@public
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html")
