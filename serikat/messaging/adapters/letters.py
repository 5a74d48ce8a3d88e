"""Reading a mail: its text from plain or HTML parts, its files, whether a person wrote it, and what a bounce says.

Anybody can send one, made to be hard to read. Long fields are cut before they are taken apart, an HTML part is heard in one pass, and what breaks the
reading all the same arrives as a mail that nobody can read: else it would stand in the mailbox before all that follow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from django.utils.translation import gettext as _
from lxml import etree

from serikat.messaging.adapters import Arrived, Attachment, Delivery, News, Report

MOST_FILES = 30
MOST_PARTS = 500
LONGEST = 200_000  # characters of text
MARK = 20  # signs
_MARKED = re.compile(rf" [0-9a-f]{{{MARK}}}$")
BLOCKS = frozenset(("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote"))
HIDDEN = frozenset(("script", "style", "head", "title", "template"))
LONGEST_FIELD = 4000  # signs of a field in a head: the library takes longer with each sign


class _Cut(policy.EmailPolicy):
    """Fields no longer than anybody needs them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_FIELD]


CUT = _Cut()


def read_letter(content: bytes, *, own: str = "") -> News | None:
    """What a mail is to us: a message, a report on one of ours, or nothing: an automatic answer that says nothing, a letter of our own."""
    try:
        return _told(content, own)
    except Exception:  # noqa: BLE001 the library fails on broken letters in many ways, and a mail is hostile at will
        return _unread(content, own)


def _unread(content: bytes, own: str) -> Arrived | None:
    """That somebody wrote, as far as that much can be read."""
    found = re.search(rb"^from:[^\n]{0,500}?([\w.+-]{1,64}@[\w.-]{1,190})", content[:100_000], re.IGNORECASE | re.MULTILINE)
    sender = found[1].decode("ascii", "replace").lower() if found else ""
    if sender and sender == own.lower():
        return None
    words = _("(Surel ini tidak dapat dibaca di sini. Buka kotak suratnya, atau tanyakan isinya.)")
    return Arrived(sender, words, hashlib.sha256(content).hexdigest())


def _told(content: bytes, own: str) -> News | None:
    letter = cast("EmailMessage", message_from_bytes(content, policy=CUT))
    if letter.get_content_type() == "multipart/report":
        report = str(letter.get_param("report-type", "")).lower()
        if report in ("delivery-status", "disposition-notification"):  # the other says that somebody's program opened it
            return _bounced(letter) if report == "delivery-status" else None
    sender = parseaddr(_head(letter, "from"))
    if sender[1].lower() == own.lower() or _automatic(letter):
        return None
    text, files = _content(letter)
    named = _head(letter, "message-id")
    said = [sender[1].lower(), _head(letter, "subject"), text, *(hashlib.sha256(file.content).hexdigest() for file in files)]
    return Arrived(
        sender[1][:254],
        text,
        _marked(named, said) if named else hashlib.sha256(content).hexdigest(),
        _when(letter),
        name=sender[0][:100],
        subject=_head(letter, "subject")[:300],
        files=tuple(files),
        answers=(_head(letter, "in-reply-to").split() or [""])[0][:200],
    )


def _marked(named: str, said: Sequence[str]) -> str:
    """By what we know a mail again: the id that its sender gave it, and a mark of who says what. With the id alone whoever knows or guesses it could
    keep away somebody's mail by sending first."""
    mark = hashlib.sha256("\0".join([named, *said]).encode("utf-8", "replace")).hexdigest()[:MARK]
    return f"{named[: 200 - MARK - 1]} {mark}"


def id_given(known_by: str) -> str:
    """The id that its sender gave a mail, as answers name it."""
    return _MARKED.sub("", known_by)


def _head(letter: EmailMessage, name: str) -> str:
    """A field in one line; a broken one is as good as none."""
    try:
        return " ".join(str(letter.get(name, "")).replace("\x00", "").encode("utf-8", "replace").decode().split())
    except Exception:  # noqa: BLE001 the library fails on broken fields in many ways, and a mail is hostile at will
        return ""


