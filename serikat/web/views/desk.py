"""The desk's first page, the trail, and the organisation's face."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.audit.pages import thing_behind
from serikat.audit.selectors import trail_of
from serikat.kernel.access import Actor, Role, require
from serikat.kernel.errors import Missing
from serikat.kernel.gate import for_roles, for_signed_in
from serikat.ui.today import sections_for
from serikat.web.forms import IdentityForm
from serikat.web.permissions import TRAIL_READERS, may_change_identity, may_mend_jobs
from serikat.web.selectors import identity_row, parked_for, parked_job_for, trail_in_reach
from serikat.web.services.identity import change_identity
from serikat.web.services.jobs import drop_parked, retry_parked
from serikat.web.services.mark import keep_mark, kept_mark


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@for_signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Hari saya: what waits for whoever has signed in."""
    actor = _actor(request)
    return render(request, "web/desk.html", {"actor": actor, "sections": sections_for(actor), "now": timezone.localtime()})


@for_roles(*TRAIL_READERS)
def trail(request: HttpRequest) -> HttpResponse:
    """The newest entries of the units in reach."""
    return render(request, "web/trail.html", {"lines": trail_in_reach(_actor(request)), "thing": None})


@for_signed_in
def trail_page(request: HttpRequest, ref: str) -> HttpResponse:
    """What was done to one thing."""
    thing = thing_behind(_actor(request), ref)
    return render(request, "web/trail.html", {"lines": trail_of(ref), "thing": thing})


@for_roles(Role.ADMINISTRATOR)
def change_identity_view(request: HttpRequest) -> HttpResponse:
    identity = identity_row()
    if identity is None:
        raise Missing
    require(may_change_identity, _actor(request))
    kept = ("name", "tagline", "imprint", "hours", "english", "tagline_en", "imprint_en", "hours_en")
    shown = {f: getattr(identity, f) for f in kept}
    form = IdentityForm(request.POST or None, request.FILES or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        new, remove = values.pop("mark"), values.pop("remove_mark")
        mark = kept_mark(keep_mark(mark=new)) if new else (False if remove else None)
        change_identity(actor=_actor(request), identity=identity, mark=mark, **values)
        messages.success(request, _("Tersimpan."))
        return redirect("web:change_identity")
    status = 422 if form.is_bound else 200
    return render(request, "web/change_identity.html", {"form": form, "identity_row": identity}, status=status)


@for_roles(Role.ADMINISTRATOR)
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs of the server that were given up after several tries."""
    require(may_mend_jobs, _actor(request))
    return render(request, "web/jobs.html", {"parked": parked_for(_actor(request))})


@for_roles(Role.ADMINISTRATOR)
@require_POST
def mend_job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Try it again or throw it away, by the button that was pressed."""
    actor = _actor(request)
    job = parked_job_for(actor, pk)
    if request.POST.get("do") == "drop":
        drop_parked(actor=actor, job=job)
        messages.success(request, _("Pekerjaan dibuang."))
    else:
        retry_parked(actor=actor, job=job)
        messages.success(request, _("Pekerjaan diulang."))
    return redirect("web:jobs")
