"""What somebody is writing, while they press another button of its page: it travels along, waits sealed in the session for its quarter of an hour, and
stands in its fields again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from serikat.helpdesk.forms.conversations import WithFile
from serikat.kernel.gate import Request
from serikat.kernel.opening import close, open_for, opened

LONGEST, MOST = 10_000, 50


def keep_typed(request: Request, name: str, fields: Sequence[str], *, but: Sequence[str] = ()) -> None:
    """What came along in these fields; `but` are those of the button that was pressed."""
    if not any(field in request.POST for field in fields):
        return
    came = {field: request.POST.getlist(field)[:MOST] for field in fields if field not in but}
    typed = {field: [value[:LONGEST] for value in values] for field, values in came.items() if any(map(str.strip, values))}
    if typed:
        open_for(request, name, json.dumps(typed))
    else:
        close(request, name)


def keep_file(request: Request, form_of: Callable[..., WithFile]) -> None:
    """The file that was chosen for the answer waits too, under the key of its form."""
    if not request.FILES and WithFile.DROP not in request.POST:
        return
    form = form_of(request.POST, request.FILES)
    form.full_clean()
    form.hold()
    for refused in form.errors.get("file", []):
        messages.error(request, f"{_('Berkasnya tidak ikut disimpan.')} {refused}")
    if form.lost:
        messages.error(request, _("Berkasnya tidak ikut disimpan. Pilih lagi sebelum menjawab."))


def kept_typed(request: Request, name: str) -> MultiValueDict[str, str]:
    return MultiValueDict(json.loads(opened(request, name) or "{}"))


def drop_typed(request: Request, name: str) -> None:
    """It was sent."""
    close(request, name)
