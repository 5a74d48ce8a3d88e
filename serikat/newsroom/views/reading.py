"""What is read, for editors: the whole site, and one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import Role
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom.rules.reading import DAYS_KEPT, HOURS_KEPT
from serikat.newsroom.selectors import reading as selectors
from serikat.newsroom.selectors.spreading import clicks_of

PERIODS = {"hari": _("Hari ini"), "minggu": _("7 hari"), "bulan": _("30 hari"), "tahun": _("Setahun")}
KEPT = {"hours_kept": HOURS_KEPT, "days_kept": DAYS_KEPT}


@for_roles(Role.EDITOR)
def reads(request: Request) -> HttpResponse:
    """An unknown period is the week."""
    asked = request.GET.get("masa", "")
    period = asked if asked in PERIODS else "minggu"
    found = selectors.figures(request.actor, period, timezone.localdate())
    tabs = [{"name": name, "url": f"?masa={key}", "current": key == period} for key, name in PERIODS.items()]
    context = {"figures": found, "periods": tabs, "long": period == "tahun", **KEPT}
    return render(request, "newsroom/desk/reads.html", context)


@for_roles(Role.EDITOR)
def page_reads(request: Request, page_id: int) -> HttpResponse:
    found = selectors.figures_of(request.actor, page_id, timezone.localdate())
    return render(request, "newsroom/desk/page_reads.html", {"figures": found, "clicks": clicks_of(found.page.pk), **KEPT})
