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
from serikat.kernel.opening import MINUTES, close, hold_up, note_wrong, open_for, opened
from serikat.newsroom.forms.requests import AgreeForm, CodeForm, RequestForm, SenderAnswerForm
from serikat.newsroom.rules.requests import LONGEST_ANSWER, words_digest
from serikat.newsroom.selectors import redress, requests
from serikat.newsroom.services import requests as services
from serikat.newsroom.views.public import not_found
from serikat.ui.forms import refuse

PAGE = 30
# What is open in a browser: the request that is followed, the code of one just sent, the code of an old link.
OPEN, CODE, TYPED = "newsroom.request", "newsroom.request_code", "newsroom.request_typed"


@public
@same_for_all
def rights(request: HttpRequest) -> HttpResponse:
    """What everybody may ask of this newsroom, in plain words with the articles of the law."""
    return render(request, "newsroom/rights.html", {"rule": requests.rule(), "counts": redress.redress_counts()})


@public
@never_cache
def send_request(request: HttpRequest, kind: str = "", key: str = "") -> HttpResponse:
    """A request about one page, or about one whose title is typed."""
    about = requests.page_asked_about(kind, key) if kind else None
    sent = request.method == "POST"
    form = RequestForm(request.POST if sent else None, request.FILES if sent else None, about=about, actor=ANONYMOUS)
    if sent and form.is_meant():
        try:
            page = about or requests.page_typed(form.shape["title"])
            code = services.send_request_once(actor=ANONYMOUS, about=page, **form.shape)
        except Refused as refused:
            refuse(form, refused)
        else:
            form.let_go()
            open_for(request, CODE, code)
            return redirect("newsroom:request_sent")
    if sent:
        form.hold()
    context = {"form": form, "about": about, "back": _page_of(kind, key), "rule": requests.rule()}
    return render(request, "newsroom/send_request.html", context, status=422 if form.errors else 200)


def _page_of(kind: str, key: str) -> str:
    names = {
        "berita": "newsroom:article",
        "tulisan": "newsroom:post",
        "video": "newsroom:video",
        "suara": "newsroom:sound",
    }
    return reverse(names[kind], args=[key]) if kind else reverse("newsroom:rights")


@public
@never_cache
def request_sent(request: HttpRequest) -> HttpResponse:
    """The code, until its sender says that it is written down: a network that drops out must not take it away."""
    code = opened(request, CODE)
    if not code:
        return redirect("newsroom:find_request")
    if request.method == "POST":
        close(request, CODE)
        open_for(request, OPEN, str(requests.followed(code).pk))
        return redirect("newsroom:follow_request")
    context = {"asked": requests.followed(code), "spaced": spaced(code)}
    return render(request, "newsroom/request_sent.html", context)


@public
@never_cache
def find_request(request: HttpRequest) -> HttpResponse:
    """A sender comes back with the code. It opens the request in this browser for a while; no address carries it. What somebody typed on the
    request's page after its time is brought along."""
    form = CodeForm(request.POST or None, initial={"code": opened(request, TYPED, stays=False)})
    if request.method == "POST" and form.is_valid():
        try:
            hold_up(request, OPEN)
            found = requests.followed(form.cleaned_data["code"])
        except Missing:
            note_wrong(request, OPEN)
            form.add_error("code", _("Kode ini tidak kami kenal. Periksa lagi huruf dan angkanya."))
        except Refused as refused:
            form.add_error("code", str(refused))
            return render(request, "newsroom/find_request.html", {"form": form}, status=refused.http_status)
        else:
            close(request, TYPED)
            open_for(request, OPEN, str(found.pk))
            if words := form.cleaned_data["words"]:
                return _follow(request, found, answer_form=SenderAnswerForm(initial={"words": words}))
            return redirect("newsroom:follow_request")
    return render(request, "newsroom/find_request.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
def old_link(request: HttpRequest, code: str) -> HttpResponse:
    """An address that carries a code, as they once did: on to the form, which has it filled in. Whatever stands in it is answered alike, so that
    nothing writes it down as an address that is not there."""
    if request.method in ("GET", "HEAD") and (typed := clean_code(code.partition("/")[0])[:40]).isalnum():
        open_for(request, TYPED, spaced(typed))
    return redirect("newsroom:find_request")


@public
@never_cache
def follow_request(request: HttpRequest) -> HttpResponse:
    """Where it stands, what the desk asks and answers: of the request that is open in this browser."""
    found = requests.opened_request(opened(request, OPEN))
    return _follow(request, found) if found else redirect("newsroom:find_request")


def _follow(request: HttpRequest, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "asked": found,
        "minutes": MINUTES,
        "said": requests.said_to_sender(found),
        "path": requests.public_path(found),
        "redress": getattr(found, "redress", None),
        "open": found.state in requests.WORKED_ON,
        "answer_form": SenderAnswerForm(),
        "agree_form": AgreeForm(initial={"digest": words_digest(found.shown_words)}),
        **forms,
    }
    return render(request, "newsroom/follow_request.html", context, status=status)


def _asked(request: HttpRequest) -> Any:
    """The open request, if it is the one whose page was sent: another may have been opened beside it, or its time may be over."""
    found = requests.opened_request(opened(request, OPEN))
    return found if found and found.label == request.POST.get("which") else None


def _ask_code(request: HttpRequest) -> HttpResponse:
    """Its time is over: the code again, with what was typed."""
    form = CodeForm(initial={"words": request.POST.get("words", "")[:LONGEST_ANSWER]})
    return render(request, "newsroom/find_request.html", {"form": form, "late": True}, status=422)


@public
@never_cache
@require_POST
def answer_question(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    if found is None:
        return _ask_code(request)
    form = SenderAnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_question(actor=ANONYMOUS, request=found, words=form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("newsroom:follow_request")
    return _follow(request, found, status=422, answer_form=form)


@public
@never_cache
@require_POST
def agree_to_words(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    if found is None:
        return _ask_code(request)
    services.agree_to_words(actor=ANONYMOUS, request=found, digest=request.POST.get("digest", ""))
    return redirect("newsroom:follow_request")


@public
@never_cache
@require_POST
def withdraw_request(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    if found is None:
        return _ask_code(request)
    services.withdraw_request(actor=ANONYMOUS, request=found)
    return redirect("newsroom:follow_request")


@public
@never_cache
@require_POST
def close_request(request: HttpRequest) -> HttpResponse:
    """Nothing of it stays open in this browser."""
    close(request, OPEN, CODE, TYPED)
    return redirect("newsroom:rights")


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
    return render(request, "newsroom/reply.html", {"reply": found, "spoken": ("id",)}) if found else not_found(request)
