"""Pictures as pages show them: their renditions, made before or while a page goes live, and what an <img> needs of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from serikat.audit.action import inner
from serikat.newsroom.models import Picture, PictureRendition
from serikat.newsroom.renditions import SHARE, Rendition, draw_renditions, wanted_of

logger = logging.getLogger(__name__)

PLAIN_WIDTH = 720  # for browsers that know no srcset
# "66vw" on phones makes a screen of triple density take the 720 px picture: nobody sees the difference, everybody pays for it.
SIZES = "(max-width: 30rem) 66vw, (max-width: 60rem) 90vw, 40rem"


@dataclass(frozen=True, slots=True)
class Shown:
    """What an <img> needs."""

    src: str
    srcset: str
    width: int
    height: int

    def as_dict(self) -> dict[str, Any]:
        return {"src": self.src, "srcset": self.srcset, "width": self.width, "height": self.height}


@inner("machinery")
def prepare_picture(picture: Picture, *, for_sharing: bool = False) -> list[PictureRendition]:
    """The renditions of a picture, narrowest first; made when they are not there yet. Empty when the file is missing or broken.

    Drawing takes a tenth of a second a picture: whoever holds a transaction open calls this before.
    """
    wanted = wanted_of(picture.width, for_sharing=for_sharing)
    known = {r.filter_spec: r for r in picture.renditions.filter(filter_spec__in=wanted)}
    missing = {spec: width for spec, width in wanted.items() if spec not in known}
    if missing:
        try:
            with picture.file.storage.open(picture.file.name) as file:
                drawn = list(draw_renditions(file, missing))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            logger.warning("Picture %s cannot be shown: %s", picture.pk, error)
            return []
        known |= {each.spec: _keep(picture, each) for each in drawn}
    return sorted(known.values(), key=lambda r: (r.filter_spec == SHARE, r.width))


@inner("machinery")
def keep_renditions(picture: Picture, drawn: Iterable[Rendition]) -> None:
    """Renditions that were drawn before the picture had a row: nobody else can have made one meanwhile."""
    PictureRendition.objects.bulk_create([_filed(picture, each) for each in drawn])


@dataclass(frozen=True, slots=True)
class Cover:
    """The same picture as it stands above an article, in a list, and beside a link elsewhere (a JPEG: not all services read WebP)."""

    full: Shown
    small: Shown
    shared: Shown


@inner("machinery")
def shown(picture: Picture | None) -> Shown | None:
    """What an <img> of this picture needs; None when there is none to show."""
    renditions = prepare_picture(picture) if picture else []
    return _img(renditions) if renditions else None


@inner("machinery")
def shown_as_cover(picture: Picture | None) -> Cover | None:
    """The three of a cover, from one look at its renditions; None when there is none to show."""
    found = prepare_picture(picture, for_sharing=True) if picture else []
    if not found:
        return None
    *renditions, share = found
    return Cover(_img(renditions), _img(renditions[:1]), Shown(share.url, "", share.width, share.height))


def _img(renditions: list[PictureRendition]) -> Shown:
    largest = renditions[-1]
    srcset = ", ".join(f"{r.url} {r.width}w" for r in renditions) if len(renditions) > 1 else ""
    plain = next((r for r in renditions if r.width >= PLAIN_WIDTH), largest)
    return Shown(plain.url, srcset, largest.width, largest.height)


def _filed(picture: Picture, drawn: Rendition) -> PictureRendition:
    """The file written, the row not yet."""
    ending = "jpg" if drawn.spec == SHARE else "webp"
    rendition = PictureRendition(image=picture, filter_spec=drawn.spec, focal_point_key="")
    name = f"{picture.filename.rsplit('.', 1)[0][:60]}-{picture.pk}-{drawn.spec.removeprefix('serikat-')}.{ending}"
    rendition.file.save(name, ContentFile(drawn.content), save=False)
    rendition.width, rendition.height = drawn.width, drawn.height
    return rendition


def _keep(picture: Picture, drawn: Rendition) -> PictureRendition:
    rendition = _filed(picture, drawn)
    try:
        with transaction.atomic():
            rendition.save()
    except IntegrityError:  # another process made it meanwhile
        rendition.file.delete(save=False)
        rendition = PictureRendition.objects.get(image=picture, filter_spec=drawn.spec, focal_point_key="")
    return rendition
