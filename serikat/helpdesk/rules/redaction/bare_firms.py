"""Names of firms that carry no sign: a row of words with capitals that a word for work announces, or that is made of words no person is called by."""

from __future__ import annotations

import re

from .firmwords import BRANCHES, ENDINGS, MOST_WORDS
from .marks import Kind, Why
from .placewords import STREETS, VILLAGES
from .titles import TITLES
from .tokens import Page, Token
from .words import set_of

# Words right before the name of a firm that is no person: "via vendor …", "pabrik lama …"
_ANNOUNCES = set_of(
    """
    vendor kontraktor subkon subkontraktor outsourcing outsorcing perusahaan perusahaannya pt kantor kantornya pabrik pabriknya toko
    tokonya agensi agensinya agency agency-nya yayasan kilang syarikat company kompeni firma maskapai aplikasi apk penyalur
    penyalurnya hotel resto restoran cafe kafe salon klinik sekolah kapal kapalnya mall mal gerai outlet brand merek vendornya
    proyek proyeknya distributor penerbit stasiun ekspedisi hub bengkel gudang spa karaoke kampus universitas counter konter stand booth kedai warung lapak gerobak sppg dapur studio klub
    """
)
_BETWEEN = set_of(
    "lama baru saya sy aku gw gue kami saya nya namanya nama bernama dulu sekarang skrg ini itu milik punya pusat online baju hp"
)
_WORKS = set_of("kerja bekerja krja krj kerjo keje karajo magang ngajar mengajar dines tugas ditempatkan bertugas")
# Those who work under a firm's name: with a word in the row that nobody is called by, it is the firm's
_UNDER = set_of(
    """
    rider kurir driver kasir crew kru ex eks karyawan karyawati pegawai buruh staf staff satpam security guru sopir supir mitra
    agent spg spb pramuniaga kapster terapis barista waiter waitress admin operator helper
    """
)
_POINTING = ("di", "d", "at", "for", ":", "(", '"')
_CAMEL = re.compile(r"[a-z]{2}[A-Z]|^[A-Z]{2,}[a-z]{3}")


def find_bare_firms(page: Page) -> None:
    """After signs, trades and places have taken theirs."""
    i = 0
    while i < len(page.tokens):
        if not (page.tokens[i].cap and page.is_free(i)):
            i += 1
            continue
        end = _row_end(page, i)
        _judge(page, i, end)
        i = end


def _row_end(page: Page, i: int) -> int:
    end = i + 1
    while page.is_free(end) and end - i < MOST_WORDS and not page.tokens[end].first:
        joins = page.low(end) in ("&", "-") and page.is_free(end + 1) and page.tokens[end + 1].cap
        if (
            not (page.tokens[end].cap or joins)
            or page.low(end) in TITLES
            or page.low(end) in VILLAGES
            or page.low(end) in STREETS
        ):
            break
        end += 1
    return end


def _judge(page: Page, start: int, end: int) -> None:
    lexicon = page.lexicon
    if (
        page.low(start) == "the"
        and not page.tokens[start].first
        and end - start > 1
        and start + 1 < end
        and not all(t.tag or t.text.isupper() for t in page.tokens[start + 1 : end])
    ):
        page.mark(page.tokens[start].start, page.tokens[end - 1].end, Kind.WORKPLACE, Why.TRADE, 65)
        return
    if page.tokens[start].first:
        if lexicon.is_word(page.low(start)) or page.low(start) in TITLES:
            start += 1
        elif end - start < 2:
            return
    row = [t for t in page.tokens[start:end] if t.word]
    if (
        not row
        or page.tokens[start].low in TITLES
        or page.tokens[start].low in lexicon.roles
        or any(t.tag == "body" for t in row)
    ):
        return
    sure = _surely(page, start, row)
    if not sure:
        return
    finish = page.tokens[end - 1].end
    if page.low(end) in BRANCHES:
        finish = _with_branch(page, page.tokens[end].start) or finish
    page.mark(page.tokens[start].start, finish, Kind.WORKPLACE, Why.TRADE, sure)


