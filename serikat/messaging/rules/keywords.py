"""Reading key words at the beginning of an SMS or chat: LAPOR, STATUS, BERHENTI …, as people type them and without hearing them where nobody said them.

The rule. Signs that nobody sees, quotes, bullets, emoji and a leading "#" or "/" are passed over; letters are compared without case, width and accents.

1. The first word is the key word itself, or one slip away from it (a letter wrong, missing or too many, two swapped, letters held too long). A word
   that exists ("lapar", "hanya", "stok", "helm") is no slip of another. Words of three letters are never guessed.
2. The key word run into what follows counts where the border shows: capitals end ("LAPORpabrik"), a digit or "#" follows, or the remainder is a word
   ("laporpabrik"). A suffix is no remainder: "laporan", "infonya", "tanyakan", "statusnya" are words of a sentence, and so is "stopkontak".
3. A greeting or "saya mau" may stand before ("pak mau lapor"), but not "saya" alone: "saya lapor ke mandor" is a story. More is asked of what follows
   then: digits after STATUS, "#" or courtesies after DAFTAR, what is to stop after BERHENTI ("tolong stop sms", never "saya mau berhenti").
4. What may follow is the key word's own (`Takes`), because that tells a command from a sentence that begins with the same word: after LAPOR anything,
   after INFO a few words, after STATUS digits or next to nothing, after DAFTAR a name and a village, after BERHENTI and BANTUAN nothing but courtesies
   ("stop sms pak"). Each word also names what makes a sentence of it when it comes next ("lapor ke", "berhenti kerja", "daftar gaji"); a key word that
   is marked as one (followed by a colon or "#", led by "#" or "/", or in capitals when the rest is not) outweighs that, except for `careful` words.
5. A `careful` word does what is hard to notice, so a question mark or one word that is no courtesy leaves it unheard: who writes "berhenti kerja bulan
   lalu" goes on to a person, and loses nothing. What is not read as a command becomes a conversation; that is the safe side, and in doubt it wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from serikat.kernel.indonesian import ROOTS, STOP, is_slip, stem


class Takes(StrEnum):
    """What may follow a key word."""

    STORY = "story"
    TOPIC = "topic"
    CODE = "code"
    NAME = "name"
    NOTHING = "nothing"


class Sure(StrEnum):
    CERTAIN = "certain"  # the word itself, where it belongs
    LIKELY = "likely"  # a slip, run into the next word, or after a greeting


@dataclass(frozen=True, slots=True)
class Word:
    """A key word as a room registers it. `aliases` are its other spellings; `labels` count only when marked ("Laporan: …")."""

    takes: Takes
    aliases: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sentences: frozenset[str] = frozenset()  # what comes next where it is no command
    company: frozenset[str] = frozenset()  # what may stand beside it where nothing may follow
    joining: frozenset[str] = frozenset()  # what may stand there when one of the company does
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    rest: str  # as it was typed
    sure: Sure


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


COURTESIES = word_set(
    """
    pak bapak bpk bu ibu kak kakak ka bang abang mas mbak mba min admin gan bos dong donk ya yah yaa deh aja saja tolong mohon please
    pls plis terima kasih terimakasih makasih trims tks thanks makasi lah nih me
    """
)
_GREETINGS = word_set(
    """
    assalamualaikum assalamu alaikum aslm asalamualaikum ass wr wb warahmatullahi wabarakatuh salam halo hallo hai hi hey selamat met
    pagi siang sore malam pak bapak bpk bu ibu kak kakak ka bang abang mas mbak mba min admin gan bos permisi maaf punten mohon tolong
    ketik
    """
)
_WISHES = word_set("mau minta cek lihat ingin pengen pingin hendak izin ijin numpang")
_ONESELF = word_set("saya sy aku kami kita")
_REAL = word_set(
    """
    lapar laper lapo labor lahor vapor indo into inti ino hanya tanpa tanda tania tasya tanya2 tanta anya step stok top shop slop sop
    atop stor toko terhenti henti helm hello helo hell held heli batuan bantuin bantu statis daftari tanyai lapori tanyaku
    """
)
_WORDS = word_set(
    "pak bu kak min phk umk ump umr thr bpjs loker pungli hrd mandor pabrik pt cv lowongan jamsostek tki pmi desa"
)
_SUFFIXES = re.compile(r"(?:an|kan|nya|lah|kah|tah|pun|ku|mu|in|i)+")
_DENIALS = word_set(
    "tidak tdk gak nggak ga belum blm sudah sdh udah yang yg tapi kenapa apakah kalau kalo karena bukan tanpa"
)

HEAD = 600  # signs that are looked at; whatever follows belongs to the rest
MOST_TOPIC_WORDS = 8
MOST_NAME_WORDS = 6
_CLOSING = "\"'”’»)>]*_~`"
_TYPED_FOR = str.maketrans("01345", "oieas")
_BETWEEN = " \t\r\n:.,;#-–—/=>|*_~!…"


def read(text: str, words: Mapping[str, Word]) -> Command | None:
    """The command that a message gives, or None. Key words are named as people are told them; their own name is a spelling."""
    head = text[:HEAD]
    first = next(_letters(head, 0), None)
    if first is None:
        return None
    for met, strict in _beginnings(head, first):
        found = _named(met, words, guess=not strict)
        if found is None:
            continue
        name, end, exact = found
        rest = _rest(text, end, led=head[: met.start])
        marked = _is_marked(head, met, end, rest)
        word, greeted = words[name], met.start > first.end
        if met.folded in word.labels and not (marked and re.match(r"[*_]?\s*[:#\n]", text[end : end + 4])):
            return None
        return (
            Command(name, rest, Sure.CERTAIN if exact and not greeted else Sure.LIKELY)
            if _fits(word, rest, marked, greeted)
            else None
        )
    return None


@dataclass(frozen=True, slots=True)
class _Met:
    """A run of letters in the message: how it folds, and where each folded letter stands."""

    folded: str
    places: tuple[int, ...]
    raw: str
    start: int
    end: int
    after: str  # the sign that follows at once


def _letters(text: str, start: int) -> Iterator[_Met]:
    """Runs of letters, or of letters and digits where a digit is typed for a letter, from a place on."""
    folded: list[str] = []
    places: list[int] = []
    for place in range(start, len(text) + 1):
        sign = text[place] if place < len(text) else "\n"
        if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
            continue
        form = _fold(sign)
        if form.isalpha():
            folded += form
            places += [place] * len(form)
        elif folded:
            yield _Met("".join(folded), tuple(places), text[places[0] : places[-1] + 1], places[0], place, sign)
            folded, places = [], []


def _fold(sign: str) -> str:
    apart = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(piece for piece in apart if not unicodedata.combining(piece)) if not sign.isascii() else apart


def _beginnings(head: str, first: _Met) -> Iterator[tuple[_Met, bool]]:
    """Where a key word may stand, and whether it must be the very word: with a digit typed for a letter, first of all, or after a greeting that ends
    in no bare "saya"."""
    mixed = re.compile(r"[^\W_]{3,12}").search(head)
    if mixed and not mixed.group().isalpha():
        letters = "".join(_fold(sign) for sign in mixed.group().translate(_TYPED_FOR))
        if len(letters) == len(mixed.group()):
            start, end = mixed.span()
            yield _Met(letters, tuple(range(start, end)), mixed.group(), start, end, head[end : end + 1]), True
    yield first, False
    wish, oneself = False, False
    for count, met in enumerate(_letters(head, 0)):
        if count and not (oneself and not wish):
            yield met, True
        if count > 10 or met.folded not in _GREETINGS | _WISHES | _ONESELF:
            return
        wish |= met.folded in _WISHES
        oneself |= met.folded in _ONESELF


def _named(met: _Met, words: Mapping[str, Word], *, guess: bool) -> tuple[str, int, bool] | None:
    """The key word that a run of letters is: its name, where it ends in the text, and whether it is the very word."""
    spellings = {
        spelling.casefold(): name for name, word in words.items() for spelling in (name, *word.aliases, *word.labels)
    }
    if met.folded in spellings:
        return spellings[met.folded], met.end, met.raw.isascii() and not any(sign.isdigit() for sign in met.raw)
    for name, word in words.items() if guess else ():
        for spelling in (name.casefold(), *word.aliases):
            if met.folded.startswith(spelling) and _is_border(met, len(spelling), word):
                return name, met.places[len(spelling)], False
    if not guess or met.folded in _REAL or met.folded in ROOTS or met.folded in STOP:
        return None
    near = {
        name for spelling, name in spellings.items() if spelling not in words[name].labels and is_slip(met.folded, spelling)
    }
    return (near.pop(), met.end, False) if len(near) == 1 else None


def _is_border(met: _Met, size: int, word: Word) -> bool:
    """Whether a key word ends here within a run of letters."""
    if word.takes is Takes.NOTHING:
        return met.folded[size:] in word.company
    remainder, before, behind = met.folded[size:], met.raw[:size], met.raw[size:]
    if _SUFFIXES.fullmatch(remainder):
        return False
    if len(behind) > 1 and ((before.isupper() and behind[1:].islower()) or (before[1:].islower() and behind[0].isupper())):
        return True
    if met.after == "#" and word.takes is Takes.NAME:
        return True
    return remainder in _WORDS or (len(remainder) >= 3 and (remainder in STOP or stem(remainder) in ROOTS))


def _rest(text: str, end: int, *, led: str) -> str:
    """What follows the key word, without what only parted the two; a bot's name ("/lapor@serikat_bot") and a copied "(spasi)" are no part of it."""
    rest = text[end:]
    if led.endswith("/"):
        rest = re.sub(r"^@\w{1,64}", "", rest)
    rest = "".join(sign for sign in rest[:8] if unicodedata.category(sign) != "Cf") + rest[8:]
    rest = rest.lstrip(_CLOSING).lstrip(_BETWEEN)
    rest = re.sub(r"^[(<\[]\s*(?:spasi|space)\s*[)>\]]\s*", "", rest, flags=re.I).strip()
    for opening, closing in (("“", "”"), ('"', '"'), ("'", "'"), ("‘", "’"), ("(", ")"), ("*", "*"), ("_", "_")):
        if led.rstrip().endswith(opening) and rest.endswith(closing) and closing not in rest[:-1]:
            rest = rest[:-1].rstrip()
    return rest


