"""Forgetting somebody in the newsroom: their byline, what articles and their revisions say of them, and everything drawn from those.

The general sweep of `people` leaves these tables alone, since it knows no byline, no address and no approval. The sources are wiped first; what
the public sees and what the searches hold is then drawn anew from them, never edited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from wagtail.admin.models import EditingSession, FormState
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.search.index import insert_or_update_object
from wagtail.users.models import UserProfile

from serikat.audit.action import inner
from serikat.kernel.forgetting import Byline as Choice
from serikat.kernel.forgetting import Forgetting, first_tokens, is_number, wiped, wiper
from serikat.kernel.secrets import blind_index
from serikat.newsroom.models import (
    Approval,
    Byline,
    Comment,
    LiveClip,
    LivePage,
    NewsDocument,
    OldAddress,
    Picture,
    Post,
    WriterRule,
)
from serikat.newsroom.rules.approval import content_digest
from serikat.newsroom.services.bulletins import drop_drawings
from serikat.newsroom.services.finding import find_clips, find_posts
from serikat.newsroom.services.publishing import reflect_list, reflect_live
from serikat.newsroom.services.request_retention import forget_in_requests
from serikat.newsroom.services.uploads import drop_uploads

SOMEBODY = "seorang pekerja"
SLUG = "seorang-pekerja"
MEMORY = "#"
WITHHELD = "(dilupakan)"  # a number or an e-mail address
OWN_TABLES = ("newsroom", "wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtailredirects", "wagtailsearch")

# What only the desk reads: a byline that is kept is kept in public alone.
DESK_ALONE = frozenset(["desk_notes", "import_notes", "note", "answer", "comment", "data", "reasons"])
ADDRESSES = frozenset(["slug", "url_path", "source_key", "key"])
# Drawn from the sources, or no words at all.
LEFT_OUT = frozenset(
    [
        "newsroom.livepage", "newsroom.listing", "newsroom.shortlink", "newsroom.oldaddress", "newsroom.comment",
        "newsroom.editorialrequest", "newsroom.requestmessage",
        "wagtailcore.revision", "wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry", "wagtailcore.referenceindex",
        "wagtailcore.locale", "wagtailcore.workflowstate", "wagtailadmin.editingsession", "wagtailredirects.redirect",
    ]
)  # fmt: skip
FOUND: dict[type[models.Model], Callable[[list[Any]], None]] = {
    Post: find_posts,
    LiveClip: find_clips,
}  # searched beside pages
NO_WORDS = frozenset(
    ["path", "file_hash", "digest", "batch", "filter_spec", "focal_point_key", "action", "object_id", "position"]
)


@dataclass(frozen=True)
class _Sought:
    """What is looked for, and by which words it is replaced."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]

    def likely(self, column: str) -> Q:
        """Rows that may hold it: the database's own, rough look."""
        found = Q(pk__in=[])
        for needle in self.needles:
            tokens = Q()
            for token in first_tokens(needle):
                tokens &= Q(**{f"{column}__icontains": token})
            found |= tokens
        return found

    def wipe(self, value: Any) -> Any:
        return wiped(value, self.pattern, _words)

    def wipe_address(self, value: Any) -> Any:
        return wiped(value, self.pattern, SLUG)


def _words(found: re.Match[str]) -> str:
    return WITHHELD if "@" in found[0] or "%40" in found[0] or sum(c.isdigit() for c in found[0]) > 5 else SOMEBODY


def _sought(needles: Iterable[str]) -> _Sought | None:
    kept = tuple(needles)
    pattern = wiper(kept)
    return _Sought(kept, pattern) if pattern else None


@inner("part of another action")
def forget_in_newsroom(*, forgetting: Forgetting) -> int:
    """Erase a person's part as they chose for their byline. Returns how many rows were touched."""
    theirs = bylines_of(forgetting)
    everything = _sought(forgetting.strong_needles)
    public = everything
    count = 0
    if forgetting.byline == Choice.ANONYMOUS:
        count += sum(_unname(byline) for byline in theirs)
    else:
        names = {byline.name.casefold() for byline in theirs}
        public = _sought(n for n in forgetting.strong_needles if n.casefold() not in names)
        count += sum(_forget_archive_name(byline) for byline in theirs)
    count += _drop_desk_rows(forgetting) + _forget_posts(forgetting)
    touched: set[int] = set()
    if everything is not None:
        count += _wipe_comments(everything)
        count += forget_in_requests(pattern=everything.pattern, wipe=everything.wipe)
        count += _wipe_sources(public, everything, touched) + _wipe_revisions(public, everything, touched)
    for byline in theirs:
        reflect_list(f"byline:{byline.pk}")
    if public is not None:
        _draw_anew(public, touched)
    drop_drawings()
    drop_uploads(subjects=forgetting.subjects)
    return count


