"""Pages that no room owns, to try the frame on: a front page and an article of usual length, and a desk page with a full rail."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from serikat.kernel.access import SYSTEM
from serikat.kernel.gate import for_signed_in, public
from serikat.ui.components.matter import Moment
from serikat.ui.gallery import samples
from serikat.ui.navigation import Group, Item
from serikat.ui.urls import one_address

HERE = Path(__file__).parent / "templates" / "journeys"
TODAY = dt.date(2026, 11, 23)
RUBRICS = ["Upah", "PHK", "Buruh migran", "K3", "Perempuan", "Organisasi", "Desa & koperasi", "Tanya jawab"]

BAR = [
    Item("Beranda", "front", "home", order=1, exact=True),
    Item("Berita", "article", "news", order=2),
    Item("Lapor", "lapor", "horn", order=3, main=True),
    Item("Cek kode", "kode", "key", order=4),
    Item("Akun", "akun", "user", order=5),
]
RAIL = {
    Group.WORK: [Item("Hari saya", "desk", "home", exact=True), Item("Pesan", "lapor", "sms", count=lambda actor: 7)],
    Group.PUBLISHING: [Item("Naskah", "article", "news", count=lambda actor: 4), Item("Gambar", "kode", "image")],
    Group.ORGANISATION: [Item("Pertanggungjawaban pengurus", "akun", "building")],
}


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    template = engines["django"].from_string((HERE / name).read_text("utf-8"))
    return HttpResponse(template.render({**samples.context(), **context, "today": TODAY}, request))


@public
def front(request: HttpRequest) -> HttpResponse:
    return _page(request, "front.html")


@public
def article(request: HttpRequest) -> HttpResponse:
    return _page(
        request, "article.html", urut=[Moment(dt.date(2027, 1, 5), "Batas perundingan"), *samples.context()["moments"][2:]]
    )


@public
def desk(request: HttpRequest) -> HttpResponse:
    request.__dict__["_actor"] = SYSTEM
    return _page(request, "desk.html")


@for_signed_in
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, "desk.html")


urlpatterns = [
    *one_address,
    path("", front, name="front"),
    path("berita/", article, name="article"),
    path("lapor/", front, name="lapor"),
    path("kode/", front, name="kode"),
    path("akun/", front, name="akun"),
    path("meja/", desk, name="desk"),
    path("meja/saya/", mine, name="mine"),
    path("", include("serikat.ui.urls")),
]
