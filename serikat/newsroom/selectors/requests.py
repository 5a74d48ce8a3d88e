"""Requests to the newsroom: about which page, as their sender follows them, as the desk works through them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from serikat.files.models import StoredFile
from serikat.files.selectors import files_of
from serikat.kernel.access import Actor, who_may
from serikat.kernel.codes import clean_code, is_code
from serikat.kernel.errors import Missing
from serikat.kernel.secrets import blind_index
from serikat.newsroom import permissions
from serikat.newsroom.models import (
    Article,
    Byline,
    Clip,
    EditingRule,
    EditorialRequest,
    LiveClip,
    LivePage,
    Post,
    RequestMessage,
)
from serikat.newsroom.rules import requests as rules
from serikat.newsroom.selectors.comments import below_for_reader
from serikat.newsroom.selectors.editing import approval_required, reach
from serikat.newsroom.selectors.public import askable
from serikat.newsroom.selectors.searching import path_of_post
from serikat.units.models import Unit

CODE_LENGTH = 16
HOLDER = "newsroom.editorialrequest"
State = EditorialRequest.State
WORKED_ON = (State.OPEN, State.ASKED, State.PROPOSED)
_ADDRESS = re.compile(r"(?:^|/)(berita|tulisan|video|suara)/([^/?#\s]+)")
_SEALED = ("name", "contact", "words", "shown_words", "shown_words_en", "answer")


def rule() -> EditingRule:
    """The organisation's clock and how long requests are kept; the house's own numbers while nobody chose others."""
    return EditingRule.objects.first() or EditingRule()


def mark_of(code: str) -> str:
    """By what a sender's code is found; the code itself stands in no table."""
    return blind_index(code, "newsroom request")


def page_asked_about(kind: str, key: str) -> Article | Post | Clip:
    """A live article by its slug, a shown post by its code, a shown clip by its kind and slug."""
    if kind in Clip.Kind.values:
        clip = Clip.objects.filter(shown__kind=kind, shown__slug=askable(key)).select_related("unit").first()
        if clip is None:
            raise Missing
        return clip
    if kind not in ("berita", "tulisan"):
        raise Missing
    return below_for_reader(kind, key)


def page_typed(typed: str) -> Article | Post | Clip | None:
    """The page whose address, or whole title, somebody typed or pasted; None where it shows none of ours."""
    if match := _ADDRESS.search(typed):
        try:
            return page_asked_about(match[1], unquote(match[2]))
        except Missing:
            return None
    named = list(LivePage.objects.filter(title__iexact=" ".join(typed.split())).values_list("path", flat=True)[:2])
    return page_typed(named[0]) if len(named) == 1 and _ADDRESS.search(named[0]) else None


def root_unit() -> Unit:
    """Where a request about no page of ours belongs: the whole organisation."""
    found = Unit.objects.order_by("path").first()
    if found is None:
        raise Missing
    return found


# The sender's own


def followed(code: str) -> EditorialRequest:
    """The request of this code, however it was typed."""
    cleaned = clean_code(askable(code))
    found = None
    if is_code(cleaned, CODE_LENGTH):
        found = (
            EditorialRequest.objects.filter(code_mark=mark_of(cleaned))
            .select_related("article", "post", "clip", "unit")
            .first()
        )
    if found is None:
        raise Missing
    return found


def opened_request(pk: str) -> EditorialRequest | None:
    """The request that its sender's code opened a moment ago; None when nothing is open."""
    found = EditorialRequest.objects.filter(pk=pk or 0)
    return found.select_related("article", "post", "unit").first()


def said_to_sender(request: EditorialRequest) -> list[RequestMessage]:
    """What went to and fro; notes stay at the desk."""
    return list(request.messages.exclude(kind=RequestMessage.Kind.NOTE))


def public_path(request: EditorialRequest) -> str:
    """Where the page it is about stands in public, without language; empty when it does not."""
    if request.post is not None:
        return path_of_post(request.post.code) if request.post.state == Post.State.SHOWN else ""
    if request.clip_id is not None:
        live = LiveClip.objects.filter(pk=request.clip_id).first()
        return live.path if live else ""
    return LivePage.objects.filter(pk=request.article_id or 0).values_list("path", flat=True).first() or ""


def fields_of(page: Article | Post | Clip | None) -> dict[str, Any]:
    """The columns by which a request or what came of it names its page."""
    kinds = {"article": Article, "post": Post, "clip": Clip}
    return {name: page if isinstance(page, kind) else None for name, kind in kinds.items()}


def open_about(page: Article | Post | Clip | None) -> QuerySet[EditorialRequest]:
    return EditorialRequest.objects.filter(state__in=WORKED_ON, **fields_of(page))


def sent_since(moment: datetime) -> int:
    return EditorialRequest.objects.filter(sent_at__gte=moment).count()


# The desk's


