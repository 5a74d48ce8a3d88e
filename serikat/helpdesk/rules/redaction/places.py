"""Places smaller than a town: villages, streets, houses, rooms, as a chain from the first word that says so to the last that belongs to it."""

from __future__ import annotations

import re

from .marks import Kind, Why
from .placewords import (
    AFTER,
    BESIDE,
    BUILT,
    GENERAL,
    HONOURING,
    HOUSES,
    NUMBERED,
    PARTS,
    SIDES,
    STREETS,
    VILLAGE_WORDS,
    VILLAGES,
)
from .titles import TITLES
from .tokens import Page
from .words import set_of

_HERE = set_of("di d ke dari dr asal asli warga")
_HOMELY = set_of("asal asli warga kampung pulang tinggal rumah lahir domisili alamat ngontrak ngekos orang")
MOST_TOKENS = 28
MOST_BEFORE = 5
_NUMBER = set_of("no nomor nmr lot unit rumah")
_LET = set_of("kos kost kosan kostan kontrakan rumah ruko bedeng pondokan mess mes paviliun asrama")
_WEAK_STARTS = set_of("no nomor nmr ln sec lot tingkat unit building bldg")
_NOBLE = set_of("jro jero gusti raden sultan pangeran daeng puang haji kyai kiai datuk dato tuan tengku nyai syekh ki sunan")
_BARE = set_of("mall mal gedung plaza")
_LABELLED = set_of("blok blk block kav kavling")


# Streets and wards of Korea and Japan show in the ending: "Gongdan-ro 12", "2-14-3 Nishi-machi"
_EASTERN = re.compile(
    r"(?<![\w-])(?:\d{1,4}(?:-\d{1,4}){1,2}[ ,]{1,2})?[A-Z][a-z]{2,20}-(?:ro|gil|daero|dong|ri|eup|myeon|cho|chome|machi|mura|ku)(?![\w-])(?:[ ,]{1,2}\d{1,4}(?:-gil|-ro|-\d{1,4})?(?![\w]))*"
)


def find_places(page: Page) -> None:
    for match in _EASTERN.finditer(page.text):
        if page.free(match.start(), match.end()):
            page.mark(match.start(), match.end(), Kind.ADDRESS, Why.STREET, 80)
    i = 0
    while i < len(page.tokens):
        i = max(i + 1, _place_at(page, i)) if page.is_free(i) and page.tokens[i].word else i + 1
    for i, token in enumerate(page.tokens):
        if token.low == "#" or not token.word or not page.is_free(i):
            continue
        _trailing(page, i)
    for i in range(len(page.tokens)):
        _beside(page, i)
        _where(page, i)


def _place_at(page: Page, i: int) -> int:
    low = page.low(i)
    strong = low in VILLAGES or low in STREETS or low in HOUSES
    if low in _WEAK_STARTS and low not in STREETS:
        end, parts = _chain(page, i)
        cues = any(page.low(k) in STREETS or page.low(k) in VILLAGES or page.low(k) in AFTER for k in range(i, end))
        if parts < 2 or not cues:
            return 0
        page.mark(page.tokens[i].start, page.tokens[end - 1].end, Kind.ADDRESS, Why.STREET, 80)
        return end
    if not strong and low not in ("kamar", "kmr", "lantai", "lt", "rt", "unit", "lot", "tingkat"):
        return 0
    end, parts = _chain(page, i)
    if end == i or (
        not strong and low != "rt" and parts < 2 and not (low in ("kamar", "kmr") and len(page.tokens[end - 1].text) > 2)
    ):
        return 0
    if low in PARTS or low in _LABELLED:
        i = _begin(page, i)
    elif page.is_free(i - 1) and page.tokens[i - 1].number and page.low(i - 2) in _NUMBER and page.is_free(i - 2):
        i -= 2  # "no 17 Lorong …"
    address = any(page.low(k) in STREETS or page.low(k) in HOUSES for k in range(i, end))
    why = Why.VILLAGE if low in VILLAGES else Why.STREET if low in STREETS else Why.HOUSE
    page.mark(
        page.tokens[i].start, page.tokens[end - 1].end, Kind.ADDRESS if address else Kind.PLACE, why, 85 if strong else 65
    )
    return end


