"""Reading for editors: pages in reach of their mandates, who touched a revision, what waits for approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from serikat.kernel.access import Actor, Role
from serikat.newsroom.models import (
    Approval,
    Article,
    ArticleIndex,
    Byline,
    EditingRule,
    EnglishVersion,
    HomePage,
    LivePage,
    NewsDocument,
    Picture,
    Rubric,
    StaticPage,
    Submission,
)
from serikat.newsroom.rules.approval import Saved, content_digest, touched_by

PAGE_TYPES = (HomePage, ArticleIndex, StaticPage, Article, EnglishVersion)
MOST_TODAY = 500  # pages that a whole organisation puts live within what an editor looks back on
CONTAINERS = (HomePage, ArticleIndex)  # every editor walks through them, whatever their unit


def approval_required() -> bool:
    """The organisation's rule; yes when nothing was ever decided."""
    required = EditingRule.objects.values_list("approval_required", flat=True).first()
    return required is not False


def live_pages_with(medium: Picture | NewsDocument) -> QuerySet[Page]:
    """The live pages that show a picture or offer a document, by Wagtail's index of references."""
    used_by = ReferenceIndex.get_references_to(medium).filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = {int(key) for key in used_by.values_list("object_id", flat=True)}
    pages: QuerySet[Page] = Page.objects.filter(pk__in=keys, shown__isnull=False)
    return pages.order_by("pk")


def reach(actor: Actor, lookup: str = "unit__path", *, roles: tuple[Role, ...] = (Role.EDITOR,)) -> Q:
    """What names a unit within reach of a mandate for one of these roles: an editor's, unless said otherwise."""
    scope = Q(pk__in=[])
    for path in actor.reach(*roles):
        scope |= Q(**{f"{lookup}__startswith": path})
    return scope


def reaches_all(actor: Actor) -> bool:
    """Whether an editor's mandate reaches the whole organisation."""
    return any(path.count("/") == 1 for path in actor.reach(Role.EDITOR))


def pages_in_reach(actor: Actor) -> QuerySet[Page]:
    """Pages whose unit an editor's mandate reaches, wherever they stand in the page tree. Asked page by page: whoever narrows it to a few pages never
    pays for all of them."""
    scope = Q(pk__in=[])
    for kind in PAGE_TYPES:
        scope |= Q(Exists(kind.objects.filter(reach(actor), pk=OuterRef("pk"))))
    return Page.objects.filter(scope)  # type: ignore[no-any-return]


def pages_to_walk(actor: Actor) -> QuerySet[Page]:
    """What an editor sees in the explorer: what they reach, and the containers on the way there."""
    if not actor.holds(Role.EDITOR):
        return Page.objects.none()  # type: ignore[no-any-return]
    scope = Q(pk__in=pages_in_reach(actor).values("pk"))
    for kind in CONTAINERS:
        scope |= Q(pk__in=kind.objects.values("pk"))
    return Page.objects.filter(scope)  # type: ignore[no-any-return]


def pages_to_link(actor: Actor) -> QuerySet[Page]:
    """What an editor may link to: what is live for everybody, and what they see in the explorer. The tree's root leads there."""
    return Page.objects.filter(Q(live=True) | Q(depth=1) | Q(pk__in=pages_to_walk(actor).values("pk")))  # type: ignore[no-any-return]


def media_in_reach(actor: Actor, kind: type[Picture] | type[NewsDocument]) -> QuerySet[Any]:
    """Pictures or documents an editor may change: of a unit within reach; those of no unit belong to the whole organisation."""
    scope = reach(actor)
    if actor.is_machine or reaches_all(actor):
        scope |= Q(unit=None)
    return kind.objects.filter(scope)  # type: ignore[no-any-return]


def history_of(page: Page) -> list[Saved]:
    """Every saved revision of a page, oldest first, with what it brought back."""
    restored: dict[int, int] = {}
    for entry in PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.revert").exclude(revision=None):
        restored[entry.revision_id] = int((entry.data or {}).get("revision", {}).get("id") or 0)
    approved = set(Approval.objects.filter(revision__in=page.revisions.values("pk")).values_list("revision_id", flat=True))
    rows = page.revisions.order_by("pk").values_list("pk", "user_id")
    return [Saved(pk, user_id, restored.get(pk) or None, pk in approved) for pk, user_id in rows]


def who_touched(page: Page, revision_id: int) -> frozenset[int]:
    """Ids of everybody who may not approve this revision."""
    live = Page.objects.filter(pk=page.pk).values_list("live_revision_id", flat=True).first()
    return touched_by(history_of(page), revision=revision_id, live=live)


