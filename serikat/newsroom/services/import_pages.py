"""One post of an archive becomes a page: made, brought up to date, or left alone because somebody here has worked on it since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from serikat.audit.action import inner
from serikat.kernel.access import Actor
from serikat.newsroom.importing.addresses import LONGEST_SLUG, slug_of
from serikat.newsroom.importing.document import MISSING_COVER, ImportedPost, State
from serikat.newsroom.importing.document import Comment as ReadComment
from serikat.newsroom.importing.stream import Kept, cut, to_stream
from serikat.newsroom.models import (
    ArchiveItem,
    Article,
    ArticleBylineLink,
    ArticleIndex,
    Byline,
    Comment,
    HomePage,
    LivePage,
    OldAddress,
    Rubric,
    StaticPage,
)
from serikat.newsroom.rules.publishing import is_reserved
from serikat.newsroom.services.approval import publishing
from serikat.newsroom.services.forgetting import memory_of
from serikat.newsroom.services.naming import add_byline, add_rubric
from serikat.units.models import Unit

LEAD, NAME = 600, 60  # characters
STATE_WORDS = {
    State.PRIVATE: "Di situs lama tulisan ini pribadi (private), tidak untuk umum.",
    State.PROTECTED: "Di situs lama tulisan ini dilindungi kata sandi, tidak untuk umum.",
    State.TRASHED: "Di situs lama tulisan ini ada di tempat sampah.",
}


@dataclass
class Desk:
    """What every post of one import needs: who imports, for which unit, where pages stand, and the names that are known."""

    actor: Actor
    unit: Unit
    index: ArticleIndex
    home: HomePage
    rubrics: dict[str, Rubric] = field(default_factory=dict)  # by short name
    bylines: dict[str, Byline] = field(default_factory=dict)  # by name, small

    @classmethod
    def open(cls, actor: Actor, unit: Unit, index: ArticleIndex, home: HomePage) -> Desk:
        rubrics = {rubric.slug: rubric for rubric in Rubric.objects.all()}
        bylines = {byline.name.casefold(): byline for byline in Byline.objects.order_by("-pk")}
        bylines |= {byline.external_key.casefold(): byline for byline in Byline.objects.exclude(external_key="")}
        return cls(actor, unit, index, home, rubrics, bylines)


@inner("reads only")
def work_since(*, item: ArchiveItem) -> str:
    """What somebody here did with the page since it was imported, in words; empty when nothing."""
    page = item.page
    if page is None:
        return "Sudah dihapus di situs sejak impor; tidak diimpor lagi."
    if page.latest_revision_id != item.revision or (page.live != item.live and not _due(page, item)):
        return "Sudah disunting di situs sejak impor; tidak ditimpa."
    return ""


def _due(page: Page, item: ArchiveItem) -> bool:
    """A scheduled page went live by itself: nobody's work."""
    return bool(page.live and not item.live and page.live_revision_id == item.revision)


@inner("part of another action")
def write_page(*, desk: Desk, post: ImportedPost, kept: Kept, digest: str, item: ArchiveItem | None) -> Page:
    """Make or change the page of a post, put it live or on the schedule as its state says, in the transaction that is open."""
    page = item.page.specific if item and item.page else _new_page(desk, post)
    body = to_stream(post, kept)
    if isinstance(page, Article):
        _fill_cover(page, post, kept)
        page.body = body
        page.source_key, page.source_hash = post.key[:255], digest
        _fill_article(page, post, desk)
    else:
        _fill_standing(page, post, kept, body)
    _fill_common(page, post)
    made = page.pk is None
    if made:
        (desk.index if isinstance(page, Article) else desk.home).add_child(instance=page)
    revision = page.save_revision(log_action=False, clean=False)
    if post.state is State.LIVE:
        _put_live(page, revision, post, made=made)
    elif post.state is State.SCHEDULED:
        revision.publish(log_action=False, skip_permission_checks=True)
    _remember(page, post, digest, revision.pk)
    return page


