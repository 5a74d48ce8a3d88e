"""Workplaces: firms by the sign before or after their name, ships, and the parts of a plant that have a number."""

from __future__ import annotations

import re

from .firmwords import (
    ACCOUNTS,
    ADDRESS_GOES_ON,
    ADDRESSING,
    BESIDE,
    BRANCHES,
    COUNTED,
    DEALT_IN,
    ENDINGS,
    FAR,
    FORMS,
    HALF,
    IN_ADDRESSES,
    ITS_BRANCH,
    LAND,
    MOST_SMALL,
    MOST_WORDS,
    NAMED,
    PAIRS,
    ROMAN,
    SECTIONS,
    SHIPS,
    SHORTS,
    SIGNS,
    TIMES,
    TOLD,
    TRADES,
    WEAK_ENDINGS,
    WEAK_SIGNS,
    WORKS_DONE,
)
from .marks import Kind, Why
from .placewords import HOUSES
from .titles import TITLES
from .tokens import Page, Token


def find_firms(page: Page) -> None:
    tokens = page.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.word and page.is_free(i):
            i = max(i + 1, _firm_at(page, i) or _ending_at(page, i) or _section_at(page, i))
        else:
            i += 1


def _firm_at(page: Page, i: int) -> int:  # noqa: C901, PLR0911, PLR0912 - a line for each way in which a trade is no firm
    """A name that begins at a sign or a trade; returns where to go on, 0 when there is none."""
    token = page.tokens[i]
    if token.tag == "body" and i and page.tokens[i - 1].tag == "body":
        return 0
    sign = token.low in SIGNS and (token.low not in WEAK_SIGNS or token.text.isupper() or page.quiet)
    if token.low in WEAK_SIGNS and page.low(i + 1) in TITLES:
        return 0
    if (
        not sign
        and (token.low if token.low == "kantornya" else token.low.removesuffix("nya")) not in TRADES
        and page.low(i + 1) not in PAIRS.get(token.low, ())
    ):
        return 0
    if not sign and token.low in SHORTS and not (token.text.isupper() or page.quiet or not token.cap):
        return 0
    if token.low == "km" and i and page.tokens[i - 1].number:
        return 0
    first = i + 1
    if page.low(first) == "." and page.tokens[first].start == token.end:
        first += 1
    start = i
    if not sign and page.low(i - 1) in BESIDE:
        return 0  # an address goes on
    if token.low == "bank" and page.low(i - 1) in ACCOUNTS:
        return 0  # where the money lies, not where somebody works
    if token.low in ("hotel", "restoran") and page.low(first) == "bintang" and page.low(first + 1) not in page.lexicon.firm:
        return 0  # how many stars it has
    if not sign and page.low(i) in PAIRS and page.low(first) in PAIRS[page.low(i)]:
        first += 1
    if not sign:
        while first < i + 4 and first < len(page.tokens) and _is_trade_word(page, first):
            start, first = first, first + 1
        if page.low(first) in SIGNS and page.tokens[first].text.isupper():
            return first  # "kapal pukat KM …": the sign itself comes next
        if token.cap and start > i and page.tokens[i + 1].cap:
            start = i
    if not sign and not token.cap and (page.low(i - 1) == "kepala" or page.low(first) in TITLES):
        return 0
    end = _name_end(page, first, ship=token.low in SHIPS, sign=sign or (token.cap and not token.first))
    if end == first:
        return 0
    if (
        not sign
        and end == first + 1
        and page.low(i - 1) in page.lexicon.roles
        and page.low(first) in page.lexicon.sure_names
    ):
        return 0  # "kepala gudang …": somebody's name
    begin = _with_section_before(page, start)
    if page.low(end) in (("afdeling", "afd") if sign else ITS_BRANCH) and page.is_free(end):
        end = _branch_end(page, end) or (end + 2 if not sign and _is_label(page, end + 1) else end)
    page.mark(
        page.tokens[begin].start,
        page.tokens[end - 1].end,
        Kind.WORKPLACE,
        Why.FIRM_SIGN if sign else Why.TRADE,
        92 if sign else 75,
    )
    return end


