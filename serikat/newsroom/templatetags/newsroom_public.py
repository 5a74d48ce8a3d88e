"""Tags for the public pages of the newsroom: stories from live pages, addresses in the language of the page."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from serikat.newsroom import structured
from serikat.newsroom.rules import posts as post_rules
from serikat.newsroom.rules import publishing
from serikat.newsroom.services.pictures import SIZES
from serikat.newsroom.services.pictures import shown as shown_picture
from serikat.ui.components.reading import story
from serikat.ui.components.words import date_only
from serikat.ui.drawing import drawn_once
from serikat.ui.language import path_in

register = template.Library()

ENOUGH = {"lead": 560, "top": 300}  # pixels; what is narrower would be blurred in that place


@register.filter
def here(path: str) -> str:
    """A neutral address in the language of this page."""
    return path_in(get_language() or settings.LANGUAGE_CODE, path)


@register.filter
def plain_words(html: str) -> str:
    """A post's words in one line: what stands in them as a sign is escaped once, by the page."""
    return " ".join(post_rules.plain_words(html).split())


@register.filter
def absolute(path: str) -> str:
    return path if path.startswith("http") else settings.SITE_ADDRESS + path


@register.filter
def as_moment(text: str) -> datetime:
    """The time that was kept as text."""
    return datetime.fromisoformat(text)


@register.filter
def reply_address(label: str) -> str:
    """The page of a reply, by its number: "7/2026"."""
    number, _slash, year = label.partition("/")
    return reverse("newsroom:reply", args=[int(year), int(number)])


@register.filter
def day_or_moment(at: datetime) -> str:
    """The style for `when`: an archive that knows no hour says midnight, which nobody should read as an hour."""
    return "day" if timezone.localtime(at).time() == time.min else "moment"


@register.filter
def opens_with_prose(html: str) -> bool:
    return publishing.opens_with_prose(html)


@register.filter
def by_key(things: dict[Any, Any], key: Any) -> Any:
    return things.get(key)


@register.simple_tag(takes_context=True)
def description(context: Context, live: Any, kind: str) -> SafeString:
    """What others show of a page when they show a link to it. kind: article or website."""
    return structured.description(live, context["identity"], kind)


@register.simple_tag(takes_context=True)
def structured_data(context: Context, live: Any, kind: str) -> SafeString:
    """What search engines read of an article, or of the site."""
    who = context["identity"]
    return structured.article(live, who) if kind == "article" else structured.site(live, who)


@drawn_once(register, "ui/c/story.html")
def card(
    live: Any, rubrics: dict[int, Any], *, kind: str = "plain", level: int = 3, bare: bool = False, first: bool = False
) -> dict[str, Any]:
    """A live article in a list. kind as for `story`; the lead shows its first sentence and who wrote it, the others their day.
    bare: without its rubric, where the list already says it. first: seen at once when the page opens, so its picture does not wait."""
    speaks = get_language() or settings.LANGUAGE_CODE
    english = live.card.get("english") if speaks != settings.LANGUAGE_CODE else None
    shown = {**live.card, **(english or {})}
    rubric = rubrics.get(shown.get("rubric") or 0)
    authors = ", ".join(author["name"] for author in shown.get("authors", []))
    minutes = gettext("%s menit baca") % shown.get("minutes", 1)
    where = [authors, shown.get("place", "")] if kind == "lead" else [date_only(live.shown_at), shown.get("place", "")]
    meta = ", ".join(part for part in where if part)
    return story(
        shown.get("title") or live.title,
        here(live.path),
        kind=kind,
        rubric=rubric.name if rubric and not bare else "",
        rubric_lang=rubric.lang if rubric else "",
        say=shown.get("lead", "") if kind == "lead" else "",
        meta=" · ".join(part for part in (meta, minutes) if part) if kind == "lead" else meta,
        picture=_picture(shown.get("thumb"), kind),
        level=level,
        eager=first or kind == "lead",
        lang="" if english or speaks == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE,
    )


def _picture(thumb: dict[str, Any] | None, kind: str) -> Any:
    """A picture for a card; where it stands large, one that is too small for its place keeps its own size."""
    if not thumb or kind == "side":
        return thumb
    largest = int(thumb["wide"].rsplit(" ", 1)[-1].rstrip("w")) if thumb["wide"] else thumb["width"]
    return {**thumb, "srcset": thumb["wide"], "sizes": SIZES, "small": largest < ENOUGH.get(kind, 0)}


@register.simple_tag
def post_picture(part: Any) -> SafeString:
    """A picture of a worker's post, as small as the reader's screen lets it be."""
    shown = shown_picture(part.picture)
    if shown is None:
        return SafeString("")
    return format_html(
        '<figure><img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async"></figure>',
        shown.src, shown.srcset, SIZES, shown.width, shown.height, part.alt,
    )  # fmt: skip
