"""Where a post stood: its old addresses, by the rules of the software that served it, and the short name for its new one.

An old address is a path, decoded, with its query when that was part of it. It answers with a redirect on the new site.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from serikat.newsroom.importing import frontmatter
from serikat.newsroom.importing.cleaning import strip_controls
from serikat.newsroom.importing.document import ImportedPost

LONGEST_SLUG = 100
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def slug_of(text: str) -> str:
    """Small letters, digits and hyphens; empty when nothing of the text can be said in them."""
    plain = unicodedata.normalize("NFKD", unquote(text)).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= LONGEST_SLUG else (slug[:LONGEST_SLUG].rsplit("-", 1)[0] or slug[:LONGEST_SLUG]).strip("-")


def old_path(address: str) -> str:
    """An address as a path of the site, or empty when it is none: "/2019/10/judul/", "/?p=12"."""
    address = strip_controls(address).strip()
    if not address or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https"):
        return ""
    path = re.sub(r"/{2,}", "/", "/" + unquote(parts.path).strip())
    if any(part in (".", "..") for part in path.split("/")):
        return ""
    found = path + (f"?{parts.query}" if parts.query else "")
    return "" if found == "/" or len(found) > 500 else strip_controls(found)


def jekyll_addresses(post: ImportedPost, values: dict[str, Any], stem: str, config: dict[str, Any]) -> list[str]:
    """The address by `permalink` or by the site's style, then those of `redirect_from`."""
    written = frontmatter.text_of(values.get("permalink"))
    addresses = []
    if written and ":" not in written:
        addresses.append(written)
    elif post.kind == "page":
        addresses += [f"/{post.file.rsplit('.', 1)[0]}.html", f"/{post.file.rsplit('.', 1)[0]}/"]
    elif post.published_at is not None:
        style = written or frontmatter.text_of(config.get("permalink")) or "date"
        template = _STYLES.get(style, style)
        name = frontmatter.text_of(values.get("slug")) or stem
        addresses += [
            _filled(template, post, _pretty(name), [slug_of(category) for category in post.categories]),
            _filled(template, post, _pretty(name), [category.lower() for category in post.categories]),
        ]
    addresses += frontmatter.texts_of(values.get("redirect_from")) + frontmatter.texts_of(values.get("alias"))
    return list(dict.fromkeys(filter(None, map(old_path, addresses))))


def _pretty(name: str) -> str:
    """A title in an address as Jekyll writes it: case kept, what is neither letter, digit nor harmless sign a hyphen."""
    return re.sub(r"[^\w.~!$&'()+,;=@]+|(?<=-)-+", "-", name).strip("-")


def _filled(template: str, post: ImportedPost, title: str, categories: list[str]) -> str:
    moment = post.published_at
    if moment is None:
        return ""
    values = {
        "categories": "/".join(filter(None, categories)),
        "slugified_categories": "/".join(filter(None, categories)),
        "year": f"{moment:%Y}",
        "month": f"{moment:%m}",
        "day": f"{moment:%d}",
        "i_month": str(moment.month),
        "i_day": str(moment.day),
        "short_year": f"{moment:%y}",
        "y_day": f"{moment:%j}",
        "week": f"{moment:%V}",
        "short_day": f"{moment:%a}",
        "hour": f"{moment:%H}",
        "minute": f"{moment:%M}",
        "second": f"{moment:%S}",
        "title": title,
        "slug": slug_of(title),
        "output_ext": ".html",
    }
    filled = re.sub(r":([a-z_]+)", lambda found: values.get(found[1], found[0]), template)
    return re.sub(r"/{2,}", "/", filled)
