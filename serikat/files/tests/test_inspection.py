"""What comes in: the type is found from the bytes, names are made safe, and what is broken or hostile is refused in words."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
import zlib

import pytest
from PIL import Image

from serikat.files import rules
from serikat.files.inspection import check_upload, kind_of
from serikat.files.pictures import clean_picture
from serikat.files.refusals import (
    BrokenFile,
    EmptyFile,
    FileRefused,
    HidesSomething,
    NoHeic,
    NoVector,
    Swollen,
    TooLarge,
    TooManyPixels,
    UnknownType,
)
from serikat.files.tests.conftest import office_bytes, pdf_bytes, picture_bytes
from tests.parts.programs import find

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def check(content: bytes, name: str = "x", *, public: bool = False):
    return check_upload(io.BytesIO(content), name, public=public)


def exif_bytes(**how) -> bytes:
    """A photo 80 by 40 that was taken upright, with place, maker, model and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F], exif[0x0110] = "Maker", "Phone X"
    exif.get_ifd(0x8825)[2] = (6.0, 12.0, 30.0)
    return picture_bytes("JPEG", exif=exif, comment=b"secret words", **how)


def huge_png() -> bytes:
    """A few bytes that say they are 30,000 by 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)

    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


def bomb() -> bytes:
    return office_bytes(word__big=b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("content", "name", "kind", "kept_as"),
    [
        (picture_bytes("JPEG"), "foto.jpg", "image/jpeg", "foto.jpg"),
        (picture_bytes("PNG"), "foto.jpg", "image/png", "foto.png"),
        (picture_bytes("WEBP"), "foto", "image/webp", "foto.webp"),
        (picture_bytes("GIF"), "foto.gif", "image/gif", "foto.gif"),
        (picture_bytes("AVIF"), "foto.avif", "image/avif", "foto.avif"),
        (pdf_bytes(), "slip.pdf.exe", "application/pdf", "slip.pdf"),
        (
            office_bytes(),
            "surat.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "surat.docx",
        ),
        ("nama;upah\nSari;1\n".encode("utf-8-sig"), "daftar.csv", "text/csv", "daftar.csv"),
        ("café\n".encode("cp1252"), "catatan", "text/plain", "catatan.txt"),
        (OLE, "lama.xls", "application/vnd.ms-excel", "lama.xls"),
        (HEIC, "IMG_1.HEIC", "image/heic", "IMG_1.heic"),
        (b"#!AMR\n" + b"\x3c" * 50, "suara.amr", "audio/amr", "suara.amr"),
    ],
)
def test_check_upload_finds_the_type_in_the_bytes(content, name, kind, kept_as):
    checked = check(content, name)
    assert (checked.kind, checked.name, checked.content) == (kind, kept_as, content)


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"MZ\x90\0" + b"\0" * 200, UnknownType),
        (b"\x7fELF" + b"\0" * 200, UnknownType),
        (b"<!DOCTYPE html><script>alert(1)</script>", UnknownType),
        (b"  <script>alert(1)</script>", UnknownType),
        (b"#!/bin/sh\nrm -rf /\n", UnknownType),
        (b"<?php system('x');", UnknownType),
        (b"text\0with zero", UnknownType),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NoVector),
        (b'<?xml version="1.0"?><svg/>', NoVector),
        (picture_bytes("BMP"), UnknownType),
        (picture_bytes(size=(400, 400))[:700], BrokenFile),
        (huge_png(), TooManyPixels),
        (pdf_bytes()[:-8], BrokenFile),
        (office_bytes()[:-30], BrokenFile),
        (bomb(), Swollen),
        (office_bytes(**{"..__..__etc__passwd": "x"}), HidesSomething),
    ],
)
def test_check_upload_refuses_what_is_broken_or_hostile(content, refusal, public):
    with pytest.raises(refusal) as caught:
        check(content, "x.jpg", public=public)
    assert str(caught.value)


def test_check_upload_refuses_a_plain_archive_and_a_file_over_the_limit(settings):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnknownType):
        check(out.getvalue())
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(TooLarge) as caught:
        check(b"a" * 1_048_577)
    assert "1 MB" in str(caught.value)
    assert check(b"a" * 1_048_576).size == 1_048_576


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (pdf_bytes(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (pdf_bytes(b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"), "active"),
        (pdf_bytes(b"/AA << /S /Launch /F (cmd.exe) >>"), "active"),
        (
            pdf_bytes(
                b">>\nendobj\n2 0 obj << /Type /ObjStm >>\nstream\n" + zlib.compress(b"<< /JS (x) >>") + b"\nendstream <<"
            ),
            "active",
        ),
        (pdf_bytes()[:-6] + office_bytes() + b"%%EOF\n", "active"),
        (pdf_bytes(b"/Encrypt 5 0 R"), "locked"),
        (office_bytes(word__vbaProject=b"x", **{"word__vbaProject.bin": b"x"}), "macros"),
        (OLE, "macros"),
    ],
)
def test_what_acts_by_itself_is_kept_with_a_flag_but_never_for_the_public(content, flag):
    assert check(content).flags == (flag,)
    with pytest.raises(FileRefused):
        check(content, public=True)


def test_a_pdf_that_only_speaks_of_javascript_is_no_danger():
    assert check(pdf_bytes(b"/Title (Belajar JavaScript /JSON)"), public=True).flags == ()


def test_clean_picture_keeps_nothing_but_the_picture():
    source = exif_bytes()
    assert b"Phone X" in source
    assert b"secret words" in source
    cleaned = clean_picture(source)
    picture = Image.open(io.BytesIO(cleaned))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 80), {})
    assert [w for w in (b"Phone X", b"Maker", b"secret words", b"Exif") if w in cleaned] == []


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "AVIF"])
def test_clean_picture_strips_every_format(file_format):
    exif = Image.Exif()
    exif[0x0110] = "Phone X"
    cleaned = clean_picture(picture_bytes(file_format, exif=exif))
    picture = Image.open(io.BytesIO(cleaned))
    assert (picture.format, b"Phone X" in cleaned, dict(picture.getexif())) == (file_format, False, {})


def test_clean_picture_drops_what_hides_behind_the_picture():
    assert b"PK\x03\x04" not in clean_picture(picture_bytes() + office_bytes())


def test_clean_picture_makes_it_smaller_and_keeps_what_is_clear():
    big = picture_bytes("PNG", size=(4000, 1000))
    assert Image.open(io.BytesIO(clean_picture(big))).size == (3840, 960)
    assert Image.open(io.BytesIO(clean_picture(big, longest_side=400))).size == (400, 100)
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(clean_picture(out.getvalue()))).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16"])
def test_clean_picture_draws_every_mode(mode):
    out = io.BytesIO()
    file_format = "TIFF" if mode == "TIFF" else "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (20, 20)).save(out, file_format)
    assert Image.open(io.BytesIO(clean_picture(out.getvalue()))).size == (20, 20)


def test_clean_picture_keeps_an_animation_moving():
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 20), (n * 80, 0, 0)) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=120, loop=0, comment=b"secret")
    cleaned = clean_picture(out.getvalue())
    picture = Image.open(io.BytesIO(cleaned))
    assert (picture.format, picture.n_frames, picture.info["duration"], b"secret" in cleaned) == ("GIF", 3, 120, False)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<svg/>", NoVector),
        (HEIC, NoHeic),
        (b"not a picture", UnknownType),
        (picture_bytes(size=(300, 300))[:500], BrokenFile),
        (huge_png(), TooManyPixels),
        (b"", UnknownType),
    ],
)
def test_clean_picture_refuses_in_words(content, refusal):
    with pytest.raises(refusal):
        clean_picture(content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\slip gaji.pdf", "slip gaji.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("gaji\u202efdp.exe", "gajifdp.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("CON", "berkas CON.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("laporan 2.5.2026.pdf", "laporan 2.5.2026.pdf"),
        ("surat keputusan no. 4.pdf", "surat keputusan no. 4.pdf"),
    ],
)
def test_safe_name_keeps_what_people_read_and_drops_what_tricks(given, kept):
    assert rules.safe_name(given, "application/pdf") == kept


def test_human_size_reads_like_people_write():
    assert [rules.human_size(n) for n in (0, 999, 1000, 1_440_000, 2_000_000_000)] == [
        "0 B",
        "999 B",
        "1 kB",
        "1,4 MB",
        "2 GB",
    ]


@pytest.mark.parametrize(
    ("codecs", "ending", "kind"),
    [
        (("-c:a", "libopus"), "webm", "audio/webm"),
        (("-c:a", "aac"), "mp4", "audio/mp4"),
        (("-f", "lavfi", "-i", "color=size=32x32:duration=1", "-c:a", "libopus", "-c:v", "libvpx"), "webm", "video/webm"),
        (("-f", "lavfi", "-i", "color=size=32x32:duration=1", "-c:a", "aac", "-c:v", "mpeg4"), "mp4", "video/mp4"),
    ],
)
def test_a_film_without_pictures_is_a_voice_note(tmp_path, codecs, ending, kind):
    """As browsers and phones write them: the same container as a film."""
    program = find("ffmpeg") or pytest.skip("no ffmpeg on this computer")
    made = tmp_path / f"made.{ending}"
    subprocess.run([program, "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", *codecs, made], check=True)
    assert kind_of(made.read_bytes(), made.name) == kind
