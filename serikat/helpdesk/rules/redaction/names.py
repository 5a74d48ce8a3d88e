"""Names of people: what a title, a word for kin or work or "nama saya" announces, what the lists know, and unknown words with a capital."""

from __future__ import annotations

import re

from .marks import Kind, Mark, Why
from .titles import TITLES
from .tokens import Page, Token
from .words import set_of

_STRONG = TITLES - set_of(
    """
    ka wa tan big non a-kong ah tu tok dr h ny ci ce ko om mem san san abi umi ama ina andi cut yu mb bi nek sus sister sir mama
    mamah papa bang abang bos boss madam maam ma'am mam miss saudara saudari ning uni uda aa neng ito tulang inang amang gus umm
    bg teh mang baba abah tuan nyonya
    """
)
_SELF = set_of(
    """
    saya sy sya aku ane ana gw gue gua kulo kula abdi beta ambo awak den denai tiang titiang ulun kuring sa ak q akuu saye hamba
    i'm am
    """
)
_CALLED = set_of(
    """
    nama namanya namaku namany bernama jeneng jenenge jenengku ngaran ngarana panggil panggilan dipanggil panggilannya name asma
    aran alias biasa disapa named yg_bernama mengaku
    """
)
_NOBLE = frozenset(
    {(a, b) for a in ("la", "wa") for b in ("ode",)}
    | {("ni", x) for x in ("luh", "made", "putu", "ketut", "nyoman", "wayan", "komang", "kadek")}
    | {("i", x) for x in ("gede", "made", "putu", "ketut", "nyoman", "wayan", "komang", "kadek", "gusti")}
)
_ABROAD = set_of("mr mrs ms miss mister")  # after these even "Tan" is a name
_LEADING = set_of("abdul abdur abdu abd muhammad mohammad mohamad moh muh mochamad ahmad siti nur sri")  # a name follows
_KIN = set_of("ade adek adik kaka kakak anak tua tengah muda bungsu besar kecil")
_ROLE_ENDS = ("nya", "ku", "ny", "na", "e")
_LINKS = set_of(
    """
    sy saya sya aku gw kulo nya ku dia kami kita mereka beta abdi yg yang si namanya nama bernama ini itu is bernama kmi an
    adalah ane sa a.n atas my sendiri mamahna
    """
)
_BETWEEN = set_of("br bru boru bin binti van de da al el bint dos abu ibnu le")
_AFTER_TITLES = set_of("ge ko jie san sensei cie mei sifu taitai laoban hia ahjumma sajang sajangnim")
_SIGNING = set_of("wa wasap whatsapp hp telp tlp no nomor nomer email ig nik line")
MOST_WORDS = 4


def find_names(page: Page) -> None:
    i = 0
    while i < len(page.tokens):
        if not page.tokens[i].word or not page.is_free(i):
            i += 1
            continue
        i = max(i + 1, _titled(page, i) or _announced(page, i) or _joined(page, i) or _plain(page, i))
    find_again(page)
    _with_degrees(page)


_DEGREES = re.compile(
    r"(?:,? (?:S|M|A|Sp|Dr|Ph)\.? ?(?:H|E|M|T|Pd|Kom|Sos|Ag|Kep|Psi|KM|IP|Si|Kn|Hum|Md|D|[A-Z]{1,3})(?:\.[A-Z][a-z]{0,3})?\.?(?!\w)){1,3}"
)


def _with_degrees(page: Page) -> None:
    """ "…, S.H." belongs to the name before it."""
    grown: list[tuple[int, int]] = []
    for k, mark in enumerate(page.marks):
        if mark.kind is not Kind.NAME or page.text[mark.end : mark.end + 1] not in (",", " "):
            continue
        match = _DEGREES.match(page.text, mark.end)
        if match is None or "." not in match[0]:
            continue
        page.block(mark.end, match.end())
        page.marks[k] = Mark(mark.start, match.end(), mark.kind, mark.why, mark.sure)
        grown.append((mark.end, match.end()))
    page.marks[:] = [m for m in page.marks if not any(start <= m.start and m.end <= end for start, end in grown)]


_NO_NAMES = set_of("kec kel kab ds dsn kp jl jln gg rt rw no blok blk komp perum prov kota lt gd psr nb ps")


