"""Where every address leads. Each room owns its `urls.py`; public reading pages come last."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from serikat.config.settings import ROOMS

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{room}.urls")) for room in reversed(ROOMS) if find_spec(f"{room}.urls") is not None
]
