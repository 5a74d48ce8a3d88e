"""The desk's calendar: the days off of a year, taken over whole with the decree, then put right day by day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import require
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.rights import desk_forms as forms
from serikat.rights import permissions
from serikat.rights.selectors import days as reads
from serikat.rights.services import days as services
from serikat.ui.forms import refuse


def _page(year: int) -> str:
    return f"{reverse('rights_desk:days')}?tahun={year}"


@for_roles(*permissions.KEEPERS)
def days(request: Request) -> HttpResponse:
    """A year as it stands here, or as it is shipped."""
    require(permissions.may_keep_law_tables, request.actor)
    years = reads.years(request.actor)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else min(timezone.localdate().year, years[0])
    own = reads.days_in(request.actor, year)
    tabs = [{"name": str(one), "url": f"?tahun={one}", "current": one == year} for one in years]
    context = {"year": year, "tabs": tabs, "own": own, "shipped": [] if own else reads.shipped_days(year)}
    return render(request, "rights/desk/days.html", context)


@for_roles(*permissions.KEEPERS)
def fill_year(request: Request, year: int) -> HttpResponse:
    """A proposal for a whole year; it is entered with the number of the decree that a person read."""
    require(permissions.may_keep_law_tables, request.actor)
    if not reads.FIRST_YEAR <= year <= reads.LAST_YEAR:
        raise Missing
    kept = reads.shipped_days(year)
    shipped = request.GET.get("dari") == "bawaan" and bool(kept)
    proposed = kept if shipped else reads.proposed_days(year)
    form = forms.YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.fill_year(actor=request.actor, year=year, days=proposed, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Kalender tahun ini disimpan."))
            return redirect(_page(year))
    tabs = [{"name": _("Dari pustaka hari libur"), "url": "?dari=pustaka", "current": not shipped}]
    if kept:
        tabs.append({"name": _("Dari bawaan aplikasi"), "url": "?dari=bawaan", "current": shipped})
    context = {"year": year, "days": proposed, "form": form, "tabs": tabs, "shipped": shipped}
    return render(request, "rights/desk/fill_year.html", context, status=422 if form.errors else 200)


@for_roles(*permissions.KEEPERS)
def add_day(request: Request) -> HttpResponse:
    require(permissions.may_keep_law_tables, request.actor)
    form = forms.DayForm(request.POST or None, initial={"kind": "holiday"})
    if request.method == "POST" and form.is_valid():
        try:
            day = services.add_day(actor=request.actor, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Hari libur ditambahkan."))
            return redirect(_page(day.on.year))
    return render(request, "rights/desk/day.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*permissions.KEEPERS)
def day(request: Request, pk: int) -> HttpResponse:
    """Put one day right."""
    found = reads.day_for(request.actor, pk)
    form = forms.DayForm(request.POST or None, initial=forms.DayForm.begun_with(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_day(actor=request.actor, day=found, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Hari libur dibetulkan."))
            return redirect(_page(found.on.year))
    return render(request, "rights/desk/day.html", {"form": form, "day": found}, status=422 if form.errors else 200)


@for_roles(*permissions.KEEPERS)
@require_POST
def remove_day(request: Request, pk: int) -> HttpResponse:
    found = reads.day_for(request.actor, pk)
    year = found.on.year
    services.remove_day(actor=request.actor, day=found)
    messages.success(request, _("Hari libur dihapus."))
    return redirect(_page(year))
