"""A text as words, numbers and signs with their positions, and what earlier passes have taken of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .marks import Kind, Mark, Why
from .words import Lexicon, lexicon, set_of

_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’\-][^\W\d_]+)*2?(?![^\W_])|\d{1,3}/F(?!\w)|\d+(?:[.,/:\-]\d+)*[A-Za-z]?(?![^\W_])|[^\W_]+|\n+|\S"
)
# A stop after these ends no sentence
_SHORT = set_of(
    """
    jl jln jlan gg kp kmp ds dsn dk kel kec kab no nmr an a n ms mr mrs sdr sdri h hj dr drs ir st rd ave blk bpk pt cv ud lt br
    lr lrg ln afd div dept bag sr fr sec lingk rt rw tgl tlp telp hp wa jend kapt kav komp gd lg sec dra drg capt nn tn ny sus
    pdt ust ustd tgk kh kol let serma serka sgt ir ns romo pr mrs miss mdm prof bldg apt rm perum dr tel adv sdn bhd co ltd inc pte prov
    """
)


@dataclass(slots=True)
class Token:
    start: int
    end: int
    text: str
    low: str
    word: bool
    number: bool
    cap: bool  # begins with a capital that says something
    first: bool  # begins a sentence or line
    tag: str = ""  # "city", "district", "body" where a list of places or bodies has it

    @property
    def sign(self) -> bool:
        return not self.word and not self.number


@dataclass(slots=True)
class Page:
    text: str
    tokens: list[Token]
    lexicon: Lexicon
    quiet: bool  # written all small, all in capitals or each word with one: capitals tell nothing
    taken: bytearray
    marks: list[Mark] = field(default_factory=list)
    public: list[tuple[int, int]] = field(default_factory=list)  # addresses of bodies, who is in every paper: never a mark

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def block(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\1" * (end - start)

    def mark(self, start: int, end: int, kind: Kind, why: Why, sure: int) -> None:
        self.marks.append(Mark(start, end, kind, why, sure))
        self.block(start, end)

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def is_free(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and not self.taken[self.tokens[i].start]


def _tokens(text: str, quiet: bool) -> list[Token]:
    tokens: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece[0] == "\n":
            first = True
            continue
        word, number = piece[0].isalpha(), piece[0].isdigit()
        if tokens and piece in ".?!;" and not (piece == "." and _goes_on(tokens[-1], text, match.end())):
            first = True
            tokens.append(Token(match.start(), match.end(), piece, piece, False, False, False, False, "stop"))
            continue
        cap = word and piece[0].isupper() and not quiet
        tokens.append(Token(match.start(), match.end(), piece, piece.lower().replace("’", "'"), word, number, cap, first))
        first = first and not (word or number)
    return tokens


def _goes_on(before: Token, text: str, end: int) -> bool:
    """After a stop: the word before was an abbreviation or an initial, or nothing parts it from what follows."""
    if before.low in _SHORT or (before.word and len(before.text) == 1):
        return True
    return end < len(text) and not text[end].isspace() and before.end == end - 1 and text[end] not in "\"')"


_LETTERS = re.compile(r"[^\W\d_]{2,}")
MOST_SAMPLED = 20_000  # signs from which the habit of capitals is read


def _is_quiet(text: str) -> bool:
    words = _LETTERS.findall(text[:MOST_SAMPLED])
    large = sum(1 for word in words if word[0].isupper())
    return not large or (len(words) > 5 and large > 0.9 * len(words))


LONGEST_PHRASE = 4


def _tag(tokens: list[Token], words: Lexicon) -> None:
    for i, token in enumerate(tokens):
        if not token.word or token.tag:
            continue
        phrase = ""
        for j in range(i, min(i + LONGEST_PHRASE, len(tokens))):
            if not tokens[j].word or (j > i and tokens[j].first):
                break
            phrase = f"{phrase} {tokens[j].low}" if phrase else tokens[j].low
            tag = "city" if phrase in words.cities else "body" if phrase in words.bodies else ""
            if not tag and j == i and phrase in words.districts:
                tag = "district"
            if tag:
                for k in range(i, j + 1):
                    tokens[k].tag = tag


TITLED = 0.85  # of a sentence's words with capitals, from which on its everyday words have theirs for nothing
LEAST_TITLED = 5


def _calm(tokens: list[Token], words: Lexicon) -> None:
    """In A Sentence Written Like This the capitals of everyday words say nothing."""
    start = 0
    for i in range(1, len(tokens) + 1):
        if i < len(tokens) and not tokens[i].first and tokens[i].tag != "stop":
            continue
        said = [t for t in tokens[start:i] if t.word]
        if len(said) >= LEAST_TITLED and sum(t.cap for t in said) >= TITLED * len(said):
            for token in said:
                token.cap = token.cap and token.low not in words.stop
        start = i


def open_page(text: str) -> Page:
    words = lexicon()
    quiet = _is_quiet(text)
    tokens = _tokens(text, quiet)
    _calm(tokens, words)
    _tag(tokens, words)
    return Page(text, tokens, words, quiet, bytearray(len(text)))
