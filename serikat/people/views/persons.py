"""Persons at the desk: the list, one person, adding and correcting, contact points, consent, protection, merging, seeing behind an alias."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.audit.selectors import trail_of
from serikat.kernel.access import Role
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.people import forms, permissions, selectors
from serikat.people.permissions import DESK_ROLES, KEEPERS, may_add_person, may_answer_merge, may_answer_reveal
from serikat.people.services import consents, contacts, merging, persons, reveals
from serikat.people.views.keeping import act, keep
from serikat.ui.forms import refuse


def _address(person: Any) -> str:
    return reverse("people:see", args=[person.subject])


@for_roles(*DESK_ROLES)
def index(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:120]
    found = Paginator(selectors.find_people(request.actor, words), 30).get_page(request.GET.get("hal"))
    may_add = bool(may_add_person(request.actor))
    return render(request, "people/index.html", {"page": found, "words": words, "may_add": may_add})


@for_roles(*KEEPERS)
def add(request: Request) -> HttpResponse:
    units = selectors.units_for(request.actor, *KEEPERS)
    form = forms.PersonForm(request.POST or None, units=units, initial={"unit": units.first()})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)
    try:
        person = persons.add_person(actor=request.actor, **form.values())
    except persons.LikelyDouble as double:
        form.ask_about_doubles()
        form.add_error("despite_doubles", str(double))
        return render(request, "people/add.html", {"form": form, "people": double.people}, status=422)
    except (Denied, Missing):
        raise
    except Refused as refused:
        refuse(form, refused)
        return render(request, "people/add.html", {"form": form}, status=422)
    warn_of_nik(request, person)
    messages.success(request, _("Catatan disimpan."))
    return redirect(_address(person))


def warn_of_nik(request: Request, person: Any) -> None:
    """An odd NIK is told, never refused."""
    for flaw in selectors.nik_warnings(person):
        messages.warning(request, _("%(flaw)s Periksa lagi bila perlu.") % {"flaw": forms.NIK_WORDS[flaw]})


@for_roles(*DESK_ROLES)
def see(request: Request, subject: uuid.UUID) -> HttpResponse:
    return _page(request, selectors.person_for(request.actor, subject))


@for_roles(*DESK_ROLES)
@require_POST
def look(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    try:
        full = persons.look_at_person(actor=request.actor, person=person)
    except (Denied, Missing):
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(_address(person))
    return _page(request, person, full)


def _page(request: Request, person: Any, full: Any = None) -> HttpResponse:
    actor = request.actor
    may = {
        name: bool(getattr(permissions, f"may_{name}")(actor, person))
        for name in (
            "correct_person",
            "look_at_person",
            "set_threat",
            "propose_merge",
            "ask_reveal",
            "ask_right",
            "copy_person",
            "link_account",
            "answer_right",
        )
    }
    context = {
        "person": person,
        "full": full,
        "masked": selectors.masked_of(person),
        "consents": selectors.consents_of(person),
        "requests": selectors.requests_of(person) if may["answer_right"] else [],
        "revealed": person.shows_alias and selectors.revealed_until(actor, person),
        "asked": selectors.own_waiting_reveal(actor, person) if person.shows_alias else None,
        "trail": trail_of(f"people.person:{person.pk}", limit=10) if may["correct_person"] else [],
        "may": may,
    }
    return render(request, "people/see.html", context)


@for_roles(*DESK_ROLES)
def record(request: Request, subject: uuid.UUID) -> HttpResponse:
    """One record as it stood before it was merged."""
    person = selectors.record_for(request.actor, subject)
    kept = selectors.kept(person)
    context = {"person": person, "kept": kept if kept.pk != person.pk else None}
    return render(request, "people/record.html", {**context, "may_separate": selectors.may_separate(request.actor, person)})


@for_roles(*KEEPERS)
def correct(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    names = {n.kind: n.text for n in person.names.all()}
    initial = {**names, "sex": person.sex, "place": person.place, "unit": person.unit}
    form = forms.CorrectPersonForm(
        request.POST or None,
        units=selectors.units_for(request.actor, *KEEPERS),
        hidden_names=person.shows_alias,
        initial=initial,
    )

    def save() -> None:
        warn_of_nik(request, persons.correct_person(actor=request.actor, person=person, **form.values()))

    return keep(
        request,
        form,
        save,
        back=_address(person),
        words=_("Perubahan disimpan."),
        page={"title": _("Perbaiki catatan"), "person": person},
    )


@for_roles(*KEEPERS)
def protect(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.ProtectForm(
        request.POST or None, initial={"threat_level": person.threat_level, "protections": person.protections}
    )
    return keep(
        request,
        form,
        lambda: persons.protect_person(actor=request.actor, person=person, **form.cleaned_data),
        back=_address(person),
        words=_("Perlindungan disimpan."),
        page={"title": _("Ancaman dan perlindungan"), "person": person},
    )


@for_roles(*KEEPERS)
def link(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.LinkForm(request.POST or None)

    def save() -> None:
        name = form.cleaned_data["username"]
        user = selectors.user_named(name) if name else None
        if name and user is None:
            raise Refused(_("Tidak ada akun dengan nama pengguna ini."), field="username")
        persons.link_person(actor=request.actor, person=person, user=user)

    return keep(
        request,
        form,
        save,
        back=_address(person),
        words=_("Akun disimpan."),
        page={"title": _("Akun orang ini"), "person": person},
    )


@for_roles(*KEEPERS)
def add_contact_point(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.ContactPointForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: contacts.add_contact_point(actor=request.actor, owner=person, **form.cleaned_data),
        back=_address(person),
        words=_("Kontak disimpan."),
        page={"title": _("Tambah kontak"), "person": person},
    )


@for_roles(*KEEPERS)
@require_POST
def end_contact_point(request: Request, subject: uuid.UUID, pk: int) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    point = selectors.contact_point_of(person, pk)
    return act(
        request,
        lambda: contacts.end_contact_point(actor=request.actor, contact_point=point),
        back=_address(person),
        words=_("Kontak diakhiri."),
    )


@for_roles(*KEEPERS)
@require_POST
def prefer_contact_point(request: Request, subject: uuid.UUID, pk: int) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    point = selectors.contact_point_of(person, pk)
    return act(
        request,
        lambda: contacts.prefer_contact_point(actor=request.actor, contact_point=point),
        back=_address(person),
        words=_("Kontak ini sekarang yang paling disukai."),
    )


@for_roles(*KEEPERS)
def record_consent(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.ConsentForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: consents.record_consent(actor=request.actor, person=person, **form.cleaned_data),
        back=_address(person),
        words=_("Persetujuan dicatat."),
        page={"title": _("Catat persetujuan"), "person": person},
    )


@for_roles(*KEEPERS)
@require_POST
def withdraw_consent(request: Request, subject: uuid.UUID, pk: int) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    consent = selectors.consent_of(person, pk)
    return act(
        request,
        lambda: consents.withdraw_consent(actor=request.actor, consent=consent),
        back=_address(person),
        words=_("Penarikan dicatat. Hentikan pemakaian datanya mulai sekarang."),
    )


@for_roles(*KEEPERS)
def propose_merge(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.MergeForm(request.POST or None)

    def save() -> None:
        other = selectors.person_by_code(request.actor, form.cleaned_data["code"])
        if other is None:
            raise merging.CannotMerge(_("Tidak ada catatan dengan kode ini."), field="code")
        merging.propose_merge(actor=request.actor, kept=person, merged=other, reason=form.cleaned_data["reason"])

    return keep(
        request,
        form,
        save,
        back=_address(person),
        words=_("Usulan dikirim. Orang kedua perlu menyetujuinya."),
        page={"title": _("Gabungkan dengan catatan lain"), "person": person, "send": _("Kirim usulan")},
    )


@for_roles(Role.SECRETARY, Role.DATA_OFFICER)
def separate(request: Request, subject: uuid.UUID) -> HttpResponse:
    """Take a merge back: the old record stands by itself again."""
    proposal = selectors.merge_of(request.actor, selectors.record_for(request.actor, subject))
    form = forms.SeparateForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: merging.separate_records(actor=request.actor, proposal=proposal, **form.cleaned_data),
        back=reverse("people:record", args=[subject]),
        words=_("Catatan dipisahkan lagi. Periksa apa yang ditulis di catatan yang dipakai sejak digabungkan."),
        page={"title": _("Pisahkan lagi"), "person": proposal.merged, "send": _("Pisahkan lagi")},
    )


@for_roles(*KEEPERS)
def ask_reveal(request: Request, subject: uuid.UUID) -> HttpResponse:
    person = selectors.person_for(request.actor, subject)
    form = forms.ReasonForm(request.POST or None)
    return keep(
        request,
        form,
        lambda: reveals.ask_reveal(actor=request.actor, person=person, **form.cleaned_data),
        back=_address(person),
        words=_("Permintaan dikirim. Orang kedua perlu menyetujuinya."),
        page={"title": _("Minta buka nama samaran"), "person": person, "send": _("Kirim permintaan")},
    )


@for_roles(*KEEPERS)
def seconds(request: Request) -> HttpResponse:
    """What waits for a second person."""
    actor = request.actor
    waiting = {
        "merges": [(one, may_answer_merge(actor, one)) for one in selectors.waiting_merges(actor)],
        "reveals": [(one, may_answer_reveal(actor, one)) for one in selectors.waiting_reveals(actor)],
    }
    return render(request, "people/seconds.html", waiting)


@for_roles(*KEEPERS)
@require_POST
def answer_merge(request: Request, pk: int) -> HttpResponse:
    proposal = selectors.merge_for(request.actor, pk)
    agrees = request.POST.get("do") == "agree"
    answer = merging.agree_to_merge if agrees else merging.decline_merge
    return act(
        request,
        lambda: answer(actor=request.actor, proposal=proposal),  # type: ignore[operator]
        back=_address(proposal.kept) if agrees else reverse("people:seconds"),
        words=_("Dua catatan kini dibaca sebagai satu.") if agrees else _("Usulan ditolak, dua catatan tetap terpisah."),
    )


@for_roles(*KEEPERS)
@require_POST
def answer_reveal(request: Request, pk: int) -> HttpResponse:
    reveal = selectors.reveal_for(request.actor, pk)
    agrees = request.POST.get("do") == "agree"
    answer = reveals.agree_to_reveal if agrees else reveals.decline_reveal
    return act(
        request,
        lambda: answer(actor=request.actor, reveal=reveal),
        back=reverse("people:seconds"),
        words=_("Peminta kini dapat membuka nama itu.") if agrees else _("Permintaan ditolak, nama tetap tertutup."),
    )
