"""A question that is asked on the telephone or at the desk: one screen, then its code and its promise, read out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from serikat.helpdesk.forms.consultations import CallerForm
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors import calls
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.selectors.callers import number_of
from serikat.helpdesk.services.caller_questions import consultation_from_call
from serikat.helpdesk.views.reports import said_of
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.opening import close, open_for, opened
from serikat.ui.forms import refuse

CODE = "helpdesk.new_consultation_code"


@for_roles(*permissions.ANSWERING)
@never_cache
def from_call(request: Request, pk: int) -> HttpResponse:
    """Begun with what was noted of the call or visit."""
    call = calls.call_for(request.actor, pk)
    if call.consultation_id and request.method != "POST":
        return redirect("helpdesk_consultations:consultation", call.consultation_id)
    begun = {"question": call.notes, "topic": call.topic, "called": call.called}
    form = CallerForm(request.POST or None, number=number_of(call), guarded=call.shows_alias, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            asked = consultation_from_call(actor=request.actor, call=call, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            open_for(request, CODE, asked.code)
            return redirect("helpdesk_consultations:new_code", call.pk)
    context = {"form": form, "call": call}
    return render(request, "helpdesk/consultations/from_call.html", context, status=422 if form.errors else 200)


@for_roles(*permissions.ANSWERING)
@never_cache
def new_code(request: Request, pk: int) -> HttpResponse:
    """The code and the promise of a call's consultation, until it is said that both were read out; then back to the call, to end it."""
    call = calls.call_for(request.actor, pk)
    code = opened(request, CODE)
    found = reads.consultation_of_code(code) if code else None
    if request.method == "POST":
        close(request, CODE)
    if request.method == "POST" or found is None or found.pk != call.consultation_id:
        return redirect("helpdesk_calls:call", call.pk)
    told = {"asked": found, "call": call, **said_of(code)}
    return render(request, "helpdesk/consultations/new_code.html", told)
