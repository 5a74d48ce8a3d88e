"""Series of clips: named, described, with a square picture as podcast programs want it."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from functools import partial
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from serikat.audit.action import action
from serikat.files.inspection import check_upload
from serikat.files.refusals import FileRefused, UnknownType
from serikat.files.rules import PICTURES
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.text import slug as slug_of
from serikat.newsroom import permissions
from serikat.newsroom.models import Clip, Series

SIDE = 1400  # the least that podcast programs take


class SeriesTaken(Refused):
    message = _("Seri dengan nama ini sudah ada.")


class SeriesInUse(Refused):
    message = _("Seri ini masih berisi klip. Pindahkan dahulu klipnya.")


def _draw(*, picture: IO[bytes] | None = None, **_others: Any) -> Mapping[str, Any]:
    """The picture, square, as JPEG; outside any transaction."""
    if picture is None:
        return {}
    try:
        checked = check_upload(picture, str(getattr(picture, "name", "")), public=True)
        if checked.kind not in PICTURES:
            raise UnknownType
    except FileRefused as refused:
        raise Refused(str(refused), field="picture") from None
    square = ImageOps.fit(Image.open(io.BytesIO(checked.content)).convert("RGB"), (SIDE, SIDE))
    out = io.BytesIO()
    square.save(out, "JPEG", quality=80, optimize=True)
    return {"drawn": out.getvalue()}


@action("newsroom.series.added", may=permissions.may_keep_series, says=_("menambah seri klip"), makes=True, prepare=_draw)
def add_series(*, actor: Actor, title: str, about: str = "", picture: IO[bytes] | None = None, drawn: bytes = b"") -> Series:
    """Begin a series under an address made from its name. Refuses a name that leads to an address in use."""
    slug = slug_of(title, empty="seri")
    if Series.objects.filter(slug=slug).exists():
        raise SeriesTaken(field="title")
    return Series.objects.create(title=title, slug=slug, about=about, cover=_kept(drawn))


@action(
    "newsroom.series.changed", may=permissions.may_keep_series, says=_("mengubah seri klip"), on="series",
    fields=("title", "about"), prepare=_draw,
)  # fmt: skip
def change_series(
    *, actor: Actor, series: Series, title: str, about: str = "", picture: IO[bytes] | None = None, drawn: bytes = b""
) -> None:
    """Change its words, and its picture when one was sent. Its address stays: podcast programs hold on to it."""
    series.title, series.about = title, about
    if drawn:
        transaction.on_commit(partial(_erase, series.cover))
        series.cover = _kept(drawn)
    series.save()


@action("newsroom.series.removed", may=permissions.may_keep_series, says=_("menghapus seri klip"), on="series")
def remove_series(*, actor: Actor, series: Series) -> None:
    """Remove a series that holds no clip."""
    if Clip.objects.filter(series=series).exists():
        raise SeriesInUse
    transaction.on_commit(partial(_erase, series.cover))
    Series.objects.filter(pk=series.pk).delete()


def _kept(drawn: bytes) -> str:
    return default_storage.save(f"seri/{secrets.token_hex(6)}.jpg", ContentFile(drawn)) if drawn else ""


def _erase(cover: str) -> None:
    if cover:
        default_storage.delete(cover)