def digest_of(revision_id: int) -> str:
    """The digest of a revision's content as the database holds it now."""
    return content_digest(Revision.objects.values_list("content", flat=True).get(pk=revision_id))


def is_approved(page: Page, revision_id: int) -> bool:
    """Whether somebody else's yes stands for this revision as it is now."""
    approval = Approval.objects.filter(revision_id=revision_id).first()
    if approval is None or approval.digest != digest_of(revision_id):
        return False
    return bool(approval.batch) or approval.by_id not in who_touched(page, revision_id)


def page_for(actor: Actor, page_id: int) -> Page | None:
    """A page that the actor edits, as its own kind; None for what is absent or out of reach."""
    page = pages_in_reach(actor).filter(pk=page_id).first()
    return page.specific if page else None  # type: ignore[no-any-return]


def waiting(actor: Actor) -> QuerySet[Submission]:
    """Submissions nobody answered yet whose revision is still the newest of its page, oldest first."""
    unanswered = Submission.objects.filter(_still_newest(), answered_at=None)
    near = _in_reach(actor, unanswered.values_list("revision__object_id", flat=True))
    return unanswered.filter(revision__object_id__in=near).select_related("revision", "by").order_by("at")


def _still_newest() -> Exists:
    """Nothing newer stands on the page. Asked of each submission, since there are few of them beside all pages."""
    return Exists(Page.objects.filter(latest_revision_id=OuterRef("revision_id")))


def sent_back(actor: Actor) -> QuerySet[Submission]:
    """What the actor sent and was sent back, while nothing newer stands on its page; the latest first."""
    own = Submission.objects.filter(by_id=actor.user_id or 0).exclude(answer="")
    own = own.filter(_still_newest())
    near = _in_reach(actor, own.values_list("revision__object_id", flat=True))
    return own.filter(revision__object_id__in=near).select_related("revision").order_by("-answered_at")


def drafts_of(actor: Actor, *, limit: int = 20) -> QuerySet[Page]:
    """Pages in reach with unpublished changes that the actor saved last and that wait for nobody, neither for a yes nor for their hour; newest first."""
    return (  # type: ignore[no-any-return]
        pages_in_reach(actor)
        .filter(has_unpublished_changes=True, latest_revision__user_id=actor.user_id)
        .filter(latest_revision__approved_go_live_at=None)
        .exclude(latest_revision_id__in=Submission.objects.filter(answered_at=None).values("revision_id"))
        .order_by("-latest_revision_created_at")[:limit]
    )


def scheduled(actor: Actor) -> QuerySet[Revision]:
    """Approved revisions in reach that go live at a time to come, soonest first."""
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    near = _in_reach(actor, planned.values_list("object_id", flat=True))
    return planned.filter(object_id__in=near).order_by("approved_go_live_at")  # type: ignore[no-any-return]


def live_since(actor: Actor, moment: datetime, *, limit: int = 20) -> QuerySet[Page]:
    """Articles and standing pages in reach that went live since then, newest first."""
    everywhere = LivePage.objects.filter(changed_at__gte=moment).exclude(kind__in=[LivePage.Kind.HOME, LivePage.Kind.INDEX])
    newest = list(everywhere.order_by("-changed_at").values_list("pk", flat=True)[:MOST_TODAY])
    live: QuerySet[Page] = pages_in_reach(actor).filter(pk__in=newest)
    return live.order_by("-last_published_at")[:limit]


def due_revisions() -> QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at", "pk")  # type: ignore[no-any-return]


def expired_pages() -> QuerySet[Page]:
    return Page.objects.filter(live=True, expire_at__lte=timezone.now()).order_by(F("expire_at"), "pk")  # type: ignore[no-any-return]


def _in_reach(actor: Actor, named: Iterable[str]) -> list[str]:
    """Which of these pages are in reach; revisions name their object as text. Asked of the few that are named, never of all pages."""
    numbers = {int(pk) for pk in named if pk.isdigit()}
    return [str(pk) for pk in pages_in_reach(actor).filter(pk__in=numbers).values_list("pk", flat=True)]


def is_cover(row: Model) -> bool:
    """Whether an article has this picture as its cover: Wagtail's index of references learns that only after a while."""
    return isinstance(row, Picture) and Article.objects.filter(cover=row).exists()


def rubrics() -> QuerySet[Rubric]:
    return Rubric.objects.all()


def bylines() -> QuerySet[Byline]:
    return Byline.objects.all()


def row_of(kind: type[Model], pk: int) -> Any:
    return kind._default_manager.filter(pk=pk).first()