@inner("reads only")
def bylines_of(forgetting: Forgetting) -> list[Byline]:
    """Names under which the person wrote: those tied to them, and those tied to nobody that are their own full name to the letter."""
    names = {needle.casefold() for needle in forgetting.strong_needles if not is_number(needle)}
    untied = [b.pk for b in Byline.objects.filter(subject=None) if b.name.casefold() in names]
    return list(Byline.objects.filter(Q(subject__in=forgetting.subjects) | Q(pk__in=untied)).order_by("pk"))


@inner("reads only")
def memory_of(name: str) -> str:
    """What is kept of a forgotten author's name in an archive: enough to know it when it is imported again, and no name."""
    return f"{MEMORY}{blind_index(name.casefold(), 'newsroom byline')}"


def _unname(byline: Byline) -> int:
    slug = SLUG
    while Byline.objects.filter(slug=slug).exclude(pk=byline.pk).exists():
        slug = f"{SLUG}-{byline.pk}" if slug == SLUG else f"{slug}-a"
    if not byline.external_key.startswith(MEMORY):
        byline.external_key = memory_of(byline.external_key or byline.name)
    byline.name, byline.slug, byline.about, byline.subject = SOMEBODY, slug, "", None
    byline.save()
    return 1


def _forget_archive_name(byline: Byline) -> int:
    """A kept byline may be known to an archive by another name of theirs."""
    key = byline.external_key
    if not key or key.casefold() == byline.name.casefold() or key.startswith(MEMORY):
        return 0
    Byline.objects.filter(pk=byline.pk).update(external_key=memory_of(key))
    return 1


def _drop_desk_rows(forgetting: Forgetting) -> int:
    """What the editor keeps of a person at work: their settings and picture, half-written forms, which page they have open."""
    count = 0
    for profile in UserProfile.objects.filter(user__subject__in=forgetting.subjects):
        profile.avatar.delete(save=False)
        profile.delete()
        count += 1
    for table in (EditingSession, FormState):
        count += table.objects.filter(user__subject__in=forgetting.subjects).delete()[0]
    return count


def _forget_posts(forgetting: Forgetting) -> int:
    """What they wrote in Ruang Buruh: what never showed goes, what shows stays without them, under the name they chose or none. Behind news that is
    being made of a post its row stays, without its words: it still says that its writer did not agree."""
    keys = list(Post.objects.filter(writer__subject__in=forgetting.subjects).values_list("pk", flat=True))
    mine = Post.objects.filter(pk__in=keys)
    count = len(keys)
    WriterRule.objects.filter(writer__subject__in=forgetting.subjects).delete()
    mine.exclude(state=Post.State.SHOWN).filter(lift=None).delete()
    mine.exclude(state=Post.State.SHOWN).update(title=WITHHELD, text=WITHHELD, answer="")
    if forgetting.byline == Choice.ANONYMOUS:
        mine.update(name=SOMEBODY, named_as=Post.NamedAs.NOBODY)
    mine.update(writer=None)
    find_posts(keys)
    return count


def _wipe_comments(sought: _Sought) -> int:
    count = 0
    for comment in Comment.objects.filter(sought.likely("name") | sought.likely("text")):
        name, text = sought.wipe(comment.name), sought.wipe(comment.text)
        if (name, text) != (comment.name, comment.text):
            comment.name, comment.text = name[:120], text[:5000]
            comment.save(update_fields=["name", "text"])
            count += 1
    return count


def _wipe_sources(public: _Sought | None, everything: _Sought, touched: set[int]) -> int:
    """Every other text of these tables; `touched` learns which pages changed."""
    count = 0
    for model in _tables():
        for column in model._meta.local_concrete_fields:
            sought = everything if column.name in DESK_ALONE else public
            if sought is None or not _holds_words(column) or (model is Byline and column.name != "about"):
                continue
            changed = _wipe_column(model, column, sought)
            count += len(changed)
            touched |= _pages_of(model, changed)
            if model in FOUND:
                FOUND[model](changed)
    return count + _settle_addresses(touched)


def _tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OWN_TABLES and model._meta.label_lower not in LEFT_OUT and model._meta.managed
    ]


