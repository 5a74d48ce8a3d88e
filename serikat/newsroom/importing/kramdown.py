"""Markdown as Jekyll's kramdown reads it, turned into HTML: CommonMark with tables, footnotes, definition lists, and kramdown's own signs.

Attribute lists (`{: .class }`) say how something looks: they go, except for the classes that mark a call-out. Where kramdown is more
lenient than CommonMark (spaces and brackets in addresses, tables without a head), the lenient reading holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from serikat.newsroom.importing import cleaning

PROSE_LINE = 90  # characters; nobody writes programs in such lines in a news article

Told = Callable[[str, str], None]  # what is not understood, and the text itself

_ATTRIBUTES = re.compile(r"\{:(?!:)(?P<inner>[^{}\n]*)\}")
_LINE_ATTRIBUTES = re.compile(r"^\s*(?:\{:(?!:)[^{}\n]*\}\s*)+$")
_HEADING_ID = re.compile(r"\s*\{#[\w:.-]+\}\s*$")
_EXTENSION = re.compile(
    r"\{::(?P<name>[a-z]+)(?P<options>[^{}]*?)(?P<closed>/?)\}(?:(?P<body>.*?)\{:/(?P=name)?\})?", re.DOTALL
)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[(?P<short>[^\]\n]+)\]:[ \t]*(?P<long>[^\n]*)$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})")
_MARKDOWN_INSIDE = re.compile(
    r"<(?P<tag>div|section|article|aside|figure|figcaption|details|blockquote|center|p|span|td)\b(?P<before>[^<>]*?)\s"
    r"markdown\s*=\s*[\"']?(?P<kind>1|block|span|0)[\"']?(?P<after>[^<>]*)>",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"^ {0,3}(?:[*+-]|\d+\.)[ \t]+[^\n]*\n\s*\{:[^{}\n]*\btoc\b[^{}\n]*\}[ \t]*$", re.MULTILINE)
_MATH = re.compile(r"\$\$.+?\$\$", re.DOTALL)
_DASHES = (("---", "—"), ("--", "–"), ("...", "…"), (cleaning.TEXT_LT * 2, "«"), (">>", "»"))


def to_html(source: str, told: Told) -> str:
    """HTML of a Markdown text. Tags that HTML does not know come out as text."""
    source = cleaning.quote_unknown_markup(source, cleaning.TEXT_LT)
    source = _outside_fences(source, lambda part: _prepare(part, told))
    source, abbreviations = _abbreviations(source)
    html = _markdown().render(source, {"abbreviations": abbreviations})
    return html.replace(cleaning.TEXT_LT, "&lt;")


def _outside_fences(source: str, change: Callable[[str], str]) -> str:
    """Change the text that stands outside fenced code."""
    parts: list[list[str]] = [[]]
    fence = ""
    for line in source.split("\n"):
        found = _FENCE.match(line)
        if fence:
            parts[-1].append(line)
            if found and found["fence"].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
                parts.append([])
        elif found:
            fence = found["fence"]
            parts.append([line])
        else:
            parts[-1].append(line)
    if fence:
        return "\n".join(line for part in parts for line in part)  # never closed: Markdown makes the rest code
    texts = ["\n".join(part) for part in parts]
    return "\n".join(text if _FENCE.match(text) else change(text) for text in texts)


def _prepare(text: str, told: Told) -> str:
    text = _EXTENSION.sub(lambda found: _extension(found, told), text)
    text = _MARKDOWN_INSIDE.sub(_open_inside, text)
    if _CONTENTS.search(text):
        told("Daftar isi otomatis", "{:toc}")
        text = _CONTENTS.sub("", text)
    for formula in _MATH.findall(text):
        told("Rumus yang tidak dipahami", formula)
    text = re.sub(r"\\\\$", "  ", text, flags=re.MULTILINE)  # two backslashes end a line
    text = re.sub(r"^\^\s*$", "<!-- -->", text, flags=re.MULTILINE)  # kramdown's end of a block
    text = re.sub(
        r"^!([^\[\]\n]+\.\w{3,4})\]\((?=[/\w])", r"![\1](", text, flags=re.MULTILINE
    )  # a picture that lost its first bracket
    return _headless_tables(text)


def _extension(found: re.Match[str], told: Told) -> str:
    """`{::comment}…{:/comment}`, `{::nomarkdown}…{:/}`, `{::options … /}`."""
    name, body = found["name"], found["body"] or ""
    if name == "nomarkdown" and not found["closed"]:
        return body
    told("Perintah kramdown", found.group())
    return ""


def _open_inside(found: re.Match[str]) -> str:
    """Markdown inside HTML is read when blank lines stand around it."""
    opening = f"<{found['tag']}{found['before']}{found['after']}>"
    if found["kind"] in ("0", "span") or found["tag"].lower() in ("p", "span", "td", "figcaption"):
        return opening
    return opening + "\n\n"


def _headless_tables(text: str) -> str:
    """kramdown's tables need no head; CommonMark's do, so they get an empty one (a table with an empty first row has no head)."""
    lines = text.split("\n")
    result: list[str] = []
    for position, line in enumerate(lines):
        starts = line.lstrip().startswith("|") and (
            position == 0 or not lines[position - 1].strip() or _LINE_ATTRIBUTES.match(lines[position - 1])
        )
        if starts:
            following = lines[position + 1] if position + 1 < len(lines) else ""
            separator = re.fullmatch(r"\s*\|[\s|:+=-]+\|?\s*", line)
            if not separator and not re.fullmatch(r"\s*\|?[\s|:+-]*-[\s|:+-]*\|?\s*", following):
                columns = max(1, len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1)
                result += ["|" + "   |" * columns, "|" + "---|" * columns]
            elif separator:
                continue  # a line above the table
        result.append(line)
    return "\n".join(result)


def _abbreviations(source: str) -> tuple[str, dict[str, str]]:
    known = {found["short"]: found["long"].strip() for found in _ABBREVIATION.finditer(source)}
    return (_ABBREVIATION.sub("", source) if known else source), known


def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "typographer": True, "maxNesting": 60})
    md.enable(["table", "strikethrough", "smartquotes"])
    md.use(footnote_plugin).use(deflist_plugin)
    md.inline.ruler.before("link", "lenient_link", _lenient_link)
    md.core.ruler.after("block", "prose", _prose)
    md.core.ruler.after("inline", "attribute_lists", _attribute_lists)
    md.core.ruler.after("attribute_lists", "dashes", _dashes)
    md.core.ruler.push("abbreviations", _mark_abbreviations)
    md.add_render_rule("footnote_ref", _footnote_sign)
    md.add_render_rule("footnote_block_open", _footnotes_open)
    md.add_render_rule("footnote_block_close", lambda *_: "</ol>\n")
    md.add_render_rule("footnote_open", lambda *_: "<li>")
    md.add_render_rule("footnote_close", lambda *_: "</li>\n")
    md.add_render_rule("footnote_anchor", lambda *_: "")
    return md


def _footnote_sign(self: RendererHTML, tokens: list[Token], position: int, options: object, env: object) -> str:
    return f"<sup>{tokens[position].meta['id'] + 1}</sup>"


def _footnotes_open(self: RendererHTML, tokens: list[Token], position: int, options: object, env: object) -> str:
    return "<h2>Catatan kaki</h2>\n<ol>\n"


# Text that only looks like a program


def _prose(state: StateCore) -> None:
    """Paragraphs that were pushed in by four spaces are a program to Markdown. What holds links or long lines is somebody's prose."""
    tokens: list[Token] = []
    for token in state.tokens:
        lines = token.content.split("\n")
        if token.type == "code_block" and ("](" in token.content or max(map(len, lines)) > PROSE_LINE):
            inner: list[Token] = []
            state.md.block.parse(re.sub(r"(?m)^\s+", "", token.content), state.md, state.env, inner)
            tokens += inner
        else:
            tokens.append(token)
    state.tokens = tokens


