"""Answering a request: a whole page, or only the part that a small update asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; for an htmx request only its `{% partialdef <partial> %}`. Going back in history gets the whole page."""
    htmx = getattr(request, "htmx", None)
    small = bool(partial and htmx and not htmx.history_restore_request and not htmx.boosted)
    response = render(request, f"{template}#{partial}" if small else template, dict(context or {}), status=status)
    if partial:
        patch_vary_headers(response, ["HX-Request"])
    return response
