"""The desk of audiences: what each is made of, how many it holds, lists brought in."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.outreach import forms, permissions
from serikat.outreach.selectors import audiences as reads
from serikat.outreach.selectors.broadcasts import units_for
from serikat.outreach.selectors.reaching import counts_of, left_out_words
from serikat.outreach.selectors.subscriptions import open_topics
from serikat.outreach.selectors.workbook import SAYS, verdicts_on
from serikat.outreach.services import audiences as services
from serikat.ui.forms import refuse

SHOWN = 200  # verdicts on one page, what is wrong first
NAMES = {
    "number": gettext_lazy("nomor"),
    "mail": gettext_lazy("surel"),
    "telegram": gettext_lazy("Telegram"),
    "push": gettext_lazy("notifikasi peramban"),
}


@for_roles(*permissions.WRITERS)
def audiences(request: Request) -> HttpResponse:
    context = {"audiences": reads.audiences_for(request.actor)[:200], "lists": reads.lists_for(request.actor)[:100]}
    return render(request, "outreach/desk/audiences.html", context)


def _up() -> tuple[str, str]:
    return reverse("outreach_desk:audiences"), _("Khalayak")


@for_roles(*permissions.WRITERS)
def make(request: Request) -> HttpResponse:
    """With `daftar`, an imported list is the first part of it."""
    asked = request.GET.get("daftar", "")
    brought = reads.lists_for(request.actor).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    begun = {"name": brought.name, "unit": brought.unit_id} if brought else None
    form = forms.AudienceForm(request.POST or None, units=units_for(request.actor), initial=begun)
    if request.method == "POST" and form.is_valid():
        made = services.make_audience(actor=request.actor, **form.cleaned_data)
        if brought is not None:
            services.add_part(actor=request.actor, audience=made, kind="list", chosen={"imported": brought})
        return redirect("outreach_desk:audience", made.pk)
    context = {"form": form, "title": _("Khalayak baru"), "up": _up()}
    return render(request, "outreach/desk/form.html", context, status=422 if form.errors else 200)


@for_roles(*permissions.WRITERS)
def audience(request: Request, pk: int) -> HttpResponse:
    found = reads.audience_for(request.actor, pk)
    form = forms.PartForm(
        request.POST or None, units=units_for(request.actor), topics=open_topics(), lists=reads.lists_for(request.actor)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_part(actor=request.actor, audience=found, kind=form.cleaned_data["kind"], chosen=form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("outreach_desk:audience", pk)
    counts = counts_of(found)
    context = {
        "audience": found,
        "form": form,
        "held": [(NAMES.get(name, name), n) for name, n in counts.items() if not name.startswith("-") and n],
        "left_out": left_out_words({name[1:]: n for name, n in counts.items() if name.startswith("-")}),
    }
    return render(request, "outreach/desk/audience.html", context, status=422 if form.errors else 200)


@for_roles(*permissions.WRITERS)
@require_POST
def drop_part(request: Request, pk: int, part: int) -> HttpResponse:
    services.drop_part(actor=request.actor, audience=reads.audience_for(request.actor, pk), part_id=part)
    return redirect("outreach_desk:audience", pk)


@for_roles(*permissions.WRITERS)
def import_list(request: Request) -> HttpResponse:
    """A table is read, judged and, where something in it is good, taken; the page says of each row what became of it."""
    form = forms.ListForm(request.POST or None, request.FILES or None, units=units_for(request.actor))
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        file = words.pop("file")
        try:
            rows = verdicts_on(file.content, file.kind)
            made = reads.list_of_form(request.actor, words["key"])  # its answer was loaded again
            made = made or services.import_list(actor=request.actor, rows=rows, **words)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            counts = Counter(row.what for row in rows)
            said = ngettext("%(n)d alamat masuk daftar.", "%(n)d alamat masuk daftar.", counts["good"]) % {
                "n": counts["good"]
            }
            messages.success(request, said)
            context = {
                "made": made,
                "counts": [(SAYS[what], n) for what, n in counts.most_common()],
                "rows": sorted(rows, key=lambda row: (row.what == "good", row.line))[:SHOWN],
            }
            return render(request, "outreach/desk/verdicts.html", context)
    context = {"form": form, "title": _("Masukkan daftar nomor"), "files": True, "up": _up()}
    return render(request, "outreach/desk/form.html", context, status=422 if form.errors else 200)
