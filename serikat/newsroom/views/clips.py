"""The desk's pages of clips: the list, one with its player, words, captions, poster, publishing and withdrawing; and series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from serikat.files.ffmpeg import have_ffmpeg
from serikat.kernel.access import Role, require
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.gate import Request, for_roles
from serikat.kernel.progress import progress_of
from serikat.newsroom import permissions
from serikat.newsroom.clip_forms import CaptionForm, ClipForm, PosterForm, SeriesForm, WithdrawForm
from serikat.newsroom.forms.safety import PublishClipForm
from serikat.newsroom.rules.captions import clock
from serikat.newsroom.selectors import clips as reads
from serikat.newsroom.services import clips as services
from serikat.newsroom.services import cooking
from serikat.newsroom.services import series as naming
from serikat.newsroom.views.ranges import give

PAGE = 30
WRITERS = (Role.EDITOR, Role.CONTRIBUTOR)


@for_roles(*WRITERS)
def clips(request: Request) -> HttpResponse:
    page = Paginator(reads.clips(request.actor), PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "uploads": reads.uploads_of(request.actor), "without_ffmpeg": not have_ffmpeg()}
    context["is_editor"] = request.actor.holds(Role.EDITOR)
    return render(request, "newsroom/desk/clips.html", context)


@for_roles(*WRITERS)
def clip(request: Request, pk: int) -> HttpResponse:
    return _page(request, reads.clip_for(request.actor, pk))


def _page(request: Request, clip: Any, **forms: Any) -> HttpResponse:
    """One clip; a form that was refused stands in its place with what was typed."""
    context = reads.desk_page(request.actor, clip)
    made: dict[str, Callable[[], Any]] = {
        "words": lambda: ClipForm(instance=clip),
        "captions": lambda: CaptionForm(initial={"typed": context["typed"]}),
        "poster": PosterForm,
        "withdraw": WithdrawForm,
        "safety": lambda: PublishClipForm(initial={"seen": reads.clip_digest(clip)}),
    }
    context |= {name: forms.get(name) or make() for name, make in made.items()}
    context["progress"] = progress_of(cooking.progress_key(clip)) if clip.work == clip.Work.WAITING else None
    context["without_ffmpeg"] = not have_ffmpeg()
    context["player_url"] = _own_file(clip, context["player"].file) if context["player"] else ""
    context["poster_url"] = _own_file(clip, clip.poster) if clip.poster else ""
    context["live_address"] = settings.SITE_ADDRESS + context["live"].path if context["live"] else ""
    context["duration"] = clock(round(clip.seconds) * 1000)
    return render(request, "newsroom/desk/clip.html", context, status=422 if forms else 200)


def _own_file(clip: Any, file: str) -> str:
    return reverse("newsroom_desk:clip_file", args=[clip.pk, file.rpartition("/")[2]])


def _keep(
    request: Request, clip: Any, what: tuple[str, Any], *, save: Callable[[dict[str, Any]], Any], words: str
) -> HttpResponse:
    """Check a form of the page, keep what it says, and come back; or show the page with the form as it was sent."""
    name, form = what
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except Conflict:
            raise
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, words)
            return redirect("newsroom_desk:clip", clip.pk)
    return _page(request, reads.clip_for(request.actor, clip.pk), **{name: form})


@for_roles(*WRITERS)
@require_POST
def change_clip(request: Request, pk: int) -> HttpResponse:
    found = reads.clip_for(request.actor, pk)
    return _keep(
        request,
        found,
        ("words", ClipForm(request.POST, instance=found)),
        save=lambda values: services.change_clip(actor=request.actor, clip=found, **values),
        words=_("Keterangan disimpan."),
    )


@for_roles(*WRITERS)
@require_POST
def caption_clip(request: Request, pk: int) -> HttpResponse:
    found = reads.clip_for(request.actor, pk)
    return _keep(
        request,
        found,
        ("captions", CaptionForm(request.POST, request.FILES)),
        save=lambda values: services.caption_clip(actor=request.actor, clip=found, **values),
        words=_("Takarir disimpan."),
    )


@for_roles(*WRITERS)
@require_POST
def choose_poster(request: Request, pk: int) -> HttpResponse:
    found = reads.clip_for(request.actor, pk)
    return _keep(
        request,
        found,
        ("poster", PosterForm(request.POST, request.FILES)),
        save=lambda values: services.choose_poster(actor=request.actor, clip=found, **values),
        words=_("Gambar sampul disimpan."),
    )


@for_roles(Role.EDITOR)
@require_POST
def publish_clip(request: Request, pk: int) -> HttpResponse:
    found = reads.clip_for(request.actor, pk)
    form = PublishClipForm(request.POST)

    def publish(values: dict[str, Any]) -> None:
        services.publish_clip(actor=request.actor, clip=found, answers=form.answers(), seen=values["seen"])

    try:
        return _keep(request, found, ("safety", form), save=publish, words=_("Klip tayang."))
    except Conflict as conflict:  # another clip than was answered about: asked anew
        messages.error(request, str(conflict))
        return redirect("newsroom_desk:clip", pk)


@for_roles(Role.EDITOR)
@require_POST
def withdraw_clip(request: Request, pk: int) -> HttpResponse:
    found = reads.clip_for(request.actor, pk)
    return _keep(
        request,
        found,
        ("withdraw", WithdrawForm(request.POST)),
        save=lambda values: services.withdraw_clip(actor=request.actor, clip=found, **values),
        words=_("Klip dan semua berkasnya sudah ditarik."),
    )


@for_roles(*WRITERS)
@require_POST
def delete_clip(request: Request, pk: int) -> HttpResponse:
    services.delete_clip(actor=request.actor, clip=reads.clip_for(request.actor, pk))
    messages.success(request, _("Klip dihapus."))
    return redirect("newsroom_desk:clips")


@for_roles(*WRITERS)
@require_POST
def rework_clip(request: Request, pk: int) -> HttpResponse:
    cooking.rework_clip(actor=request.actor, clip=reads.clip_for(request.actor, pk))
    messages.success(request, _("Klip sedang diolah."))
    return redirect("newsroom_desk:clip", pk)


@for_roles(*WRITERS)
def clip_file(request: Request, pk: int, name: str) -> HttpResponseBase:
    """A file of a clip that may not be public yet; its captions too."""
    found = reads.clip_for(request.actor, pk)
    if name == "takarir.vtt":
        return HttpResponse(found.captions or "WEBVTT\n", content_type="text/vtt; charset=utf-8")
    path, kind = reads.desk_file(found, name)
    return give(request, path, kind)


@for_roles(Role.EDITOR)
def series_list(request: Request) -> HttpResponse:
    may_keep = bool(permissions.may_keep_series(request.actor))
    return render(request, "newsroom/desk/series_list.html", {"rows": reads.all_series(), "may_keep": may_keep})


@for_roles(Role.EDITOR)
def add_series(request: Request) -> HttpResponse:
    require(permissions.may_keep_series, request.actor)
    form = SeriesForm(request.POST or None, request.FILES or None)
    return _keep_series(request, form, lambda values: naming.add_series(actor=request.actor, **values))


@for_roles(Role.EDITOR)
def change_series(request: Request, pk: int) -> HttpResponse:
    series = reads.series_by_key(pk)
    require(permissions.may_keep_series, request.actor, series)
    form = SeriesForm(request.POST or None, request.FILES or None, instance=series)
    return _keep_series(
        request, form, lambda values: naming.change_series(actor=request.actor, series=series, **values), series=series
    )


def _keep_series(
    request: Request, form: SeriesForm, save: Callable[[dict[str, Any]], Any], series: Any = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Conflict:
            raise
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Seri disimpan."))
            return redirect("newsroom_desk:series_list")
    context = {"form": form, "series": series}
    return render(request, "newsroom/desk/series.html", context, status=422 if form.errors else 200)


@for_roles(Role.EDITOR)
@require_POST
def remove_series(request: Request, pk: int) -> HttpResponse:
    naming.remove_series(actor=request.actor, series=reads.series_by_key(pk))
    messages.success(request, _("Seri dihapus."))
    return redirect("newsroom_desk:series_list")
