"""Handing a private file to who may have it: opened on the way out, never kept by a browser or a cache."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from serikat.files.ranges import played
from serikat.files.rules import SHOWN_IN_PLACE
from serikat.files.selectors import file_for
from serikat.files.services import open_file
from serikat.kernel.gate import for_signed_in, public


@for_signed_in
@require_GET
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Pictures open in the browser unless `?simpan`; everything else is saved. A player may ask for a stretch."""
    actor = request.actor  # type: ignore[attr-defined]
    file = file_for(actor, pk)
    saved = file.kind not in SHOWN_IN_PLACE or "simpan" in request.GET
    kind = f"{file.kind}; charset=utf-8" if file.kind.startswith("text/") else file.kind
    response = played(request, open_file(actor=actor, file=file), file.size, kind)
    response["Content-Disposition"] = content_disposition_header(saved, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@public
@require_GET
def public_file(request: HttpRequest, name: str) -> FileResponse:
    """A public picture or document. Pictures are shown; whatever else is saved, and could run nothing if a browser opened it."""
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation):
        raise Http404 from None
    if not Path(getattr(file.file, "name", name)).is_file():
        raise Http404
    response = FileResponse(file, filename=Path(name).name)
    if response["Content-Type"] not in SHOWN_IN_PLACE:
        response["Content-Disposition"] = content_disposition_header(True, Path(name).name) or "attachment"
    response["Cache-Control"] = f"public, max-age={settings.PUBLIC_FILE_AGE}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
