"""Giving out a media file as players ask for it: whole, or one stretch of it (Range, RFC 9110), so that seeking costs what is watched and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from serikat.kernel.errors import Missing

CHUNK = 128 * 1024
ONE_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def give(request: HttpRequest, path: Path, media_type: str, *, saved_as: str = "", age: int = 0) -> HttpResponseBase:
    """The file, or the stretch that was asked for. `saved_as` has it saved under that name; `age` is how long it may be kept, in seconds."""
    try:
        found = path.stat()
    except OSError:
        raise Missing from None
    tag = f'"{found.st_size:x}-{found.st_mtime_ns:x}"'
    if request.headers.get("If-None-Match") == tag:
        return _dressed(HttpResponse(status=304), tag, age)
    start, end = 0, found.st_size - 1
    asked = request.headers.get("Range", "")
    told = request.headers.get("If-Range")
    stretch = _stretch(asked, found.st_size) if asked and told in (None, tag) else None
    if stretch == ():
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{found.st_size}"
        return _dressed(refused, tag, 0)
    if stretch:
        start, end = stretch
    body = iter(()) if request.method == "HEAD" else _read(path, start, end - start + 1)
    answer = StreamingHttpResponse(body, status=206 if stretch else 200, content_type=media_type)
    answer["Content-Length"] = str(end - start + 1)
    if stretch:
        answer["Content-Range"] = f"bytes {start}-{end}/{found.st_size}"
    if saved_as:
        answer["Content-Disposition"] = content_disposition_header(True, saved_as) or "attachment"
    return _dressed(answer, tag, age)


def _dressed(answer: HttpResponseBase, tag: str, age: int) -> HttpResponseBase:
    answer["ETag"] = tag
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    if age:
        answer["Cache-Control"] = f"public, max-age={age}"
    return answer


def _stretch(asked: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """First and last byte; () for what lies outside of the file, None for what is not understood (several stretches too): then all of it is given."""
    match = ONE_RANGE.match(asked.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        last = int(match[2])
        return (max(0, size - last), size - 1) if last and size else ()
    start = int(match[1])
    end = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < start:
        return None
    return (start, end) if start < size else ()


def _read(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (some := file.read(min(CHUNK, length))):
            length -= len(some)
            yield some
