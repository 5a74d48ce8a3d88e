"""The guard: what goes live was approved by another person. Asked by the deepest points that Wagtail has (see `cms.guard`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from serikat.audit.action import inner, notes_say, register
from serikat.audit.services import record
from serikat.kernel.access import Actor, console
from serikat.kernel.errors import Refused
from serikat.newsroom import permissions
from serikat.newsroom.models import Approval
from serikat.newsroom.selectors.editing import approval_required, digest_of, is_approved
from serikat.newsroom.services.lifting import check_agreed

notes_say(batch=_("kiriman"), approved_by=_("disetujui oleh"))

register("newsroom.batch.approved", may=permissions.may_approve_batch, says=_("mencatat persetujuan satu kiriman impor"))


class NotApproved(Refused):
    message = _(
        "Halaman ini belum boleh tayang: orang lain, yang tidak ikut menulisnya, harus menyetujui versi ini. "
        "Kirim untuk diperiksa."
    )
    code = "not_approved"


class OwnWork(Refused):
    message = _("Anda ikut menulis versi ini. Orang lain yang harus menyetujuinya.")
    code = "own_work"


# What may be written to a live page without approval: nothing that a reader reads.
BOOKKEEPING = frozenset(
    [
        "pk",
        "id",
        "path",
        "depth",
        "numchild",
        "url_path",
        "live",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "locked",
        "locked_at",
        "locked_by",
        "expired",
        "owner",
        "wagtail_admin_comments",
        "html",
        "shown_at",
        "minutes",
        "source_key",
        "source_hash",
        "import_notes",
        "page_ptr",
        "index_entries",
    ]
)
_WRITABLE = BOOKKEEPING - {"live", "live_revision", "first_published_at", "last_published_at"}

_batch: ContextVar[str] = ContextVar("approved_batch", default="")
_publishing: ContextVar[int | None] = ContextVar("publishing_page", default=None)


@inner("part of another action")
@contextmanager
def approved_batch(*, actor: Actor | None = None, batch: str, approved_by: str = "") -> Iterator[None]:
    """Within this block pages may go live without a second person: the console approved the whole batch, which the trail says once.

    `batch` names it (at most 80 characters), `approved_by` is the person who stands behind it. Only the console and the system may.
    """
    record(
        actor=actor or console(approved_by or "konsol"), name="newsroom.batch.approved", batch=batch, approved_by=approved_by
    )
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)


@inner("reads only")
def in_batch() -> bool:
    return bool(_batch.get())


@inner("machinery")
@contextmanager
def publishing(*, revision: Revision) -> Iterator[None]:
    """Let this revision's page go live, after asking that somebody else approved exactly this revision."""
    page = revision.content_object
    _require_approved(page, revision.pk)
    if not _batch.get():
        check_agreed(page=page, revision=revision)
    token = _publishing.set(page.pk)
    try:
        yield
    finally:
        _publishing.reset(token)


def _require_approved(page: Page, revision_id: int) -> None:
    if batch := _batch.get():
        _approve_for_batch(revision_id, batch)
    elif approval_required() and not is_approved(page, revision_id):
        raise NotApproved


def _approve_for_batch(revision_id: int, batch: str) -> None:
    Approval.objects.update_or_create(
        revision_id=revision_id,
        defaults={"by": None, "batch": batch[:80], "at": timezone.now(), "digest": digest_of(revision_id)},
    )


@inner("reads only")
def check_saving(*, page: Page, update_fields: Any = None) -> None:
    """Refuse to write a live page unless it is being published, or nothing that a reader reads changes. See `_may_save`."""
    if page.live and not _may_save(page, update_fields):
        raise NotApproved


def _may_save(page: Page, update_fields: Any) -> bool:
    if update_fields is not None and set(update_fields) <= _WRITABLE:
        return True
    going_live = _publishing.get()
    if going_live is not None and going_live in (page.pk, page.alias_of_id):
        return True
    if _batch.get():
        if page.live_revision_id:
            _approve_for_batch(page.live_revision_id, _batch.get())
        return True
    before = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    if before is not None and not before.live and update_fields is not None and "live" not in update_fields:
        return True
    if before is not None and before.live and readable(before) == readable(page):
        return True
    return not approval_required()


@inner("reads only")
def readable(page: Page) -> dict[str, Any]:
    """A page's content without its bookkeeping: what must not change on a live page without approval."""
    return {name: value for name, value in page.serializable_data().items() if name not in BOOKKEEPING}


@inner("reads only")
def check_bulk_update(*, values: dict[str, Any]) -> None:
    """Refuse to set pages live past their `save`."""
    if values.get("live") not in (None, False) and not _batch.get() and approval_required():
        raise NotApproved


@inner("part of another action")
def forget_approval(*, revision: Revision) -> None:
    """A revision that is written anew needs a new approval."""
    with transaction.atomic():
        Approval.objects.filter(revision=revision).delete()
