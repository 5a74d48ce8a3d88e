"""Asking without an account: the question in two steps, the code, the answer that the code opens at /kode/, and what the asker thinks of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from serikat.helpdesk.forms.codes import CodeForm
from serikat.helpdesk.forms.consultations import STEPS, AskForm, WordForm
from serikat.helpdesk.rules.access_codes import grouped
from serikat.helpdesk.selectors import citing
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.services import consultations as services
from serikat.helpdesk.services import questions
from serikat.helpdesk.views.reports import OPEN as OPEN_CODE
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public
from serikat.kernel.opening import TooManyTries, close, hold_up, note_wrong, open_for, opened
from serikat.ui.forms import refuse
from serikat.ui.step_pages import StepPages

# What is open in a browser: the consultation that is followed, the code of one just asked.
OPEN, CODE = "helpdesk.consultation", "helpdesk.consultation_code"
SENT = "helpdesk.consultations_sent"
MOST_SENT = 60  # from one network within a quarter of an hour, as of reports


PAGES = StepPages(AskForm, begin="helpdesk_answers:ask", at="helpdesk_answers:ask_step", cookie="langkah2")


@public
@never_cache
def ask(request: HttpRequest, step: str = "") -> HttpResponse:
    """Two steps. The plain address begins anew, maybe with what was looked for in the answers, which had none that fits."""
    if request.method == "POST":
        return _sent(request)
    if not step:
        searched = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
        return PAGES.begin(request, **({"question": searched} if searched else {}))
    form = PAGES.at_step(request, step)
    if isinstance(form, HttpResponse):
        return form
    context = {"form": form, "language_form": "tanya", "steps": len(STEPS)}
    return render(request, "helpdesk/consultations/ask.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST)
    if form.turn() and not form.doubted():
        given = form.cleaned_data
        try:
            _not_too_many(request)
            code = questions.ask_once(
                actor=ANONYMOUS, **{name: given[name] for name in ("key", "topic", "question", "called", "reach")}
            )
        except Refused as refused:
            refuse(form, refused)
            form.turn_to_wrong()
        else:
            PAGES.drop(request)
            note_wrong(request, SENT)
            open_for(request, CODE, code)
            return redirect("helpdesk_answers:asked")
    return PAGES.onward(request, form)


def _not_too_many(request: HttpRequest) -> None:
    try:
        hold_up(request, SENT, most=MOST_SENT)
    except TooManyTries:
        raise questions.TooManyFromHere from None


@public
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """The code, until they say that it is written down."""
    code = opened(request, CODE)
    if not code:
        return redirect("helpdesk_public:find_report")
    found = reads.consultation_of_code(code)
    if request.method == "POST":
        close(request, CODE)
        if found is not None:
            open_for(request, OPEN, str(found.pk))
        return redirect("helpdesk_answers:follow")
    return render(request, "helpdesk/consultations/asked.html", {"code": grouped(code), "asked": found})


@public
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """How far it is, and the answer. The question itself stands in one answer alone, to who types the code once more: the page may be open in a phone
    that somebody else holds."""
    pk = opened(request, OPEN)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        close(request, OPEN)
        return redirect("helpdesk_public:find_report")
    found = reads.consultation_opened(pk)
    if found is None:
        return redirect("helpdesk_public:find_report")
    status = 200
    shown = False
    if form.is_valid():
        try:
            hold_up(request, OPEN_CODE)
            shown = reads.consultation_of_code(form.cleaned_data["code"]) == found
            if not shown:
                note_wrong(request, OPEN_CODE)
                form.add_error("code", _("Kode ini bukan kode pertanyaan ini."))
        except Refused as refused:
            form.add_error("code", str(refused))
            status = refused.http_status
    context = {"asked": found, "cited": citing.cited(found.cites), "form": form, "shown": shown}
    status = 422 if form.errors and status == 200 else status
    return render(request, "helpdesk/consultations/follow.html", context, status=status)


@public
@never_cache
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """Two buttons; the other one takes the first back. The address says nothing of the question."""
    found = reads.consultation_with_key(key)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.get("opinion", found.opinion)
        if chosen not in ("good", "bad"):
            raise Missing
        services.rate_answer(actor=ANONYMOUS, consultation=found, opinion=chosen, word=form.cleaned_data["word"])
        return redirect("helpdesk_answers:opinion", key)
    context = {"given": found.opinion, "worded": bool(found.opinion_word), "form": form}
    return render(request, "helpdesk/consultations/opinion.html", context, status=422 if form.errors else 200)
