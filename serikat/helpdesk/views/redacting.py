"""The desk of public answers: a draft with its marks, each decided, looked at by a second person, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from serikat.helpdesk.forms import public_answers as forms
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.permissions.calls import may_read_call
from serikat.helpdesk.rules.redacting import from_json
from serikat.helpdesk.selectors import citing
from serikat.helpdesk.selectors import consultations as asked
from serikat.helpdesk.selectors import public_answers as reads
from serikat.helpdesk.selectors.marking import pieces_of
from serikat.helpdesk.services import calls, withdrawing
from serikat.helpdesk.services import public_answers as services
from serikat.helpdesk.services.guarding import what_guards
from serikat.kernel.access import unit_path_of
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.ui.deciding import decide
from serikat.ui.forms import refuse

PAGE = 25
PUBLISHING = for_roles(*permissions.PUBLISHING)


@PUBLISHING
def public_answers(request: Request) -> HttpResponse:
    states = {
        "review": _("Menunggu diperiksa"),
        "draft": _("Disiapkan"),
        "published": _("Tayang"),
        "withdrawn": _("Ditarik"),
    }
    state = request.GET.get("rak", "")
    state = state if state in states else "review"
    counts = reads.counts(request.actor)
    page = Paginator(reads.public_answers_on(request.actor, state), PAGE).get_page(request.GET.get("hal"))
    tabs = [
        {"name": name, "url": f"?rak={key}", "current": key == state, "count": counts.get(key)}
        for key, name in states.items()
    ]
    return render(request, "helpdesk/public/desk_list.html", {"page": page, "tabs": tabs, "state": state})


@PUBLISHING
@require_POST
def draft_public_answer(request: Request, pk: int) -> HttpResponse:
    found = asked.consultation_for(request.actor, pk)
    form = forms.ConsentForm(request.POST, prefix="izin")
    if form.is_valid():
        try:
            public = services.draft_public_answer(actor=request.actor, consultation=found, **form.cleaned_data)
        except services.AlreadyDrafted as refused:
            messages.error(request, str(refused))
            return redirect("helpdesk_consultations:consultation", pk)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Disiapkan. Putuskan setiap tanda di bawah."))
            return redirect("helpdesk_consultations:public_answer", public.pk)
    return render(request, "helpdesk/public/consent.html", {"form": form, "asked": found}, status=422)


@PUBLISHING
@never_cache
def public_answer(request: Request, pk: int) -> HttpResponse:
    return _look(request, reads.public_answer_for(request.actor, pk))


def _look(request: Request, found: Any, *, status: int = 200, **wrong: Any) -> HttpResponse:
    decisions = from_json(found.marks)
    is_draft = found.state == "draft"
    context = {
        "public": found,
        "marks_form": forms.MarksForm(decisions=decisions) if is_draft else None,
        "pieces": pieces_of(found.source_question, found.source_answer, decisions) if found.source_question else None,
        "decided": [one for one in decisions if one.is_made],
        "in_the_way": services.what_stands_in_the_way(public=found) if found.state in ("draft", "review") else [],
        "cited": citing.cited(found.cites),
        "still_guarded": _still_guarded(request, found, wrong.pop("unguard", {})),
        "newer": reads.newer_of(found),
        "may_publish": permissions.may_publish_public_answer(request.actor, found),
        "return_form": forms.ReasonForm(prefix="kembali"),
        "withdraw_form": forms.ReasonForm(prefix="tarik"),
        **wrong,
    }
    return render(request, "helpdesk/public/desk_answer.html", context, status=status)


PAGES = {
    "conversation": "helpdesk_desk:conversation",
    "report": "helpdesk_reports:report",
    "call": "helpdesk_calls:call",
    "consultation": "helpdesk_consultations:consultation",
}


def _still_guarded(request: Request, public: Any, wrong: dict[int, Any]) -> list[dict[str, Any]]:
    """For what a guard took off: each thing on which one still stands, with its page; what lies out of reach in one line. Calls have no page for who did
    not take them, so here is where their guard is taken off."""
    if not public.by_guard or public.consultation is None:
        return []
    found: list[dict[str, Any]] = []
    beyond, actor = False, request.actor
    for thing in what_guards(thing=public.consultation):
        kind, url, form = thing._meta.model_name, "", None
        if not actor.holds(*permissions.PUBLISHING, at=unit_path_of(thing) or ""):
            beyond = True
            continue
        if kind == "person":
            url = reverse("people:see", args=[thing.subject])
        elif kind != "call" or may_read_call(actor, thing):
            url = reverse(PAGES[kind], args=[thing.pk])
        if kind == "call":
            form = wrong.get(thing.pk) or forms.ReasonForm(prefix=f"lepas-{thing.pk}")
        found.append({"words": str(thing), "url": url, "pk": thing.pk, "form": form})
    return found + ([{"words": _("Urusan lain di unit lain")}] if beyond else [])


@PUBLISHING
@require_POST
def unguard_call(request: Request, pk: int, call: int) -> HttpResponse:
    found = reads.public_answer_for(request.actor, pk)
    guarded = what_guards(thing=found.consultation) if found.consultation is not None else ()
    thing = next((one for one in guarded if (one._meta.model_name, one.pk) == ("call", call)), None)
    if thing is None:
        raise Missing
    return decide(
        request,
        forms.ReasonForm(request.POST, prefix=f"lepas-{call}"),
        act=partial(calls.unguard_call, call=thing),
        words=_("Penyamaran panggilan itu dibuka lagi."),
        here=reverse("helpdesk_consultations:public_answer", args=[pk]),
        again=lambda filled: _look(request, found, status=422, unguard={call: filled}),
    )


@PUBLISHING
@never_cache
def change_draft(request: Request, pk: int) -> HttpResponse:
    """Other words and articles; its other button looks for articles and keeps what was typed."""
    found = reads.public_answer_for(request.actor, pk)
    begun = {
        "title": found.title, "title_en": found.title_en, "topic": found.topic, "question": found.source_question,
        "answer": found.source_answer,
    }  # fmt: skip
    form = forms.DraftForm(request.POST or None, initial=begun)
    looking = "cari" in request.POST
    if request.method == "POST" and not looking and form.is_valid():
        try:
            services.change_draft(actor=request.actor, public=found, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Disimpan. Tanda dicari lagi di naskah yang baru."))
            return redirect("helpdesk_consultations:public_answer", pk)
    if looking:
        form.errors.clear()
    chosen = request.POST.getlist("cites")[:50] if request.method == "POST" else found.cites
    typed = request.POST.get("cari_pasal", "")
    context = {
        "form": form,
        "public": found,
        "chosen": citing.cited(chosen),
        "found_articles": citing.articles_about(typed, chosen),
        "looked_for": typed,
    }
    return render(request, "helpdesk/public/change_draft.html", context, status=422 if form.errors else 200)


def _do(
    request: Request, pk: int, name: str, *, form: Any, service: Callable[..., Any], words: str, onward: bool = False
) -> HttpResponse:
    found = reads.public_answer_for(request.actor, pk)
    return decide(
        request,
        form,
        act=partial(service, public=found),
        words=words,
        here=reverse("helpdesk_consultations:public_answer", args=[pk]),
        onward=reverse("helpdesk_consultations:public_answers") if onward else "",
        again=lambda filled: _look(request, found, status=422, **{name: filled}),
    )


@PUBLISHING
@require_POST
def decide_marks(request: Request, pk: int) -> HttpResponse:
    if wrong := _keep_decisions(request, reads.public_answer_for(request.actor, pk)):
        return wrong
    messages.success(request, _("Keputusan disimpan."))
    return redirect("helpdesk_consultations:public_answer", pk)


def _keep_decisions(request: Request, found: Any) -> HttpResponse | None:
    """What was chosen for the marks is kept; else the answer that says why not."""
    form = forms.MarksForm(request.POST, decisions=from_json(found.marks))
    if not form.is_valid():
        return _look(request, found, status=422, marks_form=form)
    try:
        services.decide_marks(actor=request.actor, public=found, choices=form.choices())
    except services.ChangedMeanwhile as refused:
        messages.error(request, str(refused))
        return redirect("helpdesk_consultations:public_answer", found.pk)
    except Refused as refused:
        refuse(form, refused)
        return _look(request, found, status=422, marks_form=form)
    return None


def _step(request: Request, pk: int, service: Callable[..., Any], words: str, *, onward: bool = False) -> HttpResponse:
    """One step that asks for nothing: done, or the reason why not."""
    found = reads.public_answer_for(request.actor, pk)
    here = redirect("helpdesk_consultations:public_answer", pk)
    try:
        service(actor=request.actor, public=found)
    except Refused as refused:
        if refused.http_status == Missing.http_status:
            raise
        messages.error(request, str(refused))
        return here
    messages.success(request, words)
    return redirect("helpdesk_consultations:public_answers") if onward else here


@PUBLISHING
@require_POST
def submit_public_answer(request: Request, pk: int) -> HttpResponse:
    """From the page of the marks: what was chosen there is kept first. Where that changes what will be shown, it is shown before it is handed on."""
    if "how_0" in request.POST:
        found = reads.public_answer_for(request.actor, pk)
        before = found.marks
        if wrong := _keep_decisions(request, found):
            return wrong
        if found.marks != before:
            messages.info(request, _("Keputusan disimpan. Baca yang akan tampil, lalu ajukan."))
            return redirect("helpdesk_consultations:public_answer", pk)
    return _step(request, pk, services.submit_public_answer, _("Diajukan. Orang lain memeriksanya sebelum tayang."))


@PUBLISHING
@require_POST
def publish_public_answer(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, services.publish_public_answer, _("Tayang."))


@PUBLISHING
@require_POST
def drop_public_answer(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, services.drop_public_answer, _("Naskah dibuang."), onward=True)


@PUBLISHING
@require_POST
def return_public_answer(request: Request, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST, prefix="kembali")
    words = _("Dikembalikan untuk dibetulkan.")
    return _do(request, pk, "return_form", form=form, service=services.return_public_answer, words=words, onward=True)


@PUBLISHING
@require_POST
def withdraw_public_answer(request: Request, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST, prefix="tarik")
    words = _("Ditarik. Alamatnya memberi tahu bahwa halaman itu sudah tidak ada.")
    return _do(request, pk, "withdraw_form", form=form, service=withdrawing.withdraw_public_answer, words=words)
