"""Wall bulletins: put together at the desk, numbered, and drawn on paper by a job; drawn anew when what stands on them must go."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.jobs import enqueue
from serikat.kernel.numbering import next_number
from serikat.kernel.progress import tracked
from serikat.newsroom import permissions
from serikat.newsroom.models import Bulletin, BulletinStory, LivePage
from serikat.newsroom.rules.paper import parts_of
from serikat.newsroom.selectors.bulletins import stories_of
from serikat.newsroom.services.drawing import LANGUAGE
from serikat.ui.identity import identity
from serikat.units.models import Unit

MOST = 24  # articles on one bulletin
MORE = 6  # titles named where room is left
WIDEST = 1080  # pixels of a picture on paper
SHEET = Path(__file__).resolve().parent.parent / "printing" / "bulletin.typ"

notes_say(number=_("nomor"), articles=_("jumlah berita"))


class TooManyStories(Refused):
    message = format_lazy(_("Paling banyak {most} berita pada satu buletin."), most=MOST)


class NoStory(Refused):
    message = _("Pilih sedikitnya satu berita yang tayang.")


@action(
    "newsroom.bulletin.made", may=permissions.may_make_bulletin, says=_("membuat buletin dinding"), on="unit", makes=True
)
def make_bulletin(
    *,
    actor: Actor,
    unit: Unit,
    stories: Sequence[LivePage],
    title: str,
    day: date,
    paper: str = Bulletin.Paper.A4,
    columns: int = 2,
    motto: str = "",
    pictures: str = "",
) -> Bulletin:
    """Number a bulletin of these live articles, in this order, and have it drawn. Refuses none and more than MOST; what is not live any more is left out."""
    live = [story for story in dict.fromkeys(stories) if story.kind == LivePage.Kind.ARTICLE]
    if not live:
        raise NoStory(field="stories")
    if len(live) > MOST:
        raise TooManyStories(field="stories")
    bulletin = Bulletin.objects.create(
        number=next_number("newsroom.bulletin"),
        unit=unit,
        title=title,
        day=day,
        paper=paper,
        columns=columns,
        motto=motto,
        pictures=pictures or Bulletin.Pictures.FIRST,
        made_by_id=actor.user_id,
    )
    BulletinStory.objects.bulk_create(
        BulletinStory(bulletin=bulletin, page_id=story.pk, position=place) for place, story in enumerate(live)
    )
    note(number=bulletin.number, articles=len(live))
    draw_later(bulletin=bulletin)
    return bulletin


@action(
    "newsroom.bulletin.redrawn", may=permissions.may_make_bulletin, says=_("mencetak ulang buletin dinding"), on="bulletin"
)
def redraw_bulletin(*, actor: Actor, bulletin: Bulletin) -> None:
    """Draw it anew from what its articles say today."""
    note(number=bulletin.number)
    _recall(Bulletin.objects.filter(pk=bulletin.pk))


@inner("part of another action")
def draw_later(*, bulletin: Bulletin) -> None:
    enqueue("newsroom.draw_bulletin", key=f"bulletin:{bulletin.pk}", pk=bulletin.pk)


@inner("part of another action")
def drop_drawings(*, page_id: int | None = None) -> int:
    """Call back the sheets that show a page, or all, and have them drawn anew without it; also those that are being drawn now. Gives how many."""
    return _recall(Bulletin.objects.all() if page_id is None else Bulletin.objects.filter(stories__page_id=page_id))


def _recall(bulletins: QuerySet[Bulletin]) -> int:
    numbers = list(bulletins.values_list("pk", flat=True))
    Bulletin.objects.filter(pk__in=numbers).update(pdf=None, recalled=F("recalled") + 1)
    for bulletin in Bulletin.objects.filter(pk__in=numbers).only("pk"):
        draw_later(bulletin=bulletin)
    return len(numbers)


@inner("machinery")
def draw_bulletin(*, pk: int) -> None:
    """Draw a bulletin that has no sheet yet. Safe to run twice. A sheet that was called back while it was drawn is thrown away and drawn again: it
    may show what must not be shown any more."""
    while (bulletin := Bulletin.objects.filter(pk=pk, pdf=None).first()) is not None:
        sheet = _drawn(bulletin)
        if Bulletin.objects.filter(pk=pk, pdf=None, recalled=bulletin.recalled).update(pdf=sheet):
            return


def _drawn(bulletin: Bulletin) -> bytes:
    stories = stories_of(bulletin)
    with (
        tracked(progress_key(bulletin), gettext("Menyusun buletin"), total=len(stories) + 1) as progress,
        translation.override(LANGUAGE),
        tempfile.TemporaryDirectory() as scratch,
    ):
        folder = Path(scratch)
        drawn = []
        for place, story in enumerate(stories):
            pictured = bulletin.pictures == Bulletin.Pictures.ALL or (
                bulletin.pictures == Bulletin.Pictures.FIRST and not place
            )
            drawn.append({**_story(story), "picture": _picture(story, folder / f"{place}.jpg") if pictured else None})
            progress.step(note=story.title)
        sheet: bytes = typst.compile(
            shutil.copy(SHEET, folder),  # beside the pictures: it may open nothing else
            format="pdf",
            sys_inputs={"data": json.dumps(_sheet(bulletin, drawn, {story.pk for story in stories}))},
            ignore_system_fonts=True,
            timestamp=int(bulletin.made_at.timestamp()),
        )
        progress.step()
    return sheet


@inner("reads only")
def progress_key(bulletin: Bulletin) -> str:
    return f"newsroom.bulletin:{bulletin.pk}"


def _sheet(bulletin: Bulletin, stories: list[dict[str, Any]], shown: set[int]) -> dict[str, Any]:
    more = LivePage.objects.filter(kind=LivePage.Kind.ARTICLE).exclude(pk__in=shown).order_by("-shown_at")[:MORE]
    return {
        "title": bulletin.title,
        "name": identity().name,
        "number": gettext("Nomor %d") % bulletin.number,
        "day": date_format(bulletin.day, "l, j F Y"),
        "motto": bulletin.motto,
        "paper": bulletin.paper,
        "columns": bulletin.columns,
        "stories": stories,
        "more": [{"title": page.title, "short": _short(page)} for page in more] if len(stories) > 1 else [],
        "notes": _notes(),
        "leaflet": len(stories) == 1,
        "words": {
            "read": gettext("Baca di ponsel:"),
            "more": gettext("Berita lain"),
            "notice": gettext("Pengumuman di tempat kita"),
            "away": gettext("Video, tonton lewat kode di atas:"),
        },
    }


def _notes() -> list[dict[str, str]]:
    """Words of our own for room that is left, each with the way there."""
    said = [
        (gettext("Punya cerita?"), gettext("Tulis di Ruang Buruh, dengan nama atau tanpa nama:"), "newsroom:posts"),
        (gettext("Berita setiap hari"), gettext("Semua berita kita ada di:"), "newsroom:home"),
        (gettext("Ada yang keliru?"), gettext("Minta koreksi atau hak jawab:"), "newsroom:rights"),
    ]
    return [
        {"title": title, "words": words, "short": _typed(reverse(name)), "qr": _code(reverse(name))}
        for title, words, name in said
    ]


def _story(live: LivePage) -> dict[str, Any]:
    head = live.head
    who = ", ".join(author["name"] for author in head.get("authors", []))
    day = date_format(timezone.localdate(live.shown_at), "j F Y")
    line = " · ".join(part for part in (who, head.get("place", ""), day) if part)
    return {
        "title": live.title,
        "line": line,
        "lead": head.get("lead", ""),
        "short": _short(live),
        "qr": _code(_path(live)),
        "parts": [*parts_of(live.html), *_corrections(head)],
    }


def _picture(live: LivePage, path: Path) -> dict[str, Any] | None:
    """The article's cover as a file beside the sheet, with its words; None when there is none, or none that can be read."""
    cover = live.head.get("cover")
    if not cover:
        return None
    widest = (cover["srcset"] or cover["src"]).rpartition(", ")[2].partition(" ")[0]
    try:
        with default_storage.open(widest.removeprefix(settings.MEDIA_URL)) as file:
            image = Image.open(io.BytesIO(file.read()))
            image.thumbnail((WIDEST, WIDEST))
            image.convert("RGB").save(path, "JPEG", quality=80)
    except (OSError, ValueError):
        return None
    words = " ".join(part for part in (cover.get("caption", ""), cover.get("credit", "")) if part)
    return {"file": path.name, "ratio": image.height / image.width, "words": words}


def _corrections(head: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"kind": "box", "title": gettext("Koreksi"), "runs": [{"text": correction["text"]}]}
        for correction in head.get("corrections", [])
    ]


def _path(live: LivePage) -> str:
    return f"/s/{live.head['code']}"


def _short(live: LivePage) -> str:
    return _typed(_path(live))


def _typed(path: str) -> str:
    """An address of this site as people type it."""
    return f"{settings.SITE_ADDRESS}{path}".split("://", 1)[-1].rstrip("/")


def _code(path: str) -> str:
    """An address of this site as a phone reads it."""
    return str(segno.make(f"{settings.SITE_ADDRESS}{path}", error="m").svg_inline(border=0, omitsize=True))
