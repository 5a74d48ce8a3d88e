"""The address at which a provider calls us. It answers quickly and says as little as it can to whoever is not the provider."""

from __future__ import annotations

import json
import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from serikat.kernel.gate import public
from serikat.messaging.adapters import Forged, Heard, Unintelligible
from serikat.messaging.selectors.channels import channel_called_at
from serikat.messaging.services.receiving import hear

logger = logging.getLogger(__name__)


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def called(request: HttpRequest, key: str) -> HttpResponse:
    """A call of the provider: messages that came, reports, or its question whether we are there."""
    channel = channel_called_at(key)
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    heard = Heard(
        method=request.method or "GET",
        query={name: str(value) for name, value in request.GET.items()},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )
    try:
        hearing = hear(channel=channel, heard=heard)
    except Forged:
        logger.warning("A call at the address of channel %s did not come from its provider", channel.pk)
        return HttpResponse(status=403)
    except Unintelligible as problem:
        return HttpResponse(json.dumps({"error": str(problem)}), status=400, content_type="application/json")
    return HttpResponse(hearing.body, status=hearing.status, content_type=hearing.content_type)
