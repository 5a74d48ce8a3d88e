"""What a file really is: found from its bytes, never from its name; and what hides in it.

`check_upload` is asked before anything is written, by a form or in a doorway's `prepare`. What it lets through is a `Checked`: the bytes to keep (a
public picture drawn anew, all else untouched), the type, a safe name, and flags for the desk.

A document for the public is refused when it acts by itself: a PDF with scripts, launch actions or files within, or one locked by a password,
whose inside nobody can check; an office file with macros. The same file is kept when it is private, since it may be evidence: it carries a flag,
it is only ever saved, never shown in place.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

import filetype
from django.conf import settings
from django.utils.translation import gettext as _

from serikat.files import rules
from serikat.files.ffmpeg import CannotRead, as_voice
from serikat.files.pictures import check_picture, clean_picture
from serikat.files.refusals import BrokenFile, EmptyFile, HidesSomething, NoHeic, NoVector, Swollen, TooLarge, UnknownType

ACTIVE, LOCKED, MACROS = "active", "locked", "macros"

MOST_ENTRIES = 5000
MOST_UNPACKED = 300_000_000
MOST_RATIO = 200
MOST_INFLATED = 64_000_000  # of a PDF's packed objects, when looking for scripts

NATIVE_MARKS = (b"\x7fELF", b"MZ", b"#!", b"\xca\xfe\xba\xbe", b"<?php", b"\xcf\xfa\xed\xfe")
MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|\?xml|!--)", re.IGNORECASE)
PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])")
# What a track of an MP4 is for. In WebM the names of its codecs say so: "V_VP9", "A_OPUS".
HANDLERS = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    kind: str
    content: bytes
    sha256: str
    flags: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.content)


def check_upload(upload: IO[bytes], name: str, *, public: bool) -> Checked:
    """Read the file, find its type, and give what may be kept; else a `FileRefused` that says why."""
    limit = settings.UPLOAD_LIMIT_MB * 1024 * 1024
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(_("Berkas ini terlalu besar: paling besar %(limit)d MB.") % {"limit": settings.UPLOAD_LIMIT_MB})
    if not content:
        raise EmptyFile
    kind = kind_of(content, name)
    if public and kind in rules.RAW_PICTURES:
        raise NoHeic
    if kind not in (rules.FOR_PUBLIC if public else rules.ENDINGS):
        raise UnknownType
    flags = _hidden_in(content, kind)
    if public and flags:
        raise HidesSomething
    if kind in rules.PICTURES:
        if public:
            content = clean_picture(content)
        else:
            check_picture(content)
    return Checked(rules.safe_name(name, kind), kind, content, hashlib.sha256(content).hexdigest(), flags)


def as_played(checked: Checked) -> Checked:
    """What a browser recorded, as a sound that every phone and messenger plays; as it is where that cannot be made."""
    if checked.kind != "audio/webm":
        return checked
    try:
        content = as_voice(checked.content)
    except CannotRead:
        return checked
    kind, name = "audio/mp4", checked.name.rpartition(".")[0] or checked.name
    return Checked(rules.safe_name(name, kind), kind, content, hashlib.sha256(content).hexdigest())


def kind_of(content: bytes, name: str = "") -> str:
    """The media type found in the bytes. The name only tells a table from a text, and one old office file from another."""
    head = content[:4096]
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if head.startswith(OLE):
        return {v: k for k, v in rules.OLD_OFFICE.items()}.get(name.rsplit(".", 1)[-1].casefold(), "application/msword")
    if head.startswith(b"%PDF-"):
        return rules.PDF
    found = filetype.guess_mime(head)
    if found == "image/apng":
        return "image/png"
    if found in rules.ENDINGS:
        return _heard(found, content, head)
    if found is not None or head.startswith(NATIVE_MARKS):
        raise UnknownType
    return _text_kind(content, name)


def _heard(found: str, content: bytes, head: bytes) -> str:
    """A film without pictures is a sound, as browsers and phones write voice notes: none of its tracks is for the eye."""
    seen = {"video/webm": lambda: b"V_" in head or b"A_" not in head, "video/mp4": lambda: _handlers(content) != {b"soun"}}
    return found if found not in seen or seen[found]() else found.replace("video", "audio")


def _handlers(content: bytes) -> set[bytes]:
    return {one[1] for one in HANDLERS.finditer(content)}


def _text_kind(content: bytes, name: str) -> str:
    if b"<svg" in content[:2000].lower():
        raise NoVector
    if b"\0" in content or MARKUP.search(content[:2000]):
        raise UnknownType
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    odd = sum(1 for c in text[:20_000] if (ord(c) < 32 and c not in "\t\r\n\f") or c == "\ufffd")
    if odd:
        raise UnknownType
    return "text/csv" if name.casefold().endswith(".csv") else "text/plain"


def _office_kind(content: bytes) -> str:
    """The type of an office file, looked up in its table of contents. Any other archive is refused."""
    names = {i.filename for i in _entries(content)}
    for folder, ending in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[Content_Types].xml" in names and any(n.startswith(folder) for n in names):
            return next(k for k, v in rules.OFFICE.items() if v == ending)
    if "mimetype" in names:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as entry:
            told = entry.read(200).decode("ascii", "replace").strip()
        if told in rules.OFFICE:
            return told
    raise UnknownType


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    """The table of contents of an archive, refused when what is in it would swell, or would land outside its folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BrokenFile from error
    unpacked = sum(i.file_size for i in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > max(len(content), 5000) * MOST_RATIO:
        raise Swollen
    # entries that lie upon one another unpack to more than the archive can hold
    if sum(i.compress_size for i in entries) > len(content):
        raise Swollen
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename) or "\0" in entry.filename:
            raise HidesSomething
    return entries


def _hidden_in(content: bytes, kind: str) -> tuple[str, ...]:
    if kind == rules.PDF:
        return _hidden_in_pdf(content)
    if kind in rules.OFFICE:
        names = [i.filename.casefold() for i in _entries(content)]
        return (MACROS,) if any("vbaproject" in n or n.startswith(("basic/", "scripts/")) for n in names) else ()
    return (MACROS,) if kind in rules.OLD_OFFICE else ()


def _hidden_in_pdf(content: bytes) -> tuple[str, ...]:
    if b"%%EOF" not in content[-4096:]:
        raise BrokenFile
    flags = []
    if re.search(rb"/Encrypt(?![A-Za-z])", content):
        flags.append(LOCKED)
    if _acts(content) or b"PK\x05\x06" in content[-66_000:]:
        flags.append(ACTIVE)
    return tuple(flags)


def _acts(content: bytes) -> bool:
    """Tell whether a PDF carries scripts or the like: in plain sight, spelled with #-codes, or in packed objects."""
    if PDF_ACTS.search(_spelled_out(content)):
        return True
    left = MOST_INFLATED
    for match in re.finditer(rb"/ObjStm.{0,400}?stream\r?\n", content, re.DOTALL):
        try:
            inside = zlib.decompressobj().decompress(content[match.end() :], left)
        except zlib.error:
            continue
        left -= len(inside)
        if left <= 0:
            raise Swollen
        if PDF_ACTS.search(_spelled_out(inside)):
            return True
    return False


def _spelled_out(content: bytes) -> bytes:
    """PDF names may hide letters as #4A: write them out."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), content)
