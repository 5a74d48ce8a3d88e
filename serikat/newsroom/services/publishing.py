"""Going live and leaving: what the public sees of a page is written in the transaction that changes the page, and nowhere else.

`receivers.py` calls these when Wagtail has published, unpublished, moved or deleted a page. They render the body once, write the page's
`LivePage`, its listings, short link and full-text entry, and raise the generation of what the public sees when the transaction commits.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from serikat.audit.action import inner
from serikat.kernel import fulltext, generation
from serikat.kernel.fulltext import Document
from serikat.kernel.jobs import enqueue
from serikat.newsroom.models import (
    Article,
    ArticleIndex,
    EnglishVersion,
    HomePage,
    Listing,
    LivePage,
    NewsDocument,
    OldAddress,
    Picture,
    ShortLink,
    StaticPage,
    Variant,
)
from serikat.newsroom.rules import publishing as rules
from serikat.newsroom.selectors.editing import live_pages_with
from serikat.newsroom.services import drawing
from serikat.newsroom.services.bulletins import drop_drawings
from serikat.newsroom.services.pictures import prepare_picture
from serikat.newsroom.services.redress import list_corrections
from serikat.ui.language import neutral_path, path_in

INDEX, ENGLISH_INDEX = "newsroom", "newsroom_english"
BATCH = 50  # pages in memory while the whole site is written anew
KINDS: dict[type[Page], LivePage.Kind] = {
    HomePage: LivePage.Kind.HOME,
    ArticleIndex: LivePage.Kind.INDEX,
    Article: LivePage.Kind.ARTICLE,
    StaticPage: LivePage.Kind.PAGE,
    EnglishVersion: LivePage.Kind.ENGLISH,
}


@inner("part of another action")
def reflect_live(page: Page) -> None:
    """Write what the public sees of a page. A page that is not live, or that Wagtail keeps for some, leaves instead."""
    page = page.specific_class.objects.get(pk=page.pk) if page.specific_class else page
    if type(page) not in KINDS:
        return
    if not page.live or is_restricted(page):
        reflect_gone(page.pk)
        return
    if isinstance(page, EnglishVersion):
        reflect_live(page.get_parent())  # which shows its words in lists, and writes it
        return
    with transaction.atomic():
        _write(page)
        if english := drawing.live_english_of(page):
            _write(english)
    generation.bump_on_commit()


@inner("part of another action")
def reflect_gone(page_id: int) -> None:
    """Take a page off the public site. Its address is remembered and answers "gone" (or leads to it again when it comes back)."""
    with transaction.atomic():
        left = LivePage.objects.filter(pk=page_id).first()
        if left is None:
            return
        _drop(left)
        if left.kind == LivePage.Kind.ENGLISH:
            _draw_original_of(left)
            return
        _remember(left.path, page_id)
        for english in LivePage.objects.filter(path=path_in(drawing.ENGLISH, left.path)):
            _drop(english)
        drop_drawings(page_id=page_id)
        Article.objects.filter(pk=page_id).update(shown_at=None)
    generation.bump_on_commit()


@inner("part of another action")
def reflect_below(page: Page) -> None:
    """The same for a page and all below it, after a move or a change of who may see them."""
    for each in Page.objects.filter(path__startswith=page.path).order_by("path"):
        reflect_live(each)


@inner("part of another action")
def reflect_list(key: str) -> None:
    """Draw every article of a list anew ("rubric:3" after the rubric was renamed, "byline:7" likewise)."""
    for page in Page.objects.filter(shown__listings__key=key).order_by("pk"):
        reflect_live(page)


@inner("part of another action")
def redraw_later(medium: Picture | NewsDocument) -> None:
    """Have the live pages that show a picture or document drawn anew, once this transaction has committed: they hold its address and words."""
    kind = medium._meta.model_name or ""
    enqueue("newsroom.redraw_pages_with", key=f"{kind}:{medium.pk}", kind=kind, pk=medium.pk)


@inner("machinery")
def redraw_pages_with(*, kind: str, pk: int) -> int:
    """Draw every live page anew that Wagtail's index of references names for a picture or document; gives how many. Each by itself."""
    kinds: dict[str, type[Picture | NewsDocument]] = {"picture": Picture, "newsdocument": NewsDocument}
    medium = kinds[kind]._default_manager.filter(pk=pk).first()
    if medium is None:
        return 0
    pages = live_pages_with(medium)
    for page in pages:
        prepare_pictures_of(page.specific)
        reflect_live(page)
    return len(pages)


@inner("machinery")
def redraw_pages_naming(*, path: str) -> int:
    """Draw every live page anew whose body names an address of ours (a clip that was published or withdrawn); gives how many."""
    count = 0
    for kind in (Article, StaticPage, EnglishVersion):
        for page in kind._default_manager.annotate(as_text=Cast("body", TextField())).filter(
            live=True, as_text__contains=path
        ):
            reflect_live(page)
            count += 1
    return count


@dataclass
class Rebuilt:
    """What came of writing the site anew: pages gone through, those live now, and what could not be drawn."""

    pages: int = 0
    live: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)


