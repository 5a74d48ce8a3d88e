"""What the public reads. Everything comes from `LivePage` and the lists that hang on it: what is not there does not exist for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from taggit.models import Tag

from serikat.kernel.generation import while_unchanged
from serikat.newsroom.models import (
    Byline,
    ClosedComments,
    Comment,
    Listing,
    LivePage,
    OldAddress,
    Rubric,
    ShortLink,
    Variant,
)
from serikat.newsroom.selectors.english import (
    ENGLISH,
    RubricHere,
    TagHere,
    in_page_language,
    rubric_here,
    tag_here,
    tags_here,
)
from serikat.places.models import Level
from serikat.places.selectors import region_by_code
from serikat.ui.language import path_in

PAGE_SIZE = 20
FEED_SIZE = 20
DEEPEST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of articles that has an address of its own: all, a tag, a rubric, an author, a place. `above` names what a place lies in, as
    (name, slug), the highest first. `lang` and `about_lang` are those of its words, where they are not the page's."""

    kind: str
    key: str
    name: str = ""
    slug: str = ""
    about: str = ""
    above: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    about_lang: str = ""


ALL = Shelf("all", "all")


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows: the lead, the newest, and a few of the first rubrics."""

    lead: LivePage | None
    second: list[LivePage]
    newest: list[LivePage]
    rubrics: list[tuple[RubricHere, list[LivePage]]]


class CountedPages(Paginator[Any]):
    """A list whose length was counted along its index; it never sorts."""

    def validate_number(self, number: Any) -> int:
        return min(super().validate_number(number), DEEPEST_PAGE)


def live_page(path: str) -> LivePage | None:
    """The live page with this address. Written out, like the other reads of an article: building a query costs three times what it answers."""
    return next(iter(LivePage.objects.raw("SELECT * FROM newsroom_livepage WHERE path = %s", [askable(path)])), None)


def english_of(live: LivePage) -> LivePage | None:
    """What a live page says in English, when somebody translated it."""
    return live_page(path_in(ENGLISH, live.path)) if live.head.get("english") else None


def old_address(path: str) -> tuple[str, bool] | None:
    """Where an old address leads: (address now, True), or ("", False) when its page has left the site. None: never heard of it."""
    found = OldAddress.objects.filter(path=askable(path)).values_list("page__shown__path", flat=True)[:1]
    for now in found:
        return (now, True) if now else ("", False)
    return None


def page_of_short_link(code: str) -> str | None:
    """The address behind a short link, when its page is live."""
    code = askable(code)
    found = ShortLink.objects.filter(code=code).values_list("page__shown__path", flat=True).first()
    if found:
        return found
    path, english = Variant.objects.filter(code=code).values_list(
        "distribution__article__shown__path", "english"
    ).first() or (None, False)
    there = path_in(ENGLISH, path) if path and english else ""
    return there if there and live_page(there) else path


def live_short_link(code: str) -> bool:
    return ShortLink.objects.filter(code=askable(code), page__shown__isnull=False).exists()


@while_unchanged
def footer_links() -> list[tuple[str, str, str]]:
    """Title, English title ("" where there is none) and address of the standing pages named in the foot of every page."""
    pages = LivePage.objects.filter(in_footer=True).order_by("title").only("title", "path", "head")
    return [(page.title, (page.head.get("english") or {}).get("title", ""), page.path) for page in pages]


def shelf_of_tag(slug: str) -> Shelf | None:
    """A tag that some live article carries; others are nobody's business."""
    tag = Tag.objects.filter(slug=askable(slug)).first()
    if tag is None:
        return None
    here = tag_here(tag.name, tag.slug)
    return _filled(Shelf("tag", f"tag:{tag.pk}", here.name, tag.slug, lang=here.lang))


