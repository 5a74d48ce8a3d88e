"""The desk's pages of wall bulletins: the list, putting one together, one with its sheet."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.kernel.access import Role
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.progress import progress_of
from serikat.newsroom.forms import BulletinForm
from serikat.newsroom.selectors import bulletins as reads
from serikat.newsroom.services import bulletins as services
from serikat.ui.identity import identity

PAGE = 30
MOST_TICKED = 100  # kept while somebody looks for more; the service says how many may stand on one bulletin
LONGEST_NUMBER = 10


@for_roles(Role.EDITOR)
def bulletins(request: Request) -> HttpResponse:
    page = Paginator(reads.bulletins(request.actor), PAGE).get_page(request.GET.get("hal"))
    return render(request, "newsroom/desk/bulletins.html", {"page": page})


@for_roles(Role.EDITOR)
def make_bulletin(request: Request) -> HttpResponse:
    """Looking for more articles keeps what was ticked and typed: the same fields, sent to read instead of to write."""
    sent = request.POST if request.method == "POST" else request.GET
    title, motto = reads.newest_title(request.actor)
    begun = {"title": title or identity().name, "motto": motto, "day": timezone.localdate(), **request.GET.dict()}
    form = BulletinForm(request.POST or None, initial=begun, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        order = {live.pk: live for live in values.pop("stories")}
        chosen = [order[pk] for pk in _ticked(request.POST) if pk in order]
        try:
            made = services.make_bulletin(actor=request.actor, stories=chosen, **values)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Buletin nomor %d sedang disusun.") % made.number)
            return redirect("newsroom_desk:bulletin", made.pk)
    ticked = _ticked(sent)
    typed = sent.get("q", "")[:100]
    context = {"form": form, "offered": reads.offered(typed, ticked), "ticked": ticked, "typed": typed}
    return render(request, "newsroom/desk/make_bulletin.html", context, status=422 if form.errors else 200)


def _ticked(sent: QueryDict) -> list[int]:
    """Numbers of the articles that were ticked, in the order of the page; what is no number of an article is none."""
    return [int(pk) for pk in sent.getlist("stories")[:MOST_TICKED] if pk.isdecimal() and len(pk) < LONGEST_NUMBER]


@for_roles(Role.EDITOR)
def bulletin(request: Request, pk: int) -> HttpResponse:
    found = reads.bulletin_for(request.actor, pk)
    progress = None if found.ready else progress_of(services.progress_key(found))
    context = {"bulletin": found, "stories": reads.stories_of(found), "progress": progress}
    return render(request, "newsroom/desk/bulletin.html", context)


@for_roles(Role.EDITOR)
def sheet(request: Request, pk: int) -> HttpResponse:
    found = reads.bulletin_for(request.actor, pk)
    content = reads.sheet_of(found)
    if content is None:
        raise Missing
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="buletin-{found.number}.pdf"'
    return answer


@for_roles(Role.EDITOR)
@require_POST
def redraw(request: Request, pk: int) -> HttpResponse:
    found = reads.bulletin_for(request.actor, pk)
    services.redraw_bulletin(actor=request.actor, bulletin=found)
    messages.success(request, _("Buletin disusun ulang dari isi berita hari ini."))
    return redirect("newsroom_desk:bulletin", found.pk)