@inner("machinery")
def reflect_everything(
    *, rebuilt: Rebuilt | None = None, told: Callable[[int, int, str], None] = lambda done, total, title: None
) -> Rebuilt:
    """Write the whole public site anew from the pages: pictures, bodies, listings, full text. One page a transaction, a few in memory; it may
    be stopped and run again. A page that cannot be drawn stays as it was and is named. `rebuilt` counts along, for who stops it."""
    rebuilt = rebuilt if rebuilt is not None else Rebuilt()
    pages = Page.objects.filter(Q(live=True) | Q(shown__isnull=False), depth__gt=1).order_by("path")
    total, last = pages.count(), ""
    while batch := list(pages.filter(path__gt=last)[:BATCH]):
        for page in batch:
            try:
                prepare_pictures_of(page.specific)
                reflect_live(page)
            except Exception as error:  # one page must not keep all others as they were
                rebuilt.problems.append({"page": page.pk, "what": f"{type(error).__name__}: {error}"[:300]})
            rebuilt.pages += 1
            told(rebuilt.pages, total, page.title)
        last = batch[-1].path
    rebuilt.live = LivePage.objects.count()
    return rebuilt


@inner("machinery")
def prepare_pictures_of(page: Page) -> None:
    """Make the renditions of a page's pictures before a transaction is opened: encoding is slow and a database has one writer."""
    for picture in drawing.pictures_of(page):
        prepare_picture(picture, for_sharing=picture.pk == getattr(page, "cover_id", None))


@inner("reads only")
def is_restricted(page: Page) -> bool:
    """Tell whether this page or one above is kept for some readers."""
    above = [page.path[:n] for n in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    return bool(PageViewRestriction.objects.filter(page__path__in=above).exists())


@inner("reads only")
def address_of(page: Page) -> str:
    """The public address of a page, without language; of an English version with it. Articles stand under /berita/ wherever their index stands."""
    if isinstance(page, Article):
        return f"{rules.ARTICLES}{page.slug}/"
    if isinstance(page, ArticleIndex):
        return rules.ARTICLES
    if isinstance(page, EnglishVersion):
        return path_in(drawing.ENGLISH, address_of(page.get_parent().specific))
    return "/" + str(page.url_path).split("/", 2)[2]


@inner("machinery")
def short_link_of(page: Page) -> str:
    """The page's short code; made when it has none."""
    link = ShortLink.objects.filter(page=page).first()
    return link.code if link else ShortLink.objects.create(code=free_code(), page=page).code


@inner("reads only")
def free_code() -> str:
    """A short code that leads nowhere yet."""
    while True:
        code = rules.short_code(secrets.choice)
        if not (ShortLink.objects.filter(code=code).exists() or Variant.objects.filter(code=code).exists()):
            return code


def _drop(live: LivePage) -> None:
    fulltext.drop(ENGLISH_INDEX if live.kind == LivePage.Kind.ENGLISH else INDEX, live.pk)
    LivePage.objects.filter(pk=live.pk).delete()


def _draw_original_of(english: LivePage) -> None:
    """Its lists say the English title no longer."""
    original = Page.objects.filter(shown__path=neutral_path(english.path)).first()
    if original is not None:
        reflect_live(original)


def _write(page: Any) -> None:
    now = timezone.now()
    path = address_of(page)
    drawn = drawing.draw(page)
    is_english = isinstance(page, EnglishVersion)
    before = LivePage.objects.filter(pk=page.pk).values_list("path", flat=True).first()
    if before is not None and before != path and not is_english:
        _remember(before, page.pk)
    OldAddress.objects.filter(path=path).delete()
    LivePage.objects.filter(path=path).exclude(pk=page.pk).delete()  # a page that left while nobody told
    shown_at = (page.get_parent() if is_english else page).first_published_at or now
    code = short_link_of(page)
    live, _created = LivePage.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "kind": KINDS[type(page)],
            "path": path,
            "title": page.title,
            "shown_at": shown_at,
            "changed_at": max(shown_at, page.last_published_at or now, *_put_right(drawn, now)),
            "in_footer": getattr(page, "in_footer", False),
            "card": drawn.card,
            "head": {**drawn.head, "code": code},
            "html": drawn.html,
        },
    )
    if isinstance(page, Article):
        Article.objects.filter(pk=page.pk).update(shown_at=shown_at, minutes=drawn.head["minutes"])
        _list(live, drawn.keys)
        list_corrections(article=page)
    if isinstance(page, Article | StaticPage | EnglishVersion):
        index = ENGLISH_INDEX if is_english else INDEX
        fulltext.put(index, Document(page.pk, page.title, drawn.text, shown_at))


def _put_right(drawn: drawing.Drawn, now: datetime) -> list[datetime]:
    """When replies and corrections were put beside a page: for who reads feeds and maps it changed then, in English too."""
    beside = [*drawn.head.get("replies", []), *drawn.head.get("corrections", [])]
    return [min(now, datetime.fromisoformat(one["at"])) for one in beside]


def _list(live: LivePage, keys: list[str]) -> None:
    """Stand in these lists and in no other."""
    Listing.objects.filter(article=live).exclude(key__in=keys, shown_at=live.shown_at).delete()
    standing = set(Listing.objects.filter(article=live).values_list("key", flat=True))
    Listing.objects.bulk_create(
        Listing(key=key, shown_at=live.shown_at, article=live) for key in keys if key not in standing
    )


def _remember(path: str, page_id: int) -> None:
    if path != "/":
        OldAddress.objects.update_or_create(path=path, defaults={"page_id": page_id})