def _is_trade_word(page: Page, i: int) -> bool:
    """What the trade deals in, between its word and the name: "peternakan ayam Mitra …"."""
    token, lexicon = page.tokens[i], page.lexicon
    if not token.word or token.cap or token.first:
        return False
    if token.low in DEALT_IN or token.tag == "city":
        return True
    if token.low in lexicon.stop:
        return False
    unknown = not (lexicon.is_word(token.low) or token.low in lexicon.names or token.low in TITLES)
    followed = i + 1 < len(page.tokens) and page.tokens[i + 1].cap and not page.tokens[i + 1].first
    return token.low in lexicon.plain or token.low in TRADES or (unknown and followed)


def _name_end(page: Page, first: int, *, ship: bool, sign: bool) -> int:
    if first >= len(page.tokens) or not page.is_free(first) or page.tokens[first].first or page.tokens[first].sign:
        return first
    if page.tokens[first].number and len(page.tokens[first].text) <= 3 and _named_after_number(page, first + 1):
        return _capital_end(page, first + 1, ship=ship, sign=True)
    if page.tokens[first].cap:
        return _capital_end(page, first, ship=ship, sign=sign)
    return _small_end(page, first, ship=ship, sign=sign)


def _named_after_number(page: Page, j: int) -> bool:
    """ "SDN 3 Karangsono": the number stands before the name."""
    return (
        page.is_free(j)
        and page.tokens[j].cap
        and not page.tokens[j].first
        and page.low(j) not in TITLES
        and page.low(j) not in page.lexicon.stop
    )


def _capital_end(page: Page, first: int, *, ship: bool, sign: bool) -> int:
    j = first
    while j < len(page.tokens) and j - first < MOST_WORDS and page.is_free(j):
        token = page.tokens[j]
        if (j > first and token.first) or token.low in ADDRESSING:
            break
        if (
            token.cap
            or (ship and token.number)
            or (token.low == "tbk")
            or (token.number and j > first and len(token.text) <= 3 and _number_belongs(page, j))
        ) or (token.low in ("&", "'", "-") and j + 1 < len(page.tokens) and page.tokens[j + 1].cap):
            j += 1
        else:
            break
    j = _leave_city(page, first, j)
    if not sign and all(t.text.isupper() and len(t.text) < 5 for t in page.tokens[first:j]):
        return first  # a short form: "proyek MRT"
    if (
        not sign
        and all(t.tag or page.lexicon.is_word(t.low) for t in page.tokens[first:j])
        and not any(t.low in page.lexicon.firm for t in page.tokens[first:j])
    ):
        return first
    if all(t.low in page.lexicon.stop for t in page.tokens[first:j]):
        return first
    return j


def _number_belongs(page: Page, j: int) -> bool:
    return page.tokens[j - 1].cap and page.low(j + 1) not in COUNTED and page.low(j - 1) not in SECTIONS


def _leave_city(page: Page, first: int, end: int) -> int:
    """A town after the name of a firm is left outside when two words or more stand before it."""
    while end - first > 2 and page.tokens[end - 1].tag == "city" and page.tokens[end - 1].low not in page.lexicon.firm:
        end -= 1
    return end


def _small_end(page: Page, first: int, *, ship: bool, sign: bool) -> int:
    """Without capitals: up to a word of talk, a town, a number; something of it must not be an everyday word."""
    lexicon, j, told = page.lexicon, first, False
    while j < len(page.tokens) and j - first < MOST_SMALL and page.is_free(j):
        token = page.tokens[j]
        if not token.word or token.cap or (j > first and token.first):
            break
        if (
            lexicon.ends_a_name(token.low)
            or (token.tag == "city" and j > first)
            or (token.low in (*SECTIONS, *BRANCHES, *ADDRESSING) and j > first)
            or (j > first and token.low in lexicon.roles)
        ):
            break
        unknown = not lexicon.is_word(token.low) and not token.tag
        if not sign and not unknown and token.low not in lexicon.firm:
            break
        told = told or unknown or (token.low in lexicon.firm and token.low not in lexicon.plain)
        j += 1
    if ship and told and j < len(page.tokens) and page.tokens[j].number and page.low(j + 1) not in COUNTED:
        j += 1
    if not sign and told and not page.quiet and not any(t.low in lexicon.firm for t in page.tokens[first:j]):
        return first  # a text with capitals would have written it with one
    return j if told else first


