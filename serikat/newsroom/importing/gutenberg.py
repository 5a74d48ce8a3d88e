"""WordPress's blocks. Most of them are plain HTML between two remarks, so the remarks go and the HTML is read like any other.

What stands outside of blocks is text of the old editor. Blocks that WordPress fills only when it shows them (latest posts, navigation)
and blocks of plugins are told; what a plugin's block holds as HTML stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from serikat.newsroom.importing.cleaning import word_set
from serikat.newsroom.importing.shortcodes import figure
from serikat.newsroom.importing.wxr import Attachment

_REMARK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?P<attributes>\{(?:(?!\}\s+/?-->).)*\}\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
_HTML_BLOCKS = word_set(
    "paragraph heading image gallery quote pullquote list list-item table embed file audio video columns column group row stack buttons "
    "button separator html code verse preformatted more nextpage spacer media-text cover shortcode freeform details text-columns subhead "
    "cover-image accordion footnotes social-links social-link missing grid accordion-item accordion-heading accordion-panel"
)
_SILENT = word_set("more nextpage separator spacer footnotes")
DEEPEST_REPEAT = 5


@dataclass(slots=True)
class Context:
    """What blocks refer to, and what is told when one is not understood."""

    told: Callable[[str, str], None]
    old_editor: Callable[[str], str]  # makes HTML of text outside of blocks
    repeated: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)


def has_blocks(content: str) -> bool:
    return "<!-- wp:" in content


def unfold(content: str, context: Context, depth: int = 0) -> str:
    """The blocks as HTML, in their order."""
    parts: list[str] = []
    open_blocks: list[str] = []
    position = 0
    for found in _REMARK.finditer(content):
        parts.append(_between(content[position : found.start()], open_blocks, context))
        position = found.end()
        name = found["name"].removeprefix("core/")
        if found["void"]:
            parts.append(_void(name, _read(found["attributes"]), found.group(), context, depth))
        elif found["end"]:
            if name in open_blocks:
                del open_blocks[len(open_blocks) - 1 - open_blocks[::-1].index(name) :]
        else:
            open_blocks.append(name)
            if name not in _HTML_BLOCKS and not name.startswith("core-embed/"):
                context.told("Blok yang tidak dipahami (isinya tetap dipakai)", found.group()[:2000])
    parts.append(_between(content[position:], open_blocks, context))
    return "".join(parts)


def _between(html: str, open_blocks: list[str], context: Context) -> str:
    if not html.strip():
        return html
    return context.old_editor(html) if not open_blocks or open_blocks[-1] in ("freeform", "shortcode") else html


def _read(attributes: str | None) -> dict[str, Any]:
    try:
        read = json.loads(attributes) if attributes else {}
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _void(name: str, attributes: dict[str, Any], literal: str, context: Context, depth: int) -> str:
    """A block without HTML of its own."""
    if name in _SILENT:
        return ""
    if name == "block":
        content = context.repeated.get(str(attributes.get("ref", "")))
        if content is not None and depth < DEEPEST_REPEAT:
            return unfold(content, context, depth + 1)
    url = attributes.get("url")
    if isinstance(url, str) and (name == "embed" or name.startswith("core-embed/")):
        return f'<iframe src="{escape(url)}"></iframe>'
    if name == "image" and (attachment := context.attachments.get(str(attributes.get("id", "")))):
        return figure(attachment)
    context.told("Blok yang tidak dipahami", literal[:2000])
    return ""
