"""Paper: a Typst template and values become a PDF. Values are data for the template, never markup; it opens no file but what is laid beside it."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst


def draw(template: Path, data: Mapping[str, Any], *, qr: str = "") -> bytes:
    """The PDF. `data` arrives as JSON in `sys.inputs.data`; `qr` is an address that stands beside the template as `qr.svg`. The same values give the
    same bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if qr:
            drawn = io.BytesIO()
            segno.make(qr, error="m", micro=False).save(drawn, kind="svg", border=2)
            (folder / "qr.svg").write_bytes(drawn.getvalue())
        sheet: bytes = typst.compile(
            shutil.copy(template, folder),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            ignore_system_fonts=True,
            timestamp=0,
        )
    return sheet