def _begin(page: Page, i: int) -> int:
    """Where the address begins whose number or "rt" stands at i: the words with capitals right before it belong to it, whatever kind of settlement
    they name ("Umbul Sari rt 3")."""
    begin = i
    if page.low(begin - 1) == "," and page.is_free(begin - 2) and page.tokens[begin - 2].cap:
        begin -= 1
    while begin > 0 and i - begin < MOST_BEFORE and page.is_free(begin - 1) and not page.tokens[begin].first:
        token = page.tokens[begin - 1]
        if (token.cap and token.tag != "body" and token.low not in TITLES) or (
            token.number and len(token.text) < 4 and begin > 1 and page.tokens[begin - 2].cap
        ):
            begin -= 1
        else:
            break
    before = page.tokens[begin:i]
    if before and before[0].first and (page.lexicon.is_word(before[0].low) or len(before) == 1):
        begin += 1
        before = before[1:]
    words = [t for t in before if t.word]
    if not words or all(t.tag for t in words) or any(t.low in page.lexicon.sure_names for t in words):
        return i
    return begin


def _chain(page: Page, i: int) -> tuple[int, int]:
    """Where the address ends that begins at a word for a place, and how many parts it has; (i, 0) when nothing follows that word."""
    end, parts = i, 0
    j = i
    while j < len(page.tokens) and j - i < MOST_TOKENS:
        after = _part(page, j, begun=parts > 0)
        if not after:
            break
        end, parts, j = after, parts + 1, after
        if page.low(j) in (",", "/", "-") and _opens_part(page, j + 1):
            j += 1
    return end, parts


def _opens_part(page: Page, j: int) -> bool:
    low = page.low(j)
    return page.is_free(j) and (
        low in VILLAGES or low in STREETS or low in HOUSES or low in PARTS or low == "#" or page.tokens[j].number
        or (page.tokens[j].cap and not page.tokens[j].first and (page.low(j + 1) in AFTER or _is_unknown(page, j)))
    )  # fmt: skip


def _is_cue(low: str) -> bool:
    return low in VILLAGES or low in STREETS or low in HOUSES or low in PARTS


def _numbered(page: Page, j: int) -> bool:
    """ "RT 5", "Blok C": a part with its label."""
    return (page.low(j) in PARTS or page.low(j) in _LABELLED) and _labels(page, j + 1) > j + 1


def _is_unknown(page: Page, j: int) -> bool:
    token, lexicon = page.tokens[j], page.lexicon
    return not (
        token.tag or token.text.isupper() or token.low in TITLES or token.low in lexicon.names or lexicon.is_word(token.low)
    )


def _part(page: Page, j: int, *, begun: bool) -> int:  # noqa: C901, PLR0911, PLR0912 - a line for each way in which an address goes on
    """One part: a word for a place with what it needs, or, once begun, a number, a side, a further word with a capital. Returns its end or 0."""
    if not page.is_free(j) or (begun and page.tokens[j].first and page.low(j) not in STREETS):
        return 0
    token, low = page.tokens[j], page.low(j)
    if low in ("kg", "spg") and not token.text.istitle():
        return 0  # "Kg Sungai", "Spg 62"; not so many kilograms, nor a saleswoman
    first = j + 1
    if begun and low in AFTER and token.cap:
        return first
    if page.low(first) in (".", ":") or (page.low(first) == "nya" and low == "alamat"):
        first += 1
    if low in PARTS or low in ("blok", "blk", "block", "kav", "flat", "room", "lane", "villa", "jalan", "tower", "sp"):
        if (label := _labels(page, first)) > first:
            return label
        if low in PARTS:
            return 0
    if low in VILLAGES or low in STREETS or low in HOUSES:
        if named := _named(page, first, low, begun=begun):
            return named
        if low in _LET and (owner := _owner(page, first)):
            return owner
        if page.low(first) not in PARTS:
            return _loosely(page, first) if low in HOUSES or (begun and low in STREETS) else 0
        if low in _BARE and not begun:
            return 0
        return _labels(page, first + 1) if _labels(page, first + 1) > first + 1 else 0
    if not begun:
        return 0
    if low == "#" and page.is_free(j + 1) and page.tokens[j + 1].number:
        return j + 2
    if token.number and len(token.text) <= 8 and _is_house_number(page, j):
        return j + 1
    if (
        token.cap
        and not token.first
        and token.tag != "body"
        and low not in TITLES
        and not page.lexicon.ends_a_name(low)
        and low not in page.lexicon.sure_names
    ):
        return j + 1
    if low in SIDES and not page.lexicon.is_word(low):
        return j + 1
    return _side_part(page, j) if low in BESIDE else 0


