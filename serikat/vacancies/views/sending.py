"""Sending an advert in, with an account or without; one's own adverts; reporting one that is not true."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import Request, for_signed_in, public
from serikat.kernel.opening import open_for
from serikat.ui import sharing
from serikat.ui.forms import refuse
from serikat.ui.step_pages import StepPages
from serikat.vacancies.forms import STEPS, AdvertForm, PublicSendForm, ReportForm, SendForm
from serikat.vacancies.selectors import own
from serikat.vacancies.selectors import public as reads
from serikat.vacancies.services import reporting, sending
from serikat.vacancies.views.following import CODE

PAGE = 20


def _pages(form: Any) -> StepPages:
    return StepPages(form, begin="vacancies:send_advert", at="vacancies:send_step", cookie="langkah3")


# Who signs in half-way finds again what they typed: one cookie for both.
PAGES = {False: _pages(PublicSendForm), True: _pages(SendForm)}


@public
@never_cache
def send_advert(request: Request, step: str = "") -> HttpResponse:
    """In steps. The plain address begins anew, maybe with what a phone shared."""
    if request.method == "POST":
        return _sent(request)
    signed_in = request.actor.user_id is not None
    if not step:
        begun = {"title": request.GET.get(sharing.TITLE, "")[:120], "work": request.GET.get(sharing.TEXT, "")[:5000]}
        return PAGES[signed_in].begin(request, **{name: words for name, words in begun.items() if words})
    form = PAGES[signed_in].at_step(request, step)
    if isinstance(form, HttpResponse):
        return form
    context = {"form": form, "language_form": "kirim", "signed_in": signed_in, "steps": len(STEPS)}
    return render(request, "vacancies/send_advert.html", context, status=422 if form.errors else 200)


def _sent(request: Request) -> HttpResponse:
    """Sent twice, the same advert answers twice with the same page."""
    signed_in = request.actor.user_id is not None
    form: Any = (SendForm if signed_in else PublicSendForm)(request.POST)
    if form.turn() and (signed_in or not form.doubted()):
        try:
            made, code = sending.send_advert_once(
                actor=request.actor if signed_in else ANONYMOUS,
                key=form.cleaned_data["key"],
                shape=form.shape(),
                contact=form.cleaned_data.get("contact", ""),
                sender_is=form.cleaned_data["sender_is"],
            )
        except Refused as refused:
            refuse(form, refused)
            form.turn_to_wrong()
        else:
            PAGES[signed_in].drop(request)
            if signed_in:
                return redirect("vacancies:own_advert", made.code)
            open_for(request, CODE, code)
            return redirect("vacancies:advert_sent")
    return PAGES[signed_in].onward(request, form)


@for_signed_in
def own_adverts(request: Request) -> HttpResponse:
    page = Paginator(own.own_adverts(request.actor), PAGE).get_page(request.GET.get("hal"))
    return render(request, "vacancies/own_adverts.html", {"page": page})


@for_signed_in
def own_advert(request: Request, code: str) -> HttpResponse:
    return render(request, "vacancies/own_advert.html", {"advert": own.own_advert(request.actor, code)})


@for_signed_in
def change_own_advert(request: Request, code: str) -> HttpResponse:
    found = own.own_advert(request.actor, code)
    form = AdvertForm(request.POST or None, initial=AdvertForm.begun_with(found))
    if request.method == "POST" and form.is_valid():
        try:
            sending.change_own_advert(actor=request.actor, advert=found, shape=form.shape())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("vacancies:own_advert", found.code)
    return render(
        request, "vacancies/change_advert.html", {"form": form, "advert": found}, status=422 if form.errors else 200
    )


@for_signed_in
@require_POST
def take_back_advert(request: Request, code: str) -> HttpResponse:
    found = own.own_advert(request.actor, code)
    sending.take_back_advert(actor=request.actor, advert=found)
    messages.success(request, _("Ditarik. Lowongan ini tidak tampil."))
    return redirect("vacancies:own_advert", found.code)


@public
@never_cache
def report_advert(request: HttpRequest, code: str) -> HttpResponse:
    """A report without an account."""
    found = reads.advert_with(code)
    if found is None:
        raise Missing
    form = ReportForm(request.POST or None)
    open_to_it = found.state in reporting.REPORTABLE
    if request.method == "POST" and open_to_it and form.is_meant():
        values = {name: form.cleaned_data[name] for name in ("what", "amount", "words", "contact")}
        try:
            reporting.report_advert(actor=ANONYMOUS, advert=found, **values)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("vacancies:advert_reported")
    status = 409 if request.method == "POST" and not open_to_it else 422 if form.errors else 200
    context = {"form": form, "advert": found, "open_to_it": open_to_it}
    return render(request, "vacancies/report_advert.html", context, status=status)


@public
@never_cache
def advert_reported(request: HttpRequest) -> HttpResponse:
    """The same for every report, so that "back" and "reload" send nothing again."""
    return render(request, "vacancies/reported.html")