def shelf_of_byline(slug: str) -> Shelf | None:
    """An author of some live article."""
    byline = Byline.objects.filter(slug=askable(slug)).first()
    return (
        _filled(
            Shelf(
                "byline",
                f"byline:{byline.pk}",
                byline.name,
                byline.slug,
                byline.about,
                about_lang=in_page_language(byline.about, "")[1],
            )
        )
        if byline
        else None
    )


def shelf_of_rubric(slug: str) -> Shelf | None:
    """A rubric, also an empty one: the paper's parts are public."""
    rubric = Rubric.objects.filter(slug=askable(slug)).first()
    if rubric is None:
        return None
    here = rubric_here(rubric)
    return Shelf(
        "rubric", f"rubric:{rubric.pk}", here.name, here.slug, here.about, lang=here.lang, about_lang=here.about_lang
    )


def shelf_of_place(code: str) -> Shelf | None:
    """A province, a regency or a city from which some live article comes."""
    region = region_by_code(code)
    if region is None or region.level > Level.REGENCY:
        return None
    above = ((region.parent.name, region.parent.pk),) if region.parent else ()
    return _filled(Shelf("place", f"place:{region.pk}", region.name, region.pk, above=above))


def articles_of(shelf: Shelf, number: int | str = 1) -> PageOfList[Any]:
    """One page of a list, newest first; a number that makes no sense gives the first or last page. Two queries."""
    keys = Listing.objects.filter(key=shelf.key).order_by("-shown_at", "-article").values_list("article_id", flat=True)
    found = CountedPages(keys, PAGE_SIZE).get_page(number)
    # the keys are walked along the index alone: a far page of a long list skips over no article's own row
    found.object_list = _light(LivePage.objects.filter(pk__in=found.object_list)).order_by("-shown_at", "-page")
    return found


def newest_of(shelf: Shelf, count: int = FEED_SIZE) -> list[LivePage]:
    """The newest articles of a list, bodies included: for feeds."""
    return [row.article for row in _listed(shelf.key, whole=True)[:count]]


def newest_paths(count: int) -> list[str]:
    """The addresses of the newest articles, the newest first."""
    newest = Listing.objects.filter(key="all").order_by("-shown_at", "-article")
    return list(newest.values_list("article__path", flat=True)[:count])


def front(home: LivePage | None, rubrics: Iterable[RubricHere]) -> Front:
    """The front page's stories. The lead is the pinned one while it is live, else the newest. Two queries, three with an older pinned one."""
    newest = [row.article for row in _listed("all")[:9]]
    pinned = home.head.get("lead_story") if home else None
    lead = next((p for p in newest if p.pk == pinned), None)
    if lead is None and pinned:
        lead = _light(LivePage.objects.filter(pk=pinned, kind=LivePage.Kind.ARTICLE)).first()
    lead = lead or next(iter(newest), None)
    seen = {lead.pk} if lead else set()
    rest = [p for p in newest if p.pk not in seen]
    second = rest[:2] if len(rest) > 4 else []
    rest = rest[len(second) :][:6]
    seen |= {p.pk for p in [*second, *rest]}
    return Front(lead, second, rest, _thirds([r for r in rubrics if r.in_strip][:12], seen))


def _thirds(chosen: list[RubricHere], seen: set[int]) -> list[tuple[RubricHere, list[LivePage]]]:
    """The two newest stories of rubrics in their order, none that stands on the page already; in one query however many rubrics there are.
    They stand three in a row, so three or six are shown, fewer only when there are fewer than three."""
    if not chosen:
        return []
    rows = _few_of_each([f"rubric:{r.pk}" for r in chosen], len(seen) + 2)
    shown, found = set(seen), []
    for rubric in chosen:
        stories = [page for page in rows if page.listed_in == f"rubric:{rubric.pk}" and page.pk not in shown][:2]
        if stories:
            found.append((rubric, stories))
            shown |= {story.pk for story in stories}
    return found[:6] if len(found) >= 6 else found[:3]


