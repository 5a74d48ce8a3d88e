"""The public site: front page, lists, articles, standing pages, search, short links. The same for every reader: no cookie, no name."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serikat.kernel.gate import public, readable_offline, same_for_all, told_offline
from serikat.newsroom.selectors import english as in_english
from serikat.newsroom.selectors import public as selectors
from serikat.newsroom.selectors import redress, searching
from serikat.newsroom.selectors.public import ALL, Shelf
from serikat.ui.language import neutral_path, path_in

LONGEST_ADDRESS = 500
LONGEST_QUERY = 200


def here(path: str) -> str:
    """A neutral address in the language of this page."""
    return path_in(get_language() or settings.LANGUAGE_CODE, path)


@public
@same_for_all
@readable_offline("page")
def home(request: HttpRequest) -> HttpResponse:
    """The front page; an old WordPress address such as /?p=12 leads on from here."""
    if request.GET and (elsewhere := _led_on(request)):
        return elsewhere
    live, rubrics = selectors.live_page("/"), _rubrics()
    front = selectors.front(live, rubrics.values())
    return render(
        request,
        "newsroom/home.html",
        {"front": front, "rubrics": rubrics, "live": live, **feeds_of(ALL)},
    )


@public
@same_for_all
@readable_offline("page")
def index(request: HttpRequest) -> HttpResponse:
    return _shelf(request, ALL)


@public
@same_for_all
@readable_offline("page")
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = selectors.shelf_of_tag(slug)
    if shelf is None and slug != slug.lower():
        return HttpResponsePermanentRedirect(reverse("newsroom:tag", args=[slug.lower()]))
    return _shelf(request, shelf)


@public
@same_for_all
@readable_offline("page")
def rubric(request: HttpRequest, slug: str) -> HttpResponse:
    return _shelf(request, selectors.shelf_of_rubric(slug))


@public
@same_for_all
@readable_offline("page")
def byline(request: HttpRequest, slug: str) -> HttpResponse:
    return _shelf(request, selectors.shelf_of_byline(slug))


@public
@same_for_all
@readable_offline("page")
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A province, a regency or a city, by its official code."""
    return _shelf(request, selectors.shelf_of_place(slug))


@public
@same_for_all
@readable_offline("article")
def article(request: HttpRequest, slug: str) -> HttpResponse:
    live = selectors.live_page(neutral_path(request.path))
    if live is None:
        return _led_on(request) or not_found(request)
    context = {
        **_said(live),
        "comments": selectors.comments_on(live),
        "closed": selectors.is_closed_for_comments(live),
        "related": selectors.related_to(live),
        "rubrics": _rubrics(),
        "tags": in_english.tags_here(live.head.get("tags", [])),
        **feeds_of(ALL),
    }
    context["short"] = f"{settings.SITE_ADDRESS}/s/{context['head']['code']}"
    return _with_players(render(request, "newsroom/article.html", context), context["head"].get("embeds", []))


@public
@same_for_all
def article_on_paper(request: HttpRequest, slug: str) -> HttpResponse:
    live = selectors.live_page(f"/berita/{slug}/")
    if live is None:
        return not_found(request)
    said = _said(live)
    short = f"{settings.SITE_ADDRESS}/s/{said['head']['code']}"
    qr = segno.make(short, error="m").svg_inline(scale=3, border=0, svgclass="qr", lineclass=None, title=short)
    return render(request, "newsroom/print.html", {**said, "short": short, "qr": qr})


BESIDE = ("ruang-buruh", "klip")


@public
@told_offline
def search(request: HttpRequest) -> HttpResponse:
    """News that answers, with the first of what else does; or, with `di`, all of one place. Not kept by the cache: nobody could foresee what
    people ask."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    place = request.GET.get("di", "")
    place = place if place in searching.PLACES else ""
    context: dict[str, Any] = {"typed": typed, "place": place}
    if typed:
        page, more, near = searching.search(typed, _number(request), place or "berita")
        context |= {"page": page, "more": more, "near": near}
        if not place and page.number == 1:
            english = ("inggris",) if in_english.speaks_english() else ()
            context["named"] = in_english.named_like(typed)
            context |= {"english": searching.few(typed, english), "beside": searching.few(typed, BESIDE)}
    else:
        context["tags"] = selectors.tags_most_used()
    return render(request, "newsroom/search.html", context)


@public
@same_for_all
@told_offline
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    path = selectors.page_of_short_link(code.lower())
    return HttpResponseRedirect(path) if path else not_found(request)


@public
@same_for_all
def short_link_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The short link as a picture for posters and paper."""
    if not selectors.live_short_link(code):
        return not_found(request)
    address = f"{settings.SITE_ADDRESS}/s/{code}"
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=8, border=4, title=address)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@public
@same_for_all
@readable_offline("page")
def elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """Any other address: a standing page, an address that once led somewhere, or nothing."""
    path = neutral_path(request.path)
    live = selectors.live_page(path) if len(path) <= LONGEST_ADDRESS else None
    if live is None or live.kind != live.Kind.PAGE:
        return _led_on(request) or not_found(request)
    said = _said(live)
    answer = render(request, "newsroom/page.html", {**said, "rubrics": _rubrics()})
    return _with_players(answer, said["head"].get("embeds", []))


