"""What honest adverts do not say. Each finding names a sign and the words in which it stands; what it means is decided by a person, never here.

The text is read part by part (between stops and commas). A part that denies ("tidak dipungut biaya", "gratis") is no sign, and a denial about money
holds for the parts that follow it in the same sentence as long as none of them names an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """A sign. Its sentence stands in `models.Point`."""

    MONEY = "money"
    PAPERS = "papers"
    PROMISE = "promise"
    UNEQUAL = "unequal"
    NO_WAGE = "no_wage"
    ODD_WAGE = "odd_wage"
    PRIVATE_CONTACT = "private_contact"
    HIDDEN_LINK = "hidden_link"
    NO_LICENCE = "no_licence"
    NO_WORK_VISA = "no_work_visa"
    UNKNOWN_FIRM = "unknown_firm"
    BAD_FIRM = "bad_firm"
    BAD_CONTACT = "bad_contact"
    OTHER_LICENCE = "other_licence"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign and where it shows: the words in the advert, or the code of another one."""

    flag: Flag
    found: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an advert says."""

    title: str = ""
    work: str = ""
    requirements: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""
    link: str = ""
    kind: str = ""
    licence: str = ""
    wage_low: int | None = None
    wage_high: int | None = None
    wage_per: str = ""
    wage_note: str = ""

    @property
    def words(self) -> str:
        return "\n".join(part for part in (self.title, self.work, self.requirements, self.address) if part)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows besides: whether the firm stands in the register, and codes of earlier adverts."""

    firm: bool = False
    licences: tuple[str, ...] = ()  # of the firm, in the register
    bad_firm: str = ""
    bad_contact: str = ""
    copy_of: str = ""


INTERN, OVERSEAS = "intern", "overseas"
MOST_FOUND = 3  # places of one sign that are shown

