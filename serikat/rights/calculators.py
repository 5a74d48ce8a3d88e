"""The calculators: which steps each has, and how what was typed becomes the facts that the law asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words
from serikat.rights import forms
from serikat.rights.forms import numbers_of
from serikat.rights.wizard import Step

Facts = dict[str, Any]
AT_LEAST = _("Paling sedikit, Anda berhak atas")
WAGE = ("basic_wage", "fixed_allowance", "variable_allowance", "daily_wage", "piece_rate_average", "minimum_wage")


def nothing_more(given: Mapping[str, Any], answers: list[Mapping[str, Any]]) -> list[Facts]:
    """Most calculators ask once."""
    return []


@dataclass(frozen=True)
class Calculator:
    """One calculator. `facts` gives what the law is asked; `then` what is asked with the answers in hand."""

    slug: str
    topic: str
    title: Words
    lead: Words
    steps: tuple[Step, ...]
    facts: Callable[[Mapping[str, Any]], list[Facts]]
    total_words: Words = AT_LEAST
    then: Callable[[Mapping[str, Any], list[Mapping[str, Any]]], list[Facts]] = nothing_more


def _iso(given: Mapping[str, Any], *names: str) -> Facts:
    return {name: given[name].isoformat() for name in names if given.get(name)}


def severance(given: Mapping[str, Any]) -> list[Facts]:
    facts: Facts = (
        {"topic": "severance", "reason": given["reason"]} | _iso(given, "hired", "terminated") | numbers_of(given, *WAGE)
    )
    facts |= numbers_of(
        given,
        "return_travel",
        "separation_money",
        "other_rights",
        "pension_contributions",
        "unused_leave_days",
        "leave_day_divisor",
    )
    if given.get("clause"):
        facts["clause"] = given["clause"]
    if given.get("micro_or_small"):
        facts |= {"firm": "micro_or_small"} | numbers_of(given, "agreed_amount")
    return [facts]


def contract(given: Mapping[str, Any]) -> list[Facts]:
    return [{"topic": "pkwt_compensation"} | _iso(given, "start", "end") | numbers_of(given, "monthly_wage")]


def feast(given: Mapping[str, Any]) -> list[Facts]:
    facts: Facts = {"topic": "thr"} | _iso(given, "hired", "holiday", "left") | numbers_of(given, "monthly_wage")
    wages = [given[f"wage_{number}"] for number in range(1, 13) if given.get(f"wage_{number}") is not None]
    if wages:
        facts["monthly_wages"] = wages[::-1]  # asked from the last month back, told in the order of time
    if given.get("contract"):
        facts["contract"] = given["contract"]
    return [facts]


def fine_of_feast(given: Mapping[str, Any], answers: list[Mapping[str, Any]]) -> list[Facts]:
    """The fine for paying late, on what was counted."""
    return (
        [{"topic": "late_thr_fine", "thr": answers[0]["total"], "law_on": given["holiday"].isoformat()}]
        if given.get("late")
        else []
    )


def overtime(given: Mapping[str, Any]) -> list[Facts]:
    days = [{key: value for key, value in day.items() if key != "row"} for day in given["days"]]
    facts: Facts = {"topic": "overtime", "week": int(given["week"]), "rounding": given["rounding"], "days": days}
    return [facts | numbers_of(given, *WAGE)]


def late_wage(given: Mapping[str, Any]) -> list[Facts]:
    return [
        {
            "topic": "late_wage_fine",
            "wage": given["wage"],
            "days_late": given["days_late"],
            "law_on": given["due_on"].isoformat(),
        }
    ]


def deadline(given: Mapping[str, Any]) -> list[Facts]:
    return [{"topic": "deadline", "step": given["step"], "from": given["from_day"].isoformat()}]


CALCULATORS: dict[str, Calculator] = {
    one.slug: one
    for one in (
        Calculator(
            "pesangon",
            "severance",
            _("Pesangon"),
            _("Uang pesangon, penghargaan masa kerja, dan penggantian hak saat hubungan kerja berakhir."),
            (
                Step(_("Mengapa berakhir?"), forms.Reason),
                Step(_("Masa kerja"), forms.Service),
                Step(_("Upah Anda"), forms.Wage),
                Step(_("Hak lain"), forms.OtherRights, _("Semua boleh dikosongkan.")),
            ),
            severance,
        ),
        Calculator(
            "lembur",
            "overtime",
            _("Upah lembur"),
            _("Untuk hari kerja, hari istirahat, dan hari libur, dalam pekan lima atau enam hari."),
            (
                Step(_("Pekan dan upah"), forms.Week),
                Step(_("Upah Anda"), forms.Wage),
                Step(
                    _("Hari-hari lembur"),
                    forms.OvertimeDays,
                    _("Isi hari yang ada lemburnya saja. Tanggal boleh dikosongkan."),
                ),
            ),
            overtime,
        ),
        Calculator(
            "thr",
            "thr",
            _("Tunjangan hari raya (THR)"),
            _("Penuh sejak dua belas bulan bekerja, sebanding jika kurang; juga bila upah berubah-ubah atau sudah keluar."),
            (
                Step(_("Masa kerja dan hari raya"), forms.Feast),
                Step(_("Upah Anda"), forms.FeastWage),
                Step(_("Terlambat?"), forms.FeastPaid),
            ),
            feast,
            then=fine_of_feast,
        ),
        Calculator(
            "kompensasi-kontrak",
            "pkwt_compensation",
            _("Kompensasi kontrak (PKWT)"),
            _("Uang yang dibayar saat kontrak berakhir, juga jika diakhiri sebelum waktunya."),
            (Step(_("Kontrak dan upah"), forms.Contract),),
            contract,
        ),
        Calculator(
            "upah-telat",
            "late_wage_fine",
            _("Upah terlambat"),
            _("Denda yang harus dibayar pengusaha kepada Anda sejak hari keempat."),
            (Step(_("Upah yang terlambat"), forms.LateWage),),
            late_wage,
            total_words=_("Denda, di luar upahnya sendiri"),
        ),
        Calculator(
            "tenggat",
            "deadline",
            _("Tenggat perselisihan"),
            _("Paling lambat kapan tiap langkah penyelesaian perselisihan hubungan industrial (PPHI), dalam hari kerja."),
            (Step(_("Langkah mana?"), forms.DeadlineStep), Step(_("Sejak kapan?"), forms.DeadlineFrom)),
            deadline,
            total_words=_("Paling lambat"),
        ),
    )
}
