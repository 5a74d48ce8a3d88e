"""Requests at the desk: the list by time, one request with everything about it, its decisions; the rule of the clock; who approved what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Missing
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom import permissions
from serikat.newsroom.forms.requests import (
    AcceptForm,
    AskSenderForm,
    HandOverForm,
    RefuseForm,
    RequestRuleForm,
    ReturnForm,
    ShortenForm,
)
from serikat.newsroom.selectors import desk, editing
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.services import answering as services
from serikat.ui.deciding import decide

PAGE = 25


@for_roles(Role.EDITOR)
def requests(request: Request) -> HttpResponse:
    """What waits, by its time; below it what is done."""
    waiting = Paginator(reads.open_requests(request.actor), PAGE).get_page(request.GET.get("hal"))
    closed = Paginator(reads.closed_requests(request.actor), PAGE).get_page(request.GET.get("selesai"))
    context = {"waiting": waiting, "closed": closed, "overdue": reads.overdue(request.actor), "now": timezone.now()}
    return render(request, "newsroom/desk/requests.html", context)


@for_roles(Role.EDITOR)
def request(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.request_for(request.actor, pk))


def _look(request: Request, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "asked": found,
        "now": timezone.now(),
        "look": reads.look_at(request.actor, found),
        "ask_form": AskSenderForm(prefix="tanya"),
        "shorten_form": ShortenForm(prefix="pendek", initial={"shown_words": found.shown_words or found.words}),
        "hand_over_form": HandOverForm(prefix="serah", colleagues=reads.colleagues(request.actor, found)),
        "accept_form": AcceptForm(prefix="ya", request=found),
        "refuse_form": RefuseForm(prefix="tidak", request=found),
        "return_form": ReturnForm(prefix="balik"),
        **forms,
    }
    return render(request, "newsroom/desk/request.html", context, status=status)


def _do(request: Request, pk: int, name: str, form_of: Callable[[Any], Any], *, service: Any, words: str) -> HttpResponse:
    """One act on one request."""
    found = reads.request_for(request.actor, pk)
    return decide(
        request,
        form_of(found),
        act=partial(service, request=found),
        words=words,
        here=reverse("newsroom_desk:request", args=[pk]),
        again=lambda form: _look(request, found, status=422, **{name: form}),
    )


@for_roles(Role.EDITOR)
@require_POST
def ask_sender(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "ask_form",
        lambda found: AskSenderForm(request.POST, prefix="tanya"),
        service=services.ask_sender,
        words=_("Ditanyakan. Pengirim membacanya dengan kodenya."),
    )


@for_roles(Role.EDITOR)
@require_POST
def shorten_reply(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "shorten_form",
        lambda found: ShortenForm(request.POST, prefix="pendek"),
        service=services.shorten_reply,
        words=_("Dikirim. Tampil hanya bila pengirim setuju."),
    )


@for_roles(Role.EDITOR)
@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "hand_over_form",
        lambda found: HandOverForm(request.POST, prefix="serah", colleagues=reads.colleagues(request.actor, found)),
        service=services.hand_over,
        words=_("Diserahkan. Rekan Anda diberi tahu."),
    )


@for_roles(Role.EDITOR)
@require_POST
def accept_request(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "accept_form",
        lambda found: AcceptForm(request.POST, prefix="ya", request=found),
        service=services.accept_request,
        words=_("Putusan Anda disimpan."),
    )


@for_roles(Role.EDITOR)
@require_POST
def refuse_request(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "refuse_form",
        lambda found: RefuseForm(request.POST, prefix="tidak", request=found),
        service=services.refuse_request,
        words=_("Putusan Anda disimpan."),
    )


@for_roles(Role.EDITOR)
@require_POST
def confirm_decision(request: Request, pk: int) -> HttpResponse:
    services.confirm_decision(actor=request.actor, request=reads.request_for(request.actor, pk))
    messages.success(request, _("Disetujui dan dijalankan."))
    return redirect("newsroom_desk:request", pk)


@for_roles(Role.EDITOR)
@require_POST
def return_decision(request: Request, pk: int) -> HttpResponse:
    return _do(
        request,
        pk,
        "return_form",
        lambda found: ReturnForm(request.POST, prefix="balik"),
        service=services.return_decision,
        words=_("Dikembalikan. Pengusulnya diberi tahu."),
    )


@for_roles(Role.ADMINISTRATOR)
def request_rule(request: Request) -> HttpResponse:
    require(permissions.may_change_editing_rule, request.actor)
    rule = reads.rule()
    names = ("complaint_hours", "answer_days", "requests_kept_months")
    form = RequestRuleForm(request.POST or None, initial={name: getattr(rule, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.change_request_rule(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Aturan disimpan."))
        return redirect("newsroom_desk:request_rule")
    return render(request, "newsroom/desk/request_rule.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(Role.EDITOR)
def approvals(request: Request, page_id: int) -> HttpResponse:
    """Who wrote which version of a page, who sent it, who said yes, when it went live."""
    page = editing.page_for(request.actor, page_id)
    if page is None:
        raise Missing
    return render(request, "newsroom/desk/approvals.html", {"page": page, "versions": desk.versions_of(page)})
