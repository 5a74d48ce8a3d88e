"""What every template may use without being given it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from serikat.ui.identity import identity


def ui(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "identity": identity()}
