"""Reports that the desk writes down: typed while listening, from paper, of a visitor, from a conversation, of many people at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms.reports import GroupForm, IntakeForm
from serikat.helpdesk.selectors import reports
from serikat.helpdesk.services.reports import NothingTold, Taken, receive_report, report_from_conversation
from serikat.helpdesk.views.report_desk import for_desk
from serikat.helpdesk.views.reports import CODE
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request
from serikat.kernel.opening import open_for
from serikat.ui.forms import refuse

WAYS = {"telepon": "phone", "datang": "visit", "kertas": "paper"}


def _onward(request: Request, taken: Taken) -> HttpResponse:
    if taken.code:
        open_for(request, CODE, taken.code)
        return redirect("helpdesk_reports:new_code", taken.report.pk)
    messages.info(request, _("Laporan ini sudah tercatat."))
    return redirect("helpdesk_reports:report", taken.report.pk)


@for_desk
def take_report(request: Request, way: str) -> HttpResponse:
    """One screen for the keyboard. A caller's number comes by POST alone (`dari`), from the screen that rang."""
    typed = request.method == "POST" and "dari" not in request.POST
    form = IntakeForm(
        request.POST if typed else None,
        request.FILES if typed else None,
        initial={"number": request.POST.get("dari", "")[:40]},
    )
    if typed and form.is_valid():
        given = form.cleaned_data
        try:
            taken = receive_report(
                actor=request.actor, key=given["key"], told=form.told(), way=WAYS[way], files=given["attached"] or ()
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            return _onward(request, taken)
    context = {"form": form, "way": way}
    return render(request, "helpdesk/desk/take_report.html", context, status=422 if form.errors else 200)


@for_desk
def take_group(request: Request) -> HttpResponse:
    """A list of people: looked through first, each line with its verdict, then kept."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "simpan" in request.POST:
        try:
            taken = receive_report(actor=request.actor, key=form.cleaned_data["key"], told=form.told(), way="visit")
        except Refused as refused:
            refuse(form, refused)
        else:
            return _onward(request, taken)
    lines = getattr(form, "lines", [])
    context = {"form": form, "lines": lines, "kept": sum(1 for line in lines if line.kept)}
    return render(request, "helpdesk/desk/take_group.html", context, status=422 if form.errors else 200)


@for_desk
@require_POST
def from_conversation(request: Request, pk: int) -> HttpResponse:
    """One click in a conversation: what they wrote last is the story."""
    conversation = reports.conversation_to_take(request.actor, pk)
    try:
        taken = report_from_conversation(actor=request.actor, conversation=conversation)
    except NothingTold as nothing:
        messages.error(request, str(nothing))
        return redirect("helpdesk_desk:conversation", pk)
    return _onward(request, taken)