_AMOUNT = r"(?:rp\.?\s*\d[\d.,]{0,14}(?:\s*(?:rb|ribu|jt|juta|k))?|(?<![\d.,])\d[\d.,]{0,14}\s*(?:rb|ribu|jt|juta|k)\b|(?<![\d.,])\d{1,3}(?:\.\d{3}){1,4})"
_FEE_FOR = r"(?:pendaftaran|registrasi|administrasi|admin|adm|seragam|pelatihan|training|medical|mcu|penempatan|masuk|proses|tes|formulir|keberangkatan|penyaluran|komitmen|loker)"
_MONEY = (
    rf"\bbiaya\s+{_FEE_FOR}",
    r"\b(?:ada|dikenakan|dipungut|kena)\s+(?:biaya|pungutan)",
    rf"\bbiaya\b\D{{0,20}}{_AMOUNT}",
    r"\buang\s+(?:pelicin|jaminan|muka|pendaftaran|administrasi|admin|seragam|masuk|terima ?kasih|kopi|rokok|tanda jadi|komitmen)",
    rf"\bjaminan\s+(?:uang|{_AMOUNT})",
    rf"\b(?:dp|deposit)\b(?:\s+\w+){{0,2}}\s+(?:{_AMOUNT}|dulu|di ?muka|awal)",
    rf"\b(?:bayar|membayar|setor|menyetor|transfer|mentransfer|tf)\b(?:\s+[^\s]+){{0,3}}\s+(?:{_AMOUNT}|dulu|di ?(?:muka|awal)|ke rek\w*)",
    rf"\b(?:bayar|setor|transfer|tf)\s+(?:{_AMOUNT}|setelah (?:masuk|diterima|kerja|lolos|gajian)|ke rek\w*)",
    rf"\b{_FEE_FOR}\b\W{{0,3}}(?:sebesar\s+|cukup\s+|cuma\s+|hanya\s+)?{_AMOUNT}",
    r"\bpotong(?:an)?\s+(?:gaji|upah)\b(?!\s+(?:pph|pajak|bpjs|jamsostek))",
    r"\bgaji\s+(?:pertama\s+|bulan\s+\w+\s+)?dipotong\b(?!\s+(?:pph|pajak|bpjs|jamsostek))",
    r"\bdana talangan\b",
)
_WAGE = re.compile(
    r"\b(?:gaji|upah|gapok|umk|ump|honor|tunjangan|lembur|bonus|insentif|per ?(?:bulan|hari|jam))\b|/ ?(?:bulan|bln|hari|jam)\b"
)
_DENIES = re.compile(
    r"\b(?:tidak|tanpa|bebas|gratis|nol|jangan|bukan|tak|tdk|nggak|gak|ga|waspada|hati-hati|penipuan|mengatasnamakan|ditanggung|dibayari|"
    r"disediakan|dari perusahaan)\b|\b0 rupiah|\brp\.? ?0\b"
)
_OF_MONEY = re.compile(r"\b(?:biaya|pungut\w*|memungut|dipungut|bayar\w*|membayar|uang|transfer|deposit|meminta|menarik)\b")
_PAPER = r"(?:ijazah|ktp|kk|kartu keluarga|paspor|buku nikah|akta|akte|bpkb|skck|sertifikat)"
_PAPERS = (
    rf"\b{_PAPER}\b(?:\s+\w+){{0,3}}\s+(?:ditahan|ditinggal\w*|disimpan|dititip\w*|dijaminkan|diserahkan)",
    rf"\b(?:tahan|menahan|titip|menitipkan|serahkan|menyerahkan|jaminan|jaminkan)\s+(?:\w+\s+){{0,2}}{_PAPER}\b",
    rf"\b{_PAPER}\b(?:\s*(?:,|dan|/|&)\s*\w+)?\s+asli\b",
)
_SHOWN = re.compile(
    r"\b(?:ditunjukkan|diperlihatkan|dicocokkan|untuk dilihat|dikembalikan|foto ?kopi|salinan|fc|tidak|tanpa|tdk)\b"
)
_PROMISE = (
    r"\b(?:jaminan|dijamin|garansi)\s+(?:pasti\s+)?(?:lolos|lulus|diterima|masuk|kerja)\b",
    r"\bpasti\s+(?:lolos|lulus|diterima|masuk|kerja)\b",
    r"\b100 ?%\s+(?:lolos|lulus|diterima|masuk|kerja)\b",
    r"\borang dalam\b",
    r"\bjalur\s+(?:dalam|khusus|belakang|cepat)\b",
    r"\btanpa\s+(?:tes|test|interview|wawancara|seleksi)\b[^.;\n]{0,20}\b(?:pasti|langsung|dijamin)\b",
    r"\b(?:pasti|langsung (?:masuk|kerja|diterima)|dijamin)\b[^.;\n]{0,20}\btanpa\s+(?:tes|test|interview|wawancara|seleksi)\b",
    r"\bbisa dibantu (?:masuk|lolos)|\bdibantu sampai (?:masuk|lolos|diterima|kerja)\b",
)
_MEN, _WOMEN = r"(?:pria|laki-laki|laki laki|cowok|lelaki)", r"(?:wanita|perempuan|cewek)"
_SEX = re.compile(
    rf"(?:^|[\-*•·]\s*|\b(?:khusus|hanya|wajib|diutamakan|dicari|dibutuhkan|jenis kelamin|kelamin)\W{{1,3}})({_MEN}|{_WOMEN})\b(?!\s+hamil)"
)
_BOTH = re.compile(rf"\b{_MEN}\b.*\b{_WOMEN}\b|\b{_WOMEN}\b.*\b{_MEN}\b")
_UNEQUAL = (
    r"\b(?:usia|umur|pria|wanita|perempuan|laki-laki)\b[^.;,\n]{0,22}\b(?:maks\w*|max|di ?bawah|kurang dari|sampai|s/?d)\W{0,3}\d{2}\b",
    r"\b(?:maks\w*|max)\W{0,2}(?:usia|umur)?\W{0,2}\d{2}\s*(?:th|thn|tahun)\b",
    r"\b(?:usia|umur)\b\D{0,12}\d{2}\s*(?:th|thn|tahun)?\s*(?:-|–|sampai|s/?d|hingga)\s*\d{2}\b",
    r"\bbelum\s+(?:pernah\s+)?(?:menikah|nikah|kawin|berkeluarga)\b",
    r"\b(?:status\s+)?(?:lajang|single)\b",
    r"\b(?:tidak|bersedia tidak|siap tidak)\s+(?:sedang\s+)?(?:hamil|menikah)\b",
    r"\b(?:tinggi(?:\s+badan)?|tb)\W{0,3}(?:min\w*\W{0,2})?\d{3}\b",
    r"\b(?:berpenampilan menarik|good ?looking|berat badan (?:ideal|proporsional))\b",
    r"\b(?:khusus|wajib|hanya)\s+(?:muslim(?:ah)?|kristen|islam)\b|\bberagama\s+\w+",
)
_FAIR = re.compile(
    r"\btidak (?:membedakan|membatasi|memandang|ada batas\w*|ada syarat|dibatasi)\b|\btanpa (?:membedakan|batas\w*|syarat|memandang)\b"
)
_ABROAD = re.compile(
    r"\b(?:ke|di)\s+(?:malaysia|taiwan|hong ?kong|singapura|jepang|korea|arab saudi|saudi|kamboja|myanmar|thailand|brunei|dubai|qatar|kuwait|"
    r"polandia|turki|oman|makau|macau|laos|luar negeri)\b"
)
_NO_WORK_VISA = (
    r"\bvisa\s+(?:\w+\s+)?(?:turis|wisata|kunjungan|pelancong|ziarah|umr[ao]h|haji|transit|pelajar)\b",
    r"\b(?:tanpa|tidak (?:perlu|pakai|usah)|gak (?:perlu|pakai|usah)|nggak (?:perlu|pakai|usah))\s+(?:visa|permit|izin kerja|kontrak|perjanjian kerja)\b",
    r"\b(?:visa|permit|kontrak|perjanjian kerja)\b[^.;\n]{0,24}\b(?:menyusul|diurus|dibuat\w*)\s*(?:di sana|di negara tujuan|belakangan|setelah (?:tiba|sampai)|sesudah (?:tiba|sampai))",
    r"\b(?:non|un)[ -]?prosedural\b",
)
_WITH_WORK_VISA = re.compile(
    r"\b(?:bukan|jangan|menolak|waspada)\b|\btidak (?:memakai|menerima|melayani|memberangkatkan|dengan)\b"
)
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "yahoo.com",
        "yahoo.co.id",
        "ymail.com",
        "hotmail.com",
        "outlook.com",
        "outlook.co.id",
        "icloud.com",
        "proton.me",
        "mail.com",
    ]
)
SHORTENERS = frozenset(
    [
        "bit.ly",
        "s.id",
        "tinyurl.com",
        "t.co",
        "goo.gl",
        "cutt.ly",
        "rb.gy",
        "is.gd",
        "shorturl.at",
        "linktr.ee",
        "gg.gg",
        "ow.ly",
        "lnk.bio",
    ]
)
# Rupiah outside of which a wage is asked about: far below any minimum wage, or far above what an open advert offers.
USUAL = {"month": (1_500_000, 25_000_000), "day": (60_000, 1_500_000), "hour": (8_000, 250_000)}
WIDEST = 4  # times the lower end: a span that says nothing


