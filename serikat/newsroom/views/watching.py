"""Video and sound for the public: lists, series, a page that plays on an old phone, and the files themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serikat.kernel.gate import public, same_for_all
from serikat.newsroom.selectors import redress
from serikat.newsroom.selectors import watching as selectors
from serikat.newsroom.views.public import not_found
from serikat.newsroom.views.ranges import give
from serikat.ui.components.words import size

FILE_AGE = 3600  # seconds: what is withdrawn is soon gone from a reader's phone too


@public
@same_for_all
def videos(request: HttpRequest) -> HttpResponse:
    return _list(request, "video", _("Video"))


@public
@same_for_all
def sounds(request: HttpRequest) -> HttpResponse:
    return _list(request, "suara", _("Suara"), feed=reverse("site:podcast"))


@public
@same_for_all
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.series_with(slug)
    if found is None:
        return not_found(request)
    page = selectors.clips_shown(series=found, number=request.GET.get("hal"))
    context = {
        "title": found.title,
        "about": found.about,
        "page": page,
        "feed": reverse("site:podcast_of", args=[found.slug]),
    }
    return render(request, "newsroom/clips.html", context)


def _list(request: HttpRequest, kind: str, title: str, feed: str = "") -> HttpResponse:
    page = selectors.clips_shown(kind=kind, number=request.GET.get("hal"))
    context = {"title": title, "kind": kind, "page": page, "series": selectors.series_shown(kind), "feed": feed}
    return render(request, "newsroom/clips.html", context)


@public
@same_for_all
def video(request: HttpRequest, slug: str) -> HttpResponse:
    return _clip(request, "video", slug)


@public
@same_for_all
def sound(request: HttpRequest, slug: str) -> HttpResponse:
    return _clip(request, "suara", slug)


def _clip(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The smallest plays unless `?mutu=` names another: every choice is a link that says its megabytes."""
    live = selectors.live_clip(kind, slug)
    if live is None:
        return not_found(
            request, gone=selectors.was_withdrawn(kind, slug), withdrawal=redress.withdrawal_of_clip(kind, slug)
        )
    choices = [_choice(live, file) for file in live.files]
    wanted = request.GET.get("mutu", "")
    chosen = next((c for c in choices if c["name"] == wanted), choices[0] if choices else None)
    context = {
        "live": live,
        "choices": choices,
        "chosen": chosen,
        "words": selectors.words_of(live),
        "more": selectors.more_of(live),
        "poster": _address(live, live.poster) if live.poster else "",
        "redress": redress.shown_below_clip(live.pk),
        "spoken": ("id",),
        "captions": reverse("site:clip_captions", args=[live.token]) if live.captions else "",
    }
    return render(request, "newsroom/clip.html", context)


def _choice(live: Any, file: dict[str, Any]) -> dict[str, Any]:
    labels = {"suara": _("Suara saja"), "asli": _("Berkas asli")}
    label = labels.get(file["name"]) or f"{min(file['width'], file['height'])}p"
    return {**file, "label": label, "weight": size(file["size"]), "src": _address(live, file["file"])}


def _address(live: Any, file: str) -> str:
    return reverse("site:clip_file", args=[live.token, file.rpartition("/")[2]])


@public
@require_safe
def clip_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A file of a clip that is shown; `?unduh` saves it under the clip's name."""
    found = selectors.public_file(token, name)
    if found is None:
        return HttpResponse(status=404)
    live, path, kind = found
    saved_as = f"{live.slug}-{name.partition('-')[0]}{path.suffix}" if "unduh" in request.GET else ""
    return give(request, path, kind, saved_as=saved_as, age=FILE_AGE)


@public
@same_for_all
def clip_captions(request: HttpRequest, token: str) -> HttpResponse:
    found = selectors.captions_of(token)
    return HttpResponse(found, content_type="text/vtt; charset=utf-8") if found else HttpResponse(status=404)