def _automatic(letter: EmailMessage) -> bool:
    """Out of office and its like (RFC 3834), lists, and what older programs write instead."""
    submitted = _head(letter, "auto-submitted").lower()
    precedence = _head(letter, "precedence").lower()
    no_return = _head(letter, "return-path") == "<>"
    marked = any(_head(letter, name) for name in ("x-autoreply", "x-autorespond", "x-auto-response-suppress"))
    return submitted not in ("", "no") or precedence in ("bulk", "junk", "auto_reply") or no_return or marked


def _bounced(letter: EmailMessage) -> Delivery | None:
    """A report (RFC 3464) on one of our letters, named by the id that stands in the returned part."""
    status = "\n".join(str(part) for part in letter.walk() if part.get_content_type() == "message/delivery-status")
    action = re.search(r"^action:\s*(\w+)", status, re.IGNORECASE | re.MULTILINE)
    code = re.search(r"^status:\s*(\d\.\d{1,3}\.\d{1,3})", status, re.IGNORECASE | re.MULTILINE)
    returned = [p for p in letter.walk() if p.get_content_type() in ("message/rfc822", "text/rfc822-headers")]
    found = re.search(
        r"^message-id:\s*(<[^>\s]{1,190}>)", "\n".join(_raw(p) for p in returned), re.IGNORECASE | re.MULTILINE
    )
    named = found[1] if found else (_head(letter, "in-reply-to").split() or [""])[0]
    if not action or not named:
        return None
    said = f" ({code[1]})" if code else ""
    if action[1].lower() == "failed":
        never = bool(code and code[1].startswith("5"))
        problem = f"The mail came back{said}."
        return Delivery(Report.REFUSED if never else Report.FAILED, provider_id=named, at=_when(letter), problem=problem)
    if action[1].lower() == "delivered":
        return Delivery(Report.DELIVERED, provider_id=named, at=_when(letter))
    return None


def _raw(part: EmailMessage) -> str:
    inner = part.get_payload()
    return str(inner[0] if isinstance(inner, list) and inner else inner)[:50_000]


def _content(letter: EmailMessage) -> tuple[str, list[Attachment]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[Attachment] = []
    for number, part in enumerate(letter.walk()):
        if number > MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), _name(part)
        held = part.get_payload(decode=True) or b""
        if not isinstance(held, bytes):
            continue
        if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            (plain if kind == "text/plain" else html).append(_decoded(part, held))
        elif len(files) < MOST_FILES and held:
            files.append(Attachment(name or "berkas", kind, held))
    text = "\n".join(t for t in plain if t.strip()) or "\n".join(map(_shown, html))
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST], files


def _name(part: EmailMessage) -> str:
    try:
        return " ".join((part.get_filename() or "").split())[:120]
    except Exception:  # noqa: BLE001 as above
        return ""


def _decoded(part: EmailMessage, held: bytes) -> str:
    try:
        return held.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return held.decode("utf-8", "replace")


class _Shown:
    """Hears an HTML part and keeps what a reader would see of it: however deep it is nested, each sign is met once."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.hidden = 0

    def start(self, tag: str, _attributes: object) -> None:
        self.hidden += tag in HIDDEN

    def end(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN
        if tag in BLOCKS and not self.hidden:
            self.kept.append("\n")

    def data(self, words: str) -> None:
        if not self.hidden:
            self.kept.append(words)

    def close(self) -> str:
        return "".join(self.kept)


def _shown(html: str) -> str:
    parser = etree.HTMLParser(target=_Shown(), encoding="utf-8")
    shown = str(etree.fromstring(html[: LONGEST * 10].encode("utf-8", "replace") or b" ", parser))
    lines = (" ".join(line.split()) for line in shown.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _when(letter: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_head(letter, "date"))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
