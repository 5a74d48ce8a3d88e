"""The gallery: every component in every state, for everybody to see and discuss."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from serikat.kernel.gate import public
from serikat.ui import gallery as book
from serikat.ui.answer import answer
from serikat.ui.gallery import samples
from serikat.ui.icons import PATHS
from serikat.ui.identity import identity

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
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the mark of a page that names none, such as a picture or a feed."""
    return HttpResponseRedirect(
        identity().mark_url or static("ui/mark.svg"), headers={"Cache-Control": "public, max-age=3600"}
    )


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
