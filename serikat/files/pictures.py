"""Public pictures: drawn anew, so that nothing but the picture remains. Place, device, comments and whatever was hidden behind it are gone."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from serikat.files.refusals import BrokenFile, NoHeic, NoVector, TooManyPixels, UnknownType

MOST_PIXELS = 50_000_000  # one frame: larger than any phone takes
MOST_MOVING_PIXELS = 200_000_000  # all frames of an animation together
MOST_FRAMES = 400
LONGEST_SIDE = 3840
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85},  # `optimize` and `progressive` save 7 and 4 % for twice the time each; readers never load these
    "PNG": {"compress_level": 6},  # `optimize` tries everything: ten times slower for a few percent
    "WEBP": {"quality": 85, "method": 4},
    "AVIF": {"quality": 70, "speed": 7},
    "GIF": {"optimize": True},
}


def clean_picture(content: bytes, *, longest_side: int = LONGEST_SIDE) -> bytes:
    """The picture drawn anew in its own format: upright, in sRGB, at most `longest_side` pixels, with nothing else in the file.

    An animation stays one. Refused in words: SVG, HEIC, what is no picture, what is broken or half-sent, what has too many pixels.
    """
    picture = _opened(content)
    file_format = str(picture.format)
    out = io.BytesIO()
    try:
        if getattr(picture, "n_frames", 1) > 1:
            _save_moving(picture, file_format, out, longest_side)
        else:
            _drawn_anew(picture, file_format, longest_side).save(out, file_format, **SAVING[file_format])
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise BrokenFile from error
    return out.getvalue()


def check_picture(content: bytes) -> None:
    """Refuse a picture that cannot be opened whole, without changing it: for what is kept byte by byte as evidence."""
    try:
        _opened(content).load()
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise BrokenFile from error


def _opened(content: bytes) -> Image.Image:
    """The picture with its size known and bounded; its pixels are not read yet."""
    head = content[:512].lstrip().lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        raise NoVector
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"):
        raise NoHeic
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        frames = getattr(picture, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except UnidentifiedImageError as error:
        raise UnknownType from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise BrokenFile from error
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS or frames > MOST_FRAMES or pixels * frames > max(MOST_MOVING_PIXELS, MOST_PIXELS):
        raise TooManyPixels
    return picture


def _drawn_anew(picture: Image.Image, file_format: str, longest_side: int) -> Image.Image:
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    clear = "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    plain = _in_srgb(upright, profile).convert("RGBA" if clear and file_format != "JPEG" else "RGB")
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    plain.info.clear()
    return plain


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the profile means them; a profile that cannot be read is dropped."""
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def _save_moving(picture: Image.Image, file_format: str, out: io.BytesIO, longest_side: int) -> None:
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        durations.append(max(20, int(frame.info.get("duration", 100))))
        frames.append(_drawn_anew(frame.copy(), "GIF", longest_side))
    frames[0].save(
        out,
        file_format,
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=int(picture.info.get("loop", 0)),
        **SAVING[file_format],
    )