def _may_be_name(page: Page, j: int, *, sure: bool) -> bool:  # noqa: PLR0911 - one answer after the other
    """Whether the word at j can be a part of a name. `sure`: something before it says that a name comes."""
    if not page.is_free(j) or not page.tokens[j].word:
        return False
    token, lexicon = page.tokens[j], page.lexicon
    if token.low in _NO_NAMES:
        return False
    if not token.cap and (token.low in TITLES or token.low in _SELF):
        return False
    if page.quiet or not token.cap:
        if token.low in lexicon.sure_names:
            return True
        return (
            sure
            and token.low not in lexicon.stop
            and not lexicon.ends_a_name(token.low)
            and not is_formed(token.low)
            and not token.tag
            and (token.low in lexicon.names or not lexicon.is_word(token.low))
        )
    if token.low in lexicon.sure_names:
        return True
    if token.low in lexicon.names:
        return sure or not (token.tag or lexicon.is_word(token.low) or (token.first and token.low not in lexicon.sure_names))
    if (token.tag and not (sure and token.tag == "district")) or lexicon.is_word(token.low):
        return False
    return not (token.text.isupper() and len(token.text) > 1 and not sure)


def _run(page: Page, first: int, *, sure: bool, most: int = MOST_WORDS) -> int:
    """The end of the name that begins at `first`; `first` itself when none does."""
    j = first
    capital = first < len(page.tokens) and page.tokens[first].cap
    while j < len(page.tokens) and j - first < most and not (j > first and page.tokens[j].first):
        token = page.tokens[j]
        if (
            capital
            and j > first
            and token.word
            and not token.cap
            and token.low in _BETWEEN
            and j + 1 < len(page.tokens)
            and page.tokens[j + 1].cap
        ):
            j += 2
            continue
        if capital and j > first and token.cap and len(token.text) == 1 and page.is_free(j):
            j += 1  # an initial
            continue
        if (
            capital
            and sure
            and j > first
            and token.cap
            and len(token.text) < 6
            and not token.text.isupper()
            and j + 1 < len(page.tokens)
            and page.tokens[j + 1].cap
            and not page.tokens[j + 1].first
            and page.low(j + 1) not in TITLES
            and page.is_free(j)
            and token.low not in TITLES
            and _may_be_name(page, j + 1, sure=True)
        ):
            j += 1  # "Mr Tan Kok Beng", "Sri Datang Rahayu": an everyday word among names
            continue
        if capital and j > first and page.low(j) == "." and len(page.tokens[j - 1].text) == 1:
            j += 1
            continue
        if capital and j > first and not token.cap and token.low not in page.lexicon.sure_names:
            break
        if not _may_be_name(page, j, sure=sure) or (
            j > first and token.tag == "city" and token.low not in page.lexicon.sure_names
        ):
            break
        if (
            not capital
            and j > first
            and not page.lexicon.looks_like_name(token.low)
            and not (page.low(j - 1) in _LEADING and not page.lexicon.is_word(token.low))
            and not (sure and token.text.isupper() and len(token.text) > 1)
        ):
            break  # without capitals only the lists tell that a name goes on
        j += 1
    return j


def _titled(page: Page, i: int) -> int:  # noqa: C901, PLR0911, PLR0912 - a line for each way in which a title is none
    token = page.tokens[i]
    if token.low not in TITLES or (token.text == "a" or (len(token.low) == 1 and not token.cap)):
        return 0
    first, titles = i + 1, 1
    if page.low(first) == "." and page.tokens[first].start == page.tokens[i].end:
        first += 1
    while (
        page.low(first) in TITLES
        and page.is_free(first)
        and titles < 3
        and page.low(first - 1 - (page.low(first - 1) == ".")) not in _ABROAD
        and not page.tokens[first].first
        and _may_follow(page, first + 1)
    ):
        first, titles = first + 1, titles + 1
        if page.low(first) == ".":
            first += 1
    if page.low(first) in _KIN and not page.tokens[first].cap and page.is_free(first + 1) and page.tokens[first + 1].cap:
        first += 1  # "bapa ade Yulianus"
    if first >= len(page.tokens) or page.tokens[first].first:
        return 0
    strong = token.low in _STRONG or token.cap or titles > 1
    beyond = first + 1
    reached = beyond < len(page.tokens) and not page.is_free(beyond) and page.text[page.tokens[beyond].start] in "0+6"
    end = _run(page, first, sure=strong or page.tokens[first].cap or reached)
    if end == first and _is_capital_after_title(page, first):
        end = first + 1
    if end == first:
        return 0
    if not strong and not page.tokens[first].cap and page.low(first) not in page.lexicon.names and not reached:
        return 0
    if (
        not page.quiet
        and token.low in page.lexicon.roles
        and not page.tokens[first].cap
        and not any(page.lexicon.looks_like_name(t.low) for t in page.tokens[first:end])
    ):
        return 0  # "dokter internship": the title is a job here, what follows tells which
    if token.cap and page.low(end) in _AFTER_TITLES:
        end += 1
    page.mark(token.start, page.tokens[end - 1].end, Kind.NAME, Why.TITLE, 92)
    return end


