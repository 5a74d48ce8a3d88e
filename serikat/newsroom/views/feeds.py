"""What other programs read of the site: RSS, JSON feeds, the sitemap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from serikat.kernel.gate import public, same_for_all
from serikat.newsroom.rules.posts import plain_words
from serikat.newsroom.rules.publishing import shortened
from serikat.newsroom.selectors import public as selectors
from serikat.newsroom.selectors import searching
from serikat.newsroom.selectors.posts import shown_posts
from serikat.newsroom.selectors.public import ALL, Shelf
from serikat.newsroom.views.public import not_found
from serikat.ui import sitemaps
from serikat.ui.identity import Identity, identity

FIND: dict[str, Callable[[str], Shelf | None]] = {
    "tag": selectors.shelf_of_tag,
    "rubric": selectors.shelf_of_rubric,
    "byline": selectors.shelf_of_byline,
    "place": selectors.shelf_of_place,
}


@public
@same_for_all
def rss(request: HttpRequest, kind: str = "all", slug: str = "") -> HttpResponse:
    """The newest articles of a list as RSS 2.0."""
    shelf = _shelf(kind, slug)
    if shelf is None:
        return not_found(request)
    who = identity()
    feed = Rss201rev2Feed(
        title=_title(shelf, who),
        link=_absolute(_address(shelf)),
        description=shelf.about or str(who.tagline) or _title(shelf, who),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for live in selectors.newest_of(shelf):
        address = settings.SITE_ADDRESS + live.path
        feed.add_item(
            title=live.title,
            link=address,
            description=live.card.get("lead") or live.title,
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=live.shown_at,
            updateddate=live.changed_at,
            author_name=", ".join(a["name"] for a in live.card.get("authors", [])) or None,
            categories=[t["name"] for t in live.head.get("tags", [])],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@same_for_all
def json_feed(request: HttpRequest, kind: str = "all", slug: str = "") -> HttpResponse:
    """The same as JSON Feed 1.1, with the whole text."""
    shelf = _shelf(kind, slug)
    if shelf is None:
        return not_found(request)
    who = identity()
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(shelf, who),
        "home_page_url": _absolute(_address(shelf)),
        "feed_url": settings.SITE_ADDRESS + request.path,
        "description": shelf.about or str(who.tagline),
        "language": "id",
        "items": [_item(live) for live in selectors.newest_of(shelf)],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


@public
@same_for_all
def posts_rss(request: HttpRequest) -> HttpResponse:
    """The newest posts of Ruang Buruh."""
    who = identity()
    feed = Rss201rev2Feed(
        title=f"{who.name}: {_('Ruang Buruh')}",
        link=_absolute(reverse("newsroom:posts")),
        description=_("Cerita pekerja dengan kata-kata mereka sendiri."),
        language=settings.LANGUAGE_CODE,
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for post in shown_posts()[: selectors.FEED_SIZE]:
        address = _absolute(searching.path_of_post(post.code))
        feed.add_item(
            title=post.title,
            link=address,
            description=shortened(plain_words(post.html), 300),
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=post.shown_at,
            author_name=post.name,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@same_for_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Names the parts of the sitemap, and the lists of other rooms; each stays far below the 50,000 addresses that search engines take."""
    answer = HttpResponse(content_type="application/xml")
    with sitemaps.Sitemap(answer, "sitemapindex") as xml:
        for number in range(1, searching.sitemap_pages() + 1):
            xml.entry("sitemap", _absolute(reverse("site:sitemap_part", args=[number])))
        for name in sitemaps.names():
            xml.entry("sitemap", _absolute(reverse(name)))
    return answer


@public
@same_for_all
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    rows = searching.sitemap_part(number)
    if rows is None:
        return not_found(request)
    answer = HttpResponse(content_type="application/xml")
    with sitemaps.Sitemap(answer, "urlset") as xml:
        for path, changed_at in rows:
            xml.entry("url", _absolute(path), changed_at)
    return answer


def _shelf(kind: str, slug: str) -> Shelf | None:
    return ALL if kind == "all" else FIND[kind](slug)


def _title(shelf: Shelf, who: Identity) -> str:
    name = str(who.name)
    return f"{name}: {shelf.name}" if shelf.name else name


def _address(shelf: Shelf) -> str:
    return reverse("newsroom:index") if shelf.kind == "all" else reverse(f"newsroom:{shelf.kind}", args=[shelf.slug])


def _absolute(path: str) -> str:
    return path if path.startswith("http") else settings.SITE_ADDRESS + path


def _item(live: Any) -> dict[str, Any]:
    item = {
        "id": settings.SITE_ADDRESS + live.path,
        "url": settings.SITE_ADDRESS + live.path,
        "title": live.title,
        "content_html": live.html or live.card.get("lead") or live.title,
        "summary": live.card.get("lead", ""),
        "date_published": live.shown_at.isoformat(timespec="seconds"),
        "date_modified": live.changed_at.isoformat(timespec="seconds"),
        "authors": [{"name": a["name"]} for a in live.card.get("authors", [])],
        "tags": [t["name"] for t in live.head.get("tags", [])],
    }
    if live.head.get("cover"):
        item["image"] = _absolute(live.head["cover"]["src"])
    return {key: value for key, value in item.items() if value}
