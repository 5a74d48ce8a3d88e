"""The last touches that every reader gives a post: its cover shows once, and a lead is taken where one was marked."""

from __future__ import annotations

import dataclasses

from serikat.newsroom.importing.cleaning import plain_line
from serikat.newsroom.importing.document import Block, ImportedPost, Paragraph, Picture

LEAD_LENGTH = 300


def settle_cover(post: ImportedPost) -> None:
    """A cover that is also the first picture of the body shows once, and takes over what the body says of it."""
    cover = post.cover
    if cover is None:
        return
    first = next((block for block in post.body if isinstance(block, Picture)), None)
    if first is None or not _same(cover, first):
        return
    post.cover = dataclasses.replace(
        cover, alt=cover.alt or first.alt, caption=cover.caption or first.caption, credit=cover.credit or first.credit
    )
    place = next(number for number, block in enumerate(post.body) if block is first)
    before, after = post.body[:place], post.body[place + 1 :]
    if before and after and isinstance(before[-1], Paragraph) and isinstance(after[0], Paragraph):
        before[-1:], after = [Paragraph(before[-1].html + after[0].html)], after[1:]
    post.body = [*before, *after]


def _same(cover: Picture, first: Picture) -> bool:
    return cover.path == first.path if cover.path and first.path else cover.source == first.source


def first_words(blocks: list[Block], length: int = LEAD_LENGTH) -> str:
    """The first words of a body as one plain line, cut at a word."""
    words = plain_line(" ".join(block.html.replace("</p>", "</p> ") for block in blocks if isinstance(block, Paragraph)))
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:–— ") + "…"
