"""/kode/: the holder of an access code sees where their report stands, reads and writes; one of a consultation is led to its answer. No address carries
the code."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from serikat.files.ranges import played
from serikat.helpdesk.forms.codes import CodeForm, SecretForm, WriteForm
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.selectors import codes as reads
from serikat.helpdesk.services import codes as services
from serikat.helpdesk.views.asking import CODE as ASKED_CODE
from serikat.helpdesk.views.asking import OPEN as ASKED
from serikat.helpdesk.views.reports import CODE, OPEN
from serikat.kernel.access import ANONYMOUS
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public
from serikat.kernel.opening import MINUTES, close, hold_up, note_wrong, open_for, opened
from serikat.ui.components.matter import Moment
from serikat.ui.components.words import moment
from serikat.ui.forms import refuse

# As who reported reads them.
STATES = {
    "received": gettext_lazy("Diterima"),
    "read": gettext_lazy("Dibaca petugas"),
    "handled": gettext_lazy("Ditangani"),
    "theirs": gettext_lazy("Menunggu keterangan Anda"),
    "closed": gettext_lazy("Selesai"),
}


@public
@never_cache
def find_report(request: HttpRequest) -> HttpResponse:
    """The form for the code. Right or wrong, the same work; wrong ones are slowed down."""
    form = CodeForm(request.POST or None)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            hold_up(request, OPEN)
            found, asked = reads.behind(form.cleaned_data["code"])
        except Missing:
            note_wrong(request, OPEN)
            form.add_error("code", _("Kode ini tidak berlaku. Bandingkan lagi dengan catatan Anda."))
        except Refused as refused:
            form.add_error("code", str(refused))
            status = refused.http_status
        else:
            close(request, CODE, ASKED_CODE)
            if found is None:
                open_for(request, ASKED, str(asked.pk) if asked else "")
                return redirect("helpdesk_answers:follow")
            services.note_use(code=found)
            open_for(request, OPEN, str(found.pk))
            if words := form.cleaned_data["words"]:
                return _follow(request, found, write_form=WriteForm(initial={"text": words}))
            return redirect("helpdesk_public:follow_report")
    return render(request, "helpdesk/find_report.html", {"form": form}, status=status if form.errors else 200)


@public
@never_cache
def follow_report(request: HttpRequest) -> HttpResponse:
    """Of the code that is open in this browser."""
    found = reads.code_opened(opened(request, OPEN))
    return _follow(request, found) if found else redirect("helpdesk_public:find_report")


def moments(report: Any, *, at_desk: bool = False) -> list[Moment]:
    """The way of a report: each change with the desk's words, and what is promised. "You" is who reported, except at the desk."""
    states: dict[str, Any] = {**STATES, "theirs": _("Menunggu keterangan pelapor")} if at_desk else STATES
    way = [Moment(step.at, states[step.state], step.words) for step in reads.steps_of(report)]
    if report.promised_at and report.first_answer_at is None and report.state != "closed":
        way.append(Moment(report.promised_at, _("Dijawab paling lambat"), moment(report.promised_at)))
    return way


def _follow(request: HttpRequest, code: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    report = code.report
    context = {
        "code": code,
        "report": report,
        "minutes": MINUTES,
        "moments": moments(report),
        "said": reads.said_with(report),
        "story_open": reads.story_is_open(code),
        "story_opens_at": reads.story_opens_at(code),
        "shortest": rules.SHORTEST_SECRET,
        "write_form": WriteForm(),
        "secret_form": SecretForm(prefix="sandi"),
        "set_form": SecretForm(prefix="pasang"),
        **forms,
    }
    return render(request, "helpdesk/follow_report.html", context, status=status)


def _opened(request: HttpRequest) -> Any:
    """The open code, if it is of the report whose page was sent."""
    found = reads.code_opened(opened(request, OPEN))
    return found if found and found.report.number == request.POST.get("which") else None


def _ask_code(request: HttpRequest) -> HttpResponse:
    """Its time is over: the code again, with what was typed."""
    form = CodeForm(initial={"words": request.POST.get("text", "")[: rules.LONGEST_WORDS]})
    return render(request, "helpdesk/find_report.html", {"form": form, "late": True}, status=422)


@public
@never_cache
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    found = _opened(request)
    if found is None:
        return _ask_code(request)
    form = WriteForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.write_by_code(
                actor=ANONYMOUS, report=found.report, key=given["key"], text=given["text"], files=given["attached"]
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("helpdesk_public:follow_report")
    return _follow(request, found, status=422, write_form=form)


@public
@never_cache
@require_POST
def read_story(request: HttpRequest) -> HttpResponse:
    """The story stands in this answer alone: no address and no session keeps it open."""
    found = _opened(request)
    if found is None:
        return _ask_code(request)
    form = SecretForm(request.POST, prefix="sandi")
    status = 422
    if form.is_valid():
        try:
            right = reads.is_secret(found, form.cleaned_data["secret"])
            if right and reads.story_is_open(found):
                return _follow(request, found, story=found.report, files=reads.files_told(found.report))
            form.add_error("secret", _("Sandi ini tidak cocok."))
        except Refused as refused:
            refuse(form, refused)
            status = refused.http_status
    return _follow(request, found, status=status, secret_form=form)


@public
@never_cache
@require_POST
def set_secret(request: HttpRequest) -> HttpResponse:
    found = _opened(request)
    if found is None:
        return _ask_code(request)
    form = SecretForm(request.POST, prefix="pasang")
    if form.is_valid():
        try:
            services.set_second_secret(actor=ANONYMOUS, report=found.report, code=found, secret=form.cleaned_data["secret"])
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("helpdesk_public:follow_report")
    return _follow(request, found, status=422, set_form=form)


@public
@never_cache
@require_GET
def hear_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """A voice of the conversation is heard in the page: nothing of it stays on the telephone. Only while the code is open in this browser."""
    found = reads.code_opened(opened(request, OPEN))
    if found is None:
        raise Missing
    file = reads.file_said(found.report, str(pk))
    if not file.is_sound:
        raise Missing
    content = services.open_file_by_code(actor=ANONYMOUS, report=found.report, file=file)
    response = played(request, content, file.size, file.kind)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@public
@never_cache
@require_POST
def open_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """A file of the conversation, saved; only a voice is heard in place."""
    found = _opened(request)
    if found is None:
        return _ask_code(request)
    file = reads.file_said(found.report, request.POST.get("file", ""))
    content = services.open_file_by_code(actor=ANONYMOUS, report=found.report, file=file)
    response = StreamingHttpResponse(content, content_type=file.kind)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["Content-Length"] = file.size
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@never_cache
@require_POST
def close_report(request: HttpRequest) -> HttpResponse:
    """Nothing of it stays open in this browser."""
    close(request, OPEN, CODE)
    return redirect("helpdesk_public:find_report")