def findings(told: Told, known: Known) -> list[Finding]:
    """Every sign of an advert, the gravest first."""
    return [*text_findings(told), *_memory(known), *_licence(told, known)]


def _licence(told: Told, known: Known) -> Iterator[Finding]:
    """A licence that is not the one which the register holds for this firm."""
    plain = [re.sub(r"\W", "", number).lower() for number in known.licences]
    if told.licence and plain and not any(number and number in re.sub(r"\W", "", told.licence).lower() for number in plain):
        yield Finding(Flag.OTHER_LICENCE, ", ".join(known.licences))


def text_findings(told: Told) -> list[Finding]:
    """The signs in the advert itself."""
    text = told.words.lower()
    found = [Finding(Flag.MONEY, words) for words in _most(_money(text))]
    found += [Finding(Flag.PAPERS, words) for words in _most(_in_parts(text, _PAPERS, _SHOWN, by_comma=False))]
    found += [Finding(Flag.PROMISE, words) for words in _most(_in_parts(text, _PROMISE, None, by_comma=False))]
    found += [Finding(Flag.UNEQUAL, words) for words in _most(_unequal(text))]
    return [*found, *_wage(told), *_contact(told), *_abroad(told)]


def _memory(known: Known) -> Iterator[Finding]:
    if known.bad_contact:
        yield Finding(Flag.BAD_CONTACT, known.bad_contact)
    if known.bad_firm:
        yield Finding(Flag.BAD_FIRM, known.bad_firm)
    if known.copy_of:
        yield Finding(Flag.COPY, known.copy_of)
    if not known.firm:
        yield Finding(Flag.UNKNOWN_FIRM)


def _most(words: Iterable[str]) -> list[str]:
    """One line for each sign: the places of it, at most three."""
    found = list(dict.fromkeys(words))[:MOST_FOUND]
    return [" … ".join(found)] if found else []


