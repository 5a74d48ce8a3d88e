"""Hostile or careless markup made safe, without losing what somebody wrote.

Text that only looks like markup stays text: `<spasi>` in an instruction for SMS users is no tag of HTML, so readers must see it. A tag
of HTML that we do not keep goes, and its text stays, except where the text is no text (scripts, styles). Nothing here raises on any
input, and what `clean_inline` and `clean_rich` give has passed nh3 last.
"""

from __future__ import annotations

import html as entities
import re

import nh3

# Noncharacters stand for a "<" that is text while Markdown is being read; `strip_controls` takes them out of every input first.
TEXT_LT = "\ufdd0"


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KNOWN = word_set(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button "
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input "
    "ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol "
    "optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script section select slot small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr "
    "track tt u ul var video wbr xmp "
)
# Words that people also write between pointed brackets as plain text. Bare and never closed, they are text.
_AMBIGUOUS = word_set(
    "area base button canvas caption center cite code data dialog dir embed form frame head header footer input label "
    "legend link main map mark menu meta meter nav object option output param picture progress section select slot small "
    "source summary template textarea time title track var video audio address article aside font image "
)
_VOID = word_set("area base basefont br col embed frame hr img input link meta param source track wbr")
_SELF_ENDING = word_set("p li td th tr dd dt option optgroup tbody thead tfoot colgroup rp rt")
_OPENING = re.compile(
    r"<(?:(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]*)(?P<rest>[\s/>])|(?P<mark>!--|!\[CDATA\[|!doctype\b))?", re.IGNORECASE
)
# Word processors leave tags with these prefixes in pasted text; their names mean nothing to a reader.
_PASTED = word_set("o w v m x st1 st2 fb g mml skype")

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}

_INLINE_TAGS = {"a", "abbr", "b", "br", "code", "i", "s", "sub", "sup"}
_RICH_TAGS = _INLINE_TAGS | {"p", "ul", "ol", "li"}
_DROPPED_WITH_CONTENT = set(word_set("script style template svg math iframe object noembed noframes title xmp plaintext"))
_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "ol": {"start"}}
LINK_SCHEMES = {"http", "https", "mailto", "tel"}

# A word whose bytes somebody once read as Windows-1252 although they were UTF-8: it stays as it is, an editor is told.
MISREAD = re.compile(r"\S*(?:â€[\x80-\xbf™œžŸš˜†‡•…‰Š‹ŒŽ›–—‘’“”„¢¦]|Ã[\x80-\xbf]|Â(?=[\s\xa0-\xbf]))\S*")


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags},
        url_schemes=LINK_SCHEMES,
        link_rel=None,
    )


_inline = _cleaner(_INLINE_TAGS)
_rich = _cleaner(_RICH_TAGS)
_nothing = _cleaner(set())


def strip_controls(text: str) -> str:
    """Take out control characters, bidirectional overrides, lone surrogates and other signs that nobody can see but machines obey.

    The range 0x80–0x9F is no text in Unicode: there it is a slip of the encoding Windows-1252, and is read as that.
    """
    return _CONTROLS.sub("", text.translate(_C1))


def plain_line(text: object) -> str:
    """One line of plain text: entities resolved, tags of HTML gone, spaces single."""
    raw = quote_unknown_markup(strip_controls(str(text or "")))
    return " ".join(strip_controls(entities.unescape(_nothing.clean(raw))).split())


def clean_inline(html: str) -> str:
    """HTML inside one paragraph: links, emphasis, line breaks."""
    return _inline.clean(strip_controls(html)).strip()


def clean_rich(html: str) -> str:
    """Paragraphs and lists."""
    return _rich.clean(strip_controls(html)).strip()


def escape(text: str) -> str:
    return entities.escape(text, quote=False)


def attribute(text: str) -> str:
    """Text for the value of an attribute."""
    return entities.escape(text)


def quote_unknown_markup(html: str, sign: str = "&lt;") -> str:
    """Turn each "<" that opens no tag of HTML into `sign`, so that `<spasi>`, `<3` or `a < b` stay text."""
    pairs: dict[str, bool] = {}

    def judge(found: re.Match[str]) -> str:
        return found.group() if _is_markup(found, html, pairs) else sign + found.group()[1:]

    return _OPENING.sub(judge, html)


def _is_markup(found: re.Match[str], html: str, pairs: dict[str, bool]) -> bool:
    if found["mark"]:
        return True
    name = (found["name"] or "").lower()
    if ":" in name:
        return name.split(":")[0] in _PASTED
    if name not in _KNOWN:
        return False
    if name not in _AMBIGUOUS or found["rest"] != ">":
        return True
    if name not in pairs:
        opened = re.search(rf"<{name}[\s>]", html, re.IGNORECASE)
        pairs[name] = name not in _VOID and opened is not None and f"</{name}" in html[opened.end() :].lower()
    return pairs[name]


def depth_of(html: str) -> int:
    """How deep tags are nested at most, roughly and from above; parsers give up, or worse, where nobody ever wrote by hand."""
    depth = deepest = 0
    for found in _OPENING.finditer(html):
        name = (found["name"] or "").lower()
        if not name or name in _VOID or name in _SELF_ENDING or name not in _KNOWN:
            continue
        depth = max(0, depth - 1) if found["end"] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def plain_text(html: object) -> str:
    """Text of several lines from a reader's comment: paragraphs and line breaks stay, tags go, a link keeps its address."""
    raw = quote_unknown_markup(strip_controls(str(html or "")).replace("\r\n", "\n").replace("\r", "\n"))
    raw = re.sub(r"<br\s*/?>\n?", "\n", raw, flags=re.IGNORECASE)
    raw = re.sub(r"</(?:p|div|li|blockquote)\s*>\n*", "\n\n", raw, flags=re.IGNORECASE)
    raw = re.sub(
        r"<a\b[^>]*?href=[\"'](https?://[^\"'\s<>]+)[\"'][^>]*>(.*?)</a\s*>",
        _spoken_link,
        raw,
        flags=re.IGNORECASE | re.DOTALL,
    )
    text = strip_controls(entities.unescape(_nothing.clean(raw)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _spoken_link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    return words if entities.unescape(address) in entities.unescape(words) else f"{words} ({address})"