def _put_live(page: Article | StaticPage, revision: Revision, post: ImportedPost, *, made: bool) -> None:
    """What Wagtail does when it publishes, with the archive's dates instead of today's. The guard asks for the batch's approval and records it."""
    page.live, page.live_revision, page.has_unpublished_changes, page.expired = True, revision, False, False
    page.first_published_at = post.published_at or page.first_published_at or timezone.now()
    page.last_published_at = max(page.first_published_at, post.updated_at or page.first_published_at)
    with publishing(revision=revision):
        names = ["live", "live_revision", "has_unpublished_changes", "expired", "first_published_at", "last_published_at"]
        page.save(clean=False, **({"update_fields": names} if made else {}))
    page_published.send(sender=type(page), instance=page, revision=revision)


def _new_page(desk: Desk, post: ImportedPost) -> Article | StaticPage:
    kind = StaticPage if post.kind == "page" else Article
    page = kind(unit=desk.unit, live=False, has_unpublished_changes=True)
    page.slug = _free_slug(desk, post)
    return page


def _free_slug(desk: Desk, post: ImportedPost) -> str:
    wanted = post.slug or slug_of(post.title) or "tulisan"
    parent: Page = desk.home if post.kind == "page" else desk.index
    taken = set(Page.objects.child_of(parent).filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken and not (post.kind == "page" and is_reserved(wanted)):
        return wanted
    number = 2
    while (slug := f"{wanted[: LONGEST_SLUG - 6]}-{number}") in taken:
        number += 1
    post.problem(f"Alamat “{wanted}” sudah dipakai halaman lain; halaman ini beralamat “{slug}”.")
    return slug


def _fill_common(page: Article | StaticPage, post: ImportedPost) -> None:
    page.title = page.draft_title = cut(post.title, 250)
    page.go_live_at = post.published_at if post.state is State.SCHEDULED else None


def _fill_cover(page: Article, post: ImportedPost, kept: Kept) -> None:
    cover = post.cover
    if cover and cover.path and cover.path in kept.pictures:
        page.cover_id = kept.pictures[cover.path]
        page.cover_alt, page.cover_caption, page.cover_credit = (
            cut(cover.alt, 300),
            cut(cover.caption, 400),
            cut(cover.credit, 120),
        )
    else:
        page.cover = None
        if cover:
            post.note(MISSING_COVER, cover.source)


def _fill_article(page: Article, post: ImportedPost, desk: Desk) -> None:
    page.lead = cut(post.lead, LEAD)
    if page.lead != post.lead:
        post.note("Teras selengkapnya", post.lead)
    rubrics = _rubrics(post, desk)
    page.rubric = rubrics[0] if rubrics else None
    page.also_in.set(rubrics[1:])
    page.tags.set([cut(tag, 100) for tag in post.tags])
    page.byline_links.set(
        [ArticleBylineLink(byline=byline, sort_order=place) for place, byline in enumerate(_bylines(post, desk))]
    )
    if not page.desk_notes:
        page.desk_notes = STATE_WORDS.get(post.state, "")
    page.import_notes = notes_of(post)


def _fill_standing(page: StaticPage, post: ImportedPost, kept: Kept, body: list[dict[str, Any]]) -> None:
    """A standing page has neither cover nor rubric: the cover opens its body, the rest stands in its notes."""
    if post.cover and post.cover.path and post.cover.path in kept.pictures:
        value = {"picture": kept.pictures[post.cover.path], "alt": cut(post.cover.alt, 300), "caption": "", "credit": ""}
        body = [{"type": "picture", "value": value}, *body]
    for what, texts in (("Rubrik", post.categories), ("Tag", post.tags), ("Penulis", post.authors)):
        if texts:
            post.note(what, ", ".join(texts))
    for comment in post.comments:
        post.note(f"Tanggapan {comment.author}", comment.text)
    page.body = body
    page.desk_notes = "\n\n".join(filter(None, (STATE_WORDS.get(post.state, ""), notes_of(post))))


@inner("reads only")
def notes_of(post: ImportedPost) -> str:
    """What was not understood, word for word, for the page's notes."""
    lines = [str(note) for note in post.notes] + [problem.what for problem in post.problems]
    return "\n\n".join(filter(None, (STATE_WORDS.get(post.state, ""), *dict.fromkeys(lines))))


def _rubrics(post: ImportedPost, desk: Desk) -> list[Rubric]:
    found: dict[str, Rubric] = {}
    for name in post.categories:
        slug = slug_of(name)[:NAME].strip("-") or f"rubrik-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        if slug not in desk.rubrics:
            values = {
                "name": cut(name, NAME),
                "slug": slug,
                "about": "",
                "name_en": "",
                "about_en": "",
                "position": 100,
                "in_strip": False,
            }
            desk.rubrics[slug] = add_rubric(actor=desk.actor, values=values)
        found[slug] = desk.rubrics[slug]
    return list(found.values())


def _bylines(post: ImportedPost, desk: Desk) -> list[Byline]:
    found: dict[int, Byline] = {}
    for name in post.authors:
        key = cut(name, 120)
        byline = desk.bylines.get(key.casefold()) or desk.bylines.get(memory_of(key))  # who was forgotten stays nameless
        if byline is None:
            byline = add_byline(actor=desk.actor, values={"name": key, "slug": _free_byline_slug(key), "about": ""})
            byline.external_key = key
            byline.save(update_fields=["external_key"])
            desk.bylines[key.casefold()] = byline
        found[byline.pk] = byline
    return list(found.values())


def _free_byline_slug(name: str) -> str:
    wanted = slug_of(name) or "penulis"
    taken = set(Byline.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _remember(page: Page, post: ImportedPost, digest: str, revision: int) -> None:
    """The item, the old addresses, the comments, and when it was last changed in the archive."""
    ArchiveItem.objects.update_or_create(
        key=post.key,
        defaults={
            "page": page.page_ptr,
            "digest": digest,
            "revision": revision,
            "live": page.live,
            "imported_at": timezone.now(),
        },
    )
    _keep_addresses(page, post)
    if isinstance(page, Article):
        _keep_comments(page, post)


def _keep_addresses(page: Page, post: ImportedPost) -> None:
    address = f"/berita/{page.slug}/" if isinstance(page, Article) else f"/{page.slug}/"
    wanted = [
        each
        for old in post.old_addresses
        for each in (old, *([old.rstrip("/")] if old.endswith("/") and "?" not in old else []))
    ]
    wanted = [path for path in dict.fromkeys(wanted) if path.rstrip("/") not in ("", address.rstrip("/"))]
    taken = dict(OldAddress.objects.filter(path__in=wanted).values_list("path", "page_id"))
    shown = set(LivePage.objects.filter(path__in=wanted).exclude(pk=page.pk).values_list("path", flat=True))
    for path in wanted:
        if path in shown or taken.get(path, page.pk) != page.pk:
            post.problem(f"Alamat lama {path} sudah dipakai halaman lain.")
    OldAddress.objects.bulk_create(
        OldAddress(path=path, page_id=page.pk) for path in wanted if path not in taken and path not in shown
    )


def _keep_comments(page: Article, post: ImportedPost) -> None:
    """Comments that are not here yet; an answer stands under what it answers."""
    prefix = hashlib.sha256(post.key.encode()).hexdigest()[:16]
    standing = dict(Comment.objects.filter(article=page).exclude(external_key="").values_list("external_key", "pk"))
    for comment in _in_order(post.comments):
        key = f"{prefix}:{comment.key}"[:80]
        if key in standing:
            continue
        row = Comment.objects.create(
            article=page,
            parent_id=standing.get(f"{prefix}:{comment.parent}"[:80]) if comment.parent else None,
            name=cut(comment.author, 120) or "Pembaca",
            text=comment.text[:5000],
            at=comment.at or post.published_at or timezone.now() - timedelta(seconds=1),
            approved=comment.approved,
            external_key=key,
        )
        standing[key] = row.pk


def _in_order(comments: Iterable[ReadComment]) -> list[ReadComment]:
    """What is answered before its answers."""
    known = {comment.key: comment for comment in comments}
    ordered: dict[str, ReadComment] = {}

    def add(comment: ReadComment, depth: int = 0) -> None:
        if comment.key in ordered or depth > 50:
            return
        if comment.parent in known:
            add(known[comment.parent], depth + 1)
        ordered.setdefault(comment.key, comment)

    for comment in known.values():
        add(comment)
    return list(ordered.values())