def in_reach(actor: Actor) -> QuerySet[EditorialRequest]:
    """Requests about pages of units within reach of an editor's mandate; about no page: for editors of the whole organisation."""
    return EditorialRequest.objects.filter(reach(actor))


def open_requests(actor: Actor) -> QuerySet[EditorialRequest]:
    """Not decided yet, by their time; without what is sealed, which a list does not show."""
    worked_on = in_reach(actor).filter(state__in=WORKED_ON).defer(*_SEALED)
    return worked_on.select_related("handler").order_by("due_at", "pk")


def closed_requests(actor: Actor) -> QuerySet[EditorialRequest]:
    """Decided or withdrawn, the latest first."""
    closed = in_reach(actor).exclude(state__in=WORKED_ON).defer(*_SEALED)
    return closed.select_related("handler").order_by("-decided_at", "-pk")


def waiting_for(actor: Actor) -> int:
    """How many wait for this actor: to be answered, or for their yes to what another proposed."""
    return in_reach(actor).filter(_theirs(actor)).count()


def overdue(actor: Actor) -> int:
    waiting = in_reach(actor).filter(state__in=(State.OPEN, State.PROPOSED), due_at__lt=timezone.now())
    return waiting.count()


def to_answer(actor: Actor) -> QuerySet[EditorialRequest]:
    return in_reach(actor).filter(_theirs(actor)).defer(*_SEALED).order_by("due_at", "pk")


def _theirs(actor: Actor) -> Q:
    return Q(state=State.OPEN) | (Q(state=State.PROPOSED) & ~Q(proposed_by_id=actor.user_id or 0))


def request_for(actor: Actor, pk: int) -> EditorialRequest:
    related = ("article", "post", "clip", "unit", "handler", "proposed_by", "decided_by")
    found = in_reach(actor).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def who_wrote(request: EditorialRequest) -> frozenset[int]:
    """Accounts of those who wrote the page it is about: who made it, saved a version of it, or stands above it as its author;
    of a clip who uploaded it and who changed it since it was last published."""
    if request.post is not None:
        return frozenset(user for user in (request.post.writer_id,) if user)
    if request.clip is not None:
        worked = {request.clip.uploaded_by_id, *request.clip.touched.values_list("pk", flat=True)}
        return frozenset(user for user in worked if user)
    if request.article is None:
        return frozenset()
    article = request.article
    wrote = set(article.revisions.exclude(user=None).values_list("user_id", flat=True))
    if article.owner_id:
        wrote.add(article.owner_id)
    subjects = Byline.objects.filter(pk__in=article.byline_links.values("byline")).exclude(subject=None)
    users = get_user_model()._default_manager.filter(subject__in=subjects.values("subject"))
    return frozenset(wrote | set(users.values_list("pk", flat=True)))


def colleagues(actor: Actor, request: EditorialRequest) -> list[Any]:
    """Others who may answer it: to whom it can be handed over."""
    others = set(who_may(permissions.may_answer_request, request)) - {actor.user_id}
    return list(get_user_model()._default_manager.filter(pk__in=others).order_by("name", "pk"))


def evidence(request: EditorialRequest) -> list[StoredFile]:
    return list(files_of(f"{HOLDER}:{request.pk}"))


@dataclass(frozen=True, slots=True)
class RequestLook:
    """One request as the desk sees it, and what this reader may do with it."""

    messages: list[RequestMessage]
    files: list[StoredFile]
    path: str
    own_page: bool  # this reader wrote the page it is about
    second_needed: bool  # to refuse it, or to follow a complaint
    may_decide: bool
    may_confirm: bool
    words_to_show: str
    consent_missing: bool


def look_at(actor: Actor, request: EditorialRequest) -> RequestLook:
    wrote, own = who_wrote(request), actor.user_id
    own_page = own is not None and own in wrote
    shown = request.shown_words or request.words
    return RequestLook(
        messages=list(request.messages.select_related("by")),
        files=evidence(request),
        path=public_path(request),
        own_page=own_page,
        second_needed=own_page and approval_required(),
        may_decide=request.state in (State.OPEN, State.ASKED),
        may_confirm=request.state == State.PROPOSED
        and own is not None
        and rules.may_confirm(own, proposed_by=request.proposed_by_id, wrote=wrote),
        words_to_show=shown,
        consent_missing=bool(request.shown_words) and request.agreed_digest != rules.words_digest(request.shown_words),
    )


def due_for_reminder(before: datetime) -> QuerySet[EditorialRequest]:
    """Running ones whose time is nearly or wholly over and of which somebody must still be told."""
    running = EditorialRequest.objects.filter(state__in=(State.OPEN, State.PROPOSED), reminded__lt=2, due_at__lt=before)
    return running.select_related("unit").order_by("due_at", "pk")


def to_be_emptied(before: datetime) -> QuerySet[EditorialRequest]:
    return EditorialRequest.objects.filter(emptied_at=None, decided_at__lt=before).order_by("pk")
