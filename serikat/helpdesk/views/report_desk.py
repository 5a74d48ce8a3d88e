"""Reports at the desk: shelves, one report with its decisions, a lost code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms import codes as code_forms
from serikat.helpdesk.forms import report_decisions as forms
from serikat.helpdesk.forms.beside import NOTHING_DONE
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.selectors import calls, codes, crossing, reports
from serikat.helpdesk.services import codes as code_services
from serikat.helpdesk.services import handling_reports as handling
from serikat.helpdesk.services.saying_again import SaidAlready
from serikat.helpdesk.views.codes import moments
from serikat.helpdesk.views.conversations import whole_number
from serikat.helpdesk.views.reports import CODE, said_of
from serikat.helpdesk.views.typed import drop_typed, keep_file, keep_typed, kept_typed
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.opening import close, open_for, opened
from serikat.messaging.services.queueing import NoFiles
from serikat.people.selectors import person_by_code
from serikat.ui.deciding import decide

NAMES = {
    "baru": gettext_lazy("Baru"),
    "mendesak": gettext_lazy("Mendesak"),
    "saya": gettext_lazy("Milik saya"),
    "lewat": gettext_lazy("Lewat janji"),
    "semua": gettext_lazy("Semua"),
}
for_desk = for_roles(*permissions.DESK)


@for_desk
def shelves(request: Request) -> HttpResponse:
    """A shelf; or, posted, the report that somebody names by its number or code: neither stands in an address."""
    form = code_forms.FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect("helpdesk_reports:report", reports.report_named(request.actor, form.cleaned_data["typed"]).pk)
        except Missing:
            form.add_error(
                "typed",
                _("Tidak ada laporan dengan nomor atau kode itu di unit Anda. Kode yang sudah diganti tidak berlaku."),
            )
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in reports.SHELVES else reports.SHELVES[0]
    after = request.GET.get("sesudah", "")
    rows, more = reports.page_of(reports.on_shelf(request.actor, shelf), int(after) if after.isdecimal() else 0)
    counts = reports.counts(request.actor)
    tabs = [
        {"name": NAMES[name], "url": f"?rak={name}", "current": name == shelf, "count": counts.get(name)}
        for name in reports.SHELVES
    ]
    context = {
        "tabs": tabs,
        "rows": rows,
        "more": more,
        "shelf": shelf,
        "renewals": reports.renewals_to_answer(request.actor)[:20],
        "now": timezone.now(),
        "form": form,
    }
    return render(request, "helpdesk/desk/reports.html", context, status=422 if form.errors else 200)


@for_desk
def report(request: Request, pk: int) -> HttpResponse:
    return _page(request, reports.report_for(request.actor, pk))


def _page(request: Request, found: Any, **shown: Any) -> HttpResponse:
    status = 422 if any(getattr(form, "errors", None) for form in shown.values()) else 200
    begun = {"topic": found.topic, "need": found.need, "place": found.place, "how_many": found.how_many}
    guard = {"threat_level": found.threat_level, "protections": found.protections, "alias": found.alias}
    kept = kept_typed(request, _typed(found.pk))
    came = request.POST if request.method == "POST" else kept
    newest, said = crossing.newest_anywhere(), codes.said_with(found)
    context = {
        "report": found,
        "newest": newest,
        "crossed": _crossed(request, found, said),
        "reach": "" if found.shows_alias else found.reach,
        "safe": reports.safe_ways(found),
        "files": reports.files_with(found),
        "calls": calls.calls_of(request.actor, found),
        "talk": reports.conversation_of(request.actor, found),
        "people": found.people.all()[:50],
        "people_count": found.people.count(),
        "said": said,
        "moments": moments(found, at_desk=True),
        "now": timezone.now(),
        "earlier": reports.earlier_of(found),
        "renewal": reports.renewal_open(found),
        "may_agree": permissions.may_agree_new_code(request.actor, reports.renewal_open(found)),
        "answer_form": forms.AnswerForm(
            actor=request.actor,
            report=found,
            initial={field: kept[field] for field in ("text", "by") if field in kept},
        ),
        "move_form": forms.MoveForm(initial={"state": found.state}).begin(came),
        "assign_form": forms.AssignForm(
            colleagues=reports.colleagues(found), initial={"colleague": found.assigned_to_id}
        ).begin(came),
        "sort_form": forms.SortForm(initial=begun).begin(came),
        "guard_form": forms.GuardForm(initial=guard).begin(came),
        "tie_form": forms.TieForm().begin(came),
        **shown,
    }
    return render(request, "helpdesk/desk/report.html", context, status=status)


def _crossed(request: Request, found: Any, said: Sequence[Any]) -> list[Any]:
    """What came while they wrote, and does not stand among what was said at /kode/."""
    seen, shown = whole_number(request.POST.get("terakhir", "")), {one.pk for one in said}
    if seen is None:
        return []
    new = crossing.crossing(request.actor, crossing.threads_of(request.actor, found), seen)
    return [codes.as_said(one) for one in new if one.pk not in shown]


def _typed(pk: int) -> str:
    return f"helpdesk.typed.report:{pk}"


# What is kept while another button is pressed: the answer, and the words of the small forms.
KEPT = ("text", "by", "words", "reason", "code")


def _keep(request: Request, found: Any, *, but: Sequence[str] = ()) -> None:
    keep_typed(request, _typed(found.pk), KEPT, but=but)
    keep_file(request, partial(forms.AnswerForm, actor=request.actor, report=found))


def _decide(request: Request, found: Any, form: Any, service: Any, *, name: str, words: str) -> HttpResponse:
    if name != "answer_form":
        _keep(request, found, but=list(form.fields))
    return decide(
        request,
        form,
        act=partial(service, report=found),
        words=words,
        here=reverse("helpdesk_reports:report", args=[found.pk]),
        again=lambda wrong: _page(request, found, **{name: _held(wrong)}),
    )


def _held(form: Any) -> Any:
    """Its file waits for the next sending."""
    if isinstance(form, forms.AnswerForm):
        form.hold()
    return form


@for_desk
@require_POST
def take_on(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    _keep(request, found)
    handling.take_on_report(actor=request.actor, report=found)
    messages.success(request, _("Anda menangani laporan ini. Pelapor melihat bahwa laporannya sedang dibaca."))
    return redirect("helpdesk_reports:report", found.pk)


@for_desk
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Send; or nothing at all (`lakukan=simpan`): the page comes back with what was typed."""
    found = reports.report_for(request.actor, pk)
    if "lakukan" in request.POST:
        _keep(request, found)
        messages.info(request, NOTHING_DONE)
        return _page(request, found)
    form = forms.AnswerForm(request.POST, request.FILES, actor=request.actor, report=found)

    def send(*, file: Any = None, key: str = "", **given: Any) -> None:
        seen = whole_number(request.POST.get("terakhir", ""))
        try:
            handling.answer_report(seen=seen, files=[file] if file else [], **given)
        except SaidAlready:
            form.ask_again()
            raise
        except NoFiles:
            here = found.conversation
            words = _("%(channel)s tidak membawa berkas. Pilih “Halaman kode saja”.")
            raise Refused(words % {"channel": here.channel if here else ""}, field="by") from None
        drop_typed(request, _typed(pk))
        form.let_go()

    return _decide(request, found, form, send, name="answer_form", words=_("Jawaban disimpan dan dikirim."))


