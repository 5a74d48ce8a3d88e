"""What of Wagtail's English an editor could meet: its own catalogues say which sentences there are, ours which of them have another Indonesian."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import wagtail
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.browser import ENGLISH, WORDS

ROOMS = ("", "admin", "images", "documents", "search", "embeds")  # of Wagtail, whose words the open addresses show
# Labels that Django makes of names of fields.
FORM_WORDS = {"subject", "body", "phone", "number", "address", "link", "text", "root"}
NAMES = {"xlsx", "csv"}  # of formats, the same everywhere
PLACE = re.compile(r"%%|%\(\w+\)[sd]|%[sd]")


def catalogue(path: Path) -> dict[tuple[str, str], Message]:
    """The messages of one file, by context and singular."""
    if not path.exists():
        return {}
    with path.open("rb") as opened:
        return {(m.context or "", _forms(m.id)[0]): m for m in read_po(opened) if m.id}


def _forms(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


@cache
def sentences(domain: str) -> dict[str, list[str]]:
    """Wagtail's English sentences of a domain, each with its Indonesian as the house shows it; nothing where it has none."""
    own = catalogue(settings.ROOT / f"locale/id/LC_MESSAGES/{domain}.po")
    found: dict[str, list[str]] = {}
    for room in ROOMS:
        folder = Path(wagtail.__file__).parent / room / "locale"
        theirs = catalogue(folder / f"id_ID/LC_MESSAGES/{domain}.po")
        for key, message in catalogue(folder / f"en/LC_MESSAGES/{domain}.po").items():
            known = own.get(key) or theirs.get(key)
            words = [w for w in _forms(known.string) if w] if known and not known.fuzzy else []
            for english in _forms(message.id):
                found[english] = [*found.get(english, []), *words]
    return found


@cache
def vocabulary() -> re.Pattern[str]:
    """The words of Wagtail's English that its Indonesian, as the house shows it, never uses; and some that it writes without a catalogue."""
    english, indonesian = set(), set()
    for domain in ("django", "djangojs"):
        for sentence, ours in sentences(domain).items():
            english |= _words(sentence)
            indonesian |= {word for known in ours if known != sentence for word in _words(known)}
    return re.compile(rf"\b({'|'.join(sorted((english - indonesian - NAMES) | FORM_WORDS))})\b", re.IGNORECASE)


def _words(sentence: str) -> set[str]:
    plain = re.sub(r"<[^>]+>|https?://\S+", " ", PLACE.sub(" ", sentence))
    return {word.lower() for word in re.findall(r"[A-Za-z]{3,}", plain)}


def english_in(page: Page) -> list[str]:
    """What stands on the page, or is read aloud, in English."""
    seen = {" ".join(text.split()) for text in page.evaluate(WORDS)}
    return sorted(text for text in seen if vocabulary().search(text) or ENGLISH.search(text))
