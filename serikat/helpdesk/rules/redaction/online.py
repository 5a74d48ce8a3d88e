"""Mail addresses, links and names on networks, also as people write them to slip past a filter: "nama at gmail titik com"."""

from __future__ import annotations

import re

from .marks import Kind, Why
from .tokens import Page

_MAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[A-Za-z0-9][A-Za-z0-9-]{0,60}(?:\.[A-Za-z0-9-]{1,24}){1,4}(?![\w-])")
_HIDDEN = re.compile(
    r"(?<![\w.+@-])[\w.+-]{2,64}\s?(?:\(at\)|\[at\]|\{at\}|(?<=\s)at(?=\s)|(?<=\s)et(?=\s)|@)\s?"
    r"(?:gmail|gmial|yahoo|ymail|ymal|hotmail|outlook|icloud|proton|protonmail|rocketmail|[a-z]{3,20})\s?(?:\.|\((?:dot|titik)\)|\[(?:dot|titik)\]|(?<=\s)(?:dot|titik)(?=\s))\s?"
    r"(?:com|co\.id|co|id|net|org|me|mail)\b",
    re.I,
)
_BARE = re.compile(
    r"(?<![\w.+@-])[\w.+-]{3,64} (?:gmail|ymail|yahoo|hotmail|outlook)[ .](?:com|co\.id)\b|"
    r"(?<![\w.+@-])[\w.+-]{2,64}@(?:gmail|yahoo|ymail|hotmail|outlook|icloud)\b|(?<![\w.+@-])\w[\w.+-]{2,60}(?:gmail|yahoo|hotmail|outlook)\.(?:com|co\.id)\b",
    re.I,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{3,400}|(?<![\w@.])(?:t\.me|wa\.me|bit\.ly|s\.id|linktr\.ee|m\.me|fb\.com|fb\.me|facebook\.com|instagram\.com|tiktok\.com|vt\.tiktok\.com|x\.com|twitter\.com"
    r"|youtu\.be|youtube\.com|maps\.app\.goo\.gl|goo\.gl|forms\.gle|line\.me|tinyurl\.com)/[^\s<>\"']{1,300}|(?<![\w@.])[a-z0-9-]{3,40}\.(?:com|net|org|co\.id|or\.id|web\.id|my\.id|blogspot\.com)(?:/[^\s<>\"']{0,300})?(?![\w@])",
    re.I,
)
_PERSONAL = re.compile(r"t\.me|wa\.me|facebook|fb\.|instagram|tiktok|twitter|x\.com|line\.me|m\.me|linktr", re.I)
_JOINED = re.compile(r"(?<![\w.@/])[A-Za-z0-9.]{2,30}_[A-Za-z0-9_.]{0,30}[A-Za-z0-9](?![\w@])")
_AT = re.compile(r"(?<![\w.@])@[A-Za-z0-9_][\w.]{2,40}")
_NET = r"(?:ig|insta|instagram|igeh|fb|fesbuk|pesbuk|facebook|tiktok|tik tok|twitter|twiter|telegram|tele|tg|line|id line|line id|idline|wechat|we chat|michat|discord|username|user name|user|akun|channel|youtube|yt|snapchat|threads|skype|zalo|messenger)"
_LINKING = r"(?:(?:bos|bosnya|majikan|agen|agennya|toko|pribadi|kantor|pelakunya|nya|ny|ku|sy|saya|aku|gw|gue|dia|id|nama|namanya|akun|akunnya|ak|pake|pakai|dgn|dengan|di|kami|pt|tokonya|cari|q|ane|kulo|mbaknya|pelaku|agennya)(?:\s{1,2}|(?=[:=]))){0,3}"
_SAID = re.compile(
    rf"(?<!\w){_NET}(?:nya|ku)?\s{{0,2}}[:=]?\s{{0,2}}{_LINKING}[:=]?\s{{0,2}}([@\"']?)([A-Za-z0-9][\w.]{{2,40}})", re.I
)
_SIGNED = re.compile(r"[_\d]|[a-z]\.[a-z]", re.I)
_MORE = re.compile(r" [A-Z][\w]{1,30}")


def find_online(page: Page) -> None:
    for match in _MAIL.finditer(page.text):
        _take(page, match.start(), match.end(), Kind.MAIL, why=Why.FORM, sure=99)
    for form in (_HIDDEN, _BARE):
        for match in form.finditer(page.text):
            _take(page, match.start(), match.end(), Kind.MAIL, why=Why.SPELLED, sure=85)
    for match in _LINK.finditer(page.text):
        end = match.start() + len(match[0].rstrip(".,;:!?)"))
        _take(page, match.start(), end, Kind.HANDLE if _PERSONAL.search(match[0]) else Kind.LINK, why=Why.FORM, sure=85)
    for match in _SAID.finditer(page.text):
        _said(page, match)
    for match in _JOINED.finditer(page.text):
        _take(page, match.start(), match.end(), Kind.HANDLE, why=Why.FORM, sure=60)
    for match in _AT.finditer(page.text):
        _take(page, match.start(), match.start() + len(match[0].rstrip(".")), Kind.HANDLE, why=Why.FORM, sure=85)


def _said(page: Page, match: re.Match[str]) -> None:
    """After the word for a network: a name with a sign or figure in it; with a colon or quote any word that is none; a profile's name of several words."""
    name = match[2].rstrip(".")
    if not page.free(match.start(), match.start(2) + len(name)):
        return
    if name.isupper() and len(name) < 4:
        return  # "line KM …"
    begin = match.start(1) if match[1] == "@" else match.start(2)
    pointed = bool(match[1]) or ":" in match[0] or "=" in match[0]
    if _SIGNED.search(name) and re.search(r"[a-z]", name, re.I) and not page.lexicon.is_word(name.lower()):
        _take(page, begin, match.start(2) + len(name), Kind.HANDLE, why=Why.SAID, sure=90)
    elif (name[0].isupper() and not page.quiet and not page.lexicon.is_word(name.lower())) or (
        pointed and not page.lexicon.is_word(name.lower())
    ):
        end = match.start(2) + len(name)
        while not page.quiet and (more := _MORE.match(page.text, end)):
            end = more.end()
        _take(page, begin, end, Kind.HANDLE, why=Why.SAID, sure=75)


def _take(page: Page, start: int, end: int, kind: Kind, *, why: Why, sure: int) -> None:
    if end > start and page.free(start, end):
        page.mark(start, end, kind, why, sure)
