"""Companies, agencies and institutions at the desk."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from serikat.kernel.gate import Request, for_roles
from serikat.people import forms, selectors
from serikat.people.permissions import DESK_ROLES, KEEPERS, may_keep_bodies
from serikat.people.services import bodies, contacts
from serikat.people.views.keeping import keep


@for_roles(*DESK_ROLES)
def index(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:120]
    found = Paginator(selectors.bodies_within(request.actor, words), 30).get_page(request.GET.get("hal"))
    may_add = bool(may_keep_bodies(request.actor))
    return render(request, "people/bodies.html", {"page": found, "words": words, "may_add": may_add})


@for_roles(*DESK_ROLES)
def see(request: Request, pk: int) -> HttpResponse:
    body = selectors.body_for(request.actor, pk)
    context = {"body": body, "points": selectors.body_contact_points(body)}
    return render(request, "people/body.html", {**context, "may_keep": bool(may_keep_bodies(request.actor, body))})


@for_roles(*KEEPERS)
def add(request: Request) -> HttpResponse:
    units = selectors.units_for(request.actor, *KEEPERS)
    form = forms.BodyForm(request.POST or None, units=units, initial={"unit": units.first()})
    return keep(
        request,
        form,
        lambda: bodies.add_body(actor=request.actor, unit=form.cleaned_data["unit"], shape=form.shape()),
        back=reverse("people:bodies"),
        words=_("Perusahaan atau lembaga dicatat."),
        page={"title": _("Catat perusahaan atau lembaga")},
    )


@for_roles(*KEEPERS)
def correct(request: Request, pk: int) -> HttpResponse:
    body = selectors.body_for(request.actor, pk)
    initial = {
        "kind": body.kind,
        "name": body.name,
        "other_names": "\n".join(body.other_names),
        "registrations": "\n".join(f"{kind}: {number}" for kind, number in body.registrations),
        "place": body.place,
        "country": body.country,
        "unit": body.unit,
    }
    form = forms.BodyForm(request.POST or None, units=selectors.units_for(request.actor, *KEEPERS), initial=initial)
    return keep(
        request,
        form,
        lambda: bodies.correct_body(actor=request.actor, body=body, unit=form.cleaned_data["unit"], shape=form.shape()),
        back=reverse("people:body", args=[pk]),
        words=_("Perubahan disimpan."),
        page={"title": _("Perbaiki data")},
    )


@for_roles(*KEEPERS)
def add_contact_point(request: Request, pk: int) -> HttpResponse:
    body = selectors.body_for(request.actor, pk)
    form = forms.ContactPointForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: contacts.add_contact_point(actor=request.actor, owner=body, **form.cleaned_data),
        back=reverse("people:body", args=[pk]),
        words=_("Kontak disimpan."),
        page={"title": _("Tambah kontak")},
    )