@public
@same_for_all
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/meja/", "/akun/", "/cari/", "/cms/", "/en/cari/"))]
    lines.append(f"Sitemap: {settings.SITE_ADDRESS}{reverse('site:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, *, gone: bool = False, withdrawal: Any = None) -> HttpResponse:
    """Nothing here: says so, and offers the search. A withdrawal that was announced says why."""
    context = {"gone": gone or withdrawal, "withdrawal": withdrawal}
    return render(request, "newsroom/not_found.html", context, status=410 if gone or withdrawal else 404)


def _led_on(request: HttpRequest) -> HttpResponse | None:
    """The answer of an address that is not a live page: with its slash it may be one, or it once led to one. None: never heard of it."""
    path = neutral_path(request.path)
    if len(path) > LONGEST_ADDRESS:
        return None
    if not path.endswith("/") and selectors.live_page(f"{path}/"):
        return HttpResponsePermanentRedirect(here(f"{path}/"))
    query = request.META.get("QUERY_STRING", "")
    asked = [f"{path}?{query}"[: LONGEST_ADDRESS + 1]] if query else []
    for old in [*asked, *([] if path == "/" else [path])]:
        found = selectors.old_address(old)
        if found and found[1]:
            return HttpResponsePermanentRedirect(here(found[0]))
        if found:
            return not_found(request, gone=True, withdrawal=redress.withdrawal_at(old))
    return None


def _said(live: Any) -> dict[str, Any]:
    """A page's words in the language of this address: its English version with the original beside it, or the page itself."""
    english = selectors.english_of(live) if in_english.speaks_english() else None
    if english is None:
        return {"live": live, "head": live.head, "spoken": spoken(live)}
    return {
        "live": english,
        "spoken": spoken(live),
        "head": english.head,
        "original": live,
        "original_is_newer": live.changed_at > english.changed_at,
    }


def spoken(live: Any) -> tuple[str, ...]:
    """The languages in which a page has words of its own; in another its address shows the same words in a frame of that language."""
    return (in_english.INDONESIAN, in_english.ENGLISH) if live.head.get("english") else (in_english.INDONESIAN,)


def _shelf(request: HttpRequest, shelf: Shelf | None) -> HttpResponse:
    if shelf is None:
        return not_found(request)
    page = selectors.articles_of(shelf, request.GET.get("hal", 1))
    context = {"shelf": shelf, "page": page, "rubrics": _rubrics(), "title": _shelf_title(shelf), **feeds_of(shelf)}
    if shelf.above:
        context["trail"] = [(name, reverse("newsroom:place", args=[code])) for name, code in shelf.above] + [
            (shelf.name, "")
        ]
    return render(request, "newsroom/list.html", context)


def feeds_of(shelf: Shelf) -> dict[str, str]:
    """Where a list is read as a feed, and the language of that feed where it is not the page's: in English there is one of all articles."""
    here = in_english.speaks_english()
    if shelf.kind == "all":
        ending = "_english" if here else ""
        return {"rss": reverse(f"site:rss{ending}"), "json": reverse(f"site:json_feed{ending}"), "feed_lang": ""}
    rss, feed = (reverse(f"site:{name}_{shelf.kind}", args=[shelf.slug]) for name in ("rss", "json_feed"))
    return {"rss": rss, "json": feed, "feed_lang": in_english.INDONESIAN if here else ""}


def _shelf_title(shelf: Shelf) -> str:
    return {"all": _("Semua berita"), "tag": _("Tag: %s") % shelf.name}.get(shelf.kind, shelf.name)


def _rubrics() -> dict[int, Any]:
    return {rubric.pk: rubric for rubric in in_english.rubrics()}


def _number(request: HttpRequest) -> int:
    number = request.GET.get("hal", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1


def _with_players(answer: HttpResponse, hosts: list[str]) -> HttpResponse:
    """Let this page show the players of these sites, and no other page: they load after a tap."""
    if hosts:
        answer._csp_update = {"frame-src": hosts}  # type: ignore[attr-defined]
    return answer
