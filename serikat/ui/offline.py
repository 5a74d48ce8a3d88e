"""Reading without network: the worker of a reader's phone, the manifest by which the site stands among the phone's apps, and what both are told.

The worker (`worker/*.js`, joined into one file at `/sw.js`) keeps only answers that a view marks with `kernel.gate.readable_offline`. It does not
look at parts of the site where no view carries that mark or `told_offline`: the desk, accounts, reports, codes, and whatever room comes later and says
nothing. It is one text for everybody, and another one whenever a style, a script or an address changed: then phones fetch it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from serikat.ui import icons, sharing
from serikat.ui.identity import identity
from serikat.ui.language import path_in

HERE = Path(__file__).parent / "worker"
PARTS = ("addresses", "keeping", "parts", "bounding", "answering", "asking", "sharing", "noticing", "start")
NEWEST = 30

_newest: list[Callable[[int], Sequence[str]]] = []


def fill_newest(source: Callable[[int], Sequence[str]]) -> None:
    """Say where the addresses of the newest articles come from, without language, the newest first; the last one to say so wins."""
    _newest[:] = [source]


def newest(lang: str) -> list[str]:
    """What the site published last, as a phone fetches it on its reader's wish."""
    return [path_in(lang, path) for path in (_newest[0](NEWEST) if _newest else ())]


def worker() -> str:
    """The worker's text: what it is told of this site, and its parts."""
    told = _told()
    told["version"] = hashlib.sha256(json.dumps(told).encode() + _parts().encode()).hexdigest()[:12]
    return f"const HOUSE = {json.dumps(told, ensure_ascii=False)};\n{_parts()}"


def manifest() -> dict[str, Any]:
    """How the site presents itself among a phone's apps."""
    who = identity()
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    return {
        "id": "/",
        "name": str(who.name),
        "short_name": str(who.name) if len(str(who.name)) <= 12 else str(who.name).split()[0][:12],
        "description": str(who.tagline),
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf6ee",
        "theme_color": "#faf6ee",
        "icons": icons,
        "share_target": {
            "action": sharing.ADDRESS,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": sharing.TITLE,
                "text": sharing.TEXT,
                "url": sharing.URL,
                "files": [{"name": sharing.FILES, "accept": ["image/*", "audio/*"]}],
            },
        },
        "shortcuts": [{"name": _("Bacaan tersimpan"), "url": reverse("ui:saved")}],
    }


def passed_through(patterns: Iterable[Any] | None = None) -> list[str]:
    """The first parts of addresses below which no view says anything of being read without network."""
    with translation.override(settings.LANGUAGE_CODE):
        looked_at: dict[str, bool] = {}
        for route, view in _routes(patterns or get_resolver().url_patterns):
            first = route.partition("/")[0]
            if first and not set(first) & set("<^(\\"):
                looked_at[first] = looked_at.get(first, False) or hasattr(view, "when_offline")
    return sorted(first for first, looks in looked_at.items() if not looks)


def _routes(patterns: Iterable[Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _routes(pattern.url_patterns, route)


def _told() -> dict[str, Any]:
    words, shell, fresh = {}, {}, {}
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            words[lang] = {
                "copy": _("Salinan di ponsel Anda,"),
                "from": _("dari"),
                "now": _("baru saja"),
                "changed": _("Yang di situs mungkin sudah berubah."),
            }
            shell[lang] = [reverse("ui:offline"), reverse("ui:saved")]
            fresh[lang] = reverse("ui:newest")
    return {
        "language": settings.LANGUAGE_CODE,
        "words": words,
        "shell": shell,
        "newest": fresh,
        "share": {"address": sharing.ADDRESS, "files": sharing.FILES},
        "icon": icons.draw("clock", ""),
        "mark": static("ui/icon-192.png"),
        "parts": [settings.STATIC_URL, settings.MEDIA_URL],
        "through": passed_through(),
        "styles": [static("ui/public.css"), static("ui/public.js"), static("ui/shelf.js")],
    }


@cache
def _parts() -> str:
    """Joined and without remarks; their names are shared, so none becomes a block of its own."""
    lines = (line.strip() for name in PARTS for line in (HERE / f"{name}.js").read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
