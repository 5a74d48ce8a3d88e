"""The desk's list of topics, with how many want each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from serikat.kernel.access import require
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.outreach import forms, permissions
from serikat.outreach.selectors import subscriptions as reads
from serikat.outreach.services.topics import keep_topic
from serikat.ui.forms import refuse


@for_roles(*permissions.WRITERS)
def topics(request: Request) -> HttpResponse:
    return _topics(request, None)


@for_roles(*permissions.WRITERS)
def topic(request: Request, pk: int) -> HttpResponse:
    require(permissions.may_keep_topic, request.actor)
    return _topics(request, reads.topic(pk))


def _topics(request: Request, found: Any) -> HttpResponse:
    names = ("name", "name_en", "word", "order")
    begun = {**{n: getattr(found, n) for n in names}, "closed": found.closed_at is not None} if found else None
    form = forms.TopicForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            keep_topic(actor=request.actor, topic=found, **form.cleaned_data)
        except Denied:
            raise
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Topik disimpan."))
            return redirect("outreach_desk:topics")
    context = {
        "form": form,
        "found": found,
        "may": permissions.may_keep_topic(request.actor),
        "topics": reads.topics_with_figures(),
        "figures": reads.figures(),
    }
    return render(request, "outreach/desk/topics.html", context, status=422 if form.errors else 200)
