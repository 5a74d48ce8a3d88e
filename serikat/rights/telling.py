"""An answer of the law made ready for a page or a sheet: each line with its sum in words, its articles in plain words, and whether it is verified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.kernel.money import Money, format_number, rupiah_in_words
from serikat.law.holding import Law
from serikat.law.parameters import RIGHTS_ITEMS
from serikat.rights.rules.addresses import address_of_article, spoken_article

_PLACE = re.compile(r"^days\[(\d+)\]$")
_ARTICLE = re.compile(r"\b[A-Z][A-Za-z0-9/-]*:[0-9]+[A-Z]?(?:\([0-9]+[a-z]?\))?[a-z]?")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def heads() -> dict[str, str]:
    """What each head of the law is called."""
    return {
        "severance_pay": _("Uang pesangon"),
        "service_pay": _("Uang penghargaan masa kerja"),
        "rights_pay": _("Uang penggantian hak"),
        "separation_money": _("Uang pisah"),
        "pension_offset": _("Iuran pensiun yang diperhitungkan"),
        "compensation": _("Uang kompensasi"),
        "overtime": _("Upah lembur"),
        "thr": _("Tunjangan hari raya (THR)"),
        "fine": _("Denda"),
        "short_wage": _("Upah yang kurang dibayar"),
        "below_minimum": _("Kekurangan sampai upah minimum"),
    }


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """One article in plain words, with where it stands at `/aturan/` and where it was read."""

    name: str
    says: str
    url: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class ToldNote:
    """A warning, with the articles that it names."""

    says: str
    articles: tuple[ToldArticle, ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    head: str
    note: str
    sum: str
    amount: Money
    articles: tuple[ToldArticle, ...]
    clause: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A whole result. `total` None where the answer is no money."""

    total: Money
    in_words: str
    lines: tuple[ToldLine, ...]
    warnings: tuple[ToldNote, ...]
    readings: tuple[tuple[str, Money], ...]
    reviewed: date
    rule_version: str
    mark: str

    @property
    def title(self) -> str:
        """What a second result is called: by what it gives."""
        return self.lines[0].head if self.lines else _("Tidak ada jumlah")

    @property
    def unverified(self) -> int:
        return sum(not line.verified for line in self.lines)


def tell(law: Law, answer: Mapping[str, Any], language: str) -> Told:
    """Make an answer ready."""
    names = heads()
    items = rights_items(law, language)
    lines = tuple(
        ToldLine(
            names.get(line["head"], line["head"]),
            items.get(line["article"], "") or _note(line.get("note", "")),
            sum_of(line),
            Money(line["amount"], answer["currency"]),
            tuple(tell_article(law, article, language) for article in articles_of(line["article"])),
            line.get("clause", ""),
            line["verified"],
        )
        for line in answer["lines"]
    )
    return Told(
        Money(answer["total"], answer["currency"]),
        rupiah_in_words(Money(answer["total"])),
        lines,
        tuple(_tell_note(law, warning, language) for warning in answer["warnings"]),
        tuple((reading["what"], Money(reading["total"], answer["currency"])) for reading in answer.get("readings", ())),
        date.fromisoformat(answer["reviewed"]),
        answer["rule_version"],
        answer["mark"],
    )


@dataclass(frozen=True, slots=True)
class ToldDue:
    """By when something must be done: the earlier day is the member's own deadline."""

    safe: date
    late: date
    acts: str
    starts: str
    silence: str
    articles: tuple[ToldArticle, ...]
    verified: bool
    warnings: tuple[ToldNote, ...]
    reviewed: date
    rule_version: str
    mark: str


def parties() -> dict[str, str]:
    """Who acts, as it is said."""
    return {
        "worker": _("pekerja"),
        "employer": _("pengusaha"),
        "both": _("kedua pihak"),
        "agency": _("dinas ketenagakerjaan"),
        "mediator": _("mediator"),
        "conciliator": _("konsiliator"),
        "arbitrator": _("arbiter"),
        "court": _("Pengadilan Hubungan Industrial"),
        "supreme_court": _("Mahkamah Agung"),
        "suing_party": _("pihak yang menggugat"),
        "losing_party": _("pihak yang kalah"),
    }


def tell_due(law: Law, answer: Mapping[str, Any], language: str) -> ToldDue:
    return ToldDue(
        date.fromisoformat(answer["due_safe"]),
        date.fromisoformat(answer["due_late"]),
        parties().get(answer["acting_party"], answer["acting_party"]),
        answer.get("starts", ""),
        answer.get("silence", ""),
        tuple(tell_article(law, name, language) for name in answer.get("articles") or articles_of(answer["article"])),
        answer.get("verified", True),
        tuple(_tell_note(law, warning, language) for warning in answer["warnings"]),
        date.fromisoformat(answer["reviewed"]),
        answer["rule_version"],
        answer["mark"],
    )


def rights_items(law: Law, language: str) -> dict[str, str]:
    """What each kind of compensated right is called, by its article."""
    held = law.held[RIGHTS_ITEMS.name][-1]
    return {article: item.label.said(language) for article, item in zip(held.articles, held.value, strict=True)}


def _note(note: str) -> str:
    """What a line is of: its day, or the place of a day without a date among those that were filled in."""
    place = _PLACE.match(note)
    return _("Hari ke-%(n)s") % {"n": int(place[1]) + 1} if place else said_days(note)


def _tell_note(law: Law, warning: str, language: str) -> ToldNote:
    named = [name for name in _ARTICLE.findall(warning) if name in law.articles]
    says = said_days(warning)
    for name in named:
        says = says.replace(name, spoken(name))
    return ToldNote(says, tuple(tell_article(law, name, language) for name in dict.fromkeys(named)))


def said_days(text: str) -> str:
    """Days in a sentence of the law, as people write them."""
    return _DAY.sub(lambda found: day_only(found[0]), text)


def day_only(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def sum_of(line: Mapping[str, Any]) -> str:
    """How the amount comes about: "9 × Rp4.500.000 × 0,5"; nothing where it was typed as it is."""
    base, quantity, factor = line["base"], str(line["quantity"]).replace(".", ","), str(line["factor"])
    if quantity == "1" and factor == "1":
        return ""
    parts = [quantity] if quantity != "1" else []
    parts.append(f"Rp{format_number(base)}")
    for part in factor.split("*"):
        number, slash, over = part.partition("/")
        if number != "1":
            parts.append(number.replace(".", ","))
        if slash:
            parts[-1] = f"{parts[-1]} ÷ {over}"
    return " × ".join(parts)


def articles_of(short: str) -> list[str]:
    """The articles behind "PP35/2021:43(1)+40(2); UU2/2004:58"."""
    found = []
    for group in short.split(";"):
        act, _colon, places = group.strip().partition(":")
        found += [f"{act}:{place}" for place in places.split("+")]
    return found


def tell_article(law: Law, name: str, language: str) -> ToldArticle:
    article = law.articles[name]
    sources = article.sources or law.acts[article.act].sources
    return ToldArticle(
        spoken(name),
        article.says.said(language),
        reverse("rights:rules") + address_of_article(name),
        sources,
        article.verified,
    )


def spoken(name: str) -> str:
    """ "PP35/2021:40(4)a" as people say it: "PP 35/2021 Pasal 40 ayat (4) huruf a"."""
    return spoken_article(name, _("Pasal"), _("ayat"), _("huruf"))
