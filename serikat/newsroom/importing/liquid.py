"""Liquid, the template language that stands in Jekyll's posts: what a post shows by it becomes Markdown or HTML.

Read once from left to right, so nothing that a tag gives is read as a tag again. Tags that only a running Jekyll understands are told
word for word and leave no trace in the text. What is not closed is no tag, and stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from serikat.newsroom.importing.embeds import embed_address, is_web_address, vimeo, youtube

_TOKEN = re.compile(r"\{%-?\s*(?P<tag>[A-Za-z_]\w*)(?P<arguments>.*?)-?%\}|\{\{-?(?P<value>.*?)-?\}\}", re.DOTALL)
_ARGUMENT = re.compile(r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))""")
_FILTER = re.compile(r"""\s*\|\s*(?P<name>\w+)\s*(?::\s*(?P<argument>"[^"]*"|'[^']*'|[\w.\-]+))?""")
_PICTURE_FILES = re.compile(r"fig|image|img|picture|photo|foto|gambar")
_VIDEO_FILES = re.compile(r"video|youtube|yt|vimeo|embed|player")


@dataclass(slots=True)
class Site:
    """What posts ask of their site, and what is told when something is not understood."""

    told: Callable[[str, str], None]
    values: dict[str, str] = field(default_factory=dict)  # "site.title", "page.title", …
    address_of: Callable[[str], str | None] = lambda name: None  # the address of a post by its name


def render(source: str, site: Site) -> str:
    """The text with its Liquid carried out."""
    parts: list[str] = []
    position = 0
    while found := _TOKEN.search(source, position):
        parts.append(source[position : found.start()])
        if found["tag"] is None:
            parts.append(_value(found["value"], found.group(), site))
            position = found.end()
        else:
            text, position = _tag(source, found, site)
            parts.append(text)
    parts.append(source[position:])
    return "".join(parts)


def _tag(source: str, found: re.Match[str], site: Site) -> tuple[str, int]:
    name, arguments = found["tag"].lower(), found["arguments"].strip()
    if name in ("raw", "comment", "highlight", "codeblock", "blockquote", "pullquote"):
        ending = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(source, found.end())
        if ending is None:
            return found.group(), found.end()
        inside = source[found.end() : ending.start()]
        return _enclosed(name, arguments, inside, source[found.start() : ending.end()], site), ending.end()
    handler = _TAGS.get(name)
    text = handler(arguments, site) if handler else None
    if text is None:
        site.told("Perintah Liquid yang tidak dipahami", found.group())
        return "", found.end()
    return text, found.end()


def _enclosed(name: str, arguments: str, inside: str, literal: str, site: Site) -> str:
    if name == "comment":
        site.told("Komentar tersembunyi dalam naskah", literal)
        return ""
    if name in ("highlight", "codeblock"):
        fence = "~" * max(3, *(len(run) + 1 for run in re.findall(r"~+", inside)), 3)
        return f"\n\n{fence}\n{inside.strip(chr(10))}\n{fence}\n\n"
    if name in ("blockquote", "pullquote"):
        text = render(inside, site).strip()
        lines = [
            *text.split("\n"),
            *(["", f"<cite>{escape(arguments)}</cite>"] if arguments and name == "blockquote" else []),
        ]
        return "\n\n" + "\n".join(f"> {line}" for line in lines) + "\n\n"
    return inside


def _frame(url: str) -> str | None:
    return f'\n\n<iframe src="{escape(url)}"></iframe>\n\n' if url else None


def _youtube(arguments: str, site: Site) -> str | None:
    words = _words(arguments)
    return _frame(youtube(words[0])) if words else None


def _vimeo(arguments: str, site: Site) -> str | None:
    words = _words(arguments)
    return _frame(vimeo(words[0])) if words else None


def _embed(arguments: str, site: Site) -> str | None:
    words = _words(arguments)
    url = embed_address(words[0], framed=True) if words else ""
    return _frame(url)


def _gist(arguments: str, site: Site) -> str | None:
    words = _words(arguments)
    if not words or not re.fullmatch(r"[\w/.-]{5,80}", words[0]):
        return None
    return f"[gist.github.com/{words[0]}](https://gist.github.com/{words[0]})"


