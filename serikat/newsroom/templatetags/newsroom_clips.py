"""Tags for clips: a clip in a list, its length in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from serikat.newsroom.selectors import watching
from serikat.newsroom.templatetags.newsroom_public import here
from serikat.ui.components.reading import Picture, story
from serikat.ui.components.words import date_only, size
from serikat.ui.drawing import drawn_once

register = template.Library()


@register.filter
def length_in_words(seconds: float) -> str:
    """45 detik, 3 menit, 1 jam 5 menit."""
    if seconds < 60:
        return ngettext("%d detik", "%d detik", max(1, round(seconds))) % max(1, round(seconds))
    hours, minutes = divmod(round(seconds / 60), 60)
    told = [gettext("%d jam") % hours] if hours else []
    return " ".join([*told, gettext("%d menit") % minutes] if minutes else told)


@drawn_once(register, "ui/c/story.html")
def clip_card(live: Any, *, level: int = 3) -> dict[str, Any]:
    """A clip in a list: its day, length, and what its smallest file weighs."""
    weight = size(live.files[0]["size"]) if live.files else ""
    meta = " · ".join(
        part for part in (date_only(live.shown_at), length_in_words(live.seconds) if live.seconds else "", weight) if part
    )
    picture = None
    if live.poster:
        address = reverse("site:clip_file", args=[live.token, live.poster.rpartition("/")[2]])
        picture = Picture(address, "", 96, 96)
    rubric = live.series.title if live.series else ""
    return story(
        live.title,
        here(live.path),
        kind="side" if picture else "plain",
        rubric=rubric,
        meta=meta,
        picture=picture,
        level=level,
    )


@register.filter
def own_clip_path(url: str) -> str:
    return watching.own_clip_path(url)


@register.inclusion_tag("newsroom/blocks/clip.html")
def clip_in_page(url: str, title: str) -> dict[str, Any]:
    """One of our own clips in an article: the smallest file, loaded after a tap, with what it weighs. A clip that is not shown leaves no trace."""
    live = watching.clip_at(watching.own_clip_path(url))
    if live is None or not live.files:
        return {"live": None}
    file = live.files[0]
    address = reverse("site:clip_file", args=[live.token, file["file"].rpartition("/")[2]])
    poster = reverse("site:clip_file", args=[live.token, live.poster.rpartition("/")[2]]) if live.poster else ""
    captions = reverse("site:clip_captions", args=[live.token]) if live.captions else ""
    weight = size(file["size"])
    return {
        "live": live,
        "file": file,
        "src": address,
        "poster": poster,
        "captions": captions,
        "weight": weight,
        "title": title or live.title,
    }