# Attribute lists


def _attribute_lists(state: StateCore) -> None:
    """Take attribute lists out of the text, and hand call-out classes to the paragraph or quote they stand at."""
    doomed: set[int] = set()
    for position, token in enumerate(state.tokens):
        if token.type == "inline":
            _inline_attributes(state.tokens, position, token, doomed)
    state.tokens = [token for position, token in enumerate(state.tokens) if position not in doomed]


def _inline_attributes(tokens: list[Token], position: int, token: Token, doomed: set[int]) -> None:
    if "{" not in token.content:
        return
    classes: list[str] = []
    children = token.children or []
    for place, child in enumerate(children):
        if child.type != "text" or "{:" not in child.content:
            continue
        own_line = (place == 0 or children[place - 1].type in ("softbreak", "hardbreak")) and _LINE_ATTRIBUTES.match(
            child.content
        )
        if own_line:  # it speaks of the block; one behind a word speaks of that word's looks
            classes += [
                name for found in _ATTRIBUTES.finditer(child.content) for name in re.findall(r"\.([\w-]+)", found["inner"])
            ]
        child.content = _ATTRIBUTES.sub("", child.content)
    if tokens[position - 1].type == "heading_open" and children and children[-1].type == "text":
        children[-1].content = _HEADING_ID.sub("", children[-1].content)
    if not classes:
        return
    lonely = _LINE_ATTRIBUTES.match(token.content) is not None
    around = (
        tokens[position - 2] if position >= 2 and tokens[position - 2].type == "blockquote_open" else tokens[position - 1]
    )
    target = _target_of(tokens, position, doomed) if lonely else around
    if lonely:
        doomed.update((position - 1, position, position + 1))
    if target is not None:
        target.attrJoin("class", " ".join(classes))


