"""Handing a private file to who may have it: opened on the way out, never kept by a browser or a cache."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from serikat.files.rules import SHOWN_IN_PLACE
from serikat.files.selectors import file_for
from serikat.files.services import open_file
from serikat.kernel.gate import for_signed_in


@for_signed_in
@require_GET
def download(request: HttpRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """Pictures open in the browser unless `?simpan`; everything else is saved."""
    actor = request.actor  # type: ignore[attr-defined]
    file = file_for(actor, pk)
    saved = file.kind not in SHOWN_IN_PLACE or "simpan" in request.GET
    kind = f"{file.kind}; charset=utf-8" if file.kind.startswith("text/") else file.kind
    response = StreamingHttpResponse(open_file(actor=actor, file=file), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(saved, file.name) or "attachment"
    response["Content-Length"] = file.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
