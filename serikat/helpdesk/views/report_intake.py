"""Reports that the desk writes down: typed while listening, from paper, of a visitor, from a conversation, of many people at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms.report_intake import GroupForm, IntakeForm
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.rules.calls import report_ways
from serikat.helpdesk.selectors import calls, reports
from serikat.helpdesk.services.reports import NothingTold, Taken, receive_report, report_from_call, report_from_conversation
from serikat.helpdesk.views.conversations import keep_reply
from serikat.helpdesk.views.report_desk import for_desk
from serikat.helpdesk.views.reports import CODE
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import Request
from serikat.kernel.opening import open_for
from serikat.ui.forms import refuse

WAYS = {"telepon": "phone", "datang": "visit", "kertas": "paper"}


def _onward(request: Request, taken: Taken) -> HttpResponse:
    if taken.code:
        open_for(request, CODE, taken.code)
        return redirect("helpdesk_reports:new_code", taken.report.pk)
    messages.info(request, _("Laporan ini sudah tercatat."))
    if not permissions.may_read_report(request.actor, taken.report):  # it went to the unit of its place
        return redirect("helpdesk_reports:shelves")
    return redirect("helpdesk_reports:report", taken.report.pk)


@for_desk
def take_report(request: Request, way: str) -> HttpResponse:
    """One screen for the keyboard."""
    return _intake(request, way, receive_report)


@for_desk
def from_call(request: Request, pk: int, way: str) -> HttpResponse:
    """The same screen, begun with what was noted of a call or visitor."""
    call = calls.call_for(request.actor, pk)
    if way not in report_ways(call.way):
        raise Missing
    if call.report_id:
        return redirect("helpdesk_reports:report", call.report_id)
    return _intake(request, way, partial(report_from_call, call=call), call=call)


def _intake(request: Request, way: str, take: Callable[..., Taken], *, call: Any = None) -> HttpResponse:
    begun = calls.begun_by(call) if call is not None else None
    form = IntakeForm(request.POST or None, request.FILES or None, initial=begun, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken = take(
                actor=request.actor, key=given["key"], told=form.told(), way=WAYS[way], files=given["attached"] or ()
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            form.let_go()
            return _onward(request, taken)
    if form.is_bound:
        form.hold()
    context = {"form": form, "way": way, "call": call}
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
    keep_reply(request, conversation)
    try:
        taken = report_from_conversation(actor=request.actor, conversation=conversation)
    except NothingTold as nothing:
        messages.error(request, str(nothing))
        return redirect("helpdesk_desk:conversation", pk)
    if taken.report.state not in reports.OPEN:
        messages.info(request, _("Tidak ada pesan baru sejak %(number)s dicatat.") % {"number": taken.report.number})
        return redirect("helpdesk_desk:conversation", pk)
    return _onward(request, taken)
