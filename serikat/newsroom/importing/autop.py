"""Paragraphs as WordPress makes them from text of its old editor: blank lines part paragraphs, single line ends are line breaks."""

from __future__ import annotations

import re

_BLOCKS = (
    r"(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|"
    r"fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|object|video|audio)"
)
_KEPT = re.compile(r"<(pre|script|style|textarea|svg|math|object)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_OPEN = re.compile(rf"(<{_BLOCKS}(?=[\s/>]))", re.IGNORECASE)
_CLOSE = re.compile(rf"(</{_BLOCKS}>|<hr[^>]*>)", re.IGNORECASE)
_TAG = rf"</?{_BLOCKS}(?:\s[^<>]*|/)?>"
_PLACE = "\ufdd1"  # a noncharacter around the number of a part that is left alone


def autop(text: str) -> str:
    """HTML with its paragraphs."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\n\n<div>{_PLACE}{len(kept) - 1}{_PLACE}</div>\n\n"

    text = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = re.sub(r"<[A-Za-z/][^<>]*\n[^<>]*>", lambda found: found.group().replace("\n", " "), text)
    text = _CLOSE.sub(r"\1\n\n", _OPEN.sub(r"\n\n\1", text))
    parts = [part.strip() for part in re.split(r"\n\s*\n", text)]
    text = "".join(f"<p>{part}</p>\n" for part in parts if part)
    text = _unwrapped(text)
    text = re.sub(r"(?<!<br>)[ \t]*\n(?!\Z)", "<br>\n", text)
    text = re.sub(rf"({_TAG})\s*<br>", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(rf"<br>(\s*{_TAG})", r"\1", text, flags=re.IGNORECASE)
    return re.sub(rf"<div>{_PLACE}(\d+){_PLACE}</div>", lambda found: kept[int(found[1])], text)


def _unwrapped(text: str) -> str:
    """Paragraph tags go from around the tags of blocks."""
    text = re.sub(rf"<p>\s*({_TAG})\s*</p>", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(rf"<p>\s*({_TAG})", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(rf"({_TAG})\s*</p>", r"\1", text, flags=re.IGNORECASE)
    return re.sub(r"<p>\s*</p>", "", text)
