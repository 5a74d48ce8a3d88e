"""From draft to live at the desk: submit, look through, approve, publish or schedule, send back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom.forms import ReviewForm, SendBackForm, SubmitForm
from serikat.newsroom.forms.safety import ApproveForm
from serikat.newsroom.selectors import desk as reads
from serikat.newsroom.selectors.editing import page_for
from serikat.newsroom.services import editing as services
from serikat.newsroom.services import reviewing
from serikat.newsroom.services.english import begin_english_version


def _page(request: Request, page_id: int) -> Any:
    page = page_for(request.actor, page_id)
    if page is None:
        raise Missing
    return page


@for_roles(Role.EDITOR)
def submit(request: Request, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_page(actor=request.actor, page=page, note_to_reader=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Terkirim. Yang berhak menyetujui sudah diberi tahu."))
            return redirect("newsroom_desk:review", page.pk)
    return render(request, "newsroom/desk/submit.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@for_roles(Role.EDITOR)
def review(request: Request, page_id: int) -> HttpResponse:
    """What waits, who wrote it, and the answers that this reader may give. POST approves."""
    page = _page(request, page_id)
    if request.method != "POST":
        return _look(request, page)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            return _approve(request, page, form)
        except Conflict as conflict:
            return _look(request, page, refusal=conflict)  # another version than was answered about: asked anew
        except Refused as refused:
            return _look(request, page, refusal=refused, approve_form=form)
    if "revision" in form.errors:
        raise Missing
    return _look(request, page, approve_form=form)


def _approve(request: Request, page: Any, form: ApproveForm) -> HttpResponse:
    given: dict[str, Any] = {"revision_id": form.cleaned_data["revision"], "answers": form.answers()}
    if "publish" not in request.POST:
        services.approve_page(actor=request.actor, page=page, **given)
        messages.success(request, _("Versi ini disetujui."))
    elif services.approve_and_release(actor=request.actor, page=page, **given):
        messages.success(request, _("Disetujui dan tayang."))
    else:
        messages.success(request, _("Disetujui. Halaman tayang sendiri pada waktunya."))
    return redirect("newsroom_desk:review", page.pk)


def _look(
    request: Request, page: Any, *, refusal: Refused | None = None, form: Any = None, approve_form: Any = None
) -> HttpResponse:
    context = reads.review(request.actor, page)
    begun = {"revision": context["revision"].pk}
    context |= {
        "refusal": refusal,
        "send_back_form": form or SendBackForm(initial=begun, auto_id="balik_%s"),
        "approve_form": approve_form or ApproveForm(initial=begun),
    }
    if not context["is_live"]:
        context["drawn"] = drawn = reviewing.as_readers_see(context["newest"])
        context["since"] = reviewing.since_live(page, context["revision"], drawn)
    status = refusal.http_status if refusal else 422 if form or approve_form else 200
    return render(request, "newsroom/desk/review.html", context, status=status)


@require_POST
@for_roles(Role.EDITOR)
def release(request: Request, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise Missing
    try:
        live = services.release_page(actor=request.actor, page=page, revision_id=form.cleaned_data["revision"])
    except Refused as refused:
        return _look(request, page, refusal=refused)
    messages.success(request, _("Tayang.") if live else _("Dijadwalkan. Halaman tayang sendiri pada waktunya."))
    return redirect("newsroom_desk:review", page.pk)


@require_POST
@for_roles(Role.EDITOR)
def begin_english(request: Request, page_id: int) -> HttpResponse:
    """Begin the English version and open it in the editor."""
    page = _page(request, page_id)
    try:
        english = begin_english_version(actor=request.actor, page=page)
    except Refused as refused:
        return _look(request, page, refusal=refused)
    messages.success(request, _("Versi Inggris dimulai dengan kata-kata aslinya. Terjemahkan di tempatnya."))
    return redirect("wagtailadmin_pages:edit", english.pk)


@require_POST
@for_roles(Role.EDITOR)
def send_back(request: Request, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    form = SendBackForm(request.POST, auto_id="balik_%s")
    if form.is_valid():
        try:
            services.send_back_page(
                actor=request.actor,
                page=page,
                revision_id=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Dikembalikan dengan catatan Anda."))
            return redirect("newsroom_desk:desk")
    return _look(request, page, form=form)
