"""Right of reply, right of correction, complaint, withdrawal: what they are, the form without an account, the sender's own page, the public list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from serikat.kernel.access import ANONYMOUS
from serikat.kernel.codes import clean_code, spaced
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public, same_for_all
from serikat.newsroom.forms.requests import AgreeForm, CodeForm, RequestForm, SenderAnswerForm
from serikat.newsroom.rules.requests import words_digest
from serikat.newsroom.selectors import redress, requests
from serikat.newsroom.services import requests as services
from serikat.newsroom.views.public import not_found
from serikat.ui.forms import refuse

PAGE = 30


@public
@same_for_all
def rights(request: HttpRequest) -> HttpResponse:
    """What everybody may ask of this newsroom, in plain words with the articles of the law."""
    return render(request, "newsroom/rights.html", {"rule": requests.rule(), "counts": redress.redress_counts()})


@public
@never_cache
def send_request(request: HttpRequest, kind: str = "", key: str = "") -> HttpResponse:
    """A request about one page, or about one whose title is typed. A machine that fell into the trap is thanked like everybody."""
    about = requests.page_asked_about(kind, key) if kind else None
    sent = request.method == "POST"
    form = RequestForm(request.POST if sent else None, request.FILES if sent else None, about=about)
    if sent and form.is_valid():
        try:
            if form.by_machine:
                return redirect("newsroom:rights")
            page = about or requests.page_typed(form.shape["title"])
            code = services.send_request_once(actor=ANONYMOUS, about=page, **form.shape)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect(reverse("newsroom:follow_request", args=[code]) + "?baru=1")
    context = {"form": form, "about": about, "back": _page_of(kind, key), "rule": requests.rule()}
    return render(request, "newsroom/send_request.html", context, status=422 if form.errors else 200)


def _page_of(kind: str, key: str) -> str:
    names = {"berita": "newsroom:article", "tulisan": "newsroom:post"}
    return reverse(names[kind], args=[key]) if kind else reverse("newsroom:rights")


@public
@never_cache
def find_request(request: HttpRequest) -> HttpResponse:
    """A sender comes back with the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.followed(form.cleaned_data["code"])
        except Missing:
            form.add_error("code", _("Kode ini tidak kami kenal. Periksa lagi huruf dan angkanya."))
        else:
            return redirect("newsroom:follow_request", clean_code(form.cleaned_data["code"]))
    return render(request, "newsroom/find_request.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
def follow_request(request: HttpRequest, code: str) -> HttpResponse:
    """Where it stands, what the desk asks and answers."""
    return _follow(request, code, requests.followed(code))


def _follow(request: HttpRequest, code: str, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "asked": found,
        "code": code,
        "spaced": spaced(clean_code(code)),
        "new": "baru" in request.GET,
        "said": requests.said_to_sender(found),
        "path": requests.public_path(found),
        "redress": getattr(found, "redress", None),
        "open": found.state in requests.WORKED_ON,
        "answer_form": SenderAnswerForm(),
        "agree_form": AgreeForm(initial={"digest": words_digest(found.shown_words)}),
        **forms,
    }
    return render(request, "newsroom/follow_request.html", context, status=status)


@public
@never_cache
@require_POST
def answer_question(request: HttpRequest, code: str) -> HttpResponse:
    found = requests.followed(code)
    form = SenderAnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_question(actor=ANONYMOUS, request=found, words=form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("newsroom:follow_request", code)
    return _follow(request, code, found, status=422, answer_form=form)


@public
@never_cache
@require_POST
def agree_to_words(request: HttpRequest, code: str) -> HttpResponse:
    found = requests.followed(code)
    services.agree_to_words(actor=ANONYMOUS, request=found, digest=request.POST.get("digest", ""))
    return redirect("newsroom:follow_request", code)


@public
@never_cache
@require_POST
def withdraw_request(request: HttpRequest, code: str) -> HttpResponse:
    services.withdraw_request(actor=ANONYMOUS, request=requests.followed(code))
    return redirect("newsroom:follow_request", code)


@public
@same_for_all
def redress_list(request: HttpRequest) -> HttpResponse:
    """Every correction, reply and withdrawal, the newest first."""
    page = Paginator(redress.redress_list(), PAGE).get_page(request.GET.get("hal"))
    return render(request, "newsroom/redress_list.html", {"page": page, "counts": redress.redress_counts()})


@public
@same_for_all
def reply(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A reply on a page of its own, linked with the item it answers."""
    found = redress.reply_of(year, number)
    return render(request, "newsroom/reply.html", {"reply": found}) if found else not_found(request)
