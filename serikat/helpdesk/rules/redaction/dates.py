"""Days: written with figures, with a month's name as it is shortened in chat, with the weekday before and the hour after."""

from __future__ import annotations

import re

from .marks import Kind, Why
from .tokens import Page

_MONTH = (
    r"(?:januari|january|jan|februari|pebruari|february|feb|peb|maret|march|mrt|mar|april|apr|mei|may|juni|june|jun|juli|july|jul|agustus|agust|august|aug|agus|agst|ags|agt"
    r"|september|sept|sep|oktober|october|okto|okt|oct|november|nopember|nov|nop|mac|ogos|julai|disember|desember|december|des|dec|muharram|muharam|safar|rabiul (?:awal|akhir)|jumadil (?:awal|akhir)|rajab|sya'?ban|ramadh?an|syawal|dzul\w{2,8}|zul(?:hijjah|kaidah)|suro|mulud|ruwah|poso|besar(?= \d{4})"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrze[sś]nia|pa[zź]dziernika|listopada|grudnia"
    r"|ocak|[sş]ubat|mart|nisan|may[ıi]s|haziran|temmuz|a[gğ]ustos|eyl[uü]l|ekim|kas[ıi]m|aral[ıi]k)\.?"
)
_WEEKDAY = r"(?:(?:hari\s)?(?:senin|senen|selasa|rabu|kamis|kemis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b,?\s{0,2}(?:\(?(?:tanggal|tgl)\b\.?\s{0,2})?)?"
_HOUR = r"(?:,?\s{0,2}(?:jam|pukul|pkl)\.?\s{0,2}\d{1,2}(?:[.:]\d{2})?(?:\s(?:pagi|siang|sore|malam|malem|mlm|subuh)\b)?)?"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d(?![\d:]|[.,]\d))"
_WORDED = re.compile(
    rf"(?<![\w./-]){_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?[\s\-/]{{0,2}}{_MONTH}(?![a-z])(?:[\s\-/,]{{0,2}}(?:tahun\s|thn\s|th\s)?(?:(?:19|20)\d\d|'\d\d|\d\d(?![\d:]|[.,]\d|\s?(?:jam(?!\s\d)|hari|hr|org|orang|bln|bulan|th|jt|rb|juta|kali|x|%)))(?!\d))?{_HOUR}",
    re.I,
)
_NUMBER = r"(?:se|dua |tiga |empat |lima |enam |tujuh |delapan |sembilan )?(?:puluh |belas )?(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|puluh|belas)"
_SPELLED = re.compile(rf"\b{_NUMBER}\s{_MONTH}(?![a-z])(?:\s(?:19|20)\d\d)?(?!\d)", re.I)
_ENGLISH = re.compile(rf"(?<!\w){_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b", re.I)
_FIGURES = re.compile(
    rf"(?<![\w./,-]){_WEEKDAY}(\d{{1,2}})\s?([./\-])\s?(\d{{1,2}})\s?\2\s?({_YEAR})(?![\w/])(?!-\d){_HOUR}", re.I
)
_ISO = re.compile(r"(?<![\d.\-/])(?:19|20)\d\d([-/.])(\d{1,2})\1(\d{1,2})(?![\d\-/])")
_SHORT = re.compile(r"(?:\b(?:tanggal|tgl)\.?\s{0,2}|\b(?:per)\s)(\d{1,2}\s?[/\-]\s?\d{1,2})(?![\d/\-])", re.I)
_SAID = re.compile(
    r"\b(?:tanggal|tgl)\.?\s{0,2}(\d{1,2}\s(?:bulan|bln)\s(?:\d{1,2}|ini|lalu|kemarin|kmrn)\b(?:\s(?:tahun|thn|th)\s(?:19|20)\d\d)?)",
    re.I,
)


def find_dates(page: Page) -> None:
    for form in (_WORDED, _ENGLISH, _SPELLED):
        for match in form.finditer(page.text):
            _take(page, match.start(), match.end(), 90)
    for match in _FIGURES.finditer(page.text):
        if 1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 12:
            _take(page, match.start(), match.end(), 95)
    for match in _ISO.finditer(page.text):
        if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            _take(page, match.start(), match.end(), 95)
    for form in (_SHORT, _SAID):
        for match in form.finditer(page.text):
            _take(page, match.start(1), match.end(1), 70)


def _take(page: Page, start: int, end: int, sure: int) -> None:
    if page.free(start, end):
        page.mark(start, end, Kind.DATE, Why.DAY, sure)