def _is_capital_after_title(page: Page, j: int) -> bool:
    """An everyday word with a capital right after a title: "Ah Seng"; not an office: "Pak Lurah"."""
    token = page.tokens[j]
    return (
        token.cap
        and page.is_free(j)
        and not (
            token.tag
            or token.text.isupper()
            or token.low in page.lexicon.roles
            or token.low in TITLES
            or token.low in page.lexicon.plain
        )
    )


def _may_follow(page: Page, j: int) -> bool:
    j += page.low(j) == "."
    return j < len(page.tokens) and (page.tokens[j].cap or page.low(j) in page.lexicon.names)


def _announced(page: Page, i: int) -> int:  # noqa: C901, PLR0911 - a line for each way in which no name follows
    """After "nama", "saya", a word for kin or work: the name itself without the word that announces it."""
    low = page.low(i)
    called, self_ = low in _CALLED, low in _SELF
    role = _is_role(page, low)
    if not (
        called
        or self_
        or role
        or (low in ("an", "a.n") and page.low(i + 1) in (".", ":"))
        or (low == "atas" and page.low(i + 1) == "nama")
    ):
        return 0
    j = i + 1
    while (
        j < len(page.tokens)
        and j - i < 5
        and not page.tokens[j].first
        and (
            page.low(j) in _LINKS
            or page.low(j) in _CALLED
            or page.low(j) in (":", ",", "(", ".", "=")
            or page.low(j) in ("asli", "lengkap", "panggil", "n")
        )
    ):
        if page.low(j) in (",", "(") and not called and not role:
            break
        called = called or page.low(j) in _CALLED
        j += 1
    if j >= len(page.tokens) or page.tokens[j].first or not page.is_free(j):
        return 0
    if (
        (page.low(j), page.low(j + 1)) in _NOBLE
        and page.is_free(j + 2)
        and page.tokens[j + 2].word
        and not page.tokens[j + 2].first
    ):
        page.mark(page.tokens[j].start, page.tokens[j + 2].end, Kind.NAME, Why.SELF, 88)
        return j + 3
    token = page.tokens[j]
    strong = called or low in ("an", "atas")
    known = page.lexicon.looks_like_name(token.low)
    sure = strong or ((role or self_) and (token.cap or (known and (not page.lexicon.is_word(token.low)))))
    if token.low in TITLES and (not known or (j + 1 < len(page.tokens) and page.tokens[j + 1].cap)):
        return 0
    if not sure or (not token.cap and not known and not (strong and len(token.low) > 2)):
        return 0
    if role and not called and token.text.isupper() and 1 < len(token.text) < 5 and not known:
        return 0  # a short form: "bidan PTT"
    if (
        not token.cap
        and not strong
        and token.low not in page.lexicon.sure_names
        and not (known and token.low not in page.lexicon.names)
        and not (page.quiet and known and _quiet_name(page, j))
        and not (self_ and j == i + 1 and token.low in page.lexicon.names and _introduces(page, j + 1))
    ):
        return 0
    end = _run(page, j, sure=True)
    if end == j:
        return 0
    if page.low(end) in _AFTER_TITLES and not page.tokens[end].first:
        end += 1
    begin = i if role and page.tokens[i].cap and j == i + 1 else j
    page.mark(page.tokens[begin].start, page.tokens[end - 1].end, Kind.NAME, Why.SELF if self_ or called else Why.ROLE, 88)
    return end


_INTRODUCED = set_of("umur usia dari dr asal ( th thn tahun")


def _introduces(page: Page, j: int) -> bool:
    """After the name of one who introduces herself: her age, where she is from, her work."""
    if page.low(j) == "," and j + 1 < len(page.tokens) and page.tokens[j + 1].number:
        j += 1
    low = page.low(j)
    return (
        low in _INTRODUCED
        or low in page.lexicon.roles
        or (j < len(page.tokens) and page.tokens[j].number and page.low(j + 1) in ("th", "thn", "tahun", "taun"))
    )


_AND = set_of("sama dan & dgn dengan sm karo jeung")


def _joined(page: Page, i: int) -> int:
    """ "Ratno sama Wiwit": of two words with capitals that are joined, one is a name, so the other is."""
    token = page.tokens[i]
    if not token.cap or token.tag or token.text.isupper() or token.low in TITLES:
        return 0
    lexicon = page.lexicon
    before = (
        i >= 2
        and page.low(i - 1) in _AND
        and any(m.kind is Kind.NAME and m.end == page.tokens[i - 2].end for m in page.marks[-2:])
    )
    after = (
        page.low(i + 1) in _AND and page.is_free(i + 2) and page.tokens[i + 2].cap and _may_be_name(page, i + 2, sure=False)
    )
    if not (before and not token.first) and not (after and not lexicon.is_word(token.low)):
        return 0
    end = max(i + 1, _run(page, i, sure=True))
    page.mark(token.start, page.tokens[end - 1].end, Kind.NAME, Why.CAPITAL, 60)
    return end


