"""What is read: heads and sections, stories, the law with its meaning, quotes, the empty state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from serikat.kernel.errors import Words
from serikat.ui.components import register
from serikat.ui.components.frame import icon as draw_icon
from serikat.ui.components.marks import turus
from serikat.ui.drawing import drawn_once


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its measures, so that nothing jumps; `srcset` and `sizes` as in HTML. `alt` says what is seen."""

    src: str
    alt: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = ""
    small: bool = False  # too small for its place: it keeps its own size instead of being enlarged


@drawn_once(register, "ui/c/story.html")
def story(
    title: Words,
    url: str,
    *,
    kind: str = "plain",
    rubric: Words = "",
    rubric_url: str = "",
    rubric_lang: str = "",
    say: Words = "",
    meta: Words = "",
    picture: Picture | None = None,
    level: int = 3,
    eager: bool = False,
    lang: str = "",
) -> dict[str, Any]:
    """kind: lead (the first story of a page), top (picture above), side (small picture beside), plain. say: the lead sentence. level: of its heading.
    eager: its picture is fetched at once, for what is seen first. lang: of its words, when it is another than the page's;
    rubric_lang: of its rubric."""
    return {
        "title": title,
        "url": url,
        "kind": kind,
        "rubric": rubric,
        "rubric_url": rubric_url,
        "rubric_lang": rubric_lang,
        "say": say,
        "meta": meta,
        "picture": picture,
        "tag": f"h{level}",
        "eager": eager or kind == "lead",
        "lang": lang,
    }


@register.simple_block_tag
def section(content: str, title: Words, id: str, *, more_url: str = "", more: Words = "", note: Words = "") -> SafeString:
    """A part of a page under a heavy rule. more: a link beside the heading ("Semua berita"); note: dim words there instead."""
    side = (
        format_html('<a href="{}">{}</a>', more_url, more)
        if more_url
        else format_html('<span class="small dim">{}</span>', note)
        if note
        else ""
    )
    return format_html(
        '<section class="sec" aria-labelledby="{}"><div class="sec-h"><h2 id="{}">{}</h2>{}</div>{}</section>',
        id,
        id,
        title,
        side,
        content,
    )


@register.simple_block_tag
def page_head(content: str, title: Words, above: Words = "", lead: Words = "") -> SafeString:
    """The head of a public page: above (dim line), title, lead sentence, and what the block holds (search, a button)."""
    return _head("page-head page", content, title, above, lead)


@register.simple_block_tag
def desk_head(content: str, title: Words, above: Words = "", lead: Words = "") -> SafeString:
    """The head of a desk page: title, and in the block its one primary action."""
    return _head("desk-head", content, title, above, lead)


def _head(classes: str, content: str, title: Words, above: Words, lead: Words) -> SafeString:
    return format_html(
        '<header class="{}"><div>{}<h1>{}</h1>{}</div>{}</header>',
        classes,
        format_html('<p class="dim">{}</p>', above) if above else "",
        title,
        format_html('<p class="dim">{}</p>', lead) if lead else "",
        content,
    )


@register.simple_block_tag
def fold(content: str, summary: Words, open: bool = False) -> SafeString:
    """What is one tap away: a term's meaning, an article of law, the table of a chart."""
    return format_html(
        '<details class="fold"{}><summary>{}</summary><div>{}</div></details>',
        SafeString(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def law(content: str, title: Words, id: str, article: Words = "", text: Words = "") -> SafeString:
    """The rule in plain words (the block); article is its source, text what stands there: one tap away."""
    source = fold(format_html("<p>{}</p>", text), article) if article else ""
    return format_html(
        '<section class="law" aria-labelledby="{}"><h3 id="{}">{}</h3>{}{}</section>', id, id, title, content, source
    )


@register.simple_block_tag
def pull(content: str, by: Words = "") -> SafeString:
    """Words worth stopping at, and who said them."""
    return format_html(
        '<blockquote class="pull"><p>{}</p>{}</blockquote>',
        content.strip(),
        format_html("<footer>{}</footer>", by) if by else "",
    )


@register.simple_block_tag
def empty(content: str, title: Words, icon: str = "") -> SafeString:
    """Nothing here (yet): says why and what to do now, with at most one button in the block."""
    return format_html(
        '<div class="empty">{}<p class="what">{}</p>{}</div>', draw_icon(icon) if icon else turus(5), title, content
    )