def _surely(page: Page, start: int, row: list[Token]) -> int:  # noqa: PLR0911 - one sign after the other
    """How surely the row names a firm, 0 when nothing says so."""
    lexicon = page.lexicon
    names = sum(1 for t in row if t.low in lexicon.names and t.low not in lexicon.firm)
    called = sum(1 for t in row if t.low in lexicon.sure_names)
    strange = sum(1 for t in row if _strange(page, t))
    unknown = sum(1 for t in row if not (t.tag or lexicon.is_word(t.low) or t.low in lexicon.firm))
    if all(t.tag or t.text.isupper() for t in row):
        return 0
    if _works_at(page, start) and (unknown or len(row) > 1):
        return 60
    if not called and any(_CAMEL.search(t.text) for t in row):
        return 65
    before = _before(page, start)
    if before in _ANNOUNCES and not called and (unknown or (strange and len(row) > 1)):
        return 65
    if called == len(row) or len(row) < 2:
        return 0
    if page.low(start - 1) == "di" and not called and (strange or _firmly(page, row)):
        return 60
    ware = page.low(start - 1) in lexicon.plain and page.low(start - 1) not in lexicon.roles
    if before in _UNDER and ware and all(t.low in lexicon.firm for t in row):
        return 55  # "sopir bus Sinar Jaya Mulya"
    if (before in _UNDER or before in _WORKS) and (strange or (not names and len(row) > 2)):
        return 60
    if _opens_with_ware(page, row):
        return 60
    foreign = any(t.low in lexicon.english or t.low in ENDINGS for t in row)
    return 55 if foreign and not names and (unknown or _firmly(page, row)) else 0


def _opens_with_ware(page: Page, row: list[Token]) -> bool:
    """ "Batik Sekar Kedaton": an everyday word, with names after it."""
    lexicon = page.lexicon
    return (
        row[0].low in lexicon.wares
        and not row[0].tag
        and not row[0].text.isupper()
        and not all(t.tag or t.text.isupper() or (lexicon.is_word(t.low) and t.low not in lexicon.firm) for t in row[1:])
    )


def _works_at(page: Page, start: int) -> bool:
    """ "kerja di …", "operator jahit di …": nobody works in a person."""
    if page.low(start - 1) not in ("di", "d", "at"):
        return False
    roles = page.lexicon.roles
    return any(
        page.low(k) in _WORKS or page.low(k) in roles
        for k in range(max(0, start - 4), start - 1)
        if not any(page.tokens[x].sign for x in range(k, start - 1))
    )


def _strange(page: Page, token: Token) -> bool:
    """A word by which nobody is called: everyday, English or an ending of firms."""
    low, lexicon = token.low, page.lexicon
    return low not in lexicon.names and not token.tag and (low in lexicon.english or low in lexicon.wares or low in ENDINGS)


def _firmly(page: Page, row: list[Token]) -> bool:
    return len(row) > 1 and any(t.low in page.lexicon.firm for t in row[1:])


def _before(page: Page, i: int) -> str:
    """The word that announces the row, over a few that may stand between."""
    for k in range(i - 1, max(-1, i - 4), -1):
        low = page.low(k)
        if page.tokens[k].sign and low not in (":", "(", '"'):
            return ""
        if low in _ANNOUNCES or low in _UNDER or low in _WORKS:
            return low
        if low not in _BETWEEN and low not in _POINTING and not (page.tokens[k].word and _is_ware(page, k)):
            return ""
        if page.tokens[k].first:
            return ""
    return ""


def _is_ware(page: Page, k: int) -> bool:
    """A word for a thing or trade between the job and the firm: "staf gudang ecommerce …"."""
    token = page.tokens[k]
    return (
        not token.cap
        and (token.low in page.lexicon.plain or not page.lexicon.is_word(token.low))
        and token.low not in page.lexicon.names
    )


def _with_branch(page: Page, at: int) -> int:
    """ "… Ekspres hub Cikole": the branch that was marked right after belongs to the firm."""
    for mark in page.marks:
        if mark.start == at and mark.why is Why.SECTION:
            page.marks.remove(mark)
            page.taken[mark.start : mark.end] = b"\0" * (mark.end - mark.start)
            return mark.end
    return 0
