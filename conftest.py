"""Test settings for the whole suite: scratch data and keys before Django starts; users and units that rooms' tests share."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="serikat-test-"))
os.environ.update(
    SERIKAT_DATA=str(_scratch / "data"),
    SERIKAT_SECRET_KEY="test-secret-key-that-is-long-enough-to-pass-the-check-0123456789",
    SERIKAT_TRAIL_KEY="test-trail-key",
    SERIKAT_INDEX_KEY="test-index-key",
    SERIKAT_FIELD_KEYS="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    SERIKAT_FILE_KEYS="MTAyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    SERIKAT_DEMO="0",
    DEBUG="0",
)
(_scratch / "data").mkdir()
