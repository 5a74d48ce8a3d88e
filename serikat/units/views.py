"""The desk's pages of units: the tree, a unit with who holds what, decrees, appointing and ending, its history, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serikat.kernel.errors import Missing, Refused, Words
from serikat.kernel.gate import for_roles, for_signed_in
from serikat.ui.answer import answer
from serikat.ui.forms import refuse
from serikat.units import selectors, services
from serikat.units.forms import AppointForm, DecreeForm, FoundForm, MoveForm, ReasonForm, RenameForm
from serikat.units.permissions import APPOINTING, READING, may_draft_decree, may_move_unit
from serikat.units.rules import needs_second

at_desk = for_roles(*READING)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: Words,
    button: Words,
    back: str,
    lead: Words = "",
    said: Callable[[dict[str, Any]], Words] | None = None,
) -> HttpResponse:
    """Show the form; when it was sent well, act, say so and go back; when refused, say so in the form and keep what was typed."""
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            if refusal.http_status == Missing.http_status:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, str(said(form.cleaned_data)) if said else _("Tersimpan."))
            return redirect(back)
    context = {"form": form, "title": title, "button": button, "back": back, "lead": lead}
    return answer(request, "units/form.html", context, status=422 if form.is_bound else 200)


def _page_of(pk: int) -> str:
    return reverse("units:unit", args=[pk])


@at_desk
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "branches": selectors.tree_of(actor),
        "ending": selectors.mandates_ending_soon(actor),
        "proposals": selectors.open_proposals(actor),
        "today": timezone.localdate(),
    }
    return answer(request, "units/tree.html", context)


@at_desk
@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.unit_for(actor, pk)
    context = {
        "unit": found,
        "above": [(u.name, _page_of(u.pk)) for u in selectors.units_above(actor, found)],
        "below": selectors.units_below(found),
        "mandates": selectors.mandates_of_unit(found),
        "past": selectors.past_mandates_of_unit(found),
        "decrees": selectors.decrees_of_unit(found),
        "may_appoint": actor.holds(*APPOINTING, at=found.path),
        "may_draft": bool(may_draft_decree(actor, found)),
        "may_move": bool(may_move_unit(actor, found)),
        "today": timezone.localdate(),
    }
    return answer(request, "units/unit.html", context)


@at_desk
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.unit_for(actor, pk)
    return answer(request, "units/history.html", {"unit": found, "lines": selectors.history_of(actor, found)})


@at_desk
@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    return answer(request, "units/powers.html", {"table": selectors.table_of_powers()})


@at_desk
@form_page
def found(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    parent = selectors.unit_for(actor, pk)
    return _form(
        request,
        FoundForm(request.POST or None),
        lambda data: services.found_unit(actor=actor, parent=parent, **data),
        title=_("Unit baru di bawah %(unit)s") % {"unit": parent},
        button=_("Dirikan unit"),
        back=_page_of(pk),
    )


@at_desk
@form_page
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    here = selectors.unit_for(actor, pk)
    return _form(
        request,
        RenameForm(request.POST or None, initial={"name": here.name}),
        lambda data: services.rename_unit(actor=actor, unit=here, **data),
        title=_("Ganti nama %(unit)s") % {"unit": here},
        button=_("Simpan nama"),
        back=_page_of(pk),
    )


@at_desk
@form_page
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    here = selectors.unit_for(actor, pk)
    return _form(
        request,
        MoveForm(request.POST or None, actor=actor, unit=here),
        lambda data: services.move_unit(actor=actor, unit=here, **data),
        title=_("Pindahkan %(unit)s") % {"unit": here},
        lead=_("Semua unit di bawahnya ikut pindah."),
        button=_("Pindahkan"),
        back=_page_of(pk),
    )


@at_desk
@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    here = selectors.unit_for(actor, pk)
    return _form(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.close_unit(actor=actor, unit=here, **data),
        title=_("Tutup %(unit)s") % {"unit": here},
        lead=_("Semua mandat di unit ini berakhir hari ini. Riwayatnya tetap tersimpan."),
        button=_("Tutup unit"),
        back=_page_of(pk),
    )


@at_desk
@form_page
def draft_decree(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    here = selectors.unit_for(actor, pk)
    return _form(
        request,
        DecreeForm(request.POST or None, initial={"decided_on": timezone.localdate()}),
        lambda data: services.draft_decree(actor=actor, unit=here, **data),
        title=_("Surat keputusan baru, %(unit)s") % {"unit": here},
        lead=_("Sesudah disahkan ketua atau admin, orang dapat diangkat dengan surat ini."),
        button=_("Simpan rancangan"),
        back=_page_of(pk),
    )


@at_desk
@require_POST
def sign_decree(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    decree = services.sign_decree(actor=actor, decree=selectors.decree_for(actor, pk))
    messages.success(request, _("Surat keputusan disahkan."))
    return redirect(_page_of(decree.unit_id))


@at_desk
@form_page
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint another; for oneself it becomes a proposal that waits for a second person."""
    actor = request.actor  # type: ignore[attr-defined]
    here = selectors.unit_for(actor, pk)

    def own(data: dict[str, Any]) -> bool:
        return needs_second(actor.user_id, data["user"].pk)

    def act(data: dict[str, Any]) -> object:
        return (services.propose_mandate if own(data) else services.appoint_user)(actor=actor, unit=here, **data)

    def said(data: dict[str, Any]) -> Words:
        if own(data):
            return _("Diusulkan. Mandat ini berlaku sesudah orang lain menyetujuinya; Anda akan diberi tahu.")
        return _("Diangkat. %(name)s sudah diberi tahu.") % {"name": data["user"]}

    return _form(
        request,
        AppointForm(request.POST or None, unit=here, initial={"starts_on": timezone.localdate()}),
        act,
        title=_("Angkat seseorang di %(unit)s") % {"unit": here},
        lead=_(
            "Peran berlaku di unit ini dan semua unit di bawahnya. Untuk diri sendiri, orang lain harus menyetujuinya dahulu."
        ),
        button=_("Angkat"),
        back=_page_of(pk),
        said=said,
    )


@for_signed_in
@form_page
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    mandate = selectors.mandate_for(actor, pk)
    back = _page_of(mandate.unit_id) if actor.holds(*READING, at=mandate.unit.path) else reverse("units:own")
    return _form(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.end_mandate(actor=actor, mandate=mandate, **data),
        title=_("Akhiri mandat %(name)s") % {"name": mandate.user},
        lead=_("%(mandate)s. Wewenangnya mati saat ini juga.") % {"mandate": mandate},
        button=_("Akhiri mandat"),
        back=back,
    )


@at_desk
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a proposal or reject it, by the button that was pressed."""
    actor = request.actor  # type: ignore[attr-defined]
    proposal = selectors.proposal_for(actor, pk)
    if request.POST.get("decision") == "agree":
        services.agree_mandate(actor=actor, proposal=proposal)
        messages.success(request, _("Disetujui. Mandatnya berlaku sesuai masa jabatannya."))
    else:
        services.reject_mandate(actor=actor, proposal=proposal)
        messages.success(request, _("Usul ditolak."))
    return redirect("units:tree")


@for_signed_in
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the reader holds: each role, where and until when, and whether it sleeps for want of a second factor."""
    actor = request.actor  # type: ignore[attr-defined]
    asleep = {grant.mandate for grant in actor.asleep}
    held = [(m, f"units.mandate:{m.pk}" in asleep) for m in selectors.mandates_of_user(actor)]
    return answer(request, "units/own.html", {"held": held, "today": timezone.localdate()})
