"""Pictures drawn for the public: WebP in up to four widths, small enough for the cheapest phone, and a JPEG for those who share a link. Bytes in,
bytes out; nothing here knows a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageFilter, ImageOps

# Most bytes a width may have; quality goes down until it fits. The narrowest is for lists; a phone of 360 px takes one of the next two for the
# picture of an article (see pictures.SIZES).
WIDTHS = {240: 14_000, 360: 40_000, 720: 60_000, 1080: 110_000}
QUALITIES = (74, 64, 54, 44, 34, 24, 14)
BLURS = (1, 2, 4)
METHOD = 2  # libwebp's effort: 4 saves 5 % of the bytes for three times the time
SHARE = "serikat-share"
SHARE_WIDTH, SHARE_HEIGHT, SHARE_BYTES = 1080, 567, 250_000  # 1.91 to 1, as services cut it
MOST_PIXELS = 60_000_000
SMALLER = Image.Resampling.HAMMING  # as sharp as bicubic when a picture shrinks, for two thirds of the time


@dataclass(frozen=True, slots=True)
class Rendition:
    """One drawing of a picture: its name among the renditions, the bytes of its file, its measures in pixels."""

    spec: str
    content: bytes
    width: int
    height: int


def wanted_of(width: int, *, for_sharing: bool) -> dict[str, int]:
    """Name and width of each rendition of a picture this wide: never wider than the picture is."""
    widths = [w for w in WIDTHS if w < width] + ([width] if width <= max(WIDTHS) else [])
    return {**{f"serikat-{each}": each for each in widths}, **({SHARE: SHARE_WIDTH} if for_sharing else {})}


def draw_renditions(file: IO[bytes], wanted: dict[str, int]) -> Iterator[Rendition]:
    """The wanted renditions of the picture in this file. Each is drawn from the next wider one; while it is drawn the one before is packed, which
    happens outside Python's lock. Raises what Pillow raises for a broken picture, DecompressionBombError for one with too many pixels."""
    original = _opened(file)
    with ThreadPoolExecutor(max_workers=2) as packing:
        begun, wider = [], original
        for spec, width in sorted(wanted.items(), key=lambda item: (-item[1], item[0] == SHARE)):
            if spec == SHARE:
                drawn = ImageOps.fit(wider.convert("RGB"), (SHARE_WIDTH, SHARE_HEIGHT), SMALLER)
                kind, budget = "JPEG", SHARE_BYTES
            else:
                wider = drawn = _narrowed(wider, width, original)
                kind, budget = "WEBP", next(most for w, most in WIDTHS.items() if width <= w)
            begun.append((spec, packing.submit(_fitting, drawn, kind, budget), drawn.width, drawn.height))
        for spec, packed, width, height in begun:
            yield Rendition(spec, packed.result(), width, height)


def _opened(file: IO[bytes]) -> Image.Image:
    image: Image.Image = Image.open(file)
    if image.width * image.height > MOST_PIXELS:
        raise Image.DecompressionBombError(f"{image.width} by {image.height} pixels")
    image.draft("RGB", (max(WIDTHS), max(WIDTHS)))  # JPEG alone: decodes at half or quarter size, many times faster
    image = ImageOps.exif_transpose(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _narrowed(wider: Image.Image, width: int, original: Image.Image) -> Image.Image:
    if width == wider.width:
        return wider
    height = max(1, round(original.height * width / original.width))
    return wider.resize((width, height), SMALLER, reducing_gap=2.0)


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
    options = {"method": METHOD} if kind == "WEBP" else {"optimize": True}
    image.save(out, kind, quality=quality, **options)
    return out.getvalue()