def _sentences(text: str) -> list[str]:
    """Between stops, but not inside of an amount."""
    return [part.strip() for part in re.split(r"(?<!\brp)\.(?!\d)|[;!?\n•]", text) if part.strip()]


def _money(text: str) -> Iterator[str]:
    for sentence in _sentences(text):
        denied = False
        for part in re.split(r",(?!\d)", sentence):
            denies, amount = _DENIES.search(part), re.search(_AMOUNT, part)
            denied = not amount and (denied or bool(denies and _OF_MONEY.search(part)))
            if denied:
                continue
            for pattern in _MONEY:
                match = re.search(pattern, part)
                if match and not denies and not _is_of_wages(part, match):
                    yield _shown(part, match)
                    break


def _is_of_wages(part: str, match: re.Match[str]) -> bool:
    """ "Gaji transfer tanggal 25", "staf administrasi Rp4.500.000 per bulan": what the firm pays. What is cut from wages stays a sign."""
    if re.search(r"\bpotong|dipotong", match[0]):
        return False
    around = part[: match.start()] + " " + part[match.end() :]
    return bool(_WAGE.search(around)) and not re.search(r"\b(?:setelah|sesudah)\s+(?:gaji|upah|gajian)", part)


def _in_parts(text: str, patterns: Iterable[str], unless: re.Pattern[str] | None, *, by_comma: bool) -> Iterator[str]:
    for sentence in _sentences(text):
        for part in re.split(r",(?!\d)", sentence) if by_comma else [sentence]:
            for pattern in patterns:
                match = re.search(pattern, part)
                if match and not (unless and unless.search(part)):
                    yield _shown(part, match)
                    break


def _unequal(text: str) -> Iterator[str]:
    for sentence in _sentences(text):
        if _FAIR.search(sentence):
            continue
        found = list(_in_parts(sentence, _UNEQUAL, None, by_comma=True))
        match = _SEX.search(sentence)
        if match and not _BOTH.search(sentence) and not any(match[1] in words for words in found):
            found.append(_shown(sentence, match))
        yield from found


def _shown(part: str, match: re.Match[str]) -> str:
    """The words of a match with a few around them."""
    begin = part.rfind(" ", 0, max(0, match.start() - 16)) + 1
    end = part.find(" ", match.end() + 16)
    return part[begin : end if end > 0 else len(part)].strip()


def _wage(told: Told) -> Iterator[Finding]:
    if told.wage_low is None and told.wage_high is None:
        if not told.wage_note:
            yield Finding(Flag.NO_WAGE)
        return
    low, high = told.wage_low or told.wage_high or 0, told.wage_high or told.wage_low or 0
    least, most = USUAL.get(told.wage_per, (0, low))
    too_low = low < least and told.kind != INTERN
    if too_low or high > most or high > WIDEST * low:
        yield Finding(Flag.ODD_WAGE)


def _contact(told: Told) -> Iterator[Finding]:
    host = told.mail.rpartition("@")[2].lower()
    private = (bool(told.phone) and is_mobile(told.phone)) or host in FREE_MAIL
    open_way = told.address or told.link or (told.phone and not is_mobile(told.phone)) or (host and host not in FREE_MAIL)
    if private and not open_way:
        yield Finding(Flag.PRIVATE_CONTACT, told.phone or told.mail)
    hidden = [
        word for word in re.findall(r"[\w.-]+\.[a-z]{2,}(?=/)", f"{told.words}\n{told.link}".lower()) if _is_short(word)
    ]
    if hidden:
        yield Finding(Flag.HIDDEN_LINK, hidden[0])


def _is_short(host: str) -> bool:
    return host.removeprefix("www.") in SHORTENERS


def is_mobile(phone: str) -> bool:
    return re.sub(r"\D", "", phone).removeprefix("62").lstrip("0").startswith("8")


def _abroad(told: Told) -> Iterator[Finding]:
    text = told.words.lower()
    place = _ABROAD.search(text)
    if told.kind == OVERSEAS or place:
        found = _most(_in_parts(text, _NO_WORK_VISA, _WITH_WORK_VISA, by_comma=True))
        yield from (Finding(Flag.NO_WORK_VISA, words) for words in found)
    if told.kind == OVERSEAS and not told.licence:
        yield Finding(Flag.NO_LICENCE)
    elif told.kind != OVERSEAS and place and not told.licence:
        yield Finding(Flag.NO_LICENCE, place[0])
