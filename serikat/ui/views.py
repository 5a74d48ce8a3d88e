"""The gallery: every component in every state, for everybody to see and discuss. And the pages of reading without network."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from serikat.kernel.gate import public, readable_offline, same_for_all
from serikat.kernel.opening import close
from serikat.ui import gallery as book
from serikat.ui import offline as without_network
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


ELSEWHERE = "https://id.wikipedia.org/"  # where the quick exit leads

# The shelves of a phone's worker, as its reader knows them, in the order in which they are listed.
SHELVES = [
    ("saved", _("Anda simpan")),
    ("article", _("Terakhir dibaca")),
    ("fresh", _("Berita terbaru")),
    ("page", _("Daftar dan halaman lain")),
]


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the mark of a page that names none, such as a picture or a feed."""
    return HttpResponseRedirect(
        identity().mark_url or static("ui/mark.svg"), headers={"Cache-Control": "public, max-age=3600"}
    )


@public
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Where iPhones look for the picture on the home screen; no page need name it."""
    return HttpResponseRedirect(static("ui/icon-180.png"), headers={"Cache-Control": "public, max-age=3600"})


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


@public
@same_for_all
def worker(request: HttpRequest) -> HttpResponse:
    """The worker of a reader's phone; phones look for a new one at each visit."""
    return HttpResponse(without_network.worker(), content_type="text/javascript; charset=utf-8")


@public
@same_for_all
def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse(without_network.manifest(), content_type="application/manifest+json")


@public
@same_for_all
@readable_offline("shell")
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows without network for an address of which it keeps no copy."""
    return render(request, "ui/offline.html")


@public
@same_for_all
@readable_offline("shell")
def saved(request: HttpRequest) -> HttpResponse:
    """What this phone keeps: the page asks its own browser, the site knows nothing of it."""
    return render(request, "ui/saved.html", {"newest": without_network.NEWEST, "kinds": SHELVES})


@public
@same_for_all
def newest(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"paths": without_network.newest(get_language() or settings.LANGUAGE_CODE)})


@public
def emptied(request: HttpRequest) -> HttpResponse:
    """After emptying: the browser is told to drop whatever of this site it still holds, its own store of pages and pictures too. Cookies stay, so
    that nobody is signed out. A request from elsewhere, as by a link in a message, empties nothing."""
    answer = render(request, "ui/emptied.html")
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        answer["Clear-Site-Data"] = '"cache", "storage"'
    answer["Cache-Control"] = "no-store"
    return answer


@public
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: what a code opened in this browser is closed, and a page that raises no question opens. A link from elsewhere closes nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        close(request)
    return HttpResponseRedirect(ELSEWHERE, headers={"Referrer-Policy": "no-referrer"})


@public
@same_for_all
@readable_offline("page")
def app(request: HttpRequest) -> HttpResponse:
    """How to put the site on a phone and send it on."""
    address = f"{settings.SITE_ADDRESS}/"
    qr = segno.make(address, error="m").svg_inline(border=2, svgclass="qr", lineclass=None, title=address, omitsize=True)
    return render(request, "ui/app.html", {"address": address, "qr": qr})
