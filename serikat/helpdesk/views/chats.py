"""Without any provider: a conversation begun with a number, a chat pasted or shared from a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.helpdesk.forms import chats as forms
from serikat.helpdesk.permissions import INBOX
from serikat.helpdesk.selectors import chats as reads
from serikat.helpdesk.selectors.reports import OPEN
from serikat.helpdesk.services import chats
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.progress import progress_of
from serikat.ui import sharing
from serikat.ui.forms import refuse
from serikat.units.selectors import units_within


def _units(request: Request) -> Any:
    return units_within(request.actor, *INBOX).filter(closed_on=None).order_by("path")


@for_roles(*INBOX)
def begin(request: Request) -> HttpResponse:
    """A number, and off to its conversation."""
    form = forms.BeginForm(request.POST or None, units=_units(request), initial={"unit": _units(request).first()})
    if request.method == "POST" and form.is_valid():
        try:
            made = chats.begin_conversation(actor=request.actor, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("helpdesk_desk:conversation", made.pk)
    return render(request, "helpdesk/desk/begin.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*INBOX)
def paste(request: Request) -> HttpResponse:
    """What was copied, exported or shared."""
    initial = {"text": request.GET.get(sharing.TEXT, "")[: sharing.LONGEST], "unit": _units(request).first()}
    form = forms.PasteForm(request.POST or None, request.FILES or None, units=_units(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = chats.paste_chat(actor=request.actor, unit=typed["unit"], text=form.chat, number=typed["number"])
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("helpdesk_desk:pasted", made.pk)
    return render(request, "helpdesk/desk/paste.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*INBOX)
def pasted(request: Request, pk: int) -> HttpResponse:
    """Who is who; then how far it has come; then where it went."""
    chat = reads.chat_for(request.actor, pk)
    if chat.state != "look":
        if chat.state == "filed" and chat.conversation_id:
            led_to, waits = reads.led_to(request.actor, chat)
            done = {"chat": chat, "report": led_to, "waits": waits, "now_open": led_to and led_to.state in OPEN}
            return render(request, "helpdesk/desk/pasted_done.html", done)
        progress = progress_of(chats.progress_key(chat_id=chat.pk))
        return render(request, "helpdesk/desk/pasted_done.html", {"chat": chat, "progress": progress})
    preview = reads.preview_of(chat, today=timezone.localdate())
    initial = {"number": chat.number, "ours": preview.likely_ours}
    form = forms.WhoForm(request.POST or None, senders=preview.senders, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chats.file_chat(actor=request.actor, chat=chat, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("helpdesk_desk:pasted", pk)
    context = {"chat": chat, "preview": preview, "form": form, "unknown": _("tanpa nama")}
    return render(request, "helpdesk/desk/pasted.html", context, status=422 if form.errors else 200)
