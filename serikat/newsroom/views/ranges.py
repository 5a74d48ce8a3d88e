"""Giving out a media file as players ask for it: whole, or one stretch of it (Range, RFC 9110), so that seeking costs what is watched and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from serikat.files.ranges import outside, stretch_of
from serikat.kernel.errors import Missing

CHUNK = 128 * 1024


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
    stretch = stretch_of(request, found.st_size, tag)
    if stretch == ():
        return _dressed(outside(found.st_size), tag, 0)
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


def _read(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (some := file.read(min(CHUNK, length))):
            length -= len(some)
            yield some
