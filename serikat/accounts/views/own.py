"""The own account: profile, contacts, devices, notices, and forms that came too late."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.accounts import rules, selectors, services
from serikat.accounts.forms import ContactsForm, ProfileForm, say_refusal
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_signed_in

PAGE = 30


@for_signed_in
def profile(request: Request) -> HttpResponse:
    user = selectors.own_user(request.actor)
    return render(request, "accounts/profile.html", {"holder": user, "has_factor": selectors.has_second_factor(user)})


@for_signed_in
def change_profile(request: Request) -> HttpResponse:
    user = selectors.own_user(request.actor)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if form.is_valid():
        try:
            services.change_profile(actor=request.actor, user=user, **form.cleaned_data)
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("Data akun Anda sudah disimpan."))
            return redirect("accounts:profile")
    return render(request, "accounts/change_profile.html", {"form": form}, status=422 if form.errors else 200)


@for_signed_in
@reauthentication_required(app="allauth.mfa")
def change_contacts(request: Request) -> HttpResponse:
    """Phone and e-mail open the account, so the holder confirms first that it is them."""
    user = selectors.own_user(request.actor)
    form = ContactsForm(request.POST or None, initial={"phone": user.phone, "email": user.email})
    if form.is_valid():
        try:
            services.change_contacts(actor=request.actor, user=user, **form.cleaned_data)
        except Refused as error:
            say_refusal(form, error)
        else:
            messages.success(request, _("Nomor telepon dan surel Anda sudah disimpan."))
            return redirect("accounts:profile")
    return render(request, "accounts/change_contacts.html", {"form": form}, status=422 if form.errors else 200)


@for_signed_in
def second_factor_needed(request: Request) -> HttpResponse:
    if not request.actor.asleep:
        return redirect("accounts:profile")
    return render(request, "accounts/second_factor_needed.html")


@for_signed_in
def devices(request: Request) -> HttpResponse:
    return render(
        request,
        "accounts/devices.html",
        {"sessions": selectors.sessions_of(request.actor), "here": request.session.get("accounts_session")},
    )


@for_signed_in
@require_POST
def end_device(request: Request, pk: int) -> HttpResponse:
    user = selectors.own_user(request.actor)
    session = selectors.session_for(request.actor, pk)
    services.end_session(actor=request.actor, user=user, session=session)
    messages.success(request, _("Sesi di perangkat itu sudah diakhiri."))
    return redirect("accounts:devices")


@for_signed_in
@require_POST
def end_other_devices(request: Request) -> HttpResponse:
    user = selectors.own_user(request.actor)
    services.end_other_sessions(actor=request.actor, user=user, keep_id=request.session.get("accounts_session"))
    messages.success(request, _("Semua sesi lain sudah diakhiri."))
    return redirect("accounts:devices")


@for_signed_in
def notices(request: Request) -> HttpResponse:
    page = Paginator(selectors.notices_for(request.actor), PAGE).get_page(request.GET.get("hal"))
    return render(request, "accounts/notices.html", {"page": page, "unread": selectors.unread_notices(request.actor)})


@for_signed_in
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Follow a notice: it counts as read."""
    notice = services.read_notice(actor=request.actor, notice=selectors.notice_for(request.actor, pk))
    safe = rules.is_local_address(notice.link) and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if safe else "accounts:notices")


@for_signed_in
@require_POST
def read_all_notices(request: Request) -> HttpResponse:
    services.read_all_notices(actor=request.actor)
    return redirect("accounts:notices")


@for_signed_in
def held_forms(request: Request) -> HttpResponse:
    kept = [selectors.opened(held) for held in selectors.held_forms_of(request.actor)]
    return render(request, "accounts/held_forms.html", {"kept": kept})


@for_signed_in
def held_form(request: Request, pk: UUID) -> HttpResponse:
    """What was kept, to read, and one button that sends it again to where it was going, with a fresh token."""
    kept = selectors.opened(selectors.held_form_for(request.actor, pk))
    context: dict[str, Any] = {"kept": kept, "mark": rules.KEPT_MARK}
    return render(request, "accounts/held_form.html", context)


@for_signed_in
@require_POST
def drop_form(request: Request, pk: UUID) -> HttpResponse:
    held = selectors.held_form_for(request.actor, pk)
    services.drop_form(actor=request.actor, pk=str(held.pk))
    messages.info(request, _("Isian itu sudah dibuang."))
    return redirect("accounts:profile")