def related_to(live: LivePage, count: int = 3) -> list[LivePage]:
    """Other articles with the same tags, those that share most first, then the newest; what is missing comes from the same rubric. One query."""
    rubric = live.head.get("rubric")
    keys = live.head.get("tag_keys", [])[:8] + ([f"rubric:{rubric}"] if rubric else [])
    if not keys:
        return []
    shared = "SUM(CASE WHEN key LIKE 'rubric:%%' THEN 0 ELSE 1 END) AS shared"
    found = f"SELECT article_id, {shared} FROM ({_newest_of_each(keys)}) AS listed GROUP BY article_id"  # noqa: S608 our own words
    query = (
        f"SELECT {_CARD} FROM ({found}) AS found JOIN newsroom_livepage p ON p.page_id = found.article_id"  # noqa: S608 our own words
        " WHERE p.page_id <> %s ORDER BY found.shared DESC, p.shown_at DESC, p.page_id DESC LIMIT %s"
    )
    values = [value for key in keys for value in (key, count + 3)]
    return list(LivePage.objects.raw(query, [*values, live.pk, count]))


def comments_on(live: LivePage) -> list[Comment]:
    """Approved comments, oldest first."""
    query = "SELECT id, name, text, at, parent_id FROM newsroom_comment WHERE article_id = %s AND approved ORDER BY at, id"
    return list(Comment.objects.raw(query, [live.pk]))


def is_closed_for_comments(live: LivePage) -> bool:
    return live.pk in closed_for_comments()


@while_unchanged
def closed_for_comments() -> frozenset[int]:
    """Articles that take no comments any more: few."""
    return frozenset(ClosedComments.objects.values_list("article_id", flat=True))


def tags_most_used(count: int = 24) -> list[tuple[TagHere, int]]:
    """The tags that most live articles carry, and how many do."""
    keys = Listing.objects.filter(key__startswith="tag:").values("key").annotate(n=Count("pk")).order_by("-n", "key")[:count]
    counted = {int(row["key"].removeprefix("tag:")): row["n"] for row in keys}
    tags = Tag.objects.in_bulk(counted)
    known = {pk: n for pk, n in counted.items() if pk in tags}
    return list(zip(tags_here({"name": tags[pk].name, "slug": tags[pk].slug} for pk in known), known.values(), strict=True))


def askable(text: str) -> str:
    """An address as a database may be asked for it: PostgreSQL refuses the NUL character instead of not finding it."""
    return text.replace("\0", "\ufffd")


def _filled(shelf: Shelf) -> Shelf | None:
    return shelf if Listing.objects.filter(key=shelf.key).exists() else None


def _listed(key: str, *, whole: bool = False) -> QuerySet[Listing]:
    rows = Listing.objects.filter(key=key).order_by("-shown_at", "-article").select_related("article")
    return rows if whole else rows.defer("article__html", "article__head")


def _light(pages: QuerySet[LivePage]) -> QuerySet[LivePage]:
    return pages.defer("html", "head")


_CARD = ", ".join(
    f"p.{name}" for name in ("page_id", "kind", "path", "title", "shown_at", "changed_at", "in_footer", "card")
)


def _newest_of_each(keys: list[str]) -> str:
    """A query for the newest rows of several lists, one walk a list, none of them sorted; its values are each key with how many."""
    one = "SELECT * FROM (SELECT key, article_id FROM newsroom_listing WHERE key = %s ORDER BY shown_at DESC, article_id DESC LIMIT %s) AS few"
    return " UNION ALL ".join([one] * len(keys))


def _few_of_each(keys: list[str], count: int) -> list[LivePage]:
    """The newest articles of several lists, newest first, each with the list it was found in as `listed_in`. One query."""
    query = (
        f"SELECT {_CARD}, found.key AS listed_in FROM ({_newest_of_each(keys)}) AS found"  # noqa: S608 our own words
        " JOIN newsroom_livepage p ON p.page_id = found.article_id ORDER BY p.shown_at DESC, p.page_id DESC"
    )
    return list(LivePage.objects.raw(query, [value for key in keys for value in (key, count)]))
