"""The mark while the wizard runs: kept small in a session as text, until the organisation is founded."""

from __future__ import annotations

import base64
import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from serikat.audit.action import inner

SIDE = 256


@inner("machinery")
def keep_mark(*, mark: Any) -> str:
    """The picture as a PNG of at most 256 pixels a side, without anything that the camera wrote, in Base64."""
    with Image.open(mark) as picture:
        clean = picture.convert("RGBA")
        clean.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        clean.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


@inner("reads only")
def kept_mark(kept: str) -> ContentFile[bytes] | None:
    """The kept mark as a file; None when there is none."""
    return ContentFile(base64.b64decode(kept), "mark.png") if kept else None
