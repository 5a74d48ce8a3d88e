"""The calculators. Nothing is stored, nothing stands in the address, no cookie is set: a step sends what was answered before along with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from serikat.kernel.gate import public, readable_offline, same_for_all
from serikat.rights.calculators import CALCULATORS, Calculator
from serikat.rights.counting import Counted, count
from serikat.rights.sheets import draw_sheet
from serikat.rights.wizard import Walk, walk


@public
@same_for_all
@readable_offline("page")
def calculators(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/calculators.html", {"calculators": CALCULATORS.values()})


def _calculator(slug: str) -> Calculator:
    if slug not in CALCULATORS:
        raise Http404
    return CALCULATORS[slug]


@public
@never_cache
@csrf_exempt  # it only counts: nothing is written, and without the token no cookie is set
def calculator(request: HttpRequest, slug: str) -> HttpResponse:
    """One step, or the result."""
    found = _calculator(slug)
    here = walk(found.steps, request.POST)
    if not here.done:
        return _step(request, found, here)
    counted = count(found, here)
    if counted.refused:
        return _step(request, found, counted.walk)
    return render(request, "rights/result.html", _context(found, here, counted))


def _step(request: HttpRequest, found: Calculator, here: Walk) -> HttpResponse:
    status = 422 if here.form is not None and here.form.errors else 200
    return render(request, "rights/step.html", {"calculator": found, "walk": here, "form": here.form}, status=status)


def _context(found: Calculator, here: Walk, counted: Counted) -> dict[str, Any]:
    return {"calculator": found, "walk": here, "told": counted.told, "due": counted.due, "typed": counted.typed}


@public
@never_cache
@csrf_exempt  # as the calculator itself
@require_POST
def calculator_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The result on paper, drawn from what was posted; sent to nobody else and kept nowhere."""
    found = _calculator(slug)
    here = walk(found.steps, request.POST)
    if not here.done:
        return _step(request, found, here)
    counted = count(found, here)
    if counted.refused:
        return _step(request, found, counted.walk)
    answer = HttpResponse(draw_sheet(calculator=found, counted=counted), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="hitungan-{found.slug}.pdf"'
    return answer
