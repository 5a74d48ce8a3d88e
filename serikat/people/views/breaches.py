"""The register of breaches at the desk, and its two letters."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.people import forms, rules, selectors
from serikat.people.services import breaches
from serikat.people.views.keeping import act, keep

LETTERS = {"orang": "people/letter_persons.html", "lembaga": "people/letter_authority.html"}


@for_roles(Role.DATA_OFFICER)
def index(request: Request) -> HttpResponse:
    page = Paginator(selectors.breaches_within(request.actor), 30).get_page(request.GET.get("hal"))
    return render(request, "people/breaches.html", {"page": page})


@for_roles(Role.DATA_OFFICER)
def see(request: Request, pk: int) -> HttpResponse:
    breach = selectors.breach_for(request.actor, pk)
    context = {"breach": breach, "concerned": selectors.concerned_in(breach), "clock": rules.BREACH_CLOCK}
    return render(request, "people/breach.html", context)


@for_roles(Role.DATA_OFFICER)
def record(request: Request) -> HttpResponse:
    units = selectors.units_for(request.actor, Role.DATA_OFFICER)
    initial = {"unit": units.first(), "known_at": timezone.localtime(), "others_count": 0}
    form = forms.BreachForm(request.POST or None, units=units, initial=initial)
    return keep(
        request,
        form,
        lambda: breaches.record_breach(actor=request.actor, unit=form.cleaned_data["unit"], shape=form.shape()),
        back=reverse("people:breaches"),
        words=_("Kebocoran dicatat. Jamnya berjalan."),
        page={"title": _("Catat kebocoran data")},
    )


@for_roles(Role.DATA_OFFICER)
def correct(request: Request, pk: int) -> HttpResponse:
    breach = selectors.breach_for(request.actor, pk)
    names = ("what", "data_kinds", "happened_at", "known_at", "measures", "others_count", "unit")
    form = forms.BreachForm(
        request.POST or None,
        units=selectors.units_for(request.actor, Role.DATA_OFFICER),
        initial={name: getattr(breach, name) for name in names},
    )
    return keep(
        request,
        form,
        lambda: breaches.correct_breach(actor=request.actor, breach=breach, shape=form.shape()),
        back=reverse("people:breach", args=[pk]),
        words=_("Perubahan disimpan."),
        page={"title": _("Perbaiki catatan")},
    )


@for_roles(Role.DATA_OFFICER)
def add_person(request: Request, pk: int) -> HttpResponse:
    breach = selectors.breach_for(request.actor, pk)
    form = forms.CodeForm(request.POST or None)

    def save() -> None:
        person = selectors.person_by_code(request.actor, form.cleaned_data["code"])
        if person is None:
            raise Refused(_("Tidak ada catatan dengan kode ini."), field="code")
        breaches.add_breached_person(actor=request.actor, breach=breach, person=person)

    return keep(
        request,
        form,
        save,
        back=reverse("people:breach", args=[pk]),
        words=_("Orang ini dicatat."),
        page={"title": _("Catat orang yang datanya terkena")},
    )


@for_roles(Role.DATA_OFFICER)
@require_POST
def tell(request: Request, pk: int) -> HttpResponse:
    breach = selectors.breach_for(request.actor, pk)
    return act(
        request,
        lambda: breaches.tell_breach(actor=request.actor, breach=breach, whom=request.POST.get("whom", "")),
        back=reverse("people:breach", args=[pk]),
        words=_("Pemberitahuan dicatat."),
    )


@for_roles(Role.DATA_OFFICER)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    breach = selectors.breach_for(request.actor, pk)
    return act(
        request,
        lambda: breaches.close_breach(actor=request.actor, breach=breach),
        back=reverse("people:breach", args=[pk]),
        words=_("Catatan ditutup."),
    )


@for_roles(Role.DATA_OFFICER)
def letter(request: Request, pk: int, whom: str) -> HttpResponse:
    """A letter to print, filled from the record."""
    if whom not in LETTERS:
        raise Missing
    breach = selectors.breach_for(request.actor, pk)
    context = {
        "breach": breach,
        "concerned": selectors.concerned_in(breach),
        "clock": rules.BREACH_CLOCK,
        "now": timezone.now(),
    }
    return render(request, LETTERS[whom], context)
