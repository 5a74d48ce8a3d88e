"""Requests about the own data: the officer's list with the time that is left, the answer, the copy; and the page of who asks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles, for_signed_in
from serikat.people import forms, rules, selectors
from serikat.people.permissions import KEEPERS
from serikat.people.services import consents, rights
from serikat.people.views.keeping import act, keep
from serikat.ui.forms import refuse


@for_roles(Role.DATA_OFFICER)
def requests(request: Request) -> HttpResponse:
    open_only = request.GET.get("semua") != "1"
    found = selectors.requests_within(request.actor, open_only=open_only)
    page = Paginator(found, 30).get_page(request.GET.get("hal"))
    return render(request, "people/requests.html", {"page": page, "open_only": open_only})


@for_roles(*KEEPERS)
def ask(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.DeskRightForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: rights.ask_right(actor=request.actor, person=person, **form.cleaned_data),
        back=reverse("people:see", args=[person.subject]),
        words=_("Permintaan dicatat."),
        page={"title": _("Catat permintaan atas data"), "person": person},
    )


@for_roles(Role.DATA_OFFICER)
def answer(request: Request, pk: int) -> HttpResponse:
    """One request: what is asked, by when, and the answer."""
    asked = selectors.request_for(request.actor, pk)
    form = forms.AnswerForm(request.POST or None, erases=asked.kind == "erasure")
    context = {"asked": asked, "form": form, "clock": rules.CLOCKS[rules.Right(asked.kind)]}
    if request.method == "POST" and form.is_valid():
        give = rights.grant_right if request.POST.get("do") == "grant" else rights.refuse_right
        try:
            give(actor=request.actor, data_request=asked, answer=form.cleaned_data["answer"])
        except (Denied, Missing):
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Jawaban dicatat."))
            return redirect("people:requests")
    return render(request, "people/answer.html", context, status=422 if form.errors else 200)


@for_roles(Role.DATA_OFFICER)
@require_POST
def copy(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    try:
        packed = rights.copy_person(actor=request.actor, person=person)
    except (Denied, Missing):
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:see", person.subject)
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="salinan-data-{person.code}.zip"'},
    )


@for_roles(Role.DATA_OFFICER)
@require_POST
def lift(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    return act(
        request,
        lambda: rights.lift_restriction(actor=request.actor, person=person),
        back=reverse("people:see", args=[person.subject]),
        words=_("Pembatasan diakhiri."),
    )


@for_signed_in
def own(request: Request) -> HttpResponse:
    """What is kept about the person who is signed in, what they agreed to, and what they may ask."""
    person = selectors.own_person(request.actor)
    form = forms.RightForm(request.POST or None)
    context: dict[str, Any] = {"person": person, "form": form}
    if person is not None:
        if request.method == "POST" and form.is_valid():
            try:
                rights.ask_right(actor=request.actor, person=person, **form.cleaned_data)
            except Refused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Permintaan Anda dicatat. Anda dijawab paling lambat dalam 3×24 jam."))
                return redirect("people:own")
        context |= {
            "masked": selectors.masked_of(person),
            "consents": selectors.consents_of(person),
            "requests": selectors.requests_of(person),
        }
    return render(request, "people/own.html", context, status=422 if form.errors else 200)


@for_signed_in
@require_POST
def withdraw_own_consent(request: Request, pk: int) -> HttpResponse:
    person = selectors.own_person(request.actor)
    if person is None:
        raise Missing
    consent = selectors.consent_of(person, pk)
    return act(
        request,
        lambda: consents.withdraw_consent(actor=request.actor, consent=consent),
        back=reverse("people:own"),
        words=_("Persetujuan ditarik."),
    )
