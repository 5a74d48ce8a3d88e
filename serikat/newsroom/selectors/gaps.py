"""What is missing in the newest articles of an editor's reach: in drafts as they were saved last, in live ones as they are shown. Only the
newest are looked at, so that an archive of any size costs the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from serikat.kernel.access import Actor
from serikat.newsroom.models import Article, ArticleTag, Picture
from serikat.newsroom.rules import gaps as rules
from serikat.newsroom.selectors.editing import reach

LOOKED_AT, EACH, SHOWN = 400, 40, 12


@dataclass(frozen=True, slots=True)
class Lacking:
    """An article and what it lacks, as (words, field in the editor)."""

    page_id: int
    title: str
    live: bool
    gaps: list[tuple[str, str]]


def lacking(actor: Actor) -> list[Lacking]:
    """The newest first, drafts before what is live; six queries however many there are."""
    contents = dict(_drafts(actor))
    for page_id, content in _live(actor):
        contents.setdefault(page_id, content)  # of what is being changed the draft counts
    bare = {page_id: rules.pictures_without_words(content) for page_id, content in contents.items()}
    numbers = {picture for pictures in bare.values() for picture, _field in pictures}
    wordless = set(Picture.objects.filter(pk__in=numbers, description="").values_list("pk", flat=True))
    found = []
    for page_id, content in contents.items():
        fields = [field for picture, field in bare[page_id] if picture in wordless]
        gaps = [(_words(rules.ALT), fields[0])] if fields else []
        gaps += [(_words(gap), field) for gap, field in rules.other_gaps(content)]
        if gaps:
            found.append(Lacking(page_id, content["title"], content["live"], gaps))
    return found[:SHOWN]


def gaps_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What one version of an article lacks, for who decides whether it goes live: (words, field in the editor)."""
    bare = rules.pictures_without_words(content)
    wordless = set(Picture.objects.filter(pk__in={n for n, _f in bare}, description="").values_list("pk", flat=True))
    fields = [field for picture, field in bare if picture in wordless]
    gaps = [(_("Isi"), "")] if rules.is_without_body(content) else []
    gaps += [(_words(rules.ALT), fields[0])] if fields else []
    return gaps + [(_words(gap), field) for gap, field in rules.other_gaps(content)]


def _drafts(actor: Actor) -> Iterable[tuple[int, dict[str, Any]]]:
    newest = list(Revision.objects.order_by("-created_at").values_list("pk", flat=True)[:LOOKED_AT])
    rows = Article.objects.filter(reach(actor), has_unpublished_changes=True, latest_revision_id__in=newest)
    for page_id, live, content in rows.order_by("-latest_revision_created_at").values_list(
        "pk", "live", "latest_revision__content"
    )[:EACH]:
        yield page_id, {**content, "live": live}


def _live(actor: Actor) -> Iterable[tuple[int, dict[str, Any]]]:
    newest = list(
        Article.objects.filter(shown_at__isnull=False).order_by("-shown_at").values_list("pk", flat=True)[:LOOKED_AT]
    )
    rows = list(
        Article.objects.filter(reach(actor), pk__in=newest, live=True)
        .order_by("-shown_at")
        .only("title", "cover_id", "cover_alt", "body", "place_id", "rubric_id", "desk_notes")[:EACH]
    )
    tagged = set(ArticleTag.objects.filter(content_object__in=rows).values_list("content_object_id", flat=True))
    for row in rows:
        content = {
            "title": row.title,
            "cover": row.cover_id,
            "cover_alt": row.cover_alt,
            "body": list(row.body.raw_data),
            "place": row.place_id,
            "rubric": row.rubric_id,
            "tagged_items": row.pk in tagged,
            "desk_notes": row.desk_notes,
        }
        yield row.pk, {**content, "live": True}


def _words(gap: str) -> str:
    return {
        rules.ALT: _("Teks pengganti gambar"),
        rules.SOURCE: _("Sumber"),
        rules.PLACE: _("Tempat"),
        rules.SUBJECT: _("Rubrik atau tag"),
    }[gap]
