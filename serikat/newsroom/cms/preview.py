"""How a draft looks to readers, before it goes live: drawn by the same hand and with the same templates as what is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from serikat.newsroom.models import Article, EnglishVersion, LivePage
from serikat.newsroom.selectors import english
from serikat.newsroom.services.drawing import draw
from serikat.newsroom.services.publishing import KINDS


def serve_preview(page: Any, request: HttpRequest, mode: str = "") -> HttpResponse:
    """Draw the page as it stands in memory; nothing is written."""
    drawn = draw(page)
    original = page.get_parent().specific if isinstance(page, EnglishVersion) else page
    now = page.first_published_at or timezone.now()
    live = LivePage(
        page_id=page.pk,
        kind=KINDS[type(page)],
        path=f"/berita/{original.slug or 'konsep'}/",
        title=page.title,
        shown_at=now,
        changed_at=now,
        card=drawn.card,
        head={**drawn.head, "code": ""},
        html=drawn.html,
    )
    context = {
        "live": live,
        "head": live.head,
        "rubrics": {r.pk: r for r in english.rubrics()},
        "tags": english.tags_here(drawn.head.get("tags", [])),
        "comments": [],
        "related": [],
        "about": "",
    }
    context["short"] = settings.SITE_ADDRESS
    template = "newsroom/article.html" if isinstance(original, Article) else "newsroom/page.html"
    return render(request, template, context)
