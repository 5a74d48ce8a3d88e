"""Key words that rooms register: LAPOR, INFO, TANYA, STATUS, DAFTAR, BERHENTI … What nobody claims goes to whoever takes the rest (helpdesk).

    register_word(Word("INFO", ("INFO", "BERITA"), tell_news, _("INFO topik: kabar terbaru")))

An answer is a function of the message and of what stood behind the word; it gives the text to send back, "" when it said by itself what there was to
say, or None when the message is not for it. It runs inside the transaction in which the message counts as routed, and a refusal of a service
(`Refused`) is said to the sender in its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from serikat.kernel.errors import Words
from serikat.messaging.models import Message
from serikat.messaging.rules import keywords as reading
from serikat.messaging.rules.words import WORDS

Answer = Callable[[Message, str], str | None]


@dataclass(frozen=True, slots=True)
class Word:
    """`name` is the word as it is taught, `spellings` what else is accepted, `help` how it is used, for the answer to BANTUAN. How the words that this
    house teaches are told from sentences stands in `rules.words`; another says with `takes` what may follow it. `for_a_person`: what was answered is
    shown to a person all the same (TANYA); else the answer was all that was wanted (STATUS)."""

    name: str
    spellings: tuple[str, ...]
    answer: Answer
    help: Words
    order: int = 50
    takes: reading.Takes = reading.Takes.TOPIC
    for_a_person: bool = False
    company: Callable[[], Iterable[str]] = tuple  # what more may stand beside a word that nothing follows: BERHENTI UPAH

    @property
    def reading(self) -> reading.Word:
        """How it is recognised at the beginning of a message."""
        known = WORDS.get(self.name, reading.Word(self.takes))
        more = tuple(spelling.lower() for spelling in self.spellings)
        company = known.company | {word.lower() for word in self.company()}
        return replace(known, aliases=tuple(dict.fromkeys((*known.aliases, *more))), company=company)


_words: dict[str, Word] = {}
_listeners: list[Answer] = []
_rest: list[Answer] = []


def register_word(word: Word) -> None:
    if word.name in _words:
        raise ValueError(f"The key word {word.name} is registered twice.")
    _words[word.name] = word


def register_listener(answer: Answer) -> None:
    """Look at every message without a key word before the rest does: (message, its text). It may be the end of something that a key word began."""
    _listeners.append(answer)


def listeners() -> list[Answer]:
    return list(_listeners)


def register_rest(answer: Answer) -> None:
    """Say who takes every message that came, after a key word's own answer too: asked with the message and the name of the word that answered it, or
    "" when none did."""
    if _rest:
        raise ValueError("Somebody takes the rest already.")
    _rest.append(answer)


def words() -> list[Word]:
    return sorted(_words.values(), key=lambda word: (word.order, word.name))


def word_named(name: str) -> Word:
    return _words[name]


def rest() -> Answer | None:
    return _rest[0] if _rest else None
