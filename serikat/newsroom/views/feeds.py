"""What other programs read of the site: RSS, JSON feeds, the sitemap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from serikat.kernel.gate import public, same_for_all
from serikat.newsroom.rules.posts import plain_words
from serikat.newsroom.rules.publishing import shortened
from serikat.newsroom.selectors import english as in_english
from serikat.newsroom.selectors import public as selectors
from serikat.newsroom.selectors import redress, searching
from serikat.newsroom.selectors.posts import shown_posts
from serikat.newsroom.selectors.public import ALL, Shelf
from serikat.newsroom.views.public import not_found
from serikat.ui import sitemaps
from serikat.ui.components.words import moment
from serikat.ui.identity import Identity, identity

CONTENT = "http://purl.org/rss/1.0/modules/content/"
FIND: dict[str, Callable[[str], Shelf | None]] = {
    "tag": selectors.shelf_of_tag,
    "rubric": selectors.shelf_of_rubric,
    "byline": selectors.shelf_of_byline,
    "place": selectors.shelf_of_place,
}


class NewsFeed(Rss201rev2Feed):
    """RSS 2.0 that says when an item last changed (a reply or correction was put beside it) and brings what was put right in full."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": CONTENT}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat(timespec="seconds"))
        if item["whole"]:
            handler.addQuickElement("content:encoded", item["whole"])


@public
@same_for_all
def rss(request: HttpRequest, kind: str = "all", slug: str = "") -> HttpResponse:
    """The newest articles of a list as RSS 2.0."""
    shelf = _shelf(kind, slug)
    return _rss(request, shelf, selectors.newest_of(shelf)) if shelf else not_found(request)


@public
@same_for_all
def english_rss(request: HttpRequest) -> HttpResponse:
    """The newest articles that somebody translated, in English."""
    return _rss(request, ALL, in_english.newest_english(selectors.FEED_SIZE))


def _rss(request: HttpRequest, shelf: Shelf, pages: list[Any]) -> HttpResponse:
    who = identity()
    feed = NewsFeed(
        title=_title(shelf, who),
        link=_absolute(_address(shelf)),
        description=shelf.about or str(who.tagline) or _title(shelf, who),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for live in pages:
        address = settings.SITE_ADDRESS + live.path
        put_right = _put_right(live)
        lead = live.card.get("lead") or live.title
        feed.add_item(
            title=live.title,
            link=address,
            description=lead,
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=live.shown_at,
            updateddate=live.changed_at,
            author_name=", ".join(a["name"] for a in live.head.get("authors", [])) or None,
            categories=[tag.name for tag in in_english.tags_here(live.head.get("tags", []))],
            whole=format_html("<p>{}</p>{}", lead, put_right) if put_right else "",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@same_for_all
def json_feed(request: HttpRequest, kind: str = "all", slug: str = "") -> HttpResponse:
    """The same as JSON Feed 1.1, with the whole text."""
    shelf = _shelf(kind, slug)
    return _json_feed(request, shelf, selectors.newest_of(shelf)) if shelf else not_found(request)


@public
@same_for_all
def english_json_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles in English, with the whole text."""
    return _json_feed(request, ALL, in_english.newest_english(selectors.FEED_SIZE))


def _json_feed(request: HttpRequest, shelf: Shelf, pages: list[Any]) -> HttpResponse:
    who = identity()
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(shelf, who),
        "home_page_url": _absolute(_address(shelf)),
        "feed_url": settings.SITE_ADDRESS + request.path,
        "description": shelf.about or str(who.tagline),
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "items": [_item(live) for live in pages],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _put_right(live: Any) -> SafeString:
    """What was put right beside an article, as it stands at the end of its item: corrections and replies (hak jawab), oldest first."""
    corrections = [(c["at"], _("Koreksi"), _corrected(c)) for c in live.head.get("corrections", [])]
    replies = [
        (r["at"], f"{_('Hak jawab')}: {r['name']}", mark_safe(r["html"]))  # noqa: S308 our own drawing, cleaned when it was shown
        for r in live.head.get("replies", [])
    ]
    parts = [
        format_html("<aside><p><b>{}, {}</b></p>{}</aside>", what, moment(datetime.fromisoformat(at)), words)
        for at, what, words in sorted(corrections + replies)
    ]
    return mark_safe("".join(parts))  # noqa: S308 joined from what was escaped above


def _corrected(correction: dict[str, str]) -> SafeString:
    """In the feed's language where somebody wrote it so; else it says in which language it is."""
    words, lang = in_english.in_page_language(correction["text"], correction.get("english", ""))
    return format_html('<p lang="{}">{}</p>', lang, words) if lang else format_html("<p>{}</p>", words)


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
def redress_rss(request: HttpRequest) -> HttpResponse:
    """What was put right lately, however old the page: corrections, replies, withdrawals."""
    who = identity()
    feed = Rss201rev2Feed(
        title=f"{who.name}: {_('Koreksi, hak jawab, pencabutan')}",
        link=_absolute(reverse("newsroom:redress_list")),
        description=_("Apa yang kami betulkan, tanggapi, dan cabut, dengan tanggalnya."),
        language=settings.LANGUAGE_CODE,
        feed_url=settings.SITE_ADDRESS + request.path,
    )
    for one in redress.redress_list()[: selectors.FEED_SIZE]:
        title = one.title or _("Judulnya tidak disebut.")
        words = f"{one.get_ground_display()}." if one.kind == one.Kind.WITHDRAWAL else one.words
        feed.add_item(
            title=f"{one.get_kind_display()}: {title}",
            link=_absolute(redress.page_of(one) or reverse("newsroom:redress_list")),
            description=words,
            unique_id=f"{settings.SITE_ADDRESS}{reverse('newsroom:redress_list')}#{one.pk}",
            unique_id_is_permalink=False,
            pubdate=one.at,
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
        "content_html": (live.html or live.card.get("lead") or live.title) + _put_right(live),
        "summary": live.card.get("lead", ""),
        "date_published": live.shown_at.isoformat(timespec="seconds"),
        "date_modified": live.changed_at.isoformat(timespec="seconds"),
        "authors": [{"name": a["name"]} for a in live.head.get("authors", [])],
        "tags": [tag.name for tag in in_english.tags_here(live.head.get("tags", []))],
    }
    if live.head.get("cover"):
        item["image"] = _absolute(live.head["cover"]["src"])
    return {key: value for key, value in item.items() if value}
