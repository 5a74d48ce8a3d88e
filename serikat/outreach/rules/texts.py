"""What a receiver reads: the words, and below them how one gets no more of them. A text that says so itself gets nothing added."""

from __future__ import annotations

import re

LEAVE = "{berhenti}"  # where each receiver's own address stands
BY_WORD = "Stop: balas BERHENTI"
BY_LINK = f"Berhenti berlangganan: {LEAVE}"


# "Buruh berhenti bekerja" is no way out: the word must be told as something to answer.
_BY_WORD = re.compile(r"\b(?:balas|ketik|kirim|tulis|jawab|sms)\W{1,3}berhenti\b", re.IGNORECASE)


def with_way_out(text: str, scheme: str, *, template: bool = False) -> str:
    """The text as it goes out. Numbers answer with a word, for a link costs an SMS; the rest follow a link. A provider's template stays as it is, and
    so does a browser's notice: the browser itself turns it off, and the page where it was turned on."""
    if template or scheme == "push":
        return text
    if scheme == "number":
        return text if _BY_WORD.search(text) else f"{text}\n{BY_WORD}"
    return text if LEAVE in text else f"{text}\n\n{BY_LINK}"
