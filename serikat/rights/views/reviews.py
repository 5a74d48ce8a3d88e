"""The desk's review of the law: a list with what is unverified first, and one rule looked at closely."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.rights import desk_forms as forms
from serikat.rights import permissions
from serikat.rights.selectors import reviews as reads
from serikat.rights.services import reviews as services
from serikat.ui.forms import refuse

PAGE = 25


@for_roles(Role.ADVOCATE)
def reviews(request: Request) -> HttpResponse:
    require(permissions.may_review_law, request.actor)
    choices = [("", _("Semua")), *reads.areas(), (reads.REGISTER, _("Pasal-pasal"))]
    area = request.GET.get("pokok", "")
    area = area if area in dict(choices) else ""
    rows = reads.rules_in(request.actor, area)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("hal")),
        "unverified": sum(not row.verified for row in rows),
        "marked": sum(row.mark is not None for row in rows),
        "total": len(rows),
        "choices": [{"name": name, "url": f"?pokok={slug}", "current": slug == area} for slug, name in choices],
    }
    return render(request, "rights/desk/reviews.html", context)


@for_roles(Role.ADVOCATE)
def review(request: Request) -> HttpResponse:
    """One rule, with its marks; the address names it as `?aturan=`."""
    require(permissions.may_review_law, request.actor)
    subject = request.GET.get("aturan", "")
    if not subject:
        return redirect("rights_desk:reviews")
    found = reads.rule_for(request.actor, subject)
    form = forms.ReviewForm(request.POST or None, initial={"digest": found.digest})
    if request.method == "POST" and form.is_valid():
        try:
            services.review_rule(actor=request.actor, subject=found.subject, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Tanda disimpan, dan tampil di halaman aturan."))
            return redirect("rights_desk:reviews")
    context = {"rule": found, "form": form, "history": reads.history_of(found.subject)}
    return render(request, "rights/desk/review.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADVOCATE)
@require_POST
def withdraw_review(request: Request, pk: int) -> HttpResponse:
    found = reads.review_for(request.actor, pk)
    services.withdraw_review(actor=request.actor, review=found)
    messages.success(request, _("Tanda dicabut."))
    return redirect(f"{reverse('rights_desk:review')}?{urlencode({'aturan': found.subject})}")
