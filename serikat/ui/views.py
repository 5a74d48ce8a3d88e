"""The gallery: every component in every state, for everybody to see and discuss."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from serikat.kernel.gate import public
from serikat.ui import gallery as book
from serikat.ui.answer import answer
from serikat.ui.gallery import samples
from serikat.ui.icons import PATHS

INKS = [
    ("paper", _("kertas")),
    ("sunk", _("alas")),
    ("ink", _("tinta")),
    ("ink-2", _("suara kedua")),
    ("rule", _("garis rambut")),
    ("edge", _("tepi isian")),
    ("red", _("kerjakan sekarang")),
    ("teal", _("tenang, maju, hukum")),
    ("amber", _("waktu menipis")),
]


@public
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "chapters": book.chapters(),
        "intro": book.INTRO,
        "inks": INKS,
        "icons": sorted(PATHS),
        "today": samples.TODAY,
        "form": samples.filled_form(),
        "wrong": samples.wrong_form(),
    }
    return answer(request, "ui/gallery.html", context)
