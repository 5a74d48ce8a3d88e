"""Stretches of a file, as players ask for them (Range, RFC 9110): a telephone's player begins with a few bytes, and asks for more as it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ONE_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def stretch_of(request: HttpRequest, size: int, tag: str = "") -> tuple[int, int] | tuple[()] | None:
    """First and last byte that are asked for; () for what lies outside of the file; None for all of it, also when what is asked for is not understood
    (several stretches too) or is of another version than `tag`."""
    asked, told = request.headers.get("Range", ""), request.headers.get("If-Range")
    return _read(asked, size) if asked and told in (None, tag) else None


def outside(size: int) -> HttpResponse:
    """The answer to a stretch that the file does not have."""
    answer = HttpResponse(status=416)
    answer["Content-Range"] = f"bytes */{size}"
    return answer


def played(request: HttpRequest, pieces: Iterable[bytes], size: int, kind: str) -> HttpResponseBase:
    """A sound of so many bytes, whole or the stretch that was asked for; what stands before that is passed over."""
    stretch = stretch_of(request, size)
    if stretch == ():
        return outside(size)
    start, end = stretch or (0, size - 1)
    answer = StreamingHttpResponse(_cut(pieces, start, end + 1), status=206 if stretch else 200, content_type=kind)
    if stretch:
        answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Content-Length"] = end + 1 - start
    answer["Accept-Ranges"] = "bytes"
    return answer


def _cut(pieces: Iterable[bytes], start: int, end: int) -> Iterator[bytes]:
    at = 0
    for piece in pieces:
        if at + len(piece) > start:
            yield piece[max(0, start - at) : end - at]
        at += len(piece)
        if at >= end:
            return


def _read(asked: str, size: int) -> tuple[int, int] | tuple[()] | None:
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