@for_desk
@require_POST
def show_reach(request: Request, pk: int) -> HttpResponse:
    """On this answer alone, and in the trail."""
    found = reports.report_for(request.actor, pk)
    _keep(request, found)
    return _page(request, found, reach=handling.show_reach_of_report(actor=request.actor, report=found))


@for_desk
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    return _decide(
        request,
        found,
        forms.MoveForm(request.POST),
        handling.move_report,
        name="move_form",
        words=_("Keadaan laporan diubah."),
    )


@for_desk
@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    form = forms.AssignForm(request.POST, colleagues=reports.colleagues(found))
    return _decide(request, found, form, handling.assign_report, name="assign_form", words=_("Laporan dibagi."))


@for_desk
@require_POST
def sort(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    return _decide(
        request, found, forms.SortForm(request.POST), handling.sort_report, name="sort_form", words=_("Disimpan.")
    )


@for_desk
@require_POST
def guard(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    return _decide(
        request,
        found,
        forms.GuardForm(request.POST),
        handling.guard_report,
        name="guard_form",
        words=_("Perlindungan disimpan."),
    )


@for_desk
@require_POST
def tie(request: Request, pk: int) -> HttpResponse:
    """To the record of a person, by the code that stands in it."""
    found = reports.report_for(request.actor, pk)
    form = forms.TieForm(request.POST)
    _keep(request, found, but=["code"])
    if form.is_valid():
        person = person_by_code(request.actor, form.cleaned_data["code"])
        if person is not None:
            handling.tie_report(actor=request.actor, report=found, person=person)
            messages.success(request, _("Laporan terhubung dengan catatan orang."))
            return redirect("helpdesk_reports:report", found.pk)
        form.add_error("code", _("Tidak ada catatan orang dengan kode ini di wilayah Anda."))
    return _page(request, found, tie_form=form)


@for_desk
@require_POST
def make_person(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    _keep(request, found)
    try:
        handling.make_person_of_report(actor=request.actor, report=found, despite_doubles="sure" in request.POST)
    except Refused as refused:
        if refused.code == "denied":
            raise
        return _page(request, found, person_problem=refused, person_doubles=getattr(refused, "people", []))
    messages.success(request, _("Catatan orang dibuat dan terhubung."))
    return redirect("helpdesk_reports:report", found.pk)


@for_desk
@require_POST
def send_code(request: Request, pk: int) -> HttpResponse:
    """The code that was just made, into the conversation from which the report came; from there by the operator's phone where nothing else sends."""
    found = reports.report_for(request.actor, pk)
    try:
        sent = handling.send_code_by_message(actor=request.actor, report=found, code=opened(request, CODE))
    except (Denied, Missing):
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("helpdesk_reports:new_code", found.pk)
    if sent.state == "hand":
        messages.success(request, _("Kode siap. Kirim sekarang dari ponsel Anda lewat tautan di bawah."))
        return redirect("helpdesk_desk:conversation", found.conversation_id)
    messages.success(request, _("Kode dikirim ke percakapan ini."))
    return redirect("helpdesk_reports:new_code", found.pk)


@for_desk
def new_code(request: Request, pk: int) -> HttpResponse:
    """A code that was just made, large and as it is read out, until it is put away."""
    found = reports.just_taken(request.actor, pk)
    reads = bool(permissions.may_read_report(request.actor, found))
    code = opened(request, CODE)
    belongs = codes.belongs_to(code, found) if code else False
    if request.method == "POST":
        close(request, CODE)
    if request.method == "POST" or not belongs:
        return redirect("helpdesk_reports:report", found.pk) if reads else redirect("helpdesk_reports:shelves")
    here = found.conversation
    by_message = reads and here is not None and here.channel.kind != "web"
    told = {"report": found, "by_message": by_message, "reads": reads, **said_of(code)}
    return render(request, "helpdesk/desk/new_code.html", told)


@for_desk
def renew(request: Request, pk: int) -> HttpResponse:
    """A lost code: what must be asked, who else agreed, and the new one."""
    found = reports.report_for(request.actor, pk)
    questions = code_services.questions_about(report=found)
    form = code_forms.RenewForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            code_services.ask_new_code(actor=request.actor, report=found, **form.cleaned_data)
        except Refused as refused:
            if refused.code == "denied":
                raise
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Diminta. Sekarang orang kedua memutuskan."))
            return redirect("helpdesk_reports:renew", found.pk)
    renewal = reports.renewal_open(found)
    context = {
        "report": found,
        "form": form,
        "enough": len(questions) >= code_services.ENOUGH,
        "questions": list(questions.values()),
        "renewal": renewal,
        "known": [code_services.QUESTIONS[name] for name in renewal.known_by] if renewal else [],
        "may_agree": renewal and permissions.may_agree_new_code(request.actor, renewal),
    }
    return render(request, "helpdesk/desk/renew.html", context, status=422 if form.errors else 200)


@for_desk
@require_POST
def answer_renewal(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    renewal = reports.renewal_open(found)
    if renewal is not None and renewal.state == "asked":
        act = code_services.agree_new_code if "setuju" in request.POST else code_services.refuse_new_code
        act(actor=request.actor, renewal=renewal)
        messages.success(request, _("Keputusan Anda disimpan."))
    return redirect("helpdesk_reports:renew", found.pk)


@for_desk
@require_POST
def make_code(request: Request, pk: int) -> HttpResponse:
    found = reports.report_for(request.actor, pk)
    try:
        open_for(request, CODE, code_services.renew_code(actor=request.actor, report=found))
    except Refused as refused:
        if refused.code == "denied":
            raise
        messages.error(request, str(refused))
        return redirect("helpdesk_reports:renew", found.pk)
    return redirect("helpdesk_reports:new_code", found.pk)