def _is_marked(head: str, met: _Met, end: int, rest: str) -> bool:
    """Whether who wrote it set the word apart as a key word."""
    typed = head[met.start : end]
    if typed.isupper() and len(typed) > 2 and any(sign.islower() for sign in rest[:HEAD]):
        return True
    return head[: met.start].endswith(("#", "/", "*")) or bool(re.match(r"[*_\"”)\]]?\s?[:#\n]", head[end : end + 3]))


def _fits(word: Word, rest: str, marked: bool, greeted: bool) -> bool:
    """Whether what follows makes a command of the word, or a sentence."""
    said = [met.folded for met in _letters(rest[:HEAD], 0)]
    named = any(one in word.company for one in said)
    beside = all(one in word.company or one in COURTESIES or (named and one in word.joining) for one in said)
    if word.takes is Takes.NOTHING:
        short = len(rest) <= 80 and len(said) <= 8 and not any(sign.isdigit() for sign in rest)
        return short and beside and not (word.careful and ("?" in rest or (greeted and not named)))
    if not rest:
        return word.takes is not Takes.CODE or not greeted
    if not marked and said and said[0] in word.sentences:
        return False
    return _AFTER[word.takes](rest, said, beside, marked, greeted)


def _code_follows(rest: str, said: list[str], beside: bool, marked: bool, greeted: bool) -> bool:
    digits = sum(sign.isdigit() for sign in rest[:HEAD])
    if greeted:
        return digits >= 12
    return digits >= 4 or (len(said) <= 3 and beside) or (len(said) <= 5 and marked)


