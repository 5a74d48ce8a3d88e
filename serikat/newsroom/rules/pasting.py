"""What comes along when a text is pasted and nobody meant: hours and senders of a WhatsApp chat, its signs for bold and italic, its words for
pictures that did not come with it, bullets that a word processor draws as letters, empty paragraphs. Values in, values out.

A sender is a third person who does not know that they are being quoted: the name goes, and how many went is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DAY = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})"
_HOUR = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_BOTH = rf"(?:{_DAY},?\s+(?:pukul\s+)?{_HOUR}|{_HOUR},\s+{_DAY})"
_STAMP = re.compile(rf"^[\s\u200e\u200f\u202a]*(?:\[(?P<square>{_BOTH})\]\s*|(?P<dash>{_BOTH})\s+[-–]\s+)")
_SENDER = re.compile(r"^[\s\u200e~]*[^:<>\n]{1,60}?:(?:\s+|$)")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u200b]")
_ABSENT = re.compile(
    r"(?:(?:<|&lt;)(?:Media|media|Pesan|This message|attached:|terlampir:)[^<>&\n]*(?:>|&gt;)"
    r"|^(?:\S+\.\w{3,4} )?\((?:file terlampir|berkas terlampir|file attached)\)$"
    r"|^(?:gambar|video|audio|stiker|dokumen|GIF|image|sticker|document|Kontak|kartu kontak) (?:tidak disertakan|omitted)$"
    r"|^(?:Pesan ini dihapus|Anda menghapus pesan ini|This message was deleted|You deleted this message)\.?$)"
)
# A pair of signs around words, as WhatsApp reads them: nothing of a word touches it from outside, nothing empty stands inside.
_MARKS = {
    sign: re.compile(
        rf"(?<![\w{re.escape(sign)}])\{sign}(?=[^\s{re.escape(sign)}])([^{re.escape(sign)}\n]*?\S)\{sign}(?![\w{re.escape(sign)}])"
    )
    for sign in "*_~"
}
_TAGS = {"*": "b", "_": "i", "~": "s"}
_PIECE = re.compile(r"(<[^>]*>)")
_BREAK = re.compile(r"<br\s*/?>")
_PARAGRAPH = re.compile(r"<p(?P<key>[^>]*)>(?P<inner>.*?)</p>", re.DOTALL)
_BULLET = re.compile(r"^(?:[\s\u00a0]|&nbsp;)*[·•●▪§◦‣](?:[\s\u00a0]|&nbsp;)+")


def chat_line(line: str) -> tuple[str, bool]:
    """A line without the hour and the sender that WhatsApp puts before it, and whether there was a sender."""
    stamp = _STAMP.match(line)
    if stamp is None:
        return line, False
    rest = line[stamp.end() :]
    if sender := _SENDER.match(rest):
        return rest[sender.end() :], True
    return ("", True) if stamp["dash"] else (rest, False)  # who came, left or was added: a name and no message


def _said(line: str, mark: Callable[[str], str]) -> tuple[str | None, bool]:
    """What a line says; None when it only says that something is not there."""
    rest, sender = chat_line(_UNSEEN.sub("", line))
    said = _ABSENT.sub("", rest.strip())
    if (sender or said != rest.strip()) and not said.strip():
        return None, sender
    return mark(said if sender or said != rest.strip() else rest), sender


def clean_plain(text: str) -> tuple[str, int]:
    """A plain text as it was meant, and how many senders were taken out."""
    lines = [
        _said(line, lambda said: _marked(said, lambda sign, words: words)) for line in text.replace("\r\n", "\n").split("\n")
    ]
    kept = "\n".join(line for line, _sender in lines if line is not None)
    return re.sub(r"\n[^\S\n]*(?:\n[^\S\n]*){2,}", "\n\n", kept).strip(), sum(sender for _line, sender in lines)


def clean_rich(html: str) -> tuple[str, int]:
    """The same of a paragraph part of the editor; what a word processor wrote as bullets becomes a list."""
    senders = 0

    def paragraph(found: re.Match[str]) -> str:
        nonlocal senders
        lines = [_said(line, _in_tags) for line in _BREAK.split(found["inner"])]
        senders += sum(sender for _line, sender in lines)
        kept = [line for line, _sender in lines if line is not None]
        while kept and not _visible(kept[-1]):
            kept.pop()
        while kept and not _visible(kept[0]):
            kept.pop(0)
        if not kept:
            return ""
        inner = "<br/>".join(kept)
        if _BULLET.match(inner):
            return f"<ul><li{found['key']}>{_BULLET.sub('', inner)}</li></ul>"
        return f"<p{found['key']}>{inner}</p>"

    cleaned = _PARAGRAPH.sub(paragraph, html).replace("</ul><ul>", "")
    return cleaned, senders


def _visible(html: str) -> bool:
    return bool(re.sub(r"<(?!img|embed)[^>]*>|&nbsp;|\s|\u00a0", "", html))


def _in_tags(html: str) -> str:
    """Signs become tags only where they stand around plain words, never inside of a tag."""
    pieces = _PIECE.split(html)
    return "".join(
        piece if place % 2 else _marked(piece, lambda sign, words: f"<{_TAGS[sign]}>{words}</{_TAGS[sign]}>")
        for place, piece in enumerate(pieces)
    )


def _marked(text: str, write: Callable[[str, str], str]) -> str:
    for sign, pattern in _MARKS.items():
        text = pattern.sub(lambda found, sign=sign: write(sign, found[1]), text)  # type: ignore[misc]
    return text
