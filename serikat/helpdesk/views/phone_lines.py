"""Lines and figures: the address at which a phone system rings us, the lines at the desk, the wall, figures by day and operator."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from serikat.helpdesk.forms import calls as forms
from serikat.helpdesk.permissions.calls import CALL_FIGURES, may_take_call
from serikat.helpdesk.selectors import call_figures
from serikat.helpdesk.selectors import calls as reads
from serikat.helpdesk.services import phone_lines
from serikat.helpdesk.services.ringing import Heard, hear_ring
from serikat.kernel.access import Role
from serikat.kernel.gate import Request, for_roles, public
from serikat.kernel.opening import TooManyTries, hold_up, note_wrong
from serikat.ui.components.lists import Column
from serikat.ui.components.words import day_short
from serikat.units.selectors import units_within

WRONG = "helpdesk.line"
NUMBERS = ("dari", "from", "caller", "callerid", "number", "nomor")
IDS = ("id", "uniqueid", "callid", "call_id")
STATES = ("keadaan", "state", "status")
DIALPLAN = """\
exten => s,1,System(curl -s -m 3 --data-urlencode "dari=${CALLERID(num)}" --data-urlencode "id=${UNIQUEID}" ALAMAT)
exten => h,1,System(curl -s -m 3 -d "keadaan=selesai" --data-urlencode "id=${UNIQUEID}" ALAMAT)"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _said(request: HttpRequest, names: tuple[str, ...]) -> str:
    for source in (request.POST, request.GET):
        for name in names:
            if value := source.get(name, ""):
                return str(value)
    return ""


def _short(words: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def rings(request: HttpRequest, key: str) -> HttpResponse:
    """A phone system says that somebody rings, or has gone. It is answered in a few bytes."""
    try:
        hold_up(request, WRONG)
    except TooManyTries:
        return _short("tunggu", 429)
    line = reads.line_at(key)
    if line is None:
        note_wrong(request, WRONG)
        return _short("tidak ada", 404)
    try:
        number, outside_id, state = (_said(request, names) for names in (NUMBERS, IDS, STATES))
    except RequestDataTooBig:
        return _short("terlalu besar", 413)
    heard = hear_ring(line=line, number=number, outside_id=outside_id, state=state)
    return _short("pelan", 429) if heard is Heard.SLOWED else _short("ok")


@for_roles(Role.ADMINISTRATOR)
def lines(request: Request) -> HttpResponse:
    """The lines, and how a phone system is told the address of one."""
    units = units_within(request.actor, Role.ADMINISTRATOR)
    form = forms.LineForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        line, key = phone_lines.add_line(actor=request.actor, **form.cleaned_data)
        return _with_key(request, line, key)
    return _lines(request, form, 422 if form.errors else 200)


def _lines(request: Request, form: Any, status: int = 200, **more: Any) -> HttpResponse:
    told = [
        ("dari", _("nomor penelepon, dalam bentuk apa pun; kosong atau anonymous berarti disembunyikan")),
        ("id", _("nama panggilan ini di sistem telepon, bila ada: disebut dua kali tetap satu panggilan")),
        ("keadaan", _("selesai, bila penelepon sudah menutup; tanpa itu, sesudah tiga menit dianggap tidak terangkat")),
    ]
    context = {"lines": reads.lines_for(request.actor), "form": form, "told": told, "dialplan": DIALPLAN, **more}
    answer = render(request, "helpdesk/desk/lines.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _with_key(request: Request, line: Any, key: str) -> HttpResponse:
    """The address stands on this answer alone."""
    address = request.build_absolute_uri(reverse("helpdesk_lines:rings", args=[key]))
    form = forms.LineForm(units=units_within(request.actor, Role.ADMINISTRATOR))
    return _lines(request, form, made=line, address=address)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def renew_key(request: Request, pk: int) -> HttpResponse:
    line = reads.line_for(request.actor, pk)
    return _with_key(request, line, phone_lines.renew_line_key(actor=request.actor, line=line))


@for_roles(Role.ADMINISTRATOR)
@require_POST
def end_line(request: Request, pk: int) -> HttpResponse:
    phone_lines.end_line(actor=request.actor, line=reads.line_for(request.actor, pk))
    messages.success(request, _("Sambungan ditutup. Catatan teleponnya tetap ada."))
    return redirect("helpdesk_calls:lines")


@for_roles(*CALL_FIGURES)
def wall(request: Request) -> HttpResponse:
    """Today for everybody in the room: numbers alone."""
    context = {"today": call_figures.today(request.actor), "may_take": bool(may_take_call(request.actor))}
    answer = render(request, "helpdesk/desk/wall.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _days(query: QueryDict) -> tuple[Any, Any, Any]:
    """From and until, the last two weeks unless asked; never more than the most."""
    today = timezone.localdate()
    begun = {"since": today - timedelta(days=13), "until": today}
    form = forms.DaysForm(query) if "since" in query else forms.DaysForm(initial=begun)
    said = form.cleaned_data if form.is_bound and form.is_valid() else begun
    until = max(said["since"], said["until"])
    return form, max(said["since"], until - timedelta(days=call_figures.MOST_DAYS - 1)), until


@for_roles(*CALL_FIGURES)
def figures(request: Request) -> HttpResponse:
    form, since, until = _days(request.GET)
    rows = call_figures.figures(request.actor, since, until)
    days, together = call_figures.totals(request.actor, since, until)
    heads = call_figures.heads()
    lines: list[Any] = []
    for day, of_day in groupby(rows, key=lambda row: row.day):
        each = list(of_day)
        lines += each if len(each) == 1 else [days[day], *each]
    context = {
        "form": form,
        "rows": [[day_short(row.day), *call_figures.cells(row)[1:]] for row in lines],
        "foot": [_("Jumlah"), *call_figures.cells(together)[1:]],
        "since": since,
        "until": until,
        "heads": [*heads[:2], *(Column(head, number=True) for head in heads[2:])],
    }
    return render(request, "helpdesk/desk/call_figures.html", context, status=422 if form.errors else 200)


@for_roles(*CALL_FIGURES)
def figures_sheet(request: Request) -> HttpResponse:
    _form, since, until = _days(request.GET)
    answer = HttpResponse(call_figures.workbook(call_figures.figures(request.actor, since, until)), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="telepon-{since}-{until}.xlsx"'
    return answer
