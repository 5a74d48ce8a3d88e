"""What was asked, read from what somebody typed; and where it stands in a text that is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from serikat.kernel.indonesian import STOP, also_written, fold, stem, words_in

LONGEST_QUERY = 200  # characters; what stands behind is not asked for
MOST_WORDS = 12
SHORTEST_PREFIX = 3
AROUND = 110  # characters of a snippet on each side of the first hit
LOOKED_THROUGH = 30_000  # characters of a text that a snippet is looked for in

_PART = re.compile(r'"([^"]*)"?|([^"]+)')
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: terms of which each must stand in a text. A term is a phrase of stems, or one word with its beginnings."""

    phrases: tuple[Phrase, ...] = ()
    last: str = ""  # the word still being typed: also a beginning of words counts
    spelled: tuple[tuple[str, str], ...] = ()  # the stems of single words, with the words as they were typed

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(s for phrase in self.phrases for form in self.forms(phrase) for s in form)

    def forms(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The ways in which a term is written: a single word also in its short form."""
        return (phrase, *also_written(phrase[0])) if len(phrase) == 1 else (phrase,)

    def means(self, word: str) -> bool:
        return stem(word) in self.stems or (self.last != "" and fold(word).startswith(self.last))

    def __bool__(self) -> bool:
        return bool(self.phrases)


def read_question(typed: str) -> Question:
    """Read what somebody typed: words in any form, "phrases in quotes", the last word also as a beginning. Any input gives a question."""
    typed = typed[:LONGEST_QUERY]
    loose: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for quoted, free in _PART.findall(typed):
        if free:
            loose += [word for _start, _end, word in words_in(free)]
        elif phrase := stems_in(quoted):
            phrases.append(tuple(phrase[:MOST_WORDS]))
    telling = [w for w in loose if fold(w) not in STOP]
    kept = telling or ([] if phrases else loose)
    singles = [(stem(w),) for w in kept]
    terms = tuple(dict.fromkeys([*phrases, *singles]))[:MOST_WORDS]
    last = fold(kept[-1]) if kept and kept[-1] == loose[-1] and typed.rstrip().endswith(kept[-1]) else ""
    spelled = tuple({stem(word): fold(word) for word in kept}.items())
    return Question(terms, last if len(last) >= SHORTEST_PREFIX and (stem(last),) in terms else "", spelled)


def stems_in(text: str) -> list[str]:
    return [stem(word) for _start, _end, word in words_in(text)]


def marked(text: str, question: Question) -> SafeString:
    """The text escaped, with the found words in <mark>."""
    out: list[str] = []
    at = 0
    for start, end, word in words_in(text):
        if question.means(word):
            out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    out.append(escape(text[at:]))
    return mark_safe("".join(out).replace("</mark> <mark>", " "))  # noqa: S308 - each piece was escaped above


def snippet(text: str, question: Question) -> SafeString:
    """The surroundings of the first found word, marked; the beginning of the text when only the title has it."""
    text = text[:LOOKED_THROUGH]
    first = next(
        (start for start, _end, word in words_in(text) if question.means(word)),
        0,
    )
    begin = 0 if first <= AROUND else text.rfind(" ", 0, first - AROUND // 2) + 1
    end = len(text) if len(text) <= begin + 2 * AROUND else text.rfind(" ", begin, begin + 2 * AROUND)
    end = end if end > begin else begin + 2 * AROUND
    piece = marked(text[begin:end].strip(), question)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{piece}{after}")  # noqa: S308 - marked() escapes
