"""The desk's table of minimum wages: the provinces of a year, a province's regencies, one region's history, and a workbook with a verdict on each row."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serikat.kernel.access import require
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.rights import desk_forms as forms
from serikat.rights import permissions
from serikat.rights.selectors import wages as reads
from serikat.rights.selectors import workbook
from serikat.rights.selectors.held import law
from serikat.rights.services import wages as services
from serikat.ui.forms import refuse


@for_roles(*permissions.KEEPERS)
def tables(request: Request) -> HttpResponse:
    """What can be kept over the law."""
    require(permissions.may_keep_law_tables, request.actor)
    return render(request, "rights/desk/tables.html", {"may_review": permissions.may_review_law(request.actor)})


def _year(request: HttpRequest) -> tuple[int, list[dict[str, Any]]]:
    """The year asked for, and the tabs of all that are held."""
    years = reads.years_of(law())
    asked = request.GET.get("tahun", "")
    now = timezone.localdate().year
    year = int(asked) if asked.isdecimal() and int(asked) in years else next((one for one in years if one <= now), years[0])
    return year, [{"name": str(one), "url": f"?tahun={one}", "current": one == year} for one in years]


@for_roles(*permissions.KEEPERS)
def wages(request: Request) -> HttpResponse:
    require(permissions.may_keep_law_tables, request.actor)
    year, tabs = _year(request)
    rows = reads.provinces(request.actor, year)
    return render(request, "rights/desk/wages.html", {"year": year, "tabs": tabs, "rows": rows})


@for_roles(*permissions.KEEPERS)
def region(request: Request, slug: str) -> HttpResponse:
    """One region: its wages, a form for the next or for a slip, and for a province its regencies."""
    found = reads.region_for(request.actor, slug)
    history = reads.wages_of(found)
    wrong = next((row for _value, row, _note in history if row and str(row.pk) == request.GET.get("betulkan")), None)
    begun = {"amount": wrong.amount, "decree": wrong.decree, "source": wrong.source} if wrong else None
    form = forms.WageForm(request.POST or None, initial=begun, corrects=wrong is not None)
    if request.method == "POST" and form.is_valid():
        try:
            if wrong:
                services.correct_wage(actor=request.actor, wage=wrong, **form.cleaned_data)
            else:
                services.enter_wage(actor=request.actor, region=found, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Upah minimum disimpan."))
            return redirect("rights_desk:region", slug)
    year, tabs = _year(request)
    inside = reads.regencies(request.actor, found, year)
    context = {"region": found, "slug": slug, "history": history, "form": form, "wrong": wrong, "year": year, "tabs": tabs}
    return render(request, "rights/desk/region.html", context | {"rows": inside}, status=422 if form.errors else 200)


@for_roles(*permissions.KEEPERS)
def import_wages(request: Request) -> HttpResponse:
    """A workbook is read and judged; nothing is written before the button below the verdicts."""
    require(permissions.may_keep_law_tables, request.actor)
    if "rows" in request.POST:
        return _write(request)
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            verdicts = workbook.verdicts_on(form.cleaned_data["file"].content)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _judged(request, verdicts)
    return render(request, "rights/desk/import.html", {"form": form}, status=422 if form.errors else 200)


def _judged(request: Request, verdicts: list[workbook.Verdict]) -> HttpResponse:
    entering = [verdict.row for verdict in verdicts if verdict.enters and verdict.row]
    context = {
        "verdicts": sorted(verdicts, key=lambda verdict: (verdict.what != workbook.REFUSED, verdict.line)),
        "counts": Counter(verdict.what for verdict in verdicts),
        "entering": len(entering),
        "form": forms.RowsForm.holding(entering, request.actor.user_id) if entering else None,
    }
    return render(request, "rights/desk/verdicts.html", context)


def _write(request: Request) -> HttpResponse:
    form = forms.RowsForm(request.POST, who=request.actor.user_id)
    problem = ""
    if form.is_valid():
        try:
            count = services.import_wages(actor=request.actor, rows=form.cleaned_data["rows"])
        except Denied:
            raise
        except Refused as refused:
            problem = str(refused)
        else:
            said = ngettext("%(n)d upah minimum disimpan.", "%(n)d upah minimum disimpan.", count) % {"n": count}
            messages.success(request, said)
            return redirect("rights_desk:wages")
    messages.error(request, problem or " ".join(str(said) for said in form.errors.get("rows", [])))
    return redirect("rights_desk:import_wages")


@for_roles(*permissions.KEEPERS)
def template(request: Request) -> HttpResponse:
    """The workbook to fill."""
    require(permissions.may_keep_law_tables, request.actor)
    answer = HttpResponse(workbook.template(), content_type=next(iter(forms.XLSX)))
    answer["Content-Disposition"] = 'attachment; filename="upah-minimum.xlsx"'
    return answer