def _ending_at(page: Page, i: int) -> int:
    """A name that ends with its sign: "… Agency", "… Sdn Bhd"."""
    token = page.tokens[i]
    if token.low not in ENDINGS or not (token.cap or token.low in ("agency", "tadbeer", "bhd", "manpower", "ktv")):
        return 0
    start = i
    while start > 0 and i - start < MOST_WORDS - 1 and page.is_free(start - 1) and not page.tokens[start].first:
        before = page.tokens[start - 1]
        if not (before.cap or (before.low in ("&", "sdn", "co", ".") and start - 1 > 0)):
            break
        start -= 1
    while start < i and (
        page.tokens[start].sign or (page.tokens[start].low in page.lexicon.stop and page.tokens[start].first)
    ):
        start += 1
    names = [t for t in page.tokens[start:i] if t.word and t.low not in ("sdn", "co")]
    if not names or (token.low in WEAK_ENDINGS and all(page.lexicon.is_word(t.low) for t in names)):
        return 0
    end = i + 1
    while (
        end < len(page.tokens)
        and page.tokens[end].cap
        and not page.tokens[end].first
        and (page.tokens[end].low in (*ENDINGS, "sdn", "hr", "service") or page.tokens[end].low in page.lexicon.english)
    ):
        end += 1
    while (form := end + sum(1 for k in (end, end + 1) if page.low(k) in (".", ","))) and page.low(form) in FORMS:
        end = form + 1  # "Co., Ltd."
    begin = _with_section_before(page, start)
    page.mark(page.tokens[begin].start, page.tokens[end - 1].end, Kind.WORKPLACE, Why.FIRM_SIGN, 85)
    return end


def _section_at(page: Page, i: int) -> int:
    """ "plant 2", "line B", "furnace 7 regu C", "cabang Tambak Lor", "site Kelubir pit 4": a part of a plant, with what it is made of in turn."""
    low = page.low(i)
    end = (low in BRANCHES and _branch_end(page, i)) or (_labelled(page, i) and i + 2) or _two_words(page, i) or 0
    if not end or (low in IN_ADDRESSES and (page.low(end) in ADDRESS_GOES_ON or page.low(end) in HOUSES)):
        return 0
    while more := _goes_on(page, end, half=low in HALF and end == i + 2, land=low in LAND):
        end = more
    if low in HALF and end == i + 2:
        return 0  # a shift or a floor alone is half the plant
    if _firm_follows(page, end):
        return 0  # taken with the firm
    page.mark(page.tokens[i].start, page.tokens[end - 1].end, Kind.WORKPLACE, Why.SECTION, 70)
    return end


def _labelled(page: Page, i: int) -> bool:
    """A word for a section with its number or letter; a word that is none, if such a pair follows it."""
    if not page.is_free(i) or not _is_label(page, i + 1):
        return False
    if page.low(i) in SECTIONS or page.low(i) in HALF:
        return True
    token = page.tokens[i]
    return (
        token.word
        and not token.cap
        and len(token.low) > 3
        and token.low not in page.lexicon.stop
        and token.low not in TOLD
        and page.low(i + 2) in SECTIONS
        and _is_label(page, i + 3)
    )


def _two_words(page: Page, i: int) -> int:
    """ "bag assembling cell 18", "ruang ICU shift malam": a section by name, if one by number or time follows it."""
    if page.low(i) not in NAMED or not page.is_free(i + 1) or not page.tokens[i + 1].word or page.tokens[i + 1].first:
        return 0
    if page.low(i + 1) in page.lexicon.stop:
        return 0
    if worked := _worked_at(page, i + 1):
        return worked
    after = page.low(i + 2)
    further = (after in SECTIONS or after in HALF) and (
        _is_label(page, i + 3) or (after in HALF and page.low(i + 3) in TIMES)
    )
    if further and page.is_free(i + 2):
        return i + 2
    end = i + 2
    while (
        end < i + 3
        and page.is_free(end)
        and page.tokens[end].word
        and (page.low(end) in page.lexicon.english or not page.lexicon.is_word(page.low(end)))
        and not page.tokens[end].cap
    ):
        end += 1
    plain = all(not page.tokens[k].cap and page.low(k) not in page.lexicon.names for k in range(i + 1, end))
    return end + 1 if plain and end < len(page.tokens) and page.tokens[end].number and _is_label(page, end) else 0


def _worked_at(page: Page, j: int) -> int:
    """ "bag potong kepala meja 6": what is worked on, in small words, and at which table or line."""
    end = j
    while (
        end < j + MOST_SMALL - 1
        and page.is_free(end)
        and page.tokens[end].word
        and not page.tokens[end].cap
        and page.low(end) not in page.lexicon.stop
        and page.low(end) not in SECTIONS
    ):
        end += 1
    return end + 2 if end > j and page.low(end) in SECTIONS and page.is_free(end) and _is_label(page, end + 1) else 0


