"""Files of every kind, made here, and a holder that lets its keeper read."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image


def picture_bytes(file_format="JPEG", size=(80, 40), color=(200, 30, 30), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, file_format, **how)
    return out.getvalue()


def office_bytes(**entries: str | bytes) -> bytes:
    """A small docx; keywords add entries, with "__" for "/"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def pdf_bytes(extra: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def scratch_storages(settings, tmp_path):
    """Every test has storages of its own."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "media"}},
        "private": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "private"}},
    }
    return tmp_path
