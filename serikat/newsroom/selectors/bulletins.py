"""Wall bulletins as the desk sees them, and what may stand on one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When

from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.newsroom.models import Bulletin, LivePage
from serikat.newsroom.selectors.editing import reach
from serikat.newsroom.selectors.searching import articles_with

OFFERED = 30  # newest articles to choose from


def bulletins(actor: Actor) -> QuerySet[Bulletin]:
    """Those of units in reach, the newest number first, without their sheets; `ready` tells whether the sheet is drawn."""
    ready = Case(When(pdf=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    return Bulletin.objects.filter(reach(actor)).annotate(ready=ready).defer("pdf").order_by("-number")


def bulletin_for(actor: Actor, pk: int) -> Any:
    found = bulletins(actor).select_related("made_by", "unit").filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def sheet_of(bulletin: Bulletin) -> bytes | None:
    """The drawn sheet, a PDF; None while there is none."""
    sheet = Bulletin.objects.filter(pk=bulletin.pk).values_list("pdf", flat=True).first()
    return bytes(sheet) if sheet else None


def stories_of(bulletin: Bulletin) -> list[LivePage]:
    """Its articles that are live now, in their order."""
    numbers = list(bulletin.stories.values_list("page_id", flat=True))
    live = LivePage.objects.filter(kind=LivePage.Kind.ARTICLE).in_bulk(numbers)
    return [live[number] for number in numbers if number in live]


def offered(typed: str, chosen: Iterable[int]) -> list[LivePage]:
    """Articles to choose from: those chosen already, then what answers the question, or the newest."""
    articles = LivePage.objects.filter(kind=LivePage.Kind.ARTICLE).defer("html")
    ticked = list(articles.filter(pk__in=list(chosen)).order_by("-shown_at"))
    fresh = articles_with(typed) if typed.strip() else list(articles.order_by("-shown_at", "-pk")[:OFFERED])
    known = {live.pk for live in ticked}
    return ticked + [live for live in fresh if live.pk not in known]


def newest_title(actor: Actor) -> tuple[str, str]:
    """Name and motto of the last bulletin in reach, to begin the next with."""
    last = bulletins(actor).first()
    return (last.title, last.motto) if last else ("", "")
