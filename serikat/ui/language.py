"""The language of a page. Public pages say it in their address: `/…` is Indonesian, `/en/…` is the English interface, the same for
everybody. Behind the gate the account's own language holds, whatever the address says. Nothing is guessed from the browser, so an
answer never varies by its headers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from serikat.kernel.gate import PUBLIC, entry_of


def neutral_path(path: str) -> str:
    """The address without its language."""
    lang = translation.get_language_from_path(path)
    return path[len(lang) + 1 :] or "/" if lang and path.startswith(f"/{lang}") else path


def path_in(lang: str, path: str) -> str:
    """The same page in another language."""
    bare = neutral_path(path)
    return bare if lang == settings.LANGUAGE_CODE else f"/{lang}{bare}"


class LanguageMiddleware:
    """Stands where Django's LocaleMiddleware would, before CommonMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = translation.get_language()
        self._speak(request, translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
        try:
            response = self.get_response(request)
        finally:
            translation.activate(before or settings.LANGUAGE_CODE)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if entry_of(view) == PUBLIC:
            return
        wanted = getattr(getattr(request, "user", None), "language", "")
        if wanted in dict(settings.LANGUAGES):
            self._speak(request, wanted)

    @staticmethod
    def _speak(request: HttpRequest, lang: str) -> None:
        translation.activate(lang)
        request.LANGUAGE_CODE = lang  # type: ignore[attr-defined]
