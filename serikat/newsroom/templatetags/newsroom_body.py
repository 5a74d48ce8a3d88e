"""Tags for the blocks of a body. They run when a page goes live, without a request."""

from __future__ import annotations

from typing import Any

import nh3
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from serikat.newsroom.models import Picture
from serikat.newsroom.rules.embeds import Embed, read_embed
from serikat.newsroom.services.pictures import SIZES, Shown, shown

register = template.Library()

# What may stand in a paragraph, whoever wrote it: the last wall behind the editor's and the importers' own cleaning.
_TAGS = """
    p br hr b strong i em u s del ins sub sup small mark code kbd abbr cite q a span ul ol li dl dt dd blockquote
    h2 h3 h4 h5 h6 pre table caption thead tbody tfoot tr th td
"""
TAGS = set(_TAGS.split())
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "abbr": {"title"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "li": {"id", "value"},
    "sup": {"id"},
}
SCHEMES = {"http", "https", "mailto", "tel", "sms"}


def clean(html: str) -> SafeString:
    """HTML of which nothing can run, load or restyle anything."""
    cleaned = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")
    return mark_safe(cleaned)  # noqa: S308 - cleaned just above


@register.filter
def prose(value: Any) -> SafeString:
    """Rich text as the public reads it."""
    return clean(expand_db_html(getattr(value, "source", str(value or ""))))


@register.filter
def embed_of(url: str) -> Embed | None:
    return read_embed(url)


@register.simple_tag
def picture(image: Picture | None, alt: str = "") -> SafeString | str:
    """An <img> that reserves its place and loads when it comes near; empty when the file cannot be shown."""
    found = shown(image)
    return drawn_picture(found, alt or (image.description if image else "")) if found else ""


def drawn_picture(found: Shown, alt: str) -> SafeString:
    srcset = format_html(' srcset="{}" sizes="{}"', found.srcset, SIZES) if found.srcset else ""
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        found.src,
        srcset,
        found.width,
        found.height,
        alt,
    )