def _post_address(arguments: str, site: Site) -> str | None:
    return site.address_of(arguments.strip("\"' "))


def _image(arguments: str, site: Site) -> str | None:
    """Octopress: {% img [class] /address [width [height]] [title ["alt"]] %}"""
    words = _words(arguments)
    address = next((word for word in words if "/" in word or re.search(r"\.\w{3,4}$", word)), "")
    if not address:
        return None
    spoken = [word for word in words[words.index(address) + 1 :] if not word.isdigit()]
    alt = spoken[-1] if spoken else ""
    return f'<img src="{escape(address)}" alt="{escape(alt)}">'


def _include(arguments: str, site: Site) -> str | None:
    """Themes' little files: pictures and videos are known by the names that themes give them."""
    name = (arguments.split() or [""])[0].lower()
    named = {found["name"].lower(): _filled(found, site) for found in _ARGUMENT.finditer(arguments)}
    identity = named.get("id") or named.get("url") or named.get("src") or named.get("video") or named.get("link") or ""
    if _VIDEO_FILES.search(name):
        provider = named.get("provider") or ("vimeo" if "vimeo" in name or "vimeo" in identity else "youtube")
        return _frame((vimeo if provider == "vimeo" else youtube)(identity) or embed_address(identity, framed=True))
    if _PICTURE_FILES.search(name):
        address = next(
            (
                named[key]
                for key in ("src", "url", "image_path", "path", "image", "img", "file", "filename")
                if named.get(key)
            ),
            "",
        )
        caption, alt = named.get("caption") or "", named.get("alt") or ""
        if address:
            figure = f'<figure><img src="{escape(address)}" alt="{escape(alt)}">'
            return f"\n\n{figure}{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}</figure>\n\n"
    return None


def _filled(found: re.Match[str], site: Site) -> str:
    if found["bare"] is not None:
        return site.values.get(found["bare"], found["bare"])
    text = found["double"] if found["double"] is not None else found["single"]
    return _TOKEN.sub(
        lambda inner: _value(inner["value"], inner.group(), site) if inner["value"] else inner.group(), text or ""
    )


def _words(arguments: str) -> list[str]:
    return [a or b or c for a, b, c in re.findall(r"\"([^\"]*)\"|'([^']*)'|(\S+)", arguments) if a or b or c]


_TAGS: dict[str, Callable[[str, Site], str | None]] = {
    "embed": _embed,
    "gist": _gist,
    "img": _image,
    "include": _include,
    "include_cached": _include,
    "link": _post_address,
    "post_url": _post_address,
    "tweet": _embed,
    "twitter": _embed,
    "vimeo": _vimeo,
    "youtube": _youtube,
}
_ADDRESS_FILTERS = {"relative_url", "absolute_url", "uri_escape", "escape", "strip", "xml_escape", "markdownify", "prepend"}


def _value(expression: str, literal: str, site: Site) -> str:
    """`{{ site.baseurl }}`, `{{ "/x.jpg" | relative_url }}`, `{{ page.title }}`."""
    head = re.match(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<name>[\w.\-]+))""", expression)
    rest = expression[head.end() :] if head else expression
    filters = list(_FILTER.finditer(rest))
    if head is None or _FILTER.sub("", rest).strip():
        site.told("Perintah Liquid yang tidak dipahami", literal)
        return ""
    text = site.values.get(head["name"]) if head["name"] else (head["double"] or head["single"] or "")
    for found in filters:
        if text is None or found["name"] not in (*_ADDRESS_FILTERS, "append"):
            text = None
            break
        argument = found["argument"] or ""
        filled = argument[1:-1] if argument[:1] in "\"'" else site.values.get(argument, "")
        text = text + filled if found["name"] == "append" else filled + text if found["name"] == "prepend" else text
    if text is None:
        site.told("Perintah Liquid yang tidak dipahami", literal)
        return ""
    return text


def is_address(text: str) -> bool:
    return text.startswith("/") or is_web_address(text)
