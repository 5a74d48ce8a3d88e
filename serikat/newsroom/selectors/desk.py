"""What the editor's own pages show: the first page, and one page under review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageLogEntry, Revision

from serikat.kernel.access import Actor, Role
from serikat.kernel.errors import Missing, Words
from serikat.newsroom import permissions
from serikat.newsroom.models import (
    Approval,
    Article,
    ArticleIndex,
    Byline,
    EnglishVersion,
    LivePage,
    Rubric,
    StaticPage,
    Submission,
)
from serikat.newsroom.rules.approval import content_digest, may_approve
from serikat.newsroom.selectors import comments, editing, gaps, posts, reading, requests


@dataclass(frozen=True, slots=True)
class Line:
    """A page in a list of the desk."""

    page_id: int
    title: str
    at: datetime | None
    who: str = ""
    note: str = ""


def first_page(actor: Actor, since: datetime) -> dict[str, Any]:
    """Everything on an editor's first page; the number of queries does not grow with the pages. Parts with nothing in them are named together."""
    found = _parts(actor, since)
    found["empty"] = [str(name) for keys, name in PARTS if not any(found[key] for key in keys)]
    return found


PARTS: list[tuple[tuple[str, ...], Words]] = [
    (("waiting",), _("menunggu persetujuan")),
    (("requests",), _("hak jawab, koreksi, keberatan")),
    (("drafts",), _("konsep Anda")),
    (("posts", "comments"), _("tulisan pekerja")),
    (("scheduled",), _("terjadwal")),
    (("live_today",), _("tayang hari ini")),
    (("read",), _("yang dibaca 7 hari ini")),
    (("lacking",), _("yang masih kurang")),
]


def _parts(actor: Actor, since: datetime) -> dict[str, Any]:
    return {
        "waiting": [_waiting(s) for s in editing.waiting(actor)[:30]],
        "drafts": [_line(p, p.latest_revision_created_at) for p in editing.drafts_of(actor)],
        "scheduled": [Line(int(r.object_id), r.object_str, r.approved_go_live_at) for r in editing.scheduled(actor)[:20]],
        "live_today": [_line(p, p.last_published_at) for p in editing.live_since(actor, since)],
        "lacking": gaps.lacking(actor),
        "read": reading.most_read(actor, "minggu", timezone.localdate(), 5),
        "posts": list(posts.posts_waiting(actor)[:5]) + list(posts.posts_lately(actor)),
        "comments": comments.comments_waiting(actor).count() if actor.holds(Role.MODERATOR) else 0,
        "requests": list(requests.open_requests(actor)[:5]),
        "now": timezone.now(),
        "requests_late": requests.overdue(actor),
        "rule_lifted": not editing.approval_required(),
        "stream": ArticleIndex.objects.values_list("pk", flat=True).first(),
    }


def _line(page: Page, at: datetime | None) -> Line:
    return Line(page.pk, page.draft_title or page.title, at)


def _waiting(submission: Submission) -> Line:
    revision = submission.revision
    return Line(int(revision.object_id), revision.object_str, submission.at, str(submission.by or ""), submission.note)


def review(actor: Actor, page: Page) -> dict[str, Any]:
    """A page under review: its newest revision, who touched it, what was asked and answered, and what this reader may do."""
    revision = page.get_latest_revision()
    if revision is None:
        raise Missing
    touched = editing.who_touched(page, revision.pk)
    users = get_user_model()._default_manager.filter(pk__in=touched).order_by("pk")
    approved = editing.is_approved(page, revision.pk)
    is_live = page.live and page.live_revision_id == revision.pk
    may = bool(permissions.may_approve_page(actor, page)) and actor.user_id is not None
    newest = revision.as_object()
    lift = posts.lift_of_page(page.pk)
    return {
        "page": page,
        "newest": newest,
        "revision": revision,
        "touched": list(users),
        "submission": Submission.objects.filter(revision=revision).select_related("by", "answered_by").first(),
        "approval": Approval.objects.filter(revision=revision).select_related("by", "safety").first() if approved else None,
        "is_live": is_live,
        "is_scheduled": revision.approved_go_live_at is not None,
        "goes_live_at": newest.go_live_at if newest.go_live_at and newest.go_live_at > timezone.now() else None,
        "own_work": may and actor.user_id is not None and not may_approve(actor.user_id, touched),
        "may_approve": may
        and not approved
        and not is_live
        and actor.user_id is not None
        and may_approve(actor.user_id, touched),
        "may_release": (approved or not editing.approval_required())
        and not is_live
        and revision.approved_go_live_at is None,
        "rule_lifted": not editing.approval_required(),
        "may_moderate": isinstance(page.specific, Article) and bool(permissions.may_moderate(actor, page)),
        "may_distribute": isinstance(page.specific, Article) and bool(permissions.may_distribute(actor, page)),
        "english": _english_of(page),
        "gaps": gaps.gaps_of(revision.content) if isinstance(newest, Article) and not is_live else [],
        "public_path": LivePage.objects.filter(page_id=page.pk).values_list("path", flat=True).first() if is_live else None,
        "original": page.get_parent() if isinstance(newest, EnglishVersion) else None,
        "may_begin_english": isinstance(newest, Article | StaticPage) and _english_of(page) is None,
        "lift": lift,
        "concerns": {c.aspect: c for c in lift.post.concerns.all()} if lift else {},
        "writer_agreed": posts.has_agreed(page.pk, revision.pk),
    }


def _english_of(page: Page) -> EnglishVersion | None:
    return EnglishVersion.objects.child_of(page).first()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version of a page, with what was said about it."""

    revision: Revision
    submission: Submission | None
    approval: Approval | None
    still_approved: bool  # what was approved is what the version still holds
    live_at: list[datetime]
    is_live: bool


MOST_VERSIONS = 100


def versions_of(page: Page) -> list[Version]:
    """Who wrote, sent, approved and put live what, the newest first: versions of which something was said, and who saved each. Five queries."""
    revisions = list(page.revisions.select_related("user").order_by("-pk")[:MOST_VERSIONS])
    keys = [revision.pk for revision in revisions]
    sent = {s.revision_id: s for s in Submission.objects.filter(revision__in=keys).select_related("by", "answered_by")}
    approved = {a.revision_id: a for a in Approval.objects.filter(revision__in=keys).select_related("by", "safety")}
    live: dict[int, list[datetime]] = {}
    logged = PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish", revision__in=keys)
    for revision_id, moment in logged.order_by("timestamp").values_list("revision_id", "timestamp"):
        live.setdefault(revision_id, []).append(moment)
    return [
        Version(
            revision,
            sent.get(revision.pk),
            approved.get(revision.pk),
            revision.pk in approved and approved[revision.pk].digest == content_digest(revision.content),
            live.get(revision.pk, []),
            page.live and page.live_revision_id == revision.pk,
        )
        for revision in revisions
    ]


def rubric(pk: int) -> Rubric:
    row = Rubric.objects.filter(pk=pk).first()
    if row is None:
        raise Missing
    return row


def byline(pk: int) -> Byline:
    row = Byline.objects.filter(pk=pk).first()
    if row is None:
        raise Missing
    return row
