"""The telephone: who rings, one call, a number that somebody typed, the call-back list, visitors."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.helpdesk.call_ways import ways_from
from serikat.helpdesk.forms import calls as forms
from serikat.helpdesk.forms.beside import NOTHING_DONE
from serikat.helpdesk.permissions.calls import SEES_OWN, TELEPHONE, may_note_call
from serikat.helpdesk.selectors import calls as reads
from serikat.helpdesk.selectors.callers import safe_of
from serikat.helpdesk.services import calls
from serikat.helpdesk.views.typed import drop_typed, kept_typed
from serikat.helpdesk.views.typed import keep_typed as keep
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.opening import open_for, opened
from serikat.ui.deciding import decide, press
from serikat.ui.forms import refuse

NUMBER = "helpdesk.number"
DIRECTIONS = ("in", "out")


def _page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _here(pk: int) -> str:
    return reverse("helpdesk_calls:call", args=[pk])


@for_roles(*TELEPHONE)
def ringing(request: Request) -> HttpResponse:
    """Who rings now; the list renews itself, and by reload."""
    context = {
        "ringing": reads.rows_of(reads.ringing(request.actor)),
        "mine": reads.rows_of(reads.on_the_line(request.actor)),
        "lately": reads.rows_of(reads.lately(request.actor)),
        "backs_due": reads.call_backs_due(request.actor),
        "duty_until": reads.duty_until(request.actor),
        "number_form": forms.NumberForm(),
    }
    part = "helpdesk/desk/parts/ringing.html" if "bagian" in request.GET else "helpdesk/desk/calls.html"
    return _page(request, part, context)


@for_roles(*TELEPHONE)
@require_POST
def change_duty(request: Request) -> HttpResponse:
    on_duty = request.POST.get("tugas") == "ya"
    calls.change_duty(actor=request.actor, on_duty=on_duty)
    words = _("Anda bertugas: telepon masuk diberitahukan kepada Anda.") if on_duty else _("Anda selesai bertugas.")
    messages.success(request, words)
    return redirect("helpdesk_calls:ringing")


@for_roles(*TELEPHONE)
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    return _take(request, reads.call_for(request.actor, pk))


@for_roles(*TELEPHONE)
@require_POST
def take_next(request: Request) -> HttpResponse:
    """The one who has waited the longest. `dari` is the call in which somebody still writes."""
    if (before := request.POST.get("dari", "")).isdecimal() and len(before) < 18:
        _note_along(request, reads.call_for(request.actor, int(before)))
    found = reads.ringing(request.actor).first()
    if found is None:
        messages.info(request, _("Tidak ada telepon yang menunggu."))
        return redirect("helpdesk_calls:ringing")
    return _take(request, found)


def _take(request: Request, found: Any) -> HttpResponse:
    try:
        calls.take_call(actor=request.actor, call=found)
    except Conflict as meanwhile:
        messages.error(request, str(meanwhile))
        return redirect("helpdesk_calls:ringing")
    return redirect(_here(found.pk))


@for_roles(*TELEPHONE, *SEES_OWN)
def call(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.call_for(request.actor, pk))


ENDED = ("outcome", "call_back_at_0", "call_back_at_1")


def _typed(pk: int) -> str:
    return f"helpdesk.typed.call:{pk}"


def _note_along(request: Request, found: Any) -> None:
    """What stands on the page while another of its buttons is pressed: the notes are noted, how it ended waits for the page to come back."""
    keep(request, _typed(found.pk), ENDED)
    form = forms.NotesForm(request.POST, guarded=found.shows_alias)
    if "notes" not in request.POST or not form.is_valid() or not may_note_call(request.actor, found):
        return
    given = form.cleaned_data
    if any(getattr(found, field) != value for field, value in given.items()):
        calls.note_call(actor=request.actor, call=found, **given)
        found.refresh_from_db()


def _look(request: Request, found: Any, *, status: int = 200, number: str = "", **wrong: Any) -> HttpResponse:
    kept = kept_typed(request, _typed(found.pk))
    begun = {
        "notes": found.notes,
        "called": found.called,
        "topic": found.topic,
        "outcome": found.outcome,
        "call_back_at": found.call_back_at or reads.call_back_soon(),
    }
    if kept:
        begun["outcome"] = kept.get("outcome", "")
        begun["call_back_at"] = [kept.get("call_back_at_0", ""), kept.get("call_back_at_1", "")]
    context = {
        "call": found,
        "screen": reads.screen_of(request.actor, found, number=number),
        "ways": list(ways_from(request.actor, found)) if found.operator_id else [],
        "form": forms.CloseForm(initial=begun, guarded=found.shows_alias, listening=found.ended_at is None),
        "guard_form": forms.GuardForm(
            prefix="lindung",
            initial={"threat_level": found.threat_level, "protections": found.protections, "alias": found.alias},
        ).begin(request.POST),
        "out_key": uuid.uuid4(),
        **wrong,
    }
    return _page(request, "helpdesk/desk/call.html", context, status)


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def keep_typed(request: Request, pk: int) -> HttpResponse:
    """What stands in the notes, every few seconds while somebody types."""
    found = reads.call_for(request.actor, pk)
    calls.keep_typed(actor=request.actor, call=found, notes=request.POST.get("notes", ""))
    return HttpResponse()


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """`lakukan=catat` notes and stays; `lanjut` notes and goes one of the ways onward; `lakukan=simpan`, Enter in a line of the page, decides nothing;
    otherwise it is closed with its outcome."""
    found = reads.call_for(request.actor, pk)
    if request.POST.get("lakukan") == "simpan":
        _note_along(request, found)
        messages.info(request, NOTHING_DONE)
        return _look(request, found)
    noted = request.POST.get("lakukan") == "catat" or "lanjut" in request.POST
    shape = forms.NotesForm if noted else forms.CloseForm
    if noted:
        keep(request, _typed(pk), ENDED)

    def act(**given: Any) -> None:
        if noted:
            calls.note_call(call=found, **given)
        else:
            calls.close_call(call=found, **given)
            drop_typed(request, _typed(pk))

    return decide(
        request,
        shape(request.POST, guarded=found.shows_alias),
        act=act,
        words=_("Catatan disimpan.") if noted else _("Ditutup."),
        here=_here(pk),
        onward=next((way.url for way in ways_from(request.actor, found) if way.url == request.POST.get("lanjut")), ""),
        again=lambda filled: _look(request, found, status=422, form=filled),
    )


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def guard(request: Request, pk: int) -> HttpResponse:
    found = reads.call_for(request.actor, pk)
    _note_along(request, found)
    return decide(
        request,
        forms.GuardForm(request.POST, prefix="lindung"),
        act=partial(calls.guard_call, call=found),
        words=_("Disamarkan: nama dan nomornya tidak tampil lagi."),
        here=_here(pk),
        again=lambda filled: _look(request, found, status=422, guard_form=filled),
    )


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def show_number(request: Request, pk: int) -> HttpResponse:
    """On this answer alone, and in the trail."""
    found = reads.call_for(request.actor, pk)
    _note_along(request, found)
    return _look(request, found, number=calls.show_number(actor=request.actor, call=found))


@for_roles(*TELEPHONE)
@require_POST
def call_out(request: Request, pk: int) -> HttpResponse:
    """Ring somebody of an earlier call; the new call says that it was begun, and holds the link for the phone."""
    found = reads.call_for(request.actor, pk)
    _note_along(request, found)
    if _unread(request, safe_of(found.address, person=found.person_id)):
        return redirect(_here(pk))
    fresh = calls.begin_call(
        actor=request.actor, unit=found.unit, key=_key(request), address=found.address, direction="out", after=found
    )
    return redirect(_here(fresh.pk))


def _unread(request: Request, safe: list[Any]) -> bool:
    """What somebody said of how to reach them is read before they are called: its page has the button behind it."""
    unread = bool(safe) and "dibaca" not in request.POST
    if unread:
        messages.error(request, _("Belum ditelepon. Baca dulu cara yang aman menghubungi orang ini."))
    return unread


def _key(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


@for_roles(*TELEPHONE)
def number(request: Request) -> HttpResponse:
    """A typed number opens the same screen. It stands in no address: it is sealed in the session for a while."""
    form = forms.NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = calls.number_typed(text=form.cleaned_data["number"])
        except Refused as refused:
            refuse(form, refused)
        else:
            open_for(request, NUMBER, found.value)
            return redirect("helpdesk_calls:number")
    typed = opened(request, NUMBER) if not form.is_bound else ""
    found_call = reads.typed(request.actor, calls.number_typed(text=typed)) if typed else None
    context = {
        "form": form,
        "call": found_call,
        "screen": reads.screen_of(request.actor, found_call) if found_call else None,
        "key": uuid.uuid4(),
    }
    return _page(request, "helpdesk/desk/number.html", context, 422 if form.errors else 200)


@for_roles(*TELEPHONE)
@require_POST
def begin(request: Request) -> HttpResponse:
    """A call with the number that is open, or one without any number."""
    typed = opened(request, NUMBER) if request.POST.get("nomor") == "ya" else ""
    direction = request.POST.get("arah", "")
    address = calls.number_typed(text=typed) if typed else None
    if address is not None and direction == "out":
        known = reads.typed(request.actor, address)
        if _unread(request, safe_of(address, person=known.person_id)):
            return redirect("helpdesk_calls:number")
    fresh = calls.begin_call(
        actor=request.actor,
        unit=calls.unit_to_call_in(actor=request.actor),
        key=_key(request),
        address=address,
        direction=direction if direction in DIRECTIONS else "in",
    )
    return redirect(_here(fresh.pk))


@for_roles(*TELEPHONE, *SEES_OWN)
def call_backs(request: Request, *, wrong: tuple[int, Any] | None = None) -> HttpResponse:
    """Who waits, the earliest first; each with a form to move it."""
    rows = reads.rows_of(reads.call_backs(request.actor)[: reads.SHOWN], to_call=True)
    forms_of = [
        (
            row,
            wrong[1]
            if wrong and wrong[0] == row.call.pk
            else forms.MoveForm(initial={"call_back_at": reads.call_back_soon()}, auto_id=f"id_{row.call.pk}_%s"),
        )
        for row in rows
    ]
    return _page(
        request, "helpdesk/desk/call_backs.html", {"rows": forms_of, "key": uuid.uuid4()}, status=422 if wrong else 200
    )


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def settle_back(request: Request, pk: int) -> HttpResponse:
    found = reads.call_for(request.actor, pk)
    _note_along(request, found)
    return press(
        request,
        act=partial(calls.settle_call_back, call=found),
        words=_("Selesai."),
        here=reverse("helpdesk_calls:call_backs"),
    )


@for_roles(*TELEPHONE, *SEES_OWN)
@require_POST
def move_back(request: Request, pk: int) -> HttpResponse:
    found = reads.call_for(request.actor, pk)
    return decide(
        request,
        forms.MoveForm(request.POST, auto_id=f"id_{pk}_%s"),
        act=partial(calls.move_call_back, call=found),
        words=_("Waktunya digeser."),
        here=reverse("helpdesk_calls:call_backs"),
        again=lambda filled: call_backs(request, wrong=(pk, filled)),
    )


@for_roles(*TELEPHONE, *SEES_OWN)
def visitors(request: Request) -> HttpResponse:
    """Who came in; a new one is written at the top."""
    unit = calls.unit_to_call_in(actor=request.actor)
    people = reads.colleagues(unit)
    form = forms.VisitorForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            came = calls.receive_visitor(actor=request.actor, unit=unit, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Tamu dicatat."))
            return redirect(_here(came.pk) if came.operator_id == request.actor.user_id else "helpdesk_calls:visitors")
    rows = reads.rows_of(reads.visitors(request.actor)[: reads.SHOWN])
    return _page(request, "helpdesk/desk/visitors.html", {"form": form, "rows": rows}, 422 if form.errors else 200)
