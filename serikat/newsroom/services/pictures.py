"""Pictures for the public: WebP in up to three widths, small enough for the cheapest phone, made before or while a page goes live."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageFilter, ImageOps

from serikat.audit.action import inner
from serikat.newsroom.models import Picture, PictureRendition

logger = logging.getLogger(__name__)

# Most bytes a width may have; quality goes down until it fits. A phone of 360 px takes one of the first two (see SIZES).
WIDTHS = {360: 40_000, 720: 60_000, 1080: 110_000}
QUALITIES = (74, 64, 54, 44, 34, 24, 14)
BLURS = (1, 2, 4)
METHOD = 2  # libwebp's effort: 4 saves 3 % of the bytes for twice the time
SHARE_WIDTH, SHARE_HEIGHT, SHARE_BYTES = 1200, 630, 250_000
MOST_PIXELS = 60_000_000

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

    Encoding takes a tenth of a second a picture: whoever holds a transaction open calls this before.
    """
    wanted = {f"serikat-{width}": width for width in _widths(picture.width)}
    if for_sharing:
        wanted["serikat-share"] = SHARE_WIDTH
    known = {r.filter_spec: r for r in picture.renditions.filter(filter_spec__in=wanted)}
    missing = {spec: width for spec, width in wanted.items() if spec not in known}
    if missing:
        original = _opened(picture)
        if original is None:
            return []
        for spec, width in sorted(missing.items(), key=lambda item: -item[1]):
            known[spec] = _keep(picture, spec, *_encoded(original, spec, width))
    return sorted(known.values(), key=lambda r: (r.filter_spec == "serikat-share", r.width))


@inner("machinery")
def shown(picture: Picture | None, *, narrow: bool = False) -> Shown | None:
    """What an <img> of this picture needs; None when there is none to show. `narrow` is for small pictures in lists."""
    renditions = [r for r in prepare_picture(picture) if r.filter_spec != "serikat-share"] if picture else []
    if not renditions:
        return None
    if narrow:
        renditions = renditions[:1]
    largest = renditions[-1]
    srcset = ", ".join(f"{r.url} {r.width}w" for r in renditions) if len(renditions) > 1 else ""
    return Shown(renditions[min(1, len(renditions) - 1)].url, srcset, largest.width, largest.height)


@inner("machinery")
def shared(picture: Picture | None) -> Shown | None:
    """The JPEG that other services show beside a link to the page: they do not all read WebP."""
    found = [r for r in prepare_picture(picture, for_sharing=True) if r.filter_spec == "serikat-share"] if picture else []
    return Shown(found[0].url, "", found[0].width, found[0].height) if found else None


def _widths(width: int) -> list[int]:
    """The widths to make: never wider than the picture is."""
    return [w for w in WIDTHS if w < width] + ([width] if width <= max(WIDTHS) else [])


def _opened(picture: Picture) -> Image.Image | None:
    try:
        with picture.file.storage.open(picture.file.name) as file:
            image: Image.Image = Image.open(file)
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (max(WIDTHS), max(WIDTHS)))  # JPEG alone: decodes at half or quarter size, many times faster
            image = ImageOps.exif_transpose(image)
            return image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        logger.warning("Picture %s cannot be shown: %s", picture.pk, error)
        return None


def _encoded(original: Image.Image, spec: str, width: int) -> tuple[bytes, int, int]:
    if spec == "serikat-share":
        wide = ImageOps.fit(original.convert("RGB"), (SHARE_WIDTH, SHARE_HEIGHT))
        return _fitting(wide, "JPEG", SHARE_BYTES), SHARE_WIDTH, SHARE_HEIGHT
    height = max(1, round(original.height * width / original.width))
    small = (
        original.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0) if width != original.width else original
    )
    budget = next(most for w, most in WIDTHS.items() if width <= w)
    return _fitting(small, "WEBP", budget), width, height


def _fitting(image: Image.Image, kind: str, budget: int) -> bytes:
    """The picture in the best quality that fits the budget; none of them carries the camera's or the place's data."""
    content = b""
    for quality in QUALITIES:
        content = _written(image, kind, quality)
        if len(content) <= budget:
            return content
    for radius in BLURS:  # grain that no quality can hold: a softer picture is lighter
        content = _written(image.filter(ImageFilter.GaussianBlur(radius)), kind, QUALITIES[-1])
        if len(content) <= budget:
            break
    return content


def _written(image: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    options = {"method": METHOD} if kind == "WEBP" else {"optimize": True, "progressive": True}
    image.save(out, kind, quality=quality, **options)
    return out.getvalue()


def _keep(picture: Picture, spec: str, content: bytes, width: int, height: int) -> PictureRendition:
    ending = "jpg" if spec == "serikat-share" else "webp"
    rendition = PictureRendition(image=picture, filter_spec=spec, focal_point_key="")
    name = f"{picture.filename.rsplit('.', 1)[0][:60]}-{picture.pk}-{spec.removeprefix('serikat-')}.{ending}"
    rendition.file.save(name, ContentFile(content), save=False)
    rendition.width, rendition.height = width, height
    try:
        with transaction.atomic():
            rendition.save()
    except IntegrityError:  # another process made it meanwhile
        rendition.file.delete(save=False)
        rendition = PictureRendition.objects.get(image=picture, filter_spec=spec, focal_point_key="")
    return rendition
