"""The files of an archive: finding a picture or document by whatever way a post wrote its address.

The shelf is filled once by walking the archive's own folders; only what stands on it can be found, so no address leads out of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from serikat.newsroom.importing.embeds import host_of

PICTURES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic", ".heif")
)
DOCUMENTS = frozenset(
    (
        ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".txt", ".zip", ".epub",
        ".mp3", ".ogg", ".oga", ".m4a", ".wav", ".mp4", ".m4v", ".webm", ".ogv", ".mov", ".3gp",
    )
)  # fmt: skip
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z0-9]{2,5}$)")
_SCALED = re.compile(r"-(?:scaled|rotated)(?=\.[A-Za-z0-9]{2,5}$)")


def ending_of(address: str) -> str:
    """The ending of the file an address names: ".jpg"."""
    return os.path.splitext(unquote(_path_of(address)).strip())[1].lower()  # noqa: PTH122 - an address is no path


def is_picture(address: str) -> bool:
    return ending_of(address) in PICTURES


def is_document(address: str) -> bool:
    return ending_of(address) in DOCUMENTS


def _path_of(address: str) -> str:
    try:
        return (
            urlsplit(address).path
            if "://" in address or address.startswith("//")
            else re.split(r"[?#]", address, maxsplit=1)[0]
        )
    except ValueError:
        return address


@dataclass(slots=True)
class Shelf:
    """Files by name. `own_hosts`: hosts under which the archive's own pages stood, without "www."."""

    own_hosts: set[str] = field(default_factory=set)
    originals: set[str] = field(default_factory=set)  # names, small, of files that are no made-smaller copies
    _by_name: dict[str, list[Path]] = field(default_factory=dict)

    def fill(self, roots: Iterable[Path]) -> None:
        for root in roots:
            home = root.resolve()
            for folder, folders, names in os.walk(home):
                folders[:] = sorted(
                    name for name in folders if name not in (".git", "node_modules", "_site", ".jekyll-cache")
                )
                for name in sorted(names):
                    self._add(Path(folder) / name, home)

    def _add(self, path: Path, home: Path) -> None:
        if path.suffix.lower() not in PICTURES | DOCUMENTS or not path.is_file():
            return
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            return
        self._by_name.setdefault(path.name.casefold(), []).append(path)

    def is_foreign(self, address: str) -> bool:
        """Tell whether the address belongs to somebody else's site."""
        host = host_of(address)
        return bool(host) and host not in self.own_hosts

    def find(self, address: str) -> Path | None:
        """The file that an address means: as written, decoded, in other case, an original for its smaller copy; None when there is none."""
        foreign = self.is_foreign(address)
        if not address or (foreign and self.own_hosts):
            return None
        for written in dict.fromkeys((_path_of(address), unquote(_path_of(address)), address, unquote(address))):
            parts = [
                part for part in written.replace("\\", "/").strip().casefold().split("/") if part not in ("", ".", "..")
            ]
            found = self._best(parts) if parts else None
            # An archive that does not say where it stood: an absolute address counts when folder and name agree.
            if found and (not foreign or _shared_end(found, parts) > 0):
                return found
        return None

    def _best(self, parts: list[str]) -> Path | None:
        name = parts[-1]
        whole = _SIZE.sub("", name)
        names = [name, whole, _SCALED.sub("", whole), _SIZE.sub(lambda _: "-scaled", name)]
        if whole in self.originals and name not in self.originals:
            names.insert(0, whole)
        for candidate in dict.fromkeys(names):
            if paths := self._by_name.get(candidate):
                return max(paths, key=lambda path: (_shared_end(path, parts), -len(path.parts), str(path)))
        return None


def _shared_end(path: Path, parts: list[str]) -> int:
    """How many folders before the name agree; `_uploads` holds what is shown as `uploads`."""
    folders = [part.casefold().lstrip("_") for part in path.parts[:-1]]
    count = 0
    for mine, theirs in zip(reversed(folders), reversed(parts[:-1]), strict=False):
        if mine != theirs.lstrip("_"):
            break
        count += 1
    return count


_NAME_NOISE = re.compile(r"^\d{2,4}px-|-\d{2,5}x\d{2,5}(?=-|$)|-[0-9a-f]{6}$|-scaled$")


def names_a_file(title: str, alt: str, address: str) -> bool:
    """Tell whether a picture's title is no caption but its name once more ("poster-solo"): one word, and the alternative text or the address says it."""
    name = Path(unquote(_path_of(address)))
    return len(title.split()) == 1 and _letters(title) in {_letters(alt), _letters(name.stem), _letters(name.name)}


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def alt_text(written: str, address: str) -> str:
    """Alternative text. Many editors filled in the file's name: that is turned into words, since nobody can listen to a file name."""
    text = " ".join(written.split())
    stem, ending = os.path.splitext(text)  # noqa: PTH122 - a text, no path
    if ending.lower() not in PICTURES and text != os.path.splitext(unquote(_path_of(address)).rsplit("/", 1)[-1])[0]:  # noqa: PTH122
        return text[:500]
    if ending.lower() not in PICTURES:
        stem = text
    for _ in range(3):
        stem = _NAME_NOISE.sub("", stem)
    return " ".join(re.sub(r"[_\-+]+", " ", stem).split())[:500]
