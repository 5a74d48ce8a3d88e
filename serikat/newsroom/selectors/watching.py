"""What the public sees and hears: everything from `LiveClip`. What is not there does not exist for a reader, nor do its files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet

from serikat.newsroom.models import Clip, LiveClip, Series
from serikat.newsroom.rules import captions
from serikat.newsroom.selectors.clips import KINDS, clips_root, cues_of

PAGE_SIZE = 20
OWN = re.compile(r"/(video|suara)/([a-z0-9-]+)/")
FEED_SIZE = 100


def live_clip(kind: str, slug: str) -> LiveClip | None:
    return LiveClip.objects.select_related("series").filter(kind=kind, slug=slug.replace("\0", "")).first()


def own_clip_path(url: str) -> str:
    """The address of a clip of ours, without language and host; empty for every other address."""
    path = url.strip().removeprefix(settings.SITE_ADDRESS).partition("?")[0].partition("#")[0]
    found = OWN.fullmatch(path.removeprefix("/en"))
    return f"/{found[1]}/{found[2]}/" if found else ""


def clip_at(path: str) -> LiveClip | None:
    """The shown clip at an address of ours."""
    _root, kind, slug, _end = path.split("/")
    return live_clip(kind, slug)


def was_withdrawn(kind: str, slug: str) -> bool:
    return Clip.objects.filter(kind=kind, slug=slug.replace("\0", ""), shown=None).exclude(withdrawn_at=None).exists()


def series_with(slug: str) -> Series | None:
    """A series with something to see; an empty one is nobody's business."""
    return Series.objects.filter(slug=slug.replace("\0", ""), shown__isnull=False).distinct().first()


def series_shown(kind: str) -> QuerySet[Series]:
    """Series with something of this kind, by name."""
    return Series.objects.filter(shown__kind=kind).distinct()


def clips_shown(*, kind: str = "", series: Series | None = None, number: Any = 1) -> PageOfList[Any]:
    """One page of a list, the newest first."""
    return Paginator(_light(_shown(kind, series)), PAGE_SIZE).get_page(number)


def more_of(live: LiveClip, count: int = 3) -> list[LiveClip]:
    """Others of its series, or of its kind: the newest."""
    rows = _shown("", live.series) if live.series else _shown(live.kind, None)
    return list(_light(rows).exclude(pk=live.pk)[:count])


def with_sound(series: Series | None = None) -> list[LiveClip]:
    """For a podcast: the newest clips that have sound alone."""
    return [live for live in _shown("", series)[: FEED_SIZE * 2] if live.sound][:FEED_SIZE]


def words_of(live: LiveClip) -> list[str]:
    """The transcript in paragraphs: written for it, or the words of its captions."""
    text = live.transcript or captions.transcript_of(cues_of(live.captions))
    return [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def public_file(token: str, name: str) -> tuple[LiveClip, Path, str] | None:
    """A file of a clip that is shown, with its type; None for everything else, whoever knows its address."""
    live = LiveClip.objects.filter(token=token).first()
    if live is None:
        return None
    for file, kind in [*((f["file"], f["type"]) for f in live.files), (live.poster, KINDS["jpg"])]:
        if file and file.rpartition("/")[2] == name:
            return live, clips_root() / file, kind
    return None


def captions_of(token: str) -> str | None:
    return LiveClip.objects.filter(token=token).exclude(captions="").values_list("captions", flat=True).first()


def _shown(kind: str, series: Series | None) -> QuerySet[LiveClip]:
    rows = LiveClip.objects.select_related("series").order_by("-shown_at", "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(series=series) if series else rows


def _light(rows: QuerySet[LiveClip]) -> QuerySet[LiveClip]:
    return rows.defer("captions", "transcript")