def _name_follows(rest: str, said: list[str], beside: bool, marked: bool, greeted: bool) -> bool:
    if greeted or "#" in rest[:80] or beside:
        return "#" in rest[:80] or beside
    sentence = "?" in rest or (not marked and _DENIALS.intersection(said))
    return len(said) <= MOST_NAME_WORDS and not sentence


_AFTER: Mapping[Takes, Callable[[str, list[str], bool, bool, bool], bool]] = {
    Takes.STORY: lambda _rest, _said, _beside, _marked, _greeted: True,
    Takes.TOPIC: lambda _rest, said, _beside, _marked, _greeted: len(said) <= MOST_TOPIC_WORDS,
    Takes.CODE: _code_follows,
    Takes.NAME: _name_follows,
}


@dataclass(frozen=True, slots=True)
class Registration:
    """Who registers, and where; `missing` names what was not said: "name", "village"."""

    name: str
    village: str

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(what for what in ("name", "village") if not getattr(self, what))


_PARTS = (
    re.compile(r"#"),
    re.compile(r"[|/\\;\n]"),
    re.compile(r","),
    re.compile(r"\s[-–—*+=_:]+\s"),
    re.compile(r"\b(?=(?:desa|ds|kel|kelurahan|kampung|kp|dusun|alamat)\b)|\b(?:dari|di|asal)\b", re.I),
    re.compile(r"(?<=[^\W\d_])[-*+=_:](?=[^\W\d_])"),
)
_LABEL = re.compile(r"^(?:(?:nama|name|desa|ds|kelurahan|kel|alamat|asal|dari|di)\b[.:=\s]*)+", re.I)


def registration(rest: str, fillers: frozenset[str] = frozenset()) -> Registration:
    """Name and village out of what follows DAFTAR: parted by "#" as people are told, or by whatever stands there instead. `fillers` are words that
    are neither ("jadi anggota")."""
    rest = " ".join(rest[:400].replace("\r", "\n").split(" ")).strip()
    while True:
        word, _space, after = rest.partition(" ")
        if not word or "".join(map(_fold, word.strip(",.#:!?"))) not in fillers:
            break
        rest = after.strip()
    name, village = rest, ""
    for part in _PARTS:
        pieces = part.split(rest, maxsplit=1)
        if len(pieces) == 2:
            name, village = pieces
            break
    return Registration(_bare(name), _bare(village, inside=True))


def _bare(piece: str, *, inside: bool = False) -> str:
    piece = _LABEL.sub("", " ".join(piece.split()).strip(" <>()[]\"'“”.,;:#|/-"))
    if inside:
        piece = ", ".join(filter(None, (part.strip() for part in re.split(r"[#|/;]", piece))))
    return piece.strip(" <>()[]\"'“”.,;:#|/-") if any(sign.isalpha() for sign in piece) else ""
