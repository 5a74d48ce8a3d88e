"""Answers that nobody keeps: packed when they are words and the browser can unpack them."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse

from serikat.config.packing import PackingMiddleware
from serikat.kernel.gate import SAME_FOR_ALL

WORDS = "<p>Upah dibayar</p>" * 100


@pytest.mark.parametrize(
    ("answer", "packed"),
    [
        (HttpResponse(WORDS), True),
        (HttpResponse(WORDS, content_type="application/json"), True),
        (HttpResponse(WORDS, content_type="image/webp"), False),
        (HttpResponse(WORDS, headers={SAME_FOR_ALL: "1"}), False),
        (HttpResponse(WORDS, headers={"Content-Encoding": "br"}), False),
        (HttpResponse("singkat"), False),
        (FileResponse([WORDS.encode()], content_type="text/html"), False),
    ],
)
def test_words_alone_are_packed(rf, answer, packed):
    given = PackingMiddleware(lambda _request: answer)(rf.get("/", headers={"Accept-Encoding": "gzip, br"}))
    assert (given.get("Content-Encoding") == "gzip") is packed
    if packed:
        assert gzip.decompress(given.content).decode() == WORDS


def test_who_cannot_unpack_is_given_plain_words(rf):
    given = PackingMiddleware(lambda _request: HttpResponse(WORDS))(rf.get("/"))
    assert given.content.decode() == WORDS


@pytest.mark.django_db
def test_a_search_is_packed_and_a_kept_page_is_left_to_the_cache(client):
    headers = {"Accept-Encoding": "gzip"}
    assert client.get("/cari/?q=upah", headers=headers).get("Content-Encoding") == "gzip"
    assert "Content-Encoding" not in client.get("/berita/", headers=headers)