def _owner(page: Page, first: int) -> int:
    """ "kost bu Tini kamar 3": a house by its owner, when a part of it follows."""
    j = first
    while j < first + 4 and page.is_free(j) and (page.low(j) in TITLES or (j > first and page.low(j) == ".")):
        j += 1
    if j == first:
        return 0
    end = j
    while end < j + 3 and page.is_free(end) and page.tokens[end].word and not _is_cue(page.low(end)):
        end += 1
    return end if end > j and page.is_free(end) and _is_cue(page.low(end)) else 0


def _loosely(page: Page, first: int) -> int:
    """ "bedeng proyek samping kali RT 2": everyday words between the kind of house and the part that can be found again."""
    j = first
    while (
        j < first + 2
        and page.is_free(j)
        and page.tokens[j].word
        and not page.tokens[j].first
        and (page.low(j) in BUILT or page.low(j) in page.lexicon.plain)
    ):
        j += 1
    if page.low(first - 1) in STREETS and j > first:
        return j  # "lorong pabrik padi", once an address has begun
    if not page.is_free(j) or page.tokens[j].first:
        return 0
    if page.low(j) in BESIDE:
        side = _side_part(page, j)
        return side if side and (any(t.cap for t in page.tokens[j + 1 : side]) or _numbered(page, side)) else 0
    return _labels(page, j + 1) if j > first and _numbered(page, j) else 0


def _is_house_number(page: Page, j: int) -> bool:
    return page.low(j + 1) not in (
        "kali",
        "orang",
        "org",
        "bulan",
        "bln",
        "tahun",
        "thn",
        "hari",
        "hr",
        "jam",
        "jt",
        "juta",
        "rb",
        "ribu",
        "%",
        "minggu",
    )


def _labels(page: Page, first: int) -> int:
    """Numbers, letters and roman numbers after "no", "blok", "lt": "AA no 12", "3/5"."""
    j = first
    while j < len(page.tokens) and j - first < 3 and page.is_free(j):
        token = page.tokens[j]
        if (token.first or token.low in PARTS) and j > first:
            break
        label = (
            token.number
            or (token.word and token.text.isupper() and len(token.text) <= 3)
            or re.fullmatch(r"[A-Za-z]{1,2}\d{0,3}", token.text)
        )
        if (
            not label
            or (token.word and token.low in page.lexicon.stop and not token.text.isupper())
            or not _is_house_number(page, j)
        ):
            break
        j += 1
        if (
            page.low(j) in ("/", "-", ".")
            and j < len(page.tokens)
            and page.tokens[j].start == page.tokens[j - 1].end
            and page.is_free(j + 1)
            and page.tokens[j + 1].number
        ):
            j += 1
    return j


def _named(page: Page, first: int, cue: str, *, begun: bool) -> int:  # noqa: C901, PLR0911, PLR0912 - a line for each way in which a place is named
    """The name after a word for a place: capitals as far as they go, or without capitals up to a word of talk. Returns its end or 0."""
    lexicon, j = page.lexicon, first
    if not page.is_free(j) or page.tokens[j].first or page.tokens[j].sign:
        return 0
    if page.tokens[j].cap:
        while (
            page.is_free(j)
            and (
                page.tokens[j].cap
                or (
                    page.low(j) == "."
                    and j > first
                    and (page.low(j - 1) in TITLES or len(page.low(j - 1)) == 1)
                    and page.is_free(j + 1)
                    and page.tokens[j + 1].cap
                )
            )
            and not (j > first and page.tokens[j].first)
            and j - first < 6
            and (page.low(j) not in TITLES or cue in HONOURING or (j > first and page.low(j) in _NOBLE))
            and not ((j > first and _is_cue(page.low(j)) and page.low(j + 1) in (".", ":")) or _numbered(page, j))
        ):
            j += 1
        found = page.tokens[first:j]
        if (
            not found
            or (lexicon.ends_a_name(found[0].low) and len(found) == 1)
            or all(t.tag == "body" for t in found)
            or (_is_cue(found[0].low) and (len(found) < 2 or found[0].low in _LABELLED or found[0].low in STREETS))
        ):
            return 0
        if cue == "br" and found[0].low in lexicon.sure_names:
            return 0  # "boru", daughter of
        general = cue in GENERAL
        if general and not begun and all((t.tag or lexicon.is_word(t.low)) and t.low not in lexicon.firm for t in found):
            return 0
        return _with_sides(page, j)
    if page.tokens[j].number:
        return j + 1 if cue in NUMBERED and len(page.tokens[j].text) <= 6 and _is_house_number(page, j) else 0
    while page.is_free(j) and page.tokens[j].word and not page.tokens[j].cap and j - first < 3 and not page.tokens[j].first:
        low = page.low(j)
        if (
            low in VILLAGE_WORDS
            and j == first
            and page.is_free(j + 1)
            and page.tokens[j + 1].word
            and not page.tokens[j + 1].first
            and page.low(j + 1) not in lexicon.stop
        ):
            j += 2  # words of talk with which names of villages begin
            continue
        if (
            low in lexicon.stop
            or (cue not in VILLAGES and lexicon.ends_a_name(low))
            or lexicon.is_word(low)
            or (page.tokens[j].tag and j > first)
            or low in PARTS
            or low in VILLAGES
            or low in STREETS
            or low in HOUSES
        ):
            break
        j += 1
    if j == first:
        return 0
    known = page.tokens[first].tag == "city" and j == first + 1
    if known and cue not in ("jl", "jln", "gg", "gang", "perum", "desa", "ds", "dusun", "dsn"):
        return 0
    if cue in HOUSES and not page.quiet and cue not in ("perum", "ruko", "wisma", "apartemen", "villa"):
        return 0
    return _with_sides(page, j)


