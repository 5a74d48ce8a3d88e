"""Finding a place while typing, for the picker. Reference data: anybody may read it, and any cache may keep it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from serikat.kernel.gate import public
from serikat.places.rules import LONGEST_QUERY
from serikat.places.selectors import find_regions

VILLAGE = "4"


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`?q=sukamaju bekasi` answers `{"places": [{"code": …, "full": …}]}`; `&level=` 1 to 4 asks for another level than villages."""
    level = request.GET.get("level", VILLAGE)
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    found = find_regions(query, level=int(level)) if level in {"1", "2", "3", "4"} else []
    answer = JsonResponse({"places": [{"code": r.pk, "full": r.full} for r in found]})
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
