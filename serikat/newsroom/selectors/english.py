"""What stands under /en/: rubrics and tags by their English names, the newest English versions. What has no English name keeps its Indonesian
one, and says in which language it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from taggit.models import Tag

from serikat.kernel.errors import Missing
from serikat.kernel.generation import while_unchanged
from serikat.newsroom.models import EnglishTag, Listing, LivePage, Rubric
from serikat.newsroom.rules.english import singulars
from serikat.newsroom.rules.publishing import ARTICLES
from serikat.ui.language import path_in

INDONESIAN, ENGLISH = "id", "en"
MOST_TAGS = 300


@dataclass(frozen=True, slots=True)
class RubricHere:
    """A rubric in the language of the page; `lang` and `about_lang` are empty where that is the language of its words."""

    pk: int
    name: str
    slug: str
    lang: str = ""
    about: str = ""
    about_lang: str = ""
    in_strip: bool = False


@dataclass(frozen=True, slots=True)
class TagHere:
    """A tag in the language of the page."""

    name: str
    slug: str
    lang: str = ""


def speaks_english() -> bool:
    return get_language() == ENGLISH


def in_page_language(indonesian: str, english: str) -> tuple[str, str]:
    """The words for this page, and their language where it is not the page's."""
    if not speaks_english():
        return indonesian, ""
    return (english, "") if english else (indonesian, INDONESIAN if indonesian else "")


def rubric_here(rubric: Rubric) -> RubricHere:
    name, lang = in_page_language(rubric.name, rubric.name_en)
    about, about_lang = in_page_language(rubric.about, rubric.about_en)
    return RubricHere(rubric.pk, name, rubric.slug, lang, about, about_lang, rubric.in_strip)


def rubrics() -> list[RubricHere]:
    """All of them, in their order."""
    return [rubric_here(rubric) for rubric in _rubrics()]


@while_unchanged
def _rubrics() -> list[Rubric]:
    return list(Rubric.objects.all())


def tag_here(name: str, slug: str) -> TagHere:
    return tags_here([{"name": name, "slug": slug}])[0]


def tags_here(tags: Iterable[dict[str, str]]) -> list[TagHere]:
    """A page's tags, as they were kept with it."""
    named = english_tags() if speaks_english() else {}
    said = ((tag["slug"], in_page_language(tag["name"], named.get(tag["slug"], ""))) for tag in tags)
    return [TagHere(name, slug, lang) for slug, (name, lang) in said]


@while_unchanged
def english_tags() -> dict[str, str]:
    """The English names of tags, by address: as many as somebody wrote."""
    return dict(EnglishTag.objects.values_list("tag__slug", "name"))


def named_like(typed: str) -> list[tuple[str, TagHere]]:
    """On English pages: rubrics and tags with these words in their English names, each as ("rubric" or "tag", its name)."""
    words = singulars(typed).casefold().split()
    if not words or not speaks_english():
        return []
    named = [("rubric", TagHere(rubric.name, rubric.slug)) for rubric in rubrics() if not rubric.lang]
    known = {rubric.name.casefold() for _kind, rubric in named}
    named += [("tag", TagHere(name, slug)) for slug, name in english_tags().items() if name.casefold() not in known]
    return [(kind, one) for kind, one in named if all(word in one.name.casefold() for word in words)]


def newest_english(count: int) -> list[LivePage]:
    """The newest articles that have an English version, as they stand in English; bodies included."""
    rows = LivePage.objects.filter(kind=LivePage.Kind.ENGLISH, path__startswith=path_in(ENGLISH, ARTICLES))
    return list(rows.order_by("-shown_at", "-page")[:count])


# The desk's


def tags_to_name() -> list[dict[str, Any]]:
    """The tags that most live articles carry, each with its English name and how many; the most used first."""
    keys = Listing.objects.filter(key__startswith="tag:").values("key").annotate(n=Count("pk")).order_by("-n", "key")
    counted = {int(row["key"].removeprefix("tag:")): row["n"] for row in keys[:MOST_TAGS]}
    tags = _named_tags().in_bulk(counted)
    return [{"tag": tags[pk], "count": n} for pk, n in counted.items() if pk in tags]


def tag_by_key(pk: int) -> Tag:
    found = _named_tags().filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def _named_tags() -> QuerySet[Tag]:
    return Tag.objects.select_related("in_english")  # type: ignore[no-any-return]
