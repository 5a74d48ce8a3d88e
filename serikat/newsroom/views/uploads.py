"""Uploading a video or a sound: a plain form, or pieces that a script sends and that go on where they stopped.

A script asks `begin` for a place, sends pieces with the header Upload-Offset to it, asks it by GET or HEAD how much has come, and ends with `finish`.
Answers are small JSON; a refusal says its words and, where it helps, the offset at which to go on.
"""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from serikat.files.ffmpeg import have_ffmpeg
from serikat.kernel.access import Role
from serikat.kernel.errors import Refused
from serikat.kernel.gate import Request, for_roles
from serikat.newsroom.clip_forms import BeginUploadForm, UploadForm
from serikat.newsroom.selectors import clips as reads
from serikat.newsroom.services import uploads as services

WRITERS = (Role.EDITOR, Role.CONTRIBUTOR)


@for_roles(*WRITERS)
def upload_clip(request: Request) -> HttpResponse:
    """The form. Sent as it is, it uploads in one go; its script sends it in pieces instead."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            clip = _take_whole(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Klip terkirim dan sedang diolah."))
            return redirect("newsroom_desk:clip", clip.pk)
    context = {"form": form, "uploads": reads.uploads_of(request.actor), "without_ffmpeg": not have_ffmpeg()}
    return render(request, "newsroom/desk/upload_clip.html", context, status=422 if form.errors else 200)


def _take_whole(request: Request, values: dict[str, Any]) -> Any:
    file = values["file"]
    begun = services.begin_upload(
        actor=request.actor, unit=values["unit"], title=values["title"], name=file.name, size=file.size
    )
    came = 0
    for some in file.chunks(services.LARGEST_PIECE):
        came = services.add_piece(upload=begun, offset=came, piece=BytesIO(some), length=len(some))
    return services.finish_upload(actor=request.actor, upload=begun)


@for_roles(*WRITERS)
@require_POST
def begin_upload(request: Request) -> HttpResponse:
    form = BeginUploadForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return JsonResponse({"problem": " ".join(str(e[0]) for e in form.errors.values())}, status=422)
    try:
        begun = services.begin_upload(actor=request.actor, **form.cleaned_data)
    except Refused as refused:
        return _refused(refused)
    return JsonResponse({"at": reverse("newsroom_desk:piece", args=[begun.pk]), "offset": 0}, status=201)


@for_roles(*WRITERS)
@require_http_methods(["GET", "HEAD", "PATCH", "POST"])
def piece(request: Request, pk: uuid.UUID) -> HttpResponse:
    """How much has come; or, by PATCH or POST, the next piece of it."""
    upload = reads.upload_for(request.actor, pk)
    offset = reads.came(upload)
    if request.method in ("PATCH", "POST"):
        length, told = (request.headers.get(name, "") for name in ("Content-Length", "Upload-Offset"))
        if not (length.isdecimal() and told.isdecimal() and len(length + told) < 30):
            return JsonResponse({"problem": _("Potongan ini tidak menyambung."), "offset": offset}, status=400)
        try:
            offset = services.add_piece(upload=upload, offset=int(told), piece=request, length=int(length))  # type: ignore[arg-type]
        except Refused as refused:
            return _refused(refused)
    answer = JsonResponse({"offset": offset, "size": upload.size})
    answer["Upload-Offset"], answer["Upload-Length"] = str(offset), str(upload.size)
    return answer


@for_roles(*WRITERS)
@require_POST
def finish_upload(request: Request, pk: uuid.UUID) -> HttpResponse:
    upload = reads.upload_for(request.actor, pk)
    try:
        clip = services.finish_upload(actor=request.actor, upload=upload)
    except Refused as refused:
        return _refused(refused)
    return JsonResponse({"done": reverse("newsroom_desk:clip", args=[clip.pk])})


@for_roles(*WRITERS)
@require_POST
def drop_upload(request: Request, pk: uuid.UUID) -> HttpResponse:
    services.drop_upload(actor=request.actor, upload=reads.upload_for(request.actor, pk))
    messages.success(request, _("Unggahan dibatalkan."))
    return redirect("newsroom_desk:upload_clip")


def _refused(refused: Refused) -> JsonResponse:
    said: dict[str, Any] = {"problem": str(refused)}
    if isinstance(refused, services.WrongPlace):
        said["offset"] = refused.offset
    return JsonResponse(said, status=refused.http_status)
