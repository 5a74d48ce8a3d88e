"""Numbers that belong to somebody: of a phone, an account, an identity card, a passport, a fund's or permit's card, a vehicle.

What a number is shows in its form (16 digits with a birth date; 08…; +852…) and in the word before it ("rek", "wa", "paspor"): the nearest one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from .marks import Kind, Why
from .tokens import Page
from .words import set_of

_LETTERED = re.compile(
    r"(?<![^\W_])(?=[OolI\d]{0,16}\d)[OolI\d]{3,17}(?![^\W_])"
)  # digits among which an O or l stands for a digit
_TWINS = re.compile(r"(?<=\d[ .-])OO\d\d|(?<!\w)[Oo]8\d\d")
_AS_DIGITS = str.maketrans("OolI", "0011")
# Dashes and spaces as phones write them (WhatsApp has U+2011 in each number), and what nobody sees: each as long as what stands for it.
_PLAIN = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u200b\u200c\u200d\u2060\ufeff"), "-"
) | dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_RUN = re.compile(
    r"(?<![\w.,/@])(?:\+ ?|\(\+?)?\d{1,20}(?:(?: ?[-.] ?|[ \t]{1,2}|\) ?-?| ?-?\(| ?/ ?(?=\d{3}))\d{1,20}){0,19}(?![\w@]|[.,]\d)"
)
_BROKEN = re.compile(r"(?<![\w.,])(?:\+? ?62[ -]?|0)8\d(?:[ .-]?\d){0,8}[ .-]?\n(?=[ \t]?\d{3})")
_WHOLE = 10  # digits: what has so many needs nothing of the next line
_CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NIK, re.compile(r"\b(?:nik|ktp|e-?ktp|no\.? ?kk|kk|nomor induk|induk kependudukan)(?:nya|ku|ny)?\b", re.I)),
    (Kind.PASSPORT, re.compile(r"\b(?:paspor|passport|pasport|paspr|pspr|spl?p)(?:nya|ku|ny)?\b", re.I)),
    (Kind.CARD, re.compile(r"\b(?:kpj|npwp|kis|jkn|no\.? ?bpjs|nomor bpjs|kartu bpjs|peserta|kartu|arc|iqama|iqomah|hkid|emirates id|work permit|permit|fin|sim|nip|id pmi|id card|badge|e-?pmi|sisko\w*)(?:nya|ku|ny)?\b", re.I)),
    (Kind.ACCOUNT, re.compile(r"\b(?:rek|rekening|reknya|norek|no\.? ?rek|bca|bri|brimo|bni|mandiri|bsi|btn|cimb|niaga|danamon|permata|bank|seabank|jago|jenius|bjb|bpd|muamalat|panin|maybank|hsbc|cathay|al ?rajhi|hang seng|boc|va|virtual account)(?:nya|ku|ny)?\b", re.I)),
    (Kind.PHONE, re.compile(r"\b(?:wa|whatsapp|whatsap|watsap|wasap|hp|hape|hpe|ponsel|telp|tlp|telpon|telepon|tlpn|tel|call|hub|hubungi|kontak|contact|sms|chat|nomer|nomor|no|nmr|nope|line|gopay|ovo|dana|shopeepay|linkaja|imo|bls|balas|kabari|wartosan|japri|phone|mobile|fax)(?:nya|ku|ny|q)?\b", re.I)),
)  # fmt: skip
_HOLDER = re.compile(r"\s{0,2}[,(]?\s?(?:a\.? ?n\b|an\.|atas nama|\(?(?:bca|bri|bni|mandiri|bsi|btn|cimb)\b)", re.I)
_MONEY_BEFORE = re.compile(
    r"(?:gaji|upah|sebesar|senilai|denda|potong\w*|umk|umr|ump|thr|rp\.?|harga|bayar\w*|iuran|utang|hutang|setor|biaya|total|cicilan|dapat|dpt)\s{0,2}(?:\w{1,8}\s){0,1}$",
    re.I,
)
_BEFORE = 42
_ABROAD = (
    "852",
    "853",
    "886",
    "60",
    "65",
    "966",
    "971",
    "965",
    "974",
    "973",
    "968",
    "962",
    "961",
    "82",
    "81",
    "673",
    "90",
    "49",
    "31",
    "44",
    "61",
)
_CARD = re.compile(r"(?<![\w])(?:[STFGMstfgm]\d{7}[A-Za-z]|[A-Za-z]\d{6} ?\(?[\dA]\)?)(?!\w)")
_PASSPORT = re.compile(r"(?<!\w)([A-Za-z]{1,2})[ -]?(\d{6,8}|\d{3} \d{3,4}|\d{4} \d{3})(?![\w/]|[.,]\d)")
_REGIONS = set_of(
    "A B D E F G H K L M N P R S T W Z AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DF DG DH DK DL DM DN DP DR DS DT DW EA EB ED KB KH KT KU PA PB PG PS PT"
)
_PLATE = re.compile(
    rf"(?<![\w.])({'|'.join(sorted(_REGIONS, key=len, reverse=True))})[ -]?(\d{{1,4}})[ -]?([A-Z]{{1,3}})(?![\w])"
)
_PLATE_SMALL = re.compile(r"(?<![\w.])([a-z]{1,2})[ -]?(\d{2,4})[ -]?([a-z]{1,3})(?![\w])", re.I)
_PLATE_HALF = re.compile(r"(?<![\w.])([a-z]{1,2})[ -]?(\d{1,4})(?![\w]|[.,]\d)", re.I)
# Of other countries: letters and digits in two or three groups, either first, or a Korean sign between them
_PLATE_ABROAD = re.compile(
    r"(?<![\w.])(?:[A-Z]{1,3}[ -]?\d{1,6}(?:[ -]?(?:[A-Z]{1,2}|\d{3,5}))?|\d{1,5}[ -]?[A-Z]{1,3}(?:[ -]?\d{1,4})?|\d{2,3}[가-힣] ?\d{4})(?![\w]|[.,]\d)"
)
_VEHICLE = re.compile(
    r"\b(?:plat|pelat|nopol|no ?pol|nomor polisi|no polisi|platnya|pelatnya|bernopol|number plate|plate|plate number|license|no\.? pendaftaran|no kereta|nomor kendaraan)\b",
    re.I,
)
_WHEELS = re.compile(
    r"\b(?:motor|mobil|truk|truck|pickup|pick up|angkot|bis|bus|travel|avanza|innova|xenia|pajero|fortuner|brio|vario|beat|hiace|elf|engkel|fuso|taksi|lori|van|kereta|taxi|ambulans|ambulan|tronton|trailer|tangki|tangkinya|mobilnya|motornya|pikap|colt|l300|scoopy|nmax|supra|jupiter|ertiga|sigra|calya|bentor|becak)\b",
    re.I,
)
_NO_SUFFIX = set_of("RT RW RP GT PT CV UD NT HK KG KM RB JT TH")
_NO_PLATE = "RT|RW|RP|CC|KM|KG|JT|RB|HP|WA|GT|DWT|NT|RM|HK|NO|TH|HARI"
_DIGIT_WORD = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine)"
_SPELLED = re.compile(
    rf"\b{_DIGIT_WORD}(?:[ ,-]{{1,2}}{_DIGIT_WORD}){{6,19}}\b|\b{_DIGIT_WORD}(?:[ ,-]{{1,2}}{_DIGIT_WORD}){{2,5}}[ ,-]{{1,2}}\d{{3,5}}(?:[ -]?\d{{3,5}}){{0,2}}(?!\d)",
    re.I,
)


def _joined(match: re.Match[str]) -> str:
    """The beginning of a number with the line's end that broke it as a space, as long as it was."""
    return match[0].replace("\n", " ") if sum(sign.isdigit() for sign in match[0]) < _WHOLE else match[0]


