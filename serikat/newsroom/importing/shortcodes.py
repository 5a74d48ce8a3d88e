"""WordPress's short codes: those that every WordPress knows become HTML; those of plugins go into the notes, and what they enclose stays.

`[[name]]` is how a writer shows a short code itself. Words in square brackets that are no short code, "[sic]", stay text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from serikat.newsroom.importing.cleaning import word_set
from serikat.newsroom.importing.embeds import embed_address, vimeo, youtube
from serikat.newsroom.importing.wxr import Attachment

_CODE = re.compile(
    r"(?P<escaped>\[?)\[(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[\s=](?:\"[^\"]*\"|'[^']*'|[^\[\]\"'<>])*)?)(?P<closed>/?)\](?P<end>\]?)"
)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)"""
)
_PICTURE = re.compile(r"\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
# Plugins' codes that are also written without any attribute.
_PLUGINS = word_set(
    "contact-form contact-form-7 wpforms ninja_form gravityform toc woocommerce_cart woocommerce_checkout woocommerce_my_account products "
    "sitemap wp-sitemap-page polldaddy poll recent-posts display-posts fblike likebutton sharebuttons addtoany ez-toc googlemaps"
)


@dataclass(slots=True)
class Attributes:
    named: dict[str, str] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "") or next(iter(self.bare), "")


@dataclass(slots=True)
class Context:
    """What short codes refer to, and what is told when one is not understood."""

    told: Callable[[str, str], None]
    attachments: dict[str, Attachment] = field(default_factory=dict)
    post: str = ""  # number of the post


def expand(text: str, context: Context, depth: int = 0) -> str:
    """The text with its short codes carried out."""
    parts: list[str] = []
    position = 0
    while found := _CODE.search(text, position):
        parts.append(text[position : found.start()])
        if found["escaped"] and found["end"]:
            parts.append(found.group()[1:-1])
            position = found.end()
            continue
        inner_end, end = _closing(text, found)
        start = found.start() + len(found["escaped"])
        inside = text[_after(found) : inner_end] if inner_end else None
        done = _carry_out(found, inside, text[start:end], context, depth)
        parts.append(found["escaped"])
        if done is None:  # plain words in brackets
            parts.append(text[start : _after(found)])
            position = _after(found)
        else:
            parts.append(done)
            position = end
    parts.append(text[position:])
    return "".join(parts)


def _after(found: re.Match[str]) -> int:
    """Where the code's own bracket ends: one that follows it belongs to the text."""
    return found.end() - len(found["end"])


