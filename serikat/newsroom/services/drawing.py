"""Drawing a page: its body as HTML, what its own address and lists show of it, its plain text. Done once, when it goes live, and for previews."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from wagtail.models import Page

from serikat.audit.action import inner
from serikat.newsroom.models import Article, EnglishVersion, HomePage, Picture, Redress, StaticPage
from serikat.newsroom.rules import publishing as rules
from serikat.newsroom.rules.embeds import read_embed
from serikat.newsroom.rules.posts import shown_html
from serikat.newsroom.services.pictures import Cover, shown_as_cover

LANGUAGE, ENGLISH = "id", "en"  # in which pages are written; an English frame around an Indonesian page says so
_TAG = re.compile(r"<[^>]+>")
_SPACES = re.compile(r"\s+")


@dataclass
class Drawn:
    """A page made ready for the public. `keys` names the lists in which it stands."""

    html: str = ""
    text: str = ""
    card: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


@inner("reads only")
def draw(page: Page) -> Drawn:
    """Draw a page of any kind, as it stands in memory: live or draft."""
    if isinstance(page, EnglishVersion):
        return _draw_english(page)
    with translation.override(LANGUAGE):
        if isinstance(page, Article):
            return _draw_article(page)
        if isinstance(page, StaticPage):
            body = _body(page)
            head = {"description": _description(page, body.text), "embeds": body.head["embeds"], **_english_of(page)}
            return Drawn(body.html, body.text, {"lead": head["description"]}, head)
        head = {"description": page.search_description}
        if isinstance(page, HomePage):
            head["lead_story"] = page.lead_story_id
        return Drawn(head=head)


@inner("reads only")
def live_english_of(page: Page) -> EnglishVersion | None:
    """The English version of an article or a standing page, when it is live."""
    return EnglishVersion.objects.child_of(page).live().first() if page.path else None  # type: ignore[no-any-return]


@inner("reads only")
def pictures_of(page: Page) -> Iterator[Picture]:
    """All pictures of a page: its cover and those in its body."""
    if getattr(page, "cover", None):
        yield page.cover
    for block in getattr(page, "body", ()):
        if block.block_type == "picture" and block.value["picture"]:
            yield block.value["picture"]


def _draw_article(page: Article) -> Drawn:
    body = _body(page)
    cover = shown_as_cover(page.cover)
    rubrics = [r for r in [page.rubric, *page.also_in.all()] if r is not None]
    bylines = [link.byline for link in page.byline_links.all().order_by("sort_order")]
    tags = sorted(page.tags.all(), key=lambda tag: tag.name.casefold())
    shown_in_lists = {
        "lead": rules.shortened(page.lead, 300),
        "rubric": page.rubric_id,
        "place": page.place.name if page.place else "",
        "authors": [{"name": b.name, "slug": b.slug} for b in bylines],
        "minutes": rules.reading_minutes(f"{page.lead} {body.text}"),
    }
    keys = rules.list_keys(
        tags=[t.pk for t in tags],
        rubrics=[r.pk for r in rubrics],
        bylines=[b.pk for b in bylines],
        place=page.place_id or "",
    )
    head = {
        **shown_in_lists,
        "lead": page.lead,
        "cover": _above(page, cover),
        "share": cover.shared.as_dict() if cover else None,
        "corrections": [{"at": c.at.isoformat(), "text": c.text, "english": c.text_en} for c in page.corrections.all()],
        "replies": _replies(page),
        "place_code": rules.place_shown(page.place_id or ""),
        "tags": [{"name": t.name, "slug": t.slug} for t in tags],
        "tag_keys": [f"tag:{t.pk}" for t in tags],
        "embeds": body.head["embeds"],
        "description": _description(page, f"{page.lead} {body.text}"),
    }
    english = _english_of(page)
    head |= english
    card = {**shown_in_lists, "thumb": _in_lists(page, cover), **english}
    return Drawn(body.html, f"{page.lead}\n{body.text}".strip(), card, head, keys)


def _draw_english(page: EnglishVersion) -> Drawn:
    """The original's page with English words in it. It stands in no list: there the original shows its English title."""
    original = draw(page.get_parent().specific)
    with translation.override(ENGLISH):
        body = _body(page)
    head = {**original.head, "embeds": body.head["embeds"], "description": _description(page, f"{page.lead} {body.text}")}
    head |= {"lead": page.lead, "language": ENGLISH, "english": None}
    if "minutes" in head:
        head["minutes"] = rules.reading_minutes(f"{page.lead} {body.text}")
    if head.get("cover"):
        words = {"alt": page.cover_alt, "caption": page.cover_caption}
        head["cover"] = {**head["cover"], **{name: said for name, said in words.items() if said}}
    return Drawn(body.html, f"{page.lead}\n{body.text}".strip(), {"lead": rules.shortened(page.lead, 300)}, head)


def _english_of(page: Article | StaticPage) -> dict[str, Any]:
    """The English words with which lists show a page, while it has a live English version; else nothing."""
    english = live_english_of(page)
    return {"english": {"title": english.title, "lead": rules.shortened(english.lead, 300)}} if english else {}


def _replies(page: Article) -> list[dict[str, str]]:
    """Replies (hak jawab) to this article, oldest first: beside it, in no revision of it."""
    shown = Redress.objects.filter(article=page.pk or 0, kind=Redress.Kind.REPLY).order_by("at", "pk")
    return [{"at": r.at.isoformat(), "name": r.name, "label": r.label, "html": shown_html(r.words)} for r in shown]


def _body(page: Any) -> Drawn:
    """The body, block after block, without Wagtail's wrappers: paragraphs stand beside each other as in any text."""
    html = "\n".join(str(block.render()) for block in page.body)
    addresses = (read_embed(block.value["url"]) for block in page.body if block.block_type == "embed")
    hosts = sorted({found.host for found in addresses if found and found.host})
    return Drawn(html, plain(html), head={"embeds": hosts})


@inner("reads only")
def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return _SPACES.sub(" ", entities.unescape(_TAG.sub(" ", html))).strip()


def _description(page: Any, text: str) -> str:
    """One or two sentences for search engines and for a link in a chat."""
    return page.search_description or rules.shortened(text, 200)


def _alt(page: Article) -> str:
    return page.cover_alt or (page.cover.description if page.cover else "")


def _above(page: Article, cover: Cover | None) -> dict[str, Any] | None:
    if cover is None or page.cover is None:
        return None
    return {
        **cover.full.as_dict(),
        "alt": _alt(page),
        "caption": page.cover_caption or page.cover.caption,
        "credit": page.cover_credit or page.cover.credit,
    }


def _in_lists(page: Article, cover: Cover | None) -> dict[str, Any] | None:
    return {**cover.small.as_dict(), "wide": cover.full.srcset, "alt": _alt(page)} if cover else None
