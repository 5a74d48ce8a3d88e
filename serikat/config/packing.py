"""Answers that nobody keeps are packed on their way out: a search, a form, the desk. A cheap phone pays for each kilobyte."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from serikat.kernel.gate import SAME_FOR_ALL

WORDS = ("text/", "application/json", "application/feed+json", "application/xml", "application/rss+xml", "image/svg+xml")


class PackingMiddleware(GZipMiddleware):
    """gzip for words. Django pads the answer by a random length, so that its size tells nothing of a token in it (the BREACH attack). What is the
    same for all is packed once by the cache in front; files come packed or cannot be packed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or SAME_FOR_ALL in response or not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]