def _holds_words(column: models.Field[Any, Any]) -> bool:
    kinds = models.CharField | models.TextField | models.JSONField | StreamField
    return isinstance(column, kinds) and not column.primary_key and not column.choices and column.name not in NO_WORDS


def _wipe_column(model: type[models.Model], column: models.Field[Any, Any], sought: _Sought) -> list[Any]:
    """Wipe one column; gives the keys of the rows that changed. A page's body is read as the JSON that it is, not as blocks."""
    rows = model._base_manager.annotate(as_text=Cast(F(column.name), TextField())).filter(sought.likely("as_text"))
    is_json = isinstance(column, models.JSONField | StreamField)
    changed = []
    for pk, text in list(rows.values_list("pk", "as_text")):
        value = json.loads(text) if is_json else text
        fresh = sought.wipe_address(value) if column.name in ADDRESSES else sought.wipe(value)
        if fresh == value:
            continue
        if not is_json and column.max_length:
            fresh = fresh[: column.max_length]
        if column.unique and model._base_manager.filter(**{column.name: fresh}).exists():
            fresh = f"{SLUG}-{pk}"
        model._base_manager.filter(pk=pk).update(**{column.name: fresh})
        changed.append(pk)
    return changed


def _pages_of(model: type[models.Model], keys: list[Any]) -> set[int]:
    """Pages on which these rows show."""
    if not keys:
        return set()
    if issubclass(model, Page):
        return set(keys)
    if issubclass(model, Picture | NewsDocument):
        for one in model._base_manager.filter(pk__in=keys):
            insert_or_update_object(one)
    names = {f.name for f in model._meta.local_concrete_fields}
    if "article" in names:
        return set(model._base_manager.filter(pk__in=keys).exclude(article=None).values_list("article_id", flat=True))
    return set()


def _settle_addresses(touched: set[int]) -> int:
    """Two pages side by side may have come to the same address."""
    count = 0
    for page in Page.objects.filter(pk__in=touched, slug__contains=SLUG).order_by("pk"):
        if page.get_siblings(inclusive=False).filter(slug=page.slug).exists():
            slug = f"{page.slug}-{page.pk}"[-255:]
            address = page.url_path.rstrip("/").rpartition("/")[0]
            Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{address}/{slug}/")
            count += 1
    return count


def _wipe_revisions(public: _Sought | None, everything: _Sought, touched: set[int]) -> int:
    """Old versions too. A yes that stood for a version stands for what is left of it."""
    count = 0
    rows = Revision.objects.annotate(as_text=Cast(F("content"), TextField()))
    for revision in list(rows.filter(everything.likely("as_text") | everything.likely("object_str"))):
        fresh = {key: _wipe_value(key, value, public, everything) for key, value in revision.content.items()}
        label = public.wipe(revision.object_str) if public else revision.object_str
        if fresh == revision.content and label == revision.object_str:
            continue
        before = content_digest(revision.content)
        Revision.objects.filter(pk=revision.pk).update(content=fresh, object_str=label[:255])
        after = content_digest(Revision.objects.values_list("content", flat=True).get(pk=revision.pk))
        Approval.objects.filter(revision_id=revision.pk, digest=before).update(digest=after)
        if str(revision.object_id).isdigit():
            touched.add(int(revision.object_id))
        count += 1
    return count


def _wipe_value(key: str, value: Any, public: _Sought | None, everything: _Sought) -> Any:
    if key in DESK_ALONE:
        return everything.wipe(value)
    if public is None:
        return value
    return public.wipe_address(value) if key in ADDRESSES else public.wipe(value)


def _draw_anew(sought: _Sought, touched: set[int]) -> None:
    """What the public sees and what the searches hold, from the sources as they are now; then the addresses that named the person."""
    stale = sought.likely("path") | sought.likely("title") | sought.likely("html")
    drawn = LivePage.objects.annotate(in_card=Cast(F("card"), TextField()), in_head=Cast(F("head"), TextField()))
    touched |= set(drawn.filter(stale | sought.likely("in_card") | sought.likely("in_head")).values_list("pk", flat=True))
    for page in Page.objects.filter(pk__in=touched).order_by("path"):
        reflect_live(page)
        insert_or_update_object(page.specific)
    gone = [old.pk for old in OldAddress.objects.filter(sought.likely("path")) if sought.pattern.search(old.path)]
    OldAddress.objects.filter(pk__in=gone).delete()
    redirects = apps.get_model("wagtailredirects", "Redirect")
    redirects.objects.filter(sought.likely("old_path")).delete()
