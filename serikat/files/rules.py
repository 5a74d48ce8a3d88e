"""What a file may be called, which types are kept, and what is shown in the browser rather than saved. Plain Python."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 120

# Types that are kept, by their media type, with the ending their names get.
PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "image/avif": "avif"}
OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
PLAIN = {"text/plain": "txt", "text/csv": "csv"}
PDF = "application/pdf"
OLD_OFFICE = {"application/msword": "doc", "application/vnd.ms-excel": "xls", "application/vnd.ms-powerpoint": "ppt"}
SOUND_AND_FILM = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/x-wav": "wav",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "audio/x-flac": "flac",
    "audio/webm": "webm",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/3gpp": "3gp",
    "video/quicktime": "mov",
}
# Photos that cannot be drawn anew here: kept byte by byte as evidence, never shown in place, not for the public.
RAW_PICTURES = {"image/heic": "heic"}
ENDINGS = {**PICTURES, **RAW_PICTURES, **OFFICE, **PLAIN, PDF: "pdf", **OLD_OFFICE, **SOUND_AND_FILM}
# What anybody may download: no old office files, since their macros cannot be told from their text.
FOR_PUBLIC = {**PICTURES, **OFFICE, **PLAIN, PDF: "pdf"}
# Only pictures open inside the browser. All else is saved: a document opened in place could act in our name.
SHOWN_IN_PLACE = frozenset(PICTURES)

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def safe_name(given: str, kind: str) -> str:
    """The name as given, without what could trick a person or a file system: folders, control and direction marks, an ending that lies.

    The ending is that of the type found in the bytes, so "slip.pdf.exe" that is a PDF is kept as "slip.pdf".
    """
    ending = ENDINGS[kind]
    base = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(
        " " if unicodedata.category(c).startswith("Z") else c for c in base if not unicodedata.category(c).startswith("C")
    )
    base = re.sub(r'[<>:"|?*%;]', "_", base)
    while (cut := re.sub(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$", "", base)) != base and cut.strip(" ._"):
        base = cut
    base = " ".join(base.split()).strip(" ._")
    if not base or base.casefold() in RESERVED:
        base = f"berkas {base}".strip()
    return f"{base[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def human_size(size: int) -> str:
    """A size as people read it, with a decimal comma: "1,4 MB"."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= step:
            return f"{size / step:.1f}".replace(".", ",").replace(",0", "") + f" {unit}"
    return f"{size} B"


def room_of(holder_ref: str) -> str:
    """The kind of thing that holds a file: "people.person" of "people.person:7"."""
    return holder_ref.partition(":")[0]
