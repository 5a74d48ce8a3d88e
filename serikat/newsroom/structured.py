"""What machines read of a page: its description for those who show a link to it (Open Graph), schema.org data for search engines. Written
without templates, since it stands in every page and is a third of what drawing its head costs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext

from serikat.newsroom.models import LivePage
from serikat.ui.identity import Identity
from serikat.ui.structured import data_block


def description(live: LivePage, who: Identity, kind: str) -> SafeString:
    """The elements that say what a page is about; kind as Open Graph has it: "article" or "website"."""
    head, address = live.head, settings.SITE_ADDRESS + live.path
    said = head.get("description") or str(who.tagline) or gettext("Berita dari %(name)s") % {"name": who.name}
    parts = {
        "type": kind,
        "title": live.title,
        "description": said,
        "url": address,
        "site_name": who.name,
        "locale": "en_GB" if head.get("language") == "en" else "id_ID",
    }
    graph = {f"og:{name}": value for name, value in parts.items()}
    if share := head.get("share"):
        graph |= {"og:image": _absolute(share["src"]), "og:image:width": share["width"], "og:image:height": share["height"]}
        graph["og:image:alt"] = (head.get("cover") or {}).get("alt", "")
    if kind == "article":
        graph["article:published_time"] = localtime(live.shown_at).isoformat(timespec="seconds")
        graph["article:modified_time"] = localtime(live.changed_at).isoformat(timespec="seconds")
    lines = [f'<link rel="canonical" href="{escape(address)}">', f'<meta name="description" content="{escape(said)}">']
    lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in graph.items()]
    if share:
        lines.append('<meta name="twitter:card" content="summary_large_image">')
    return mark_safe("\n".join(lines))  # noqa: S308 - every value escaped above


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
        "inLanguage": head.get("language", "id"),
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
        data["correction"] = [
            (c.get("english") if head.get("language") == "en" else "") or c["text"] for c in head["corrections"]
        ]
    if head.get("replies"):
        data["hasPart"] = [_reply(reply, live) for reply in head["replies"]]
    return data_block(data)


def _reply(reply: dict[str, str], live: LivePage) -> dict[str, Any]:
    """A reply (hak jawab) that stands on the page: a comment by who was harmed, with its time."""
    number, _slash, year = reply["label"].partition("/")
    return {
        "@type": "Comment",
        "name": gettext("Hak jawab"),
        "datePublished": reply["at"],
        "creditText": reply["name"],
        "url": f"{settings.SITE_ADDRESS}/hak-jawab/{year}/{number}/",
        "parentItem": settings.SITE_ADDRESS + live.path,
    }


def site(live: LivePage | None, who: Identity) -> SafeString:
    """The site and its search as schema.org WebSite."""
    return data_block(
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
