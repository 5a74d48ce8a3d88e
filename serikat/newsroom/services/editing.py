"""From draft to live: submit, approve, send back, publish, schedule, publish what is due; and the organisation's rule about it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, Revision

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note, notes_say
from serikat.kernel.access import SYSTEM, Actor, who_may
from serikat.kernel.errors import Conflict, Missing, Refused, Words
from serikat.newsroom import permissions
from serikat.newsroom.models import Approval, EditingRule, Submission
from serikat.newsroom.rules.approval import may_approve
from serikat.newsroom.rules.safety import Answer
from serikat.newsroom.selectors.editing import approval_required, digest_of, due_revisions, expired_pages, who_touched
from serikat.newsroom.services.approval import NotApproved, OwnWork
from serikat.newsroom.services.lifting import ask_for_yes
from serikat.newsroom.services.safety import keep_answers, require_answers

notes_say(
    revision=_("nomor versi"),
    told=_("yang diberi tahu"),
    at=_("waktu tayang"),
    required_before=_("sebelumnya wajib disetujui orang kedua"),
    required_from_now=_("sekarang wajib disetujui orang kedua"),
)

logger = logging.getLogger(__name__)


class AlreadyApproved(Conflict):
    message = _("Versi ini sudah disetujui.")


class NewerVersion(Conflict):
    message = _("Sudah ada versi yang lebih baru. Periksa versi itu.")


class NothingToSubmit(Refused):
    message = _("Tidak ada yang perlu diperiksa: halaman ini tayang seperti adanya.")


class NoteMissing(Refused):
    message = _("Tulis apa yang harus diperbaiki.")


class Incomplete(Refused):
    """A draft may be saved with holes in it; what a second person is asked to read may not."""


def _check_complete(revision: Revision) -> None:
    """Refuse a body with parts that the editor's own form would refuse: a heading without words, a picture block without a picture."""
    page = revision.as_object()
    body = getattr(page, "body", None)
    if body is None:
        return
    try:
        body.stream_block.clean(body)
    except StreamBlockValidationError as error:
        parts = sorted({str(body[number].block.label) for number in error.block_errors if isinstance(number, int)})
        raise Incomplete(
            _("Isinya belum lengkap, pada: {parts}. Lengkapi atau hapus bagian itu, lalu coba lagi.").format(
                parts=", ".join(parts)
            )
        ) from None


def _newest(page: Page, revision_id: int | None) -> Revision:
    """The page's newest revision; whoever means an older one is told."""
    latest = page.revisions.filter(pk=Page.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)).first()
    if latest is None:
        raise Missing
    if revision_id is not None and latest.pk != revision_id:
        raise NewerVersion
    return latest  # type: ignore[no-any-return]


@action("newsroom.page.submitted", may=permissions.may_edit_page, on="page", says=_("mengirim halaman untuk diperiksa"))
def submit_page(*, actor: Actor, page: Page, note_to_reader: str = "") -> Submission:
    """Ask for a second person's yes to the page's newest revision, and tell those who may give it."""
    revision = _newest(page, None)
    if page.live and not page.has_unpublished_changes:
        raise NothingToSubmit
    _check_complete(revision)
    submission, _made = Submission.objects.update_or_create(
        revision=revision,
        defaults={
            "by_id": actor.user_id,
            "at": timezone.now(),
            "note": note_to_reader[:600],
            "answered_by": None,
            "answered_at": None,
            "answer": "",
        },
    )
    touched = who_touched(page, revision.pk)
    others = tuple(u for u in who_may(permissions.may_approve_page, page) if may_approve(u, touched))
    note(revision=revision.pk, told=len(others))
    _tell(actor, others, page, _("Menunggu persetujuan Anda: {title}"))
    ask_for_yes(actor=actor, page=page)
    return submission


@action("newsroom.page.approved", may=permissions.may_approve_page, on="page", says=_("menyetujui halaman"))
def approve_page(*, actor: Actor, page: Page, revision_id: int, answers: Mapping[str, Answer]) -> Approval:
    """Say yes to exactly this revision, which must be the newest, with the answers of the safety check. Refuses whoever touched it."""
    revision = _newest(page, revision_id)
    touched = who_touched(page, revision.pk)
    if actor.user_id is None or not may_approve(actor.user_id, touched):
        raise OwnWork
    _check_complete(revision)
    digest = digest_of(revision.pk)
    if Approval.objects.filter(revision=revision, digest=digest).exclude(by_id__in=touched).exists():
        raise AlreadyApproved
    require_answers(answers=answers)
    approval, _made = Approval.objects.update_or_create(
        revision=revision,
        defaults={"by_id": actor.user_id, "batch": "", "at": timezone.now(), "digest": digest},
    )
    keep_answers(actor=actor, answers=answers, digest=digest, approval=approval)
    _answer(revision, actor, "")
    note(revision=revision.pk)
    _tell(actor, touched, page, _("Disetujui: {title}"))
    return approval


@action(
    "newsroom.page.sent_back", may=permissions.may_approve_page, on="page", says=_("mengembalikan halaman untuk diperbaiki")
)
def send_back_page(*, actor: Actor, page: Page, revision_id: int, reason: str) -> None:
    """Ask for changes, with a note; an approval of this revision, if there was one, is taken back."""
    if not reason.strip():
        raise NoteMissing(field="reason")
    revision = _newest(page, revision_id)
    Approval.objects.filter(revision=revision).delete()
    revision.approved_go_live_at = None
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    _answer(revision, actor, reason)
    note(revision=revision.pk)
    _tell(actor, who_touched(page, revision.pk), page, _("Dikembalikan dengan catatan: {title}"))


