"""The sheet for the negotiation table: a result on paper, with its articles, the total in words and a QR that leads to the rule and to nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serikat.kernel.money import format_money
from serikat.rights.calculators import Calculator
from serikat.rights.counting import Counted
from serikat.rights.selectors.held import law
from serikat.rights.selectors.rules import slug_of_area
from serikat.rights.telling import Told, ToldDue, ToldLine
from serikat.ui.identity import identity
from serikat.ui.printing import draw

SHEET = Path(__file__).resolve().parent / "printing" / "sheet.typ"


def draw_sheet(*, calculator: Calculator, counted: Counted) -> bytes:
    """The PDF. It names no person: whoever brings it to the table writes the name by hand."""
    held = law()
    address = settings.SITE_ADDRESS + reverse("rights:area", args=[slug_of_area(held.area_of(calculator.topic))])
    data = {
        "name": str(identity().name or "Serikat"),
        "title": str(calculator.title),
        "typed": [[str(label), str(value)] for label, value in counted.typed],
        "results": [
            _result(told, told.title if number else str(calculator.total_words)) for number, told in enumerate(counted.told)
        ],
        "due": [_due(due, str(calculator.total_words)) for due in counted.due],
        "address": address.removeprefix("https://").removeprefix("http://"),
        "words": _words(),
    }
    return draw(SHEET, data, qr=address)


def _result(told: Told, total_words: str) -> dict[str, Any]:
    articles: dict[str, dict[str, Any]] = {}
    for line in told.lines:
        for article in line.articles:
            articles[article.name] = {"name": article.name, "says": article.says, "verified": article.verified}
    return {
        "total_words": total_words,
        "total": format_money(told.total),
        "in_words": told.in_words,
        "lines": [_line(line) for line in told.lines],
        "readings": [[what, format_money(total)] for what, total in told.readings],
        "articles": list(articles.values()),
        "warnings": [warning.says for warning in told.warnings],
        "reviewed": date_format(told.reviewed, "j F Y"),
        "version": told.rule_version,
        "mark": told.mark,
    }


def _due(due: ToldDue, total_words: str) -> dict[str, Any]:
    return {
        "total_words": total_words,
        "day": date_format(due.safe, "l, j F Y"),
        "later": date_format(due.late, "l, j F Y") if due.late != due.safe else "",
        "facts": [[_("Yang harus bertindak"), due.acts], [_("Dihitung sejak"), due.starts], [_("Jika diam"), due.silence]],
        "articles": [{"name": one.name, "says": one.says, "verified": one.verified} for one in due.articles],
        "warnings": [warning.says for warning in due.warnings],
        "reviewed": date_format(due.reviewed, "j F Y"),
        "version": due.rule_version,
        "mark": due.mark,
    }


def _line(line: ToldLine) -> dict[str, Any]:
    return {
        "head": ": ".join(part for part in (line.head, line.note) if part),
        "sum": line.sum or _("sesuai isian"),
        "articles": [article.name for article in line.articles],
        "clause": line.clause,
        "amount": format_money(line.amount),
        "verified": line.verified,
    }


def _words() -> dict[str, str | list[str]]:
    """The sheet's own words, in the language of the page."""
    return {
        "sheet": _("Lembar perundingan"),
        "typed": _("Yang diisikan"),
        "right": _("Hak"),
        "sum": _("Hitungan"),
        "basis": _("Dasar hukum"),
        "amount": _("Jumlah"),
        "unverified": _("belum terverifikasi"),
        "says": _("Bunyi aturannya, dengan kalimat kami"),
        "notes": _("Perlu diketahui"),
        "readings": _("Dua cara membaca aturannya"),
        "reviewed": _("Aturan ditinjau"),
        "version": _("Versi aturan"),
        "mark": _("Tanda hitungan"),
        "scan": _("Pindai untuk membaca aturannya"),
        "name": _("Nama"),
        "firm": _("Perusahaan"),
        "day": _("Tanggal"),
        "signs": [_("Tanda tangan pekerja"), _("Tanda tangan pengusaha")],
        "later": _("Jika cuti bersama bukan hari kerja"),
    }
