"""The wizard: three short steps, opened by the one-time token that the console printed, then a second factor and the desk.

What was typed waits in the session of the one browser that used the token; nothing is written before the last step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from serikat.kernel.access import console
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import public
from serikat.web.forms import AdministratorForm, FaceForm, UnitsForm
from serikat.web.selectors import is_founded
from serikat.web.services.founding import Administrator, UnitSeed, found_organisation, use_wizard_token
from serikat.web.services.mark import keep_mark, kept_mark

STEPS = 3
View = Callable[..., HttpResponse]


@public
def open_wizard(request: HttpRequest, token: str) -> HttpResponse:
    """The printed link: uses the token up and binds the wizard to this browser."""
    if not use_wizard_token(token=token):
        raise Missing
    request.session.flush()
    request.session["wizard"] = {}
    return redirect("web:wizard_face")


def only_with_token(view: View) -> View:
    """The steps exist for the browser that used the token, and only until the organisation is founded."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if "wizard" not in request.session or is_founded():
            raise Missing
        return view(request)

    return public(guarded)


def _step(request: HttpRequest, number: int, title: str, form: Any, button: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(
        request,
        "web/wizard.html",
        {"number": number, "steps": STEPS, "title": title, "form": form, "button": button},
        status=status,
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = request.session["wizard"]
    return typed


@only_with_token
def wizard_face(request: HttpRequest) -> HttpResponse:
    form = FaceForm(request.POST or None, request.FILES or None, initial=_typed(request).get("face"))
    if request.method == "POST" and form.is_valid():
        face = dict(form.cleaned_data)
        face["mark"] = keep_mark(mark=face["mark"]) if face["mark"] else _typed(request).get("face", {}).get("mark", "")
        request.session["wizard"] = {**_typed(request), "face": face}
        return redirect("web:wizard_units")
    return _step(request, 1, _("Organisasi Anda"), form, _("Lanjut ke unit"))


@only_with_token
def wizard_units(request: HttpRequest) -> HttpResponse:
    if "face" not in _typed(request):
        return redirect("web:wizard_face")
    form = UnitsForm(request.POST or None, initial=_typed(request).get("units"), prefix="unit")
    if request.method == "POST" and form.is_valid():
        request.session["wizard"] = {**_typed(request), "units": form.filled()}  # type: ignore[attr-defined]
        return redirect("web:wizard_administrator")
    return _step(request, 2, _("Unit pertama"), form, _("Lanjut ke admin"))


@only_with_token
def wizard_administrator(request: HttpRequest) -> HttpResponse:
    typed = _typed(request)
    if "units" not in typed:
        return redirect("web:wizard_units")
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            founded = _found(typed, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            request.session.flush()
            login(request, founded.administrator, backend=settings.AUTHENTICATION_BACKENDS[0])
            reauthenticate_by_password(request)  # it was typed just now: the next page need not ask for it again
            messages.success(
                request, _("Organisasi Anda sudah berdiri. Pasang langkah masuk kedua, lalu Anda dapat mulai bekerja.")
            )
            return redirect("mfa_activate_totp")
    return _step(request, 3, _("Admin pertama"), form, _("Dirikan organisasi"))


def _found(typed: dict[str, Any], account: dict[str, Any]) -> Any:
    face = typed["face"]
    return found_organisation(
        actor=console(_("pendiri")),
        name=face["name"],
        tagline=face["tagline"],
        english=face["english"],
        mark=kept_mark(face["mark"]),
        units=[UnitSeed(kind=u["kind"] or "branch", name=u["name"].strip()) for u in typed["units"]],
        administrator=Administrator(
            name=account["name"], username=account["username"], password=account["password"], email=account["email"]
        ),
    )
