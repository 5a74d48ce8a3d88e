"""The sender's side of a request: send it, answer what the desk asks, say yes to shortened words, take it back. No account and no address is noted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from serikat.accounts.services import leave_notice
from serikat.audit.action import action, inner, note, notes_say
from serikat.files.inspection import Checked
from serikat.files.services import keep_file
from serikat.kernel.access import Actor, who_may
from serikat.kernel.codes import derived_code
from serikat.kernel.errors import Conflict, Refused, Words
from serikat.kernel.numbering import next_number
from serikat.kernel.secrets import blind_index
from serikat.kernel.text import clean_text
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, Clip, EditorialRequest, Post, RequestMessage
from serikat.newsroom.rules import requests as rules
from serikat.newsroom.selectors import requests as reads

notes_say(asked_for=_("jenis permintaan"), evidence=_("jumlah berkas bukti"))

State = EditorialRequest.State
MOST_OPEN_HERE = 20
MOST_AN_HOUR = 60  # in all


class NothingSaid(Refused):
    message = _("Tulis dulu apa yang Anda minta.")


class NameMissing(Refused):
    message = _("Hak jawab tampil dengan nama. Tulis nama Anda atau nama organisasi Anda.")


class TooManyRequests(Refused):
    message = _("Banyak permintaan sedang menunggu dijawab. Salin kata-kata Anda dan coba lagi nanti.")


class NothingAsked(Conflict):
    message = _("Tidak ada yang menunggu jawaban Anda.")


class AlreadyClosed(Conflict):
    message = _("Permintaan ini sudah selesai.")


@inner("reads only")
def code_of(*, key: uuid.UUID) -> str:
    """The sender's code. It follows from the key that their form was made with, so that sending twice shows the same; no table holds either."""
    return derived_code(blind_index(str(key), "newsroom request code"), reads.CODE_LENGTH)


@inner("part of another action")
def send_request_once(*, actor: Actor, key: uuid.UUID, **values: Any) -> str:
    """Send what was not sent yet; gives the code by which its sender follows it."""
    code = code_of(key=key)
    known = EditorialRequest.objects.filter(code_mark=reads.mark_of(code))
    if not known.exists():
        try:
            send_request(actor=actor, code=code, **values)
        except IntegrityError:  # the same form, sent twice at the same moment
            if not known.exists():
                raise
    return code


@action(
    "newsroom.editorial_request.sent",
    may=permissions.may_send_request,
    says=_("mengirim permintaan kepada redaksi"),
    on="about",
    makes=True,
)
def send_request(
    *,
    actor: Actor,
    code: str,
    about: Article | Post | Clip | None,
    kind: str,
    words: str,
    name: str = "",
    contact: str = "",
    unnamed: bool = False,
    title: str = "",
    evidence: Sequence[Checked] = (),
) -> EditorialRequest:
    """Take a request in, give it a number and a time, tell the editors in whose reach the page is. `title` is what was typed for a page of no
    address of ours."""
    words, name = clean_text(words)[: rules.LONGEST_WORDS], " ".join(name.split())[:120]
    if not words:
        raise NothingSaid(field="words")
    if kind == rules.REPLY and not name:
        raise NameMissing(field="name")
    now = timezone.now()
    if reads.open_about(about).count() >= MOST_OPEN_HERE or reads.sent_since(now - timedelta(hours=1)) >= MOST_AN_HOUR:
        raise TooManyRequests(field="words")
    year, clock = timezone.localdate().year, reads.rule()
    request = EditorialRequest.objects.create(
        year=year,
        number=next_number(f"newsroom.request:{year}"),
        code_mark=reads.mark_of(code),
        kind=kind,
        **reads.fields_of(about),
        title=(about.title if about is not None else " ".join(title.split()))[:255],
        unit=about.unit if about is not None else reads.root_unit(),
        name=name,
        contact=" ".join(contact.split())[:200],
        words=words,
        unnamed=unnamed and kind != rules.REPLY,
        sent_at=now,
        due_at=rules.due_at(kind, now, complaint_hours=clock.complaint_hours, answer_days=clock.answer_days),
    )
    for checked in evidence:
        keep_file(actor=actor, checked=checked, holder_ref=f"{reads.HOLDER}:{request.pk}", unit=request.unit)
    note(asked_for=str(request.get_kind_display()), evidence=len(evidence))
    tell_desk(actor=actor, request=request, words=_("Permintaan baru, {what}: {title}"))
    return request


