"""Job adverts for everybody: the list, one advert in whatever state it is. The same for every reader: no cookie, no name."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.kernel.gate import public, readable_offline, same_for_all
from serikat.vacancies import structured
from serikat.vacancies.rules.adverts import is_over
from serikat.vacancies.selectors import public as reads

PAGE = 20


@public
@same_for_all
@readable_offline("page")
def adverts(request: HttpRequest) -> HttpResponse:
    """What is open now, with three questions that narrow it, all by GET."""
    asked = reads.wanted(request.GET)
    page = Paginator(reads.adverts_for(asked), PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "asked": asked,
        "typed": " ".join(request.GET.get("q", "").split())[:200],
        "places": reads.places_with_adverts(),
        "kinds": reads.KINDS,
        "orders": _orders(request),
        "false_ones": reads.proven_false_lately() if page.number == 1 else [],
        "today": timezone.localdate(),
    }
    return render(request, "vacancies/adverts.html", context)


def _orders(request: HttpRequest) -> list[dict[str, Any]]:
    """The two orders of the list as links that keep what was asked."""
    query = request.GET.copy()
    query.pop("hal", None)
    chips = []
    for order, name in ((reads.NEWEST, _("Terbaru")), (reads.ENDING, _("Segera berakhir"))):
        query["urut"] = order
        kept = "&".join(part for part in query.urlencode().split("&") if not part.endswith("="))
        chips.append(
            {
                "name": name,
                "url": f"?{kept}" if kept else reverse("vacancies:adverts"),
                "current": reads.wanted(request.GET).order == order,
            }
        )
    return chips


@public
@same_for_all
@readable_offline("article")
def advert(request: HttpRequest, code: str) -> HttpResponse:
    """Open, over, hidden while it is looked at, proven false, withdrawn: its address always answers."""
    found = reads.advert_with(code)
    if found is None:
        return render(request, "vacancies/no_advert.html", status=404)
    if code != found.code:
        return HttpResponsePermanentRedirect(reverse("vacancies:advert", args=[found.code]))
    if not reads.is_live(found):
        return render(request, "vacancies/closed_advert.html", {"advert": found})
    over = is_over(found.ends_on, timezone.localdate())
    context = {
        "advert": found,
        "over": over,
        "others": reads.others_of_firm(found),
        "address": structured.address_of(found),
        "spoken": ("id",),
        "data": "" if over else structured.job_posting(found),
    }
    return render(request, "vacancies/advert.html", context)
