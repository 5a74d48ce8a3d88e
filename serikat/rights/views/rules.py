"""The law as it is held: an index, one area, one act, and the whole on one page for a lawyer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from serikat.kernel.gate import public, readable_offline, same_for_all
from serikat.rights.selectors import rules as reads


@public
@same_for_all
@readable_offline("page")
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/rules.html", {"areas": reads.areas(), "acts": reads.acts()})


@public
@same_for_all
@readable_offline("page")
def area(request: HttpRequest, slug: str) -> HttpResponse:
    found = reads.area_with(slug)
    if found is None:
        raise Http404
    return render(request, "rights/area.html", {"area": found})


@public
@same_for_all
@readable_offline("page")
def act(request: HttpRequest, slug: str) -> HttpResponse:
    found = reads.act_with(slug)
    if found is None:
        raise Http404
    return render(request, "rights/act.html", {"act": found})


@public
@same_for_all
def whole_law(request: HttpRequest) -> HttpResponse:
    """Everything on one page, what is unverified first: for a lawyer's review and for print."""
    return render(request, "rights/whole_law.html", {"areas": reads.areas(), "acts": reads.acts()})