@inner("part of another action")
def tell_desk(*, actor: Actor, request: EditorialRequest, words: Words, to: Sequence[int] | None = None) -> int:
    """Leave those who may answer it (or `to`) a notice that leads to it, without a word of who sent it; `words` may name {what} and {title}."""
    readers = who_may(permissions.may_answer_request, request) if to is None else to
    told = sorted(set(readers) - {actor.user_id})
    for user_id in told:
        leave_notice(
            actor=actor,
            user_id=user_id,
            text=format_lazy(words, what=request, title=request.title),
            link=reverse("newsroom_desk:request", args=[request.pk]),
        )
    return len(told)


@inner("part of another action")
def locked(*, request: EditorialRequest, states: Sequence[str]) -> EditorialRequest:
    """The row as it stands now: two pages may be open."""
    related = ("article", "post", "clip", "unit")
    fresh = EditorialRequest.objects.select_for_update(of=("self",)).select_related(*related).get(pk=request.pk)
    if fresh.state not in states:
        raise AlreadyClosed if fresh.state not in reads.WORKED_ON else NothingAsked
    return fresh


def _resume(request: EditorialRequest) -> None:
    """It waits for the desk again; the clock stood meanwhile."""
    now = timezone.now()
    if request.paused_at is not None:
        request.due_at = rules.resumed(request.due_at, paused_at=request.paused_at, now=now)
    request.state, request.paused_at = State.OPEN, None
    request.save(update_fields=["state", "paused_at", "due_at", "agreed_digest", "shown_words"])


@action(
    "newsroom.editorial_request.answered_back",
    may=permissions.may_follow_request,
    says=_("menjawab pertanyaan redaksi"),
    on="request",
)
def answer_question(*, actor: Actor, request: EditorialRequest, words: str) -> None:
    """The sender's answer to what the desk asked. Words of theirs that were to be shortened stay as they were sent."""
    words = clean_text(words)[: rules.LONGEST_ANSWER]
    if not words:
        raise NothingSaid(field="words")
    fresh = locked(request=request, states=(State.ASKED,))
    RequestMessage.objects.create(request=fresh, kind=RequestMessage.Kind.ANSWER, words=words, at=timezone.now())
    if not fresh.agreed_digest:
        fresh.shown_words = ""
    _resume(fresh)
    tell_desk(actor=actor, request=fresh, words=_("Pengirim menjawab, {what}: {title}"))


@action(
    "newsroom.editorial_request.agreed",
    may=permissions.may_follow_request,
    says=_("setuju hak jawabnya tampil lebih pendek"),
    on="request",
)
def agree_to_words(*, actor: Actor, request: EditorialRequest, digest: str) -> None:
    """Yes to exactly these words, which stand on the page in place of those that were sent."""
    fresh = locked(request=request, states=(State.ASKED,))
    if not fresh.shown_words:
        raise NothingAsked
    if rules.words_digest(fresh.shown_words) != digest:
        raise Conflict(_("Redaksi sudah mengubahnya lagi. Baca yang terbaru, lalu jawab."))
    fresh.agreed_digest = digest
    _resume(fresh)
    tell_desk(actor=actor, request=fresh, words=_("Pengirim setuju, {what}: {title}"))


@action(
    "newsroom.editorial_request.withdrawn",
    may=permissions.may_follow_request,
    says=_("menarik permintaannya"),
    on="request",
    fields=("state",),
)
def withdraw_request(*, actor: Actor, request: EditorialRequest) -> None:
    """The sender takes it back before it is decided."""
    fresh = locked(request=request, states=reads.WORKED_ON)
    fresh.state, fresh.decided_at, fresh.paused_at = State.WITHDRAWN, timezone.now(), None
    fresh.save(update_fields=["state", "decided_at", "paused_at"])
    tell_desk(actor=actor, request=fresh, words=_("Ditarik pengirimnya, {what}: {title}"))
    request.refresh_from_db()
