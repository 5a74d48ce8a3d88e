"""Where every address leads. Each room owns its `urls.py`: `urlpatterns` stand at `/…` in Indonesian and at `/en/…` in English;
`one_address` (optional) holds what has no language: feeds, short links, files; `last` (optional) what answers any other address.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from serikat.config.settings import ROOMS

rooms = [f"{room}.urls" for room in reversed(ROOMS) if find_spec(f"{room}.urls") is not None]


def named(name: str) -> list[URLPattern | URLResolver]:
    """The rooms' patterns under this name, where they have some."""
    return [pattern for room in rooms for pattern in getattr(import_module(room), name, [])]


urlpatterns: list[URLPattern | URLResolver] = [
    *named("one_address"),
    *i18n_patterns(*[path("", include(room)) for room in rooms], *named("last"), prefix_default_language=False),
]
