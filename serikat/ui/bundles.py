"""Styles and scripts are written one file a component and served joined: `ui/public.css` for everybody, `ui/desk.css` on top of it at the
desk, and their two scripts; what one page alone needs, such as the list of what a phone keeps, stands by itself. A staticfiles finder joins and thins them; nothing is committed twice and no build tool is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

HERE = Path(__file__).parent / "static" / "ui"

# What public pages need, in the order in which it is joined. The order of layers is declared first of all.
PUBLIC_STYLES = [
    "tokens",
    "base",
    "frame",
    "button",
    "mark",
    "turus",
    "alert",
    "section",
    "story",
    "prose",
    "law",
    "table",
    "facts",
    "timeline",
]
PUBLIC_STYLES += ["chart", "field", "path", "steps", "paging", "empty", "sheet", "code", "rows"]
DESK_STYLES = ["desk", "ranking", "gallery"]
PUBLIC_SCRIPTS = ["copy", "share", "show", "confirm", "offline"]
DESK_SCRIPTS = ["autosave", "session"]
SHELF_SCRIPTS = ["shelf", "empty"]

BUNDLES: dict[str, list[Path]] = {
    "ui/public.css": [HERE / "css" / f"{name}.css" for name in PUBLIC_STYLES],
    "ui/offline.css": [HERE / "css" / "offline.css"],
    "ui/desk.css": [HERE / "css" / f"{name}.css" for name in DESK_STYLES],
    "ui/public.js": [HERE / "js" / f"{name}.js" for name in PUBLIC_SCRIPTS],
    "ui/draft.js": [HERE / "js" / "draft_fields.js", HERE / "js" / "draft.js"],
    "ui/leave.css": [HERE / "css" / "leave.css"],
    "ui/leave.js": [HERE / "js" / "leave.js"],
    "ui/keep.js": [HERE / "js" / "keep.js"],
    "ui/shelf.js": [HERE / "js" / f"{name}.js" for name in SHELF_SCRIPTS],
    "ui/desk.js": [HERE / "js" / f"{name}.js" for name in DESK_SCRIPTS],
}

_QUOTED = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*')")
_CSS_COMMENT = re.compile(
    _QUOTED.pattern + r"|/\*.*?\*/", re.S
)  # a quote that opens first hides what looks like a comment, and the reverse
_JS_COMMENT = re.compile(r"^\s*(//.*|/\*\*?.*?\*/)\s*$", re.M)


def thin_css(text: str) -> str:
    """Drop comments and the white space that means nothing; strings are left alone."""
    pieces = _QUOTED.split(_CSS_COMMENT.sub(lambda found: found[1] or "", text))
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[at])
        piece = re.sub(r" ?([{};,]) ?", r"\1", piece).replace(";}", "}")
        pieces[at] = re.sub(r"([{;])([a-z-]+): ", r"\1\2:", piece)
    return "".join(pieces).strip()


def thin_js(text: str) -> str:
    """Drop whole-line comments and indentation. Each file becomes a block, so that its names stay its own."""
    lines = (line.strip() for line in _JS_COMMENT.sub("", text).splitlines())
    return "{\n" + "\n".join(line for line in lines if line) + "\n}"


def bundle(name: str) -> str:
    thin = thin_css if name.endswith(".css") else thin_js
    return "\n".join(thin(path.read_text("utf-8")) for path in BUNDLES[name]) + "\n"


class BundleFinder(BaseFinder):
    """Finds the joined files, written fresh into the data folder when their parts changed."""

    @property
    def storage(self) -> FileSystemStorage:
        return FileSystemStorage(location=settings.SERIKAT_DATA / "bundles")

    def _write(self, name: str) -> Path:
        path = Path(settings.SERIKAT_DATA) / "bundles" / name
        text = bundle(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(path.name + ".new")
            fresh.write_text(text, "utf-8")
            fresh.replace(path)
        return path

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in BUNDLES:
            return [] if find_all else None
        found = str(self._write(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in BUNDLES:
            self._write(name)
            yield name, self.storage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names with their hash once files were collected; plain names before (the first commands, tests). A name that was not collected is a bug."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str | None, str] = {}

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))

    def url(self, name: str | None, force: bool = False) -> str:
        """Worked out once for each name: files do not change under a running server."""
        found = self._addresses.get(name)
        if found is None:
            found = str(super().url(name, force))
            if self.hashed_files:
                self._addresses[name] = found
        return found
