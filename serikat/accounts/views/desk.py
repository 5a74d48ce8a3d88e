"""The accounts desk: an administrator lists, finds, makes, closes and opens accounts; the secretary and the administrator of a branch let its
people in again, and the latter makes accounts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.accounts import selectors, services
from serikat.accounts.forms import AccountForm, FindForm, LinkForm, ReasonForm, say_refusal
from serikat.accounts.permissions import (
    may_clear_factor,
    may_close_account,
    may_create_account,
    may_list_accounts,
    may_make_link,
)
from serikat.audit.selectors import trail_of
from serikat.kernel.access import Role
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_roles

PAGE = 50
DESK = (Role.ADMINISTRATOR, Role.SECRETARY)


@for_roles(*DESK)
def accounts(request: Request) -> HttpResponse:
    """Administrators of the whole see the list; a secretary, or an administrator of a branch, finds one person by a full number, address or user name."""
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if not selectors.may_list(request.actor):
        found = selectors.account_named(request.actor, asked.get("q", "")) if asked.get("q") else None
        context = {"found": found, "asked": asked.get("q", ""), "may_create": bool(may_create_account(request.actor))}
        return render(request, "accounts/find.html", {"form": form, **context})
    closed = {"0": False, "1": True}.get(asked.get("closed", ""))
    users = selectors.accounts_for(request.actor, query=asked.get("q", ""), closed=closed)
    page = Paginator(users, PAGE).get_page(request.GET.get("hal"))
    return render(request, "accounts/accounts.html", {"form": form, "page": page, "more": _query_of(asked)})


def _query_of(asked: dict[str, str]) -> str:
    """What was asked, for the links to other pages of the answer."""
    return urlencode({name: value for name, value in asked.items() if value}) + "&" if any(asked.values()) else ""


@for_roles(Role.ADMINISTRATOR)
def create(request: Request) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.create_account(actor=request.actor, **form.cleaned_data)
        except Refused as error:
            say_refusal(form, error)
        else:
            return _link_page(request, user, user.first_link_token)
    return render(request, "accounts/create.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*DESK)
def account(request: Request, pk: int) -> HttpResponse:
    return _account_page(request, selectors.account_for(request.actor, pk))


@for_roles(*DESK)
@require_POST
def make_link(request: Request, pk: int) -> HttpResponse:
    user = selectors.account_for(request.actor, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            link = services.make_link(actor=request.actor, user=user, **form.cleaned_data)
        except Refused as error:
            say_refusal(form, error)
        else:
            return _link_page(request, user, link.token)
    return _account_page(request, user, link_form=form)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    return _open_or_close(request, pk, services.close_account, _("Akun ini sudah ditutup."))


@for_roles(Role.ADMINISTRATOR)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    return _open_or_close(request, pk, services.reopen_account, _("Akun ini dibuka kembali."))


def _open_or_close(request: Request, pk: int, service: Any, said: str) -> HttpResponse:
    user = selectors.account_for(request.actor, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            service(actor=request.actor, user=user, reason=form.cleaned_data["reason"])
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, said)
            return redirect("accounts:account", pk=pk)
    return _account_page(request, selectors.account_for(request.actor, pk), reason_form=form)


def _account_page(request: Request, user: Any, **forms: Any) -> HttpResponse:
    actor = request.actor
    may_list = bool(may_list_accounts(actor, user))
    link_form = forms.get("link_form") or LinkForm()
    if not may_clear_factor(actor, user) or not user.guarded:
        link_form.fields.pop("clears_factor")
    context = {
        "holder": user,
        "roles": selectors.roles_of(user),
        "links": selectors.open_links_of(user),
        "may_close": may_list and bool(may_close_account(actor, user)),
        "may_link": user.is_active and bool(may_make_link(actor, user)),
        "link_form": link_form,
        "reason_form": forms.get("reason_form") or ReasonForm(),
        "trail": trail_of(f"accounts.user:{user.pk}", limit=50) if may_list else [],
    }
    sent_back = any(form.errors for form in forms.values())
    return render(request, "accounts/account.html", context, status=422 if sent_back else 200)


def _link_page(request: Request, user: Any, token: str) -> HttpResponse:
    """Shown once, to who made it: the address in letters and as a picture for the holder's phone."""
    address = settings.SITE_ADDRESS + reverse("accounts:one_time_link", args=[token])
    picture = segno.make(address, micro=False).svg_inline(scale=5, border=3, light="#fff", svgclass="qr", lineclass=None)
    context = {"holder": user, "address": address, "picture": picture, "hours": settings.LINK_HOURS}
    return render(request, "accounts/link_made.html", context)