def _with_sides(page: Page, j: int) -> int:
    while page.is_free(j) and page.low(j) in SIDES and not page.tokens[j].first and page.low(j) != "lt":
        j += 1
    return j


def _side_part(page: Page, j: int) -> int:
    """ "belakang supermarket Al Zahra": what something lies beside, an everyday word, a name or both."""
    k = j + 1
    while (
        k < j + 3
        and page.is_free(k)
        and page.tokens[k].word
        and not page.tokens[k].cap
        and (page.low(k) in page.lexicon.plain or page.low(k) in BUILT)
    ):
        k += 1
    while page.is_free(k) and page.tokens[k].cap and not page.tokens[k].first and k - j < 6:
        k += 1
    return k if k > j + 1 else 0


def _beside(page: Page, i: int) -> None:
    if page.low(i) not in BESIDE or not page.is_free(i) or page.low(i) in ("atas", "bawah"):
        return
    end = _side_part(page, i)
    named = [t for t in page.tokens[i + 1 : end] if t.cap]
    if not named or all(t.tag for t in named) or named[0].low in TITLES or named[0].low in page.lexicon.sure_names:
        return
    page.mark(page.tokens[i].start, page.tokens[end - 1].end, Kind.PLACE, Why.BESIDE, 55)


def _trailing(page: Page, i: int) -> None:
    """A street whose word comes last: "88 Minsheng Rd", "Hoi Ping Street"."""
    token = page.tokens[i]
    if token.low not in AFTER or not token.cap or i == 0:
        return
    start = i
    while (
        start > 0
        and i - start < 4
        and page.is_free(start - 1)
        and not page.tokens[start].first
        and (page.tokens[start - 1].cap or page.tokens[start - 1].number)
    ):
        start -= 1
    names = [t for t in page.tokens[start:i] if t.cap and not page.lexicon.is_word(t.low)]
    if not names or not page.free(page.tokens[start].start, token.end):
        return
    end = i + 1
    while page.is_free(end) and page.tokens[end].number and len(page.tokens[end].text) < 6 and _is_house_number(page, end):
        end += 1
    page.mark(page.tokens[start].start, page.tokens[end - 1].end, Kind.ADDRESS, Why.STREET, 80)


def _where(page: Page, i: int) -> None:
    """ "di Sukamekar": an unknown word with a capital after a word that says where; more surely where home is spoken of."""
    if page.low(i) not in _HERE or i + 1 >= len(page.tokens) or not page.tokens[i + 1].cap or page.tokens[i + 1].first:
        return
    j = i + 1
    while page.is_free(j) and page.tokens[j].cap and not page.tokens[j].first and j - i < 5:
        j += 1
    found = page.tokens[i + 1 : j]
    lexicon = page.lexicon
    if not found or any(t.tag or t.text.isupper() or t.low in TITLES for t in found) or lexicon.is_word(found[0].low):
        return
    if any(t.low in lexicon.sure_names for t in found):
        return
    while (more := _part(page, j, begun=True)) and j - i < MOST_TOKENS:
        j = more
    firm = sum(1 for t in found if t.low in lexicon.firm)
    homely = page.low(i - 1) in _HOMELY or page.low(i) in ("asal", "asli", "warga")
    kind = Kind.WORKPLACE if firm and not homely else Kind.PLACE
    page.mark(found[0].start, page.tokens[j - 1].end, kind, Why.WHERE, 65 if homely or firm else 50)