def find_numbers(page: Page) -> None:
    plain = _BROKEN.sub(_joined, page.text.translate(_PLAIN))
    for match in _SPELLED.finditer(plain):
        _take(page, match.start(), match.end(), Kind.PHONE, why=Why.SPELLED, sure=80)
    _find_papers(page)
    text = _TWINS.sub(lambda m: m[0].translate(_AS_DIGITS), _LETTERED.sub(lambda m: m[0].translate(_AS_DIGITS), plain))
    for match in _RUN.finditer(text):
        for start, end in _parts(page, text, match.start(), match.end()):
            _judge(page, text, start, end)


def _find_papers(page: Page) -> None:
    for match in _PASSPORT.finditer(page.text):
        before = page.text[max(0, match.start() - _BEFORE) : match.start()]
        cue = _cue(before)
        letters, digits = match[1], match[2].replace(" ", "")
        if (
            cue is Kind.PASSPORT
            or (letters.isupper() and len(digits) == 7 and cue is None)
            or (letters.isupper() and len(letters) == 2 and len(digits) in (6, 7) and cue is None)
        ):
            _take(page, match.start(), match.end(), Kind.PASSPORT, why=Why.SAID if cue else Why.FORM, sure=95 if cue else 75)
        elif cue in (Kind.CARD, Kind.NIK):
            _take(page, match.start(), match.end(), Kind.CARD, why=Why.SAID, sure=85)
    for match in _CARD.finditer(page.text):
        if match[0][-1].isalpha() or _cue(page.text[max(0, match.start() - _BEFORE) : match.start()]) in (
            Kind.CARD,
            Kind.NIK,
        ):
            _take(page, match.start(), match.end(), Kind.CARD, why=Why.SAID, sure=85)