def _tell(actor: Actor, user_ids: Iterable[int], page: Page, words: Words) -> None:
    """Leave a notice that leads to the page's review, for everybody but who did it."""
    for user_id in sorted(set(user_ids) - {actor.user_id}):
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(words, title=page.draft_title),
            link=reverse("newsroom_desk:review", args=[page.pk]),
        )


def _answer(revision: Revision, actor: Actor, answer: str) -> None:
    Submission.objects.filter(revision=revision, answered_at=None).update(
        answered_by_id=actor.user_id, answered_at=timezone.now(), answer=answer[:600]
    )


@inner("reads only")
def goes_live_at(*, revision: Revision) -> datetime | None:
    """The time to come that the revision itself names; None when it goes live at once."""
    moment: datetime | None = revision.as_object().go_live_at
    return moment if moment is not None and moment > timezone.now() else None


@action("newsroom.page.published", may=permissions.may_publish_page, on="page", says=_("menayangkan halaman"))
def publish_page(*, actor: Actor, page: Page, revision_id: int) -> None:
    """Put an approved revision live now. A revision that names a time to come is refused: it is scheduled."""
    revision = _revision(page, revision_id)
    if goes_live_at(revision=revision) is not None:
        raise Conflict(_("Versi ini punya waktu tayang. Jadwalkan."))
    note(revision=revision.pk)
    revision.publish(user=_user(actor), skip_permission_checks=True)  # the doorway asked
    page.refresh_from_db()


@action("newsroom.page.scheduled", may=permissions.may_publish_page, on="page", says=_("menjadwalkan halaman"))
def schedule_page(*, actor: Actor, page: Page, revision_id: int) -> None:
    """Let an approved revision go live by itself at the time it names."""
    revision = _revision(page, revision_id)
    note(revision=revision.pk, at=goes_live_at(revision=revision))
    revision.publish(user=_user(actor), skip_permission_checks=True)  # the doorway asked


@inner("part of another action")
def release_page(*, actor: Actor, page: Page, revision_id: int) -> bool:
    """Publish now or schedule, as the revision itself says; True when it is live now."""
    if goes_live_at(revision=_revision(page, revision_id)) is None:
        publish_page(actor=actor, page=page, revision_id=revision_id)
        return True
    schedule_page(actor=actor, page=page, revision_id=revision_id)
    return False


def _revision(page: Page, revision_id: int) -> Revision:
    revision = page.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise Missing
    return revision  # type: ignore[no-any-return]


def _user(actor: Actor) -> object:
    """The user object that Wagtail's own history shows."""
    from django.contrib.auth import get_user_model  # reason: models are loaded late

    return get_user_model()._default_manager.filter(pk=actor.user_id).first() if actor.user_id else None


@action(
    "newsroom.page.held",
    may=permissions.may_publish_page,
    on="page",
    says=_("menahan halaman: jadwalnya tiba tanpa persetujuan"),
)
def hold_page(*, actor: Actor, page: Page, revision_id: int) -> None:
    """Take a scheduled revision off the schedule: its time came and nobody else approved it."""
    Revision.objects.filter(pk=revision_id).update(approved_go_live_at=None)
    note(revision=revision_id)


@action("newsroom.page.expired", may=permissions.may_publish_page, on="page", says=_("menurunkan halaman pada waktunya"))
def expire_page(*, actor: Actor, page: Page) -> None:
    """Withdraw a page whose time is over."""
    page.unpublish(set_expired=True)


@inner("part of another action")
def publish_due(*, actor: Actor = SYSTEM) -> dict[str, int]:
    """Put live what is due and withdraw what is over, each in its own transaction; what nobody approved is held back.

    Called every half minute or less. What was due while nothing ran goes live at the next call.
    """
    done = {"published": 0, "held": 0, "expired": 0}
    for revision in due_revisions():
        page = Page.objects.filter(pk=revision.object_id).first()
        if page is None:
            continue
        page = page.specific
        try:
            publish_page(actor=actor, page=page, revision_id=revision.pk)
            done["published"] += 1
        except NotApproved:
            hold_page(actor=actor, page=page, revision_id=revision.pk)
            done["held"] += 1
        except Exception:
            logger.exception("Revision %s of page %s could not go live", revision.pk, page.pk)
    for page in expired_pages():
        expire_page(actor=actor, page=page.specific)
        done["expired"] += 1
    return done


@action(
    "newsroom.editing_rule.changed",
    may=permissions.may_change_editing_rule,
    says=_("mengubah aturan persetujuan dua orang"),
)
def change_editing_rule(*, actor: Actor, approval_required_from_now: bool, reason: str) -> None:
    """Lift or restore the rule of the second person. A reason is needed to lift it; the desk shows a banner while it is lifted."""
    if not approval_required_from_now and not reason.strip():
        raise NoteMissing(_("Tulis mengapa aturan ini dicabut."), field="reason")
    note(required_before=approval_required(), required_from_now=approval_required_from_now)
    EditingRule.objects.update_or_create(id=1, defaults={"approval_required": approval_required_from_now})


@inner("part of another action")
def approve_and_release(*, actor: Actor, page: Page, revision_id: int, answers: Mapping[str, Answer]) -> bool:
    """Approve, and put live or schedule, in one transaction; True when it is live now."""
    with transaction.atomic():
        approve_page(actor=actor, page=page, revision_id=revision_id, answers=answers)
        return release_page(actor=actor, page=page, revision_id=revision_id)