def _target_of(tokens: list[Token], position: int, doomed: set[int]) -> Token | None:
    """The block that an attribute list on lines of its own speaks of: the one before it, or the one after when a blank line parts them."""
    before = tokens[position - 2] if position >= 2 else None
    if before is not None and before.nesting == -1 and position - 2 not in doomed and _touch(tokens, position):
        return _opening_of(tokens, position - 2)
    after = tokens[position + 2] if position + 2 < len(tokens) else None
    return after if after is not None and after.nesting == 1 else None


def _touch(tokens: list[Token], position: int) -> bool:
    opening = _opening_of(tokens, position - 2)
    own = tokens[position].map
    return bool(opening and opening.map and own and opening.map[1] >= own[0])


def _opening_of(tokens: list[Token], closing: int) -> Token | None:
    level = tokens[closing].level
    for token in reversed(tokens[:closing]):
        if token.level == level and token.nesting == 1:
            return token
    return None


# Typography


def _dashes(state: StateCore) -> None:
    """kramdown's typographic signs. Quotes are CommonMark's own smart quotes."""
    for token in state.tokens:
        for child in token.children or [] if token.type == "inline" else []:
            if child.type == "text" and child.level >= 0:
                for plain, sign in _DASHES:
                    child.content = child.content.replace(plain, sign)
                child.content = child.content.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _mark_abbreviations(state: StateCore) -> None:
    known: dict[str, str] = state.env.get("abbreviations") or {}
    if not known:
        return
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(short) for short in sorted(known, key=len, reverse=True)) + r")(?!\w)"
    )
    for token in state.tokens:
        if token.type == "inline" and pattern.search(token.content):
            token.children = [new for child in token.children or [] for new in _with_abbreviations(child, pattern, known)]


def _with_abbreviations(child: Token, pattern: re.Pattern[str], known: dict[str, str]) -> list[Token]:
    if child.type != "text" or not pattern.search(child.content):
        return [child]
    new: list[Token] = []
    for piece in pattern.split(child.content):
        if known.get(piece):
            opening = Token("abbr_open", "abbr", 1)
            opening.attrSet("title", known[piece])
            new += [opening, _text_token(piece), Token("abbr_close", "abbr", -1)]
        elif piece:
            new.append(_text_token(piece))
    return new


def _text_token(text: str) -> Token:
    token = Token("text", "", 0)
    token.content = text
    return token


# Links whose address holds spaces


def _lenient_link(state: StateInline, silent: bool) -> bool:
    """`[text](a file (1).pdf)`: kramdown takes the address to the bracket that closes it, spaces included."""
    start = state.pos
    is_picture = state.src.startswith("![", start)
    if not is_picture and state.src[start] != "[":
        return False
    label = start + is_picture
    label_end = state.md.helpers.parseLinkLabel(state, label, not is_picture)
    if label_end < 0 or not state.src.startswith("(", label_end + 1):
        return False
    end = _closing_bracket(state.src, label_end + 2, state.posMax)
    inner = state.src[label_end + 2 : end].strip() if end > 0 else ""
    address, title = _address_and_title(inner)
    if is_picture and "\n" in address:
        address = re.sub(r"\s*\n\s*", "", address)  # an address that was broken off at its folder
    elif is_picture and end < 0 and (slip := _WRONG_BRACKET.match(state.src, label_end + 2)):
        address, end = slip["address"], slip.end() - 1
    elif not re.search(r"\s", address) or address.startswith("<") or "\n" in address:
        return False  # the ordinary rule reads it
    href = state.md.normalizeLink(re.sub(r"\s+", " ", address).replace(" ", "%20"))
    if not state.md.validateLink(href):
        return False
    if not silent:
        _push_link(state, (label + 1, label_end), is_picture=is_picture, href=href, title=title)
    state.pos = end + 1
    return True


def _push_link(state: StateInline, span: tuple[int, int], *, is_picture: bool, href: str, title: str) -> None:
    attributes: dict[str, str | int | float] = {"title": title} if title else {}
    label = state.src[span[0] : span[1]]
    if is_picture:
        token = state.push("image", "img", 0)
        token.attrs = {"src": href, "alt": "", **attributes}
        token.content = label
        token.children = []
        state.md.inline.parse(label, state.md, state.env, token.children)
        return
    maximum = state.posMax
    state.push("link_open", "a", 1).attrs = {"href": href, **attributes}
    state.pos, state.posMax = span
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.posMax = maximum


_WRONG_BRACKET = re.compile(r"(?P<address>[^\s\[\](){}<>]+\.\w{3,4})\]")


def _closing_bracket(text: str, position: int, maximum: int) -> int:
    """Where the bracket closes that was opened before `position`; -1 when the line ends first."""
    depth = 1
    for place in range(position, min(maximum, position + 2000)):
        sign = text[place]
        if sign == "\n" and text[place - 1] != "/":
            return -1
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place
    return -1


def _address_and_title(inner: str) -> tuple[str, str]:
    found = re.fullmatch(r"(?P<address>.*?)\s+(?P<quote>[\"'])(?P<title>.*)(?P=quote)", inner, re.DOTALL)
    return (found["address"].strip(), found["title"]) if found else (inner, "")