def _goes_on(page: Page, j: int, *, half: bool, land: bool) -> int:  # noqa: C901, PLR0911 - a line for each way to go on
    """What follows a section at once: a further one, one with a name, or the name of the place it lies in. Its end, or 0."""
    if not page.is_free(j) or page.tokens[j].first:
        return 0
    if (page.low(j) in SECTIONS or page.low(j) in HALF or page.low(j) == "km") and _is_label(page, j + 1):
        return j + 2
    if page.low(j) in HALF and page.low(j + 1) in TIMES:
        return j + 2
    if (
        page.low(j) in SECTIONS
        and not page.tokens[j].cap
        and page.is_free(j + 1)
        and (page.low(j + 1) in WORKS_DONE or page.low(j + 1).endswith(("ing", "asi")))
    ):
        return j + 2  # "Shift 3 workshop fabrikasi"
    if (
        not half
        and (page.low(j) in WORKS_DONE or page.low(j).endswith("ing"))
        and not page.tokens[j].cap
        and len(page.low(j)) > 5
        and page.low(j) not in page.lexicon.stop
    ):
        return j + 1  # "Grup C mixing"
    named = j + 1 if page.low(j) in (*SECTIONS, *BRANCHES) and not page.tokens[j].cap else j
    end = named
    while page.is_free(end) and page.tokens[end].cap and not page.tokens[end].first and end - named < 3:
        if page.tokens[end].low in (*TITLES, *SIGNS, *SECTIONS, *page.lexicon.roles):
            break
        end += 1
    row = page.tokens[named:end]
    lexicon = page.lexicon
    if not row or any(t.low in lexicon.sure_names or t.tag == "body" or t.text.isupper() for t in row):
        return 0
    plain = all(t.tag or lexicon.is_word(t.low) for t in row) and not (land and len(row) > 1)
    if named == j and (half or plain or row[0].low in lexicon.names):
        return 0
    return end if not all(t.low in lexicon.stop for t in row) else 0


def _is_label(page: Page, j: int) -> bool:
    if not page.is_free(j) or page.tokens[j].first:
        return False
    token: Token = page.tokens[j]
    if page.low(j + 1) in COUNTED and not (
        page.low(j + 1) == "shift" and j + 2 < len(page.tokens) and page.tokens[j + 2].number
    ):
        return False
    if token.number:
        return len(token.text) <= 3 and token.text[0] != "0"
    return bool(token.text.isupper() and (len(token.text) == 1 or ROMAN.match(token.text))) or bool(
        re.fullmatch(r"[A-Za-z]\d{1,2}", token.text)
    )


def _branch_end(page: Page, i: int) -> int:
    """The place after "cabang": an unknown word with a capital, not a town alone; one word only where nobody's name would follow."""
    first = i + 1 + (page.low(i + 1) == "." and page.tokens[i + 1].start == page.tokens[i].end)
    j = first
    while j < len(page.tokens) and j - first <= 2 and page.is_free(j) and page.tokens[j].cap and not page.tokens[j].first:
        j += 1
    found = page.tokens[first:j]
    if len(found) == 1 and page.low(i - 1) in page.lexicon.roles:
        return 0  # "kepala depo …": somebody's name
    if found and page.low(i) in ("afd", "afdeling"):
        return j
    if not found or all(t.tag == "city" or t.text.isupper() for t in found) or page.lexicon.is_word(found[0].low):
        return 0
    if page.tokens[i].low not in FAR and (found[0].low in page.lexicon.names or len(found) < 2):
        return 0
    return 0 if found[0].tag == "body" or found[0].low in page.lexicon.sure_names or found[0].low in TITLES else j


def _firm_follows(page: Page, j: int) -> bool:
    return (
        page.low(j) in SIGNS
        and (page.tokens[j].text.isupper() or page.quiet)
        and j + 1 < len(page.tokens)
        and page.tokens[j + 1].word
    )


def _with_section_before(page: Page, start: int) -> int:
    """ "gudang 3 PT …": the part of the plant belongs to the firm that follows at once."""
    if (
        start >= 2
        and page.low(start - 2) in SECTIONS
        and page.is_free(start - 2)
        and not page.tokens[start].first
        and _is_label(page, start - 1)
    ):
        return start - 2
    return start