def find_plates(page: Page) -> None:
    for match in _PLATE.finditer(page.text):
        if match[3] not in _NO_SUFFIX and not (
            len(match[2]) == 1 and (len(match[3]) == 1 or not re.search(r"[ -]", match[0]))
        ):
            _take(page, match.start(), match.end(), Kind.PLATE, why=Why.FORM, sure=85)
    for match in _PLATE_SMALL.finditer(page.text):
        before = page.text[max(0, match.start() - 30) : match.start()]
        known = match[1].upper() in _REGIONS and match[3].upper() not in _NO_SUFFIX
        if known and (_VEHICLE.search(before) or (_WHEELS.search(before) and match[3].lower() not in page.lexicon.stop)):
            _take(page, match.start(), match.end(), Kind.PLATE, why=Why.SAID, sure=85)
    for match in _PLATE_HALF.finditer(page.text):
        if match[1].upper() in _REGIONS and _VEHICLE.search(_said_before(page, match.start(), 24)):
            _take(page, match.start(), match.end(), Kind.PLATE, why=Why.SAID, sure=75)
    for match in _PLATE_ABROAD.finditer(page.text):
        said = len(re.findall(r"\d", match[0])) >= 2 and _VEHICLE.search(_said_before(page, match.start(), 24))
        close = re.search(r"\d{3}", match[0]) and _WHEELS.search(_said_before(page, match.start(), 30))
        if said or (close and not re.search(rf"(?<![A-Z])(?:{_NO_PLATE})(?![A-Z])", match[0])):
            _take(page, match.start(), match.end(), Kind.PLATE, why=Why.SAID, sure=80)


def _said_before(page: Page, at: int, most: int) -> str:
    """What stands before in the same sentence."""
    return re.split(r"[.?!;,]\s|\n", page.text[max(0, at - most) : at])[-1]


