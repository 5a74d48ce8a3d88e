"""The report on the web: five short steps, nothing in the address, the code told once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from serikat.helpdesk.forms.reports import STEPS, PublicReportForm
from serikat.helpdesk.rules.access_codes import grouped, spoken
from serikat.helpdesk.selectors import codes as reads
from serikat.helpdesk.services.reports import TooManySent, receive_report
from serikat.helpdesk.sheets import draw_report_form
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public, same_for_all
from serikat.kernel.opening import TooManyTries, close, hold_up, note_wrong, open_for, opened
from serikat.ui import sharing
from serikat.ui.forms import refuse
from serikat.ui.step_pages import StepPages

# What is open in a browser: the report behind a code, and a code that was just given.
OPEN, CODE = "helpdesk.code", "helpdesk.new_code"
SENT = "helpdesk.reports_sent"
MOST_SENT = 60  # from one network within a quarter of an hour: a hall of workers may stand behind it, a machine may too


@public
@never_cache
def send_report(request: HttpRequest, step: str = "") -> HttpResponse:
    """Step by step; without an account, without a name. The plain address begins anew, maybe with what a phone shared."""
    if request.method == "POST":
        return _sent(request)
    if not step:
        shared = request.GET.get(sharing.TEXT, "")[: sharing.LONGEST]
        return PAGES.begin(request, **({"story": shared} if shared else {}))
    form = PAGES.at_step(request, step)
    return form if isinstance(form, HttpResponse) else _step(request, form)


def _form(data: Any = None, files: Any = None) -> PublicReportForm:
    return PublicReportForm(data, files, actor=ANONYMOUS)


PAGES = StepPages(_form, begin="helpdesk_public:send_report", at="helpdesk_public:report_step", cookie="langkah")


def _sent(request: HttpRequest) -> HttpResponse:
    form = _form(request.POST, request.FILES)
    if form.turn() and not form.doubted():
        try:
            _not_too_many(request)
            return _taken(request, form)
        except Refused as refused:
            refuse(form, refused)
            form.turn_to_wrong()
    form.hold()
    if "X-Draft" in request.headers:  # the page's own script, which asks again by itself where something is wrong
        answer = _step(request, form)
        if form.kept:
            answer["X-Held"] = "1"
        return answer
    return PAGES.onward(request, form)


@public
@same_for_all
def report_form(request: HttpRequest) -> HttpResponse:
    """The same report to be filled in by hand, with a slip for the code to tear off."""
    answer = HttpResponse(draw_report_form(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{gettext("formulir-laporan")}.pdf"'
    return answer


def _not_too_many(request: HttpRequest) -> None:
    try:
        hold_up(request, SENT, most=MOST_SENT)
    except TooManyTries:
        raise TooManySent from None


def _taken(request: HttpRequest, form: Any) -> HttpResponse:
    given = form.cleaned_data
    taken = receive_report(
        actor=ANONYMOUS,
        key=given["key"],
        told=form.told(),
        way="web",
        files=given["attached"] or (),
        secret=given["secret"],
    )
    form.let_go()
    PAGES.drop(request)
    note_wrong(request, SENT)
    if taken.code:
        open_for(request, CODE, taken.code)
    onward = reverse("helpdesk_public:report_sent")
    return HttpResponse(headers={"X-Next": onward}) if "X-Draft" in request.headers else redirect(onward)


def _step(request: HttpRequest, form: Any) -> HttpResponse:
    context = {"form": form, "language_form": "lapor", "steps": len(STEPS), "last": form.number == len(STEPS)}
    return render(request, "helpdesk/send_report.html", context, status=422 if form.errors else 200)


@public
@never_cache
def report_sent(request: HttpRequest) -> HttpResponse:
    """The code, until its holder says that it is written down: a network that drops out must not take it away."""
    code = opened(request, CODE)
    try:
        found = reads.code_typed(code) if code else None
    except Missing:
        found = None
    if found is None:
        close(request, CODE)
        return render(request, "helpdesk/report_known.html")
    if request.method == "POST":
        close(request, CODE)
        open_for(request, OPEN, str(found.pk))
        return redirect("helpdesk_public:follow_report")
    context = {"report": found.report, "secured": bool(found.secret), **said_of(code)}
    return render(request, "helpdesk/report_sent.html", context)


def said_of(code: str) -> dict[str, Any]:
    """A code as it is shown and read out."""
    return {"code": grouped(code), "spoken": spoken(code, get_language() or "id")}
