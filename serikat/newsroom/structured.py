"""What machines read of a page: schema.org data for search engines."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from serikat.newsroom.models import LivePage
from serikat.ui.identity import Identity

# A "<" inside a script element could end it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def article(live: LivePage, who: Identity) -> SafeString:
    """An article as schema.org NewsArticle."""
    head = live.head
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": live.title[:110],
        "description": head.get("description", ""),
        "datePublished": live.shown_at.isoformat(timespec="seconds"),
        "dateModified": live.changed_at.isoformat(timespec="seconds"),
        "inLanguage": "id",
        "mainEntityOfPage": settings.SITE_ADDRESS + live.path,
        "author": [
            {"@type": "Person", "name": a["name"], "url": f"{settings.SITE_ADDRESS}/penulis/{a['slug']}/"}
            for a in head.get("authors", [])
        ]
        or [_publisher(who)],
        "publisher": _publisher(who),
        "keywords": [t["name"] for t in head.get("tags", [])],
    }
    if head.get("share"):
        data["image"] = [_absolute(head["share"]["src"])]
    if head.get("place"):
        data["contentLocation"] = {"@type": "Place", "name": head["place"]}
    if head.get("corrections"):
        data["correction"] = [c["text"] for c in head["corrections"]]
    return _script(data)


def site(live: LivePage | None, who: Identity) -> SafeString:
    """The site and its search as schema.org WebSite."""
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": live.title if live else str(who.name),
            "url": settings.SITE_ADDRESS + "/",
            "publisher": _publisher(who),
            "potentialAction": {
                "@type": "SearchAction",
                "target": settings.SITE_ADDRESS + "/cari/?q={search_term_string}",
                "query-input": "required name=search_term_string",
            },
        }
    )


def _publisher(who: Identity) -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": str(who.name), "url": settings.SITE_ADDRESS + "/"}


def _absolute(url: str) -> str:
    return url if url.startswith("http") else settings.SITE_ADDRESS + url


def _script(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above; a data block never runs
