"""What fits one person only though no part of it names anybody: "satu-satunya …", "yang … itu saya", a job with its line and what happened when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .firmwords import SECTIONS
from .marks import Kind, Mark, Why
from .tokens import Page
from .words import set_of

_KIN = r"(?:istri|suami|anak|adik|adek|kakak|ibu|bapak|ayah|mamak|teman|temen|sepupu|keponakan|mertua|pacar|bojo|salaki)(?:nya)?\s{1,2}"
_ME = rf"(?:{_KIN})?(?:sy|saya|sya|aku|gw|gue|gua|ane|kulo|kula|abdi|beta|awak|ambo|sa|q|kami)"
_THAT_IS_ME = re.compile(
    rf"[\s,]{{0,2}}\b(?:(?:ya|yah|dan|itu|y|yaitu|cuma|hanya|cm|cman|mung|kan|adalah|satu(?=\s(?:orang|org|dan|ya|itu))|1(?=\s(?:orang|org))|orang|org|sendirian|sendiri|ngan|ukur|kur|baru)\s{{1,2}}){{0,6}}(?:itu|hanya|cuma|cm|cuman|mung|yaitu|ya|adalah|ngan|ukur|nggih)\s{{1,2}}{_ME}\b(?!\s(?:mau|tanya|nanya|ingin|juga)\b)",
    re.I,
)
_WRITER = re.compile(
    r"[\s,]{1,2}(?:yg|yang|sing)\s(?:nulis|menulis|ngetik|kirim|mengirim|lapor|melapor|wa|nanya|bertanya)\s(?:ini|pesan|surat|laporan)\b",
    re.I,
)
_ONE = re.compile(
    r"[\s,]{0,2}\b(?:memang |emang |di sini |disini |kan |itu )?(?:cuma|hanya|cm|cman|cuman|mung|ngan)\s(?:ada\s)?(?:satu|1|siji|setunggal|hiji|seorang|sorang)\b(?:\s(?:orang|org|tok|aja|saja|doang))?",
    re.I,
)
_ONLY_ME = re.compile(
    rf"\b(?:cuma|hanya|cm|cman|cuman|mung|ngan|cuma ada|baru)\s(?:{_ME}|satu|1|ada satu|ada 1)\s(?:orang\s|org\s|aja\s|saja\s|sendiri\s)?(?:yg|yang|sing|nu|perempuan|wanita|cewek|laki|cowok|orang|org|operator|tukang|welder|penjahit|mekanik|sopir|supir|teknisi|perawat|guru)\b",
    re.I,
)
_ONLY_MY_JOB = re.compile(rf"\b(?:cuma|hanya|cm|cman|cuman|mung)\s(?:ada\s)?{_ME}\s(?=([^\W\d_]+)(?:\s([^\W\d_]+))?)", re.I)
_PERSON = re.compile(
    r"(?:ibu|bapak|emak|mbak|mas|cewek|cowok|perempuan|wanita|laki|orang|anak|nenek|kakek|gadis|pemuda|karyawan|buruh|pekerja)(?:-?\w+|2)?",
    re.I,
)
_DOUBLE = re.compile(r"\b(?:(?:yg|yang|sing|nu) juga|sekaligus|merangkap|rangkap|ngerangkap|dobel jadi|double jadi)\b", re.I)
_I_WHO = re.compile(rf"\b{_ME}\s(?:ini\s|itu\s|lah\s|adalah\s|kan\s)?((?:yg|yang|sing|nu)\s)(?!di(?:maksud|bilang)\b)", re.I)
_ONLY = re.compile(
    r"\b(?:satu[- ]?satunya|satu2 ?nya|satu2ny|1-?1 ?nya|siji-sijine|hiji-hijina|setunggal-setunggale|the only|only (?:woman|female|girl|man|male|indonesian)|(?:perempuan|wanita|cewek|cowok|laki-laki) sendiri(?:an)?|seorang diri)\b",
    re.I,
)
_MOST = re.compile(r"\b(?:\w+\s)?(?:yg|yang|sing|nu)\s(?:paling|ter)\s?\w+\b", re.I)
_OF_ALL = re.compile(
    r"\b([^\W_][\w-]{1,19})\s(?:yg |yang )?(?:paling\s\w{3,20}|ter(?:tua|muda|lama|tinggi|kecil|pendek|gemuk|senior|baru))\s(?:\w{1,15}\s){0,3}(?:di|se\w{2,12}|nang|ning|kat|yg|yang)\b",
    re.I,
)
_WHO = re.compile(r"\b(?:yg|yang|sing|nu|who)\s", re.I)
_KNOWN = re.compile(
    r"\b(?:pasti|langsung|lgsg|gampang|mudah|semua(?: orang)?|orang|smua|satu \w{3,}|se(?:kampung|pabrik|desa|kantor|komplek|kapal|kota|kelas|mess|line|toko|kabupaten|kecamatan|grup|gedung|rt|mall|pasar|kebun|mes|gudang|plant)|bakal|nanti)\s(?:\w+\s){0,2}(?:ketahuan|ketauan|tau|tahu|ditebak|ketebak|kenal|hafal|dikenali|ngerti)\b",
    re.I,
)
_END = re.compile(r"[.?!;\n]|,(?=\s(?:jd|jadi|tp|tapi|mohon|tlg|tolong|gmn|apa|kasian|klo|kalau|bisa|makanya|takut)\b)")
_EVENT = re.compile(
    r"\b(?:kecelakaan|jatuh|cacat|keguguran|melahirkan|lahiran|hamil|putus|terjepit|kejepit|pingsan|kesurupan|viral|operasi|lumpuh|buta|tuli|bisu|meninggal|kebakaran|kebakar|nangis|demo|mogok|mogoknya|nemu|nemuin|dipindah|pindahan|pindah|dicium|dilecehkan|diperkosa|hilang|amputasi|tangan|kaki|mata|jari|menang|juara|umroh|haji|menikah|nikah|cerai|janda|duda|mualaf|ketua|wakil|pertama|terakhir|perempuan|laki|cewek|cowok|wanita|tertua|termuda|paling|sendirian|baru|mantan|kembar|lulusan|logat|asli|asal|pria|bertato|berjilbab|bercadar|kursi roda|rambut|tinggi|gemuk|botak)\b",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:gara|gara2|gegara|tiap|setiap|saben|dulu|dulunya|dl|kemarin|kmrn|kmren|kemaren|bulan lalu|bln lalu|minggu lalu|tahun lalu|thn lalu|tadi malam|semalam|malam|malem|pas|waktu|wktu|abis|habis|sehabis|setelah|sebelum|lebaran|takbiran|puasa|idul|natal|nyepi|imlek|tahun baru|17an|agustusan|awal|akhir|wingi|kamari|sejak|pagi|subuh|shift \d|hari raya|gempa|banjir|kebakaran|\d{4}|januari|februari|maret|april|juni|juli|agustus|september|oktober|november|desember)\b",
    re.I,
)
_WHICH = re.compile(
    r"\b(?:line|ruang|ruangan|tower|pool|jalur|lini|plant|regu|shift|unit|gedung|lantai|lt|blok|afdeling|divisi|bagian|bag|lab|kantin|gudang|parfum|konter|counter|kasir|mesin|kelas|cell|kamar|mess|grup|tim|dock|pos|cabang|departemen|dept|toko|outlet|kandang|boiler|qc|payroll|dapur|gerbang)\b",
    re.I,
)
_TOLD = (
    ("event", _EVENT), ("when", _WHEN), ("which", _WHICH), ("only", _ONLY), ("only", _ONLY_ME), ("only", _ONE), ("most", _MOST), ("who", _WHO),
    ("double", _DOUBLE), ("known", _KNOWN), ("that is me", _THAT_IS_ME), ("that is me", _WRITER), ("me", re.compile(rf"\b{_ME}\b", re.I)),
)  # fmt: skip
LONGEST = 160
SHORTEST = 14
LONG = 45  # a clause as long as this tells enough without the part of the plant


def find_combinations(page: Page) -> list[Mark]:
    """What the rules take for such a clause, at most one in a sentence."""
    return [
        Mark(*found[:2], Kind.COMBINATION, *found[2:])
        for start, end in _sentences(page.text)
        if (found := _in_sentence(page, start, end)) is not None
    ]


def told(page: Page) -> list[set[str]]:
    """For each word, what of such clauses it may be: a sign that somebody stands alone, "yang", the writer, an event, a time, a part of the plant."""
    found: list[set[str]] = [set() for _ in page.tokens]
    starts = [token.start for token in page.tokens]
    for name, form in _TOLD:
        for match in form.finditer(page.text):
            for i in range(bisect_left(starts, match.start()), bisect_left(starts, match.end())):
                found[i].add(name)
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match[0] == "." and match.end() < len(text) and not text[match.end()].isspace():
            continue
        if match.start() - start >= SHORTEST:
            yield start, match.start()
        start = match.end()
    if len(text) - start >= SHORTEST:
        yield start, len(text)


def _in_sentence(page: Page, start: int, end: int) -> tuple[int, int, Why, int] | None:
    text = page.text
    only = _ONLY.search(text, start, end) or _ONLY_ME.search(text, start, end) or _only_my_job(page, start, end)
    me = _THAT_IS_ME.search(text, start, end) or _WRITER.search(text, start, end) or _ONE.search(text, start, end)
    if me is not None:
        begin = _clause_start(page, start, me.start())
        if begin is not None and only is not None and only.start() < begin:
            begin = _job_before(page, start, only.start())
        if begin is not None and me.start() - begin >= SHORTEST:
            return max(begin, me.start() - LONGEST), me.start(), Why.THAT_IS_ME, 80
    if only is not None:
        finish = _trim(text, only.start(), min(end, only.start() + LONGEST))
        if finish - only.start() > 22:
            return _job_before(page, start, only.start()), finish, Why.ONLY_ONE, 75
    myself = _I_WHO.search(text, start, end)
    if myself is not None:
        finish = _trim(text, myself.end(), min(end, myself.end() + LONGEST))
        begin = myself.start(1)
        if finish - begin > 24 and len(_signs(text, begin, finish)) >= 2:
            return begin, finish, Why.THAT_IS_ME, 65
    return _most(page, start, end) or _double(page, start, end) or _together(page, start, end)


def _only_my_job(page: Page, start: int, end: int) -> re.Match[str] | None:
    """ "cuma saya leader perempuan di …": after it comes a job."""
    match = _ONLY_MY_JOB.search(page.text, start, end)
    return match if match and any(word and word.lower() in page.lexicon.roles for word in match.groups()) else None


def _double(page: Page, start: int, end: int) -> tuple[int, int, Why, int] | None:
    """Two jobs of one person: "ketua kamar sekaligus mekanik …"."""
    both = _DOUBLE.search(page.text, start, end)
    if both is None:
        return None
    after = page.text[both.end() : min(end, both.end() + 40)].lower().split()[:3]
    begin = _job_before(page, start, both.start())
    if begin == both.start() or len(after) < 2:
        return None
    if both[0][0] not in "ysn" and not any(word.strip(",.") in page.lexicon.roles for word in after):
        return None
    whos = list(_WHO.finditer(page.text, max(start, begin - 50), begin))
    begin = _job_before(page, start, whos[0].start()) if whos else begin
    return begin, _trim(page.text, begin, min(end, begin + LONGEST)), Why.TOGETHER, 55


def _most(page: Page, start: int, end: int) -> tuple[int, int, Why, int] | None:
    """ "yang paling …" with two signs more; somebody "paling … di …"."""
    text = page.text
    of_all = _OF_ALL.search(text, start, end)
    if of_all is not None and (_is_job(page, of_all[1].lower()) or _PERSON.fullmatch(of_all[1])):
        finish = _trim(text, of_all.start(), min(end, of_all.start() + LONGEST))
        if finish - of_all.start() > 30:
            return _job_before(page, start, of_all.start()), finish, Why.ONLY_ONE, 60
    most = _MOST.search(text, start, end)
    if most is not None:
        who = _WHO.search(text, most.start(), end)
        begin = who.start() if who else most.start()
        finish = _trim(text, begin, min(end, begin + LONGEST))
        if finish - begin > 30 and len(_signs(text, begin, finish)) >= 2:
            return begin, finish, Why.ONLY_ONE, 60
    return None


def _clause_start(page: Page, start: int, end: int) -> int | None:
    """Where the clause begins that ends with "itu saya": at the job before the first "yang", else at "yang" itself."""
    whos = list(_WHO.finditer(page.text, start, end))
    if not whos:
        return None
    who = next((m for m in whos if end - m.start() <= LONGEST), whos[-1])
    return _job_before(page, start, who.start())


_WITHIN = set_of("di dari asal ber khusus bagian jawab satu2nya yang yg")


def _job_before(page: Page, start: int, at: int) -> int:
    """The words for the job right before, with what tells it more closely: "mandor regu 6", "analis lab shift 2", "kasir koperasi pabrik kaos"."""
    base = max(start, at - 70)
    words = list(re.finditer(r"\S+", page.text[base:at]))
    best = at
    for back, match in enumerate(reversed(words)):
        low = match[0].lower().strip(",.()")
        if back >= 7 or match[0].endswith((",", ":")):
            break
        if _is_job(page, low):
            best = base + match.start()
        elif back >= 3 and low in page.lexicon.stop and low not in _WITHIN and low not in SECTIONS and not low.isdigit():
            break
    return best


def _is_job(page: Page, low: str) -> bool:
    return low in page.lexicon.roles or (
        low.endswith(("nya", "ku")) and low.removesuffix("nya").removesuffix("ku") in page.lexicon.roles
    )


def _trim(text: str, start: int, end: int) -> int:
    """Up to the words with which the clause turns to the question."""
    turn = re.compile(
        r"(?<!yang)(?<!\byg)(?<!sing)(?<!baru)[,(]?\s(?:jd|jadi|tp|tapi|mohon|tlg|tolong|gmn|gimana|apakah|kasian|makanya|takut|dan itu|itu (?:saya|aku|sy)|klo|kalau|kalo|bisa(?:kah)?|boleh(?:kah)?)\b",
        re.I,
    )
    match = turn.search(text, start, end)
    return match.start() if match else len(text[start:end].rstrip()) + start


def _signs(text: str, start: int, end: int) -> set[str]:
    return {name for name, form in (("event", _EVENT), ("when", _WHEN), ("which", _WHICH)) if form.search(text, start, end)}


def _together(page: Page, start: int, end: int) -> tuple[int, int, Why, int] | None:
    """A job, "yang", and in one clause an event, a part of the plant and a time; or what everybody there knows."""
    who = _WHO.search(page.text, start, end)
    if who is None:
        return None
    begin = _job_before(page, start, who.start())
    finish = _trim(page.text, begin, min(end, begin + LONGEST))
    known = _KNOWN.search(page.text, who.end(), min(len(page.text), end + 80))
    if known is not None and known.start() < finish:
        finish = len(page.text[begin : known.start()].rstrip(" ,")) + begin
    signs = _signs(page.text, begin, finish)
    if finish - begin < SHORTEST * 2:
        return None
    if begin < who.start() and "when" in signs and len(signs) >= 2 and (len(signs) == 3 or finish - begin >= LONG):
        return begin, finish, Why.TOGETHER, 60
    if known is not None and (len(signs) >= 2 or (signs and finish - begin >= LONG)):
        return begin, finish, Why.TOGETHER, 60
    return None