def _quiet_name(page: Page, j: int) -> bool:
    """In a text without capitals, a name that is also a word counts after "saya" only when it is no word of talk, and no town or body."""
    token = page.tokens[j]
    return token.low not in page.lexicon.stop and token.low not in page.lexicon.plain and not token.tag


def _is_role(page: Page, low: str) -> bool:
    roles = page.lexicon.roles
    return low in roles or any(low.endswith(end) and low[: -len(end)] in roles for end in _ROLE_ENDS)


def _plain(page: Page, i: int) -> int:  # noqa: C901, PLR0911 - a line for each way in which a word is no name
    """Without an announcement: names from the lists, and unknown words with a capital that do not open a sentence."""
    token: Token = page.tokens[i]
    lexicon = page.lexicon
    listed = token.low in lexicon.sure_names
    capital = token.cap and (_may_be_name(page, i, sure=False) or (token.first and _opens_with_name(page, i)))
    if not listed and not capital:
        return 0
    end = max(_run(page, i, sure=False), i + 1)
    end = _keep_going(page, i, end)
    only = end == i + 1
    if not listed and all(t.low not in lexicon.names and is_formed(t.low) for t in page.tokens[i:end]):
        return 0
    if token.first and not listed and only:
        return 0
    if not listed and only and (len(token.text) < 3 or (token.text.isupper() and len(token.text) > 1)):
        return 0
    if not token.cap and not page.quiet and len(token.low) < 5:
        return 0
    signed = page.low(end) in _SIGNING or end == len(page.tokens)
    if not listed and i >= 2 and page.low(i - 1) == "," and _place_ends(page, page.tokens[i - 2].end):
        page.mark(token.start, page.tokens[end - 1].end, Kind.PLACE, Why.WHERE, 50)
        return end  # "…, Lahad Datu"
    why = (
        Why.SIGNED
        if signed
        else Why.GIVEN_NAME
        if listed or any(t.low in lexicon.names for t in page.tokens[i:end])
        else Why.CAPITAL
    )
    sure = 80 if listed and token.cap else 65 if listed or not only else 45
    page.mark(token.start, page.tokens[end - 1].end, Kind.NAME, why, sure)
    return end


def _place_ends(page: Page, end: int) -> bool:
    return any(m.end == end and m.kind in (Kind.PLACE, Kind.ADDRESS, Kind.WORKPLACE) for m in page.marks)


_FORMED = re.compile(
    r"(?:(?:me|di|ter|ber|se)\w{4,}(?:kan|nya)|pe[mnr]\w{3,}an|ke\w{5,}an|di\w{4,}(?:kan|nya)|(?:ber|ter)\w{5,}|\w{3,}(?:asi|ensi|itas|isme|logi|tion|sion|ment|ness|ship|ional|able|nya))$"
)


def is_formed(low: str) -> bool:
    """By its form a word of the language: "pengurangan", "retensi", "kesejahteraan"."""
    return len(low) > 6 and _FORMED.match(low) is not None


def _opens_with_name(page: Page, i: int) -> bool:
    """A word with a capital at the opening, another after it that is surely part of a name: "Bintang Wowor kena …"."""
    return (
        (page.low(i) in page.lexicon.names or not page.lexicon.is_word(page.low(i)))
        and not page.tokens[i].tag
        and i + 1 < len(page.tokens)
        and page.tokens[i + 1].cap
        and not page.tokens[i + 1].first
        and _may_be_name(page, i + 1, sure=False)
    )


def _keep_going(page: Page, i: int, end: int) -> int:
    """Names that are words as well belong to a name that has begun with a capital: "Rini Sekar Mulia"."""
    while (
        page.tokens[i].cap
        and end - i < MOST_WORDS
        and page.is_free(end)
        and page.tokens[end].cap
        and not page.tokens[end].first
        and (
            page.low(end) in page.lexicon.names and page.tokens[end].tag != "body" and page.low(end) not in page.lexicon.stop
        )
    ):
        end += 1
    return end


LEAST_AGAIN = 4
MOST_AGAIN = 400


def find_again(page: Page) -> None:
    """A name that was marked is marked wherever else one of its words stands, unless that is an everyday word."""
    known: set[str] = set()
    for mark in page.marks:
        if mark.kind is Kind.NAME and mark.sure >= 65:
            known.update(word.lower().strip(".") for word in page.text[mark.start : mark.end].split()[-3:])
        if len(known) > MOST_AGAIN:
            break
    known = {w for w in known if len(w) >= LEAST_AGAIN and w not in TITLES and not page.lexicon.is_word(w)}
    for i, token in enumerate(page.tokens):
        if token.low in known and page.is_free(i) and not token.tag:
            page.mark(token.start, token.end, Kind.NAME, Why.AGAIN, 75)