def _parts(page: Page, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of groups, cut at what is taken already and where a new phone number begins."""
    groups = [(start + m.start(), start + m.end()) for m in re.finditer(r"(?:\+ ?)?\(?\+?\d+", text[start:end])]
    open_: list[tuple[int, int]] = []
    held = 0
    for begin, finish in groups:
        digits = sum(1 for sign in text[begin:finish] if sign.isdigit())
        anew = held >= 9 and re.match(r"\+|\(?0[28]|62\d", text[begin:finish]) is not None
        if open_ and (anew or held + digits > 20 or not page.free(begin, finish)):
            yield open_[0][0], open_[-1][1]
            open_, held = [], 0
        if page.free(begin, finish):
            open_.append((begin, finish))
            held += digits
    if open_:
        yield open_[0][0], open_[-1][1]


def _cue(before: str) -> Kind | None:
    """The kind that the nearest word before it tells; a word for a certain number goes before a general one ("no ktp", "wa no")."""
    best: tuple[int, Kind] | None = None
    for kind, pattern in _CUES:
        for match in pattern.finditer(before):
            general = match[0].lower() in ("no", "nomor", "nomer", "nmr", "nya")
            at = match.end() - (12 if general else 0)
            if best is None or at > best[0]:
                best = (at, kind)
    return best[1] if best else None


def is_nik(digits: str) -> bool:
    """Sixteen digits with a day of birth (women's is 40 higher) and a province."""
    return (
        len(digits) == 16
        and digits[0] in "123456789"
        and 1 <= int(digits[6:8]) % 40 <= 31
        and int(digits[6:8]) <= 71
        and 1 <= int(digits[8:10]) <= 12
    )


def _judge(page: Page, text: str, start: int, end: int) -> None:
    raw = text[start:end]
    digits = "".join(sign for sign in raw if sign.isdigit())
    if len(digits) < 6:
        return
    before = re.split(r"[.?!]\s|\n", text[max(0, start - _BEFORE) : start])[-1]
    kind = _kind_of(raw, digits, _cue(before), text[end : end + 14])
    if kind is None or (kind[0] is Kind.PHONE and len(digits) < 9 and _MONEY_BEFORE.search(before)):
        return
    if kind[1] is Why.LONG_NUMBER and (_MONEY_BEFORE.search(before) or digits.endswith("000")):
        return
    _take(page, start, end, kind[0], why=kind[1], sure=kind[2])


def _kind_of(raw: str, digits: str, cue: Kind | None, after: str) -> tuple[Kind, Why, int] | None:  # noqa: PLR0911 - a line for each form, the surest first
    n = len(digits)
    mobile = re.match(r"(?:62|0062)?0?8[1-9]", digits) is not None and 9 <= n <= 15 and (digits[0] != "8" or n >= 10)
    if cue in (Kind.NIK, Kind.CARD, Kind.PASSPORT) and n >= 8 and not (mobile and n <= 13):
        return (Kind.NIK if is_nik(digits) else cue), Why.SAID, 90
    if mobile and cue is not Kind.ACCOUNT:
        return Kind.PHONE, Why.FORM, 97
    if cue is Kind.ACCOUNT and n >= 7 and not raw.startswith("+"):
        return Kind.ACCOUNT, Why.SAID, 92
    if _HOLDER.match(after) and n >= 8:
        return Kind.ACCOUNT, Why.SAID, 85
    if is_nik(digits):
        return Kind.NIK, Why.FORM, 92
    if n <= 15 and _is_phone(raw, digits):
        return Kind.PHONE, Why.FORM, 90
    if cue is Kind.PHONE and 7 <= n <= 15:
        return Kind.PHONE, Why.SAID, 80
    if n >= 10:
        return Kind.ACCOUNT, Why.LONG_NUMBER, 55
    if n >= 8 and re.fullmatch(r"\d{4}[- ]\d{4}", raw.strip()):
        return Kind.PHONE, Why.LONG_NUMBER, 50
    return None


def _is_phone(raw: str, digits: str) -> bool:
    if raw.lstrip("( ").startswith("+"):
        try:
            return phonenumbers.is_possible_number(phonenumbers.parse("+" + digits)) or len(digits) >= 9
        except phonenumbers.NumberParseException:
            return len(digits) >= 9
    if digits.startswith("00"):
        return len(digits) >= 10
    if digits.startswith("0"):
        return 9 <= len(digits) <= 13
    return len(digits) >= 10 and digits.startswith(_ABROAD) and re.match(r"\d{2,3}[ -]", raw) is not None


def _take(page: Page, start: int, end: int, kind: Kind, *, why: Why, sure: int) -> None:
    if page.free(start, end):
        page.mark(start, end, kind, why, sure)
