"""What must not be marked and would be taken for a number or date: laws and judgments, amounts, hours, years, the numbers of public services."""

from __future__ import annotations

import re

from .tokens import Page

_UNIT = r"(?:rb|ribu|rebu|ribuan|ewu|k|jt|juta|jeti|miliar|milyar|m|persen|%|riyal|real|sar|dirham|aed|dinar|dolar|dollar|hkd|ntd?|nt\$|rm|ringgit|sgd|yen|won|usd|ringgit|rupiah|perak|kg|kilo|ton|gram|meter|km|jam|menit|hari|hr|minggu|bulan|bln|tahun|thn|th|orang|org|kali|x|pcs|lusin|potong|unit|ekor|karung)"
_MONEY = r"(?:rp\.?|idr|hk\s?\$|hk|nt\s?\$|nt|usd|us\$|sgd|s\$|rm|myr|sar|aed|\$|€|¥|₩)"
_LAW = r"(?:uu|undang[- ]undang|pp|perpu|perppu|perpres|keppres|kepres|inpres|permen\w{0,14}|kepmen\w{0,14}|peraturan|keputusan|perda|pergub|kepgub|perbup|perwali|perban|perma|pmk|sema|se|surat edaran|putusan|mk|ma|pasal|psl|ps|ayat|pkb|perkara|reg)"
_NEVER = (
    re.compile(
        rf"\b{_LAW}\.?\s{{0,2}}(?:(?:bp2mi|kp2mi|menaker|mk|ma|no|nomor|nmr)\.?\s{{0,2}}){{0,2}}\d[\w./\-]{{0,40}}(?:\s{{0,2}}(?:tahun|thn|th)\.?\s{{0,2}}\d{{4}})?",
        re.I,
    ),
    re.compile(r"\b\d{1,3}/(?:puu|phpu|pdt|pid|pk)[\w./\-]{1,40}", re.I),
    re.compile(
        rf"(?<![^\W\d_]){_MONEY}\s{{0,2}}(?!0\d|\d{{4}}[ \-]\d{{4}}(?!\d))(?!(?<=[hn][kt]\s)\d{{8}}(?!\d))\d[\d.,]{{0,20}}(?:\s?(?:rb|ribu|jt|juta|miliar|m|k)\b)?",
        re.I,
    ),
    re.compile(rf"(?<![\w.,\-+])\d[\d.,]{{0,14}}\s?{_UNIT}(?!\w)", re.I),
    re.compile(r"(?<![\d.\-+])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.\-])"),
    re.compile(r"(?<![\d.\-+])[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?(?![\d,\-])"),
    re.compile(r"\b(?:19|20)\d\d\s?(?:[-–]|s/?d|sampai|smp)\s?(?:19|20)\d\d\b", re.I),
    re.compile(r"(?<![\d.])\d{1,2}[.:]\d{2}\s?(?:[-–]|s/?d|sampai|smp)\s?\d{1,2}[.:]\d{2}(?!\d)", re.I),
    re.compile(r"(?<![\d+\-])(?:1500[ -]?\d{3}|1[38]00[ -]\d{2,4}[ -]\d{3,4}|0800[ -]?1[\d -]{3,8})(?!\d)"),
)
_PUBLIC = re.compile(
    r"\b(?:https?://)?(?:[\w-]{1,40}\.){0,4}(?:go\.id|gov\.\w{2}|gov|mil\.id|desa\.id|ilo\.org|bpjs-kesehatan\.go\.id)\b(?:/[^\s]{0,200})?",
    re.I,
)
_HOLIDAY = re.compile(
    r"(?<!\d)(?:17 ?agust?u?s?t?u?s?(?:an)?|1 ?mei|25 ?des(?:ember)?|1 ?jan(?:uari)?|1 ?juni|10 ?nov(?:ember)?|28 ?okt(?:ober)?)\b(?!\s?[,-]?\s?(?:19|20|')\d\d)",
    re.I,
)
_HOLY = re.compile(r"libur|tanggal merah|upacara|lembur|may ?day|merah|nasional|lomba|hari buruh|thr|tgl merah", re.I)


# Who holds such a post, and after whom a day is called, is in every paper
_IN_THE_NEWS = re.compile(
    r"\b(?:(?:[Pp]residen|[Ww]apres|[Mm]enaker|[Mm]enteri(?:\s[A-Z]\w{2,20}){0,2}|[Gg]ubernur|[Ww]agub|[Kk]apolri)\s(?!(?:Direktur|Komisaris|PT|CV)\b)"
    r"[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20}){0,2}|[Hh]ari\s(?:Kartini|Ibu|Pahlawan|Buruh|Guru|Anak|Sumpah Pemuda|Pancasila)\b)"
)


def block_what_is_public(page: Page) -> None:
    """Addresses of public bodies, and days that are spoken of as holidays, without a year."""
    for form in (_PUBLIC, _IN_THE_NEWS):
        for match in form.finditer(page.text):
            page.public.append((match.start(), match.end()))
            page.block(match.start(), match.end())
    if _HOLY.search(page.text):
        for match in _HOLIDAY.finditer(page.text):
            page.block(match.start(), match.end())


def block_what_is_never_marked(page: Page) -> None:
    for form in _NEVER:
        for match in form.finditer(page.text):
            page.block(match.start(), match.end())