def _closing(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Where the enclosed text ends and where the code ends; (0, …) when it encloses nothing."""
    if not found["closed"]:
        ending = text.find(f"[/{found['name']}]", found.end())
        if ending >= 0:
            return ending, ending + len(found["name"]) + 3
    return 0, _after(found)


def _carry_out(found: re.Match[str], inside: str | None, literal: str, context: Context, depth: int) -> str | None:
    name = found["name"].lower()
    attributes = _attributes(found["rest"].lstrip("= "))
    if handler := _CODES.get(name):
        html = handler(attributes, inside or "", context)
        if html is None:
            context.told("Kode pendek yang tidak dipahami", literal[:2000])
            return ""
        return f"\n\n{html}\n\n"
    if inside is None and not attributes.named and "_" not in name and name not in _PLUGINS:
        return None
    opening = literal[: found.end() - found.start() - len(found["escaped"]) - len(found["end"])]
    context.told("Kode pendek yang tidak dipahami", opening if inside is not None else literal)
    return "" if inside is None else expand(inside, context, depth + 1) if depth < 20 else inside


def _attributes(rest: str) -> Attributes:
    attributes = Attributes()
    for found in _ATTRIBUTE.finditer(unescape(rest).replace("”", '"').replace("“", '"')):
        name = found[1] or found[3] or found[5]
        if name:
            attributes.named[name.lower()] = found[2] or found[4] or found[6] or ""
        elif bare := (found[7] or found[8] or found[9]):
            attributes.bare.append(bare)
    return attributes


def _caption(attributes: Attributes, inside: str, context: Context) -> str | None:
    found = _PICTURE.match(inside)
    if found is None:
        return inside or None
    caption = (found[2].strip() or escape(attributes.named.get("caption", ""))).strip()
    return f"<figure>{found[1]}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _gallery(attributes: Attributes, inside: str, context: Context) -> str | None:
    written = attributes.named.get("ids") or attributes.named.get("include") or ""
    numbers = re.findall(r"\d+", written)
    if not numbers and not written:
        numbers = [
            number
            for number, attachment in context.attachments.items()
            if context.post and attachment.parent == context.post
        ]
    unknown = [number for number in numbers if number not in context.attachments]
    if unknown:
        context.told("Gambar galeri yang tidak ada dalam ekspor", ", ".join(unknown))
    figures = [figure(context.attachments[number]) for number in numbers if number in context.attachments]
    return "\n\n".join(figures) if figures else None


def figure(attachment: Attachment) -> str:
    """A file of the export shown as a picture with its caption."""
    image = f'<img class="wp-image-{attachment.number}" src="{escape(attachment.address)}" alt="{escape(attachment.alt)}">'
    return (
        f"<figure>{image}{f'<figcaption>{escape(attachment.caption)}</figcaption>' if attachment.caption else ''}</figure>"
    )


def _framed(url: str) -> str | None:
    return f'<iframe src="{escape(url)}"></iframe>' if url else None


def _embed(attributes: Attributes, inside: str, context: Context) -> str | None:
    return _framed(embed_address(unescape(inside.strip()) or attributes.first("src", "url", "id"), framed=True))


def _youtube(attributes: Attributes, inside: str, context: Context) -> str | None:
    written = unescape(inside.strip()) or attributes.first("url", "src", "id", "video", "v")
    return _framed(youtube(written))


def _vimeo(attributes: Attributes, inside: str, context: Context) -> str | None:
    return _framed(vimeo(inside.strip() or attributes.first("url", "src", "id", "video")))


def _recording(attributes: Attributes, inside: str, context: Context) -> str | None:
    names = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "flv", "wmv")
    sources = [attributes.named[name] for name in names if attributes.named.get(name)] or attributes.bare[:1]
    for source in sources:
        if url := embed_address(source):
            return _framed(url)
    inner = "".join(f'<source src="{escape(source)}">' for source in sources)
    return f"<video>{inner}</video>" if sources else None


def _playlist(attributes: Attributes, inside: str, context: Context) -> str | None:
    numbers = [number for number in re.findall(r"\d+", attributes.named.get("ids", "")) if number in context.attachments]
    links = [
        f'<p><a href="{escape(context.attachments[n].address)}">{escape(context.attachments[n].title)}</a></p>'
        for n in numbers
    ]
    return "".join(links) or None


def _code(attributes: Attributes, inside: str, context: Context) -> str | None:
    return f"<pre>{escape(unescape(inside).strip(chr(10)), quote=False)}</pre>" if inside.strip() else None


def _quote(attributes: Attributes, inside: str, context: Context) -> str | None:
    cite = attributes.first("author", "cite", "source")
    return f"<blockquote>{inside}{f'<cite>{escape(cite)}</cite>' if cite else ''}</blockquote>" if inside.strip() else None


_CODES: dict[str, Callable[[Attributes, str, Context], str | None]] = {
    "audio": _recording,
    "blockquote": _quote,
    "caption": _caption,
    "code": _code,
    "embed": _embed,
    "facebook": _embed,
    "gallery": _gallery,
    "instagram": _embed,
    "playlist": _playlist,
    "pullquote": _quote,
    "quote": _quote,
    "soundcloud": _embed,
    "sourcecode": _code,
    "tweet": _embed,
    "twitter": _embed,
    "video": _recording,
    "vimeo": _vimeo,
    "wp_caption": _caption,
    "youtube": _youtube,
}
