"""The desk of job adverts: shelves, one advert looked at closely, and every decision about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role, require
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.ui.deciding import decide
from serikat.ui.forms import refuse
from serikat.vacancies import forms, permissions
from serikat.vacancies.rules.adverts import is_over
from serikat.vacancies.selectors import desk as reads
from serikat.vacancies.selectors.memory import signs_in_words
from serikat.vacancies.services import checking, keeping

PAGE = 25


@for_roles(*permissions.DESK)
def adverts(request: Request) -> HttpResponse:
    """One shelf at a time; the tabs say how many stand on each."""
    shelf = request.GET.get("rak", "")
    shelf = shelf if shelf in reads.SHELVES else reads.SHELVES[0]
    page = Paginator(reads.adverts_on(request.actor, shelf), PAGE).get_page(request.GET.get("hal"))
    counts = reads.counts(request.actor)
    tabs = [
        {"name": name, "url": f"?rak={key}", "current": key == shelf, "count": counts[key]} for key, name in _names().items()
    ]
    rows = [(advert, signs_in_words(advert) if shelf == "antrean" else 0) for advert in page]
    return render(request, "vacancies/desk/adverts.html", {"page": page, "rows": rows, "tabs": tabs, "shelf": shelf})


def _names() -> dict[str, str]:
    return {
        "antrean": _("Menunggu"),
        "dilaporkan": _("Dilaporkan"),
        "tayang": _("Tayang"),
        "segera": _("Segera berakhir"),
        "berakhir": _("Berakhir"),
        "palsu": _("Palsu"),
        "selesai": _("Ditolak dan ditarik"),
    }


@for_roles(*permissions.DESK)
def advert(request: Request, code: str) -> HttpResponse:
    return _look(request, reads.advert_for(request.actor, code))


def _look(request: Request, found: Any, *, status: int = 200, **wrong: Any) -> HttpResponse:
    look = reads.look_at(found)
    context = {
        "advert": found,
        "look": look,
        "over": is_over(found.ends_on, timezone.localdate()),
        "open_reports": [report for report in look.reports if report.settled_at is None],
        "settled_reports": [report for report in look.reports if report.settled_at is not None],
        "may_check": permissions.may_check_advert(request.actor, found),
        "check_form": forms.CheckForm(asked=look.asked),
        "refuse_form": forms.RefuseForm(prefix="tolak"),
        "clear_form": forms.ReasonForm(prefix="benar"),
        "false_form": forms.FalseForm(prefix="palsu"),
        "withdraw_form": forms.ReasonForm(prefix="tarik"),
        "extend_form": forms.ExtendForm(initial={"ends_on": found.ends_on}),
        "firm_form": forms.FirmForm(bodies=look.bodies) if look.bodies else None,
        **wrong,
    }
    return render(request, "vacancies/desk/advert.html", context, status=status)


def _do(
    request: Request,
    code: str,
    name: str,
    *,
    form: Callable[[Any], Any],
    service: Callable[..., Any],
    words: str,
    onward: bool = False,
) -> HttpResponse:
    """One decision about one advert."""
    found = reads.advert_for(request.actor, code)
    return decide(
        request,
        form(found),
        act=partial(service, advert=found),
        words=words,
        here=reverse("vacancies_desk:advert", args=[code]),
        onward=reverse("vacancies_desk:adverts") if onward else "",
        again=lambda filled: _look(request, found, status=422, **{name: filled}),
    )


@for_roles(*permissions.DESK)
@require_POST
def show_advert(request: Request, code: str) -> HttpResponse:
    def form(found: Any) -> forms.CheckForm:
        return forms.CheckForm(request.POST, asked=reads.look_at(found).asked)

    def show(*, actor: Any, advert: Any, **answers: str) -> None:
        checking.show_advert(actor=actor, advert=advert, answers=answers)

    return _do(
        request, code, "check_form", form=form, service=show, words=_("Lowongan tayang. Pengirim diberi tahu."), onward=True
    )


@for_roles(*permissions.DESK)
@require_POST
def refuse_advert(request: Request, code: str) -> HttpResponse:
    words = _("Tidak ditayangkan. Pengirim membaca alasannya.")
    return _do(
        request,
        code,
        "refuse_form",
        form=lambda found: forms.RefuseForm(request.POST, prefix="tolak"),
        service=checking.refuse_advert,
        words=words,
        onward=True,
    )


@for_roles(*permissions.DESK)
@require_POST
def join_firm(request: Request, code: str) -> HttpResponse:
    def form(found: Any) -> forms.FirmForm:
        return forms.FirmForm(request.POST, bodies=reads.look_at(found).bodies)

    return _do(
        request, code, "firm_form", form=form, service=checking.join_firm, words=_("Perusahaan dicocokkan dengan daftar.")
    )


@for_roles(*permissions.DESK)
@require_POST
def add_firm(request: Request, code: str) -> HttpResponse:
    found = reads.advert_for(request.actor, code)
    try:
        checking.add_firm(actor=request.actor, advert=found)
    except Denied:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Perusahaan ditambahkan ke daftar."))
    return redirect("vacancies_desk:advert", code)


@for_roles(*permissions.DESK)
def edit_advert(request: Request, code: str) -> HttpResponse:
    """Put words right; whoever does so leaves the check to another person."""
    found = reads.advert_for(request.actor, code)
    require(permissions.may_keep_advert, request.actor, found)
    form = forms.AdvertForm(request.POST or None, initial=forms.AdvertForm.begun_with(found))
    if request.method == "POST" and form.is_valid():
        try:
            keeping.edit_advert(actor=request.actor, advert=found, shape=form.shape())
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Disimpan. Orang lain memeriksanya sebelum tayang lagi."))
            return redirect("vacancies_desk:advert", code)
    return render(
        request, "vacancies/desk/edit_advert.html", {"form": form, "advert": found}, status=422 if form.errors else 200
    )


@for_roles(*permissions.DESK)
@require_POST
def extend_advert(request: Request, code: str) -> HttpResponse:
    words = _("Tanggal akhir disimpan.")
    return _do(
        request,
        code,
        "extend_form",
        form=lambda found: forms.ExtendForm(request.POST),
        service=keeping.extend_advert,
        words=words,
    )


@for_roles(*permissions.DESK)
@require_POST
def hold_advert(request: Request, code: str) -> HttpResponse:
    found = reads.advert_for(request.actor, code)
    keeping.hold_advert(actor=request.actor, advert=found)
    messages.success(request, _("Disembunyikan. Halamannya memberi tahu pembaca bahwa ini sedang diperiksa."))
    return redirect("vacancies_desk:advert", code)


@for_roles(*permissions.DESK)
@require_POST
def clear_advert(request: Request, code: str) -> HttpResponse:
    words = _("Lowongan tayang, laporannya selesai.")
    return _do(
        request,
        code,
        "clear_form",
        form=lambda found: forms.ReasonForm(request.POST, prefix="benar"),
        service=keeping.clear_advert,
        words=words,
    )


@for_roles(*permissions.DESK)
@require_POST
def prove_false(request: Request, code: str) -> HttpResponse:
    words = _("Dinyatakan palsu. Halamannya tinggal sebagai peringatan.")
    return _do(
        request,
        code,
        "false_form",
        form=lambda found: forms.FalseForm(request.POST, prefix="palsu"),
        service=keeping.prove_false,
        words=words,
    )


@for_roles(*permissions.DESK)
@require_POST
def withdraw_advert(request: Request, code: str) -> HttpResponse:
    words = _("Lowongan ditarik.")
    return _do(
        request,
        code,
        "withdraw_form",
        form=lambda found: forms.ReasonForm(request.POST, prefix="tarik"),
        service=keeping.withdraw_advert,
        words=words,
    )


@for_roles(Role.ADMINISTRATOR)
def rule(request: Request) -> HttpResponse:
    require(permissions.may_change_vacancy_rule, request.actor)
    form = forms.RuleForm(request.POST or None, initial={"hide_after": reads.hide_after()})
    if request.method == "POST" and form.is_valid():
        keeping.change_vacancy_rule(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Aturan disimpan."))
        return redirect(reverse("vacancies_desk:rule"))
    return render(request, "vacancies/desk/rule.html", {"form": form}, status=422 if form.errors else 200)
